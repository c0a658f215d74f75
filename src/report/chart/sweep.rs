//! The charts of a sweep.

use super::curve::{Curve, Curves};
use super::heat::{Cell, Heat, shades};
use crate::analysis::sweep::{Sweep, Vary};
use crate::report::round_to;
use crate::results::MeasureRef;
use crate::text::capital;
use crate::words::{FixedUnit, Language, Measure, Unit, name};

/// A chart of a sweep.
pub(super) enum OfSweep {
    Curve(Curves),
    Heat(Heat),
}

/// The charts with the names of their files.
pub(super) fn charts(sweep: &Sweep) -> Vec<(String, OfSweep)> {
    match &sweep.grid.varies[..] {
        [down, across] => {
            let measures = sweep.measures.iter().enumerate();
            measures.map(|(place, of)| (file_name(of, true), OfSweep::Heat(heat(sweep, down, across, place)))).collect()
        }
        varies => curves(sweep, &varies[0]),
    }
}

/// Percentiles of one row stand in one chart.
fn curves(sweep: &Sweep, vary: &Vary) -> Vec<(String, OfSweep)> {
    let mut charts: Vec<(String, OfSweep)> = Vec::new();
    for (place, measure) in sweep.measures.iter().enumerate() {
        let is_first = sweep.measures[..place].iter().all(|other| other.key != measure.key);
        if !is_first {
            continue;
        }
        let same = sweep.measures.iter().enumerate().filter(|(_, other)| other.key == measure.key);
        let curve = |(place, of): (usize, &MeasureRef)| Curve {
            name: of.statistic.word().to_owned(),
            figures: sweep.points.iter().map(|point| point.figures[place]).collect(),
            paired: sweep.points.iter().map(|point| point.differences[place]?.half_width).collect(),
        };
        let curves = Curves {
            manifest: sweep.manifest.clone(),
            title: format!(
                "{}, {}",
                capital(name(measure.key.measure, Language::English)),
                sweep.network.subject_name(&measure.key.subject)
            ),
            how: format!(
                "band: LEVEL interval; upright: interval of the difference to {}, from pairs; the vertical axis need not begin at 0",
                reference(sweep, vary)
            ),
            axes: (axis(sweep, vary), unit(&measure.key.unit)),
            points: points(sweep, vary),
            lines: same.map(curve).collect(),
        };
        charts.push((file_name(measure, false), OfSweep::Curve(curves)));
    }
    charts
}

/// The value that differences are taken to.
fn reference<'a>(sweep: &Sweep, vary: &'a Vary) -> &'a str {
    let place = sweep.grid.places().get(sweep.grid.reference).map_or(0, |place| place[0]);
    vary.values().get(place).map_or("the reference", |value| value.trim_matches('"'))
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

fn heat(sweep: &Sweep, down: &Vary, across: &Vary, measure: usize) -> Heat {
    let of = &sweep.measures[measure];
    let figure = |row: usize, column: usize| sweep.point(&[row, column]).and_then(|point| point.figures[measure]);
    let (rows, columns) = (down.values().len(), across.values().len());
    let figures: Vec<_> = (0..rows * columns).map(|cell| figure(cell / columns, cell % columns)).collect();
    let shades = shades(&figures.iter().map(|figure| figure.map(|figure| figure.value)).collect::<Vec<_>>());
    let cell = |place: usize| {
        let (figure, shade) = (figures[place]?, shades[place]?);
        Some(Cell { shade, text: round_to(figure.value, figure.half_width).to_string() })
    };
    let texts = |vary: &Vary| vary.values().iter().map(|value| value.trim_matches('"').to_owned()).collect();
    Heat {
        manifest: sweep.manifest.clone(),
        title: format!("{}, {}", of.short(), of.key.unit),
        how: "value ± half-width of its LEVEL interval; the darker the greater".to_owned(),
        names: (axis(sweep, down), axis(sweep, across)),
        rows: texts(down),
        columns: texts(across),
        cells: (0..rows).map(|row| (0..columns).map(|column| cell(row * columns + column)).collect()).collect(),
    }
}

/// The parameter, with what is done to it where it is not set.
fn axis(sweep: &Sweep, vary: &Vary) -> String {
    let name = sweep.network.parameter_name(vary.path());
    match vary.name().chars().next_back() {
        Some('*') => format!("{name}, times"),
        Some('+') => format!("{name}, plus"),
        _ => name,
    }
}

fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Fixed(FixedUnit::Days) => "days".to_owned(),
        Unit::Fixed(FixedUnit::Hours) => "hours".to_owned(),
        Unit::Fixed(FixedUnit::One) => "share or number".to_owned(),
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
