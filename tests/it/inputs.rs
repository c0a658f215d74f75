//! Drawing the inputs of the scenarios that come with the program.

use midcor::engine::{Limits, Silent, simulate};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::results::Layout;
use midcor::scenario::{Contents, Inputs, ScenarioReader};

const SEED: u64 = 20_260_101;

fn load(name: &str) -> (Contents, Inputs) {
    let reading = ScenarioReader::default().read(name, &[]);
    let inputs = reading.inputs();
    (reading.into_contents().unwrap(), inputs)
}

/// The plan of a draw.
fn drawn(reading: &Contents, inputs: &Inputs, draw: u64) -> Plan {
    let scenario = inputs.draw(SEED, draw).unwrap_or_else(|error| panic!("{}: {error}", reading.name));
    Plan::of_draw(&scenario, reading).unwrap_or_else(|errors| panic!("{}, draw {draw}: {}", reading.name, errors[0]))
}

/// Two hundred draws, as many as a study has at most, compile; the rows of results are those of the scenario.
fn all_draws_can_run(name: &str) {
    let (reading, inputs) = load(name);
    let known = Layout::of(&Plan::of(&reading).unwrap()).catalogue().clone();
    assert!(inputs.all().len() > 500, "{name} has {} inputs", inputs.all().len());
    for draw in 0..200 {
        let plan = drawn(&reading, &inputs, draw);
        // Rows follow from labels; a few layouts tell as much as all.
        if draw < 10 {
            assert!(Layout::of(&plan).catalogue().rows == known.rows, "{name}, draw {draw} has other rows");
        }
    }
}

#[test]
fn every_draw_of_2022_can_run() {
    all_draws_can_run("baseline-2022");
}

#[test]
fn every_draw_of_2023_can_run() {
    all_draws_can_run("baseline-2023");
}

#[test]
fn every_draw_of_2024_can_run() {
    all_draws_can_run("baseline-2024");
}

#[test]
fn every_draw_of_2025_can_run() {
    all_draws_can_run("baseline-2025");
}

#[test]
fn every_draw_of_2026_can_run() {
    all_draws_can_run("baseline-2026");
}

#[test]
fn years_of_drawn_baselines_can_be_simulated() {
    for name in ["baseline-2022", "baseline-2023", "baseline-2024", "baseline-2025", "baseline-2026"] {
        let (reading, inputs) = load(name);
        for draw in 0..3 {
            let plan = drawn(&reading, &inputs, draw);
            let year = simulate(&plan, RandomNumbers::new(SEED, 0, Domain::Production), Limits::default(), &mut Silent);
            year.unwrap_or_else(|error| panic!("{name}, draw {draw}: {error}"));
        }
    }
}
