//! Fleets as batch carriers.

use indexmap::IndexMap;

use super::calendar::Calendar;
use super::entry::entries;
use super::error::Problem;
use super::frame::{Epoch, Frame};
use super::legs::{boardings, waiting_lines};
use super::parts::link_time;
use super::pools::{room, room_per_milli, units_taken};
use super::register::{Register, identity};
use super::stations::{both, pace, zone};
use super::streams;
use crate::ids::{FleetId, LegId, StationId};
use crate::model::{BerthTime, Call, Failure, Fleet, Law, Program, Station, Vessel, crane_time};
use crate::network::stretches;
use crate::random::{Distribution, Entity};
use crate::scenario::types::{self, Contents, DraughtPoint, Service, StartAt};
use crate::units::{Mass, SimTime};
use crate::words::Cause;

/// The priority of what does not say.
const ORDINARY: u8 = 2;

/// One fleet with its name, on its way to being compiled.
#[derive(Clone, Copy)]
struct Named<'a> {
    frame: &'a Frame<'a>,
    epoch: Epoch<'a>,
    stations: &'a [Station],
    index: usize,
    id: &'a str,
    spec: &'a types::Fleet,
}

/// All fleets.
pub(super) fn fleets(
    frame: &Frame<'_>,
    epoch: Epoch<'_>,
    stations: &[Station],
    programs: &[Program],
    register: &mut Register,
) -> Vec<Fleet> {
    let all = epoch.scenario.fleet.iter().enumerate();
    all.map(|(index, (id, spec))| fleet(Named { frame, epoch, stations, index, id, spec }, programs, register))
        .collect()
}

fn fleet(of: Named<'_>, programs: &[Program], register: &mut Register) -> Fleet {
    let (spec, key) = (of.spec, of.spec.key.as_ref());
    let path = format!("fleet.{}", of.id);
    Fleet {
        calls: calls(of, programs, register),
        vessels: vessels(of, register),
        in_service: in_service(of),
        room_per_milli: rooms(of, register),
        min_load: spec.min_load,
        max_wait: spec.max_wait,
        max_idle: spec.max_idle,
        priority: ORDINARY,
        failure: both(register, &path, spec.mtbf.as_ref(), spec.mttr.as_ref()).map(|(up, down)| Failure {
            up,
            down,
            stream: streams::thing(register, "fleet", of.id, key, "failure"),
        }),
        sailing_stream: streams::thing(register, "fleet", of.id, key, "sailing"),
    }
}

/// Vessels in service in an epoch: none while the fleet as a whole is out of service.
fn in_service(of: Named<'_>) -> u32 {
    let shut = of.frame.calendar.shut(of.spec.open_from, of.spec.open_until);
    let out = shut.iter().any(|spell| spell.holds(of.epoch.from));
    if out { 0 } else { of.spec.vessel.len() as u32 + of.spec.vessels }
}

/// How vessels load and unload by themselves.
struct Own {
    load: BerthTime,
    unload: BerthTime,
}

fn calls(of: Named<'_>, programs: &[Program], register: &mut Register) -> Vec<Call> {
    let load = berth_time(of, register, "load", &of.spec.load);
    let own = Own { load, unload: berth_time(of, register, "unload", &of.spec.unload) };
    let stretches = stretches(&of.spec.ports);
    stretches.filter_map(|stretch| call(of, stretch, &own, programs, register)).collect()
}

fn call(
    of: Named<'_>,
    (port, next): (&String, &String),
    own: &Own,
    programs: &[Program],
    register: &mut Register,
) -> Option<Call> {
    let hop = of.frame.network.sea_hop(port, next)?;
    let (node, leg) = (of.frame.network.ends(hop).0, of.frame.leg(hop)?);
    let place = format!("node.{port}");
    let cranes = vessel_stations(of, "cranes", &of.spec.cranes, port, register);
    let crane = cranes.first().map(|crane| crane_time(&of.stations[crane.index()]));
    Some(Call {
        node,
        node_stream: streams::node(of.epoch.scenario, register, node),
        stations: vessel_stations(of, "calls", &of.spec.calls, port, register),
        berths: vessel_stations(of, "berths", &of.spec.berths, port, register),
        moors: vessel_stations(of, "moors", &of.spec.moors, port, register),
        departs: vessel_stations(of, "departs", &of.spec.departs, port, register),
        cranes,
        load: crane.clone().unwrap_or_else(|| own.load.clone()),
        unload: crane.unwrap_or_else(|| own.unload.clone()),
        leg,
        lines: waiting_lines(of.frame, of.epoch.scenario, leg).served_by(FleetId::new(of.index)),
        ever_loads: ever_loads(of, leg, programs),
        timetable: of.spec.timetable.get(port).map(|rule| {
            let stream = streams::thing(register, "fleet", of.id, of.spec.key.as_ref(), &format!("timetable/{port}"));
            of.frame.calendar.timetable(rule, &zone(of.epoch.scenario.node.get(port)), stream)
        }),
        wait_berth: register.cell(&place, Cause::WaitBerth),
        handling: register.cell(&place, Cause::Handling),
    })
}

