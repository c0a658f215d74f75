//! The scenario: what a file says, resolved and checked.

pub mod spec;
