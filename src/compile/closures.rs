//! Closures, storms, and what opens and closes on dates: gates.

use super::calendar::Calendar;
use super::error::Problem;
use super::facility_at::facilities;
use super::frame::Frame;
use super::register::Register;
use super::shut_at_times::{setting_out_by, stops};
use super::stops::{Having, WORDS, check_words};
use super::storms::{Member, ShareLaws, share_laws, storm_group};
use super::streams;
use super::visits;
use crate::ids::{FleetId, GateId, LineId, LinkId, NodeId, StationId};
use crate::model::{Gate, GateClock, StormGroup};
use crate::network::stretches;
use crate::scenario::types::{Clock, Closure, Contents, Facility, FacilityKind, Mode, Stops, VesselOrCargo};
use crate::units::Spell;

/// Gates with the path that each is shown under.
#[derive(Debug, Default)]
pub(super) struct Gates {
    pub(super) all: Vec<Gate>,
    pub(super) storms: Vec<StormGroup>,
    pub(super) paths: Vec<String>,
}

/// All closures in file order, then nodes and links that open or close on dates.
pub(super) fn gates(frame: &Frame<'_>, scenario: &Contents, register: &mut Register) -> Gates {
    let mut gates = Gates::default();
    let mut groups: Vec<(String, Vec<Member>)> = Vec::new();
    for (id, closure) in &scenario.closure {
        let path = format!("closure.{id}");
        let stream = streams::thing(register, "closure", id, closure.key.as_ref(), "spells");
        let clock = clock(&frame.calendar, register, &path, closure);
        if let (Some(name), Some(laws)) = (&closure.group, clock.member) {
            let member = Member { gate: GateId::new(gates.all.len()), laws };
            match groups.iter_mut().find(|(group, _)| group == name) {
                Some((_, members)) => members.push(member),
                None => groups.push((name.clone(), vec![member])),
            }
        }
        let shut = shut_by(frame, scenario, register, &path, closure);
        gates.all.push(Gate {
            clock: clock.gate,
            stations: shut.stations,
            lines: shut.lines,
            sailings: shut.sailings,
            visiting: shut.visiting,
            stream,
        });
        gates.paths.push(path);
    }
    for (name, members) in groups {
        let stream = register.stream(&format!("group {name}"), &format!("storm/{name}/spells"));
        gates.storms.push(storm_group(&members, stream));
    }
    add_dates(frame, scenario, register, &mut gates);
    gates
}

/// The clock of a gate; of a member of a group also its laws.
struct MadeClock {
    gate: GateClock,
    member: Option<ShareLaws>,
}

fn clock(calendar: &Calendar, register: &mut Register, path: &str, closure: &Closure) -> MadeClock {
    let laws = match &closure.clock {
        Clock::Windows { windows, yearly } => {
            if closure.group.is_some() {
                register.fail(path, Problem::Unsupported { what: "a window cannot belong to a group of storms" });
            }
            return MadeClock { gate: GateClock::Windows(calendar.spells(windows, *yearly)), member: None };
        }
        clock => share_laws(clock),
    };
    match laws {
        Ok(laws) if closure.group.is_some() => MadeClock { gate: GateClock::Member, member: Some(laws) },
        Ok(laws) => MadeClock { gate: GateClock::Renewal { open: laws.open, closed: laws.closed }, member: None },
        Err(problem) => {
            register.fail(path, problem);
            MadeClock { gate: GateClock::Windows(Vec::new()), member: None }
        }
    }
}

/// What a gate shuts.
#[derive(Debug, Default)]
struct Shut {
    stations: Vec<StationId>,
    lines: Vec<(LineId, u8)>,
    sailings: Vec<(FleetId, u32)>,
    visiting: Vec<u32>,
}

impl Shut {
    const fn is_empty(&self) -> bool {
        self.stations.is_empty() && self.lines.is_empty() && self.sailings.is_empty() && self.visiting.is_empty()
    }

    fn finished(mut self) -> Self {
        self.stations.sort_unstable();
        self.stations.dedup();
        self.lines.sort_unstable();
        self.lines.dedup();
        self.sailings.sort_unstable();
        self.sailings.dedup();
        self.visiting.sort_unstable();
        self.visiting.dedup();
        self
    }
}

