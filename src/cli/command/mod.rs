//! The commands, one file each.

mod bottlenecks;
mod capacity;
#[cfg(all(feature = "charts", feature = "parquet"))]
mod chart;
mod check;
mod compare;
mod completions;
mod export;
mod glossary;
mod import;
mod init;
mod list;
#[cfg(all(feature = "charts", feature = "parquet"))]
mod live_page;
mod matching;
#[cfg(feature = "parquet")]
mod merge;
#[cfg(all(feature = "charts", feature = "parquet"))]
mod packed;
mod reference;
#[cfg(all(feature = "charts", feature = "parquet"))]
mod replayed;
#[cfg(all(feature = "charts", feature = "parquet"))]
mod report;
mod routes;
mod run;
mod schema;
#[cfg(all(feature = "charts", feature = "parquet"))]
mod serve;
mod show;
mod stress;
mod sweep;
mod validate;
mod verify;
mod warm_up;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use super::console::Console;
use super::exit::Failure;

/// Simulates freight on a corridor: how much it carries, how long it takes, how sure that is
#[derive(Debug, Parser)]
#[command(name = "midcor", version, arg_required_else_help = true, after_help = STATUS)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Say nothing on standard error but warnings and errors
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// Columns of help on a narrower screen: no line of an example is wider, so that examples are never folded and can be pasted.
const LEAST_COLUMNS: usize = 80;
/// Columns of help where there is no terminal, and at most.
const COLUMNS: usize = 100;

impl Arguments {
    /// Reads the arguments of the process.
    pub(super) fn read() -> Result<Self, clap::Error> {
        let terminal = terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| usize::from(width.0));
        let command = Self::command().term_width(terminal.clamp(LEAST_COLUMNS, COLUMNS));
        Self::from_arg_matches(&command.try_get_matches()?)
    }
}

const STATUS: &str = "Exit status: 0 done, 1 the run failed or was stopped, 2 the request or the scenario is wrong.
Results go to standard output, all else to standard error.";

/// The one table of commands: variant, module and function, arguments, features that it needs, help.
macro_rules! commands {
    ($($variant:ident $command:ident $args:ident $(if [$needs:meta])? $help:literal;)+) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[cfg($needs)])? #[doc = $help] $variant($command::$args),)+
        }

        /// Carries out what is asked.
        pub(super) fn carry_out(arguments: Arguments, console: &mut Console) -> Result<(), Failure> {
            match arguments.command {
                $($(#[cfg($needs)])? Command::$variant(args) => $command::$command(&args, console),)+
            }
        }
    };
}

commands! {
    Run run RunArgs "Simulate; print the summary; write results";
    Compare compare CompareArgs "Compare what-ifs with a base: the same shipments and storms, paired differences";
    Check check CheckArgs "Read, resolve and check a scenario; utilisation by arithmetic; assumptions, weakest first";
    Show show ShowArgs "The resolved scenario, or a value and where it was set";
    List list ListArgs "What there is: scenarios, or the things of a scenario";
    Chart chart ChartArgs if [all(feature = "charts", feature = "parquet")] "Draw the charts of results again";
    Report report ReportArgs if [all(feature = "charts", feature = "parquet")] "Write results or a comparison as one page: answer, map, charts, tables, assumptions";
    Serve serve ServeArgs if [all(feature = "charts", feature = "parquet")] "Open the live page of a scenario, with this program as its engine";
    Export export ExportArgs "Write results as a workbook, or a scenario as tables or a map";
    Import import ImportArgs "Make a scenario of tables or a map, or of what was edited in a workbook of parameters";
    Merge merge MergeArgs if [feature = "parquet"] "Put results of replication ranges together";
    Validate validate ValidateArgs "Simulate; put observed figures beside the simulated ones";
    Match matching MatchArgs "Simulate many values of what is not known; which of them what was observed does not rule out";
    Bottlenecks bottlenecks BottlenecksArgs "Simulate; use, waiting and the worth of one more of each capacity, ranked by tonnes and by days";
    Capacity capacity CapacityArgs "Find the largest traffic with no growing backlog and the services kept; what binds; the cheapest relief";
    Routes routes RoutesArgs "Ranked routes between two places with their days, charges and emissions; no simulation";
    Sweep sweep SweepArgs "Vary one or two parameters; every point meets the same shipments and storms";
    Stress stress StressArgs "The same years with and without a closure: what it delays, costs and turns away";
    WarmUp warm_up WarmUpArgs "Simulate from empty; how long until the days are alike; the warm-up to propose";
    Verify verify VerifyArgs "Solve textbook cases: theory, simulation, verdict";
    Init init InitArgs "Copy the scenarios that come with the program into a folder, or parameters into a workbook";
    Reference reference ReferenceArgs "Print what a table or key of scenario files, a measure or a term means";
    Glossary glossary GlossaryArgs "Print what a term of the field means, or all terms";
    Schema schema SchemaArgs "Print the JSON Schema of scenario files";
    Completions completions CompletionsArgs "Print completions for a shell";
}
