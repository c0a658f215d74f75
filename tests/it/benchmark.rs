//! The small freight corridor that simulators are compared with: what independent programs agree on for it.

use midcor::random::Domain;
use midcor::results::Results;
use midcor::scenario::ScenarioReader;
use midcor::stats::Estimate;
use midcor::study::{Lab, Prepared, Years};

/// Level of the intervals: three measures, and a test that should not fail by chance.
const LEVEL: f64 = 0.999;

fn simulated(replications: u64) -> Results {
    let mut reading = ScenarioReader::default().read("w3-benchmark", &[]);
    let scenario = reading.scenario.take().expect("the benchmark can run");
    let prepared = Prepared::of(&reading, scenario).expect("the benchmark compiles");
    let lab = Lab::new(Years::Fixed(0..replications), 1).drawing_for(Domain::Tests);
    lab.simulate(&prepared).expect("the benchmark runs").results
}

/// Place of a row over the horizon.
fn row(results: &Results, measure: &str, unit: &str) -> usize {
    let is_it = |key: &midcor::results::RowKey| {
        key.measure.word() == measure && key.subject.is_corridor() && key.unit.to_string() == unit
    };
    results.catalogue.rows.iter().position(is_it).unwrap_or_else(|| panic!("no {measure} in {unit}"))
}

fn agrees(what: &str, values: &[f64], expected: f64) {
    let estimate = Estimate::of(values, LEVEL).expect("there are replications");
    let half_width = estimate.half_width.expect("there are several");
    assert!(half_width < 0.02 * expected, "{what}: {half_width} is too wide to say anything");
    assert!((estimate.mean - expected).abs() < half_width, "{what}: {} ± {half_width}, not {expected}", estimate.mean);
}

#[test]
fn trains_and_their_times_are_those_of_other_programs() {
    let results = simulated(600);
    let time = row(&results, "transit_time_delivered", "d");
    let slot = results.catalogue.pooled.iter().position(|pooled| pooled.row as usize == time).expect("pooled");
    agrees("trains", &results.values(row(&results, "carried", "load/yr")), 488.0);
    agrees("mean, h", &results.values(time).iter().map(|days| days * 24.0).collect::<Vec<_>>(), 217.0);
    let percentiles: Vec<f64> = results.records.own(slot).iter().map(|own| own.p95() * 24.0).collect();
    agrees("mean of the replications' P95, h", &percentiles, 289.7);
}
