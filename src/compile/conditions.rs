//! Which facilities a body passes at a node, and in which order.

use super::frame::Frame;
use crate::ids::{NodeId, StationId, StorageId};
use crate::network::Hop;
use crate::scenario::types::{At, Contents, Facility, Mode, Movement, Service, Storage, VesselOrCargo, When};

/// A body's passage through a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage<'a> {
    pub(super) node: NodeId,
    /// How many times the body was there before.
    pub(super) number: u32,
    /// How it came; `None` where the route begins.
    pub(super) before: Option<Neighbour<'a>>,
    /// How it goes on; `None` where the route ends.
    pub(super) after: Option<Neighbour<'a>>,
    /// Country of the node.
    pub(super) country: Option<&'a str>,
    pub(super) cargo: &'a str,
    pub(super) service: Service,
    pub(super) flow: &'a str,
}

/// The link before or after a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Neighbour<'a> {
    pub(super) hop: Hop,
    pub(super) mode: Mode,
    /// Country at its other end.
    pub(super) country: Option<&'a str>,
}

impl Passage<'_> {
    /// The cargo changes mode here, or goes on or off a vessel.
    pub(super) fn changes_mode(&self) -> bool {
        match (self.before, self.after) {
            (Some(before), Some(after)) => before.mode != after.mode || before.mode == Mode::Sea,
            (Some(only), None) | (None, Some(only)) => only.mode == Mode::Sea,
            (None, None) => false,
        }
    }

    pub(super) fn came_by(&self, mode: Mode) -> bool {
        self.before.is_some_and(|before| before.mode == mode)
    }

    pub(super) fn leaves_by(&self, mode: Mode) -> bool {
        self.after.is_some_and(|after| after.mode == mode)
    }

    fn is(&self, movement: Movement) -> bool {
        match movement {
            Movement::Origin => self.before.is_none(),
            Movement::Destination => self.after.is_none(),
            Movement::Transit => self.before.is_some() && self.after.is_some(),
            Movement::Enters => self.before.is_some_and(|before| before.country != self.country),
            Movement::Leaves => self.after.is_some_and(|after| after.country != self.country),
        }
    }

    fn fits(&self, when: &When) -> bool {
        when.from.is_none_or(|mode| self.came_by(mode))
            && when.to.is_none_or(|mode| self.leaves_by(mode))
            && when.movement.is_none_or(|movement| self.is(movement))
            && names(when.cargo.as_deref(), self.cargo)
            && when.service.as_ref().is_none_or(|services| services.contains(&self.service))
            && names(when.flow.as_deref(), self.flow)
    }

    /// Any condition of a list fits; one that is absent always does.
    fn fits_any(&self, when: &[When]) -> bool {
        when.is_empty() || when.iter().any(|when| self.fits(when))
    }

    fn passes(&self, facility: &Facility) -> bool {
        facility.serves == VesselOrCargo::Cargo && self.fits_any(&facility.when)
    }

    /// Whether a storage holds the cargo on this passage.
    pub(super) fn enters(&self, storage: &Storage) -> bool {
        storage.cargo.iter().any(|held| held == self.cargo) && self.fits_any(&storage.when)
    }
}

impl Frame<'_> {
    /// The storage that a body enters at a node: the first in file order that fits.
    pub(super) fn storage_for(&self, scenario: &Contents, passage: &Passage<'_>) -> Option<StorageId> {
        let storages = &scenario.node[passage.node.index()].storage;
        let position = storages.values().position(|storage| passage.enters(storage))?;
        Some(self.storage(passage.node, position))
    }
}

/// Whether a list names an id; a list that is absent names all.
pub(super) fn names(list: Option<&[String]>, id: &str) -> bool {
    list.is_none_or(|ids| ids.iter().any(|named| named == id))
}

/// Where a facility stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On what brought the cargo.
    In,
    /// Between.
    Yard,
    /// On what takes it away.
    Out,
}

/// A facility that a body passes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passed<'a> {
    pub(super) station: StationId,
    pub(super) together: Option<&'a str>,
    /// Nowhere, where `at = "train"` and no train comes or goes.
    pub(super) place: Option<Place>,
}

/// The facilities that a body passes at a node, in order.
pub(super) fn passed<'a>(frame: &Frame<'_>, scenario: &'a Contents, passage: &Passage<'_>) -> Vec<Passed<'a>> {
    let facilities = scenario.node[passage.node.index()].facility.values().enumerate();
    let mut passed: Vec<(i64, Passed<'a>)> = facilities
        .filter(|(_, facility)| passage.passes(facility))
        .map(|(position, facility)| {
            let station = frame.station(passage.node, position);
            let place = place(facility.at, passage);
            (
                facility.order.unwrap_or(position as i64 + 1),
                Passed { station, together: facility.together.as_deref(), place },
            )
        })
        .collect();
    passed.sort_by_key(|(order, _)| *order);
    passed.into_iter().map(|(_, facility)| facility).collect()
}

fn place(at: At, passage: &Passage<'_>) -> Option<Place> {
    match at {
        At::In => Some(Place::In),
        At::Yard => Some(Place::Yard),
        At::Out => Some(Place::Out),
        At::Train if passage.came_by(Mode::Rail) => Some(Place::In),
        At::Train if passage.leaves_by(Mode::Rail) => Some(Place::Out),
        At::Train => None,
    }
}
