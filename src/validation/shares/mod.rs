//! Observed shares of routes beside those that a scenario's choices come to.
//!
//! A row of the file is a share, an amount or a change of one or several alternatives of a `[choice.ID]` in a period; it
//! may also say what an alternative cost and how long it took then. What a choice comes to in a period is its model at the
//! terms of the period: charges and times of the base, of routes outside the corridor those of the year, and what rows say.
//!
//! Rows of class `tuned` are met by constants, dollars a unit that an alternative costs besides charge and time in that
//! period. Rows of class `tested` are predicted with the constants of the latest tuned period that is not later.

mod assign;
mod compare;
mod market;
mod period;
mod read;
mod told;

pub use compare::{FittedConstant, PeriodTerms, ShareFigure, ShareValidation};
pub use market::Market;
pub use read::{ObservedShares, is_of_shares};
