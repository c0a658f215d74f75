//! The words of results as types: measures, subjects, periods, causes, units, statistics, each a table with its meanings,
//! said once, and their names for people by language. What is read or written as a text anywhere is one of these inside.

mod capacity;
mod cause;
mod measure;
mod names;
mod period;
mod statistic;
mod subject;
mod term;
mod unit;
mod word;

pub use capacity::CapacityKind;
pub use cause::{Cause, CauseGroup};
pub use measure::{Better, Measure};
pub use names::{Dictionary, Language, Named, name};
pub use period::Period;
pub use statistic::{Over, Statistic};
pub use subject::{Subject, SubjectKind};
pub use term::{TERMS, Term};
pub use unit::{FixedUnit, TEU, Unit};
pub use word::UnknownWord;
