//! midcor simulates freight on a corridor of rail lines, border crossings, ports and sea crossings.

#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod experiment;
pub mod ids;
pub mod network;
pub mod plan;
pub mod random;
pub mod report;
pub mod results;
pub mod scenario;
pub mod stats;
pub mod units;
pub mod validation;
pub mod verify;
