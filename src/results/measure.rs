//! One figure of the results, named as people name it: `section.altynkol-poti P95`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::frame::RowKey;
use super::record::Record;
use super::summary::{Results, Summary, SummaryRow};
use crate::diagnostic::near;

/// Which number of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Statistic {
    /// The mean of the replications' values.
    #[serde(rename = "mean")]
    Mean,
    /// The 5th percentile, of what the row's `over` says.
    P5,
    /// The median.
    P50,
    /// The 90th percentile.
    P90,
    /// The 95th percentile.
    P95,
}

impl Statistic {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Mean, Self::P5, Self::P50, Self::P90, Self::P95];

    /// The word in a reference and in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::P5 => "P5",
            Self::P50 => "P50",
            Self::P90 => "P90",
            Self::P95 => "P95",
        }
    }

    /// Its place among the [`super::PERCENTILES`]; none of the mean.
    pub(crate) const fn percentile(self) -> Option<usize> {
        match self {
            Self::Mean => None,
            Self::P5 => Some(0),
            Self::P50 => Some(1),
            Self::P90 => Some(2),
            Self::P95 => Some(3),
        }
    }
}

/// A number with the half-width of its interval, where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
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

/// What a subject is asked for where no measure is named, by the beginning of the subject.
const TIMES: [(&str, &str); 4] =
    [("section.", "section_time"), ("node.", "dwell_time"), ("link.", "crossing_time"), ("", "transit_time")];
/// How many names a message gives.
const MOST_NAMES: usize = 8;
/// How many near names a message gives.
const MOST_NEAR: usize = 3;

impl MeasureRef {
    /// Finds the figure that a text names among the rows of a [`super::Frame`], which a layout has before anything is
    /// simulated.
    ///
    /// # Errors
    /// A word that is no measure, subject, period, unit or statistic of these rows, with the near ones; two words of one
    /// kind; words that each are known but not together.
    pub fn parse(text: &str, rows: &[RowKey]) -> Result<Self, MeasureError> {
        // Parts of a time by place and cause are rows of their own without a name.
        let whole: Vec<&RowKey> = rows.iter().filter(|row| row.place.is_empty() && row.cause.is_empty()).collect();
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
        let period = words.period.unwrap_or("horizon");
        let during = narrowed(&about, |row| &row.period, period, text)?;
        let fitting = match words.unit {
            Some(unit) => narrowed(&during, |row| &row.unit, unit, text)?,
            None => during,
        };
        let key = fitting[0].clone();
        Ok(Self { key, statistic: words.statistic.unwrap_or(Statistic::Mean) })
    }

    /// What is looked at where nothing is asked for: the corridor's throughput, in tonnes and in TEU, and the median and
    /// 95th percentile of the time of each section, or of all where there are no sections.
    pub fn headline(rows: &[RowKey]) -> Vec<Self> {
        let whole = |measure: &str, subject: &str| {
            let fits = |row: &&RowKey| {
                row.measure == measure
                    && row.subject == subject
                    && row.period == "horizon"
                    && row.place.is_empty()
                    && row.cause.is_empty()
            };
            rows.iter().find(fits).cloned()
        };
        let traffic = ["throughput", "throughput_teu"].into_iter().filter_map(|measure| whole(measure, "corridor"));
        let mut all: Vec<Self> = traffic.map(|key| Self { key, statistic: Statistic::Mean }).collect();
        let is_section = |row: &&RowKey| row.measure == "section_time" && row.period == "horizon";
        let mut times: Vec<RowKey> = rows.iter().filter(is_section).cloned().collect();
        if times.is_empty() {
            times.extend(whole("transit_time", "corridor"));
        }
        for key in times {
            all.extend([Statistic::P50, Statistic::P95].map(|statistic| Self { key: key.clone(), statistic }));
        }
        all
    }

    /// The figure in a summary; none where it is not known.
    pub fn of(&self, summary: &Summary) -> Option<Figure> {
        summary.rows.iter().find(|row| row.key == self.key).and_then(|row| self.of_row(row))
    }

