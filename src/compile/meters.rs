//! Which uses of things are read, as tariffs charge by them on some date.

use super::facility_at::facilities;
use super::frame::Frame;
use super::money::{Travelled, applies, country_of, country_or_unknown, length};
use crate::ids::{DueId, FlowId, MeterId};
use crate::model::{Meters, Payee, Step};
use crate::network::Route;
use crate::scenario::types::{ChargeBasis, Contents, Service, Tariff, TariffBasis, VesselOrCargo};

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

impl Charged {
    fn tariff(self, scenario: &Contents) -> &[Tariff] {
        match self.thing {
            Thing::Pool(at) => &scenario.pool[at].tariff,
            Thing::Storage(at) => storages(scenario).nth(at).map_or(&[], |(_, storage)| storage.tariff.as_slice()),
            Thing::Station(at) => facilities(scenario).nth(at).map_or(&[], |at| at.spec.tariff.as_slice()),
        }
    }

    fn payee(self, scenario: &Contents) -> Payee {
        let (operator, country) = match self.thing {
            Thing::Pool(at) => {
                let pool = &scenario.pool[at];
                (pool.operator.clone(), country_or_unknown(pool.country.as_ref()))
            }
            Thing::Storage(at) => storages(scenario)
                .nth(at)
                .map_or((None, country_or_unknown(None)), |(node, of)| (of.operator.clone(), country_of(node))),
            Thing::Station(at) => facilities(scenario).nth(at).map_or((None, country_or_unknown(None)), |at| {
                (at.spec.operator.clone(), country_of(&scenario.node[at.node.index()]))
            }),
        };
        Payee { operator, country }
    }

    /// Dollars for a reading of one; of vessels where nobody's cargo is charged.
    fn price(self, scenario: &Contents, payer: Option<Payer<'_>>) -> f64 {
        let lines = self.tariff(scenario).iter().filter(|line| self.by.is_charged(line.basis));
        let met = lines.filter(|line| payer.is_none_or(|payer| applies(line, payer.cargo, Some(payer.service), None)));
        let usd = |line: &Tariff| {
            let by_tonne = matches!(line.basis, TariffBasis::TonneDay | TariffBasis::Cargo(ChargeBasis::Tonne));
            line.price.get() * if by_tonne { payer.map_or(0.0, |payer| payer.tonnes) } else { 1.0 }
        };
        met.map(usd).sum()
    }
}

fn storages(
    scenario: &Contents,
) -> impl Iterator<Item = (&crate::scenario::types::Node, &crate::scenario::types::Storage)> {
    scenario.node.values().flat_map(|node| node.storage.values().map(move |storage| (node, storage)))
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
        self.of_meters.iter().map(|charged| charged.payee(scenario)).collect()
    }

    pub(super) fn payees_of_dues(&self, scenario: &Contents) -> Vec<Payee> {
        self.of_dues.iter().map(|charged| charged.payee(scenario)).collect()
    }

    /// By meter and flow. What pools make pays nothing: it is charged to the load that it carried.
    pub(super) fn prices(&self, scenario: &Contents, flows: usize) -> Vec<Vec<f64>> {
        let of_flow = |charged: &Charged, flow: usize| {
            let (_, flow) = scenario.flow.get_index(FlowId::new(flow).index())?;
            let tonnes = scenario.cargo.get(&flow.cargo)?.mass_per_unit.tonnes();
            Some(charged.price(scenario, Some(Payer { cargo: &flow.cargo, service: flow.service, tonnes })))
        };
        let by_flow = |charged| (0..flows).map(|flow| of_flow(charged, flow).unwrap_or(0.0)).collect();
        self.of_meters.iter().map(by_flow).collect()
    }

    pub(super) fn prices_of_dues(&self, scenario: &Contents) -> Vec<f64> {
        self.of_dues.iter().map(|charged| charged.price(scenario, None)).collect()
    }
}

/// Finds what is charged by use on some date, and gives each such use a meter or a due.
struct Finder<'a> {
    frame: &'a Frame<'a>,
    of_meters: Vec<Charged>,
    of_dues: Vec<Charged>,
}

