//! Which series each duration of an outcome goes to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::outcome::Outcome;
use crate::model::{Clock, Plan};
use crate::stats::Sample;
use crate::units::{SimTime, Size, weight};

/// Durations in milliseconds with their weights, as they come.
#[derive(Debug, Default)]
struct Samples {
    /// The series of each.
    series: Vec<u32>,
    samples: Vec<Sample>,
}

impl Samples {
    fn put(&mut self, of: Option<u32>, sample: Sample) {
        if let Some(of) = of {
            self.series.push(of);
            self.samples.push(sample);
        }
    }

    /// Those of each of so many series side by side, in the order in which they came.
    fn by_series(&self, size: usize) -> BySeries {
        let mut ends = vec![0; size];
        self.series.iter().for_each(|of| ends[*of as usize] += 1);
        let mut before = 0;
        for end in &mut ends {
            before += std::mem::replace(end, before);
        }
        let mut samples = vec![Sample::new(0, 0); self.samples.len()];
        for (of, sample) in self.series.iter().zip(&self.samples) {
            let end = &mut ends[*of as usize];
            samples[*end] = *sample;
            *end += 1;
        }
        BySeries { samples, ends }
    }
}

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

    /// The samples of every series.
    pub(in crate::results) fn sample(&self, outcome: &Outcome) -> BySeries {
        let mut samples = Samples::default();
        self.journeys(outcome, &mut samples);
        self.passages(outcome, &mut samples);
        for stay in &outcome.stays {
            let sample = Sample::new(stay.time.ms(), weight(stay.mass, stay.size));
            let kept = self.stays[stay.node.index()].get(&stay.flow.index());
            self.by_period(kept.map_or(&[], |series| &**series), stay.made, |of| {
                samples.put(Some(of), sample);
            });
        }
        for (leg, of) in outcome.legs.iter().zip(&self.crossings) {
            for &(_, time, mass, size) in &leg.crossings {
                samples.put(*of, Sample::new(time.ms(), weight(mass, size)));
            }
        }
        for (station, of) in outcome.stations.iter().zip(&self.waits) {
            for wait in &station.waits {
                samples.put(*of, Sample::new(wait.ms(), 0));
            }
        }
        for (queue, of) in outcome.queues.iter().zip(&self.standing) {
            for wait in &queue.standing {
                samples.put(*of, Sample::new(wait.ms(), 0));
            }
        }
        samples.by_series(self.size)
    }

    fn journeys(&self, outcome: &Outcome, samples: &mut Samples) {
        for journey in &outcome.journeys {
            let flow = journey.flow.index();
            let weight = weight(journey.mass, journey.size);
            if journey.in_cohort {
                self.by_period(&self.transit[flow], journey.made, |of| {
                    samples.put(Some(of), Sample::new(journey.time.ms(), weight));
                });
                samples.put(self.acceptance[flow], Sample::new(journey.acceptance.ms(), weight));
            }
            if journey.in_horizon {
                samples.put(self.delivered[flow], Sample::new(journey.time.ms(), weight));
            }
        }
        for &(flow, time, mass) in &outcome.completions {
            samples.put(self.complete[flow.index()], Sample::new(time.ms(), weight(mass, Size::ZERO)));
        }
    }

    fn passages(&self, outcome: &Outcome, samples: &mut Samples) {
        for passage in &outcome.passages {
            let sample = Sample::new(passage.time.ms(), weight(passage.mass, passage.size));
            self.by_period(&self.sections[passage.section.index()], passage.made, |of| {
                samples.put(Some(of), sample);
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
