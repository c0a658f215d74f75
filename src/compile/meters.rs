//! Which uses of things are read, as tariffs charge by them on some date.

use std::ops::Range;

use super::facility_at::{FacilityAt, facilities};
use super::frame::Frame;
use super::money::{Travelled, applies, country_of, country_or_unknown, length, mean_size};
use super::timing::by_step;
use crate::ids::{DueId, MeterId, ProgramId};
use crate::model::{Meters, Model, Payee, Prices, Program, Step, Times};
use crate::network::Route;
use crate::scenario::types::{self, ChargeBasis, Contents, Service, Tariff, TariffBasis, VesselOrCargo};
use crate::units::MS_PER_DAY;

/// A use of a thing that is charged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Charged {
    thing: Thing,
    by: Use,
}

/// A thing with its place in its table.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Thing {
    Pool(usize),
    Storage(usize),
    Station(usize),
}

/// How use is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Use {
    ThingDays,
    CargoDays,
    ThingKm,
    Landed,
    Calls,
}

impl Use {
    /// Whether a line of a tariff charges by it.
    const fn is_charged(self, basis: TariffBasis) -> bool {
        match basis {
            TariffBasis::ThingDay => matches!(self, Self::ThingDays),
            TariffBasis::TonneDay | TariffBasis::UnitDay => matches!(self, Self::CargoDays),
            TariffBasis::ThingKm => matches!(self, Self::ThingKm),
            TariffBasis::Cargo(ChargeBasis::Unit | ChargeBasis::Tonne) => matches!(self, Self::Landed),
            TariffBasis::Cargo(_) => false,
            TariffBasis::Call => matches!(self, Self::Calls),
        }
    }
}

/// Whose cargo is charged, and what a unit of it weighs.
#[derive(Clone, Copy)]
struct Payer<'a> {
    cargo: &'a str,
    service: Service,
    tonnes: f64,
}

/// The things of a scenario that have places in the model.
struct Things<'a> {
    scenario: &'a Contents,
    storages: Vec<(&'a types::Node, &'a types::Storage)>,
    facilities: Vec<FacilityAt<'a>>,
}

impl<'a> Things<'a> {
    fn of(scenario: &'a Contents) -> Self {
        let at_node = |node: &'a types::Node| node.storage.values().map(move |storage| (node, storage));
        let storages = scenario.node.values().flat_map(at_node).collect();
        Self { scenario, storages, facilities: facilities(scenario).collect() }
    }

    fn tariff(&self, thing: Thing) -> &'a [Tariff] {
        match thing {
            Thing::Pool(at) => &self.scenario.pool[at].tariff,
            Thing::Storage(at) => &self.storages[at].1.tariff,
            Thing::Station(at) => &self.facilities[at].spec.tariff,
        }
    }

    fn payee(&self, thing: Thing) -> Payee {
        let (operator, country) = match thing {
            Thing::Pool(at) => {
                let pool = &self.scenario.pool[at];
                (&pool.operator, country_or_unknown(pool.country.as_ref()))
            }
            Thing::Storage(at) => {
                let (node, storage) = self.storages[at];
                (&storage.operator, country_of(node))
            }
            Thing::Station(at) => {
                let facility = &self.facilities[at];
                (&facility.spec.operator, country_of(&self.scenario.node[facility.node.index()]))
            }
        };
        Payee { operator: operator.clone(), country }
    }
}

impl Charged {
    /// Dollars for a reading of one; of vessels where nobody's cargo is charged.
    fn price(self, things: &Things<'_>, payer: Option<Payer<'_>>) -> f64 {
        let lines = things.tariff(self.thing).iter().filter(|line| self.by.is_charged(line.basis));
        let met = lines.filter(|line| payer.is_none_or(|payer| applies(line, payer.cargo, Some(payer.service), None)));
        let usd = |line: &Tariff| {
            let by_tonne = matches!(line.basis, TariffBasis::TonneDay | TariffBasis::Cargo(ChargeBasis::Tonne));
            line.price.get() * if by_tonne { payer.map_or(0.0, |payer| payer.tonnes) } else { 1.0 }
        };
        met.map(usd).sum()
    }
}

/// All that is read.
#[derive(Debug)]
pub(super) struct Metered {
    pub(super) meters: Meters,
    of_meters: Vec<Charged>,
    of_dues: Vec<Charged>,
}

impl Metered {
    pub(super) fn payees(&self, scenario: &Contents) -> Vec<Payee> {
        payees(&self.of_meters, scenario)
    }

    pub(super) fn payees_of_dues(&self, scenario: &Contents) -> Vec<Payee> {
        payees(&self.of_dues, scenario)
    }

