//! `subjects.csv` and `periods.csv`: what subjects and periods of the measures are, to be joined with them.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::sheet::{Sheet, column, sheet};
use crate::results::{Network, NetworkLink, NetworkNode, Summary};
use crate::words::{Period, Subject, SubjectKind};

/// What a subject is.
struct About<'a> {
    subject: &'a Subject,
    name: String,
    node: Option<&'a NetworkNode>,
    link: Option<&'a NetworkLink>,
    ends: Option<(&'a str, &'a str)>,
}

/// Each subject of the measures, with its name and where it is.
pub(super) fn subjects(summary: &Summary) -> Box<dyn Sheet + '_> {
    let network = &summary.network;
    let all: BTreeSet<&Subject> =
        summary.rows.iter().flat_map(|row| [Some(&row.key.subject), row.key.place.as_ref()]).flatten().collect();
    let columns = vec![
        column("subject", "", "As in the measures, also of places of times.", |about: &About<'_>| {
            about.subject.as_str().into()
        }),
        column("kind", "", "What kind of thing it is.", |about: &About<'_>| about.subject.kind().word().into()),
        column("name", "", "Its name for people.", |about: &About<'_>| about.name.clone().into()),
        column(
            "country",
            "",
            "Country of a node, as the scenario writes it: ISO 3166-1 alpha-2.",
            |about: &About<'_>| about.node.and_then(|node| node.country.as_deref()).into(),
        ),
        column("locode", "", "UN/LOCODE of a node.", |about: &About<'_>| {
            about.node.and_then(|node| node.locode.as_deref()).into()
        }),
        column("latitude", "°", "Degrees north of a node.", |about: &About<'_>| position(about).map(|at| at.0).into()),
        column("longitude", "°", "Degrees east of a node.", |about: &About<'_>| position(about).map(|at| at.1).into()),
        column("from", "", "Node at which a link or section begins.", |about: &About<'_>| {
            about.ends.map(|ends| ends.0).into()
        }),
        column("to", "", "Node at which it ends.", |about: &About<'_>| about.ends.map(|ends| ends.1).into()),
        column("mode", "", "Of a link: rail, sea, road, pipeline.", |about: &About<'_>| {
            about.link.map(|link| link.mode.as_str()).into()
        }),
        column("length_km", "km", "Length of a link.", |about: &About<'_>| {
            about.link.and_then(|link| link.length_km).into()
        }),
    ];
    sheet("subjects.csv", columns, all.into_iter().map(move |subject| about(network, subject)))
}

fn position(about: &About<'_>) -> Option<(f64, f64)> {
    about.node?.position
}

fn about<'a>(network: &'a Network, subject: &'a Subject) -> About<'a> {
    let first = subject.id().split('.').next().unwrap_or_default();
    let node_at = |place: usize| network.nodes.get(place).map(|node| node.id.as_str());
    let is = |kind| subject.is(kind);
    let link = network.links.iter().find(|link| is(SubjectKind::Link) && link.id == first);
    let section = network.sections.iter().find(|section| is(SubjectKind::Section) && section.id == first);
    let ends = link.map(|link| (link.from, link.to)).or_else(|| section.map(|section| (section.from, section.to)));
    let name = if is(SubjectKind::Section) { network.section_name(subject) } else { network.place_name(subject) };
    About {
        subject,
        name,
        node: network.nodes.iter().find(|node| is(SubjectKind::Node) && node.id == first),
        link,
        ends: ends.and_then(|(from, to)| node_at(from).zip(node_at(to))),
    }
}

/// A stretch of dates of a period; a named period has one for each run of its months.
struct Stretch {
    period: String,
    kind: &'static str,
    from: Date,
    until: Date,
}

/// Each period of the measures with its dates, within the horizon.
pub(super) fn periods(summary: &Summary) -> Box<dyn Sheet + '_> {
    let columns = vec![
        column("period", "", "As in the measures.", |one: &Stretch| one.period.clone().into()),
        column("kind", "", "horizon, year, month or named.", |one: &Stretch| one.kind.into()),
        column("from", "", "First day.", |one: &Stretch| one.from.to_string().into()),
        column("until", "", "Day after the last.", |one: &Stretch| one.until.to_string().into()),
    ];
    sheet("periods.csv", columns, stretches(summary))
}

