//! What the numbers of a record are.

use serde::{Deserialize, Serialize};

/// Of what `sd` and the percentiles of a row are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Over {
    /// Of all shipments pooled.
    Shipments,
    /// Of replications.
    Years,
}

impl Over {
    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shipments => "shipments",
            Self::Years => "years",
        }
    }
}

/// What a row is about. Fields that do not apply are empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowKey {
    /// `throughput`, `transit_time`…
    pub measure: String,
    /// `corridor`, `flow.ID`, `section.ID`…
    pub subject: String,
    /// `horizon`, a year, a month such as `2024-03`, or a named period.
    pub period: String,
    /// Where: a parameter path.
    pub place: String,
    /// Why: a word of the closed list of causes.
    pub cause: String,
    /// The unit; `1` for shares and counts of things present.
    pub unit: String,
    /// Of what the spread is.
    pub over: Over,
}

impl RowKey {
    /// A row over the horizon whose spread is that between years.
    pub(super) fn new(measure: &str, subject: &str, unit: &str) -> Self {
        Self {
            measure: measure.to_owned(),
            subject: subject.to_owned(),
            period: "horizon".to_owned(),
            place: String::new(),
            cause: String::new(),
            unit: unit.to_owned(),
            over: Over::Years,
        }
    }

    /// Whether it is a measure that studies are about: the time of a section, or tonnes carried by the corridor, over the
    /// horizon.
    pub fn is_headline(&self) -> bool {
        let is_whole = self.period == "horizon" && self.place.is_empty() && self.cause.is_empty();
        is_whole && (self.measure == "section_time" || self.measure == "throughput" && self.subject == "corridor")
    }

    /// Whether it is of a month such as `2024-03`.
    pub fn is_of_month(&self) -> bool {
        self.period.len() == 7 && self.period.as_bytes()[4] == b'-'
    }

    pub(super) fn during(mut self, period: &str) -> Self {
        period.clone_into(&mut self.period);
        self
    }

    pub(super) fn at(mut self, place: &str) -> Self {
        place.clone_into(&mut self.place);
        self
    }

    pub(super) fn because(mut self, cause: &str) -> Self {
        cause.clone_into(&mut self.cause);
        self
    }

    pub(super) fn over_shipments(mut self) -> Self {
        self.over = Over::Shipments;
        self
    }
}

/// A stored histogram of durations in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesKey {
    /// As in the rows.
    pub measure: String,
    /// As in the rows.
    pub subject: String,
    /// As in the rows.
    pub period: String,
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
pub struct Frame {
    /// By index of [`super::Record::values`].
    pub rows: Vec<RowKey>,
    /// By index of [`super::Record::own`].
    pub pooled: Vec<Pooled>,
    /// By index of [`super::Record::histograms`].
    pub series: Vec<SeriesKey>,
    /// Names and positions.
    pub network: Network,
}

impl Frame {
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

impl Network {
    /// The name for people of a place given by its parameter path: `node.aktau.facility.crane` is `Aktau, crane`.
    pub fn place_name(&self, path: &str) -> String {
        let parts: Vec<&str> = path.split('.').collect();
        match parts.as_slice() {
            ["node", node] => self.node_name(node),
            ["node", node, _, thing, ..] => format!("{}, {}", self.node_name(node), words(thing)),
            ["link", link, "from", node] => format!("{}, from {}", self.link_name(link), self.node_name(node)),
            ["link", link] => self.link_name(link),
            ["pool" | "fleet", thing, ..] => words(thing),
            _ => path.to_owned(),
        }
    }

    /// The name for people of a section given by its subject: its ends, or its id where another has the same ends.
    pub fn section_name(&self, subject: &str) -> String {
        let id = subject.strip_prefix("section.").unwrap_or(subject);
        let ends = |section: &NetworkSection| (section.from, section.to);
        let section = self.sections.iter().find(|section| section.id == id);
        let is_alone =
            |section: &&NetworkSection| self.sections.iter().filter(|o| ends(o) == ends(section)).count() == 1;
        section.filter(is_alone).map_or_else(
            || id.to_owned(),
            |section| format!("{}–{}", self.nodes[section.from].name, self.nodes[section.to].name),
        )
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

    #[test]
    fn places_have_names_for_people() {
        let network = &synthetic::results(1).frame.network;
        for (path, name) in [
            ("node.boyuk-kesik.facility.border", "Böyük Kəsik, border"),
            ("link.aktau-alat.from.alat", "Aktau – Alat, from Alat"),
            ("link.tbilisi-poti", "Tbilisi – Poti"),
            ("pool.flat-wagons", "flat wagons"),
        ] {
            assert_eq!(network.place_name(path), name);
        }
    }
}
