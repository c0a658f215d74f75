//! The integration tests, one binary, a file a behaviour.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

mod cli;
mod layers;
mod validation;
mod verification;