    /// The figure of results, without computing all others.
    pub fn of_results(&self, results: &Results) -> Option<Figure> {
        self.of_row(&results.row_of(&self.key)?)
    }

    /// The figure of its own row.
    fn of_row(&self, row: &SummaryRow) -> Option<Figure> {
        let (value, half_width) = match self.statistic {
            Statistic::Mean => (row.mean, row.half_width),
            Statistic::P5 => (row.p5, None),
            Statistic::P50 => (row.p50, row.p50_half_width),
            Statistic::P90 => (row.p90, row.p90_half_width),
            Statistic::P95 => (row.p95, row.p95_half_width),
        };
        value.map(|value| Figure { value, half_width })
    }

    /// What each replication alone says: its value, or for a percentile over shipments the exact one of its own shipments.
    /// None where a replication has no value.
    pub fn values(&self, results: &Results) -> Vec<Option<f64>> {
        let Some(index) = results.index_of(&self.key) else {
            return vec![None; results.records.len()];
        };
        let percentile = self.statistic.percentile().zip(results.slot_of(index));
        let of = |record: &Record| match percentile {
            Some((place, slot)) => record.own[slot].percentiles[place],
            None => record.values.get(index),
        };
        results.records.iter().map(|record| Some(of(record)).filter(|value| !value.is_nan())).collect()
    }

    /// For narrow columns: the id of the subject with the statistic where it is a percentile of a time, else the
    /// measure.
    pub fn short(&self) -> String {
        let key = &self.key;
        let id = key.subject.split_once('.').map_or(key.subject.as_str(), |(_, id)| id);
        let is_time = TIMES.iter().any(|(_, measure)| *measure == key.measure);
        let mut name = match (is_time, key.subject.as_str()) {
            (true, _) => id.to_owned(),
            (false, "corridor") => key.measure.replace('_', " "),
            (false, _) => format!("{} {id}", key.measure.replace('_', " ")),
        };
        if key.period != "horizon" {
            name = format!("{name} {}", key.period);
        }
        if self.statistic != Statistic::Mean || is_time { format!("{name} {}", self.statistic.word()) } else { name }
    }
}

impl fmt::Display for MeasureRef {
    /// A text that names the figure, but for the unit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key.measure, self.key.subject)?;
        if self.key.period != "horizon" {
            write!(f, " {}", self.key.period)?;
        }
        if self.statistic == Statistic::Mean { Ok(()) } else { write!(f, " {}", self.statistic.word()) }
    }
}

/// The words of a reference by their kinds.
#[derive(Default)]
struct Words<'t> {
    measure: Option<&'t str>,
    subject: Option<&'t str>,
    period: Option<&'t str>,
    unit: Option<&'t str>,
    statistic: Option<Statistic>,
}

