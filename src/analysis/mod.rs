//! Analyses: several worlds simulated with the same draws and put side by side.
//!
//! [`sweep`] varies one or two parameters; [`stress`] adds a closure. Every world meets the same shipments and the same
//! storms, so differences are taken replication by replication.

mod stress;
mod sweep;
mod vary;

pub use stress::{
    Backlog, Band, Case, Closing, ClosingError, Effect, FLOOR, GONE, Repeats, Row, Stress, Year, starts, stress,
};
pub use sweep::{Grid, Point, Sweep, Swept, SweptEnd, sweep};
pub use vary::{Vary, VaryError};
