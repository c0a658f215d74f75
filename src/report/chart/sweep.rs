//! The charts of a sweep.

use super::canvas::Canvas;
use super::curve::{Curve, Curves};
use super::heat::{Cell, Heat, height_of, shades};
use super::picture::{HEIGHT, Plot};
use crate::analysis::sweep::{Sweep, Vary};
use crate::report::phrases::ChartPhrases;
use crate::report::round_to;
use crate::results::MeasureRef;
use crate::text::capital;
use crate::words::{FixedUnit, Measure, Unit};

/// A chart of a sweep: of one measure, or of the percentiles of one.
pub(super) struct OfSweep<'a> {
    sweep: &'a Sweep,
    /// The places of the measures.
    measures: Vec<usize>,
}

/// The charts with the names of their files.
pub(super) fn charts(sweep: &Sweep) -> Vec<(String, OfSweep<'_>)> {
    let is_heat = sweep.grid.varies.len() == 2;
    let row = |place: usize| &sweep.measures[place].key;
    let places = 0..sweep.measures.len();
    let alone = |place: &usize| is_heat || (0..*place).all(|before| row(before) != row(*place));
    let chart = |place: usize| {
        let same = || (place..sweep.measures.len()).filter(|other| row(*other) == row(place)).collect();
        let measures = if is_heat { vec![place] } else { same() };
        (file_name(&sweep.measures[place], is_heat), OfSweep { sweep, measures })
    };
    places.filter(alone).map(chart).collect()
}

impl Plot for OfSweep<'_> {
    fn height(&self) -> i32 {
        match &self.sweep.grid.varies[..] {
            [down, _] => height_of(down.values().len()),
            _ => HEIGHT,
        }
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        match &self.sweep.grid.varies[..] {
            [down, across] => self.heat(canvas, down, across).plot_on(canvas),
            varies => self.curves(canvas, &varies[0]).plot_on(canvas),
        }
    }
}

impl OfSweep<'_> {
    fn measure(&self) -> &MeasureRef {
        &self.sweep.measures[self.measures[0]]
    }

    /// What is shown: the measure, and of what.
    fn title(&self, canvas: &Canvas<'_>) -> String {
        let key = &self.measure().key;
        let measure = capital(canvas.word(key.measure));
        if key.subject.is_corridor() {
            return measure;
        }
        format!("{measure}, {}", self.sweep.network.subject_name(&key.subject))
    }

    fn curves(&self, canvas: &Canvas<'_>, vary: &Vary) -> Curves {
        let (sweep, phrases) = (self.sweep, canvas.phrases());
        let curve = |&place: &usize| Curve {
            name: sweep.measures[place].statistic.word().to_owned(),
            figures: sweep.points.iter().map(|point| point.figures[place]).collect(),
            paired: sweep.points.iter().map(|point| point.differences[place]?.half_width).collect(),
        };
        let reference = reference(sweep, vary).unwrap_or(phrases.the_reference);
        Curves {
            manifest: sweep.manifest.clone(),
            title: self.title(canvas),
            how: phrases.curve_how.replace("REFERENCE", reference),
            axes: (axis(sweep, vary, canvas), unit(&self.measure().key.unit, phrases)),
            points: points(sweep, vary),
            lines: self.measures.iter().map(curve).collect(),
        }
    }

    fn heat(&self, canvas: &Canvas<'_>, down: &Vary, across: &Vary) -> Heat {
        let (sweep, of, measure) = (self.sweep, self.measure(), self.measures[0]);
        let figure = |row: usize, column: usize| sweep.point(&[row, column]).and_then(|point| point.figures[measure]);
        let (rows, columns) = (down.values().len(), across.values().len());
        let figures: Vec<_> = (0..rows * columns).map(|cell| figure(cell / columns, cell % columns)).collect();
        let shades = shades(&figures.iter().map(|figure| figure.map(|figure| figure.value)).collect::<Vec<_>>());
        let cell = |place: usize| {
            let (figure, shade) = (figures[place]?, shades[place]?);
            Some(Cell { shade, text: round_to(figure.value, figure.half_width).to_string() })
        };
        let texts = |vary: &Vary| vary.values().iter().map(|value| value.trim_matches('"').to_owned()).collect();
        let unit = unit(&of.key.unit, canvas.phrases());
        Heat {
            manifest: sweep.manifest.clone(),
            title: format!("{}, {}, {unit}", self.title(canvas), canvas.word(of.statistic)),
            how: canvas.phrases().heat_how.to_owned(),
            names: (axis(sweep, down, canvas), axis(sweep, across, canvas)),
            rows: texts(down),
            columns: texts(across),
            cells: (0..rows).map(|row| (0..columns).map(|column| cell(row * columns + column)).collect()).collect(),
        }
    }
}

