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

use super::args::Command;
use super::console::Console;
use super::exit::Failure;

/// Carries a command out.
pub(super) fn carry_out(command: Command, console: &mut Console) -> Result<(), Failure> {
    match command {
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
