//! Ships from outside that use a port's berths: each kind as a carrier with one call.

use super::error::Problem;
use super::fleets::named_stations;
use super::frame::{Epoch, Frame};
use super::register::{Register, identity};
use super::stations::zone;
use super::streams;
use crate::ids::{NodeId, StationId};
use crate::model::{BerthTime, Call, Coming, Fleet, Law, ShipVisit, Vessel};
use crate::random::{Distribution, Entity};
use crate::scenario::types::{self, Contents};
use crate::units::MS_PER_HOUR;
use crate::words::Cause;

/// Visits with their kinds of ships.
#[derive(Debug, Default)]
pub(super) struct Visits {
    pub(super) kinds: Vec<Fleet>,
    pub(super) visits: Vec<ShipVisit>,
}

/// The kinds of ships of a visit: id where it has one, share, time at the berth.
pub(super) fn kinds(visit: &types::Visit) -> Vec<(Option<&str>, f64, Distribution)> {
    if let Some(time) = &visit.time {
        return vec![(None, 1.0, time.clone())];
    }
    visit.kind.iter().map(|(id, kind)| (Some(id.as_str()), kind.share, kind.time.clone())).collect()
}

/// Positions of the kinds of ships that leave a node, among those of all visits.
pub(super) fn leaving(scenario: &Contents, node: NodeId) -> Vec<u32> {
    let at = scenario.visit.values().flat_map(|visit| kinds(visit).into_iter().map(|_| &visit.at));
    let here = at.enumerate().filter(|(_, at)| scenario.node.get_index_of(*at) == Some(node.index()));
    here.map(|(position, _)| position as u32).collect()
}

/// All visits.
pub(super) fn visits(frame: &Frame<'_>, epoch: Epoch<'_>, register: &mut Register) -> Visits {
    let mut all = Visits::default();
    for (id, spec) in &epoch.scenario.visit {
        let path = format!("visit.{id}");
        let Some(node) = epoch.scenario.node.get_index_of(&spec.at).map(NodeId::new) else {
            register.fail(format!("{path}.at"), Problem::Unknown { kind: "node", id: spec.at.clone() });
            continue;
        };
        let of = Named { frame, scenario: epoch.scenario, id, spec, node };
        let mut shares = Vec::new();
        for (_, share, time) in kinds(spec) {
            let before = shares.last().map_or(0.0, |(share, _): &(f64, u32)| *share);
            shares.push((before + share, all.kinds.len() as u32));
            all.kinds.push(of.kind(time, register));
        }
        if (shares.last().map_or(0.0, |last| last.0) - 1.0).abs() > 1e-6 {
            let sum = shares.last().map_or(0.0, |last| last.0);
            register.fail(format!("{path}.kind"), Problem::Shares { sum });
        }
        if let Some(last) = shares.last_mut() {
            last.0 = 1.0;
        }
        let kind_stream = streams::thing(register, "visit", id, spec.key.as_ref(), "kind");
        all.visits.push(ShipVisit { coming: of.coming(register), kinds: shares, kind_stream });
    }
    all
}

#[derive(Clone, Copy)]
struct Named<'a> {
    frame: &'a Frame<'a>,
    scenario: &'a Contents,
    id: &'a str,
    spec: &'a types::Visit,
    node: NodeId,
}

impl Named<'_> {
    /// A kind of ships. The ship's identity is (visit id, ordinal), whatever its kind.
    fn kind(self, time: Distribution, register: &mut Register) -> Fleet {
        let key = self.spec.key.as_ref();
        let stream = |register: &mut Register, purpose: &str| streams::thing(register, "visit", self.id, key, purpose);
        let own = register.stream(&format!("visit.{}", self.id), &format!("visit/{}", identity(self.id, key)));
        let ship =
            Vessel { entity: Entity::vessel(own, 0), capacity: 1, deadweight: None, sailing: Vec::new(), start: 0 };
        Fleet {
            calls: vec![self.call(Law { time, stream: stream(register, "berth") }, register)],
            vessels: vec![ship],
            in_service: 0,
            room_per_milli: vec![0; self.scenario.cargo.len()],
            min_load: 1.0,
            max_wait: None,
            max_idle: None,
            priority: self.spec.priority,
            failure: None,
            sailing_stream: stream(register, "sailing"),
        }
    }

    fn call(self, lies: Law, register: &mut Register) -> Call {
        let place = format!("node.{}", self.spec.at);
        Call {
            node: self.node,
            node_stream: streams::node(self.scenario, register, self.node),
            stations: self.stations("calls", &self.spec.calls, register),
            berths: self.stations("berths", &self.spec.berths, register),
            moors: self.stations("moors", &self.spec.moors, register),
            departs: self.stations("departs", &self.spec.departs, register),
            cranes: Vec::new(),
            load: BerthTime::None,
            unload: BerthTime::PerCall(lies),
            leg: Call::NO_LEG,
            lines: Vec::new(),
            ever_loads: false,
            timetable: None,
            wait_berth: register.cell(&place, Cause::WaitBerth),
            handling: register.cell(&place, Cause::Handling),
        }
    }

    fn stations(self, key: &str, ids: &[String], register: &mut Register) -> Vec<StationId> {
        named_stations(self.frame, &format!("visit.{}.{key}", self.id), &self.spec.at, ids.iter(), register)
    }

    fn coming(self, register: &mut Register) -> Coming {
        let stream = streams::thing(register, "visit", self.id, self.spec.key.as_ref(), "gap");
        if let Some(rule) = &self.spec.timetable {
            let zone = zone(self.scenario.node.get(&self.spec.at));
            return Coming::Times(self.frame.calendar.timetable(rule, &zone, stream));
        }
        let path = format!("visit.{}.rate", self.id);
        let per_hour = self.spec.rate.unwrap_or(0.0);
        if per_hour <= 0.0 || per_hour.is_nan() {
            register.fail(path.as_str(), Problem::NotPositive { what: "a rate", value: per_hour });
        }
        let every = Distribution::exponential(MS_PER_HOUR as f64 / per_hour);
        Coming::Gaps { every: every.unwrap_or_else(|_| register.constant(&path, 1.0)), stream }
    }
}