/// The value that differences are taken to.
fn reference<'a>(sweep: &Sweep, vary: &'a Vary) -> Option<&'a str> {
    let place = sweep.grid.places().get(sweep.grid.reference).map_or(0, |place| place[0]);
    vary.values().get(place).map(|value| value.trim_matches('"'))
}

/// The finished points: at their numbers, or one after another where the values are no numbers.
fn points(sweep: &Sweep, vary: &Vary) -> Vec<(f64, String)> {
    let numbers = vary.numbers().map(|numbers| numbers.0);
    let point = |place: usize| {
        let at = numbers.as_ref().map_or(place as f64, |numbers| numbers[place]);
        (at, vary.values()[place].trim_matches('"').to_owned())
    };
    sweep.points.iter().map(|done| point(done.place[0])).collect()
}

/// The parameter, with what is done to it where it is not set.
fn axis(sweep: &Sweep, vary: &Vary, canvas: &Canvas<'_>) -> String {
    let phrases = canvas.phrases();
    let name = sweep.network.parameter_name(vary.path());
    let name = in_language(&name, phrases);
    match vary.name().chars().next_back() {
        Some('*') => format!("{name}, {}", phrases.factor),
        Some('+') => format!("{name}, {}", phrases.addend),
        _ => name,
    }
}

/// A parameter whose last words, what it is of its thing, are in the language of the picture as far as it has them.
pub(super) fn in_language(name: &str, phrases: &ChartPhrases) -> String {
    let keys = [
        ("vessels", phrases.key_of_vessels),
        ("servers", phrases.key_of_servers),
        ("volume", phrases.key_of_volume),
        ("time", phrases.key_of_time),
        ("capacity", phrases.key_of_capacity),
        ("number", phrases.key_of_number),
    ];
    let Some((thing, key)) = name.rsplit_once(": ") else { return name.to_owned() };
    let key = key.strip_suffix(" mean").unwrap_or(key);
    let known = keys.iter().find(|(word, _)| *word == key).map_or(key, |(_, name)| name);
    format!("{thing}: {known}")
}

fn unit(unit: &Unit, phrases: &ChartPhrases) -> String {
    match unit {
        Unit::Fixed(FixedUnit::Days) => phrases.column_days.to_owned(),
        Unit::Fixed(FixedUnit::Hours) => phrases.hours_axis.to_owned(),
        Unit::Fixed(FixedUnit::One) => phrases.share_or_number.to_owned(),
        other => other.to_string(),
    }
}

/// The subject without its kind.
fn id(of: &MeasureRef) -> &str {
    of.key.subject.id()
}

/// `section-time-altynkol-poti`, with the statistic where each has its own chart.
fn file_name(of: &MeasureRef, with_statistic: bool) -> String {
    let mut parts = vec![of.key.measure.to_string(), id(of).to_owned()];
    if !of.key.period.is_horizon() {
        parts.push(of.key.period.to_string());
    }
    if with_statistic {
        parts.push(of.statistic.to_string());
    }
    // Two units of one measure are two charts.
    if of.key.measure == Measure::Carried || of.key.measure == Measure::Offered {
        parts.push(of.key.unit.to_string());
    }
    crate::report::file_name(&parts.join("-")).to_lowercase()
}
