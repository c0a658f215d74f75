//! The plan: the corridor's words compiled once to the engine's primitives, shared by all threads, never written to.

mod bans;
mod bindings;
mod bounds;
mod calendar;
mod choice;
mod closures;
mod compile;
mod conditions;
mod demand;
mod error;
mod fares;
mod fits;
mod fleets;
mod frame;
mod labelling;
mod labels;
mod legs;
mod lines;
pub mod model;
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
mod sizes;
mod stations;
mod stops;
mod storms;
mod streams;
mod timing;
mod tolls;
mod volume;

pub use error::{PlanError, Problem};
pub use frame::{Wanted, wanted};
pub use labels::{
    CellLabel, FleetLabel, FlowLabel, Labels, LinkLabel, OutsideLabel, PoolLabel, RouteCharge, RouteLabel,
    SectionLabel, StationLabel,
};

pub use choice::{
    Alternative, AlternativeLabel, Choice, ChoiceLabel, Chooses, Outsiders, Taken, Terms as RouteTerms, Weight, moves,
    path_sizes, shares,
};
pub use remark::{Remark, warnings};
pub use reroute::{Onward, Reroutes, Rule, Switch, SwitchLabel};

pub use crate::scenario::spec::{ChoiceModel, Response};
pub use timing::{Load, berth_ms, service_ms};
pub use tolls::{Payer, Tolls};
pub use volume::Volume;

use std::collections::BTreeMap;

use crate::units::{Duration, MS_PER_DAY, SimTime, Timespan, days_in_year};
use model::Model;

/// What all replications share.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The parts of the clock.
    pub clock: Clock,
    /// Parameter sets with the moment from which each holds; the first holds from the clock's zero.
    pub epochs: Vec<(SimTime, Model)>,
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

/// The parts of the clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// End of the warm-up, start of the horizon.
    pub start: SimTime,
    /// End of the horizon.
    pub horizon_end: SimTime,
    /// End of the drain: the simulation stops.
    pub end: SimTime,
    /// Months over the whole clock, the first beginning at or before 0.
    pub months: Vec<Month>,
}

/// A calendar month on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first moment; may lie before the clock's zero for the first.
    pub start: SimTime,
    /// Year.
    pub year: i16,
    /// 0 = January.
    pub month0: u8,
}

impl Clock {
    /// Index into `months` of the month that holds a moment.
    pub fn month_at(&self, time: SimTime) -> usize {
        self.months.partition_point(|month| month.start <= time).saturating_sub(1)
    }

    /// Where a month of the clock ends.
    pub fn month_end(&self, index: usize) -> SimTime {
        self.months.get(index + 1).map_or(self.end, |next| next.start.min(self.end))
    }

    /// How long the part of some months is that lies in the horizon, and which share of calendar years that is: days ÷
    /// 365 or 366 of each.
    pub fn span(&self, months: impl IntoIterator<Item = usize>) -> Timespan {
        let mut by_year: BTreeMap<i16, i64> = BTreeMap::new();
        for index in months {
            let month = self.months[index];
            let within = self.month_end(index).min(self.horizon_end).since(month.start.max(self.start));
            *by_year.entry(month.year).or_default() += within.ms().max(0);
        }
        Timespan {
            length: Duration::from_ms(by_year.values().sum()),
            years: by_year.iter().map(|(&year, &ms)| ms as f64 / (days_in_year(year) * MS_PER_DAY) as f64).sum(),
        }
    }

    /// The horizon.
    pub fn horizon(&self) -> Timespan {
        self.span(0..self.months.len())
    }
}

#[cfg(test)]
mod tests;
