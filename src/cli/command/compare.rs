//! `midcor compare`: what-ifs against a base, in the same worlds.

use std::collections::BTreeMap;
use std::path::Path;

use super::run::{not_empty, stopped};
use crate::cli::args::{CompareArgs, Drawing, Format, ScenarioArgs};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::{Ready, ready};
use crate::cli::progress::Bar;
use crate::cli::simulation::{failed, setup};
use crate::comparison::{Answer, Answering, Candidate, Comparing, InputDraws, Price};
use crate::report::{
    ComparisonFolder, FolderError, file_name, write_comparison_csv, write_comparison_json, write_comparison_table,
};
use crate::scenario::spec::Run;
use crate::scenario::{Embedded, Inputs, embedded};
use crate::study::{self, Setup, Simulated, World, Years};
use crate::units::Usd;

/// Years for which a measure is used that does not say.
const LIFE: f64 = 25.0;

pub(super) fn compare(args: &CompareArgs, console: &mut Console) -> Result<(), Failure> {
    let mut base = ready(&args.scenario, console)?;
    let mut what_ifs = what_ifs(args, &base, console)?;
    let drawing = args.simulation.inputs.unwrap_or(Drawing::Drawn);
    let setup = setup(&args.simulation, &base.world.scenario.run, drawing)?;
    let mut residual = BTreeMap::new();
    for what_if in &what_ifs {
        if let Some(alone) = simulated_alone(what_if, &base)? {
            residual.insert(what_if.name.clone(), alone);
        }
    }
    if drawing == Drawing::Drawn {
        let inputs = base.loaded.inputs();
        for what_if in &mut what_ifs {
            what_if.ready.world.inputs = Some(what_if.ready.loaded.inputs_beside(&inputs));
            if let Some(alone) = residual.get_mut(&what_if.name) {
                alone.1.inputs = Some(alone.0.inputs_beside(&inputs));
            }
        }
        base.world.inputs = Some(inputs);
    }
    let name = format!("{}-compare", base.world.scenario.name);
    let dir = args.out.clone().unwrap_or_else(|| Path::new("results").join(name));
    let folder = ComparisonFolder::begin(&dir).map_err(not_written)?;
    let studies = Studies { setup, console };
    let of_base = studies.simulate("base", &base.world)?;
    not_empty(&of_base.results)?;
    folder.add("base", &of_base.results, &base.loaded.resolved_toml()).map_err(not_written)?;
    let mut comparing = Comparing::with(&of_base.results, draws(base.world.inputs.as_ref(), &studies.setup));
    let mut is_complete = of_base.is_complete;
    for what_if in &what_ifs {
        if !is_complete {
            break;
        }
        let simulated = studies.simulate(&what_if.name, &what_if.ready.world)?;
        let alone = residual.get(&what_if.name).map(|alone| studies.simulate(&what_if.name, &alone.1)).transpose()?;
        is_complete = simulated.is_complete && alone.as_ref().is_none_or(|alone| alone.is_complete);
        comparing.add(&Candidate {
            name: &what_if.name,
            results: &simulated.results,
            simulated_alone: alone.as_ref().map(|alone| &alone.results),
            price: price(&what_if.ready.world, args.interest),
        });
        let toml = what_if.ready.loaded.resolved_toml();
        folder.add(&what_if.name, &simulated.results, &toml).map_err(not_written)?;
    }
    if args.response && is_complete {
        for answer in studies.answers(&base, &what_ifs)? {
            comparing.answer(answer);
        }
    }
    let comparison = comparing.finish();
    folder.finish(&comparison).map_err(not_written)?;
    console.say(format_args!("results are in {}", dir.display()));
    match args.format {
        Format::Table => write_comparison_table(&comparison, console.out())?,
        Format::Json => write_comparison_json(&comparison, console.out())?,
        Format::Csv => write_comparison_csv(&comparison, console.out())?,
    }
    console.flush()?;
    if is_complete { Ok(()) } else { Err(stopped(of_base.results.records.len(), console)) }
}

/// A what-if, ready to be simulated.
struct Named {
    name: String,
    ready: Ready,
}

/// All what-ifs of the call; whatever is wrong with them is told before anything is simulated.
fn what_ifs(args: &CompareArgs, base: &Ready, console: &Console) -> Result<Vec<Named>, Failure> {
    let set = &args.scenario.set;
    let others = named(&args.others)?;
    let files = others.iter().map(|scenario| {
        let wanted = ScenarioArgs { scenario: scenario.clone(), set: set.clone() };
        ready(&wanted, console).map(|ready| Named { name: ready.world.scenario.name.clone(), ready })
    });
    let written = args.what_if.iter().map(|what_if| {
        let set = [set.as_slice(), &what_if.settings].concat();
        let wanted = ScenarioArgs { scenario: args.scenario.scenario.clone(), set };
        ready(&wanted, console).map(|ready| Named { name: what_if.name.clone(), ready })
    });
    let mut what_ifs: Vec<Named> = files.chain(written).collect::<Result<_, _>>()?;
    let window = |run: &Run| (run.start, run.warm_up, run.horizon, run.drain);
    let is_other = |what_if: &Named| window(&what_if.ready.world.scenario.run) != window(&base.world.scenario.run);
    if args.others.iter().any(|name| name.contains('*')) {
        what_ifs.retain(|what_if| {
            if is_other(what_if) {
                console.warning(&format!("{} is left out: it has another window than the base", what_if.name));
            }
            !is_other(what_if)
        });
    }
    if what_ifs.is_empty() {
        return Err(Failure::Wrong("there is nothing to compare with: name a scenario or give a --what-if".to_owned()));
    }
    let mut folders = BTreeMap::from([("base".to_owned(), "base")]);
    for what_if in &what_ifs {
        if is_other(what_if) {
            let message = "has another window than the base: start, warm-up, horizon and drain must be the same";
            return Err(Failure::Wrong(format!("`{}` {message}", what_if.name)));
        }
        if let Some(other) = folders.insert(file_name(&what_if.name), &what_if.name) {
            return Err(Failure::Wrong(format!("`{other}` and `{}` would have one folder", what_if.name)));
        }
        for change in &what_if.ready.loaded.changes {
            let things = if change.touched == 1 { "parameter" } else { "parameters" };
            console.say(format_args!("{}: {} touches {} {things}", what_if.name, change.path, change.touched));
        }
    }
    Ok(what_ifs)
}

