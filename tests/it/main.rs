//! The integration tests, one binary, a file a behaviour.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

mod cli;
mod corridor;
mod coverage;
mod golden;
mod lab;
mod layers;
mod properties;
mod verification;
