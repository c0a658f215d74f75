//! Detours compiled: where shipments may leave their route, and by which programs they go on.

mod compile;
mod detour;
mod detours;

pub(super) use compile::reroutes;
pub(super) use detour::{Detours, Switched};
pub(super) use detours::with_detours;
