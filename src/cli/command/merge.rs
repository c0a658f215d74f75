//! `midcor merge`: results of ranges of replications, put together as if one run had made them.

use std::fs;
use std::path::Path;

use crate::cli::args::MergeArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::output::{folder_of, put_out};
use crate::results::Results;

pub(super) fn merge(args: &MergeArgs, console: &mut Console) -> Result<(), Failure> {
    let shards =
        args.shards.iter().map(|shard| Results::read(shard).map_err(|error| Failure::Wrong(error.to_string())));
    let merged =
        Results::merge(shards.collect::<Result<_, _>>()?).map_err(|error| Failure::Wrong(error.to_string()))?;
    let scenario = scenario_of(&args.shards[0])?;
    let folder = folder_of(args.output.out.as_ref(), &merged.manifest.scenario.name)?;
    put_out(console, (args.output.format, args.period.as_ref()), (&folder, &scenario), &merged)
}

/// The resolved scenario, the same in all shards that go together.
fn scenario_of(shard: &Path) -> Result<String, Failure> {
    let path = shard.join("scenario.toml");
    fs::read_to_string(&path).map_err(Failure::files(format!("cannot read {}", path.display())))
}