fn vessel_stations(
    of: Named<'_>,
    key: &str,
    table: &IndexMap<String, Vec<String>>,
    port: &str,
    register: &mut Register,
) -> Vec<StationId> {
    let ids = table.get(port).into_iter().flatten();
    named_stations(of.frame, &format!("fleet.{}.{key}.{port}", of.id), port, ids, register)
}

/// Facilities of a port by their names.
pub(super) fn named_stations<'i>(
    frame: &Frame<'_>,
    path: &str,
    port: &str,
    ids: impl Iterator<Item = &'i String>,
    register: &mut Register,
) -> Vec<StationId> {
    let mut stations = Vec::new();
    for id in ids {
        match frame.station_named(port, id) {
            Some(station) => stations.push(station),
            None => register.fail(path, Problem::Unknown { kind: "facility", id: id.clone() }),
        }
    }
    stations
}

/// Whether some route boards the leg with cargo that the fleet carries.
fn ever_loads(of: Named<'_>, leg: LegId, programs: &[Program]) -> bool {
    boardings(of.epoch.scenario, programs).any(|(boarded, cargo)| boarded == leg && of.spec.carries.contains_key(cargo))
}

/// Named hulls first, then ordinals 1 to the most of any epoch: fewer vessels are then the first so many.
fn vessels(of: Named<'_>, register: &mut Register) -> Vec<Vessel> {
    let own = identity(of.id, of.spec.key.as_ref());
    let fleet = register.stream(&format!("fleet.{}", of.id), &format!("fleet/{own}"));
    let mut vessels = Vec::new();
    for (n, (name, hull)) in of.spec.vessel.iter().enumerate() {
        let entity = hull_identity(of, own, name, register);
        // On the round of ports they come after the ordinals.
        let position = of.frame.base().fleet[of.index].vessels as usize + n;
        vessels.push(vessel(of, entity, hull, start(of, position), register));
    }
    let most = of.frame.stages.iter().map(|stage| stage.scenario.fleet[of.index].vessels).max().unwrap_or(0);
    for n in 0..most as usize {
        let entity = Entity::vessel(fleet, n as u64 + 1);
        vessels.push(vessel(of, entity, &types::Vessel::default(), start(of, n), register));
    }
    vessels
}

fn hull_identity(of: Named<'_>, own: &str, name: &str, register: &mut Register) -> Entity {
    let stream = format!("fleet/{own}/{}", name.to_ascii_lowercase());
    register.stream(&format!("fleet.{}.vessel.{name}", of.id), &stream);
    Entity::named(&stream)
}

/// The call at which a vessel begins: the first ordinal at the first port, and so on round the ports.
fn start(of: Named<'_>, position: usize) -> usize {
    match &of.spec.start_at {
        StartAt::Port(port) => of.spec.ports.iter().position(|known| known == port).unwrap_or(0),
        StartAt::Spread => position % of.spec.ports.len().max(1),
    }
}

fn vessel(of: Named<'_>, entity: Entity, hull: &types::Vessel, start: usize, register: &mut Register) -> Vessel {
    let amount = hull.capacity.unwrap_or(of.spec.capacity.amount);
    if amount <= 0.0 {
        register.fail(format!("fleet.{}.capacity", of.id), Problem::NotPositive { what: "capacity", value: amount });
    }
    let deadweight = hull.deadweight.or(of.spec.deadweight);
    Vessel {
        entity,
        capacity: room(amount * of.spec.load_limit),
        deadweight: deadweight.map(|most| afloat(of, most, register)),
        sailing: sailing(of, hull, register),
        start,
    }
}

