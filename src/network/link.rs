//! Links as route finding sees them: who may use them and how long that takes.

use std::collections::BTreeMap;

use super::error::Closed;
use super::window::is_always_open;
use crate::ids::{CargoId, LinkId, NodeId};
use crate::scenario::types::{self, Contents, Mode, Service};
use crate::units::MS_PER_HOUR;

/// A link in a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hop {
    /// The link.
    pub link: LinkId,
    /// 0: from the link's `from` to its `to`; 1: back.
    pub direction: u8,
}

impl Hop {
    /// The same link the other way.
    #[must_use]
    pub const fn reversed(self) -> Self {
        Self { link: self.link, direction: 1 - self.direction }
    }
}

/// Who looks for a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traveller {
    /// The goods.
    pub cargo: CargoId,
    /// How they move.
    pub service: Service,
}

/// A link of the network.
#[derive(Clone, Debug)]
pub struct Link {
    /// Its `from` and `to`.
    pub ends: (NodeId, NodeId),
    /// Mode.
    pub mode: Mode,
    one_way: bool,
    always_open: bool,
    carries: Option<Vec<CargoId>>,
    /// Mean running time by service, milliseconds, where the link has one of its own.
    times: [Option<i64>; 4],
    /// By direction and cargo: the least mean sailing time of the fleets that carry it.
    sailings: [BTreeMap<CargoId, Option<i64>>; 2],
    /// Some fleet sails on it.
    served: bool,
}

const SERVICES: [Service; 4] = [Service::BlockTrain, Service::WagonGroup, Service::Vehicle, Service::Parcel];

impl Link {
    pub(super) fn new(scenario: &Contents, link: &types::Link, from: NodeId, to: NodeId) -> Self {
        Self {
            ends: (from, to),
            mode: link.mode,
            one_way: link.one_way,
            always_open: is_always_open(&scenario.run, link.open_from, link.open_until),
            carries: link.carries.as_ref().map(|ids| cargo_ids(scenario, ids)),
            times: SERVICES.map(|service| mean_time(link, service).map(|ms| ms.round() as i64)),
            sailings: [BTreeMap::new(), BTreeMap::new()],
            served: false,
        }
    }

    /// Notes that a fleet sails it in a direction, with what and how fast (`None`: as the link says).
    pub(super) fn add_fleet(&mut self, direction: u8, cargoes: &[CargoId], sailing: Option<i64>) {
        self.served = true;
        let sailing = sailing.or(self.times[0]);
        for &cargo in cargoes {
            let least = self.sailings[usize::from(direction)].entry(cargo).or_insert(sailing);
            *least = match (*least, sailing) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
    }

    /// Whether it joins two nodes, in either order.
    pub fn joins(&self, one: NodeId, other: NodeId) -> bool {
        self.ends == (one, other) || self.ends == (other, one)
    }

    /// Whether fleets sail it in some direction; if not, a sea link is a plain delay.
    pub const fn is_served(&self) -> bool {
        self.served
    }

    pub(super) const fn is_one_way(&self) -> bool {
        self.one_way
    }

    pub(super) const fn is_always_open(&self) -> bool {
        self.always_open
    }

    /// The mean time of a crossing in milliseconds, or why there is none.
    ///
    /// # Errors
    /// The link is not open to the traveller in that direction.
    pub fn mean_ms(&self, direction: u8, who: Traveller) -> Result<i64, Closed> {
        if self.one_way && direction == 1 {
            return Err(Closed::OneWay);
        }
        self.admits(who.cargo)?;
        if self.mode == Mode::Sea && self.served {
            return self.sailing_ms(direction, who.cargo);
        }
        let missing = if self.mode == Mode::Sea { Closed::NoFleet } else { Closed::NoTime };
        self.times[service_index(who.service)].ok_or(missing)
    }

    fn admits(&self, cargo: CargoId) -> Result<(), Closed> {
        let admitted = match &self.carries {
            Some(cargoes) => cargoes.contains(&cargo),
            None => matches!(self.mode, Mode::Rail | Mode::Sea),
        };
        if admitted { Ok(()) } else { Err(Closed::NotCarried) }
    }

    fn sailing_ms(&self, direction: u8, cargo: CargoId) -> Result<i64, Closed> {
        let fleets = &self.sailings[usize::from(direction)];
        if fleets.is_empty() {
            return Err(Closed::NoFleet);
        }
        let sailing = fleets.get(&cargo).ok_or(Closed::FleetsCarryOther)?;
        sailing.ok_or(Closed::NoTime)
    }
}

fn service_index(service: Service) -> usize {
    SERVICES.iter().position(|&known| known == service).unwrap_or(0)
}

/// Indices of cargoes by id; ids that do not exist are left out.
pub(super) fn cargo_ids<'a>(scenario: &Contents, ids: impl IntoIterator<Item = &'a String>) -> Vec<CargoId> {
    ids.into_iter().filter_map(|id| scenario.cargo.get_index_of(id)).map(CargoId::new).collect()
}

/// Mean running time of a service in milliseconds, where the link says it.
fn mean_time(link: &types::Link, service: Service) -> Option<f64> {
    if let Some(time) = &link.time {
        return Some(time.mean());
    }
    let speed = speed_of(link, service)?;
    Some(link.length?.get() / speed * MS_PER_HOUR as f64 * link.spread.mean())
}

/// Speed of a service in kilometres an hour: its own, else that of all.
pub(crate) fn speed_of(link: &types::Link, service: Service) -> Option<f64> {
    let own = link.speed.iter().find(|(of, _)| *of == Some(service));
    let speed = own.or_else(|| link.speed.iter().find(|(of, _)| of.is_none()))?;
    Some(speed.1.get())
}
