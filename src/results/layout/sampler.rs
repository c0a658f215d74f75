//! Which series each duration of an outcome goes to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::outcome::Outcome;
use crate::model::{Clock, Plan};
use crate::stats::Sample;
use crate::units::{SimTime, Size, weight};

/// Durations in milliseconds with their weights.
type Samples = Vec<Sample>;

/// Which series each duration of an outcome goes to. Tables are by the thing's index; a thing without a series is left
/// out of the results.
#[derive(Clone, Debug)]
pub(in crate::results) struct Sampler {
    size: usize,
    clock: Clock,
    /// By month of the clock: which of the periods that have series hold it.
    pub(super) periods: Vec<Vec<usize>>,
    /// By flow, by period.
    pub(super) transit: Vec<Vec<u32>>,
    /// By flow.
    pub(super) delivered: Vec<Option<u32>>,
    /// By flow.
    pub(super) acceptance: Vec<Option<u32>>,
    /// By flow.
    pub(super) complete: Vec<Option<u32>>,
    /// By section, by period.
    pub(super) sections: Vec<Vec<u32>>,
    /// By node, by flow that passes it, by period.
    pub(super) stays: Vec<BTreeMap<usize, Arc<[u32]>>>,
    /// By leg.
    pub(super) crossings: Vec<Option<u32>>,
    /// By station.
    pub(super) waits: Vec<Option<u32>>,
    /// By queue.
    pub(super) standing: Vec<Option<u32>>,
}

impl Sampler {
    pub(super) fn new(plan: &Plan) -> Self {
        let labels = &plan.labels;
        let flows = labels.flows.len();
        Self {
            size: 0,
            clock: plan.clock.clone(),
            periods: vec![Vec::new(); plan.clock.months.len()],
            transit: vec![Vec::new(); flows],
            delivered: vec![None; flows],
            acceptance: vec![None; flows],
            complete: vec![None; flows],
            sections: vec![Vec::new(); labels.sections.len()],
            stays: vec![BTreeMap::new(); labels.nodes.len()],
            crossings: vec![None; labels.legs.len()],
            waits: vec![None; labels.stations.len()],
            standing: vec![None; labels.queues.len()],
        }
    }

    pub(super) fn set_size(&mut self, size: usize) {
        self.size = size;
    }

    /// The samples of every series.
    pub(in crate::results) fn sample(&self, outcome: &Outcome) -> Vec<Samples> {
        let mut series = vec![Samples::new(); self.size];
        self.journeys(outcome, &mut series);
        self.passages(outcome, &mut series);
        for stay in &outcome.stays {
            let sample = Sample::new(stay.time.ms(), weight(stay.mass, stay.size));
            let kept = self.stays[stay.node.index()].get(&stay.flow.index());
            self.by_period(kept.map_or(&[], |series| &**series), stay.made, |of| {
                put(&mut series, Some(of), sample);
            });
        }
        for (leg, of) in outcome.legs.iter().zip(&self.crossings) {
            for &(_, time, mass, size) in &leg.crossings {
                put(&mut series, *of, Sample::new(time.ms(), weight(mass, size)));
            }
        }
        for (station, of) in outcome.stations.iter().zip(&self.waits) {
            for wait in &station.waits {
                put(&mut series, *of, Sample::new(wait.ms(), 0));
            }
        }
        for (queue, of) in outcome.queues.iter().zip(&self.standing) {
            for wait in &queue.standing {
                put(&mut series, *of, Sample::new(wait.ms(), 0));
            }
        }
        series
    }

    fn journeys(&self, outcome: &Outcome, series: &mut [Samples]) {
        for journey in &outcome.journeys {
            let flow = journey.flow.index();
            let weight = weight(journey.mass, journey.size);
            if journey.in_cohort {
                self.by_period(&self.transit[flow], journey.made, |of| {
                    put(series, Some(of), Sample::new(journey.time.ms(), weight));
                });
                put(series, self.acceptance[flow], Sample::new(journey.acceptance.ms(), weight));
            }
            if journey.in_horizon {
                put(series, self.delivered[flow], Sample::new(journey.time.ms(), weight));
            }
        }
        for &(flow, time, mass) in &outcome.completions {
            put(series, self.complete[flow.index()], Sample::new(time.ms(), weight(mass, Size::ZERO)));
        }
    }

    fn passages(&self, outcome: &Outcome, series: &mut [Samples]) {
        for passage in &outcome.passages {
            let sample = Sample::new(passage.time.ms(), weight(passage.mass, passage.size));
            self.by_period(&self.sections[passage.section.index()], passage.made, |of| {
                put(series, Some(of), sample);
            });
        }
    }

    /// The series of the horizon, the first, and of the periods that hold a moment.
    fn by_period(&self, series: &[u32], made: SimTime, mut act: impl FnMut(u32)) {
        let holding = self.periods.get(self.clock.month_at(made));
        let places = std::iter::once(0).chain(holding.into_iter().flatten().copied());
        for of in places.filter_map(|place| series.get(place)) {
            act(*of);
        }
    }
}

fn put(series: &mut [Samples], of: Option<u32>, sample: Sample) {
    if let Some(of) = of {
        series[of as usize].push(sample);
    }
}