fn shut_by(frame: &Frame<'_>, scenario: &Contents, register: &mut Register, path: &str, closure: &Closure) -> Shut {
    let mut shut = Shut::default();
    for of in &closure.of {
        if !add_target(&mut shut, frame, scenario, of, &closure.stops) {
            register.fail(format!("{path}.of"), Problem::Unknown { kind: "thing to close", id: of.clone() });
        }
    }
    // All of them are whatever there is.
    if closure.stops.len() < WORDS.len() {
        let things: Vec<Having<'_>> = closure.of.iter().map(|of| having(frame, scenario, of)).collect();
        check_words(register, path, &closure.stops, &things);
    }
    shut.finished()
}

/// The kinds of work that a thing has.
fn having<'a>(frame: &Frame<'_>, scenario: &Contents, of: &'a str) -> Having<'a> {
    let has = |stops: &Stops| {
        let mut shut = Shut::default();
        add_target(&mut shut, frame, scenario, of, &[*stops]) && !shut.is_empty()
    };
    let by_land =
        of.strip_prefix("link.").and_then(|id| scenario.link.get(id)).is_some_and(|link| link.mode != Mode::Sea);
    let is_there = |stops: &Stops| has(stops) || by_land && *stops == Stops::Trains;
    Having { thing: of, has: WORDS.iter().map(|(stops, _)| *stops).filter(is_there).collect() }
}

/// Adds what a path names; `false` if it names nothing.
fn add_target(shut: &mut Shut, frame: &Frame<'_>, scenario: &Contents, of: &str, words: &[Stops]) -> bool {
    match of.split('.').collect::<Vec<_>>()[..] {
        ["node", id] => {
            scenario.node.get_index_of(id).map(|node| add_node(shut, frame, scenario, NodeId::new(node), words))
        }
        ["link", id] => {
            scenario.link.get_index_of(id).map(|link| add_link(shut, frame, scenario, LinkId::new(link), words))
        }
        ["fleet", id] => scenario.fleet.get_index_of(id).map(|fleet| {
            if stops(words, Stops::Sailings) {
                shut.sailings.extend(
                    sailings(frame, scenario).filter(|sailing| sailing.fleet.index() == fleet).map(|s| s.call()),
                );
            }
        }),
        ["node", node, "facility", id] => frame.station_named(node, id).map(|station| {
            let facility = scenario.node.get(node).and_then(|node| node.facility.get(id));
            if facility.is_some_and(|facility| stops(words, service_of(facility))) {
                shut.stations.push(station);
            }
        }),
        _ => None,
    }
    .is_some()
}

/// What a closure must stop for a facility to start no service. A crane handles cargo, also that of vessels: a storm that keeps
/// ships from coming alongside does not keep those that are there from being loaded.
fn service_of(facility: &Facility) -> Stops {
    let is_for_vessels = facility.serves == VesselOrCargo::Vessel && facility.kind != FacilityKind::Crane;
    if is_for_vessels { Stops::Berthing } else { Stops::Handling }
}

fn add_node(shut: &mut Shut, frame: &Frame<'_>, scenario: &Contents, node: NodeId, words: &[Stops]) {
    for (index, at) in facilities(scenario).enumerate().filter(|(_, at)| at.node == node) {
        if stops(words, service_of(at.spec)) {
            shut.stations.push(StationId::new(index));
        }
    }
    if stops(words, Stops::Sailings) {
        let leaving = sailings(frame, scenario).filter(|sailing| sailing.from == node);
        shut.sailings.extend(leaving.map(|sailing| sailing.call()));
        shut.visiting.extend(visits::leaving(scenario, node));
    }
    for (line, direction, from, _) in directions(frame) {
        if from == node && stops(words, setting_out(frame, line)) {
            shut.lines.push((line, direction));
        }
    }
}

fn add_link(shut: &mut Shut, frame: &Frame<'_>, scenario: &Contents, link: LinkId, words: &[Stops]) {
    if let Some(line) = frame.line(link).filter(|&line| stops(words, setting_out(frame, line))) {
        shut.lines.extend([(line, 0), (line, 1)]);
    }
    if stops(words, Stops::Sailings) {
        let on_it = sailings(frame, scenario).filter(|sailing| sailing.link == link);
        shut.sailings.extend(on_it.map(|sailing| sailing.call()));
    }
}

/// What a closure must stop for nothing to set out on a line.
fn setting_out(frame: &Frame<'_>, line: LineId) -> Stops {
    setting_out_by(frame.network.link(frame.lines[line.index()]).mode)
}

