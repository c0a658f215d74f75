//! The words of results: each measure with its units and its meaning, said once.

mod measure;

pub use measure::{Better, MEASURES, Measure, measure};
