//! `midcor capacity`: the largest traffic that the corridor bears, what binds, and what relieves it.

use std::path::Path;

use crate::analysis::{
    Found, Ground, Measure, Mix, PracticalCapacity, Question, Relief, Service, ServiceError, Stair, measures,
    practical_capacity, relieve,
};
use crate::cli::args::{CapacityArgs, ScenarioArgs};
use crate::cli::command::bottlenecks::failed;
use crate::cli::command::run::tell_empty;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::{Ready, ready};
use crate::cli::memory::tell_need;
use crate::cli::output::{place_of, put_answer};
use crate::cli::progress::Bar;
use crate::cli::simulation::lab_of_study;
use crate::cli::snippets;
use crate::diagnostic::{Diagnostics, FileId, SourceFiles, SourceKind};
use crate::report::{CapacityReport, Study};
use crate::scenario::quantity::Dimension;
use crate::scenario::{Disk, Files as _, Setting, not_text};
use crate::units::{DAYS_PER_YEAR, MS_PER_DAY, MS_PER_HOUR};

pub(super) fn capacity(args: &CapacityArgs, console: &mut Console) -> Result<(), Failure> {
    let levels = levels(&args.scenario);
    let scenario = args.scenario.with(&levels.iter().map(|(_, setting)| setting.clone()).collect::<Vec<_>>());
    let ready = ready(&scenario, args.study.rows.detail(), console)?;
    // Whatever is wrong with the question is told before anything is simulated.
    let (question, is_proportional) = question(args, &ready, console)?;
    let target = args.target.as_deref().map(tonnes).transpose()?;
    let (measures, unpriced) = priced(args, console)?;
    for id in &unpriced {
        console.warning(&format!("the measure `{id}` has neither capex nor opex and is left out"));
    }
    let place = place_of(&args.output, Study::Capacity, (&scenario, &ready))?;
    let lab = lab_of_study(&args.study, &ready.world.scenario.run);
    tell_need(&ready.world, &lab, console);
    let bar = Bar::new(console);
    let lab = lab.watched(&bar, &cancel_on_ctrl_c());
    let capacity = practical_capacity(&ready.world, &question, &lab).map_err(failed)?;
    tell_empty(&capacity.base, console);
    let relief = match (&args.relieve, ground(&capacity)) {
        (Some(_), Some((first, broken))) => {
            let loader = args.scenario.loader();
            let ground = Ground {
                loader: &loader,
                scenario: &args.scenario.scenario,
                settings: &scenario.set,
                base: &capacity.base,
                detail: ready.world.detail,
            };
            let asked = (&question, target);
            Some(relieve(&ground, &measures, asked, (first, broken), &lab).map_err(failed)?)
        }
        _ => None,
    };
    drop(bar);
    let is_complete = capacity.is_complete && relief.as_ref().is_none_or(|relief: &Relief| relief.is_complete);
    let (services, tolerance) = (question.services, question.tolerance);
    let levelled = levels.into_iter().map(|(flow, _)| flow).collect();
    let report = CapacityReport { capacity, services, tolerance, is_proportional, levelled, relief, unpriced };
    let (scenario, summary) = (ready.loaded.resolved_toml(), report.capacity.base.summary());
    let base = Some((&report.capacity.base, &summary));
    put_answer(console, args.output.format, (place, &scenario), &report, base)?;
    if is_complete {
        return Ok(());
    }
    console.warning("stopped: the results are of the traffics that were finished");
    Err(Failure::Stopped)
}

/// Flows whose traffic was counted by parts of the year, each with the setting that lets it come at the mean rate of its
/// counts: a backlog that grows because more is asked for in December than in January says nothing of what can be kept up.
fn levels(args: &ScenarioArgs) -> Vec<(String, Setting)> {
    let scenario = args.loader().load(&args.scenario, &args.set).scenario;
    let flows = scenario.iter().flat_map(|scenario| {
        scenario.flow.iter().filter_map(|(id, flow)| {
            let unit = &scenario.cargo.get(&flow.cargo)?.unit;
            let setting = format!("flow.{id}.volume={} {unit}/yr", flow.volume.mean_year()?);
            Some((format!("flow.{id}"), Setting::parse(&setting).ok()?))
        })
    });
    flows.collect()
}

fn question(args: &CapacityArgs, ready: &Ready, console: &Console) -> Result<(Question, bool), Failure> {
    let (scenario, rows) = (&ready.world.scenario, &ready.world.layout.frame().rows);
    let mix = match &args.mix {
        Some(file) => beside(file, "the mix cannot be used", console, |text, file| Mix::read(text, file, scenario))?,
        None => Mix::proportional(scenario),
    };
    let wrong = |error: ServiceError| Failure::Wrong(error.to_string());
    let services = args.service.iter().map(|service| Service::parse(service, rows).map_err(wrong));
    let services = services.collect::<Result<Vec<Service>, Failure>>()?;
    let is_proportional = mix.is_proportional();
    Ok((Question { mix, services, tolerance: args.tolerance }, is_proportional))
}

/// The measures of the file, and those without a price.
fn priced(args: &CapacityArgs, console: &Console) -> Result<(Vec<Measure>, Vec<String>), Failure> {
    let Some(file) = &args.relieve else { return Ok((Vec::new(), Vec::new())) };
    let loader = args.scenario.loader();
    beside(file, "the measures cannot be used", console, |text, file| measures(text, file, (&loader, args.interest)))
}

/// Reads a file of the call; what is wrong with it is shown, and in the end what follows.
fn beside<T>(
    file: &Path,
    follows: &str,
    console: &Console,
    read: impl FnOnce(&str, FileId) -> Result<T, Diagnostics>,
) -> Result<T, Failure> {
    let name = file.to_string_lossy();
    let bytes = Disk.read(&name).map_err(|error| Failure::Wrong(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| Failure::Wrong(not_text(&name, &error).to_string()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut sources = SourceFiles::default();
    let file = sources.add(name, text, SourceKind::File);
    read(text, file).map_err(|found| {
        snippets::show_of(follows, console, &found, &sources);
        Failure::Shown
    })
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
