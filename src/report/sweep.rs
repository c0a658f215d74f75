//! A sweep: the table for people, CSV and JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Sheet;
use super::answer::Answer;
use super::burden::{write_circles, write_fall};
use super::cells::{columns, shown, unknown};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::growing::{GrowingIn, write_growing};
use super::headline::Headline;
use super::sheet::{Column, column, sheet};
use crate::analysis::sweep::{Point, Sweep, Vary};
use crate::results::{Estimated, FallBetween, MeasureRef};

/// Characters of a table for people.
const WIDEST: usize = 118;

/// Writes a sweep for people: of one parameter a line a point, of two a table a measure.
///
/// # Errors
/// If the output cannot be written.
fn write_sweep_table(sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
    match &sweep.grid.varies[..] {
        [down, across] => sweep.measures.iter().enumerate().try_for_each(|(measure, of)| {
            writeln!(out, "\n{}, {}; {} downwards, {} across", of.short(), of.key.unit, down.name(), across.name())?;
            columns(out, &matrix(sweep, down, across, measure))
        }),
        varies => lines(sweep, &varies[0], out),
    }?;
    let names: Vec<String> = sweep.points.iter().map(|point| sweep.grid.named(&point.place)).collect();
    let growing = sweep.points.iter().zip(&names);
    let growing = growing.map(|(point, scenario)| GrowingIn { scenario, queues: &point.growing });
    write_growing(growing, &sweep.network, out)?;
    burdens(sweep, out)
}

/// Circles, and points at which less is carried though more is asked for.
fn burdens(sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
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
    let names: Vec<&str> = sweep.grid.varies.iter().map(Vary::name).collect();
    let about = vec![
        format!("{} ({}) over {}", scenario.title, scenario.name, names.join(" and ")),
        format!(
            "{} of {} points, {} replications each of {} d from {}, seed {}; ± is the half-width of the {} % interval",
            sweep.points.len(),
            sweep.grid.places().len(),
            run.replications,
            run.window.horizon_d,
            run.window.start,
            run.seed,
            run.level * 100.0
        ),
    ];
    Headline { about, found: reach(sweep).into_iter().collect() }
}

/// From where to where the first measure goes.
fn reach(sweep: &Sweep) -> Option<String> {
    let known = || sweep.points.iter().filter_map(|point| Some((point, (*point.figures.first()?)?)));
    let order = |one: &(&Point, Estimated), other: &(&Point, Estimated)| one.1.value.total_cmp(&other.1.value);
    let (least, most) = (known().min_by(order)?, known().max_by(order)?);
    let at = |(point, of): (&Point, Estimated)| format!("{} ({})", figure(Some(of)), sweep.grid.named(&point.place));
    let measure = sweep.measures.first()?;
    Some(format!("{}, {}: from {} to {}", measure.short(), measure.key.unit, at(least), at(most)))
}

/// Points and measures, the longer list downwards; as many columns side by side as there is room for, then the others
/// below.
fn lines(sweep: &Sweep, vary: &Vary, out: &mut dyn Write) -> io::Result<()> {
    let points = || sweep.points.iter().map(|point| vary.values()[point.place[0]].clone());
    let names = || sweep.measures.iter().map(|measure| format!("{}, {}", measure.short(), measure.key.unit));
    let at = |point: &Point, measure: usize| figure(point.figures[measure]);
    let led = |name: &str, rest: Vec<String>| [vec![name.to_owned()], rest].concat();
    let all: Vec<Vec<String>> = if sweep.measures.len() > sweep.points.len() {
        let column = |(point, value): (&Point, String)| {
            led(&value, (0..sweep.measures.len()).map(|measure| at(point, measure)).collect())
        };
        let first = led(vary.name(), names().collect());
        std::iter::once(first).chain(sweep.points.iter().zip(points()).map(column)).collect()
    } else {
        let column = |(measure, name): (usize, String)| {
            led(&name, sweep.points.iter().map(|point| at(point, measure)).collect())
        };
        let first = led(vary.name(), points().collect());
        std::iter::once(first).chain(names().enumerate().map(column)).collect()
    };
    side_by_side(&all, out)
}

/// Columns, the first of which is repeated where the others do not fit beside it.
fn side_by_side(all: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    let Some((first, mut rest)) = all.split_first() else { return Ok(()) };
    let width = |column: &Vec<String>| column.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    while !rest.is_empty() {
        let mut used = width(first);
        let fitting = rest.iter().take_while(|column| {
            used += width(column) + 2;
            used <= WIDEST
        });
        let (now, later) = rest.split_at(fitting.count().max(1));
        let line = |row: usize| -> Vec<String> {
            std::iter::once(first).chain(now).map(|column| column[row].clone()).collect()
        };
        columns(out, &(0..first.len()).map(line).collect::<Vec<_>>())?;
        rest = later;
    }
    Ok(())
}

fn matrix(sweep: &Sweep, down: &Vary, across: &Vary, measure: usize) -> Vec<Vec<String>> {
    let head = std::iter::once(String::new()).chain(across.values().iter().cloned()).collect();
    let line = |(row, value): (usize, &String)| {
        let at = |column| sweep.point(&[row, column]).map_or_else(unknown, |point| figure(point.figures[measure]));
        std::iter::once(value.clone()).chain((0..across.values().len()).map(at)).collect()
    };
    std::iter::once(head).chain(down.values().iter().enumerate().map(line)).collect()
}

fn figure(figure: Option<Estimated>) -> String {
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
/// "growing", "circles" } ], "falls": [ { "from", "at", "fall" } ] }` with all digits: `falls` are points at which less is carried
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
        "complete": sweep.points.len() == places.len(),
        "points": sweep.points.iter().map(|point| of_point(sweep, point)).collect::<Vec<_>>(),
        "falls": sweep.falls().iter().map(fall).collect::<Vec<_>>(),
    });
    writeln!(out, "{value:#}")
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

    fn write_body(&self, out: &mut dyn Write) -> io::Result<()> {
        write_sweep_table(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_sweep_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_sweep(self)
    }
}
