//! Routes between two places: the table for people, CSV, JSON.

mod table;

use crate::report::answer::Answer;
#[cfg(feature = "charts")]
use crate::report::chart::{self, Picture};
use crate::report::screen::Screen;
use crate::words::Measure;
use std::io::{self, Write};

use super::{Headline, SCHEMA};
use crate::analysis::routes::{FoundRoute, RouteAnswer};
use crate::report::sheet::{Column, Sheet, column, sheet};

use table::{headline, write_routes_details, write_routes_table};

/// `routes.json`.
#[derive(serde::Serialize)]
struct File<'a> {
    schema: u32,
    scenario: Asked<'a>,
    headline: Headline,
    #[serde(flatten)]
    answer: &'a RouteAnswer,
}

/// The scenario that was asked about.
#[derive(serde::Serialize)]
struct Asked<'a> {
    name: &'a str,
    title: &'a str,
}

/// Writes the answer as JSON, with all digits.
///
/// # Errors
/// If the output cannot be written.
fn write_routes_json(answer: &RouteAnswer, out: &mut dyn Write) -> io::Result<()> {
    let scenario = Asked { name: &answer.scenario, title: &answer.title };
    serde_json::to_writer_pretty(&mut *out, &File { schema: SCHEMA, scenario, headline: headline(answer), answer })?;
    writeln!(out)
}

/// One row a figure of each route.
fn figures(answer: &RouteAnswer) -> Box<dyn Sheet + '_> {
    let of = |(place, route)| rows(answer, route).into_iter().map(move |row: Row| (place + 1, route, row));
    sheet("routes.csv", of_figures(), answer.routes.iter().enumerate().flat_map(of))
}

/// Measure, place, cause, unit; value.
type Row = ([String; 4], f64);

fn of_figures<'a>() -> Vec<Column<(usize, &'a FoundRoute, Row)>> {
    type Of<'r> = (usize, &'r FoundRoute, Row);
    vec![
        column("rank", "", "Place by generalised cost.", |row: &Of<'_>| row.0.into()),
        column("route", "", "The route.", |row: &Of<'_>| row.1.name.as_str().into()),
        column("measure", "", "What is told of it.", |row: &Of<'_>| row.2.0[0].as_str().into()),
        column("place", "", "Where, or by whom.", |row: &Of<'_>| row.2.0[1].as_str().into()),
        column("cause", "", "Why, or by which mode.", |row: &Of<'_>| row.2.0[2].as_str().into()),
        column("unit", "", "The unit.", |row: &Of<'_>| row.2.0[3].as_str().into()),
        column("value", "", "The figure.", |row: &Of<'_>| row.2.1.into()),
    ]
}

fn rows(answer: &RouteAnswer, route: &FoundRoute) -> Vec<Row> {
    let per = format!("USD/{}", answer.unit);
    let row = |measure: &str, place: &str, cause: &str, unit: &str, value: f64| -> Row {
        ([measure, place, cause, unit].map(str::to_owned), value)
    };
    let mut rows: Vec<Row> = route.km.iter().map(|part| row("distance", "", &part.mode, "km", part.km)).collect();
    rows.push(row("expected_time", "", "", "d", route.days));
    rows.push(row("expected_time_sd", "", "", "d", route.sd_days));
    rows.extend(
        route
            .times
            .iter()
            .map(|time| row(Measure::Time.word(), time.place.as_str(), time.cause.word(), "d", time.days)),
    );
    rows.extend(route.charges.iter().map(|charge| {
        row(Measure::FreightCharge.word(), charge.operator.as_deref().unwrap_or_default(), "", &per, charge.usd)
    }));
    rows.push(row(Measure::TimeCost.word(), "", "", &per, route.time_cost));
    rows.push(row(Measure::GeneralisedCost.word(), "", "", &per, route.generalised_cost));
    rows.push(row(Measure::Emissions.word(), "", "", &format!("kg/{}", answer.unit), route.kg_co2e));
    rows.extend(route.share.map(|share| row("share", "", "", "1", share)));
    rows
}

impl Answer for RouteAnswer {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![figures(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("routes.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_routes_table(self, out)
    }

    fn details(&self) -> &'static str {
        "where the days and charges of each route go"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_routes_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_routes_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_routes(self)
    }
}
