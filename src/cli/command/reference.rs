//! `midcor reference`: what a table or key of the format means.

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::diagnostic::near;
use crate::reference::{Reference, write_named, write_tables};

/// How many near words a message gives.
const MOST_NEAR: usize = 3;

#[derive(Debug, Args)]
pub(super) struct ReferenceArgs {
    /// A table, key or path of scenario files, a family of random values, a measure, a cause of time or a term: fleet, vessels,
    /// fleet.feeder.vessels, lognormal, throughput, wait-vessel, horizon; all tables without
    word: Option<String>,
}

pub(super) fn reference(args: &ReferenceArgs, console: &mut Console) -> Result<(), Failure> {
    let reference = Reference::new();
    let Some(word) = &args.word else {
        return Ok(write_tables(&reference, &mut console.screen())?);
    };
    let named = reference.named(word);
    if named.is_empty() {
        let last = word.rsplit_once('.').map_or(word.as_str(), |(_, last)| last);
        let near = near(last, reference.words(), MOST_NEAR);
        let hint = if near.is_empty() {
            "`midcor reference` lists the tables".to_owned()
        } else {
            format!("near are: {}", near.join(", "))
        };
        return Err(Failure::Wrong(format!(
            "`{word}` is no table or key of the format, no measure and no term; {hint}"
        )));
    }
    Ok(write_named(&named, &mut console.screen())?)
}
