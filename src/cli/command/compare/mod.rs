//! `midcor compare`: what-ifs against a base, in the same worlds.

mod chosen;
mod studies;

use std::path::Path;

use super::run::{not_empty, stopped};
use crate::cli::args::{CompareArgs, Drawing, Format};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::loading::ready;
use crate::cli::period::named_period;
use crate::comparison::{Candidate, Comparing, Price};
use crate::report::{
    ComparisonFolder, FolderError, write_comparison_csv, write_comparison_json, write_comparison_table,
};
use crate::results::Results;
use crate::study::{Simulated, World};

use chosen::{Chosen, WhatIf};
use studies::{Studies, draws};

pub(super) fn compare(args: &CompareArgs, console: &mut Console) -> Result<(), Failure> {
    let mut base = ready(&args.scenario, console)?;
    let period = named_period(args.period.as_ref(), base.world.layout.frame(), |key| !key.is_of_month())?;
    let mut chosen = Chosen::of(args, &base, console)?;
    let drawing = args.simulation.inputs.unwrap_or(Drawing::Drawn);
    if drawing == Drawing::Drawn {
        let inputs = base.loaded.inputs();
        chosen.draw_beside(&inputs);
        base.world.inputs = Some(inputs);
    }
    let name = format!("{}-compare", base.world.scenario.name);
    let dir = args.out.clone().unwrap_or_else(|| Path::new("results").join(name));
    let folder = ComparisonFolder::begin(&dir).map_err(not_written)?;
    let studies = Studies::of(args, drawing, (&base, &chosen), console)?;
    let of_base = studies.simulate("base", &base.world)?;
    not_empty(&of_base.results)?;
    folder.add("base", &of_base.results, &base.loaded.resolved_toml()).map_err(not_written)?;
    let mut comparing = Comparing::with(&of_base.results, draws(base.world.inputs.as_ref(), &studies.setup));
    let mut is_complete = of_base.is_complete;
    for group in chosen.groups() {
        let own_base = group.own_base.filter(|_| is_complete);
        let own_base = own_base.map(|(name, own)| Ok::<_, Failure>((name, own, studies.simulate(name, &own.world)?)));
        let own_base = own_base.transpose()?;
        if let Some((name, own, simulated)) = &own_base {
            is_complete = simulated.is_complete;
            folder.add(name, &simulated.results, &own.loaded.resolved_toml()).map_err(not_written)?;
        }
        let own_base = own_base.as_ref().map(|(_, _, simulated)| &simulated.results);
        for what_if in group.what_ifs {
            if is_complete {
                is_complete = studies.add(what_if, own_base, (&mut comparing, &folder), args.interest)?;
            }
        }
    }
    if args.response && is_complete {
        for answer in studies.answers(&base, &chosen)? {
            comparing.answer(answer);
        }
    }
    let comparison = comparing.finish();
    folder.finish(&comparison).map_err(not_written)?;
    console.say(format_args!("results are in {}", dir.display()));
    match args.format {
        Format::Table => write_comparison_table(&comparison, period, console.out())?,
        Format::Json => write_comparison_json(&comparison, console.out())?,
        Format::Csv => write_comparison_csv(&comparison, console.out())?,
    }
    console.flush()?;
    if is_complete { Ok(()) } else { Err(stopped(of_base.results.records.len(), console)) }
}

impl Studies<'_> {
    /// Simulates a what-if, writes its results and adds it to the comparison; false if it was stopped.
    fn add(
        &self,
        what_if: &WhatIf,
        own_base: Option<&Results>,
        (comparing, folder): (&mut Comparing<'_>, &ComparisonFolder),
        interest: f64,
    ) -> Result<bool, Failure> {
        let simulated = self.simulate(&what_if.name, &what_if.ready.world)?;
        let alone = what_if.alone.as_ref().map(|(_, world)| self.simulate(&what_if.name, world)).transpose()?;
        let is_complete = |simulated: &Simulated| simulated.is_complete;
        comparing.add(&Candidate {
            name: &what_if.name,
            results: &simulated.results,
            own_base,
            simulated_alone: alone.as_ref().map(|alone| &alone.results),
            price: price(&what_if.ready.world, interest),
        });
        let toml = what_if.ready.loaded.resolved_toml();
        folder.add(&what_if.name, &simulated.results, &toml).map_err(not_written)?;
        Ok(is_complete(&simulated) && alone.as_ref().is_none_or(is_complete))
    }
}

fn price(world: &World, interest: f64) -> Option<Price> {
    let cost = world.scenario.measure.as_ref()?;
    Some(Price { annual: cost.annual(interest), annuity: cost.annuity(interest) })
}

fn not_written(error: FolderError) -> Failure {
    match error {
        FolderError::NotOurs { .. } => Failure::Wrong(error.to_string()),
        error => Failure::Failed(error.to_string()),
    }
}
