//! What is written down of a scenario from its empty start on, in whole numbers, so that replications add up.

use crate::engine::outcome::Passage;
use crate::engine::{End, Ended, Note, Observer};
use crate::model::{FlowLabel, Labels, Plan};
use crate::stats::Histogram;
use crate::units::{Duration, MS_PER_DAY, Mass, SimTime, Size, Spell};
use crate::words::{Subject, SubjectKind};

/// What is looked at.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// By flow: whether it belongs to the corridor.
    is_counted: Vec<bool>,
    /// Whether cargo counts by its mass: nothing of the corridor has any where it does not.
    by_mass: bool,
    /// In what cargo under way is counted.
    pub(super) unit: String,
    /// Sections, by index.
    pub(super) sections: Vec<Subject>,
    /// Whole days from the empty start to the end of the horizon.
    pub(super) days: usize,
    /// The horizon of the scenario.
    horizon: Spell,
}

impl Scope {
    pub(super) fn of(plan: &Plan) -> Self {
        let (labels, clock) = (&plan.labels, &plan.clock);
        let counts = |flow: &FlowLabel| flow.counted && !flow.of_pool && !flow.stock;
        let weighs = |flow: &FlowLabel| plan.epochs[0].1.cargoes[flow.cargo.index()].mass_per_unit > Mass::ZERO;
        let by_mass = labels.flows.iter().any(|flow| counts(flow) && weighs(flow));
        Self {
            is_counted: labels.flows.iter().map(counts).collect(),
            by_mass,
            unit: if by_mass { "t".to_owned() } else { unit(labels, counts) },
            sections: labels.sections.iter().map(|one| Subject::of(SubjectKind::Section, &one.id)).collect(),
            days: usize::try_from(clock.horizon_end.ms() / MS_PER_DAY).unwrap_or(0),
            horizon: Spell::new(clock.start, clock.horizon_end),
        }
    }

    /// How much a part counts, in kilograms or thousandths of a unit.
    const fn weight(&self, mass: Mass, size: Size) -> i64 {
        if self.by_mass { mass.kg() } else { size.milli() }
    }

    fn day(&self, time: SimTime) -> Option<usize> {
        usize::try_from(time.ms() / MS_PER_DAY).ok().filter(|day| *day < self.days)
    }
}

/// The unit of cargo that weighs nothing.
fn unit(labels: &Labels, counts: impl Fn(&FlowLabel) -> bool) -> String {
    let mut units = labels.flows.iter().filter(|flow| counts(flow)).map(|flow| &labels.cargoes[flow.cargo.index()].1);
    let first = units.next().cloned().unwrap_or_default();
    if units.all(|unit| *unit == first) { first } else { "units".to_owned() }
}

/// Time × weight and weight of what was made on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Times {
    time: i128,
    weight: i128,
}

impl Times {
    fn count(&mut self, time: Duration, weight: i64) {
        self.time += i128::from(time.ms()) * i128::from(weight);
        self.weight += i128::from(weight);
    }

    fn add(&mut self, other: Self) {
        self.time += other.time;
        self.weight += other.weight;
    }

    /// Their mean in days.
    pub(super) fn mean_d(self) -> Option<f64> {
        (self.weight > 0).then(|| self.time as f64 / self.weight as f64 / MS_PER_DAY as f64)
    }
}

/// What replications leave, by day from the empty start on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tally {
    /// Weight × milliseconds by which the integral of a day differs from that of the level with which it begins.
    within: Vec<i128>,
    /// By how much weight the level changes on a day.
    change: Vec<i128>,
    /// Transit times by day of making.
    pub(super) transit: Vec<Times>,
    /// By section and day of making.
    pub(super) sections: Vec<Vec<Times>>,
    /// Transit times of what was made within the horizon and has arrived.
    arrived: Histogram,
    /// The weight of what was made within the horizon and has not.
    not_arrived: u64,
}

