//! midcor

pub mod random;
pub mod stats;
