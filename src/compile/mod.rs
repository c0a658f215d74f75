//! The corridor's words compiled once to the engine's primitives: [`Plan::of`](crate::model::Plan::of).

mod assemble;
mod bans;
mod bindings;
mod bounds;
mod calendar;
mod choice;
mod closures;
mod compiled;
mod conditions;
mod demand;
mod entry;
mod error;
mod facility_at;
mod fares;
mod fits;
mod fleets;
mod flow_route;
mod frame;
mod labelling;
mod legs;
mod lines;
mod money;
mod occasions;
mod parts;
mod pools;
mod programs;
mod rates;
mod register;
mod remark;
mod reroute;
mod rounds;
mod route_steps;
mod shape;
mod shut;
mod shut_at_times;
mod sizes;
mod stations;
mod stops;
mod storms;
mod streams;
mod timing;
mod tolls;
mod turns;
mod vehicles;
mod visits;
mod volume;

pub use assemble::Dated;
pub use error::{PlanError, Problem};
pub use frame::{Wanted, wanted};
pub use remark::{told, warnings};
pub use tolls::{Payer, Tolls};

#[cfg(test)]
mod tests;
