//! What shippers choose in a what-if where routes are free.

use serde::{Deserialize, Serialize};

/// The choices of a what-if at rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoutesTaken {
    /// The what-if.
    pub what_if: String,
    /// Volumes answered too.
    pub with_response: bool,
    /// Rounds until shares moved by no more than half a percentage point.
    pub rounds: u32,
    /// False where they had not come to rest after the most rounds that are made.
    pub is_settled: bool,
    /// The largest move of a share that the times of the last round alone would bring about.
    pub gap: f64,
    /// The largest difference of a share between searches that began elsewhere; `None` where there was one search.
    pub apart: Option<f64>,
    /// By choice.
    pub choices: Vec<ChoiceTaken>,
}

/// One choice, in the base and in the what-if.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceTaken {
    /// Its id.
    pub id: String,
    /// Unit of its cargo.
    pub unit: String,
    /// What shippers gain, dollars a unit of the whole market (the logsum); `None` where shares do not come from costs alone.
    pub gain_usd: Option<f64>,
    /// Its alternatives.
    pub alternatives: Vec<AlternativeTaken>,
    /// Shares of the market that move from one alternative (row) to another (column); on the diagonal those who stay.
    pub moves: Vec<Vec<f64>>,
}

/// One alternative: base and what-if.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlternativeTaken {
    /// The flow's id, `FLOW.ROUTE`, or the id of an outside route.
    pub name: String,
    /// Outside the corridor.
    pub is_outside: bool,
    /// Shares of the market.
    pub share: [f64; 2],
    /// Mean days, door to door of the flow.
    pub days: [f64; 2],
    /// Dollars a unit: charges with the alternative's constant.
    pub usd: [f64; 2],
}
