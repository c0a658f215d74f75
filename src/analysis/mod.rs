//! Analyses: several worlds simulated with the same draws and put side by side.
//!
//! [`sweep`] varies one or two parameters; [`stress`] adds a closure. Every world meets the same shipments and the same
//! storms, so differences are taken replication by replication.

pub mod stress;
pub mod sweep;
