//! `midcor merge`: results of ranges of replications, put together as if one run had made them.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::args::OutputArgs;
use crate::cli::asking::wrong;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::{begin, default_folder, put_answer};
use crate::files;
use crate::questions::Ran;
use crate::report::{Claim, Study};
use crate::results::{Manifest, MergeError, Results, Space, merging_order};

/// Most bytes of a resolved scenario.
const MOST_SCENARIO: u64 = 1 << 28;

#[cfg(feature = "parquet")]
#[derive(Debug, Args)]
pub(super) struct MergeArgs {
    /// Folders with results of ranges of replications
    #[arg(required = true)]
    shards: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
    /// Print the table of a named period, year or month (winter, 2027) instead of the whole horizon
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
}

pub(super) fn merge(args: &MergeArgs, console: &mut Console) -> Result<(), Failure> {
    let merged = merged(args)?;
    let merged = Ran::of_results(merged, args.period.as_deref()).map_err(|error| wrong(error, console))?;
    let scenario = scenario_of(&args.shards[0])?;
    // Whether settings were changed, results do not say: also a default folder keeps those of another scenario.
    let claim = if args.output.replace { Claim::Replace } else { Claim::Named(&scenario) };
    let default = || default_folder(Study::RUN, &merged.summary.manifest.scenario.name, None);
    let cancel = cancel_files_on_ctrl_c();
    let place = begin(&args.output, default, Study::RUN, claim)?;
    if cancel.is_requested() {
        return Err(Failure::Stopped);
    }
    put_answer(console, &args.output, &merged, place, &scenario)
}

/// The shards together, of which one is read after the other.
fn merged(args: &MergeArgs) -> Result<Results, Failure> {
    let wrong = |error: &dyn Error| Failure::Wrong(error.to_string());
    let manifests = args.shards.iter().map(|shard| Manifest::read(shard));
    let manifests: Vec<Manifest> = manifests.collect::<Result<_, _>>().map_err(|error| wrong(&error))?;
    let order = merging_order(&manifests.iter().collect::<Vec<_>>()).map_err(|error| wrong(&error))?;
    let default = || default_folder(Study::RUN, &manifests[0].scenario.name, None);
    let space = Space::beside(&args.output.out.clone().unwrap_or_else(default));
    let mut shards = order.into_iter().map(|place| Results::read_within(&args.shards[place], &space));
    let first = shards.next().ok_or_else(|| wrong(&MergeError::Nothing))?;
    let mut merged = first.map_err(|error| wrong(&error))?;
    for shard in shards {
        merged.append(&shard.map_err(|error| wrong(&error))?).map_err(|error| wrong(&error))?;
    }
    Ok(merged)
}

/// The resolved scenario, the same in all shards that go together.
fn scenario_of(shard: &Path) -> Result<String, Failure> {
    let path = shard.join("scenario.toml");
    let what = || format!("cannot read {}", path.display());
    let bytes = files::read(&path, MOST_SCENARIO).map_err(Failure::files(what()))?;
    String::from_utf8(bytes).map_err(|_| Failure::Wrong(format!("{}: it is not text", what())))
}
