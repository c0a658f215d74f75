//! midcor simulates freight on a corridor of rail lines, border crossings, ports and sea crossings: how much traffic it
//! carries, how long shipments take, where the days go, and how sure all this is.
//!
//! # The model in one drawing
//!
//! ```text
//!  flow ── shipments ──▶ node ──link──▶ node ──link──▶ port ══fleet══▶ port ──link──▶ node
//!                         │  rail: paths, places, pools      │ sea: vessels, berths, storms
//!                         └─ facilities: crane, customs, border, gauge change … (servers with one queue)
//!                         └─ storage: space where cargo changes mode
//!                         └─ yard: where trains are formed and broken up
//! ```
//!
//! # How data flow
//!
//! ```text
//! scenario file → scenario → network → compile → model → engine → experiment → results → report
//! ```
//!
//! [`scenario`] reads TOML with includes, overlays and changes, and collects all findings with their places. [`network`]
//! finds routes. [`compile`] compiles the corridor's words once to the primitives of the [`engine`], which simulates one
//! replication a call. [`experiment`] carries out replications on all cores and collects them by number. [`results`] keeps
//! what is needed for means, quantiles and their intervals, and [`report`] writes it. Every draw is a pure function of
//! seed, named source, replication and identity ([`random`]), so the same scenario and seed give the same bytes on any
//! number of threads, and a what-if meets the same trains and the same storms.
//!
//! # The front door
//!
//! A [`Scenario`] is read, checked and made ready; a [`Lab`] says how it is simulated: how many [`Years`], with which seed, on
//! how many threads, who is told how things go ([`Progress`]) and who may stop it ([`Cancel`]). [`run`], [`compare`],
//! [`sweep`], [`stress`], [`bottlenecks`], [`capacity`], [`validate`], [`warm_up`] and [`routes`] ask a [`Question`] each; every [`Answer`] has a table for
//! people, tables with all digits by column, a document and pictures. All of it can stay in memory.
//!
//! [`run`]: fn@run
//! [`compare`]: fn@compare
//! [`sweep`]: fn@sweep
//! [`stress`]: fn@stress
//! [`bottlenecks`]: fn@bottlenecks
//! [`capacity`]: fn@capacity
//! [`validate`]: fn@validate
//! [`warm_up`]: fn@warm_up
//! [`routes`]: fn@routes
//!
//! ```
//! use midcor::words::{Measure, Subject};
//! use midcor::{Answer, Lab, Scenario, Years, compare, run};
//!
//! let base = Scenario::open("tutorial")?;
//! let more = base.set("fleet.ferry.vessels", 3)?;
//! let lab = Lab::new(Years::Fixed(0..3), 20_260_101);
//!
//! let ran = run(&base, &lab)?;
//! let carried = ran.summary.row(Measure::Throughput, &Subject::corridor()).and_then(|row| row.mean);
//! assert!(carried > Some(0.0));
//!
//! let answer = compare(&base, [("three ferries", more)], &lab)?;
//! let differences = &answer.sheets()[0];
//! let column = differences.series().into_iter().find(|column| column.name == "difference");
//! assert!(column.is_some_and(|column| column.values.numbers().is_some_and(|numbers| !numbers.is_empty())));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What is wrong with a scenario is a [`Rejected`]: findings with code, message, file, line, column and the words that are
//! meant.
//!
//! ```
//! let rejected = midcor::Scenario::open("tutorial")?.set("fleet.ferry.vesels", 3).err();
//! let findings: Vec<_> = rejected.iter().flat_map(|rejected| rejected.findings()).collect();
//! assert_eq!(findings[0].place.as_ref().map(|place| place.words), Some("fleet.ferry.vesels"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Behind the front door, [`questions`], [`study`], [`scenario`], [`words`], [`results`] and [`report`] hold what its types are
//! made of. The other rooms ([`engine`], [`model`], [`random`], [`stats`] and so on) are open for those who look into the
//! simulation itself, such as the tests and benches of this crate; they change without notice.
//!
//! # Glossary
//!
//! One word a thing, the same in scenario files, code, result files and charts.
//!
//! | word | is |
//! |---|---|
//! | node | a place: terminal, junction, border crossing, port |
//! | link | a line between two nodes: rail, sea, road, pipeline |
//! | facility | servers at a node that a train, shipment, unit or vessel passes |
//! | storage | yard space where cargo changes mode; full, it lets nothing more in by land |
//! | yard | where trains are formed and broken up |
//! | fleet | vessels that circle between ports and carry cargo in batches |
//! | pool | things taken and given back: locomotives, wagons |
//! | cargo | a kind of goods with its unit (TEU, wagon, truck, t) |
//! | flow | demand: cargo from node to node, volume a year |
//! | shipment | what a flow makes and what moves; a *part* of it once it was split |
//! | body | what moves as one: a lone shipment or a formed train |
//! | route | a path of a flow through the network; its steps are a *program* |
//! | section | two places between which time and reliability are reported |
//! | dwell | time at a node from arrival to setting out |
//! | headway | least time between two trains of one direction |
//! | closure, ban | what shuts things; a loading ban while a port is full |
//! | cause | why time passed: running, customs, wait-vessel … a closed list |
//! | replication | one simulated run of the clock, a "year" |
//!
//! # Features
//!
//! `cli` (the program), `charts`, `parquet`, `parallel`, `disk` and `xlsx` are on by default; the library builds without any of them.
//! Without `disk` no file is read or written.

pub mod analysis;
pub mod arithmetic;
#[cfg(feature = "cli")]
pub mod cli;
pub mod comparison;
pub mod compile;
pub mod diagnostic;
pub mod engine;
pub mod exchange;
pub mod experiment;
#[cfg(feature = "disk")]
mod files;
pub mod ids;
pub mod live;
pub mod model;
pub mod network;
pub mod questions;
pub mod random;
pub mod reference;
pub mod replay;
pub mod report;
pub mod results;
pub mod scenario;
pub mod stats;
pub mod study;
pub mod tables;
mod text;
pub mod units;
pub mod validation;
pub mod verify;
pub mod words;

pub use diagnostic::{Finding, Rejected};
pub use experiment::{Cancel, Progress};
pub use questions::{
    NamedText, Question, QuestionError, bottlenecks, capacity, compare, routes, run, stress, sweep, validate, warm_up,
};
pub use report::Answer;
pub use results::{Results, Summary};
pub use study::{Lab, Scenario, Years};
