//! One figure of the results, named as people name it: `section.altynkol-poti P95`.

use std::fmt::{self, Display};
use std::hash::Hash;
use std::str::FromStr;

use super::catalogue::{Catalogue, NetworkSection, RowKey};
use super::summary::{Results, Summary, SummaryRow};
use crate::diagnostic::near;
use crate::words::{Language, Measure, Period, Statistic, Subject, SubjectKind, Unit, name};

/// A number with the half-width of its interval, where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// The number, in the unit of its row.
    pub value: f64,
    /// Half the width of its interval at the level of the run.
    pub half_width: Option<f64>,
}

/// One figure of the results: a row, and which number of it.
///
/// As text, its words in any order: a measure, a subject, a statistic (`mean` where none is said), a period (the
/// horizon where none is said), a unit (where a measure is counted in several). A subject alone means its time: of a
/// section `section_time`, of a node `dwell_time`, of a link `crossing_time`, else `transit_time`. A measure alone is
/// of the corridor. `throughput`, `section.altynkol-poti P95`, `carried cargo.grain wagon/yr`,
/// `utilisation node.aktau.facility.crane` are such texts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MeasureRef {
    /// The row.
    pub key: RowKey,
    /// Which number of it.
    pub statistic: Statistic,
}

/// Why a text names no figure of the results, with what would fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MeasureError(String);

/// What a subject is asked for where no measure is named.
fn time_of(subject: &Subject) -> Measure {
    match subject.kind() {
        SubjectKind::Section => Measure::SectionTime,
        SubjectKind::Node => Measure::DwellTime,
        SubjectKind::Link => Measure::CrossingTime,
        _ => Measure::TransitTime,
    }
}

/// How many names a message gives.
const MOST_NAMES: usize = 8;
/// How many near names a message gives.
const MOST_NEAR: usize = 3;

impl MeasureRef {
    /// Finds the figure that a text names among the rows of a [`super::Catalogue`], which a layout has before anything is
    /// simulated.
    ///
    /// # Errors
    /// A word that is no measure, subject, period, unit or statistic of these rows, with the near ones; two words of one
    /// kind; words that each are known but not together.
    pub fn parse(text: &str, rows: &[RowKey]) -> Result<Self, MeasureError> {
        // Parts of a time by place and cause are rows of their own without a name.
        let whole: Vec<&RowKey> = rows.iter().filter(|row| row.place.is_none() && row.cause.is_none()).collect();
        let mut words = Words::default();
        for word in text.split_whitespace() {
            words.take(word, &whole, text)?;
        }
        let measure = words.measure_among(&whole, text)?;
        let subject = words.subject_among(&whole, measure, text)?;
        let about: Vec<&RowKey> =
            whole.into_iter().filter(|row| row.measure == measure && row.subject == subject).collect();
        if about.is_empty() {
            return Err(MeasureError(format!("`{text}`: the results have no `{measure}` of `{subject}`")));
        }
        let period = words.period.unwrap_or(Period::Horizon);
        let during = narrowed(&about, |row| &row.period, &period, text)?;
        let fitting = match words.unit {
            Some(unit) => narrowed(&during, |row| &row.unit, &unit, text)?,
            None => during,
        };
        let key = fitting[0].clone();
        Ok(Self { key, statistic: words.statistic.unwrap_or(Statistic::Mean) })
    }

    /// What is looked at where nothing is asked for: the corridor's throughput, in tonnes and in TEU, and the median and
    /// 95th percentile of the time of each section, or of all where there are no sections.
    pub fn headline(rows: &[RowKey]) -> Vec<Self> {
        let of_corridor = |measure: Measure| {
            let fits = |row: &&RowKey| row.measure == measure && row.subject.is_corridor() && row.is_whole();
            rows.iter().find(fits).cloned()
        };
        let traffic = [Measure::Throughput, Measure::ThroughputTeu].into_iter().filter_map(of_corridor);
        let mut all: Vec<Self> = traffic.map(|key| Self { key, statistic: Statistic::Mean }).collect();
        let is_section = |row: &&RowKey| row.measure == Measure::SectionTime && row.period.is_horizon();
        let mut times: Vec<RowKey> = rows.iter().filter(is_section).cloned().collect();
        if times.is_empty() {
            times.extend(of_corridor(Measure::TransitTime));
        }
        for key in times {
            all.extend([Statistic::P50, Statistic::P95].map(|statistic| Self { key: key.clone(), statistic }));
        }
        all
    }

