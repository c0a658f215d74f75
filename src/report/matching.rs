//! History matching: the tables for people, CSV and JSON.

use std::io::{self, Write};

use serde_json::json;

use super::Sheet;
use super::answer::Answer;
use super::cells::{shown, unknown};
#[cfg(feature = "charts")]
use super::chart::Picture;
use super::headline::Headline;
use super::screen::Screen;
use super::sheet::{Column, column, sheet};
use super::validation::{band, name};
use crate::stats::order_quantile;
use crate::text::counted;
use crate::validation::{IMPLAUSIBLE, MatchPoint, MatchedFigure, MatchedParameter, Matching};

fn headline(found: &Matching) -> Headline {
    let (scenario, run) = (&found.manifest.scenario, &found.manifest.run);
    let about = vec![
        format!("{} ({}): values that what was observed does not rule out", scenario.title, scenario.name),
        format!(
            "{} of {}, {} each of {} d from {}, seed {}; figures that are held out are not looked at",
            found.points.len(),
            counted(found.asked, "point"),
            counted(run.replications, "replication"),
            run.window.horizon_d,
            run.window.start,
            run.seed
        ),
    ];
    Headline { about, found: told(found) }
}

fn told(found: &Matching) -> Vec<String> {
    let (all, left) = (counted(found.points.len(), "point"), found.left().count());
    let in_bands = found.points.iter().filter(|point| point.is_in_all_bands()).count();
    let left = format!(
        "Not ruled out: {left} of {all}, at which no figure is off by more than {IMPLAUSIBLE} standard deviations; \
         every figure is in its band at {in_bands}."
    );
    let nearest = found.nearest().filter(|point| point.worst().is_finite()).map(|point| {
        let values = found
            .parameters
            .iter()
            .zip(&point.values)
            .map(|(of, value)| format!("{} {}", of.name, with_unit(*value, of)));
        let values = values.collect::<Vec<_>>().join(", ");
        format!("Nearest is {values}: no figure is off by more than {:.1}.", point.worst())
    });
    std::iter::once(left).chain(nearest).collect()
}

fn with_unit(value: f64, of: &MatchedParameter) -> String {
    format!("{} {}", shown(Some(value), None), of.unit).trim_end().to_owned()
}

/// A line a parameter: where it was tried, where points are left, and where half of these lie.
fn parameters(found: &Matching) -> Vec<Vec<String>> {
    let head = ["What is not known", "tried", "left", "half of what is left"].map(str::to_owned).to_vec();
    let line = |(place, of): (usize, &MatchedParameter)| {
        let left: Vec<f64> = found.left().map(|point| point.values[place]).collect();
        let tried = span(Some(of.tried), of);
        vec![of.name.clone(), tried, span(within(&left, [0.0, 1.0]), of), span(within(&left, [0.25, 0.75]), of)]
    };
    std::iter::once(head).chain(found.parameters.iter().enumerate().map(line)).collect()
}

fn span(ends: Option<[f64; 2]>, of: &MatchedParameter) -> String {
    ends.map_or_else(unknown, |[low, high]| format!("{}–{}", shown(Some(low), None), with_unit(high, of)))
}

/// Two quantiles of some values; `None` of none.
fn within(values: &[f64], shares: [f64; 2]) -> Option<[f64; 2]> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let [low, high] = shares.map(|share| order_quantile(&sorted, share));
    Some([low?, high?])
}

/// A line a figure: what was observed, what is simulated over all points and over those that are left, and how many it rules out.
fn figures(found: &Matching) -> Vec<Vec<String>> {
    let head = ["Figure", "unit", "observed", "at all points", "where not ruled out", "rules out"];
    let first = found.points.first().map_or(&[][..], |point| &point.figures);
    let line = |(place, of): (usize, &MatchedFigure)| {
        let simulated = |points: &mut dyn Iterator<Item = &MatchPoint>| {
            let values: Vec<f64> = points.filter_map(|point| point.figures[place].figure.simulated).collect();
            within(&values, [0.0, 1.0])
                .map_or_else(unknown, |[low, high]| format!("{}–{}", shown(Some(low), None), shown(Some(high), None)))
        };
        let out = found.points.iter().filter(|point| point.figures[place].rules_out()).count();
        vec![
            name(&of.figure),
            of.figure.unit.clone(),
            band(&of.figure),
            simulated(&mut found.points.iter()),
            simulated(&mut found.left()),
            out.to_string(),
        ]
    };
    std::iter::once(head.map(str::to_owned).to_vec()).chain(first.iter().enumerate().map(line)).collect()
}

/// A figure of a point.
struct Row<'m> {
    found: &'m Matching,
    number: usize,
    figure: &'m MatchedFigure,
}

impl Row<'_> {
    fn point(&self) -> &MatchPoint {
        &self.found.points[self.number]
    }
}

fn rows(found: &Matching) -> Box<dyn Sheet + '_> {
    let values = found.parameters.iter().enumerate().map(|(place, of)| {
        column(
            of.name.clone(),
            "",
            "The value of what is not known, in the unit in which it was tried.",
            move |row: &Row<'_>| row.point().values[place].into(),
        )
    });
    let number = column("point", "", "Number of the point, from 0.", |row: &Row<'_>| row.number.into());
    let points = found.points.iter().enumerate();
    let rows = points.flat_map(|(number, point)| point.figures.iter().map(move |figure| Row { found, number, figure }));
    sheet("match.csv", std::iter::once(number).chain(values).chain(columns()).collect(), rows)
}

fn columns<'m>() -> Vec<Column<Row<'m>>> {
    vec![
        column("measure", "", "What is measured.", |row: &Row<'_>| row.figure.figure.measure.word().into()),
        column("subject", "", "Of what.", |row: &Row<'_>| row.figure.figure.subject.as_str().into()),
        column("period", "", "Of which time.", |row: &Row<'_>| row.figure.figure.period.text().into()),
        column("unit", "", "The unit of the figures.", |row: &Row<'_>| row.figure.figure.unit.as_str().into()),
        column("observed", "", "The observed figure.", |row: &Row<'_>| row.figure.figure.observed.into()),
        column("simulated", "", "Mean of the replications.", |row: &Row<'_>| row.figure.figure.simulated.into()),
        column("half_width", "", "Half the width of its interval.", |row: &Row<'_>| {
            row.figure.figure.half_width.into()
        }),
        column("in_band", "", "Whether the simulated figure is in the observed band.", |row: &Row<'_>| {
            row.figure.figure.in_band.into()
        }),
        column("implausibility", "", "Standard deviations between observed and simulated.", |row: &Row<'_>| {
            row.figure.implausibility.into()
        }),
        column("ruled_out", "", "Whether any figure rules the point out.", |row: &Row<'_>| {
            row.point().is_ruled_out().into()
        }),
    ]
}

impl Answer for Matching {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![rows(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("match.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        out.table(&parameters(self))?;
        out.table(&figures(self))
    }

    /// Writes `{ "schema", "scenario", "run", "headline", "parameters", "model_error", "asked", "points": [ { "values", "figures" } ] }` with all
    /// digits.
    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        let value = json!({
            "schema": super::SCHEMA,
            "scenario": self.manifest.scenario,
            "run": self.manifest.run,
            "headline": headline(self),
            "parameters": self.parameters,
            "model_error": self.model_error,
            "asked": self.asked,
            "points": self.points,
        });
        writeln!(out, "{value:#}")
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        Vec::new()
    }
}
