//! `midcor capacity`: the largest traffic that the corridor bears, what binds, and what relieves it.

use std::path::Path;

use crate::analysis::{
    Found, Ground, Measure, Mix, PracticalCapacity, Question, Relief, Service, Stair, measures, practical_capacity,
    relieve,
};
use crate::cli::args::{CapacityArgs, Format};
use crate::cli::command::bottlenecks::failed;
use crate::cli::command::run::not_empty;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::{Ready, ready};
use crate::cli::output::folder_of;
use crate::cli::progress::Bar;
use crate::cli::simulation::study_setup;
use crate::report::{
    CapacityReport, write_capacity_csv, write_capacity_folder, write_capacity_json, write_capacity_table,
};
use crate::scenario::quantity::Dimension;
use crate::scenario::{Disk, Files as _, not_text};
use crate::units::{DAYS_PER_YEAR, MS_PER_DAY, MS_PER_HOUR};

pub(super) fn capacity(args: &CapacityArgs, console: &mut Console) -> Result<(), Failure> {
    let ready = ready(&args.scenario, console)?;
    // Whatever is wrong with the question is told before anything is simulated.
    let (question, is_proportional) = question(args, &ready)?;
    let target = args.target.as_deref().map(tonnes).transpose()?;
    let (measures, unpriced) = priced(args)?;
    for id in &unpriced {
        console.warning(&format!("the measure `{id}` has neither capex nor opex and is left out"));
    }
    let folder = folder_of(args.out.as_ref(), &format!("{}-capacity", ready.world.scenario.name))?;
    let setup = study_setup(&args.study, &ready.world.scenario.run);
    let (bar, cancel) = (Bar::new(console), cancel_on_ctrl_c());
    let capacity = practical_capacity(&ready.world, &question, &setup, (&bar, &cancel)).map_err(failed)?;
    not_empty(&capacity.base)?;
    let relief = match (&args.relieve, ground(&capacity)) {
        (Some(_), Some((first, broken))) => {
            let loader = args.scenario.loader();
            let ground = Ground {
                loader: &loader,
                scenario: &args.scenario.scenario,
                settings: &args.scenario.set,
                base: &capacity.base,
            };
            let asked = (&question, target);
            Some(relieve(&ground, &measures, asked, (first, broken), &setup, (&bar, &cancel)).map_err(failed)?)
        }
        _ => None,
    };
    drop(bar);
    let is_complete = capacity.is_complete && relief.as_ref().is_none_or(|relief: &Relief| relief.is_complete);
    let (services, tolerance) = (question.services, question.tolerance);
    let report = CapacityReport { capacity, services, tolerance, is_proportional, relief, unpriced };
    write_capacity_folder(&folder, &ready.loaded.resolved_toml(), &report)
        .map_err(|error| Failure::Failed(error.to_string()))?;
    console.say(format_args!("results are in {}", folder.display()));
    put_out(args.format, &report, console)?;
    if is_complete {
        return Ok(());
    }
    console.warning("stopped: the results are of the traffics that were finished");
    Err(Failure::Stopped)
}

fn put_out(format: Format, report: &CapacityReport, console: &mut Console) -> Result<(), Failure> {
    match format {
        Format::Table => write_capacity_table(report, console.out())?,
        Format::Json => write_capacity_json(report, console.out())?,
        Format::Csv => write_capacity_csv(report, console.out())?,
    }
    Ok(console.flush()?)
}

fn question(args: &CapacityArgs, ready: &Ready) -> Result<(Question, bool), Failure> {
    let (scenario, rows) = (&ready.world.scenario, &ready.world.layout.frame().rows);
    let wrong = |error: String| Failure::Wrong(error);
    let mix = match &args.mix {
        Some(file) => {
            Mix::read(&text(file)?, scenario).map_err(|error| wrong(format!("{}: {error}", file.display())))?
        }
        None => Mix::proportional(scenario),
    };
    let services =
        args.service.iter().map(|service| Service::parse(service, rows).map_err(|error| wrong(error.to_string())));
    let services = services.collect::<Result<Vec<Service>, Failure>>()?;
    let is_proportional = mix.is_proportional();
    Ok((Question { mix, services, tolerance: args.tolerance }, is_proportional))
}

/// The measures of the file, and those without a price.
fn priced(args: &CapacityArgs) -> Result<(Vec<Measure>, Vec<String>), Failure> {
    let Some(file) = &args.relieve else { return Ok((Vec::new(), Vec::new())) };
    measures(&text(file)?, &args.scenario.loader(), args.interest)
        .map_err(|error| Failure::Wrong(format!("{}: {error}", file.display())))
}

fn text(file: &Path) -> Result<String, Failure> {
    let name = file.to_string_lossy();
    let bytes = Disk.read(&name).map_err(|error| Failure::Wrong(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Failure::Wrong(not_text(&name, &error).to_string()))
}

/// Tonnes a year.
fn tonnes(text: &str) -> Result<f64, Failure> {
    let rate = Dimension::Rate.parse(text).ok().filter(|rate| rate.unit == "t" && rate.value > 0.0);
    let hours = (DAYS_PER_YEAR * MS_PER_DAY / MS_PER_HOUR) as f64;
    let wrong =
        || Failure::Wrong(format!("`{text}` is no traffic to reach: it wants tonnes a year, such as \"6 Mt/yr\""));
    rate.map(|rate| rate.value * hours).ok_or_else(wrong)
}

/// The lowest stair, and the growth factor that is too much there; none where nothing binds.
fn ground(capacity: &PracticalCapacity) -> Option<(Stair, f64)> {
    let (Found::Between(_, broken), Some(fresh)) = (capacity.found, &capacity.fresh) else { return None };
    let stair = Stair {
        measures: Vec::new(),
        invested: 0.0,
        annual_cost: 0.0,
        lifted: None,
        capacity: fresh.clone(),
        binding: capacity.binding.clone(),
    };
    Some((stair, broken))
}