    /// The figure that answers begin with: that of the scenario's headline section, else tonnes carried; `None` where the
    /// results have neither.
    pub fn headline_of(catalogue: &Catalogue) -> Option<Self> {
        let network = &catalogue.network;
        let named = network.headline_section().map(NetworkSection::subject).zip(network.headline);
        let row = |is_wanted: &dyn Fn(&RowKey) -> bool| {
            catalogue.rows.iter().find(|row| row.is_headline() && is_wanted(row)).cloned()
        };
        let section = named.and_then(|(section, headline)| {
            let key = row(&|row| row.measure == Measure::SectionTime && row.subject == section)?;
            Some(Self { key, statistic: headline.statistic })
        });
        let carried =
            || Some(Self { key: row(&|row| row.measure == Measure::Throughput)?, statistic: Statistic::Mean });
        section.or_else(carried)
    }

    /// The figure in a summary; `None` where it is not known.
    pub fn of(&self, summary: &Summary) -> Option<Estimated> {
        summary.rows.iter().find(|row| row.key == self.key).and_then(|row| self.of_row(row))
    }

    /// The figure of results, without computing all others.
    pub fn of_results(&self, results: &Results) -> Option<Estimated> {
        self.of_row(&results.row_of(&self.key)?)
    }

    /// The figure of its own row.
    fn of_row(&self, row: &SummaryRow) -> Option<Estimated> {
        let (value, half_width) = match self.statistic {
            Statistic::Mean => (row.mean, row.half_width),
            Statistic::P5 => (row.p5, None),
            Statistic::P50 => (row.p50, row.p50_half_width),
            Statistic::P90 => (row.p90, row.p90_half_width),
            Statistic::P95 => (row.p95, row.p95_half_width),
        };
        value.map(|value| Estimated { value, half_width })
    }

    /// What each replication alone says: its value, or for a percentile over shipments the exact one of its own shipments.
    /// None where a replication has no value.
    pub fn values(&self, results: &Results) -> Vec<Option<f64>> {
        let Some(index) = results.index_of(&self.key) else {
            return vec![None; results.records.len()];
        };
        let percentile = self.statistic.percentile().zip(results.slot_of(index));
        let values = match percentile {
            Some((place, slot)) => results.records.own(slot).iter().map(|own| own.percentiles[place]).collect(),
            None => results.records.column(index),
        };
        values.into_iter().map(|value| Some(value).filter(|value| !value.is_nan())).collect()
    }

    /// For narrow columns: the id of the subject with the statistic where it is a percentile of a time, else the
    /// measure.
    pub fn short(&self) -> String {
        let key = &self.key;
        let is_time = key.measure.is_time_of_subject();
        let mut name = match (is_time, key.subject.is_corridor()) {
            (true, _) => key.subject.id().to_owned(),
            (false, true) => name(key.measure, Language::English).to_owned(),
            (false, false) => format!("{} {}", name(key.measure, Language::English), key.subject.id()),
        };
        if !key.period.is_horizon() {
            name = format!("{name} {}", key.period);
        }
        if self.statistic != Statistic::Mean || is_time { format!("{name} {}", self.statistic.word()) } else { name }
    }
}

impl fmt::Display for MeasureRef {
    /// A text that names the figure, but for the unit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key.measure, self.key.subject)?;
        if !self.key.period.is_horizon() {
            write!(f, " {}", self.key.period)?;
        }
        if self.statistic == Statistic::Mean { Ok(()) } else { write!(f, " {}", self.statistic.word()) }
    }
}

/// The words of a reference by their kinds.
#[derive(Default)]
struct Words {
    measure: Option<Measure>,
    subject: Option<Subject>,
    period: Option<Period>,
    unit: Option<Unit>,
    statistic: Option<Statistic>,
}

