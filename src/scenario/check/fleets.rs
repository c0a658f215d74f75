//! Fleets.

use indexmap::IndexMap;

use super::Check;
use super::places::DateKey;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::scenario::quantity::Dimension;
use crate::scenario::tree::Node;
use crate::scenario::types::{Fleet, Per, StartAt, VesselOrCargo};

impl Check<'_> {
    /// A fleet whose cargo has no room that can be told is not read; say why.
    pub(super) fn rooms(&mut self) {
        for (id, fleet) in self.tree.get("fleet").and_then(Node::table).into_iter().flatten() {
            let capacity =
                fleet.get("capacity").and_then(Node::text).and_then(|text| Dimension::Amount.parse(text).ok());
            let Some(unit) = capacity.map(|capacity| capacity.unit) else { continue };
            for named in
                fleet.get("carries").map(Node::items).into_iter().flatten().filter(|node| node.text().is_some())
            {
                let convertible = named.text().is_none_or(|cargo| self.converts(cargo, &unit));
                if !convertible {
                    let cargo = named.text().unwrap_or_default();
                    let message =
                        format!("how much of `fleet.{id}.capacity` (in {unit}) a unit of `{cargo}` takes is not known");
                    let help = format!("write the room it takes: carries = {{ {cargo} = \"14.7 {unit}\" }}");
                    self.found.push(Diagnostic::error("no-room", message, Some(named.span)).help(help));
                }
            }
        }
    }

    /// Whether each cargo of a name or unit is counted in a unit, or weighs something like what is.
    fn converts(&self, name: &str, unit: &str) -> bool {
        let weight = |cargo: &Node| cargo.get("tonnes-per-unit").and_then(Node::number).unwrap_or(0.0) > 0.0;
        let counted = |cargo: &Node, unit: &str| cargo.get("unit").and_then(Node::text) == Some(unit);
        let cargoes = || self.tree.get("cargo").and_then(Node::table).into_iter().flatten();
        let of_unit = unit == "t" || cargoes().any(|(_, cargo)| counted(cargo, unit) && weight(cargo));
        let mut named = cargoes().filter(|(id, cargo)| *id == name || counted(cargo, name));
        named.all(|(_, cargo)| counted(cargo, unit) || (of_unit && (weight(cargo) || unit == "t")))
    }

    pub(super) fn fleets(&mut self) {
        self.rooms();
        for (id, fleet) in &self.scenario.fleet {
            self.dates(
                &["fleet", id],
                DateKey::new("open-from", fleet.open_from),
                DateKey::new("open-until", fleet.open_until),
            );
            self.ports(id, fleet);
            self.hulls(id, fleet);
            fleet.timetable.iter().for_each(|(port, rule)| self.timetable(&["fleet", id, "timetable", port], rule));
            for (key, by_port) in facilities(fleet) {
                for (port, names) in by_port {
                    self.vessel_facilities(&["fleet", id, key, port], port, names);
                }
            }
            self.cranes(id, fleet);
            self.draught(id, fleet);
            if fleet.mtbf.is_some() != fleet.mttr.is_some() {
                self.error("mtbf-and-mttr", &["fleet", id], format!("`fleet.{id}` has only one of `mtbf` and `mttr`"));
            }
        }
    }

    fn ports(&mut self, id: &str, fleet: &Fleet) {
        if fleet.ports.len() < 2 {
            self.error("ports", &["fleet", id, "ports"], format!("`fleet.{id}` needs two ports at least"));
        }
        let named =
            facilities(fleet).into_iter().flat_map(|(key, by_port)| by_port.keys().map(move |port| (key, port)));
        let named = named.chain(fleet.timetable.keys().map(|port| ("timetable", port)));
        for (key, port) in named {
            self.is_port(fleet, &["fleet", id, key, port], port);
        }
        if let StartAt::Port(port) = &fleet.start_at {
            self.is_port(fleet, &["fleet", id, "start-at"], port);
        }
    }

    fn is_port(&mut self, fleet: &Fleet, path: &[&str], port: &str) {
        if !fleet.ports.iter().any(|known| known == port) {
            let help = format!("its ports are {}", fleet.ports.join(", "));
            self.error_help("not-a-port", path, format!("`{port}` is no port of `fleet.{}`", path[1]), &help);
        }
    }

    fn hulls(&mut self, id: &str, fleet: &Fleet) {
        if fleet.capacity.amount <= 0.0 {
            self.error("out-of-range", &["fleet", id, "capacity"], format!("`fleet.{id}.capacity` must be above zero"));
        }
        for (name, vessel) in &fleet.vessel {
            if vessel.capacity.is_some_and(|capacity| capacity <= 0.0) {
                self.error(
                    "out-of-range",
                    &["fleet", id, "vessel", name, "capacity"],
                    format!("`fleet.{id}.vessel.{name}.capacity` must be above zero"),
                );
            }
        }
        if fleet.vessels == 0 && fleet.vessel.is_empty() {
            self.warning("no-vessels", &["fleet", id], format!("`fleet.{id}` has no vessel"));
        }
        if fleet.load_limit <= 0.0 {
            self.error(
                "out-of-range",
                &["fleet", id, "load-limit"],
                format!("`fleet.{id}.load-limit` must be above zero"),
            );
        }
        if let Some((cargo, _)) = fleet.carries.iter().find(|(_, room)| **room <= 0.0) {
            self.error_help(
                "no-room",
                &["fleet", id, "carries"],
                format!("a unit of `{cargo}` takes no room in `fleet.{id}`"),
                "write the room it takes, such as { wagon = \"14.7 m\" }",
            );
        }
    }

    /// Facilities of a port that vessels pass.
    pub(super) fn vessel_facilities(&mut self, path: &[&str], port: &str, names: &[String]) {
        let Some(node) = self.scenario.node.get(port) else { return };
        for name in names {
            match node.facility.get(name) {
                None => {
                    let near = did_you_mean(name, node.facility.keys().map(String::as_str)).unwrap_or_else(|| {
                        format!("`node.{port}` has {}", node.facility.keys().cloned().collect::<Vec<_>>().join(", "))
                    });
                    let message = format!("there is no facility `{name}` at `{port}` (in `{}`)", path.join("."));
                    self.error_help("dangling-id", path, message, &near);
                }
                Some(facility) if facility.serves != VesselOrCargo::Vessel => {
                    let message = format!("facility `{name}` at `{port}` is not for vessels");
                    self.error_help("not-for-vessels", path, message, "write `for = \"vessel\"` there");
                }
                Some(_) => {}
            }
        }
    }

    /// Cranes handle vessels, or their units one by one, and are no berths.
    fn cranes(&mut self, id: &str, fleet: &Fleet) {
        for (port, names) in &fleet.cranes {
            let Some(node) = self.scenario.node.get(port) else { continue };
            for (name, crane) in names.iter().filter_map(|name| Some((name, node.facility.get(name)?))) {
                let path = ["fleet", id, "cranes", port.as_str()];
                if crane.per == Per::Shipment {
                    let message =
                        format!("facility `{name}` at `{port}` serves single shipments, and vessels have it load them");
                    self.error_help(
                        "no-crane",
                        &path,
                        message,
                        "write `per = \"train\"` there for a crane a vessel, or `per = \"unit\"`",
                    );
                }
                let is_berth = |fleet: &Fleet| fleet.berths.get(port).is_some_and(|berths| berths.contains(name));
                if self.scenario.fleet.values().any(is_berth) {
                    let message = format!(
                        "facility `{name}` at `{port}` is a berth, and vessels at their berths have it load them"
                    );
                    self.error_help("no-crane", &path, message, "write a facility of its own for the cranes");
                }
            }
        }
    }

    /// A level that the table does not reach is not guessed at: the load is held.
    fn water(&mut self, id: &str, fleet: &Fleet) {
        let Some(draught) = &fleet.draught else { return };
        let Some(level) = self.scenario.water.get(&draught.water).map(|water| water.level) else { return };
        let (Some(low), Some(high)) = (draught.shares.first(), draught.shares.last()) else { return };
        let (side, end) = if level < low.level { ("below the lowest", low) } else { ("above the highest", high) };
        if level < low.level || level > high.level {
            let message = format!(
                "`water.{}.level` is {level} m, {side} point of `fleet.{id}.draught`, {} m: the load is held at its {} %",
                draught.water,
                end.level,
                (end.share * 1e4).round() / 1e2
            );
            self.warning("water", &["water", &draught.water, "level"], message);
        }
    }

    fn draught(&mut self, id: &str, fleet: &Fleet) {
        let Some(draught) = &fleet.draught else { return };
        let path = ["fleet", id, "draught", "shares"];
        if draught.shares.is_empty() || draught.shares.windows(2).any(|pair| pair[0].level >= pair[1].level) {
            self.error("draught", &path, format!("the levels of `fleet.{id}.draught.shares` must rise"));
        }
        self.water(id, fleet);
        if fleet.deadweight.is_none() {
            self.error(
                "draught",
                &["fleet", id, "draught"],
                format!("`fleet.{id}` has `draught` but no `deadweight` that it takes from"),
            );
        }
    }
}

/// What a fleet passes at its ports, by key.
fn facilities(fleet: &Fleet) -> [(&'static str, &IndexMap<String, Vec<String>>); 5] {
    [
        ("calls", &fleet.calls),
        ("berths", &fleet.berths),
        ("moors", &fleet.moors),
        ("departs", &fleet.departs),
        ("cranes", &fleet.cranes),
    ]
}