/// All lines by direction with the nodes where they begin and end.
fn directions<'a>(frame: &'a Frame<'_>) -> impl Iterator<Item = (LineId, u8, NodeId, NodeId)> + 'a {
    frame.lines.iter().enumerate().flat_map(|(index, &link)| {
        let (from, to) = frame.network.link(link).ends;
        [(LineId::new(index), 0, from, to), (LineId::new(index), 1, to, from)]
    })
}

/// A call of a fleet with the leg that begins there.
struct Sailing {
    fleet: FleetId,
    index: u32,
    link: LinkId,
    from: NodeId,
    to: NodeId,
}

impl Sailing {
    const fn call(&self) -> (FleetId, u32) {
        (self.fleet, self.index)
    }
}

fn sailings<'a>(frame: &'a Frame<'_>, scenario: &'a Contents) -> impl Iterator<Item = Sailing> + 'a {
    scenario.fleet.values().enumerate().flat_map(move |(fleet, spec)| {
        let hops = stretches(&spec.ports).filter_map(|(port, next)| frame.network.sea_hop(port, next));
        hops.enumerate().map(move |(index, hop)| {
            let (from, to) = frame.network.ends(hop);
            Sailing { fleet: FleetId::new(fleet), index: index as u32, link: hop.link, from, to }
        })
    })
}

/// Gates of nodes and links that open or close on dates. Fleets come and go by their vessels in service.
fn add_dates(frame: &Frame<'_>, scenario: &Contents, register: &mut Register, gates: &mut Gates) {
    let is_dated =
        |id: &str, table: fn(&Contents, &str) -> bool| frame.stages.iter().any(|stage| table(stage.scenario, id));
    for (index, (id, node)) in scenario.node.iter().enumerate() {
        let dated = is_dated(id, |scenario, id| {
            scenario.node.get(id).is_some_and(|node| node.open_from.is_some() || node.open_until.is_some())
        });
        if dated {
            let spells = frame.calendar.shut(node.open_from, node.open_until);
            let shut = whole_node(frame, scenario, NodeId::new(index));
            let stream = streams::thing(register, "node", id, node.key.as_ref(), "dates");
            gates.add(format!("node.{id}"), spells, shut, stream);
        }
    }
    for (index, (id, link)) in scenario.link.iter().enumerate() {
        let dated = is_dated(id, |scenario, id| {
            scenario.link.get(id).is_some_and(|link| link.open_from.is_some() || link.open_until.is_some())
        });
        if dated {
            let spells = frame.calendar.shut(link.open_from, link.open_until);
            let shut = whole_link(frame, scenario, LinkId::new(index));
            let stream = streams::thing(register, "link", id, link.key.as_ref(), "dates");
            gates.add(format!("link.{id}"), spells, shut, stream);
        }
    }
}

impl Gates {
    fn add(&mut self, path: String, spells: Vec<Spell>, shut: Shut, stream: crate::random::StreamId) {
        let Shut { stations, lines, sailings, visiting } = shut.finished();
        self.all.push(Gate { clock: GateClock::Windows(spells), stations, lines, sailings, visiting, stream });
        self.paths.push(path);
    }
}

/// A node out of service: no service, and nothing sets out from it or towards it.
fn whole_node(frame: &Frame<'_>, scenario: &Contents, node: NodeId) -> Shut {
    let stations = facilities(scenario).enumerate().filter(|(_, at)| at.node == node);
    let lines = directions(frame).filter(|&(_, _, from, to)| from == node || to == node);
    let calls = sailings(frame, scenario).filter(|sailing| sailing.from == node || sailing.to == node);
    Shut {
        stations: stations.map(|(index, _)| StationId::new(index)).collect(),
        lines: lines.map(|(line, direction, ..)| (line, direction)).collect(),
        sailings: calls.map(|sailing| sailing.call()).collect(),
        visiting: visits::leaving(scenario, node),
    }
}

fn whole_link(frame: &Frame<'_>, scenario: &Contents, link: LinkId) -> Shut {
    let calls = sailings(frame, scenario).filter(|sailing| sailing.link == link);
    Shut {
        stations: Vec::new(),
        lines: frame.line(link).into_iter().flat_map(|line| [(line, 0), (line, 1)]).collect(),
        sailings: calls.map(|sailing| sailing.call()).collect(),
        visiting: Vec::new(),
    }
}
