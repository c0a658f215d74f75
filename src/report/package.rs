//! `datapackage.json`: the tables of a folder with their columns, as programs that work with tables read them (Data Package, version
//! 1 of the specification).

use std::io::{self, Write};

use serde_json::{Value, json};

use super::answer::Answer;
use super::measures::measures;
use super::series::Values;
use super::sheet::Sheet;
use super::subjects::{periods, subjects};
use crate::results::Summary;
#[cfg(feature = "parquet")]
use crate::results::files::{
    BIN_COLUMNS, BINS, ColumnForm, Columns, Form, HISTOGRAM_COLUMNS, HISTOGRAMS, REPLICATION_COLUMNS, REPLICATIONS,
};

/// Writes the description of the tables of a folder.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write(summary: &Summary, more: Option<&dyn Answer>, out: &mut dyn Write) -> io::Result<()> {
    let manifest = &summary.manifest;
    let mut resources = vec![
        linked(&*measures(summary)),
        of_csv(&*subjects(summary)),
        of_csv(&*periods(summary)),
        json!({ "name": "network", "path": "network.geojson", "format": "geojson", "mediatype": "application/geo+json" }),
    ];
    resources.extend(more.iter().flat_map(|answer| answer.sheets()).map(|sheet| of_csv(&*sheet)));
    #[cfg(feature = "parquet")]
    resources.extend([
        of_parquet(REPLICATIONS, &REPLICATION_COLUMNS, "The value of each measure in each simulated year."),
        of_parquet(HISTOGRAMS, &HISTOGRAM_COLUMNS, "How many durations lie in each bin, by simulated year."),
        of_parquet(BINS, &BIN_COLUMNS, "The bins of all simulated years together."),
    ]);
    let package = json!({
        "profile": "data-package",
        "name": name(&manifest.scenario.name),
        "title": manifest.scenario.title,
        "version": manifest.run.midcor,
        "description": format!("Results of midcor for the scenario with the hash {}.", manifest.scenario.hash),
        "resources": resources,
    });
    serde_json::to_writer_pretty(&mut *out, &package)?;
    writeln!(out)
}

/// A name of small letters, digits and hyphens.
fn name(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    text.chars().map(plain).collect()
}

fn of_csv(sheet: &dyn Sheet) -> Value {
    let fields: Vec<Value> = sheet
        .series()
        .into_iter()
        .map(|one| {
            let kind = match one.values {
                Values::Texts(_) => "string",
                Values::Wholes(_) => "integer",
                Values::Numbers(_) => "number",
                Values::Flags(_) => "boolean",
            };
            field(&one.name, kind, one.unit, one.meaning)
        })
        .collect();
    json!({
        "name": name(sheet.file().trim_end_matches(".csv")),
        "path": sheet.file(),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": { "fields": fields, "missingValues": [""] },
    })
}

/// The measures, whose subjects and periods have tables of their own.
fn linked(measures: &dyn Sheet) -> Value {
    let mut resource = of_csv(measures);
    let key = |field: &str, resource: &str, other: &str| json!({ "fields": field, "reference": { "resource": resource, "fields": other } });
    resource["schema"]["foreignKeys"] = json!([key("subject", "subjects", "subject")]);
    resource
}

fn field(name: &str, kind: &str, unit: &str, meaning: &str) -> Value {
    let mut field = json!({ "name": name, "type": kind, "description": meaning });
    if !unit.is_empty() {
        field["unit"] = json!(unit);
    }
    field
}

#[cfg(feature = "parquet")]
fn of_parquet(path: &str, columns: &Columns, description: &str) -> Value {
    let kind = |form| match form {
        Form::Text => "string",
        Form::Whole => "integer",
        Form::Real => "number",
    };
    let fields = columns.iter().map(|ColumnForm { name, form }| json!({ "name": name, "type": kind(form) }));
    json!({
        "name": name(path.trim_end_matches(".parquet")),
        "path": path,
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": description,
        "schema": { "fields": fields.collect::<Vec<_>>() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn every_column_of_the_measures_is_described() {
        let summary = synthetic::results(2).summary();
        let mut out = Vec::new();
        write(&summary, None, &mut out).unwrap();
        let package: Value = serde_json::from_slice(&out).unwrap();
        let resources = package["resources"].as_array().unwrap();
        let fields = resources[0]["schema"]["fields"].as_array().unwrap();
        assert_eq!(fields.len(), 22);
        assert!(fields.iter().all(|field| !field["description"].as_str().unwrap().is_empty()));
        assert_eq!(fields[9]["type"], "number");
        let names: Vec<&str> = resources.iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert!(["measures", "subjects", "periods", "network"].iter().all(|name| names.contains(name)), "{names:?}");
    }
}
