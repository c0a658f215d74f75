//! Simulating a plan as often as asked.

use std::ops::Range;

use super::args::SimulationArgs;
use super::console::Console;
use super::exit::Failure;
use super::headline::{FIRST, Headline, MOST, STEP};
use super::interrupt::cancel_on_ctrl_c;
use super::loading::Ready;
use super::progress::Bar;
use crate::engine::Limits;
use crate::experiment::{Batch, Cancel, ExperimentError, Job, replicate};
use crate::random::Domain;
use crate::results::{Layout, Manifest, Record, Results, Run, Scenario, Window};

/// More threads than this only cost memory.
const MOST_THREADS: usize = 1024;

/// What was simulated, and whether all of it.
pub(super) struct Simulated {
    pub(super) results: Results,
    pub(super) is_complete: bool,
}

/// How many replications are wanted.
enum Wanted {
    Fixed(Range<u64>),
    Precise(f64),
}

impl Wanted {
    /// A number in the call goes before a precision of the scenario.
    fn of(args: &SimulationArgs, run: &crate::scenario::spec::Run) -> Self {
        match (&args.replications, args.precision.or(run.precision)) {
            (Some(range), _) => Self::Fixed(range.0.clone()),
            (None, Some(precision)) => Self::Precise(precision),
            (None, None) => Self::Fixed(0..u64::from(run.replications)),
        }
    }
}

/// The seed of the call, else of the scenario.
pub(super) fn seed(args: &SimulationArgs, ready: &Ready) -> u64 {
    args.seed.unwrap_or(ready.scenario.run.seed)
}

/// Simulates and keeps what was finished.
pub(super) fn simulate(ready: &Ready, args: &SimulationArgs, console: &Console) -> Result<Simulated, Failure> {
    let layout = Layout::of(&ready.plan);
    let series = Series {
        ready,
        layout: &layout,
        seed: seed(args, ready),
        threads: args.threads.min(MOST_THREADS),
        cancel: cancel_on_ctrl_c(),
    };
    let (first, batch) = match Wanted::of(args, &ready.scenario.run) {
        Wanted::Fixed(range) => (range.start, series.batch(range, &Bar::new(console)).map_err(failed)?),
        Wanted::Precise(precision) => (0, series.until_known(precision, console)?),
    };
    let run = run(ready, series.seed, first, batch.items.len());
    let manifest = Manifest { scenario: scenario(ready), run };
    let results = Results { manifest, frame: layout.frame().clone(), records: batch.items };
    Ok(Simulated { results, is_complete: batch.complete })
}

/// Replications of one plan with one seed.
struct Series<'a> {
    ready: &'a Ready,
    layout: &'a Layout,
    seed: u64,
    threads: usize,
    cancel: Cancel,
}

impl Series<'_> {
    fn batch(&self, replications: Range<u64>, bar: &Bar) -> Result<Batch<Record>, ExperimentError> {
        let job = Job {
            plan: &self.ready.plan,
            seed: self.seed,
            replications,
            domain: Domain::Production,
            threads: self.threads,
            limits: Limits::default(),
        };
        replicate(&job, |number, outcome| Record::of(self.layout, number as u32, &outcome), bar, &self.cancel)
    }

    /// Goes on until the headline measures are known as well as asked; looks only at numbers fixed beforehand.
    fn until_known(&self, precision: f64, console: &Console) -> Result<Batch<Record>, Failure> {
        let headline = Headline::new(self.layout.frame(), precision, self.ready.scenario.run.level);
        let mut bar = Bar::new(console);
        bar.aims_at(precision);
        let mut all = self.batch(0..FIRST, &bar).map_err(failed)?;
        while all.complete && !headline.is_known(&all.items) {
            let done = all.items.len() as u64;
            if done >= MOST {
                drop(bar);
                console.warning(&format!(
                    "after {MOST} simulated years the headline measures are not known to ±{} %",
                    precision * 100.0
                ));
                return Ok(all);
            }
            bar.after(done);
            match self.batch(done..done + STEP, &bar) {
                Ok(more) => {
                    all.items.extend(more.items);
                    all.complete = more.complete;
                }
                Err(ExperimentError::Stopped) => all.complete = false,
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(all)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
fn failed(error: ExperimentError) -> Failure {
    Failure::Failed(error.to_string())
}

fn scenario(ready: &Ready) -> Scenario {
    Scenario {
        name: ready.scenario.name.clone(),
        title: ready.scenario.title.clone(),
        hash: ready.loaded.content_hash(),
    }
}

fn run(ready: &Ready, seed: u64, first: u64, replications: usize) -> Run {
    let spec = &ready.scenario.run;
    Run {
        midcor: env!("CARGO_PKG_VERSION").to_owned(),
        seed,
        first: first as u32,
        replications: replications as u32,
        years_per_draw: None,
        level: spec.level,
        window: Window {
            start: spec.start.to_string(),
            warm_up_d: spec.warm_up.days(),
            horizon_d: spec.horizon.days(),
            drain_d: spec.drain.days(),
        },
    }
}
