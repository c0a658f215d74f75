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
//! # A short example
//!
//! A scenario is made ready once as a [`World`]; a [`Lab`] says how worlds are simulated; [`Results`] sum up to measures with
//! their intervals, which are found by typed [`words`].
//!
//! ```
//! use midcor::words::{Measure, Subject};
//! use midcor::{Lab, Loader, World, Years};
//!
//! let mut loaded = Loader::default().load("smallest", &[]);
//! let scenario = loaded.scenario.take().ok_or_else(|| loaded.rendered())?;
//! let world = World::of(&loaded, scenario).map_err(|errors| errors[0].to_string())?;
//! let simulated = Lab::new(Years::Fixed(0..2), 20_260_101).simulate(&world)?;
//! let summary = simulated.results.summary();
//! let crane = Subject::at("node.east.facility.crane");
//! let busy = summary.row(Measure::Utilisation, &crane).and_then(|row| row.mean);
//! assert!(busy > Some(0.8));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
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
//! `cli` (the program), `charts`, `parquet` and `parallel` are on by default; the library builds without any of them.

pub mod analysis;
pub mod arithmetic;
#[cfg(feature = "cli")]
pub mod cli;
pub mod comparison;
pub mod compile;
pub mod diagnostic;
pub mod engine;
pub mod experiment;
pub mod files;
pub mod ids;
pub mod model;
pub mod network;
pub mod questions;
pub mod random;
pub mod reference;
pub mod report;
pub mod results;
pub mod scenario;
pub mod stats;
pub mod study;
pub mod text;
pub mod units;
pub mod validation;
pub mod verify;
pub mod words;

pub use report::Answer;
pub use results::{Results, Summary};
pub use scenario::{Loader, Scenario, Setting};
pub use study::{Lab, World, Years};
