//! A sweep: the table for people, CSV and JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Sheet;
use super::answer::Answer;
use super::burden::{write_circles, write_fall};
use super::cells::{shown, unknown};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::figure_name::figure_name;
use super::growing::{GrowingIn, MEANING_IN_SHORT, write_growing};
use super::headline::Headline;
use super::rounding::round_to;
use super::screen::Screen;
use super::sheet::{Column, column, sheet};
use crate::analysis::sweep::{Before, Kept, Point, Sweep, Until, Vary};
use crate::results::{Estimated, FallBetween, MeasureRef};
use crate::text::counted;
use crate::words::Measure;

/// Writes a sweep for people: of one parameter a line a point, of two a table a measure; of the headline section and what is
/// carried alone where nothing else was asked for.
///
/// # Errors
/// If the output cannot be written.
fn write_sweep_table(sweep: &Sweep, out: &mut Screen<'_>) -> io::Result<()> {
    tables(sweep, &brief(sweep), out)?;
    burdens(sweep, out)
}

/// Writes all that was looked at, and the queues that grow.
///
/// # Errors
/// If the output cannot be written.
fn write_sweep_details(sweep: &Sweep, out: &mut Screen<'_>) -> io::Result<()> {
    let brief = brief(sweep);
    let others: Vec<usize> = (0..sweep.measures.len()).filter(|measure| !brief.contains(measure)).collect();
    tables(sweep, &others, out)?;
    let names: Vec<String> = sweep.points.iter().map(|point| named(sweep, &point.place)).collect();
    let growing = sweep.points.iter().zip(&names);
    let growing = growing.map(|(point, scenario)| GrowingIn { scenario, queues: &point.growing });
    write_growing(growing, &sweep.network, out)
}

/// The measures that are shown without details: of the subject that the answer is about, and of the corridor.
fn brief(sweep: &Sweep) -> Vec<usize> {
    let subject = sweep.measures.get(sweep.lead).map(|lead| &lead.key.subject);
    let is_brief = |measure: &MeasureRef| Some(&measure.key.subject) == subject || measure.key.subject.is_corridor();
    let measures = sweep.measures.iter().enumerate();
    measures.filter(|(_, measure)| is_brief(measure)).map(|(place, _)| place).collect()
}

fn tables(sweep: &Sweep, measures: &[usize], out: &mut Screen<'_>) -> io::Result<()> {
    match &sweep.grid.varies[..] {
        [down, across] => measures.iter().try_for_each(|&measure| {
            let of = &sweep.measures[measure];
            let (down_name, across_name) = (parameter(sweep, down), parameter(sweep, across));
            let name = figure_name(of, &sweep.network);
            writeln!(out, "\n{name}, {}; {down_name} downwards, {across_name} across", of.key.unit)?;
            out.table(&matrix(sweep, down, across, measure))
        }),
        varies => out.table(&lines(sweep, &varies[0], measures)),
    }
}

/// Circles, and points at which less is carried though more is asked for.
fn burdens(sweep: &Sweep, out: &mut Screen<'_>) -> io::Result<()> {
    for point in &sweep.points {
        write_circles(&point.burden.circles, &sweep.network, Some(&sweep.grid.named(&point.place)), out)?;
    }
    for FallBetween { less, more, fall } in sweep.falls() {
        let names = (sweep.grid.named(&less.place), sweep.grid.named(&more.place));
        write_fall(&fall, &names.0, &names.1, &sweep.network, out)?;
    }
    Ok(())
}

fn headline(sweep: &Sweep) -> Headline {
    let (scenario, run) = (&sweep.manifest.scenario, &sweep.manifest.run);
    let names: Vec<String> = sweep.grid.varies.iter().map(|vary| parameter(sweep, vary)).collect();
    let about = vec![
        format!("{} ({}) over {}", scenario.title, scenario.name, names.join(" and ")),
        format!(
            "{} of {}, {} each of {} d from {}, seed {}; ± is the half-width of the {} % interval",
            sweep.points.len(),
            counted(sweep.grid.places().len(), "point"),
            counted(run.replications, "replication"),
            run.window.horizon_d,
            run.window.start,
            run.seed,
            run.level * 100.0
        ),
    ];
    Headline { about, found: found(sweep) }
}

