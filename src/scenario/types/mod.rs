//! What a scenario file says, as types: one struct a table of the format, in the format's own words.
//!
//! Here each table is declared, once for its type, its keys and its reader (`declare`). The types are the *resolved*
//! things: includes and overlays merged, changes applied, defaults filled in, texts with units turned into quantities,
//! distributions checked. Ids stay texts here; `network` and `compile` turn them into indices. Tables keep the order of the
//! file.

mod choice;
mod demand;
mod dispatch;
mod disruption;
mod infrastructure;
mod money;
mod provenance;
mod reroute;
mod run;
mod scenario;
mod slider;
mod transport;

pub use choice::{Choice, ChoiceModel};
pub(in crate::scenario) use demand::unit_masses;
pub use demand::{
    Arrivals, Cargo, Count, First, Flow, Response, Route, Season, Section, Service, TimetableRule, Until, Vehicle,
    Volume,
};
pub use dispatch::Dispatch;
pub use disruption::{Ban, BanWatch, ByMonth, Change, Clock, Closure, Stops, Timeline, Water, Window};
pub use infrastructure::{
    At, Facility, FacilityKind, FacilityTime, Link, Mode, Movement, Node, Per, Rate, ServiceType, Stabling, Storage,
    VesselOrCargo, When, WhenFull, Yard,
};
pub use money::{Charge, ChargeBasis, Direction, Emission, MeasureCost, Outside, Tariff, TariffBasis};
pub use provenance::{Grade, PROVENANCE, Provenance, WHY, Why};
pub use reroute::Reroute;
pub use run::{HeadlineFigure, HeadlineStatistic, Materiality, Period, Run, Source};
pub use scenario::{Contents, Epoch, SCENARIO, Table};
pub use slider::Slider;
pub use transport::{
    BerthTime, Draught, DraughtPoint, Fleet, Pool, PoolPer, Returns, Room, ShipKind, StartAt, Vessel, Visit,
};
