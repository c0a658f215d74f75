//! `midcor merge`: results of ranges of replications, put together as if one run had made them.

use std::path::Path;

use crate::cli::args::MergeArgs;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::{default_folder, not_written, put_out};
use crate::files;
use crate::report::{Claim, Place, Study};
use crate::results::Results;

/// Most bytes of a resolved scenario.
const MOST_SCENARIO: u64 = 1 << 28;

pub(super) fn merge(args: &MergeArgs, console: &mut Console) -> Result<(), Failure> {
    let shards =
        args.shards.iter().map(|shard| Results::read(shard).map_err(|error| Failure::Wrong(error.to_string())));
    let merged =
        Results::merge(shards.collect::<Result<_, _>>()?).map_err(|error| Failure::Wrong(error.to_string()))?;
    let scenario = scenario_of(&args.shards[0])?;
    // Whether settings were changed, results do not say: also a default folder keeps those of another scenario.
    let claim = if args.output.replace { Claim::Replace } else { Claim::Named(&scenario) };
    let default = || default_folder(Study::Run, &merged.manifest.scenario.name, None);
    let cancel = cancel_files_on_ctrl_c();
    let place =
        Place::begin(&args.output.out.clone().unwrap_or_else(default), Study::Run, claim).map_err(not_written)?;
    if cancel.is_requested() {
        return Err(Failure::Stopped);
    }
    put_out(console, (args.output.format, args.period.as_ref()), (place, &scenario), &merged)
}

/// The resolved scenario, the same in all shards that go together.
fn scenario_of(shard: &Path) -> Result<String, Failure> {
    let path = shard.join("scenario.toml");
    let what = || format!("cannot read {}", path.display());
    let bytes = files::read(&path, MOST_SCENARIO).map_err(Failure::files(what()))?;
    String::from_utf8(bytes).map_err(|_| Failure::Wrong(format!("{}: it is not text", what())))
}
