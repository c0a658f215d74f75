//! Quantities, one type a dimension, one unit inside each.
//!
//! Types that hold two of them under one meaning are here too: a [`Spell`] of time, a [`Load`] of cargo.
//!
//! Time is a whole number of milliseconds, mass of kilograms, size of thousandths of a cargo's unit, so that
//! books balance with `==`. Lengths, speeds and money are reals with a fixed unit.

mod convert;
mod load;
mod quantity;
mod spell;
mod sphere;

pub use convert::{Timespan, factor, is_year, milliseconds};
pub use load::Load;
pub use quantity::*;
pub use spell::Spell;
pub use sphere::great_circle_km;
