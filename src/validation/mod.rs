//! Validation: observed figures beside simulated ones.
//!
//! Observed figures stand in a table (CSV, or a sheet of a workbook), one a row: which row of the results they belong to, their value and band, and
//! their class. Only figures of class `tested` say whether a scenario is right: from `input` figures it was made, and to
//! `tuned` ones it was fitted. Each kind of evidence is scored by itself, as timetables and speeches are mostly best cases. [`Observed::read`] reads the file, [`assign`] finds the row of the results for each
//! figure (which needs no simulation), and [`Validation::of`] compares. Scores are over tested figures alone.
//!
//! Every finding about the table has line and column, or sheet and cell, and says what would fit.

mod assign;
mod class;
mod columns;
mod compare;
mod kind;
mod library;
mod matching;
mod observed;
mod score;
mod shares;
mod times;

pub use assign::{Assigned, assign};
pub use class::Class;
#[cfg(test)]
pub(crate) use compare::synthetic::validation as synthetic_validation;
pub use compare::{KindScore, ValidatedFigure, Validation};
pub use kind::Kind;
pub use library::{ObservedFile, observation, observations};
pub use matching::{IMPLAUSIBLE, MatchPoint, MatchedFigure, MatchedParameter, Matching, ModelError, not_held_out};
pub use observed::{Observation, Observed};
pub use score::{Pair, Score};
pub use shares::{FittedConstant, Market, ObservedShares, PeriodTerms, ShareFigure, ShareValidation, is_of_shares};
pub use times::ValidatedTime;
