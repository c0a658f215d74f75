//! Flows, their routes, sections.

use super::Check;
use super::places::DateKey;
use crate::scenario::quantity::{Dimension, split};
use crate::scenario::tree::{Node, Value};
use crate::scenario::types::{Arrivals, Contents, Count, Flow, Mode, Volume};

impl Check<'_> {
    pub(super) fn flows(&mut self) {
        self.flow_units();
        for (id, flow) in &self.scenario.flow {
            self.ends(&["flow", id], &flow.from, &flow.to);
            self.routes(id, flow);
            self.avoided(id, flow);
            self.dates(
                &["flow", id],
                DateKey::new("from-date", flow.from_date),
                DateKey::new("until-date", flow.until_date),
            );
            self.sea_legs(id, flow);
            if let Arrivals::Timetable(rule) = &flow.arrivals {
                self.timetable(&["flow", id, "arrivals"], rule);
            }
            if flow.shipment.mean() <= 0.0 {
                self.error(
                    "out-of-range",
                    &["flow", id, "shipment"],
                    format!("`flow.{id}.shipment` must be above zero"),
                );
            }
            self.counted_out_of_season(id, flow);
            if flow.season.factors.iter().sum::<f64>() <= 0.0 {
                self.error(
                    "out-of-range",
                    &["flow", id, "season"],
                    format!("the season of `flow.{id}` has no month above zero"),
                );
            }
        }
        for (id, section) in &self.scenario.section {
            self.ends(&["section", id], &section.from, &section.to);
        }
    }

    /// An amount of months that the season leaves empty.
    fn counted_out_of_season(&mut self, id: &str, flow: &Flow) {
        let Volume::Counted(counts) = &flow.volume else { return };
        let is_empty = |count: &&Count| {
            let factors =
                count.period.days_of_months().map(|(month, _)| flow.season.factors[usize::from(month.month0)]);
            count.period.months > 1 && count.units > 0.0 && factors.sum::<f64>() <= 0.0
        };
        if let Some(count) = counts.iter().find(is_empty) {
            let message = format!("the season of `flow.{id}` has no month above zero in `{}`", count.period);
            self.error("out-of-range", &["flow", id, "volumes", &count.period.to_string()], message);
        }
    }

    fn ends(&mut self, path: &[&str], from: &str, to: &str) {
        if from == to {
            let [table, id] = path else { return };
            self.error("same-ends", &[table, id, "to"], format!("`{table}.{id}` begins and ends at `{from}`"));
        }
    }

    fn routes(&mut self, id: &str, flow: &Flow) {
        if flow.route.is_empty() {
            return;
        }
        let sum: f64 = flow.route.values().map(|route| route.share).sum();
        if (sum - 1.0).abs() > 1e-6 {
            let message =
                format!("the shares of the routes of `flow.{id}` sum to {} %, not to 100 %", (sum * 1e6).round() / 1e4);
            self.error("shares", &["flow", id, "route"], message);
        }
        if !flow.via.is_empty() {
            self.error("two-routes", &["flow", id, "via"], format!("`flow.{id}` has both `via` and `route`"));
        }
    }

    /// What a flow avoids is not what it must pass.
    fn avoided(&mut self, id: &str, flow: &Flow) {
        self.passes_none(&["flow", id, "avoid"], &flow.avoid, [&flow.from, &flow.to].into_iter().chain(&flow.via));
        for (name, route) in &flow.route {
            self.passes_none(&["flow", id, "route", name, "via"], &flow.avoid, &route.via);
            let passed = [&flow.from, &flow.to].into_iter().chain(&route.via);
            self.passes_none(&["flow", id, "route", name, "avoid"], &route.avoid, passed);
        }
    }

    fn passes_none<'a>(&mut self, path: &[&str], avoid: &[String], passed: impl IntoIterator<Item = &'a String>) {
        for place in passed {
            if avoid.iter().any(|avoided| bare(avoided) == bare(place)) {
                let flow = path[1];
                self.error_help(
                    "avoid-and-via",
                    path,
                    format!("`flow.{flow}` is to avoid `{place}`, but begins, ends or passes there"),
                    "take it from `avoid`, or from `via`",
                );
            }
        }
    }

    /// Volumes and shipments are counted in the cargo's unit or in tonnes.
    fn flow_units(&mut self) {
        for (id, flow) in self.tree.get("flow").and_then(Node::table).into_iter().flatten() {
            let Some((cargo, unit, tonnes)) = cargo_of(self.tree, flow) else { continue };
            for key in ["volume", "volumes", "shipment"] {
                for written in flow.get(key).map(texts).unwrap_or_default() {
                    let Some(own) = unit_of(key, &written) else { continue };
                    if own == "t" && unit != "t" && tonnes <= 0.0 {
                        self.error(
                            "wrong-unit",
                            &["flow", id, key],
                            format!("`flow.{id}.{key}` is in tonnes, but a {unit} of `{cargo}` weighs nothing"),
                        );
                    } else if own != unit && own != "t" {
                        let help = format!("it wants {unit} or t");
                        self.error_help(
                            "wrong-unit",
                            &["flow", id, key],
                            format!("`flow.{id}.{key}` is in {own}, but `{cargo}` is counted in {unit}"),
                            &help,
                        );
                    }
                }
            }
        }
    }

    /// Two nodes that follow each other in `via` and are joined by sea alone need a vessel.
    fn sea_legs(&mut self, id: &str, flow: &Flow) {
        let whole: Vec<&[String]> = if flow.route.is_empty() {
            vec![&flow.via]
        } else {
            flow.route.values().map(|route| &route.via[..]).collect()
        };
        for via in whole {
            let nodes: Vec<&str> = [&flow.from].into_iter().chain(via).chain([&flow.to]).map(|id| bare(id)).collect();
            for leg in nodes.windows(2).filter(|leg| needs_vessel(self.scenario, leg[0], leg[1])) {
                self.sea_leg(id, flow, leg[0], leg[1]);
            }
        }
    }

    fn sea_leg(&mut self, id: &str, flow: &Flow, from: &str, to: &str) {
        // A fleet that could not be read may be the one that carries it; what is wrong with it is told by itself.
        if self.tree.get("fleet").map_or(0, |fleets| fleets.keys().count()) > self.scenario.fleet.len() {
            return;
        }
        let fleets = || self.scenario.fleet.iter().filter(|(_, fleet)| sails(&fleet.ports, from, to));
        if !fleets().any(|(_, fleet)| fleet.carries.contains_key(&flow.cargo)) {
            let others: Vec<String> = fleets().map(|(fleet, _)| format!("`{fleet}`")).collect();
            let help = if others.is_empty() {
                "no fleet sails there".to_owned()
            } else {
                format!("there sails {}; add the cargo to its `carries`", others.join(", "))
            };
            self.error_help(
                "no-fleet",
                &["flow", id, "cargo"],
                format!("no fleet carries `{}` from `{from}` to `{to}`, where `flow.{id}` passes", flow.cargo),
                &help,
            );
        }
    }
}

