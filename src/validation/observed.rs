//! Observed figures, as their file says them.

use super::class::Class;
use super::columns::{band, class, kind};
use super::kind::Kind;
use crate::diagnostic::{Diagnostics, SourceFiles, Span};
use crate::tables::{Columns, Line, RawTable, read};

/// An observed figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The scenario that it is for; none: every scenario.
    pub scenario: Option<String>,
    /// As in the results.
    pub measure: String,
    /// As in the results.
    pub subject: String,
    /// As in the results.
    pub period: String,
    /// The figure.
    pub value: f64,
    /// Its unit, and that of the band.
    pub unit: String,
    /// From where to where it may be, as far as is known.
    pub band: Option<(f64, f64)>,
    /// What it was used for.
    pub class: Class,
    /// What sort of evidence it is, where said.
    pub kind: Option<Kind>,
    /// Who published it.
    pub source: String,
    /// A official, B press, C inference; empty where not said.
    pub grade: String,
    /// What else there is to say.
    pub note: String,
    /// Where measure, subject, period and unit stand in the file.
    pub(super) spans: [Span; 4],
}

/// A file of observed figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Observed {
    /// In the order of the file.
    pub rows: Vec<Observation>,
}

const COLUMNS: Columns = Columns {
    all: &[
        "scenario", "measure", "subject", "period", "value", "unit", "low", "high", "class", "kind", "source", "grade",
        "note",
    ],
    needed: &["measure", "subject", "value", "unit", "class"],
};

impl Observed {
    /// Reads a table; it is added to the sources, for messages.
    ///
    /// # Errors
    /// All that does not fit, each with its place.
    pub fn read(table: &RawTable, sources: &mut SourceFiles) -> Result<Self, Diagnostics> {
        read(table, COLUMNS, sources, observation).map(|rows| Self { rows })
    }

    /// The figures of a scenario: those for it and those for every scenario.
    pub fn of(&self, scenario: &str) -> Vec<Observation> {
        let wanted = |row: &&Observation| row.scenario.as_deref().is_none_or(|name| name == scenario);
        self.rows.iter().filter(wanted).cloned().collect()
    }

    /// The scenarios that rows name, each once.
    pub fn scenarios(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.rows.iter().filter_map(|row| row.scenario.as_deref()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

fn observation(line: Line<'_>, found: &mut Diagnostics) -> Option<Observation> {
    let [measure, subject, unit] = ["measure", "subject", "unit"]
        .map(|column| line.word(column, &format!("a {column} as in measures.csv of a run"), found));
    let (value, class) = (line.number("value", found), class(line, found));
    let value = value.or_else(|| line.lacks("value", "a number such as 45.5", found));
    let (band, kind, grade) = (band(line, value, found), kind(line, found), line.grade(found));
    let spans = ["measure", "subject", "period", "unit"].map(|column| line.span(column).unwrap_or_default());
    Some(Observation {
        scenario: Some(line.text("scenario").to_owned()).filter(|name| !name.is_empty()),
        measure: measure?,
        subject: subject?,
        period: Some(line.text("period").to_owned())
            .filter(|period| !period.is_empty())
            .unwrap_or_else(|| "horizon".to_owned()),
        value: value?,
        unit: unit?,
        band: band?,
        class: class?,
        kind: kind?,
        source: line.text("source").to_owned(),
        grade: grade?,
        note: line.text("note").to_owned(),
        spans,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "scenario,measure,subject,period,value,unit,low,high,class\n";

    fn read(row: &str) -> Result<Observed, String> {
        let mut sources = SourceFiles::default();
        // A row that is a cell longer says its kind.
        let kind = if row.split(',').count() > 9 && !row.contains("484") { ",kind" } else { "" };
        let text = format!("{}{kind}\n{row}\n", HEAD.trim_end());
        Observed::read(&RawTable::csv("seen.csv", text), &mut sources).map_err(|found| found.render(&sources))
    }

    #[test]
    fn a_row_is_read() {
        let observed = read("a,carried,corridor,,12.5,t/yr,10,15,tested").unwrap();
        let row = &observed.rows[0];
        assert_eq!((row.value, row.band, row.period.as_str()), (12.5, Some((10.0, 15.0)), "horizon"));
        assert_eq!((observed.of("a").len(), observed.of("b").len()), (1, 0));
        assert_eq!(observed.scenarios(), ["a"]);
        assert_eq!(read("a,carried,corridor,,1,t/yr,,,input,survey").unwrap().rows[0].kind, Some(Kind::Survey));
        assert_eq!(read(",carried,corridor,,1,t/yr,,,input").unwrap().of("any").len(), 1);
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        for (row, place) in [
            ("a,carried,corridor,,12 kt,t/yr,,,tested", "seen.csv:2:21: error[number]"),
            ("a,carried,corridor,,nan,t/yr,,,tested", "seen.csv:2:21: error[number]"),
            ("a,carried,corridor,,,t/yr,,,tested", "seen.csv:2:21: error[empty]"),
            ("a,,corridor,,1,t/yr,,,tested", "seen.csv:2:3: error[empty]"),
            ("a,carried,corridor,,1,t/yr,2,3,tested", "seen.csv:2:28: error[band]"),
            ("a,carried,corridor,,1,t/yr,,3,tested", "seen.csv:2:28: error[band]"),
            ("a,carried,corridor,,1,t/yr,0,x,tested", "seen.csv:2:30: error[number]"),
            ("a,carried,corridor,,1,t/yr,,,held", "seen.csv:2:30: error[class]"),
            ("a,carried,corridor,,4,484,t/yr,,,tested", "seen.csv:2:1: error[cells]"),
            ("a,carried,corridor,,1,t/yr,,,tested,rumour", "seen.csv:2:37: error[kind]"),
        ] {
            let error = read(row).unwrap_err();
            assert!(error.contains(place) && error.contains("help: "), "{row}: {error}");
            assert_eq!(error.matches("error[").count(), 1, "{error}");
        }
    }

    #[test]
    fn a_wrong_first_line_is_told() {
        for (text, part) in [
            ("", "lacks measure, subject, value, unit, class"),
            ("mesure,subject,value,unit,class\n", "did you mean `measure`?"),
            ("measure;subject;value\n", "lacks unit, class"),
            ("measure;subject,value\n", "one mark stands between all cells"),
            ("measure,measure\n", "twice"),
        ] {
            let mut sources = SourceFiles::default();
            let error = Observed::read(&RawTable::csv("a.csv", text), &mut sources).unwrap_err().render(&sources);
            assert!(error.contains(part) && error.contains("a.csv:1:"), "{error}");
        }
    }
}
