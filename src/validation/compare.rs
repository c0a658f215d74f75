//! Simulated beside observed.

use crate::words::{Measure, Period, Subject};
use serde::{Deserialize, Serialize};

use super::assign::Assigned;
use super::class::Class;
use super::kind::Kind;
use super::observed::Observation;
use super::score::{Pair, Score};
use super::times::ValidatedTime;
use crate::results::{Manifest, Summary};

/// A figure, observed and simulated, both in the unit of the observed one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValidatedFigure {
    /// As in the results.
    pub measure: Measure,
    /// As in the results.
    pub subject: Subject,
    /// As in the results.
    pub period: Period,
    /// The unit of all values.
    pub unit: String,
    /// What the observed figure was used for.
    pub class: Class,
    /// What sort of evidence it is, where said.
    pub kind: Option<Kind>,
    /// As observed.
    pub observed: f64,
    /// Lower end of the observed band.
    pub low: Option<f64>,
    /// Upper end of it.
    pub high: Option<f64>,
    /// Mean of the replications; `None` where nothing of the kind happened.
    pub simulated: Option<f64>,
    /// Half-width of its interval.
    pub half_width: Option<f64>,
    /// (simulated − observed) / |observed|; `None` for an observed 0.
    pub relative_error: Option<f64>,
    /// Whether the simulated value lies in the band, where there is one.
    pub in_band: Option<bool>,
    /// Who published the observed figure.
    pub source: String,
    /// A official, B press, C inference.
    pub grade: String,
    /// What else there is to say.
    pub note: String,
}

impl ValidatedFigure {
    fn of(assigned: &Assigned, summary: &Summary) -> Self {
        let Assigned { observation, row, factor } = assigned;
        let Observation { unit, value, band, class, kind, source, grade, note, .. } = observation;
        let found = summary.rows.iter().find(|found| found.key == *row);
        let scaled = |value: Option<f64>| value.map(|value| value * factor);
        let simulated = scaled(found.and_then(|row| row.mean));
        let mut figure = Self {
            measure: row.measure,
            subject: row.subject.clone(),
            period: row.period.clone(),
            unit: unit.clone(),
            class: *class,
            kind: *kind,
            observed: *value,
            low: band.map(|band| band.0),
            high: band.map(|band| band.1),
            simulated,
            half_width: scaled(found.and_then(|row| row.half_width)),
            relative_error: None,
            in_band: band.zip(simulated).map(|((low, high), simulated)| (low..=high).contains(&simulated)),
            source: source.clone(),
            grade: grade.clone(),
            note: note.clone(),
        };
        figure.relative_error = figure.pair().and_then(|pair| pair.relative_error());
        figure
    }

    fn pair(&self) -> Option<Pair> {
        let Self { observed, in_band, .. } = *self;
        self.simulated.map(|simulated| Pair { observed, simulated, is_in_band: in_band })
    }
}

/// The score of one kind of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindScore {
    /// The kind, where the file says it.
    pub kind: Option<Kind>,
    /// Over its tested figures, in one unit or in several.
    #[serde(flatten)]
    pub score: Score,
}

/// A scenario held against what was observed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// What was simulated.
    #[serde(flatten)]
    pub manifest: Manifest,
    /// By class, then in the order of the file.
    pub figures: Vec<ValidatedFigure>,
    /// Over the tested figures that were simulated: first all of them, then by unit where there are several.
    pub scores: Vec<Score>,
    /// The same by kind of evidence; `None` are figures of which the file does not say it.
    pub kinds: Vec<KindScore>,
    /// Observed mean times beside what the simulated ones are made of.
    pub times: Vec<ValidatedTime>,
}

impl Validation {
    /// Compares.
    pub fn of(assigned: &[Assigned], summary: &Summary) -> Self {
        let mut figures: Vec<ValidatedFigure> =
            assigned.iter().map(|assigned| ValidatedFigure::of(assigned, summary)).collect();
        figures.sort_by_key(|figure| figure.class);
        let (scores, kinds) = (scores(&figures), kinds(&figures));
        let times = assigned.iter().filter_map(|assigned| ValidatedTime::of(assigned, summary)).collect();
        Self { manifest: summary.manifest.clone(), figures, scores, kinds, times }
    }

    /// Tested figures that are not in their band.
    pub fn misses(&self) -> impl Iterator<Item = &ValidatedFigure> {
        self.figures.iter().filter(|figure| figure.class == Class::Tested && figure.in_band == Some(false))
    }
}

