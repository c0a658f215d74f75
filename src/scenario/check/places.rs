//! Nodes with their facilities, storages and yards; links.

use jiff::civil::DateTime;

use super::Check;
use crate::scenario::date_text;
use crate::scenario::quantity::Dimension;
use crate::scenario::tree::Node;
use crate::scenario::types::{FacilityTime, Link, Mode, Stabling, Storage};
use crate::units::MS_PER_HOUR;

/// A key of a date, and the date if it is given.
#[derive(Clone, Copy)]
pub(super) struct DateKey {
    key: &'static str,
    date: Option<DateTime>,
}

impl DateKey {
    pub(super) const fn new(key: &'static str, date: Option<DateTime>) -> Self {
        Self { key, date }
    }
}

impl Check<'_> {
    pub(super) fn places(&mut self) {
        for (id, node) in self.tree.get("node").and_then(Node::table).into_iter().flatten() {
            for (name, facility) in node.get("facility").and_then(Node::table).into_iter().flatten() {
                self.facility(&["node", id, "facility", name], facility);
            }
        }
        for (id, node) in &self.scenario.node {
            self.dates(
                &["node", id],
                DateKey::new("open-from", node.open_from),
                DateKey::new("open-until", node.open_until),
            );
            for name in node.facility.iter().filter(|(_, facility)| facility.servers == Some(0)).map(|(name, _)| name) {
                let message = format!("`node.{id}.facility.{name}` has no server: what comes there waits without end");
                self.warning("no-servers", &["node", id, "facility", name, "servers"], message);
            }
            for (name, facility) in &node.facility {
                self.types(&["node", id, "facility", name, "type"], &facility.time);
                self.hours(&["node", id, "facility", name, "hours"], facility.hours.len());
            }
            for (name, storage) in &node.storage {
                let path = ["node", id, "storage", name];
                self.holds(&path, "capacity", storage.capacity.milli(), &storage.cargo);
                self.stabling(&path, storage);
            }
            for (name, yard) in &node.yard {
                self.holds(&["node", id, "yard", name], "train", yard.train.milli(), &yard.cargo);
            }
        }
    }

    /// Points of a link are on the earth: a latitude beyond its poles is a longitude.
    fn shape(&mut self, id: &str, link: &Link) {
        if let Some([_, latitude]) = link.shape.iter().find(|[_, latitude]| latitude.abs() > 90.0) {
            let message = format!("`link.{id}.shape` has a latitude of {latitude}");
            self.error_help("out-of-range", &["link", id, "shape"], message, "longitude goes before latitude");
        }
    }

    fn facility(&mut self, path: &[&str], facility: &Node) {
        let name = path.join(".");
        let has = |key: &str| facility.get(key).is_some();
        let is = |key: &str, word: &str| facility.get(key).and_then(Node::text) == Some(word);
        let is_berth = is("for", "vessel") && is("kind", "berth");
        let has_types = facility.get("type").and_then(Node::table).is_some_and(|types| !types.is_empty());
        let given = [("time", has("time")), ("rate", has("rate")), ("type", has_types)];
        let given: Vec<&str> = given.into_iter().filter(|(_, is_given)| *is_given).map(|(key, _)| key).collect();
        match given[..] {
            [_] => {}
            [] if is_berth => {}
            [] => self.error_help(
                "time-or-rate",
                path,
                format!("`{name}` has neither `time` nor `rate` nor `type`"),
                "give one of them",
            ),
            [one, other, ..] => self.error_help(
                "time-or-rate",
                &[path, &[other]].concat(),
                format!("`{name}` has both `{one}` and `{other}`"),
                "give one of them",
            ),
        }
        if has("mtbf") != has("mttr") {
            self.error("mtbf-and-mttr", path, format!("`{name}` has only one of `mtbf` and `mttr`"));
        }
    }

    /// Every customer has a type.
    fn types(&mut self, path: &[&str], time: &FacilityTime) {
        let FacilityTime::Types(types) = time else { return };
        let sum: f64 = types.values().map(|one| one.share).sum();
        if (sum - 1.0).abs() > 1e-6 {
            let sum = (sum * 1e6).round() / 1e4;
            let message = format!("the shares of `{}` sum to {sum} %, not to 100 %", path.join("."));
            self.error("shares", path, message);
        }
    }

    fn holds(&mut self, path: &[&str], key: &str, size: i64, cargo: &[String]) {
        let name = path.join(".");
        if size <= 0 {
            self.error("out-of-range", &[path, &[key]].concat(), format!("`{name}.{key}` must be above zero"));
        }
        if cargo.is_empty() {
            self.error(
                "no-cargo",
                &[path, &[key]].concat(),
                format!("no cargo is counted in the unit of `{name}.{key}`"),
            );
        }
    }

    fn stabling(&mut self, path: &[&str], storage: &Storage) {
        let Stabling::Amount(amount) = storage.stabling else { return };
        let (name, place) = (path.join("."), [path, &["stabling"]].concat());
        if amount.milli() <= 0 {
            self.error_help(
                "out-of-range",
                &place,
                format!("`{name}.stabling` must be above zero"),
                "with none at all nobody would ever set out for it",
            );
        }
        let unit = self
            .tree
            .at(&place)
            .and_then(Node::text)
            .and_then(|text| Dimension::Amount.parse(text).ok())
            .map(|amount| amount.unit);
        if let Some(unit) = unit.filter(|unit| *unit != storage.unit) {
            self.error_help(
                "unit",
                &place,
                format!("`{name}.stabling` is counted in {unit}, its capacity in {}", storage.unit),
                &format!("give it in {}, or write \"unlimited\"", storage.unit),
            );
        }
    }

    pub(super) fn links(&mut self) {
        for (id, link) in &self.scenario.link {
            let path = ["link", id];
            self.dates(&path, DateKey::new("open-from", link.open_from), DateKey::new("open-until", link.open_until));
            if link.from == link.to {
                self.error("same-ends", &["link", id, "to"], format!("`link.{id}` begins and ends at `{}`", link.from));
            }
            self.running_time(id, link);
            self.paths(id, link);
            self.shape(id, link);
        }
    }

    fn running_time(&mut self, id: &str, link: &Link) {
        let is_known = link.time.is_some() || (link.length.is_some() && !link.speed.is_empty());
        if !is_known && link.mode != Mode::Sea {
            self.error_help(
                "no-time",
                &["link", id],
                format!("nothing says how long `link.{id}` takes"),
                "give `time`, or `length` and `speed`",
            );
        }
        if let Some((_, speed)) = link.speed.iter().find(|(_, speed)| speed.get() <= 0.0) {
            self.error(
                "out-of-range",
                &["link", id, "speed"],
                format!("`link.{id}.speed` is {speed}, but must be above zero"),
            );
        }
        // What a time may say of itself holds of one that is worked out, too: sums of times stay within whole numbers.
        let (most_ms, most) = Dimension::Time.most();
        let takes_ms = |speed: f64| link.length.map_or(0.0, |length| length.get() / speed * MS_PER_HOUR as f64);
        let crawls = |speed: &f64| *speed > 0.0 && takes_ms(*speed) > most_ms;
        if let Some((_, speed)) = link.speed.iter().find(|(_, speed)| crawls(&speed.get())) {
            self.error_help(
                "out-of-range",
                &["link", id, "speed"],
                format!("`link.{id}` takes more time at {speed} than can be meant"),
                &format!("at most {most}"),
            );
        }
    }

    fn paths(&mut self, id: &str, link: &Link) {
        self.other_modes(id, link);
        let Some(paths) = link.paths_per_day else { return };
        if paths <= link.other_trains {
            let message =
                format!("`link.{id}` has {paths} paths a day and {} other trains: none is left", link.other_trains);
            self.error("out-of-range", &["link", id, "paths-per-day"], message);
        }
    }

    /// Keys of a link that mean nothing by its mode.
    fn other_modes(&mut self, id: &str, link: &Link) {
        let of_rails = [
            ("paths-per-day", link.paths_per_day.is_some()),
            ("other-trains", link.other_trains > 0.0),
            ("trains-at-once", link.trains_at_once.is_some()),
        ];
        let of_rails = of_rails.into_iter().filter(|_| link.mode != Mode::Rail).map(|key| (key, "railway", "not-rail"));
        let of_roads = (link.mode != Mode::Road).then_some((("vehicle", link.vehicle.is_some()), "road", "not-road"));
        for ((key, _), mode, code) in of_rails.chain(of_roads).filter(|((_, is_given), ..)| *is_given) {
            self.warning(code, &["link", id, key], format!("`link.{id}` is no {mode}: its `{key}` means nothing"));
        }
    }

    pub(super) fn dates(&mut self, path: &[&str], from: DateKey, until: DateKey) {
        if let (Some(first), Some(last)) = (from.date, until.date)
            && first >= last
        {
            let message = format!(
                "`{}`: `{}` {} is not before `{}` {}",
                path.join("."),
                from.key,
                date_text(first),
                until.key,
                date_text(last)
            );
            self.error("dates", &[path, &[until.key]].concat(), message);
        }
    }
}
