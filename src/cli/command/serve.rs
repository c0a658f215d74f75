//! `midcor serve`: the live page with this program as its engine.

use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

use clap::Args;

use crate::cli::args::{ScenarioArgs, language};
use crate::cli::asking::wrong;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_to_end_on_ctrl_c;
use crate::cli::numbers::Replications;
use crate::cli::progress::Bar;
use crate::cli::reading::ready;
use crate::cli::serving::{Request, Response, Server};
use crate::experiment::Cancel;
use crate::live::{Ask, Live, LiveError, YearOf};
use crate::report::EngineOfPage;
use crate::study::{Lab, Scenario, Years};
use crate::words::Language;

use super::report::{Folder, Shown};

#[derive(Debug, Args)]
#[command(after_help = SERVE)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// The language of the page
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "en")]
    lang: Language,
    /// Simulated years of today's scenario that the page begins with
    #[arg(long, value_name = "N", default_value = "20")]
    replications: Replications,
    /// Number of threads; 0 uses all cores. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
    /// The port; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Only print the address
    #[arg(long)]
    no_open: bool,
}

const SERVE: &str = "\
The page has the sliders that the scenario declares ([slider.ID]); this program simulates what they ask for:

  midcor serve baseline-2024

The address is of this machine alone (127.0.0.1) and holds a word that nobody can guess. Other origins get no answer, and no \
file is served. Ctrl-C ends it.";

pub(super) fn serve(args: &ServeArgs, console: &mut Console) -> Result<(), Failure> {
    let cancel = cancel_to_end_on_ctrl_c();
    let (page, scenario) = page(args, console, &cancel)?;
    let live = Live::of(scenario, args.lang, args.scenario.words());
    let engine = Served { page, live: Mutex::new(live), running: Mutex::new(Cancel::default()) };
    let server = Server::listen(args.port).map_err(Failure::files(format!("cannot listen on port {}", args.port)))?;
    writeln!(console.out(), "{}", server.address())?;
    console.flush()?;
    if !args.no_open && !open(&server.address()) {
        console.warning("no browser could be opened; open the address in one");
    }
    let ended = server.serve(&|request| engine.answer(request), &cancel);
    ended.map_err(Failure::files("cannot go on listening"))
}

/// The page, of years that are simulated first, and the scenario.
fn page(args: &ServeArgs, console: &Console, cancel: &Cancel) -> Result<(String, Scenario), Failure> {
    let scenario = ready(&args.scenario, None, console)?;
    let seed = scenario.contents().run.seed;
    let lab = Lab { threads: args.threads, ..Lab::new(Years::Fixed(args.replications.0.clone()), seed) };
    let bar = Bar::new(console);
    let simulated = lab.watched(&bar, cancel).simulate(scenario.prepared());
    drop(bar);
    let results = simulated.map_err(|error| wrong(error.into(), console))?.results;
    let folder = Folder::of_years(results, scenario, args.scenario.words());
    let live = folder.live()?;
    let part = live.part(EngineOfPage::Served { seats: seats(args.threads) });
    let page = folder.page(Shown { language: args.lang, charts: &[], live: Some(part), replayed: None })?;
    Ok((page, folder.into_scenario()))
}

/// Years that are simulated at once.
fn seats(threads: usize) -> usize {
    if threads > 0 { threads } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

/// What answers the page.
struct Served {
    page: String,
    live: Mutex<Live>,
    /// Asked for a stop, it ends the years that are under way.
    running: Mutex<Cancel>,
}

impl Served {
    fn answer(&self, request: &Request) -> Response {
        if !request.is_post {
            return Response::html(self.page.clone());
        }
        match Live::read(&request.body).and_then(|ask| self.asked(&ask)) {
            Ok(json) => Response::json(json),
            Err(error) => Response::text(422, &error.to_string()),
        }
    }

    fn asked(&self, ask: &Ask) -> Result<String, LiveError> {
        match ask {
            Ask::Load(wanted) => locked(&self.live).choose(wanted)?,
            Ask::Run(of) => self.run(*of)?,
            Ask::Stop => std::mem::take(&mut *locked(&self.running)).request(),
            Ask::Result => return Ok(serde_json::to_string(&locked(&self.live).found()).unwrap_or_default()),
        }
        Ok("null".to_owned())
    }

    /// Simulates a year; others are asked for meanwhile.
    fn run(&self, of: YearOf) -> Result<(), LiveError> {
        let world = locked(&self.live).world(of.world).cloned();
        let world = world.ok_or_else(|| LiveError::Unread(format!("there is no option {}", of.world)))?;
        let cancel = locked(&self.running).clone();
        world.take(of.year, world.simulate(of.year, &cancel)?);
        Ok(())
    }
}

fn locked<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens an address in the browser of this machine.
fn open(address: &str) -> bool {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let quiet = Stdio::null;
    Command::new(program).args(first).arg(address).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn().is_ok()
}
