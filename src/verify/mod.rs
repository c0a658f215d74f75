//! Verification: textbook cases posed as scenarios and solved by the program itself.
//!
//! The scenarios in `scenarios/verify` pose systems whose answer is known: queues, lines, fleets, timetables, closures.
//! Its index says which row of the results must have which value, and by what rule. [`verify`] runs each case the
//! ordinary way (scenario, plan, experiment, results) and compares.
//!
//! The main rule: the known value lies in the 99.9 % t interval over replications. A short run passes this easily if
//! its interval is wide, so the long length also demands that the interval is narrower than a stated share of the
//! value. Seeds are fixed, so that a pass stays a pass; a case that fails is repeated once with a second seed, also
//! fixed, and four times the replications, because among some 200 intervals one or another misses by chance.

mod case;
mod index;
mod json;
mod judge;
mod pose;
mod table;

pub use case::{CaseResult, Length, Options, Step, verify};
pub use index::{Case, Check, Column, Index, IndexError, Replications, Rule};
pub use json::write_json;
pub use judge::{CheckResult, Theory, Verdict};
pub use table::write_table;
