//! The program: arguments in, results to standard output, all else to standard error.
//!
//! Exit status: 0 done, 1 the run failed or was stopped, 2 the command line or the scenario is wrong. Each command has a file
//! under `command/`; what they share stands here. Only this module knows terminals, and no other knows this one.

mod args;
mod asking;
mod command;
mod completing;
mod console;
#[cfg(feature = "xlsx")]
mod edits;
mod exit;
mod findings;
mod interrupt;
mod memory;
mod numbers;
mod one_year;
mod output;
mod progress;
mod reading;
#[cfg(feature = "parquet")]
mod results_folder;
mod run;
mod serving;
mod shipments;
mod simulation;
mod single_file;
mod tables;
mod trace;
mod utilisation;
mod what_if;

pub use run::run;
