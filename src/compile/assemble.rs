//! From scenarios to the plan.

use jiff::civil::DateTime;

use super::bans::bans;
use super::bindings::bindings;
use super::bounds::bounds;
use super::calendar::Calendar;
use super::choice::{choices, remarks};
use super::closures::{Gates, gates};
use super::compiled::Compiled;
use super::demand::flows;
use super::error::{PlanError, Problem};
use super::fits::{Cut, Epochs, cut, fits};
use super::fleets::{fleets, service_changes};
use super::frame::{Epoch, Frame};
use super::labelling::labels;
use super::legs::legs;
use super::lines::lines;
use super::meters::metered;
use super::order;
use super::pools::{pools, storages};
use super::programs::programs;
use super::register::Register;
use super::reroute::{reroutes, with_detours};
use super::rounds::rounds;
use super::shape::{same_model, same_tables};
use super::shut;
use super::stations::stations;
use super::turns;
use super::visits::visits;
use crate::model::{Cargo, Model, Plan};
use crate::scenario::types::Contents;
use crate::units::{Duration, SimTime};

/// What holds from a date on.
#[derive(Clone, Copy, Debug)]
pub struct Dated<'a> {
    /// The date.
    pub date: DateTime,
    /// The whole scenario from then on.
    pub scenario: &'a Contents,
}

impl Plan {
    /// Compiles a scenario with its timeline.
    ///
    /// # Errors
    /// All that cannot run.
    pub fn of(scenario: &Contents) -> Result<Self, Vec<PlanError>> {
        Self::compile(&dated(scenario))
    }

    /// Compiles a scenario whose inputs were drawn, on the routes of the scenario that they were drawn from: which route cargo
    /// goes is known, and all draws have one shape.
    ///
    /// # Errors
    /// All that cannot run.
    pub fn of_draw(drawn: &Contents, loaded: &Contents) -> Result<Self, Vec<PlanError>> {
        compile_on(loaded, &dated(drawn), true)
    }

    /// Compiles a scenario and what holds in its place from later dates on: the first entry is the scenario itself
    /// (its date is not used), the others are the whole scenario after each entry of the timeline, in order of time.
    ///
    /// All epochs have one shape: a table's nth entry is the same thing in each, routes are those of the first. Moments
    /// at which fleets as a whole come into or go out of service make epochs of their own.
    ///
    /// # Errors
    /// All that cannot run, and later scenarios that differ from the first in more than figures.
    pub fn compile(epochs: &[Dated<'_>]) -> Result<Self, Vec<PlanError>> {
        let Some(base) = epochs.first() else {
            return Err(vec![PlanError::new("", Problem::Nothing)]);
        };
        compile_on(base.scenario, epochs, false)
    }
}

/// A scenario and what holds in its place from later dates on.
fn dated(scenario: &Contents) -> Vec<Dated<'_>> {
    let all = std::iter::once((scenario.run.start, scenario)).chain(scenario.at_dates());
    all.map(|(date, scenario)| Dated { date, scenario }).collect()
}

