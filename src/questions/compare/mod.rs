//! What-ifs against a base, in the same shipments and storms.

mod adding;
mod ask;
mod change;
mod choosing;
mod keep;
mod names;
mod question;
mod simulations;
mod taken;
mod what_if;
mod window;

pub use ask::compare;
pub use keep::{Keeper, OneOf};
pub use names::named;
pub use question::{Compare, CompareTerms, Routing};
pub use what_if::WhatIf;
