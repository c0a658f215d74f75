//! Scenarios from texts to results, for tests that look at many of them.

use std::ops::Range;

use midcor::engine::{Limits, Observer, Outcome, Silent, simulate};
use midcor::experiment::{Cancel, Job, Quiet, replicate};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::results::{
    Kept, Layout, Manifest, Materiality, Results, Run, ScenarioIdentity, Summary, SummaryRow, Window,
};
use midcor::words::Subject;

const SEED: u64 = 20_260_101;

/// The plan of a text; a text that cannot run is shown.
pub(crate) fn plan(text: &str) -> Plan {
    let reading = midcor::scenario::Contents::parse(text, "made-up");
    let findings = reading.rendered();
    let scenario = reading.into_contents().unwrap_or_else(|_| panic!("{text}\n{findings}"));
    Plan::of(&scenario).unwrap_or_else(|errors| panic!("{text}\n{errors:?}"))
}

/// A plan with its layout, ready to be simulated.
pub(crate) struct Lab {
    pub(crate) plan: Plan,
    layout: Layout,
    pub(crate) seed: u64,
}

impl Lab {
    pub(crate) fn new(text: &str) -> Self {
        Self::of_plan(plan(text))
    }

    pub(crate) fn of_plan(plan: Plan) -> Self {
        Self { layout: Layout::of(&plan), plan, seed: SEED }
    }

    pub(crate) fn catalogue(&self) -> &midcor::results::Catalogue {
        self.layout.catalogue()
    }

    fn draws(&self, replication: u64) -> RandomNumbers {
        RandomNumbers::new(self.seed, replication, Domain::Production)
    }

    /// What one replication leaves.
    pub(crate) fn outcome(&self, replication: u64) -> Outcome {
        self.observed(replication, &mut Silent)
    }

    /// The same, watched.
    pub(crate) fn observed(&self, replication: u64, observer: &mut impl Observer) -> Outcome {
        simulate(&self.plan, self.draws(replication), Limits { events: 10_000_000, ..Limits::default() }, observer)
            .unwrap_or_else(|error| panic!("replication {replication}: {error}"))
    }

    /// Replications on so many threads.
    pub(crate) fn results(&self, replications: Range<u64>, threads: usize) -> Results {
        let job = Job {
            plan: &self.plan,
            seed: self.seed,
            replications: replications.clone(),
            domain: Domain::Production,
            threads,
            limits: Limits { events: 10_000_000, ..Limits::default() },
        };
        let turn = |number: u64, outcome: &Outcome| Kept::of(&self.layout, number as u32, outcome);
        let mut kept = Kept::default();
        let keep = |one: &Kept| kept.append(one);
        replicate(&job, turn, keep, &Quiet, &Cancel::default()).unwrap_or_else(|error| panic!("{error}"));
        self.of(replications, kept)
    }

    /// Replications simulated one by one, the last first.
    pub(crate) fn backwards(&self, replications: Range<u64>) -> Results {
        let one = |number: u64| Kept::of(&self.layout, number as u32, &self.outcome(number));
        let each: Vec<Kept> = replications.clone().rev().map(one).collect();
        let mut kept = Kept::default();
        for one in each.iter().rev() {
            kept.append(one).unwrap();
        }
        self.of(replications, kept)
    }

    fn of(&self, replications: Range<u64>, kept: Kept) -> Results {
        as_run(&self.layout, self.seed, replications.start as u32, kept)
    }
}

/// Replications as the results of a run.
pub(crate) fn as_run(layout: &Layout, seed: u64, first: u32, kept: Kept) -> Results {
    let window = Window { start: "2024-01-01".to_owned(), warm_up_d: 0.0, horizon_d: 0.0, drain_d: 0.0 };
    let name = "made-up".to_owned();
    let run = Run {
        midcor: env!("CARGO_PKG_VERSION").to_owned(),
        time_zones: midcor::results::time_zones(),
        seed,
        first,
        replications: kept.records.len() as u32,
        left_out: Vec::new(),
        years_per_draw: None,
        level: 0.95,
        materiality: Materiality::default(),
        window,
    };
    let scenario = ScenarioIdentity { title: name.clone(), hash: String::new(), name };
    Results::of(Manifest { scenario, run }, layout.catalogue().clone(), kept)
}

/// The row of a measure over the horizon, by their words.
pub(crate) fn row<'a>(summary: &'a Summary, measure: &str, subject: &str) -> &'a SummaryRow {
    let row = summary.row(measure.parse().unwrap(), &Subject::at(subject));
    row.unwrap_or_else(|| panic!("there is no row {measure} of {subject}"))
}

/// Its mean.
pub(crate) fn mean(summary: &Summary, measure: &str, subject: &str) -> f64 {
    row(summary, measure, subject).mean.unwrap_or_else(|| panic!("{measure} of {subject} has no mean"))
}
