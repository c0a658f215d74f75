//! What alternatives cost.

/// What a shipper of one unit meets on an alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RouteTerms {
    /// Expected days, door to door of the flow.
    pub days: f64,
    /// Dollars a unit: charges and the alternative's constant.
    pub usd: f64,
    /// Whether it can be taken.
    pub is_open: bool,
}
