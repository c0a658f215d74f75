//! `midcor compare`: what-ifs against a base, in the same worlds.

mod chosen;
mod routes;
mod studies;

use std::path::Path;

use super::run::{not_empty, stopped};
use crate::cli::args::{CompareArgs, Drawing, Format, Routing};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::loading::ready;
use crate::cli::period::named_period;
use crate::comparison::{Candidate, Comparing, Price, RoutesTaken};
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
    let drawing = drawing(args)?;
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
    let searching = studies.searching();
    let search = |world: &World| match args.routes {
        Routing::Given => Ok::<_, Failure>(None),
        Routing::Free => Ok(Some(searching.simulate("base, for routes", world)?.results)),
    };
    let of_search = search(&base.world)?;
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
        let own_search = own_base.as_ref().map(|(_, own, _)| search(&own.world)).transpose()?.flatten();
        let world = own_base.as_ref().map_or(&base.world, |(_, own, _)| &own.world);
        let own_base = own_base.as_ref().map(|(_, _, simulated)| &simulated.results);
        for what_if in group.what_ifs {
            if !is_complete {
                break;
            }
            let of_search = own_search.as_ref().or(of_search.as_ref());
            let routes = of_search.map(|found| searching.routes(what_if, (world, found), args.response));
            let routes = routes.transpose()?.flatten();
            let adding = Adding { what_if, own_base, routes, interest: args.interest };
            is_complete = studies.add(adding, (&mut comparing, &folder))?;
        }
    }
    if args.response && args.routes == Routing::Given && is_complete {
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

/// A what-if that is added to a comparison.
struct Adding<'a> {
    what_if: &'a WhatIf,
    own_base: Option<&'a Results>,
    /// Its world with the routes that shippers choose, where they are free.
    routes: Option<(World, RoutesTaken)>,
    interest: f64,
}

/// Inputs are as written where routes are free: what shippers choose by is itself an input.
fn drawing(args: &CompareArgs) -> Result<Drawing, Failure> {
    match (args.routes, args.simulation.inputs) {
        (Routing::Free, Some(Drawing::Drawn)) => {
            Err(Failure::Wrong("free routes want inputs as written: `--inputs fixed`".to_owned()))
        }
        (Routing::Free, _) => Ok(Drawing::Fixed),
        (Routing::Given, inputs) => Ok(inputs.unwrap_or(Drawing::Drawn)),
    }
}

impl Studies<'_> {
    /// Simulates a what-if, writes its results and adds it to the comparison; false if it was stopped.
    fn add(
        &self,
        adding: Adding<'_>,
        (comparing, folder): (&mut Comparing<'_>, &ComparisonFolder),
    ) -> Result<bool, Failure> {
        let Adding { what_if, own_base, routes, interest } = adding;
        let world = routes.as_ref().map_or(&what_if.ready.world, |(world, _)| world);
        let simulated = self.simulate(&what_if.name, world)?;
        let alone = what_if.alone.as_ref().map(|(_, world)| self.simulate(&what_if.name, world)).transpose()?;
        let is_complete = |simulated: &Simulated| simulated.is_complete;
        comparing.add(&Candidate {
            name: &what_if.name,
            results: &simulated.results,
            own_base,
            simulated_alone: alone.as_ref().map(|alone| &alone.results),
            price: price(&what_if.ready.world, interest),
        });
        if let Some((_, taken)) = routes {
            comparing.take_routes(taken);
        }
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
