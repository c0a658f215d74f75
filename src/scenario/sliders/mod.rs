//! Sliders as the scenario declares them: whether they can be moved, and what they set at each of their positions.

mod check;
mod scale;

use super::change::Setting;

pub(super) use check::{check, hold_today};
pub(super) use scale::{Scale, paths};

/// Where a slider can stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The value for people, such as `20 h` or `120 %`; empty for a switch.
    pub text: String,
    /// What it sets; nothing where it is today's.
    pub settings: Vec<Setting>,
}