/// Compiles epochs, of which there is one at least, on the routes that `routes_of` gives. Sizes that nothing can take are
/// cut off where their law is without bound, and where `cuts_all` is set; what is left is compiled anew, as the rate
/// follows its mean.
fn compile_on(routes_of: &Contents, epochs: &[Dated<'_>], cuts_all: bool) -> Result<Plan, Vec<PlanError>> {
    let (plan, cuts) = compile_once(routes_of, epochs, cuts_all)?;
    if cuts.is_empty() {
        return Ok(plan);
    }
    let fitting: Vec<Contents> = epochs.iter().map(|epoch| cut(epoch.scenario, &cuts)).collect();
    let fitting: Vec<Dated<'_>> =
        epochs.iter().zip(&fitting).map(|(epoch, scenario)| Dated { date: epoch.date, scenario }).collect();
    let (mut plan, _) = compile_once(routes_of, &fitting, cuts_all)?;
    plan.remarks.extend(cuts.into_iter().map(|cut| cut.remark));
    Ok(plan)
}

fn compile_once(
    routes_of: &Contents,
    epochs: &[Dated<'_>],
    cuts_all: bool,
) -> Result<(Plan, Vec<Cut>), Vec<PlanError>> {
    let base = epochs[0].scenario;
    let calendar = Calendar::new(&base.run);
    let mut register = Register::default();
    let of_routes = Dated { date: base.run.start, scenario: routes_of };
    for Dated { date, scenario } in std::iter::once(&of_routes).chain(&epochs[1..]) {
        same_tables(&mut register, *date, base, scenario);
    }
    settled(&mut register)?;
    let frame = with_detours(Frame::new(calendar.clone(), stages(&calendar, epochs), routes_of)?)?;
    compile_stages(&frame, register, cuts_all)
}

fn compile_stages(
    frame: &Frame<'_>,
    mut register: Register,
    cuts_all: bool,
) -> Result<(Plan, Vec<Cut>), Vec<PlanError>> {
    let mut made: Vec<(SimTime, Compiled)> = Vec::new();
    for &stage in &frame.stages {
        let epoch = compiled(frame, stage, &mut register);
        settled(&mut register)?;
        if let Some((_, first)) = made.first() {
            same_model(&mut register, &frame.calendar, stage.from, &first.model, &epoch.model);
        }
        made.push((stage.from, epoch));
    }
    settled(&mut register)?;
    let models: Vec<&Model> = made.iter().map(|(_, epoch)| &epoch.model).collect();
    let cuts = fits(Epochs { scenario: frame.base(), models: &models }, cuts_all, &mut register);
    let first = &made[0].1;
    let metered = metered(frame, &first.model, &first.routes);
    let compiled: Vec<&Compiled> = made.iter().map(|(_, epoch)| epoch).collect();
    let mut labels = labels(frame, &compiled, &metered, &mut register);
    let of_routes = turns::remarks(frame.base(), &frame.routes).into_iter().chain(shut::remarks(frame));
    let of_routes = of_routes.chain(order::remarks(frame.base(), &frame.routes));
    for remark in of_routes.chain(remarks(&labels.choices)) {
        register.remark(remark);
    }
    let reroutes = reroutes(frame, first, &metered.meters, &mut labels, &mut register);
    settled(&mut register)?;
    let epochs = made.into_iter().map(|(from, epoch)| (from, epoch.model)).collect();
    let plan = Plan {
        clock: frame.calendar.clock.clone(),
        epochs,
        meters: metered.meters,
        labels,
        reroutes,
        remarks: register.remarks,
    };
    let weights: Vec<_> =
        plan.labels.choices.iter().map(crate::model::ChoiceLabel::weights_without_simulation).collect();
    Ok((if weights.is_empty() { plan } else { plan.with_weights(&weights) }, cuts))
}

fn settled(register: &mut Register) -> Result<(), Vec<PlanError>> {
    let errors = register.errors();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The scenarios by the moment from which they hold, the first from the clock's zero.
fn stages<'a>(calendar: &Calendar, epochs: &[Dated<'a>]) -> Vec<Epoch<'a>> {
    let mut dated: Vec<Epoch<'_>> = Vec::new();
    for (index, &Dated { date, scenario }) in epochs.iter().enumerate() {
        let from = if index == 0 { SimTime::ZERO } else { calendar.moment(date).max(SimTime::ZERO) };
        dated.retain(|earlier| earlier.from < from);
        dated.push(Epoch { scenario, from });
    }
    let mut moments: Vec<SimTime> = dated.iter().map(|epoch| epoch.from).collect();
    moments.extend(dated.iter().flat_map(|epoch| service_changes(calendar, epoch.scenario)));
    moments.retain(|&moment| moment >= SimTime::ZERO && moment < calendar.clock.end);
    moments.sort_unstable();
    moments.dedup();
    let in_force = |moment: SimTime| dated[dated.partition_point(|epoch| epoch.from <= moment) - 1].scenario;
    moments.into_iter().map(|from| Epoch { scenario: in_force(from), from }).collect()
}

/// Longer than any wait, and short enough to be counted nine times.
const STRICT: Duration = Duration::from_ms(1 << 50);

fn compiled(frame: &Frame<'_>, epoch: Epoch<'_>, register: &mut Register) -> Compiled {
    let scenario = epoch.scenario;
    let written = programs(frame, scenario, register);
    let Gates { all, storms, paths } = gates(frame, scenario, register);
    let routes = frame.all_routes().map(|route| route.route.clone());
    let routes = routes.chain(written.parts.homes.iter().map(|home| home.route.clone())).collect();
    let visits = visits(frame, epoch, register);
    let stations = stations(frame, scenario, register);
    let model = Model {
        cargoes: cargoes(scenario),
        lines: lines(frame, scenario, register),
        laws: written.parts.laws,
        pools: pools(scenario, register),
        storages: storages(scenario, register),
        formers: written.parts.formers,
        legs: legs(frame, scenario, register),
        fleets: fleets(frame, epoch, &stations, &written.programs, register),
        stations,
        visiting: visits.kinds,
        visits: visits.visits,
        gates: all,
        storms,
        bans: bans(frame, scenario, register),
        choices: choices(frame, register),
        priority_step: scenario.dispatch.priority_step.map_or(STRICT, |step| step.min(STRICT)),
        flows: flows(frame, scenario, &written.programs, register),
        programs: written.programs,
    };
    bindings(scenario, &model, register);
    rounds(scenario, &model, register);
    bounds(frame, scenario, &model, register);
    Compiled { model, gate_paths: paths, routes }
}

fn cargoes(scenario: &Contents) -> Vec<Cargo> {
    let cargoes = scenario.cargo.values();
    cargoes.map(|cargo| Cargo { mass_per_unit: cargo.mass_per_unit, whole: cargo.whole }).collect()
}

/// Compiles one epoch into a register that a test can look into.
#[cfg(test)]
pub(super) fn compile_for_tests(scenario: &Contents, calendar: Calendar, register: &mut Register) {
    let epoch = Epoch { scenario, from: SimTime::ZERO };
    let frame = with_detours(Frame::new(calendar, vec![epoch], scenario).unwrap()).unwrap();
    compiled(&frame, epoch, register);
}
