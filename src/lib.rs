//! midcor

pub mod random;
