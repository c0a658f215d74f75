//! Epochs differ in figures only.

use indexmap::IndexMap;
use jiff::civil::DateTime;

use super::calendar::Calendar;
use super::error::{ON_A_DATE, Problem};
use super::register::Register;
use crate::model::{Gate, GateClock, Model};
use crate::scenario::date_text;
use crate::scenario::types::{self, Contents};
use crate::units::SimTime;

/// Checks before anything is compiled that a later scenario has the things of the first, in its order.
pub(super) fn same_tables(register: &mut Register, date: DateTime, base: &Contents, later: &Contents) {
    let same = [
        ("the cargoes", same_keys(&base.cargo, &later.cargo)),
        ("the nodes", same_keys(&base.node, &later.node)),
        ("the links", same_keys(&base.link, &later.link)),
        ("the fleets", same_keys(&base.fleet, &later.fleet)),
        ("the ships from outside", same_visits(base, later)),
        ("the pools", same_keys(&base.pool, &later.pool)),
        ("the flows", same_keys(&base.flow, &later.flow)),
        ("the choices", base.choice == later.choice),
        ("who may switch under way", base.reroute == later.reroute),
        ("the sections", same_keys(&base.section, &later.section)),
        ("the closures", same_keys(&base.closure, &later.closure)),
        ("the bans", same_keys(&base.ban, &later.ban)),
        ("things at nodes", base.node.values().zip(later.node.values()).all(|(one, other)| same_things(one, other))),
        (
            "the ends or the mode of links",
            base.link
                .values()
                .zip(later.link.values())
                .all(|(one, other)| one.from == other.from && one.to == other.to && one.mode == other.mode),
        ),
        (
            "the routes of flows",
            base.flow.values().zip(later.flow.values()).all(|(one, other)| same_routes(one, other)),
        ),
        (
            "the ports or hulls of fleets",
            base.fleet
                .values()
                .zip(later.fleet.values())
                .all(|(one, other)| one.ports == other.ports && same_keys(&one.vessel, &other.vessel)),
        ),
        ("the clock", base.run.start == later.run.start && base.run.warm_up == later.run.warm_up),
    ];
    for (what, _) in same.into_iter().filter(|(_, same)| !same) {
        register.fail(format!("{ON_A_DATE}{}", date_text(date)), Problem::Shape { what });
    }
}

fn same_visits(base: &Contents, later: &Contents) -> bool {
    let same = |(one, other): (&types::Visit, &types::Visit)| {
        one.at == other.at && same_keys(&one.kind, &other.kind) && one.time.is_some() == other.time.is_some()
    };
    same_keys(&base.visit, &later.visit) && base.visit.values().zip(later.visit.values()).all(same)
}

fn same_things(one: &types::Node, other: &types::Node) -> bool {
    same_keys(&one.facility, &other.facility)
        && same_keys(&one.storage, &other.storage)
        && same_keys(&one.yard, &other.yard)
}

fn same_keys<T, U>(one: &IndexMap<String, T>, other: &IndexMap<String, U>) -> bool {
    one.keys().eq(other.keys())
}

fn same_routes(one: &crate::scenario::types::Flow, other: &crate::scenario::types::Flow) -> bool {
    fn passed(flow: &crate::scenario::types::Flow) -> impl Iterator<Item = (&Vec<String>, &Vec<String>)> {
        flow.route.values().map(|route| (&route.via, &route.avoid))
    }
    one.from == other.from
        && one.to == other.to
        && one.cargo == other.cargo
        && (&one.via, &one.avoid) == (&other.via, &other.avoid)
        && same_keys(&one.route, &other.route)
        && passed(one).eq(passed(other))
}

/// Checks that a compiled epoch has the shape of the first.
pub(super) fn same_model(register: &mut Register, calendar: &Calendar, from: SimTime, first: &Model, later: &Model) {
    let same = [
        ("the steps of a route (what is passed or taken, or the service)", first.programs == later.programs),
        (
            "which services or trains there are",
            first.laws.len() == later.laws.len() && first.formers.len() == later.formers.len(),
        ),
        ("what fleets carry, their berths, cranes or calls", same_fleets(first, later)),
        ("what closures shut", same_gates(&first.gates, &later.gates) && same_storms(first, later)),
        ("the dates on which something is shut", same_dates(&first.gates, &later.gates)),
        ("which facilities recognise others", same_stations(first, later)),
        (
            "bans of flows",
            first.flows.len() == later.flows.len()
                && first.flows.iter().zip(&later.flows).all(|(one, other)| one.bans == other.bans),
        ),
    ];
    for (what, _) in same.into_iter().filter(|(_, same)| !same) {
        register.fail(format!("{ON_A_DATE}{}", date_text(calendar.date(from))), Problem::Shape { what });
    }
}

fn same_fleets(first: &Model, later: &Model) -> bool {
    let legs = first.legs.iter().zip(&later.legs).all(|(one, other)| one.line_of == other.line_of);
    legs && first.carriers().zip(later.carriers()).all(|(one, other)| {
        one.calls.len() == other.calls.len()
            && one.calls.iter().zip(&other.calls).all(|(one, other)| {
                one.stations == other.stations
                    && (&one.berths, &one.moors, &one.departs) == (&other.berths, &other.moors, &other.departs)
                    && one.cranes == other.cranes
                    && one.lines == other.lines
                    && one.ever_loads == other.ever_loads
            })
    })
}

fn same_gates(first: &[Gate], later: &[Gate]) -> bool {
    first.len() == later.len()
        && first.iter().zip(later).all(|(one, other)| {
            std::mem::discriminant(&one.clock) == std::mem::discriminant(&other.clock)
                && one.stations == other.stations
                && one.lines == other.lines
                && one.sailings == other.sailings
                && one.visiting == other.visiting
        })
}

/// Known spells are those of the whole clock, so there are no others from a date on.
fn same_dates(first: &[Gate], later: &[Gate]) -> bool {
    first.iter().zip(later).all(|(one, other)| match (&one.clock, &other.clock) {
        (GateClock::Windows(one), GateClock::Windows(other)) => one == other,
        _ => true,
    })
}

fn same_storms(first: &Model, later: &Model) -> bool {
    let members = |model: &Model| -> Vec<Vec<_>> {
        model.storms.iter().map(|group| group.members.iter().map(|(gate, _)| *gate).collect()).collect()
    };
    members(first) == members(later)
}

fn same_stations(first: &Model, later: &Model) -> bool {
    first.stations.iter().zip(&later.stations).all(|(one, other)| {
        one.sets == other.sets && one.recognises == other.recognises && one.held == other.held && one.per == other.per
    })
}