/// What the parameters do to the figure that the answer is about, and where queues grow.
fn found(sweep: &Sweep) -> Vec<String> {
    let growing = sweep.points.iter().filter(|point| !point.growing.is_empty());
    let growing: Vec<String> = growing.map(|point| named(sweep, &point.place)).collect();
    let growing = match growing.len() {
        0 => None,
        number if number == sweep.points.len() => Some("at every point".to_owned()),
        number if number > MOST_NAMED => Some(format!("at {number} of {} points", sweep.points.len())),
        _ => Some(format!("at {}", growing.join(" and "))),
    };
    let growing = growing.map(|at| format!("Queues grow all year {at}: {MEANING_IN_SHORT}"));
    [sweep.until.as_ref().map(|until| kept(sweep, until)), reach(sweep), carried(sweep), growing]
        .into_iter()
        .flatten()
        .collect()
}

/// Points with growing queues that are named.
const MOST_NAMED: usize = 3;

/// Where the first value is that keeps the service, and how sure that is.
fn kept(sweep: &Sweep, until: &Until) -> String {
    let unit = &sweep.measures[until.measure].key.unit;
    let Some(Kept { place, figure, before, is_sure }) = &until.kept else {
        let all = if sweep.is_complete() { "" } else { " that was tried" };
        return format!("No value{all} keeps {}.", until.service.text);
    };
    let before = before.as_ref().map(|before| {
        let apart = before.difference.map(|apart| {
            let apart = round_to(apart.difference.abs(), apart.half_width);
            format!(", {apart} {unit} apart in the same years")
        });
        let at = named(sweep, &before.place);
        format!(", {} {unit} at {at}{}", shown_figure(before.figure), apart.unwrap_or_default())
    });
    let sure = if *is_sure { "sure" } else { "within sampling error: more replications tell" };
    format!(
        "{} is kept from {} on: {} {unit} there{} ({sure}).",
        until.service.text,
        named(sweep, place),
        shown_figure(Some(*figure)),
        before.unwrap_or_default()
    )
}

/// The figure where it is least and where it is most, against the reference.
fn reach(sweep: &Sweep) -> Option<String> {
    let measure = sweep.measures.get(sweep.lead)?;
    let known = || sweep.points.iter().filter_map(|point| Some((point, point.figures[sweep.lead]?)));
    let order = |one: &(&Point, Estimated), other: &(&Point, Estimated)| one.1.value.total_cmp(&other.1.value);
    let (least, most) = (known().min_by(order)?, known().max_by(order)?);
    let at = |(point, of): (&Point, Estimated)| {
        let apart = point.differences[sweep.lead].filter(|apart| apart.difference != 0.0);
        let apart = apart.map(|apart| {
            let by = round_to(apart.difference.abs(), apart.half_width);
            format!(", {by} {} than at {}", if apart.difference < 0.0 { "less" } else { "more" }, reference(sweep))
        });
        format!("{} at {}{}", shown_figure(Some(of)), named(sweep, &point.place), apart.unwrap_or_default())
    };
    let name = figure_name(measure, &sweep.network);
    let unit = &measure.key.unit;
    Some(if least.1.value.to_bits() == most.1.value.to_bits() {
        format!("{name}: {} {unit} at every point.", shown_figure(Some(least.1)))
    } else {
        format!("{name}, {unit}: least {}; most {}.", at(least), at(most))
    })
}

/// What is carried, where that is not the figure of the answer and moves.
fn carried(sweep: &Sweep) -> Option<String> {
    let is_carried = |measure: &MeasureRef| {
        measure.key.measure == Measure::Throughput
            && measure.key.subject.is_corridor()
            && measure.key.period.is_horizon()
    };
    let place = sweep.measures.iter().position(is_carried).filter(|place| *place != sweep.lead)?;
    let moved = sweep.points.iter().filter_map(|point| Some((point, point.differences[place]?)));
    let seen =
        moved.filter(|(_, apart)| apart.half_width.is_some_and(|half_width| apart.difference.abs() > half_width));
    let (point, apart) = seen.max_by(|one, other| one.1.difference.abs().total_cmp(&other.1.difference.abs()))?;
    let by = round_to(apart.difference.abs(), apart.half_width);
    let side = if apart.difference < 0.0 { "less" } else { "more" };
    Some(format!("Carried: {by} t a year {side} at {} than at {}.", named(sweep, &point.place), reference(sweep)))
}

/// The point that others are compared with.
fn reference(sweep: &Sweep) -> String {
    named(sweep, &sweep.grid.places()[sweep.grid.reference])
}