/// A word as a value that some row has in a field.
fn among<T: FromStr + PartialEq>(word: &str, rows: &[&RowKey], field: fn(&RowKey) -> &T) -> Option<T> {
    word.parse().ok().filter(|value| rows.iter().any(|row| field(row) == value))
}

impl Words {
    fn take(&mut self, word: &str, rows: &[&RowKey], text: &str) -> Result<(), MeasureError> {
        if let Some(statistic) = Statistic::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word)) {
            put(&mut self.statistic, statistic, "statistics", text)
        } else if let Some(measure) = among(word, rows, |row| &row.measure) {
            put(&mut self.measure, measure, "measures", text)
        } else if let Some(subject) = among(word, rows, |row| &row.subject) {
            put(&mut self.subject, subject, "subjects", text)
        } else if let Some(period) = among(word, rows, |row| &row.period) {
            put(&mut self.period, period, "periods", text)
        } else if let Some(unit) = among(word, rows, |row| &row.unit) {
            put(&mut self.unit, unit, "units", text)
        } else {
            Err(unknown(word, rows, text))
        }
    }

    fn measure_among(&self, rows: &[&RowKey], text: &str) -> Result<Measure, MeasureError> {
        if let Some(measure) = self.measure {
            return Ok(measure);
        }
        let Some(subject) = &self.subject else {
            return Err(MeasureError(format!(
                "`{text}` names no measure: it wants one, such as `throughput` or `section.ID P95`"
            )));
        };
        let of_subject = distinct(rows.iter().filter(|row| row.subject == *subject).map(|row| row.measure));
        of_subject.iter().find(|measure| **measure == time_of(subject)).copied().ok_or_else(|| {
            MeasureError(format!("`{text}` does not say what of `{subject}`: there is {}", listed(&of_subject)))
        })
    }

    fn subject_among(&self, rows: &[&RowKey], measure: Measure, text: &str) -> Result<Subject, MeasureError> {
        if let Some(subject) = &self.subject {
            return Ok(subject.clone());
        }
        let subjects = distinct(rows.iter().filter(|row| row.measure == measure).map(|row| &row.subject));
        match subjects[..] {
            [only] => Ok(only.clone()),
            _ => subjects.iter().find(|subject| subject.is_corridor()).copied().cloned().ok_or_else(|| {
                MeasureError(format!("`{text}` does not say of what: `{measure}` is there of {}", listed(&subjects)))
            }),
        }
    }
}

fn put<T>(place: &mut Option<T>, word: T, what: &str, text: &str) -> Result<(), MeasureError> {
    match place.replace(word) {
        None => Ok(()),
        Some(_) => Err(MeasureError(format!("`{text}` names two {what}"))),
    }
}

/// The rows with a value in a field.
fn narrowed<'r, T: Display + Hash + Eq>(
    rows: &[&'r RowKey],
    field: fn(&RowKey) -> &T,
    value: &T,
    text: &str,
) -> Result<Vec<&'r RowKey>, MeasureError> {
    let fitting: Vec<&RowKey> = rows.iter().copied().filter(|row| field(row) == value).collect();
    if fitting.is_empty() {
        let known = distinct(rows.iter().map(|row| field(row)));
        return Err(MeasureError(format!("`{text}`: there is none for `{value}`, but for {}", listed(&known))));
    }
    Ok(fitting)
}

fn unknown(word: &str, rows: &[&RowKey], text: &str) -> MeasureError {
    let measures = distinct(rows.iter().map(|row| row.measure));
    let mut known: Vec<String> = measures.iter().map(ToString::to_string).collect();
    known.extend(distinct(rows.iter().map(|row| &row.subject)).iter().map(ToString::to_string));
    known.extend(distinct(rows.iter().map(|row| &row.period)).iter().map(ToString::to_string));
    known.extend(distinct(rows.iter().map(|row| &row.unit)).iter().map(ToString::to_string));
    known.extend(Statistic::ALL.map(|statistic| statistic.to_string()));
    let close = near(word, known.iter().map(String::as_str), MOST_NEAR);
    let help = if close.is_empty() {
        format!("measures are {}", listed(&measures))
    } else {
        format!("did you mean {}?", quoted(&close, " or "))
    };
    MeasureError(format!(
        "`{word}` in `{text}` is no measure, subject, statistic, period or unit of the results; {help}"
    ))
}

