//! What the numbers of a record are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::capital;
use crate::words::{Cause, Measure, Over, Period, Statistic, Subject, SubjectKind, Unit};

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowKey {
    /// What is measured.
    pub measure: Measure,
    /// Of what.
    pub subject: Subject,
    /// Of which time.
    pub period: Period,
    /// Where, of a part.
    #[serde(with = "empty_if_none")]
    pub place: Option<Subject>,
    /// Why, of a part of a time.
    #[serde(with = "empty_if_none")]
    pub cause: Option<Cause>,
    /// In what it is counted.
    pub unit: Unit,
    /// Of what the spread is.
    pub over: Over,
}

impl RowKey {
    /// A row over the horizon whose spread is that between years.
    pub(super) fn new(measure: Measure, subject: &Subject, unit: impl Into<Unit>) -> Self {
        Self {
            measure,
            subject: subject.clone(),
            period: Period::Horizon,
            place: None,
            cause: None,
            unit: unit.into(),
            over: Over::Years,
        }
    }

    /// Whether it is of the whole horizon and no part by place or cause.
    pub const fn is_whole(&self) -> bool {
        self.period.is_horizon() && self.place.is_none() && self.cause.is_none()
    }

    /// Whether it is a measure that studies are about: the time of a section, or tonnes carried by the corridor, over the
    /// horizon.
    pub fn is_headline(&self) -> bool {
        let is_traffic = self.measure == Measure::Throughput && self.subject.is_corridor();
        self.is_whole() && (self.measure == Measure::SectionTime || is_traffic)
    }

    pub(super) fn during(mut self, period: &Period) -> Self {
        self.period = period.clone();
        self
    }

    pub(super) fn at(mut self, place: &Subject) -> Self {
        self.place = Some(place.clone());
        self
    }

    pub(super) fn at_any(mut self, place: Option<&Subject>) -> Self {
        self.place = place.cloned();
        self
    }

    pub(super) fn because(mut self, cause: Cause) -> Self {
        self.cause = Some(cause);
        self
    }

    /// Of all that passed, which is kept in histograms.
    pub(super) fn of_all(mut self) -> Self {
        self.over = self.measure.over();
        self
    }

    /// Where, as results write it: empty if it is no part.
    pub fn place_text(&self) -> &str {
        self.place.as_ref().map_or("", Subject::as_str)
    }

    /// Why, as results write it: empty if it is no part of a time.
    pub fn cause_text(&self) -> &'static str {
        self.cause.map_or("", Cause::word)
    }
}

/// What is absent is an empty text in files.
mod empty_if_none {
    use std::borrow::Cow;
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[allow(clippy::ref_option, reason = "serde hands over a reference to the field")]
    pub(super) fn serialize<T: Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_str(""),
        }
    }

    pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(D::Error::custom) }
    }
}

/// A stored histogram of durations in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesKey {
    /// As in the rows.
    pub measure: Measure,
    /// As in the rows.
    pub subject: Subject,
    /// As in the rows.
    pub period: Period,
}

/// A row whose percentiles are of pooled shipments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pooled {
    /// Its index among the rows.
    pub row: u32,
    /// The series that it pools.
    pub series: Vec<u32>,
}

/// What the numbers of a record are: its rows, the rows of durations, the histograms; and the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// By index of [`super::Record::values`].
    pub rows: Vec<RowKey>,
    /// By index of [`super::Record::own`].
    pub pooled: Vec<Pooled>,
    /// By index of [`super::Record::histograms`].
    pub series: Vec<SeriesKey>,
    /// Names and positions.
    pub network: Network,
}

impl Catalogue {
    /// Whether single flows have rows, and not only the corridor, cargoes and tags.
    pub fn has_flows(&self) -> bool {
        self.rows.iter().any(|key| key.subject.is(SubjectKind::Flow))
    }

    /// The series that the percentiles of some rows are of.
    pub fn series_of(&self, is_wanted: impl Fn(&RowKey) -> bool) -> BTreeSet<usize> {
        let wanted = self.pooled.iter().filter(|pooled| is_wanted(&self.rows[pooled.row as usize]));
        wanted.flat_map(|pooled| &pooled.series).map(|series| *series as usize).collect()
    }

