//! What the engine simulates: primitives, programs of steps, flows, and labels for results. Nothing here knows a word of
//! scenario files; shared by all threads, never written to.
//!
//! A [`Plan`] holds one [`Model`], a set of parameters, for each epoch of the timeline. All have the same shape, so an index
//! means the same thing in each.

mod berth_time;
mod cargo;
mod choice;
mod clock;
mod fleet;
mod flow;
mod gate;
mod labels;
mod line;
mod mean_time;
mod meters;
mod parameters;
mod prices;
mod program;
mod remark;
mod reroute;
mod station;
mod store;
mod volume;

pub use berth_time::BerthTime;
pub use cargo::Cargo;
pub use choice::{
    Alternative, AlternativeLabel, Choice, ChoiceLabel, ChoiceModel, Chooses, Outsiders, RouteLink, RouteTerms, Taken,
    Weight, in_common, moves, path_sizes, shares,
};
pub use clock::{Clock, Month};
pub use fleet::{Call, Coming, Fleet, Leg, Timetable, Vessel, Visit as ShipVisit};
pub use flow::{Arrivals, Flow, Occasion, RatePiece};
pub use gate::{Ban, Gate, GateClock, OpenSpell, StormGroup, Watch};
pub use labels::{
    CellLabel, FleetLabel, FlowLabel, Labels, LinkLabel, OutsideLabel, PoolLabel, RouteLabel, SectionLabel,
    StationLabel,
};
pub use line::{Line, LineCells};
pub use mean_time::{Lot, berth_ms, crane_time, service_ms};
pub use meters::{Expected, Meters, Owed, Times};
pub use parameters::{Model, ROOM_PER_UNIT};
pub use prices::{FleetPrices, Payee, Prices, RouteCharge, UNKNOWN_COUNTRY};
pub use program::{Ahead, Draw, Giving, Law, Mark, Need, Program, Step, Visit};
pub use remark::Remark;
pub use reroute::{Onward, Reroutes, Rule, Switch, SwitchLabel};
pub use station::{Customer, Failure, Hours, Service, ServiceType, Station, StationCells};
pub use store::{Former, Pool, Storage};
pub use volume::{Response, Volume};

use crate::units::SimTime;

/// What all replications share.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The parts of the clock.
    pub clock: Clock,
    /// Parameter sets with the moment from which each holds; the first holds from the clock's zero.
    pub epochs: Vec<(SimTime, Model)>,
    /// Which uses are read, for what is charged by them.
    pub meters: Meters,
    /// Names and figures that results need and the engine does not.
    pub labels: Labels,
    /// How shipments under way switch to other routes.
    pub reroutes: Reroutes,
    /// What runs, but hardly as meant.
    pub remarks: Vec<Remark>,
}

impl Plan {
    /// The parameters that hold at a moment.
    pub fn model_at(&self, time: SimTime) -> &Model {
        &self.epochs[self.epochs.partition_point(|(from, _)| *from <= time).saturating_sub(1)].1
    }

    /// The first moment after another at which a month begins or other parameters hold; never, after the last.
    pub fn next_step(&self, time: SimTime) -> SimTime {
        let month = self.clock.months.get(self.clock.months.partition_point(|month| month.start <= time));
        let epoch = self.epochs.get(self.epochs.partition_point(|(from, _)| *from <= time));
        let starts = [month.map(|month| month.start), epoch.map(|(from, _)| *from)];
        starts.into_iter().flatten().min().unwrap_or(SimTime::MAX)
    }
}
