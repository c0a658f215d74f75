//! Choices among routes compiled: weights, labels, and what is odd about them.

mod compile;
mod label;
mod remarks;
mod teu;
mod title;

pub(super) use compile::{choices, chooses, value_of_a_day};
pub(super) use label::{choice_labels, per_unit};
pub(super) use remarks::remarks;