/// The id of a place that may be written as a path.
fn bare(place: &str) -> &str {
    place.strip_prefix("node.").or_else(|| place.strip_prefix("link.")).unwrap_or(place)
}

fn needs_vessel(scenario: &Contents, from: &str, to: &str) -> bool {
    let joins = |link: &&crate::scenario::types::Link| {
        (link.from == from && link.to == to) || (link.from == to && link.to == from && !link.one_way)
    };
    let links: Vec<_> = scenario.link.values().filter(joins).collect();
    !links.is_empty() && links.iter().all(|link| link.mode == Mode::Sea && link.time.is_none() && link.speed.is_empty())
}

/// Whether one port follows the other; the first follows the last.
fn sails(ports: &[String], from: &str, to: &str) -> bool {
    (0..ports.len()).any(|at| ports[at] == from && ports[(at + 1) % ports.len()] == to)
}

fn cargo_of<'a>(tree: &'a Node, flow: &'a Node) -> Option<(&'a str, &'a str, f64)> {
    let id = flow.get("cargo")?.text()?;
    let cargo = tree.at(&["cargo", id])?;
    Some((id, cargo.get("unit")?.text()?, cargo.get("tonnes-per-unit")?.number()?))
}

/// The quantities of a value: itself, or those of a distribution.
fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::Text(text) => vec![text.clone()],
        Value::List(items) => items.iter().flat_map(texts).collect(),
        Value::Table(entries) => {
            entries.iter().filter(|(key, _)| *key != "dist").flat_map(|(_, node)| texts(node)).collect()
        }
        _ => Vec::new(),
    }
}

fn unit_of(key: &str, text: &str) -> Option<String> {
    let (_, unit) = split(text).ok()?;
    let dimension = if key == "volume" { Dimension::Rate } else { Dimension::Amount };
    dimension.unit(unit).map(|(_, word)| word)
}