fn stretches(summary: &Summary) -> Vec<Stretch> {
    let window = &summary.manifest.run.window;
    let start: Option<Date> = window.start.get(..10).and_then(|date| date.parse().ok());
    let Some(start) = start else { return Vec::new() };
    let end = start.checked_add((window.horizon_d.ceil() as i64).days()).unwrap_or(Date::MAX);
    let mut seen = Vec::new();
    for row in &summary.rows {
        if !seen.contains(&&row.key.period) {
            seen.push(&row.key.period);
        }
    }
    let horizon = Horizon { start, end };
    seen.into_iter().flat_map(|period| horizon.stretches(period, summary)).collect()
}

/// What the measures are of.
#[derive(Clone, Copy)]
struct Horizon {
    start: Date,
    end: Date,
}

impl Horizon {
    fn stretches(self, period: &Period, summary: &Summary) -> Vec<Stretch> {
        let stretch = |kind, from: Date, until: Date| Stretch { period: period.text().into_owned(), kind, from, until };
        match period {
            Period::Horizon => vec![stretch("horizon", self.start, self.end)],
            Period::Year(year) => {
                let dates = first_of(*year, 1).zip(first_of(*year + 1, 1));
                dates.map(|(from, until)| stretch("year", from, until)).into_iter().collect()
            }
            Period::Month(year, month) => {
                month_of(*year, *month).map(|(from, until)| stretch("month", from, until)).into_iter().collect()
            }
            Period::Named(name) => {
                let named = summary.network.periods.iter().find(|one| *one.id == **name);
                let months = named.map(|one| one.months.as_slice()).unwrap_or_default();
                self.runs(months).into_iter().map(|(from, until)| stretch("named", from, until)).collect()
            }
        }
    }

    /// Runs of months that follow each other, within the horizon.
    fn runs(self, months: &[u8]) -> Vec<(Date, Date)> {
        let mut runs: Vec<(Date, Date)> = Vec::new();
        let mut at = self.start.first_of_month();
        while at < self.end {
            let Some((from, until)) = month_of(at.year(), at.month() as u8) else { break };
            let (from_within, until_within) = (from.max(self.start), until.min(self.end));
            if months.contains(&(at.month() as u8)) {
                match runs.last_mut().filter(|last| last.1 == from_within) {
                    Some(last) => last.1 = until_within,
                    None => runs.push((from_within, until_within)),
                }
            }
            at = until;
        }
        runs
    }
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

/// The first day of a month and that of the next.
fn month_of(year: i16, month: u8) -> Option<(Date, Date)> {
    let first = first_of(year, i8::try_from(month).ok()?)?;
    Some((first, first.checked_add(1.month()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    fn text(sheet: &dyn Sheet) -> String {
        let mut out = Vec::new();
        sheet.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn subjects_have_names_countries_and_positions() {
        let summary = synthetic::results(2).summary();
        let text = text(&*subjects(&summary));
        assert!(
            text.starts_with("subject,kind,name,country,locode,latitude,longitude,from,to,mode,length_km\n"),
            "{text}"
        );
        assert!(text.contains("\nnode.aktau,node,Aktau,KZ,,43.6,51.2,,,,"), "{text}");
        assert!(text.contains("\nsection.altynkol-poti,section,"), "{text}");
        let subjects = summary.rows.iter().map(|row| row.key.subject.as_str()).collect::<BTreeSet<_>>();
        assert!(subjects.iter().all(|subject| text.contains(&format!("\n{subject},"))), "{text}");
    }

    #[test]
    fn periods_have_dates_and_winter_has_two_runs() {
        let summary = synthetic::results(2).summary();
        let text = text(&*periods(&summary));
        assert!(text.contains("horizon,horizon,2024-01-01,2024-12-31\n"), "{text}");
        assert!(text.contains("2024-02,month,2024-02-01,2024-03-01\n"), "{text}");
        assert!(text.contains("winter,named,2024-01-01,2024-03-01\nwinter,named,2024-12-01,2024-12-31\n"), "{text}");
    }
}
