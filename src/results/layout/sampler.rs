//! Which series each duration of an outcome goes to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::outcome::Outcome;
use crate::model::{Clock, Plan};
use crate::stats::Sample;
use crate::units::{SimTime, Size, weight};

/// The durations of all series in one piece of memory: there are hundreds of series, and most are short.
#[derive(Debug)]
pub(in crate::results) struct BySeries {
    samples: Vec<Sample>,
    /// By series: where it ends.
    ends: Vec<usize>,
}

impl BySeries {
    /// The samples of each series.
    pub(in crate::results) fn iter(&self) -> impl Iterator<Item = &[Sample]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.samples[*start..*end])
    }
}

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

    /// The samples of every series, in the order in which they come.
    pub(in crate::results) fn sample(&self, outcome: &Outcome) -> BySeries {
        let mut ends = vec![0; self.size];
        self.each(outcome, &mut |of, _| ends[of as usize] += 1);
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut samples = vec![Sample::new(0, 0); before];
        self.each(outcome, &mut |of, sample| {
            let end = &mut ends[of as usize];
            samples[*end] = sample;
            *end += 1;
        });
        BySeries { samples, ends }
    }

    /// Tells each sample with the series to which it belongs.
    fn each(&self, outcome: &Outcome, tell: &mut impl FnMut(u32, Sample)) {
        self.journeys(outcome, tell);
        self.passages(outcome, tell);
        for stay in &outcome.stays {
            let sample = Sample::new(stay.time.ms(), weight(stay.mass, stay.size));
            let kept = self.stays[stay.node.index()].get(&stay.flow.index());
            self.by_period(kept.map_or(&[], |series| &**series), stay.made, |of| tell(of, sample));
        }
        for (leg, of) in with_series(&outcome.legs, &self.crossings) {
            for &(_, time, mass, size) in &leg.crossings {
                tell(of, Sample::new(time.ms(), weight(mass, size)));
            }
        }
        for (station, of) in with_series(&outcome.stations, &self.waits) {
            station.waits.iter().for_each(|wait| tell(of, Sample::new(wait.ms(), 0)));
        }
        for (queue, of) in with_series(&outcome.queues, &self.standing) {
            queue.standing.iter().for_each(|wait| tell(of, Sample::new(wait.ms(), 0)));
        }
    }

    fn journeys(&self, outcome: &Outcome, tell: &mut impl FnMut(u32, Sample)) {
        for journey in &outcome.journeys {
            let flow = journey.flow.index();
            let weight = weight(journey.mass, journey.size);
            if journey.in_cohort {
                let sample = Sample::new(journey.time.ms(), weight);
                self.by_period(&self.transit[flow], journey.made, |of| tell(of, sample));
                if let Some(of) = self.acceptance[flow] {
                    tell(of, Sample::new(journey.acceptance.ms(), weight));
                }
            }
            if let Some(of) = self.delivered[flow].filter(|_| journey.in_horizon) {
                tell(of, Sample::new(journey.time.ms(), weight));
            }
        }
        for &(flow, time, mass) in &outcome.completions {
            if let Some(of) = self.complete[flow.index()] {
                tell(of, Sample::new(time.ms(), weight(mass, Size::ZERO)));
            }
        }
    }

    fn passages(&self, outcome: &Outcome, tell: &mut impl FnMut(u32, Sample)) {
        for passage in &outcome.passages {
            let sample = Sample::new(passage.time.ms(), weight(passage.mass, passage.size));
            self.by_period(&self.sections[passage.section.index()], passage.made, |of| tell(of, sample));
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

/// The things that have a series, with it.
fn with_series<'t, T>(things: &'t [T], series: &'t [Option<u32>]) -> impl Iterator<Item = (&'t T, u32)> {
    things.iter().zip(series).filter_map(|(thing, of)| Some((thing, (*of)?)))
}