/// Scenario names, with patterns such as `what-if/*` spelt out to the scenarios that come with the program.
fn named(others: &[String]) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for other in others {
        let Some((before, after)) = other.split_once('*') else {
            names.push(other.clone());
            continue;
        };
        let fits = |name: &&str| name.len() >= other.len() - 1 && name.starts_with(before) && name.ends_with(after);
        let scenarios = embedded().iter().filter(|file| file.is_scenario() && !file.is_textbook());
        let found: Vec<String> = scenarios.map(Embedded::name).filter(fits).map(str::to_owned).collect();
        if found.is_empty() {
            return Err(Failure::Wrong(format!("no scenario that comes with the program fits `{other}`")));
        }
        names.extend(found);
    }
    Ok(names)
}

/// The what-if with its residual delays as in the base, where it changes any.
fn simulated_alone(what_if: &Named, base: &Ready) -> Result<Option<(crate::scenario::Loaded, World)>, Failure> {
    let Some(mut loaded) = what_if.ready.loaded.with_residual_delays_of(&base.loaded) else { return Ok(None) };
    let Some(scenario) = loaded.scenario.take() else { return Ok(None) };
    let world = World::of(&loaded, scenario).map_err(|errors| {
        let why = errors.first().map(ToString::to_string).unwrap_or_default();
        Failure::Wrong(format!("`{}` without what it assumes cannot run: {why}", what_if.name))
    })?;
    Ok(Some((loaded, world)))
}

/// Simulations of one comparison.
struct Studies<'a> {
    setup: Setup,
    console: &'a Console,
}

impl Studies<'_> {
    fn simulate(&self, name: &str, world: &World) -> Result<Simulated, Failure> {
        let bar = Bar::new(self.console);
        bar.is_about(name);
        study::simulate(world, &self.setup, &bar, &cancel_on_ctrl_c()).map_err(failed)
    }
}

/// Replications in which volumes are sought.
const YEARS_OF_AN_ANSWER: u64 = 20;

impl Studies<'_> {
    /// What demand makes of each what-if, in a few replications with inputs as written.
    fn answers(&self, base: &Ready, what_ifs: &[Named]) -> Result<Vec<Answer>, Failure> {
        let years = match &self.setup.years {
            Years::Fixed(range) => range.start..range.end.min(range.start + YEARS_OF_AN_ANSWER),
            Years::Drawn { draws, years } => 0..(draws * years).min(YEARS_OF_AN_ANSWER),
            Years::Precise(_) => 0..YEARS_OF_AN_ANSWER,
        };
        let fixed =
            Studies { setup: Setup { years: Years::Fixed(years), ..self.setup.clone() }, console: self.console };
        let of_base = fixed.simulate("base", &base.world)?.results;
        let mut answers = Vec::new();
        for what_if in what_ifs {
            let given = fixed.simulate(&what_if.name, &what_if.ready.world)?.results;
            let bar = Bar::new(self.console);
            bar.is_about(&format!("{}: demand answers", what_if.name));
            let cancel = cancel_on_ctrl_c();
            let world = &what_if.ready.world;
            let answered = study::simulate_answered(world, &of_base, &fixed.setup, &bar, &cancel).map_err(failed)?;
            let Some(answered) = answered else {
                self.console.warning(&format!("{}: no flow has a `response`, so demand stays as given", what_if.name));
                continue;
            };
            if let Some(warning) = &answered.warning {
                self.console.warning(&format!("{}: {warning}", what_if.name));
            }
            answers.push(Answer::of(&Answering {
                what_if: &what_if.name,
                base: &of_base,
                given: &given,
                answered: &answered.simulated.results,
                rounds: (answered.settled.rounds, answered.settled.is_settled),
            }));
        }
        Ok(answers)
    }
}

fn draws(inputs: Option<&Inputs>, setup: &Setup) -> InputDraws {
    let (Some(inputs), Years::Drawn { draws, .. }) = (inputs, &setup.years) else { return InputDraws::default() };
    InputDraws {
        names: inputs.groups().map(str::to_owned).collect(),
        deviates: (0..*draws).map(|draw| inputs.deviates(setup.seed, draw)).collect(),
    }
}

fn price(world: &World, interest: f64) -> Option<Price> {
    let measure = world.scenario.measure.as_ref()?;
    Some(Price {
        capex: measure.capex.map(Usd::get),
        opex: measure.opex.map(Usd::get),
        life: measure.life.unwrap_or(LIFE),
        interest,
    })
}

fn not_written(error: FolderError) -> Failure {
    match error {
        FolderError::NotOurs { .. } => Failure::Wrong(error.to_string()),
        error => Failure::Failed(error.to_string()),
    }
}
