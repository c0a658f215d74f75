//! Percentiles of times that theory knows to the millisecond: what bins leave open stands in the half-width, and differences
//! come from the replications' own percentiles.

use assert_cmd::Command;
use midcor::results::{Results, Summary, SummaryRow};
use midcor::words::{Measure, Subject};
use serde_json::Value;

use crate::lab::Lab;

/// A line on which every box takes the same time; ten hours are no bound of a bin.
const LINE: &str = r#"
schema = 1
title = "A constant"
[run]
horizon = "366 d"
drain = "10 d"
replications = 2
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.west]
[node.east]
[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"
[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "1 TEU/d"
shipment = "1 TEU"
arrivals = "regular"
[section.whole]
from = "west"
to = "east"
"#;

const MS_PER_DAY: f64 = 86_400_000.0;

fn row(summary: &Summary) -> &SummaryRow {
    summary.row(Measure::SectionTime, &Subject::at("section.whole")).unwrap()
}

fn simulated(text: &str) -> Results {
    Lab::new(text).results(0..4, 2)
}

#[test]
fn a_constant_is_exact_and_certain() {
    let summary = simulated(LINE).summary();
    let row = row(&summary);
    for (point, half_width) in
        [(row.p50, row.p50_half_width), (row.p90, row.p90_half_width), (row.p95, row.p95_half_width)]
    {
        assert_eq!((point, half_width), (Some(10.0 / 24.0), Some(0.0)));
    }
    assert_eq!((row.p5, row.sd), (Some(10.0 / 24.0), Some(0.0)));
}

/// Two constants ten seconds apart fall into one bin. Which of them a percentile is, bins cannot tell; the half-width says so.
#[test]
fn what_a_bin_leaves_open_is_in_the_half_width() {
    let gate = "[node.east.facility.gate]\nkind = \"customs\"\nservers = \"unlimited\"\ntime = \"10 s\"\nshare = 0.3\n\
                when = \"destination\"\n[flow.demo]";
    let summary = simulated(&LINE.replace("[flow.demo]", gate)).summary();
    let row = row(&summary);
    let gap = 10_000.0 / MS_PER_DAY;
    let half_width = row.p50_half_width.unwrap();
    assert!(half_width >= 0.5 * gap && half_width < 10.0 * gap, "{half_width}");
    assert!((row.p50.unwrap() - 10.0 / 24.0).abs() <= half_width);
}

#[test]
fn shards_have_the_percentiles_of_one_run() {
    let text = LINE.replace("\"10 h\"", "{ dist = \"exponential\", mean = \"10 h\" }");
    let lab = Lab::new(&text);
    let merged = Results::merge(vec![lab.results(3..5, 1), lab.results(0..3, 2)]).unwrap();
    let whole = lab.results(0..5, 2);
    assert_eq!(merged.together, whole.together);
    // As text, in which no number equals no number.
    assert_eq!(format!("{:?}", merged.summary()), format!("{:?}", whole.summary()));
}

/// Changes of 0.4, 0.6 and 1 %, of which a bin is as wide as the second.
#[test]
fn differences_within_a_bin_are_exact() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("line.toml"), LINE).unwrap();
    let factors = [1.004, 1.006, 1.01];
    let mut command = Command::cargo_bin("midcor").unwrap();
    command.current_dir(place.path()).args(["compare", "line.toml", "--replications", "5", "--format", "json"]);
    for (name, factor) in ["a", "b", "c"].iter().zip(factors) {
        command.args(["--what-if", &format!("{name}: link.line.time *= {factor}")]);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let comparison: Value = serde_json::from_slice(&output.stdout).unwrap();
    let medians: Vec<&Value> = comparison["differences"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row["statistic"] == "P50" && row["subject"] == "section.whole" && row["period"] == "horizon")
        .collect();
    assert_eq!(medians.len(), 3);
    for (row, factor) in medians.into_iter().zip(factors) {
        let number = |name: &str| row[name].as_f64().unwrap();
        let expected = 10.0 / 24.0 * (factor - 1.0);
        let allowed = number("half_width") + 1e-12;
        assert!((number("difference") - expected).abs() <= allowed, "{row}");
        assert!((number("what_if_value") - number("base") - number("difference")).abs() < 1e-12, "{row}");
        assert!(number("p_value") < 0.05, "{row}");
    }
}
