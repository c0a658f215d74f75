//! What is paid to whom.

use serde::Serialize;

/// What one operator is paid.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Charge {
    /// The operator, if named.
    pub operator: Option<String>,
    /// Dollars a unit.
    pub usd: f64,
}
