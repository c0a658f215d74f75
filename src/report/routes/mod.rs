//! Routes between two places: the table for people, CSV, JSON.

mod table;

use crate::words::Measure;
use std::io::{self, Write};

use super::SCHEMA;
use super::csv::quoted;
use crate::analysis::routes::{FoundRoute, RouteAnswer};

pub use table::write_routes_table;

/// `routes.json`.
#[derive(serde::Serialize)]
struct File<'a> {
    schema: u32,
    scenario: Asked<'a>,
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
pub fn write_routes_json(answer: &RouteAnswer, out: &mut dyn Write) -> io::Result<()> {
    let scenario = Asked { name: &answer.scenario, title: &answer.title };
    serde_json::to_writer_pretty(&mut *out, &File { schema: SCHEMA, scenario, answer })?;
    writeln!(out)
}

/// Writes one row a figure of each route.
///
/// # Errors
/// If the output cannot be written.
pub fn write_routes_csv(answer: &RouteAnswer, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "rank,route,measure,place,cause,unit,value")?;
    for (place, route) in answer.routes.iter().enumerate() {
        for row in rows(answer, route) {
            let [measure, at, cause, unit] = row.0.map(|text| quoted(&text));
            writeln!(out, "{},{},{measure},{at},{cause},{unit},{}", place + 1, quoted(&route.name), row.1)?;
        }
    }
    Ok(())
}

/// Measure, place, cause, unit; value.
type Row = ([String; 4], f64);

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
