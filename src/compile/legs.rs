//! Legs: where shipments wait for vessels.

use super::frame::Frame;
use super::programs::cargo_of_flow;
use super::register::Register;
use crate::ids::{FleetId, LegId};
use crate::model::{Leg, Program, Step};
use crate::network::{Hop, stretches};
use crate::scenario::types::Contents;
use crate::words::Cause;

/// The waiting lines of a leg: cargoes that the same fleets carry share one.
#[derive(Debug)]
pub(super) struct WaitingLines {
    /// By line: the fleets that serve it.
    fleets: Vec<Vec<FleetId>>,
    /// By cargo: its line.
    pub(super) line_of: Vec<Option<u8>>,
}

impl WaitingLines {
    /// Lines that a fleet serves.
    pub(super) fn served_by(&self, fleet: FleetId) -> Vec<u8> {
        let served = self.fleets.iter().enumerate().filter(|(_, fleets)| fleets.contains(&fleet));
        served.map(|(line, _)| line as u8).collect()
    }
}

/// Sorts the cargoes of a leg into waiting lines.
pub(super) fn waiting_lines(frame: &Frame<'_>, scenario: &Contents, leg: LegId) -> WaitingLines {
    let hop = frame.legs[leg.index()];
    let mut lines = WaitingLines { fleets: Vec::new(), line_of: Vec::new() };
    for cargo in scenario.cargo.keys() {
        let fleets = carriers(frame, scenario, hop, cargo);
        lines.line_of.push((!fleets.is_empty()).then(|| {
            let known = lines.fleets.iter().position(|others| *others == fleets);
            known.unwrap_or_else(|| {
                lines.fleets.push(fleets);
                lines.fleets.len() - 1
            }) as u8
        }));
    }
    lines
}

fn carriers(frame: &Frame<'_>, scenario: &Contents, hop: Hop, cargo: &str) -> Vec<FleetId> {
    let fleets = scenario.fleet.values().enumerate().filter(|(_, fleet)| fleet.carries.contains_key(cargo));
    let there = fleets.filter(|(_, fleet)| {
        stretches(&fleet.ports).any(|(port, next)| frame.network.sea_hop(port, next) == Some(hop))
    });
    there.map(|(index, _)| FleetId::new(index)).collect()
}

/// All legs.
pub(super) fn legs(frame: &Frame<'_>, scenario: &Contents, register: &mut Register) -> Vec<Leg> {
    (0..frame.legs.len()).map(|index| leg(frame, scenario, register, LegId::new(index))).collect()
}

fn leg(frame: &Frame<'_>, scenario: &Contents, register: &mut Register, id: LegId) -> Leg {
    let hop = frame.legs[id.index()];
    let from = frame.network.ends(hop).0;
    let port = scenario.node.get_index(from.index()).map_or_else(String::new, |(id, _)| format!("node.{id}"));
    let link = scenario.link.get_index(hop.link.index()).map_or_else(String::new, |(id, _)| format!("link.{id}"));
    let waiting = waiting_lines(frame, scenario, id);
    Leg {
        from,
        lines: waiting.fleets.len() as u8,
        line_of: waiting.line_of,
        wait: register.cell(&port, Cause::WaitVessel),
        handling: register.cell(&port, Cause::Handling),
        sailing: register.cell(&link, Cause::Sailing),
        closed: register.cell(&port, Cause::Closed),
        down: register.cell(&port, Cause::Down),
    }
}

/// Legs that programs board, with the cargo.
pub(super) fn boardings<'a>(scenario: &'a Contents, programs: &'a [Program]) -> impl Iterator<Item = (LegId, &'a str)> {
    programs.iter().flat_map(move |program| {
        let cargo = cargo_of_flow(scenario, program.flow).unwrap_or_default();
        let legs = program.steps.iter().filter_map(|step| if let Step::Board(leg) = step { Some(*leg) } else { None });
        legs.map(move |leg| (leg, cargo))
    })
}
