//! The words of results: measures with their units, causes of time and terms, each with its meaning, said once.

mod measure;
mod term;

pub use measure::{Better, MEASURES, Measure, measure};
pub use term::{CAUSES, TERMS, Term};
