//! Detours compiled: where shipments may leave their route, and by which programs they go on.

mod compile;
mod detours;

pub(super) use compile::reroutes;
pub(super) use detours::{Detours, Switched, detours};