impl Tally {
    pub(super) fn new(scope: &Scope) -> Self {
        let times = vec![Times::default(); scope.days];
        Self {
            within: vec![0; scope.days],
            change: vec![0; scope.days],
            sections: vec![times.clone(); scope.sections.len()],
            transit: times,
            arrived: Histogram::new(),
            not_arrived: 0,
        }
    }

    /// Adds what another replication left.
    pub(super) fn add(&mut self, other: &Self) {
        let sum = |all: &mut [i128], more: &[i128]| all.iter_mut().zip(more).for_each(|(all, more)| *all += more);
        let times = |all: &mut [Times], more: &[Times]| all.iter_mut().zip(more).for_each(|(all, more)| all.add(*more));
        sum(&mut self.within, &other.within);
        sum(&mut self.change, &other.change);
        times(&mut self.transit, &other.transit);
        self.sections.iter_mut().zip(&other.sections).for_each(|(all, more)| times(all, more));
        self.arrived.merge(&other.arrived);
        self.not_arrived += other.not_arrived;
    }

    /// What is under way changes by a weight at a moment.
    fn level(&mut self, scope: &Scope, time: SimTime, weight: i64) {
        let Some(day) = scope.day(time) else { return };
        let left = (day as i64 + 1) * MS_PER_DAY - time.ms();
        self.within[day] += i128::from(left) * i128::from(weight);
        self.change[day] += i128::from(weight);
    }

    /// The mean weight under way on each day, in tonnes or units, summed over replications.
    pub(super) fn under_way(&self) -> Vec<f64> {
        let mut level = 0;
        let days = self.within.iter().zip(&self.change);
        days.map(|(within, change)| {
            let integral = level * i128::from(MS_PER_DAY) + within;
            level += change;
            integral as f64 / MS_PER_DAY as f64 / 1000.0
        })
        .collect()
    }

    /// A percentile of the transit times of the horizon in days; what has not arrived is slower than all that has.
    pub(super) fn transit_d(&self, percentile: f64) -> Option<f64> {
        let arrived = self.arrived.mass();
        let share = percentile * (arrived + self.not_arrived) as f64 / arrived as f64;
        let (ms, _) = if share <= 1.0 { self.arrived.quantile(share)? } else { return None };
        Some(ms / MS_PER_DAY as f64)
    }
}

/// Takes a replication down.
pub(super) struct Log<'s> {
    scope: &'s Scope,
    pub(super) tally: Tally,
}

impl<'s> Log<'s> {
    pub(super) fn new(scope: &'s Scope) -> Self {
        Self { scope, tally: Tally::new(scope) }
    }

    /// Passages of sections; those that the clock cut short have no time.
    pub(super) fn add_passages(&mut self, passages: &[Passage]) {
        for passage in passages.iter().filter(|passage| passage.time < Duration::MAX) {
            if let Some(day) = self.scope.day(passage.made) {
                let weight = self.scope.weight(passage.mass, passage.size);
                self.tally.sections[passage.section.index()][day].count(passage.time, weight);
            }
        }
    }

    fn count_transit(&mut self, ended: &Ended, weight: i64) {
        let time = ended.time.since(ended.made);
        if let Some(day) = self.scope.day(ended.made) {
            self.tally.transit[day].count(time, weight);
        }
        if self.scope.horizon.holds(ended.made) {
            match ended.how {
                End::Delivered => self.tally.arrived.add(time.ms().unsigned_abs(), weight.unsigned_abs()),
                _ => self.tally.not_arrived += weight.unsigned_abs(),
            }
        }
    }
}

impl Observer for Log<'_> {
    fn note(&mut self, _: Note) {}

    fn ended(&mut self, ended: Ended, _: &[crate::engine::outcome::Segment]) {
        if !self.scope.is_counted[ended.flow.index()] {
            return;
        }
        let weight = self.scope.weight(ended.mass, ended.size);
        self.tally.level(self.scope, ended.made, weight);
        self.tally.level(self.scope, ended.time, -weight);
        if matches!(ended.how, End::Delivered | End::UnderWay) {
            self.count_transit(&ended, weight);
        }
    }
}