/// By kind of evidence, as far as there are tested figures of it.
fn kinds(figures: &[ValidatedFigure]) -> Vec<KindScore> {
    let of = |kind: Option<Kind>| {
        let tested = figures.iter().filter(|figure| figure.class == Class::Tested && figure.kind == kind);
        let tested: Vec<&ValidatedFigure> = tested.collect();
        let unit = tested.first().map(|first| first.unit.as_str());
        let unit = unit.filter(|unit| tested.iter().all(|figure| figure.unit == *unit));
        let pairs: Vec<Pair> = tested.iter().filter_map(|figure| figure.pair()).collect();
        (!pairs.is_empty()).then(|| KindScore { kind, score: Score::of(&pairs, unit) })
    };
    Kind::ALL.into_iter().map(Some).chain([None]).filter_map(of).collect()
}

fn scores(figures: &[ValidatedFigure]) -> Vec<Score> {
    let tested = || figures.iter().filter(|figure| figure.class == Class::Tested);
    let mut units: Vec<&str> = Vec::new();
    for figure in tested() {
        if !units.contains(&figure.unit.as_str()) {
            units.push(&figure.unit);
        }
    }
    let of = |unit: Option<&str>| {
        let fits = |figure: &&ValidatedFigure| unit.is_none_or(|unit| figure.unit == unit);
        Score::of(&tested().filter(fits).filter_map(ValidatedFigure::pair).collect::<Vec<_>>(), unit)
    };
    match units.as_slice() {
        [unit] => vec![of(Some(unit))],
        units => std::iter::once(None).chain(units.iter().map(|unit| Some(*unit))).map(of).collect(),
    }
}

#[cfg(test)]
pub(crate) mod synthetic {
    //! A made-up comparison, for tests of writers.
    use super::Validation;
    use crate::diagnostic::SourceFiles;
    use crate::results::synthetic;
    use crate::tables::RawTable;
    use crate::units::{Duration, Timespan};
    use crate::validation::{Observed, assign};

    const ROWS: &str = "\
measure,subject,period,value,unit,low,high,class,kind,source
carried,corridor,horizon,4000000,t/yr,3800000,4200000,input,count,ministry
section_time,section.altynkol-poti,horizon,20,d,18,22,tuned,operator-mean,\"operator, 2024\"
section_time,section.aktau-alat,horizon,5,d,4,6,tested,timetable,press
transit_time,corridor,horizon,400,h,,,tested,timetable,press
carried,cargo.grain,horizon,500000,t/yr,480000,550000,tested,,port
";

    pub(crate) fn validation() -> Validation {
        let results = synthetic::results(5);
        let observed = Observed::read(&RawTable::csv("a.csv", ROWS), &mut SourceFiles::default()).unwrap();
        let year = Timespan { length: Duration::from_days(365.0), years: 1.0 };
        let assigned = assign(observed.of("any"), &results.catalogue.rows, |_| Some(year)).unwrap();
        Validation::of(&assigned, &results.summary())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tested_figures_are_scored_and_units_are_kept_apart() {
        let validation = synthetic::validation();
        let scored: Vec<(Option<&str>, usize)> =
            validation.scores.iter().map(|score| (score.unit.as_deref(), score.n)).collect();
        assert_eq!(scored, [(None, 3), (Some("d"), 1), (Some("h"), 1), (Some("t/yr"), 1)]);
        assert!(validation.scores[0].theil_u1.is_none() && validation.scores[1].theil_u1.is_some());
    }

    #[test]
    fn each_kind_of_evidence_is_scored_by_itself() {
        let validation = synthetic::validation();
        let scored: Vec<(Option<Kind>, usize, Option<&str>)> =
            validation.kinds.iter().map(|one| (one.kind, one.score.n, one.score.unit.as_deref())).collect();
        assert_eq!(scored, [(Some(Kind::Timetable), 2, None), (None, 1, Some("t/yr"))]);
        let missed: Vec<&str> = validation.misses().map(|figure| figure.subject.as_str()).collect();
        let out: Vec<&str> = validation
            .figures
            .iter()
            .filter(|figure| figure.class == Class::Tested && figure.in_band == Some(false))
            .map(|figure| figure.subject.as_str())
            .collect();
        assert_eq!(missed, out);
    }

    #[test]
    fn simulated_values_are_in_the_unit_of_the_observed() {
        let validation = synthetic::validation();
        let summary = crate::results::synthetic::results(5).summary();
        let hours = &validation.figures[3];
        let days = summary.row(Measure::TransitTime, &Subject::corridor()).unwrap().mean.unwrap();
        assert!((hours.simulated.unwrap() / days - 24.0).abs() < 1e-9);
        assert_eq!(hours.in_band, None);
    }
}
