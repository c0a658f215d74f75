//! The integration tests, one binary, a file a behaviour.

mod layers;
mod verification;