/// A point by its values, in the order of the parameters.
fn named(sweep: &Sweep, place: &[usize]) -> String {
    match (&sweep.grid.varies[..], place) {
        ([vary], [value]) => vary.values()[*value].clone(),
        (varies, place) => {
            let values = varies.iter().zip(place).map(|(vary, value)| vary.values()[*value].as_str());
            format!("({})", values.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The name of what is varied for people, with the sign of `+=` or `*=` where there is one.
pub(super) fn parameter(sweep: &Sweep, vary: &Vary) -> String {
    vary.name().replacen(vary.path(), &sweep.network.parameter_name(vary.path()), 1)
}

/// A line a point, a column a measure.
fn lines(sweep: &Sweep, vary: &Vary, measures: &[usize]) -> Vec<Vec<String>> {
    let heading = |&measure: &usize| {
        let of = &sweep.measures[measure];
        format!("{}, {}", figure_name(of, &sweep.network), of.key.unit)
    };
    let head = std::iter::once(parameter(sweep, vary)).chain(measures.iter().map(heading)).collect();
    let line = |point: &Point| {
        let figures = measures.iter().map(|&measure| shown_figure(point.figures[measure]));
        std::iter::once(vary.values()[point.place[0]].clone()).chain(figures).collect()
    };
    std::iter::once(head).chain(sweep.points.iter().map(line)).collect()
}

fn matrix(sweep: &Sweep, down: &Vary, across: &Vary, measure: usize) -> Vec<Vec<String>> {
    let head = std::iter::once(String::new()).chain(across.values().iter().cloned()).collect();
    let line = |(row, value): (usize, &String)| {
        let at =
            |column| sweep.point(&[row, column]).map_or_else(unknown, |point| shown_figure(point.figures[measure]));
        std::iter::once(value.clone()).chain((0..across.values().len()).map(at)).collect()
    };
    std::iter::once(head).chain(down.values().iter().enumerate().map(line)).collect()
}

fn shown_figure(figure: Option<Estimated>) -> String {
    shown(figure.map(|figure| figure.value), figure.and_then(|figure| figure.half_width))
}

/// One row a point and measure: the varied values under their paths, then the figure. Differences are to the point whose
/// `reference` is true, replication by replication.
fn figures(sweep: &Sweep) -> Box<dyn Sheet + '_> {
    let rows = sweep.points.iter().flat_map(|point| (0..sweep.measures.len()).map(move |of| Row { sweep, point, of }));
    let varied = sweep.grid.varies.iter().enumerate().map(|(place, vary)| {
        column(vary.name().to_owned(), "", "The value of what is varied, as written.", move |row: &Row<'_>| {
            values(row.sweep, row.point).nth(place).into()
        })
    });
    sheet("sweep.csv", varied.chain(columns_of_figures()).collect(), rows)
}

/// A figure of a point.
struct Row<'s> {
    sweep: &'s Sweep,
    point: &'s Point,
    of: usize,
}

impl Row<'_> {
    fn figure(&self) -> Option<Estimated> {
        self.point.figures[self.of]
    }

    fn is_reference(&self) -> bool {
        self.point.place == self.sweep.grid.places()[self.sweep.grid.reference]
    }
}

fn columns_of_figures<'s>() -> Vec<Column<Row<'s>>> {
    let key = |row: &'_ Row<'_>| row.sweep.measures[row.of].key.clone();
    vec![
        column("measure", "", "What is measured.", |row: &Row<'_>| {
            row.sweep.measures[row.of].key.measure.word().into()
        }),
        column("subject", "", "Of what.", |row: &Row<'_>| row.sweep.measures[row.of].key.subject.as_str().into()),
        column("period", "", "Of which time.", |row: &Row<'_>| row.sweep.measures[row.of].key.period.text().into()),
        column("statistic", "", "The mean, or which percentile.", |row: &Row<'_>| {
            row.sweep.measures[row.of].statistic.word().into()
        }),
        column("unit", "", "The unit of the figures.", move |row: &Row<'_>| key(row).unit.to_string().into()),
        column("n", "", "Replications.", |row: &Row<'_>| row.sweep.manifest.run.replications.into()),
        column("value", "", "The figure.", |row: &Row<'_>| row.figure().map(|figure| figure.value).into()),
        column("half_width", "", "Half the width of its interval.", |row: &Row<'_>| {
            row.figure().and_then(|figure| figure.half_width).into()
        }),
        column("level", "", "Level of the intervals.", |row: &Row<'_>| row.sweep.manifest.run.level.into()),
        column("difference", "", "To the reference, pair by pair.", |row: &Row<'_>| {
            row.point.differences[row.of].map(|difference| difference.difference).into()
        }),
        column("difference_half_width", "", "Half the width of the interval of the difference.", |row: &Row<'_>| {
            row.point.differences[row.of].and_then(|difference| difference.half_width).into()
        }),
        column("reference", "", "Whether it is the point that others are compared with.", |row: &Row<'_>| {
            row.is_reference().into()
        }),
    ]
}

