//! midcor simulates freight on a corridor of rail lines, border crossings, ports and sea crossings.

pub mod engine;
pub mod ids;
pub mod plan;
pub mod random;
pub mod report;
pub mod results;
pub mod scenario;
pub mod stats;
pub mod units;
