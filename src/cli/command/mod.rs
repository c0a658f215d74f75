//! The commands, one file each.

mod bottlenecks;
mod capacity;
#[cfg(all(feature = "charts", feature = "parquet"))]
mod chart;
mod check;
mod compare;
mod completions;
mod init;
mod list;
#[cfg(feature = "parquet")]
mod merge;
mod reference;
mod routes;
mod run;
mod schema;
mod show;
mod stress;
mod sweep;
mod validate;
mod verify;

use clap::{Parser, Subcommand};

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

const STATUS: &str = "Exit status: 0 done, 1 the run failed or was stopped, 2 the call or the scenario is wrong.
Results go to standard output, all else to standard error.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Simulate; print the summary; write results
    Run(run::RunArgs),
    /// Compare what-ifs with a base: the same worlds, paired differences
    Compare(compare::CompareArgs),
    /// Read, resolve and check a scenario; loads by arithmetic; assumptions, weakest first
    Check(check::CheckArgs),
    /// The resolved scenario, or a value and where it was set
    Show(show::ShowArgs),
    /// What there is: scenarios, or the things of a scenario
    List(list::ListArgs),
    /// Draw the charts of results again
    #[cfg(all(feature = "charts", feature = "parquet"))]
    Chart(chart::ChartArgs),
    /// Put results of replication ranges together
    #[cfg(feature = "parquet")]
    Merge(merge::MergeArgs),
    /// Simulate; put observed figures beside the simulated ones
    Validate(validate::ValidateArgs),
    /// Simulate; use, waiting and the worth of one more of each capacity, ranked by tonnes and by days
    Bottlenecks(bottlenecks::BottlenecksArgs),
    /// Find the largest traffic with no growing backlog and the services kept; what binds; the cheapest relief
    Capacity(capacity::CapacityArgs),
    /// Ranked routes between two places with their days, charges and emissions; no simulation
    Routes(routes::RoutesArgs),
    /// Vary one or two parameters; every point meets the same shipments and storms
    Sweep(sweep::SweepArgs),
    /// The same years with and without a closure: what it delays, costs and turns away
    Stress(stress::StressArgs),
    /// Solve textbook cases: theory, simulation, verdict
    Verify(verify::VerifyArgs),
    /// Copy the scenarios that come with the program into a folder
    Init(init::InitArgs),
    /// Print what a table or key of scenario files, a measure or a term means
    Reference(reference::ReferenceArgs),
    /// Print the JSON Schema of scenario files
    Schema,
    /// Print completions for a shell
    Completions(completions::CompletionsArgs),
}

/// Carries out what is asked.
pub(super) fn carry_out(arguments: Arguments, console: &mut Console) -> Result<(), Failure> {
    match arguments.command {
        Command::Run(args) => run::run(&args, console),
        Command::Compare(args) => compare::compare(&args, console),
        Command::Check(args) => check::check(&args, console),
        Command::Show(args) => show::show(&args, console),
        Command::List(args) => list::list(&args, console),
        #[cfg(all(feature = "charts", feature = "parquet"))]
        Command::Chart(args) => chart::chart(&args, console),
        #[cfg(feature = "parquet")]
        Command::Merge(args) => merge::merge(&args, console),
        Command::Validate(args) => validate::validate(&args, console),
        Command::Bottlenecks(args) => bottlenecks::bottlenecks(&args, console),
        Command::Capacity(args) => capacity::capacity(&args, console),
        Command::Routes(args) => routes::routes(&args, console),
        Command::Sweep(args) => sweep::sweep(&args, console),
        Command::Stress(args) => stress::stress(&args, console),
        Command::Verify(args) => verify::verify(&args, console),
        Command::Init(args) => init::init(&args, console),
        Command::Reference(args) => reference::reference(&args, console),
        Command::Schema => schema::schema(console),
        Command::Completions(args) => completions::completions(&args, console),
    }
}