    /// By meter and flow. What pools make pays nothing: it is charged to the load that it carried.
    pub(super) fn prices(&self, scenario: &Contents, flows: usize) -> Vec<Vec<f64>> {
        let things = Things::of(scenario);
        let of_flow = |charged: &Charged, flow: usize| {
            let (_, flow) = scenario.flow.get_index(flow)?;
            let tonnes = scenario.cargo.get(&flow.cargo)?.mass_per_unit.tonnes();
            Some(charged.price(&things, Some(Payer { cargo: &flow.cargo, service: flow.service, tonnes })))
        };
        let by_flow = |charged| (0..flows).map(|flow| of_flow(charged, flow).unwrap_or(0.0)).collect();
        self.of_meters.iter().map(by_flow).collect()
    }

    pub(super) fn prices_of_dues(&self, scenario: &Contents) -> Vec<f64> {
        let things = Things::of(scenario);
        self.of_dues.iter().map(|charged| charged.price(&things, None)).collect()
    }
}

fn payees(all: &[Charged], scenario: &Contents) -> Vec<Payee> {
    let things = Things::of(scenario);
    all.iter().map(|charged| things.payee(charged.thing)).collect()
}

/// Finds what is charged by use on some date, and gives each such use a meter or a due.
struct Finder<'a> {
    /// Those of each epoch.
    stages: Vec<Things<'a>>,
    of_meters: Vec<Charged>,
    of_dues: Vec<Charged>,
}

impl Finder<'_> {
    /// Whether some epoch charges by a use.
    fn is_charged(&self, charged: Charged) -> bool {
        let mut lines = self.stages.iter().flat_map(|things| things.tariff(charged.thing));
        lines.any(|line| charged.by.is_charged(line.basis))
    }

    fn meter(&mut self, thing: Thing, by: Use) -> Option<MeterId> {
        let charged = Charged { thing, by };
        self.is_charged(charged).then(|| {
            self.of_meters.push(charged);
            MeterId::new(self.of_meters.len() - 1)
        })
    }

    fn due(&mut self, thing: Thing, by: Use) -> Option<DueId> {
        let charged = Charged { thing, by };
        self.is_charged(charged).then(|| {
            self.of_dues.push(charged);
            DueId::new(self.of_dues.len() - 1)
        })
    }
}

/// What is read of a corridor with these routes.
pub(super) fn metered(frame: &Frame<'_>, model: &Model, routes: &[Route]) -> Metered {
    let stages: Vec<Things<'_>> = frame.stages.iter().map(|stage| Things::of(stage.scenario)).collect();
    let of_vessels: Vec<Option<Thing>> = facilities(frame.base())
        .enumerate()
        .map(|(place, at)| (at.spec.serves == VesselOrCargo::Vessel).then_some(Thing::Station(place)))
        .collect();
    let (pools, storages) = (frame.base().pool.len(), stages[0].storages.len());
    let mut finder = Finder { stages, of_meters: Vec::new(), of_dues: Vec::new() };
    let mut of_pools = |by| (0..pools).map(|pool| finder.meter(Thing::Pool(pool), by)).collect();
    let (hired, held, driven) = (of_pools(Use::ThingDays), of_pools(Use::CargoDays), of_pools(Use::ThingKm));
    let mut meters = Meters {
        hired,
        held,
        driven,
        stored: (0..storages).map(|storage| finder.meter(Thing::Storage(storage), Use::CargoDays)).collect(),
        landed: of_vessels.iter().map(|thing| finder.meter((*thing)?, Use::Landed)).collect(),
        called: of_vessels.iter().map(|thing| finder.due((*thing)?, Use::Calls)).collect(),
        alongside: of_vessels.iter().map(|thing| finder.due((*thing)?, Use::ThingDays)).collect(),
        ..Meters::default()
    };
    if meters.driven.iter().any(Option::is_some) {
        let of_program = |(program, route)| kilometres(frame.base(), program, route);
        meters.kilometres = model.programs.iter().zip(routes).map(of_program).collect();
    }
    (meters.number, meters.dues) = (finder.of_meters.len(), finder.of_dues.len());
    Metered { meters, of_meters: finder.of_meters, of_dues: finder.of_dues }
}

/// By step: kilometres of the link that it passes.
fn kilometres(base: &Contents, program: &Program, route: &Route) -> Vec<f64> {
    let mut hops = route.hops.iter();
    let mut of_step = |step: &Step| {
        let hop = if step.moves() { hops.next() } else { None };
        hop.and_then(|&hop| length(base, hop)).unwrap_or(0.0)
    };
    program.steps.iter().map(&mut of_step).collect()
}

/// What a traveller is expected to pay by use if it never waits, dollars a unit.
pub(super) fn without_waiting(
    metered: &Metered,
    model: &Model,
    travel: Travelled<'_>,
    prices: &Prices,
    program: usize,
) -> f64 {
    let by_step = by_step(model, travel);
    let days = |steps: Range<usize>| by_step[steps].iter().sum::<f64>() / MS_PER_DAY as f64;
    let times = Times { days: &days, until_boarding: &|_| 0.0 };
    let size = mean_size(travel.frame, travel.program);
    let expected = metered.meters.expected(model, ProgramId::new(program), size, times);
    let flow = travel.program.flow.index();
    expected.iter().map(|one| one.reading * prices.meters[one.meter.index()][flow]).sum()
}