/// What a vessel lifts at the level of its water.
fn afloat(of: Named<'_>, most: Mass, register: &mut Register) -> Mass {
    let Some(draught) = &of.spec.draught else { return most };
    let Some(water) = of.epoch.scenario.water.get(&draught.water) else {
        register
            .fail(format!("fleet.{}.draught", of.id), Problem::Unknown { kind: "water", id: draught.water.clone() });
        return most;
    };
    Mass::from_kg((most.kg() as f64 * share_at(&draught.shares, water.level)).round() as i64)
}

/// Straight between points, level outside.
fn share_at(points: &[DraughtPoint], level: f64) -> f64 {
    let above = points.partition_point(|point| point.level <= level);
    match (above.checked_sub(1).map(|below| &points[below]), points.get(above)) {
        (Some(low), Some(high)) => {
            low.share + (high.share - low.share) * (level - low.level) / (high.level - low.level)
        }
        (Some(point), None) | (None, Some(point)) => point.share,
        (None, None) => 1.0,
    }
}

/// By call: how long the next leg takes.
fn sailing(of: Named<'_>, hull: &types::Vessel, register: &mut Register) -> Vec<Distribution> {
    let legs = stretches(&of.spec.ports).filter_map(|(port, next)| of.frame.network.sea_hop(port, next));
    let mut times = Vec::new();
    for hop in legs {
        let own = hull.sailing.clone().or_else(|| of.spec.sailing.clone());
        let link = &of.epoch.scenario.link[hop.link.index()];
        times.push(own.or_else(|| link_time(link, Service::BlockTrain)).unwrap_or_else(|| no_sailing(of, register)));
    }
    times
}

fn no_sailing(of: Named<'_>, register: &mut Register) -> Distribution {
    let path = format!("fleet.{}.sailing", of.id);
    register.fail(path.as_str(), Problem::Missing { what: "`sailing`, or the `time` of the link," });
    register.constant(&path, 0.0)
}

/// By cargo: room of a thousandth of a unit.
fn rooms(of: Named<'_>, register: &mut Register) -> Vec<i64> {
    let path = format!("fleet.{}.carries", of.id);
    for id in of.spec.carries.keys().filter(|id| !of.epoch.scenario.cargo.contains_key(*id)) {
        register.fail(path.as_str(), Problem::Unknown { kind: "cargo", id: id.clone() });
    }
    let mut rooms = Vec::new();
    for cargo in entries(&of.epoch.scenario.cargo) {
        let units = match of.spec.carries.get(cargo.id) {
            None => 0.0,
            Some(&units) if units > 0.0 => units,
            Some(_) => units_taken(of.epoch.scenario, register, &path, cargo, &of.spec.capacity.unit),
        };
        rooms.push(room_per_milli(units));
    }
    rooms
}

/// `load` or `unload`; what a table leaves out takes no time here, and is an error where it is carried.
fn berth_time(of: Named<'_>, register: &mut Register, key: &str, time: &types::BerthTime) -> BerthTime {
    let types::BerthTime::ByCargo(times) = time else {
        return handling(of, register, key, "berth", time);
    };
    let mut by_cargo = Vec::new();
    for cargo in of.epoch.scenario.cargo.keys() {
        let (key, stream) = (format!("{key}.{cargo}"), format!("berth/{cargo}"));
        let time = times.get(cargo).unwrap_or(&types::BerthTime::None);
        by_cargo.push(handling(of, register, &key, &stream, time));
    }
    BerthTime::ByCargo(by_cargo)
}

fn handling(of: Named<'_>, register: &mut Register, key: &str, stream: &str, time: &types::BerthTime) -> BerthTime {
    let stream = streams::thing(register, "fleet", of.id, of.spec.key.as_ref(), stream);
    match time {
        types::BerthTime::PerCall(law) => BerthTime::PerCall(Law { time: law.clone(), stream }),
        types::BerthTime::Rate(rate) => {
            let (ms_per_milli, ms_per_kg) = pace(register, &format!("fleet.{}.{key}", of.id), rate);
            BerthTime::Rate { setup: 0.0, ms_per_milli, ms_per_kg }
        }
        types::BerthTime::None | types::BerthTime::ByCargo(_) => BerthTime::None,
    }
}

/// Moments within the clock at which fleets as a whole come into or go out of service.
pub(super) fn service_changes(calendar: &Calendar, scenario: &Contents) -> Vec<SimTime> {
    let dates = scenario.fleet.values().flat_map(|fleet| [fleet.open_from, fleet.open_until]);
    dates.flatten().map(|date| calendar.moment(date)).collect()
}
