//! `midcor verify`: textbook cases, solved by this very program.

use clap::{Args, ValueEnum};

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::numbers::seed;
use crate::diagnostic::nearest;
use crate::verify::{Index, IndexError, Length, Options, Step, Verdict, verify as run, write_json, write_table};

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// Only cases with one of these words in id or title, such as QUE-01 [default: all]
    #[arg(value_name = "CASE")]
    cases: Vec<String>,
    /// Ten times the simulated years, and intervals that must be narrow too
    #[arg(long)]
    long: bool,
    /// Another seed than the registered ones; a case that fails is repeated with the next
    #[arg(long, value_name = "N", value_parser = seed)]
    seed: Option<u64>,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// What to print on standard output
    #[arg(long, value_enum, default_value_t)]
    format: PlainFormat,
}

/// Forms of results that are no table of measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PlainFormat {
    /// For people
    #[default]
    Table,
    /// For programs, with all digits
    Json,
}

pub(super) fn verify(args: &VerifyArgs, console: &mut Console) -> Result<(), Failure> {
    known(&args.cases)?;
    let cancel = cancel_on_ctrl_c();
    let length = if args.long { Length::Long } else { Length::Short };
    let options =
        Options { length, filters: args.cases.clone(), seed: args.seed, threads: args.threads, cancel: cancel.clone() };
    let mut tell = |step: Step<'_>| {
        if let Step::Begins { id, title, number, of } = step {
            console.say(format_args!("{number} of {of}: {id} {title}"));
        }
    };
    let mut cases = run(&options, &mut tell).map_err(defect)?;
    let is_stopped = cancel.is_requested();
    if is_stopped {
        // The case under way may not have had all its attempts.
        if cases.last().is_some_and(|case| case.verdict() != Verdict::Passed) {
            cases.pop();
        }
        console.warning(&format!("stopped: these are the {} cases that were finished", cases.len()));
    }
    match args.format {
        PlainFormat::Table => write_table(&cases, &mut console.screen())?,
        PlainFormat::Json => write_json(&cases, console.out())?,
    }
    console.flush()?;
    match cases.iter().filter(|case| case.verdict() != Verdict::Passed).count() {
        0 if is_stopped => Err(Failure::Stopped),
        0 => Ok(()),
        failed => Err(Failure::Failed(format!("{failed} of {} cases did not pass", cases.len()))),
    }
}

/// A word that fits no case is a wrong command line: nothing verified must not look like success.
fn known(words: &[String]) -> Result<(), Failure> {
    let index = Index::embedded().map_err(defect)?;
    let Some(unknown) = words.iter().find(|word| !index.cases.iter().any(|case| case.is_called(word))) else {
        return Ok(());
    };
    let ids: Vec<&str> = index.cases.iter().map(|case| case.id.as_str()).collect();
    let near = nearest(unknown, ids.iter().copied()).map(|near| format!("; did you mean `{near}`?"));
    let all = || format!("; there are {}", ids.join(", "));
    Err(Failure::Wrong(format!("no case has `{unknown}` in its id or title{}", near.unwrap_or_else(all))))
}

#[expect(clippy::needless_pass_by_value, reason = "made for `map_err`")]
fn defect(error: IndexError) -> Failure {
    Failure::Failed(error.to_string())
}
