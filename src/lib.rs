//! midcor simulates freight on a corridor of rail lines, border crossings, ports and sea crossings.

pub mod diagnostic;
pub mod engine;
pub mod experiment;
pub mod ids;
pub mod network;
pub mod plan;
pub mod random;
pub mod scenario;
pub mod stats;
pub mod units;
pub mod verify;
