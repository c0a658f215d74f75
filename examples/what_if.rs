//! The same years with one vessel more: common random numbers make the difference sharp.
//!
//! `cargo run --release --example what_if`

use std::error::Error;
use std::io::stdout;

use midcor::report::Screen;
use midcor::{Answer as _, Lab, Scenario, Years, compare};

fn main() -> Result<(), Box<dyn Error>> {
    let base = Scenario::open("tutorial")?;
    let more = base.change("fleet.ferry.vessels += 1")?;
    let lab = Lab::new(Years::Fixed(0..20), base.contents().run.seed);
    let answer = compare(&base, [("one ferry more", more)], &lab)?;
    answer.write_table(&mut Screen::usual(&mut stdout()), false)?;
    Ok(())
}
