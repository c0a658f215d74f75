//! `midcor compare`: what-ifs against a base, in the same worlds.

mod chosen;
mod reaction;
mod routes;
mod studies;

use super::run::{stopped, tell_empty};
use crate::cli::args::{CompareArgs, Drawing, Routing};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::loading::{Ready, ready};
use crate::cli::output::{not_written, place_of, print_answer, tell_written};
use crate::cli::period::named_period;
use crate::cli::simulation::drawing;
use crate::comparison::{Candidate, Comparing, Price, RoutesTaken};
use crate::report::{Compared, ComparisonFolder, Study};
use crate::results::{Detail, Results};
use crate::study::{Simulated, World};

use chosen::{Chosen, Group, WhatIf};
use studies::{Studies, draws};

pub(super) fn compare(args: &CompareArgs, console: &mut Console) -> Result<(), Failure> {
    let mut base = ready(&args.scenario, detail(args), console)?;
    let period = named_period(args.period.as_ref(), base.world.layout.frame(), |key| !key.period.is_month())?;
    let mut chosen = Chosen::of(args, &base, console)?;
    let drawing = inputs(args)?;
    if drawing == Drawing::Drawn {
        let inputs = base.loaded.inputs();
        chosen.draw_beside(&inputs);
        base.world.inputs = Some(inputs);
    }
    let place = place_of(&args.output, Study::Comparison, (&args.scenario, &base))?;
    let dir = place.path().to_owned();
    let folder = ComparisonFolder::begin(place, chosen.folders()).map_err(not_written)?;
    let studies = Studies::of(args, drawing, (&base, &chosen), console)?;
    let of_base = studies.simulate("base", &base.world)?;
    tell_empty(&of_base.results, console);
    folder.add("base", &of_base.results, &base.loaded.resolved_toml()).map_err(not_written)?;
    let mut comparing = Comparing::with(&of_base.results, draws(base.world.inputs.as_ref(), &studies.lab));
    // What is finished is kept, whatever becomes of the rest.
    let adder = Adder { studies: &studies, searching: studies.searching(), args, base: &base, folder: &folder };
    let rest = if of_base.is_complete { adder.all(&chosen, &mut comparing) } else { Ok(false) };
    let comparison = comparing.finish();
    chosen.tell_idle(&comparison, (&base, args.routes), console);
    let answer = Compared { comparison: &comparison, period: &period };
    tell_written(&dir, folder.finish(&answer), console)?;
    print_answer(console, args.output.format, &answer)?;
    if rest? { Ok(()) } else { Err(stopped(of_base.results.records.len(), console)) }
}

/// Down to what results have rows: what shippers answer to are the days and charges of every flow.
fn detail(args: &CompareArgs) -> Option<Detail> {
    let answers = args.response || args.routes == Routing::Free;
    if answers { Some(Detail::Flows) } else { args.rows.detail() }
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
fn inputs(args: &CompareArgs) -> Result<Drawing, Failure> {
    match (args.routes, drawing(&args.simulation)) {
        (Routing::Free, Drawing::Drawn) => {
            Err(Failure::Wrong("free routes want inputs as written: `--inputs fixed`, and no draws".to_owned()))
        }
        (_, drawing) => Ok(drawing),
    }
}

/// What-ifs on their way into a comparison and its folder.
struct Adder<'a> {
    studies: &'a Studies<'a>,
    /// With these the routes are found that shippers choose.
    searching: Studies<'a>,
    args: &'a CompareArgs,
    base: &'a Ready,
    folder: &'a ComparisonFolder,
}

impl Adder<'_> {
    /// Adds all what-ifs, and what demand makes of them where that is asked; false if it was stopped.
    fn all(&self, chosen: &Chosen, comparing: &mut Comparing<'_>) -> Result<bool, Failure> {
        let of_search = self.search(&self.base.world)?;
        for group in chosen.groups() {
            if !self.group(&group, of_search.as_ref(), comparing)? {
                return Ok(false);
            }
        }
        if self.args.response && self.args.routes == Routing::Given {
            for answer in self.studies.answers(self.base, chosen)? {
                comparing.answer(answer);
            }
        }
        Ok(true)
    }

    fn group(
        &self,
        group: &Group<'_>,
        of_search: Option<&Results>,
        comparing: &mut Comparing<'_>,
    ) -> Result<bool, Failure> {
        let own = group.own_base.map(|(name, own)| self.own_base(name, own)).transpose()?;
        if own.as_ref().is_some_and(|(simulated, _)| !simulated.is_complete) {
            return Ok(false);
        }
        let world = group.own_base.map_or(&self.base.world, |(_, own)| &own.world);
        let of_search = own.as_ref().map_or(of_search, |(_, of_search)| of_search.as_ref());
        let own_base = own.as_ref().map(|(simulated, _)| &simulated.results);
        for what_if in &group.what_ifs {
            let routes = of_search.map(|found| self.searching.routes(what_if, (world, found), self.args.response));
            let routes = routes.transpose()?.flatten();
            let adding = Adding { what_if, own_base, routes, interest: self.args.interest };
            if !self.studies.add(adding, (comparing, self.folder))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A base of what-ifs of its own, with what the search for routes stands on.
    fn own_base(&self, name: &str, own: &Ready) -> Result<(Simulated, Option<Results>), Failure> {
        let simulated = self.studies.simulate(name, &own.world)?;
        self.folder.add(name, &simulated.results, &own.loaded.resolved_toml()).map_err(not_written)?;
        let of_search = if simulated.is_complete { self.search(&own.world)? } else { None };
        Ok((simulated, of_search))
    }

    /// Results on which the search for routes stands, where they are free.
    fn search(&self, world: &World) -> Result<Option<Results>, Failure> {
        match self.args.routes {
            Routing::Given => Ok(None),
            Routing::Free => Ok(Some(self.searching.simulate("base, for routes", world)?.results)),
        }
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
