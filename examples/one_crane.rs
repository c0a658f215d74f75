//! The shortest use of the library: text in, one simulated year, a number out.
//!
//! `cargo run --release --example one_crane`

use std::io::Write;

use midcor::engine::{Limits, Silent, simulate};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::scenario::Contents;

const ONE_CRANE: &str = include_str!("../scenarios/smallest.toml");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let scenario = Contents::parse(ONE_CRANE, "one-crane").into_contents()?;
    let plan = Plan::of(&scenario).map_err(|errors| errors[0].to_string())?;
    let outcome =
        simulate(&plan, RandomNumbers::new(20_260_101, 0, Domain::Production), Limits::default(), &mut Silent)?;
    let crane = &outcome.stations[0];
    let wait = crane.waiting.mean_hours();
    // Theory (M/M/1 at 90 % use): 9 h.
    writeln!(std::io::stdout(), "{} boxes, mean wait for the crane {wait:.2} h", crane.served)?;
    Ok(())
}
