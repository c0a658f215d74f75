//! Drawing the inputs of the scenarios that come with the program.

use midcor::engine::{Limits, Silent, simulate};
use midcor::model::Plan;
use midcor::random::{Domain, Draws};
use midcor::results::Layout;
use midcor::scenario::{Contents, Inputs, Loader};

const SEED: u64 = 20_260_101;

fn load(name: &str) -> (Contents, Inputs) {
    let loaded = Loader::default().load(name, &[]);
    let inputs = loaded.inputs();
    (loaded.into_contents().unwrap(), inputs)
}

/// The plan of a draw.
fn drawn(loaded: &Contents, inputs: &Inputs, draw: u64) -> Plan {
    let scenario = inputs.draw(SEED, draw).unwrap_or_else(|error| panic!("{}: {error}", loaded.name));
    Plan::of_draw(&scenario, loaded).unwrap_or_else(|errors| panic!("{}, draw {draw}: {}", loaded.name, errors[0]))
}

/// Two hundred draws, as many as a study has at most, compile; the rows of results are those of the scenario.
fn all_draws_can_run(name: &str) {
    let (loaded, inputs) = load(name);
    let known = Layout::of(&Plan::of(&loaded).unwrap()).catalogue().clone();
    assert!(inputs.all().len() > 500, "{name} has {} inputs", inputs.all().len());
    for draw in 0..200 {
        let plan = drawn(&loaded, &inputs, draw);
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
fn years_of_drawn_baselines_can_be_simulated() {
    for name in ["baseline-2022", "baseline-2023", "baseline-2024", "baseline-2025"] {
        let (loaded, inputs) = load(name);
        for draw in 0..3 {
            let plan = drawn(&loaded, &inputs, draw);
            let year = simulate(&plan, Draws::new(SEED, 0, Domain::Production), Limits::default(), &mut Silent);
            year.unwrap_or_else(|error| panic!("{name}, draw {draw}: {error}"));
        }
    }
}