/// Each value once, in the order of first appearance.
fn distinct<T: Hash + Eq>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.collect::<indexmap::IndexSet<T>>().into_iter().collect()
}

fn quoted<T: Display>(words: &[T], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

fn listed<T: Display>(words: &[T]) -> String {
    let shown = quoted(&words[..words.len().min(MOST_NAMES)], ", ");
    if words.len() > MOST_NAMES { format!("{shown} and {} more", words.len() - MOST_NAMES) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;
    use crate::words::FixedUnit;

    fn parsed(text: &str) -> Result<MeasureRef, String> {
        MeasureRef::parse(text, &synthetic::results(1).catalogue.rows).map_err(|error| error.to_string())
    }

    #[test]
    fn words_stand_in_any_order_and_say_the_rest_by_default() {
        let full = "section_time section.altynkol-poti P95";
        for text in
            ["section.altynkol-poti P95", "p95 section.altynkol-poti", full, "P95 horizon d section.altynkol-poti"]
        {
            assert_eq!(parsed(text).unwrap().to_string(), full, "{text}");
        }
        let throughput = parsed("throughput").unwrap();
        assert_eq!((throughput.key.subject.as_str(), throughput.statistic), ("corridor", Statistic::Mean));
        assert_eq!(parsed("corridor P50").unwrap().key.measure, Measure::TransitTime);
        assert_eq!(parsed("carried cargo.metals wagon/yr").unwrap().key.unit, Unit::of_cargo_per_year("wagon"));
        assert_eq!(parsed("carried cargo.metals").unwrap().key.unit, FixedUnit::TonnesPerYear);
        assert_eq!(parsed("carried 2024-03").unwrap().key.period, Period::Month(2024, 3));
    }

    #[test]
    fn a_slip_gets_the_near_word() {
        for (text, part) in [
            ("section.altynkol-poty P95", "did you mean `section.altynkol-poti`"),
            ("throughputs", "did you mean `throughput`"),
            ("throughput corridor section.aktau-alat", "two subjects"),
            ("throughput carried", "two measures"),
            ("section.altynkol-poti P90 P95", "two statistics"),
            ("P95", "names no measure"),
            ("carried cargo.metals TEU/yr", "but for `t/yr`, `wagon/yr`"),
            ("throughput section.aktau-alat", "no `throughput` of `section.aktau-alat`"),
            ("section_time", "does not say of what"),
            ("", "names no measure"),
        ] {
            let error = parsed(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }

    #[test]
    fn figures_are_those_of_the_summary() {
        let results = synthetic::results(6);
        let (rows, summary) = (&results.catalogue.rows, results.summary());
        let p95 = MeasureRef::parse("section.altynkol-poti P95", rows).unwrap();
        let row = summary.row(Measure::SectionTime, &Subject::at("section.altynkol-poti")).unwrap();
        let figure = p95.of(&summary).unwrap();
        assert_eq!((Some(figure.value), figure.half_width), (row.p95, row.p95_half_width));
        assert_eq!(p95.of_results(&results), Some(figure));
        let each = p95.values(&results);
        let near = |value: &Option<f64>| (value.unwrap() / figure.value - 1.0).abs() < 0.2;
        assert!(each.len() == 6 && each.iter().all(near), "{each:?}");
        let carried = MeasureRef::parse("carried", rows).unwrap();
        let values: Vec<f64> = carried.values(&results).into_iter().flatten().collect();
        let mean = values.iter().sum::<f64>() / 6.0;
        assert!((mean / carried.of(&summary).unwrap().value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn headlines_are_traffic_and_sections() {
        let headline = MeasureRef::headline(&synthetic::results(1).catalogue.rows);
        let names: Vec<String> = headline.iter().map(MeasureRef::short).collect();
        assert_eq!(names[..3], ["throughput", "throughput TEU", "altynkol-poti P50"]);
        assert_eq!(names.len() % 2, 0);
    }
}
