//! The engine: one replication is one call.

pub mod outcome;
