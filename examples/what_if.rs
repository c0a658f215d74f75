//! The same years with one vessel more: common random numbers make the difference sharp.
//!
//! `cargo run --release --example what_if`

use std::io::Write;

use midcor::engine::Limits;
use midcor::experiment::{Cancel, Job, Quiet, replicate};
use midcor::plan::Plan;
use midcor::random::Domain;
use midcor::scenario::{Loader, Setting};
use midcor::stats::Paired;

/// Mean journey of a year's delivered shipments, in days, for 20 years.
fn mean_journeys(settings: &[Setting]) -> Result<Vec<f64>, Box<dyn std::error::Error>> {
    let scenario = Loader::default().load("tutorial", settings).into_scenario()?;
    let plan = Plan::of(&scenario).map_err(|errors| errors[0].to_string())?;
    let job = Job {
        plan: &plan,
        seed: scenario.run.seed,
        replications: 0..20,
        domain: Domain::Production,
        threads: 0,
        limits: Limits::default(),
    };
    let mean = |_, outcome: midcor::engine::Outcome| {
        let days: Vec<f64> = outcome.journeys.iter().filter(|j| j.in_horizon).map(|j| j.time.days()).collect();
        days.iter().sum::<f64>() / days.len() as f64
    };
    Ok(replicate(&job, mean, &Quiet, &Cancel::default())?.items)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = mean_journeys(&[])?;
    let more = mean_journeys(&[Setting::parse("fleet.ferry.vessels+=1")?])?;
    let paired = Paired::of(&more, &base, 0.95).ok_or("too few years")?;
    writeln!(std::io::stdout(), "one ferry more: {:+.2} ± {:.2} days", paired.mean, paired.half_width)?;
    Ok(())
}