impl<'t> Words<'t> {
    fn take(&mut self, word: &'t str, rows: &[&RowKey], text: &str) -> Result<(), MeasureError> {
        if let Some(statistic) = Statistic::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word)) {
            return put(&mut self.statistic, statistic, "statistics", text);
        }
        let is = |field: fn(&RowKey) -> &str| rows.iter().any(|row| field(row) == word);
        if is(|row| &row.measure) {
            put(&mut self.measure, word, "measures", text)
        } else if is(|row| &row.subject) {
            put(&mut self.subject, word, "subjects", text)
        } else if is(|row| &row.period) {
            put(&mut self.period, word, "periods", text)
        } else if is(|row| &row.unit) {
            put(&mut self.unit, word, "units", text)
        } else {
            Err(unknown(word, rows, text))
        }
    }

    fn measure_among<'r>(&self, rows: &[&'r RowKey], text: &str) -> Result<&'r str, MeasureError>
    where
        't: 'r,
    {
        if let Some(measure) = self.measure {
            return Ok(measure);
        }
        let Some(subject) = self.subject else {
            return Err(MeasureError(format!(
                "`{text}` names no measure: it wants one, such as `throughput` or `section.ID P95`"
            )));
        };
        let time = TIMES.iter().find(|(beginning, _)| subject.starts_with(beginning)).map_or("", |time| time.1);
        let of_subject = distinct(rows.iter().filter(|row| row.subject == subject).map(|row| row.measure.as_str()));
        of_subject.iter().find(|measure| **measure == time).copied().ok_or_else(|| {
            MeasureError(format!("`{text}` does not say what of `{subject}`: there is {}", listed(&of_subject)))
        })
    }

    fn subject_among<'r>(&self, rows: &[&'r RowKey], measure: &str, text: &str) -> Result<&'r str, MeasureError>
    where
        't: 'r,
    {
        if let Some(subject) = self.subject {
            return Ok(subject);
        }
        let subjects = distinct(rows.iter().filter(|row| row.measure == measure).map(|row| row.subject.as_str()));
        match subjects[..] {
            [only] => Ok(only),
            _ => subjects.iter().find(|subject| **subject == "corridor").copied().ok_or_else(|| {
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

/// The rows with a word in a field.
fn narrowed<'r>(
    rows: &[&'r RowKey],
    field: fn(&RowKey) -> &str,
    word: &str,
    text: &str,
) -> Result<Vec<&'r RowKey>, MeasureError> {
    let fitting: Vec<&RowKey> = rows.iter().copied().filter(|row| field(row) == word).collect();
    if fitting.is_empty() {
        let known = distinct(rows.iter().map(|row| field(row)));
        return Err(MeasureError(format!("`{text}`: there is none for `{word}`, but for {}", listed(&known))));
    }
    Ok(fitting)
}

fn unknown(word: &str, rows: &[&RowKey], text: &str) -> MeasureError {
    let fields: [fn(&RowKey) -> &str; 4] = [|row| &row.measure, |row| &row.subject, |row| &row.period, |row| &row.unit];
    let known = distinct(fields.iter().flat_map(|field| rows.iter().map(|row| field(row))));
    let statistics = Statistic::ALL.map(Statistic::word);
    let close = near(word, known.iter().chain(&statistics).copied(), MOST_NEAR);
    let help = if close.is_empty() {
        format!("measures are {}", listed(&distinct(rows.iter().map(|row| row.measure.as_str()))))
    } else {
        format!("did you mean {}?", quoted(&close, " or "))
    };
    MeasureError(format!(
        "`{word}` in `{text}` is no measure, subject, statistic, period or unit of the results; {help}"
    ))
}

/// Each text once, in the order of first appearance.
fn distinct<'r>(texts: impl Iterator<Item = &'r str>) -> Vec<&'r str> {
    texts.collect::<indexmap::IndexSet<&str>>().into_iter().collect()
}

fn quoted(words: &[&str], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

fn listed(words: &[&str]) -> String {
    let shown = quoted(&words[..words.len().min(MOST_NAMES)], ", ");
    if words.len() > MOST_NAMES { format!("{shown} and {} more", words.len() - MOST_NAMES) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;

    fn parsed(text: &str) -> Result<MeasureRef, String> {
        MeasureRef::parse(text, &synthetic::results(1).frame.rows).map_err(|error| error.to_string())
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
        assert_eq!(parsed("corridor P50").unwrap().key.measure, "transit_time");
        assert_eq!(parsed("carried cargo.metals wagon/yr").unwrap().key.unit, "wagon/yr");
        assert_eq!(parsed("carried cargo.metals").unwrap().key.unit, "t/yr");
        assert_eq!(parsed("carried 2024-03").unwrap().key.period, "2024-03");
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
        let (rows, summary) = (&results.frame.rows, results.summary());
        let p95 = MeasureRef::parse("section.altynkol-poti P95", rows).unwrap();
        let row = summary.row("section_time", "section.altynkol-poti").unwrap();
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
        let headline = MeasureRef::headline(&synthetic::results(1).frame.rows);
        let names: Vec<String> = headline.iter().map(MeasureRef::short).collect();
        assert_eq!(names[..3], ["throughput", "throughput teu", "altynkol-poti P50"]);
        assert_eq!(names.len() % 2, 0);
    }
}
