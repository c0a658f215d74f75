//! Random numbers without generator state.
//!
//! A draw is a pure function of the master seed, a named source ([`StreamId`]), the replication, the identity of the
//! thing it belongs to ([`Entity`]) and the number of the draw ([`RandomNumbers`]). Two scenarios that share a shipment
//! therefore give it the same random numbers whatever else happens around it, which is what makes their difference precise
//! (common random numbers). Three rules keep it so:
//!
//! * the generator is a keyed bijection (Philox4x64-10, in `philox`), never a sequence that somebody advances;
//! * every variate is made by inversion from a fixed number of uniforms (`inversion`, [`Distribution`]);
//! * logarithms and powers come from `libm`, or are its operations (`elementary`), so that every machine computes the same bits.
//!
//! Changing a constant, a key or the number of uniforms of a variate changes every stored result. The unit tests pin
//! them.

mod construct;
mod continuous;
mod discrete;
mod distribution;
mod elementary;
mod error;
mod family;
mod inversion;
mod key;
mod numbers;
mod philox;
mod positive;
mod rounding;
mod special;

pub use continuous::{Constant, Pert, Triangular, Uniform};
pub use discrete::Empirical;
pub use distribution::{Cut, Distribution};
pub use error::DistributionError;
pub use inversion::{
    beta_quantile, beta_quantile_near, exponential_draw, exponential_quantile, gamma_quantile, gumbel_quantile,
    lognormal_quantile, normal_quantile, poisson_quantile, triangular_quantile, weibull_quantile,
};
pub use key::{Entity, StreamId, fnv1a64, mix64};
pub use numbers::{Domain, KeyedRng, RandomNumbers, u01};
pub use philox::philox4x64_10;
pub use positive::{Erlang, Exponential, Gamma, Lognormal, Weibull};
pub use special::{beta_regularised, gamma_lower_regularised, gamma_upper_regularised, normal_cdf};
