//! The same years with one vessel more: common random numbers make the difference sharp.
//!
//! `cargo run --release --example what_if`

use std::error::Error;

use midcor::comparison::{Candidate, Comparing, InputDraws};

use midcor::report::write_comparison_table;
use midcor::results::Results;
use midcor::scenario::{Loader, Setting};
use midcor::study::{Lab, World, Years};
use midcor::words::Period;

/// Twenty years of the tutorial's corridor, changed by settings.
fn twenty_years(settings: &[Setting]) -> Result<Results, Box<dyn Error>> {
    let mut loaded = Loader::default().load("tutorial", settings);
    let scenario = loaded.scenario.take().ok_or_else(|| loaded.rendered())?;
    let world = World::of(&loaded, scenario).map_err(|errors| errors[0].to_string())?;
    let seed = world.scenario.run.seed;
    Ok(Lab::new(Years::Fixed(0..20), seed).simulate(&world)?.results)
}

fn main() -> Result<(), Box<dyn Error>> {
    let base = twenty_years(&[])?;
    let more = twenty_years(&[Setting::parse("fleet.ferry.vessels+=1")?])?;
    let mut comparing = Comparing::with(&base, InputDraws::default());
    comparing.add(&Candidate {
        name: "one ferry more",
        results: &more,
        own_base: None,
        simulated_alone: None,
        price: None,
    });
    write_comparison_table(&comparing.finish(), &Period::Horizon, &mut std::io::stdout())?;
    Ok(())
}
