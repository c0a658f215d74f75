//! Loading bans.

use super::entry::{Entry, entries};
use super::error::Problem;
use super::frame::Frame;
use super::register::Register;
use crate::ids::{BanId, NodeId};
use crate::model::{Ban, Watch};
use crate::scenario::types::{self, BanWatch, Contents};
use crate::units::Size;

/// All bans.
pub(super) fn bans(frame: &Frame<'_>, scenario: &Contents, register: &mut Register) -> Vec<Ban> {
    entries(&scenario.ban).filter_map(|of| one_ban(frame, scenario, register, of)).collect()
}

fn one_ban(frame: &Frame<'_>, scenario: &Contents, register: &mut Register, of: Entry<'_, types::Ban>) -> Option<Ban> {
    let Entry { id, spec: ban, .. } = of;
    let Some(watch) = watch(frame, scenario, &ban.watch) else {
        register.fail(format!("ban.{id}.watch"), Problem::Unknown { kind: "queue", id: watched(&ban.watch) });
        return None;
    };
    Some(Ban {
        watch,
        on: Size::from_units(ban.on),
        off: Size::from_units(ban.off),
        delay: ban.delay,
        counts: scenario.cargo.values().map(|cargo| cargo.unit == ban.unit).collect(),
    })
}

fn watch(frame: &Frame<'_>, scenario: &Contents, watch: &BanWatch) -> Option<Watch> {
    match watch {
        BanWatch::Node(node) => scenario.node.get_index_of(node).map(|node| Watch::Node(NodeId::new(node))),
        BanWatch::Facility(node, facility) => frame.station_named(node, facility).map(Watch::Station),
        BanWatch::Storage(node, storage) => {
            let (index, _, spec) = scenario.node.get_full(node)?;
            let position = spec.storage.get_index_of(storage)?;
            Some(Watch::Storage(frame.storage(NodeId::new(index), position)))
        }
    }
}

fn watched(watch: &BanWatch) -> String {
    match watch {
        BanWatch::Node(node) => format!("node.{node}"),
        BanWatch::Facility(node, facility) => format!("node.{node}.facility.{facility}"),
        BanWatch::Storage(node, storage) => format!("node.{node}.storage.{storage}"),
    }
}

/// The bans that hold a flow.
pub(super) fn bans_of(scenario: &Contents, flow: &str) -> Vec<BanId> {
    let holding = scenario.ban.values().enumerate().filter(|(_, ban)| ban.flows.iter().any(|id| id == flow));
    holding.map(|(index, _)| BanId::new(index)).collect()
}
