//! Tariffs: who is paid, and whether what is charged for is there at the thing that charges.

use super::Check;
use crate::scenario::types::{ChargeBasis, Contents, Facility, Tariff, TariffBasis, VesselOrCargo};

/// A thing that charges.
struct Charging<'a> {
    path: Vec<&'a str>,
    at: At,
    operator: Option<&'a str>,
    tariff: &'a [Tariff],
}

/// Where something is charged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Link,
    Fleet,
    Facility,
    VesselFacility,
    Berth,
    Storage,
    Pool,
}

impl At {
    /// Whether it can charge for something.
    const fn may_charge(self, basis: TariffBasis) -> bool {
        use ChargeBasis::{Tonne, Unit};
        match basis {
            TariffBasis::Cargo(Unit | Tonne) => !matches!(self, Self::VesselFacility),
            TariffBasis::Cargo(_) => matches!(self, Self::Link | Self::Fleet | Self::Pool),
            TariffBasis::TonneDay | TariffBasis::UnitDay => matches!(self, Self::Storage | Self::Pool),
            TariffBasis::ThingDay => matches!(self, Self::Pool | Self::Berth),
            TariffBasis::ThingKm => matches!(self, Self::Pool),
            TariffBasis::Call => matches!(self, Self::Berth | Self::VesselFacility),
        }
    }

    /// What it is, and what it may charge.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Link => ("a link", "USD/t, USD/TEU, USD/tkm or USD/TEUkm"),
            Self::Fleet => ("a fleet", "USD/t, USD/TEU, USD/tkm or USD/TEUkm"),
            Self::Facility => ("a facility that cargo passes", "USD/t or USD/TEU"),
            Self::VesselFacility => ("a facility that vessels pass and that is no berth", "USD/call"),
            Self::Berth => ("a berth", "USD/call, USD/h or USD/d alongside, USD/t or USD/TEU over the quay"),
            Self::Storage => ("a storage", "USD/TEU/d or USD/t/d, USD/TEU or USD/t"),
            Self::Pool => {
                ("a pool", "USD/d or USD/km a thing, USD/TEU/d, USD/t/d, USD/TEU, USD/t, USD/tkm or USD/TEUkm")
            }
        }
    }

    const fn has_direction(self) -> bool {
        matches!(self, Self::Link | Self::Fleet)
    }
}

impl Check<'_> {
    pub(super) fn tariffs(&mut self) {
        let scenario = self.scenario;
        for charging in all(scenario).filter(|charging| !charging.tariff.is_empty()) {
            self.operator(&charging);
            for line in charging.tariff {
                self.line(&charging, line);
            }
        }
    }

    /// Revenue without an operator would stand in no table of revenue.
    fn operator(&mut self, of: &Charging<'_>) {
        if of.operator.is_none() {
            let name = of.path.join(".");
            self.error_help(
                "no-operator",
                &[of.path.as_slice(), &["tariff"]].concat(),
                format!("`{name}` has a tariff and no operator: nobody would have the revenue"),
                "name who is paid: operator = \"KTZ\"",
            );
        }
    }

    fn line(&mut self, of: &Charging<'_>, line: &Tariff) {
        let path = [of.path.as_slice(), &["tariff"]].concat();
        let (name, (what, units)) = (path.join("."), of.at.words());
        if !of.at.may_charge(line.basis) {
            let message = format!("`{name}` has a unit by which {what} does not charge");
            self.error_help("tariff-basis", &path, message, &format!("it may charge {units}"));
        }
        if line.direction.is_some() && !of.at.has_direction() {
            let message = format!("`{name}` has a `direction`, and only links and fleets have two");
            self.error("tariff-direction", &path, message);
        }
        let is_of_vessels = matches!(of.at, At::Berth | At::VesselFacility)
            && matches!(line.basis, TariffBasis::Call | TariffBasis::ThingDay);
        if is_of_vessels && (line.cargo.is_some() || line.service.is_some()) {
            let message =
                format!("`{name}` charges vessels, whatever their cargo: `cargo` and `service` mean nothing here");
            self.error("tariff-of-vessels", &path, message);
        }
    }
}

fn all(scenario: &Contents) -> impl Iterator<Item = Charging<'_>> {
    let links = scenario.link.iter().map(|(id, link)| Charging {
        path: vec!["link", id],
        at: At::Link,
        operator: link.operator.as_deref(),
        tariff: &link.tariff,
    });
    let fleets = scenario.fleet.iter().map(|(id, fleet)| Charging {
        path: vec!["fleet", id],
        at: At::Fleet,
        operator: fleet.operator.as_deref(),
        tariff: &fleet.tariff,
    });
    let pools = scenario.pool.iter().map(|(id, pool)| Charging {
        path: vec!["pool", id],
        at: At::Pool,
        operator: pool.operator.as_deref(),
        tariff: &pool.tariff,
    });
    at_nodes(scenario).chain(links).chain(fleets).chain(pools)
}

fn at_nodes(scenario: &Contents) -> impl Iterator<Item = Charging<'_>> {
    scenario.node.iter().flat_map(move |(node, of)| {
        let facilities = of.facility.iter().map(move |(id, facility)| Charging {
            path: vec!["node", node, "facility", id],
            at: facility_at(scenario, node, id, facility),
            operator: facility.operator.as_deref(),
            tariff: &facility.tariff,
        });
        let storages = of.storage.iter().map(move |(id, storage)| Charging {
            path: vec!["node", node, "storage", id],
            at: At::Storage,
            operator: storage.operator.as_deref(),
            tariff: &storage.tariff,
        });
        facilities.chain(storages)
    })
}

/// A berth is what fleets name as theirs; one that nobody names may be used by ships from outside alone.
fn facility_at(scenario: &Contents, node: &str, id: &str, facility: &Facility) -> At {
    let is_named = |fleet: &crate::scenario::types::Fleet| {
        fleet.berths.get(node).is_some_and(|berths| berths.iter().any(|berth| berth == id))
    };
    match facility.serves {
        VesselOrCargo::Cargo => At::Facility,
        VesselOrCargo::Vessel if scenario.fleet.values().any(is_named) => At::Berth,
        VesselOrCargo::Vessel => At::VesselFacility,
    }
}