    /// Whether a row of durations is a part of another: all that it pools, the other pools too.
    pub fn pools(&self, whole: usize, part: usize) -> bool {
        let of = |row: usize| self.pooled.iter().find(|pooled| pooled.row as usize == row);
        of(whole).zip(of(part)).is_some_and(|(whole, part)| part.series.iter().all(|one| whole.series.contains(one)))
    }
}

/// What maps and headings need.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Network {
    /// Nodes.
    pub nodes: Vec<NetworkNode>,
    /// Links.
    pub links: Vec<NetworkLink>,
    /// Sections.
    pub sections: Vec<NetworkSection>,
    /// Names for people of sections, fleets and pools that have one.
    #[serde(default)]
    pub names: Vec<NetworkName>,
    /// The section that answers begin with; `None`: they begin with tonnes carried.
    pub headline: Option<HeadlineSection>,
    /// Periods that the scenario gave a name.
    pub periods: Vec<NetworkPeriod>,
}

/// A named period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkPeriod {
    /// Id.
    pub id: String,
    /// Its months of each year; the first is 1.
    pub months: Vec<u8>,
}

/// The name for people of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkName {
    /// The thing.
    pub of: Subject,
    /// Its name.
    pub name: String,
}

/// A section, and which number of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeadlineSection {
    /// Index of the section.
    pub section: usize,
    /// Which number of its time.
    pub statistic: Statistic,
}

/// A node on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkNode {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Country, where known.
    pub country: Option<String>,
    /// UN/LOCODE, where known.
    pub locode: Option<String>,
    /// Latitude and longitude in degrees, where known.
    pub position: Option<(f64, f64)>,
}

/// A link on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkLink {
    /// Id.
    pub id: String,
    /// Index of the node where it begins.
    pub from: usize,
    /// Index of the node where it ends.
    pub to: usize,
    /// `rail`, `sea`, `road`, `pipeline`.
    pub mode: String,
    /// Kilometres, where known.
    pub length_km: Option<f64>,
    /// Longitude and latitude of points along it, from its first end; none where its shape is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shape: Vec<[f64; 2]>,
}

/// A section's ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NetworkSection {
    /// Id.
    pub id: String,
    /// Index of the node where it begins.
    pub from: usize,
    /// Index of the node where it ends.
    pub to: usize,
}

impl NetworkSection {
    /// What its rows are of.
    pub fn subject(&self) -> Subject {
        Subject::of(SubjectKind::Section, &self.id)
    }
}

impl Network {
    /// The section that answers begin with, where the scenario has one.
    pub fn headline_section(&self) -> Option<&NetworkSection> {
        self.sections.get(self.headline?.section)
    }

    /// The section that is shown where one alone is: that of the answers, else the first.
    pub fn main_section(&self) -> Option<&NetworkSection> {
        self.headline_section().or_else(|| self.sections.first())
    }

    /// The name for people of a place: `node.aktau.facility.crane` is `Aktau, crane`.
    pub fn place_name(&self, place: &Subject) -> String {
        let parts: Vec<&str> = place.id().split('.').collect();
        match (place.kind(), parts.as_slice()) {
            (SubjectKind::Node, [node]) => self.node_name(node),
            (SubjectKind::Node, [node, _, thing, ..]) => format!("{}, {}", self.node_name(node), words(thing)),
            (SubjectKind::Link, [link, _, node]) => format!("{}, from {}", self.link_name(link), self.node_name(node)),
            (SubjectKind::Link, [link]) => self.link_name(link),
            (SubjectKind::Pool | SubjectKind::Fleet, [thing, ..]) => self.name_of(place.kind(), thing),
            _ => place.to_string(),
        }
    }

    /// The name for people of a section given by its subject: its own, else its ends, or its id where another has the same ends.
    pub fn section_name(&self, subject: &Subject) -> String {
        let id = subject.id();
        if let Some(name) = self.own_name(subject) {
            return name.to_owned();
        }
        let ends = |section: &NetworkSection| (section.from, section.to);
        let section = self.sections.iter().find(|section| section.id == id);
        let is_alone =
            |section: &&NetworkSection| self.sections.iter().filter(|o| ends(o) == ends(section)).count() == 1;
        section.filter(is_alone).map_or_else(
            || capital(&words(id)),
            |section| format!("{}–{}", self.nodes[section.from].name, self.nodes[section.to].name),
        )
    }