impl Finder<'_> {
    /// Whether some epoch charges by a use.
    fn is_charged(&self, charged: Charged) -> bool {
        let lines = self.frame.stages.iter().flat_map(|stage| charged.tariff(stage.scenario));
        lines.into_iter().any(|line| charged.by.is_charged(line.basis))
    }

    fn meters(&mut self, things: impl Iterator<Item = Thing>, by: Use) -> Vec<Option<MeterId>> {
        let mut meter = |thing| {
            let charged = Charged { thing, by };
            self.is_charged(charged).then(|| {
                self.of_meters.push(charged);
                MeterId::new(self.of_meters.len() - 1)
            })
        };
        things.map(&mut meter).collect()
    }

    fn dues(&mut self, by: Use) -> Vec<Option<DueId>> {
        let mut dues = Vec::new();
        for (place, at) in facilities(self.frame.base()).enumerate() {
            let charged = Charged { thing: Thing::Station(place), by };
            let is_charged = at.spec.serves == VesselOrCargo::Vessel && self.is_charged(charged);
            dues.push(is_charged.then(|| {
                self.of_dues.push(charged);
                DueId::new(self.of_dues.len() - 1)
            }));
        }
        dues
    }

    fn landed(&mut self) -> Vec<Option<MeterId>> {
        let serve_vessels: Vec<bool> =
            facilities(self.frame.base()).map(|at| at.spec.serves == VesselOrCargo::Vessel).collect();
        let mut landed = Vec::new();
        for (place, serves_vessels) in serve_vessels.into_iter().enumerate() {
            let one = std::iter::once(Thing::Station(place)).filter(|_| serves_vessels);
            landed.push(self.meters(one, Use::Landed).pop().flatten());
        }
        landed
    }
}

/// What is read of a corridor with these routes.
pub(super) fn metered(frame: &Frame<'_>, model: &crate::model::Model, routes: &[Route]) -> Metered {
    let base = frame.base();
    let (pools, storages) = (base.pool.len(), storages(base).count());
    let mut finder = Finder { frame, of_meters: Vec::new(), of_dues: Vec::new() };
    let mut meters = Meters {
        hired: finder.meters((0..pools).map(Thing::Pool), Use::ThingDays),
        held: finder.meters((0..pools).map(Thing::Pool), Use::CargoDays),
        driven: finder.meters((0..pools).map(Thing::Pool), Use::ThingKm),
        stored: finder.meters((0..storages).map(Thing::Storage), Use::CargoDays),
        landed: finder.landed(),
        called: finder.dues(Use::Calls),
        alongside: finder.dues(Use::ThingDays),
        ..Meters::default()
    };
    if meters.driven.iter().any(Option::is_some) {
        let of_program = |(program, route)| kilometres(base, program, route);
        meters.kilometres = model.programs.iter().zip(routes).map(of_program).collect();
    }
    (meters.number, meters.dues) = (finder.of_meters.len(), finder.of_dues.len());
    Metered { meters, of_meters: finder.of_meters, of_dues: finder.of_dues }
}

/// By step: kilometres of the link that it passes.
fn kilometres(base: &Contents, program: &crate::model::Program, route: &Route) -> Vec<f64> {
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
    model: &crate::model::Model,
    travel: Travelled<'_>,
    prices: &crate::model::Prices,
    program: usize,
) -> f64 {
    let by_step = super::timing::by_step(model, travel);
    let days = |steps: std::ops::Range<usize>| by_step[steps].iter().sum::<f64>() / crate::units::MS_PER_DAY as f64;
    let times = crate::model::Times { days: &days, until_boarding: &|_| 0.0 };
    let size = super::money::mean_size(travel.frame, travel.program);
    let expected = metered.meters.expected(model, crate::ids::ProgramId::new(program), size, times);
    let flow = travel.program.flow.index();
    expected.iter().map(|one| one.reading * prices.meters[one.meter.index()][flow]).sum()
}