/// The values of a point as written.
fn values<'s>(sweep: &'s Sweep, point: &'s Point) -> impl Iterator<Item = &'s str> {
    sweep.grid.varies.iter().zip(&point.place).map(|(vary, &value)| vary.values()[value].as_str())
}

/// Writes `{ "schema", "scenario", "run", "vary", "reference", "complete", "points": [ { "values", "hash", "figures",
/// "growing", "circles" } ], "until", "falls": [ { "from", "at", "fall" } ] }` with all digits: `falls` are points at which less is carried
/// than at another where less is asked for.
///
/// # Errors
/// If the output cannot be written.
fn write_sweep_json(sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
    let vary = |vary: &Vary| json!({ "name": vary.name(), "path": vary.path(), "values": vary.values() });
    let at = |place: &[usize]| -> Vec<&str> {
        sweep.grid.varies.iter().zip(place).map(|(vary, &at)| vary.values()[at].as_str()).collect()
    };
    let fall =
        |of: &FallBetween<'_, Point>| json!({ "from": at(&of.less.place), "at": at(&of.more.place), "fall": of.fall });
    let places = sweep.grid.places();
    let value = json!({
        "schema": super::SCHEMA,
        "scenario": sweep.manifest.scenario,
        "run": sweep.manifest.run,
        "headline": headline(sweep),
        "vary": sweep.grid.varies.iter().map(vary).collect::<Vec<_>>(),
        "reference": at(&places[sweep.grid.reference]),
        "complete": sweep.is_complete(),
        "until": sweep.until.as_ref().map(|until| of_until(until, &at)),
        "points": sweep.points.iter().map(|point| of_point(sweep, point)).collect::<Vec<_>>(),
        "falls": sweep.falls().iter().map(fall).collect::<Vec<_>>(),
    });
    writeln!(out, "{value:#}")
}

/// The service that was looked for, and the first point that keeps it.
fn of_until<'s>(until: &Until, at: &impl Fn(&[usize]) -> Vec<&'s str>) -> Value {
    let value = |figure: Option<Estimated>| figure.map(|figure| json!([figure.value, figure.half_width]));
    let before = |before: &Before| {
        let apart = before.difference.map(|apart| json!([apart.difference, apart.half_width]));
        json!({ "values": at(&before.place), "figure": value(before.figure), "difference": apart })
    };
    let kept = until.kept.as_ref().map(|kept| {
        json!({
            "values": at(&kept.place),
            "figure": value(Some(kept.figure)),
            "before": kept.before.as_ref().map(before),
            "sure": kept.is_sure,
        })
    });
    json!({ "service": until.service.text, "kept": kept })
}

fn of_point(sweep: &Sweep, point: &Point) -> Value {
    let figure = |(place, measure): (usize, &MeasureRef)| {
        let (figure, difference) = (point.figures[place], point.differences[place]);
        let key = &measure.key;
        json!({
            "measure": key.measure,
            "subject": key.subject,
            "period": key.period,
            "statistic": measure.statistic.word(),
            "unit": key.unit,
            "value": figure.map(|figure| figure.value),
            "half_width": figure.and_then(|figure| figure.half_width),
            "difference": difference.map(|difference| difference.difference),
            "difference_half_width": difference.and_then(|difference| difference.half_width),
        })
    };
    json!({
        "values": values(sweep, point).collect::<Vec<_>>(),
        "hash": point.hash,
        "figures": sweep.measures.iter().enumerate().map(figure).collect::<Vec<_>>(),
        "growing": point.growing,
        "circles": point.burden.circles,
    })
}

impl Answer for Sweep {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![figures(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("sweep.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_sweep_table(self, out)
    }

    fn details(&self) -> &'static str {
        let has_more =
            brief(self).len() < self.measures.len() || self.points.iter().any(|point| !point.growing.is_empty());
        if has_more { "the other sections and the queues that grow" } else { "" }
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_sweep_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_sweep_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_sweep(self)
    }
}