    /// The name for people of what times are of: a section by its ends, anything else by its id.
    pub fn subject_name(&self, subject: &Subject) -> String {
        if subject.is(SubjectKind::Section) { self.section_name(subject) } else { subject.id().to_owned() }
    }

    /// The name for people of a parameter given by its path: that of the thing, then what it is of it, such as
    /// `Aktau, ferry berth: servers` for `node.aktau.facility.ferry-berth.servers`. A pattern stays as it is.
    pub fn parameter_name(&self, path: &str) -> String {
        if path.contains('*') {
            return path.to_owned();
        }
        let parts: Vec<&str> = path.split('.').collect();
        let (thing, key) = match parts.as_slice() {
            ["node", node, "facility" | "storage", thing, key @ ..] => {
                (format!("{}, {}", self.node_name(node), words(thing)), key)
            }
            ["node", node, key @ ..] => (self.node_name(node), key),
            ["link", link, key @ ..] => (self.link_name(link), key),
            ["fleet", id, key @ ..] => (self.name_of(SubjectKind::Fleet, id), key),
            ["pool", id, key @ ..] => (self.name_of(SubjectKind::Pool, id), key),
            [_, id, key @ ..] => (words(id), key),
            _ => (words(path), &[][..]),
        };
        let key = key.iter().map(|part| words(part)).collect::<Vec<_>>().join(" ");
        let name = if key.is_empty() { thing } else { format!("{thing}: {key}") };
        capital(&name)
    }

    /// The name that a scenario gives a thing.
    fn own_name(&self, of: &Subject) -> Option<&str> {
        self.names.iter().find(|named| named.of == *of).map(|named| &*named.name)
    }

    fn name_of(&self, kind: SubjectKind, id: &str) -> String {
        self.own_name(&Subject::of(kind, id)).map_or_else(|| words(id), str::to_owned)
    }

    /// The ends of a link, or its id where another has the same ends.
    fn link_name(&self, id: &str) -> String {
        let is_alone = |link: &NetworkLink| {
            let ends = |other: &&NetworkLink| (other.from, other.to) == (link.from, link.to);
            self.links.iter().filter(ends).count() == 1
        };
        let link = self.links.iter().find(|link| link.id == id).filter(|link| is_alone(link));
        link.map_or_else(|| words(id), |link| format!("{} – {}", self.nodes[link.from].name, self.nodes[link.to].name))
    }

    fn node_name(&self, id: &str) -> String {
        self.nodes.iter().find(|node| node.id == id).map_or_else(|| id.to_owned(), |node| node.name.clone())
    }
}

fn words(id: &str) -> String {
    id.replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use crate::words::Subject;

    #[test]
    fn places_have_names_for_people() {
        let network = &synthetic::results(1).catalogue.network;
        for (path, name) in [
            ("node.boyuk-kesik.facility.border", "Böyük Kəsik, border"),
            ("link.aktau-alat.from.alat", "Aktau – Alat, from Alat"),
            ("link.tbilisi-poti", "Tbilisi – Poti"),
            ("pool.flat-wagons", "flat wagons"),
        ] {
            assert_eq!(network.place_name(&Subject::at(path)), name);
        }
    }

    #[test]
    fn parameters_have_names_for_people() {
        let network = &synthetic::results(1).catalogue.network;
        for (path, name) in [
            ("fleet.aktau-alat-feeder.vessels", "Aktau alat feeder: vessels"),
            ("node.boyuk-kesik.facility.border.servers", "Böyük Kəsik, border: servers"),
            ("link.aktau-alat.distance", "Aktau – Alat: distance"),
            ("flow.oil.volume.mean", "Oil: volume mean"),
            ("title", "Title"),
        ] {
            assert_eq!(network.parameter_name(path), name);
        }
    }
}
