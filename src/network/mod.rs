//! The corridor as a graph: which links are open to what, and how cargo gets from one place to another.
//!
//! A [`Network`] is built once from a scenario. It knows nodes and links by index ([`crate::ids`]), which modes
//! and fleets carry which cargo over which link, and how long that takes on average. It knows nothing of queues.

mod dead_end;
mod error;
mod fill;
mod graph;
mod link;
mod path;
mod ranked;
mod states;
mod stop;
mod window;
mod yen;

pub use error::{Closed, NetworkError, RouteError};
pub(crate) use graph::stretches;
pub use graph::{Network, Route};
pub(crate) use link::speed_of;
pub use link::{Hop, Link, Traveller};
pub use ranked::RankedRoute;
pub use states::Prices;
pub use stop::{Itinerary, ItineraryWords, Stop};
pub(crate) use window::moment;

#[cfg(test)]
mod tests;
