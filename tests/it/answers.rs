//! What people read first of each study, and that it fits where they read it.

use crate::program;

/// What a command prints, in a folder of its own.
fn printed(args: &[&str]) -> String {
    let place = tempfile::tempdir().unwrap();
    program::printed(place.path(), args)
}

/// The answer: what stands between the title and how it was found.
fn answer(args: &[&str]) -> String {
    let text = printed(args);
    let lines = text.lines().take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_run_begins_with_its_answer() {
    insta::assert_snapshot!(answer(&["run", "tutorial", "--replications", "8"]));
}

#[test]
fn a_sweep_begins_with_its_answer() {
    let vary = "fleet.ferry.vessels=1..4:1";
    insta::assert_snapshot!(answer(&["sweep", "tutorial", "--vary", vary, "--replications", "8"]));
}

#[test]
fn a_sweep_finds_the_first_value_that_keeps_a_service() {
    let args = |until| {
        let vary = "fleet.ferry.vessels=1..6:1";
        vec!["sweep", "tutorial", "--vary", vary, "--until", until, "--replications", "8"]
    };
    let text = printed(&args("section.crossing P95 <= 10 d"));
    insta::assert_snapshot!(text.lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
    // What comes after it is not simulated.
    assert!(text.contains("\n3  ") && !text.contains("\n4  "), "{text}");
    insta::assert_snapshot!(answer(&args("section.crossing P50 <= 1 d")));
}

#[test]
fn bottlenecks_begin_with_their_answer() {
    insta::assert_snapshot!(answer(&["bottlenecks", "tutorial", "--replications", "8"]));
}

#[test]
fn a_capacity_begins_with_its_answer_and_is_paired_with_what_ifs() {
    let more = "one more ferry: fleet.ferry.vessels += 1 @ capex 20 MUSD, life 25 yr";
    let args = ["capacity", "tutorial", "--tolerance", "5%", "--replications", "8", "--what-if", more];
    insta::assert_snapshot!(answer(&args));
}

#[test]
fn a_stress_begins_with_its_answer_and_is_paired_with_what_ifs() {
    let more = "one more ferry: fleet.ferry.vessels += 1 @ capex 20 MUSD, life 25 yr";
    let closing = ["--close", "node.eastport", "--from", "2024-11-01", "--for", "10d"];
    let own = ["stress", "tutorial", "--replications", "8"];
    insta::assert_snapshot!(answer(&[&own[..], &closing].concat()));
    insta::assert_snapshot!(answer(&[&own[..], &closing, &["--what-if", more]].concat()));
}

#[test]
fn a_closure_of_nothing_else_costs_the_same_in_the_same_scenario() {
    let same = "the same: fleet.ferry.vessels += 0";
    let closing = ["--close", "node.eastport", "--from", "2024-11-01", "--for", "10d", "--format", "json"];
    let text = printed(&[&["stress", "tutorial", "--replications", "3", "--what-if", same][..], &closing].concat());
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    let differences = found["what_ifs"][0]["differences"][0].as_array().unwrap();
    assert!(!differences.is_empty());
    assert!(differences.iter().all(|row| row["difference"] == 0.0 && row["half_width"] == 0.0), "{differences:?}");
    assert_eq!(found["what_ifs"][0]["cases"][0]["rows"], found["cases"][0]["rows"]);
}

#[test]
fn routes_begin_with_their_answer() {
    insta::assert_snapshot!(answer(&["routes", "baseline-2024", "--from", "altynkol", "--to", "poti"]));
}

#[test]
fn what_ifs_have_names_and_prices() {
    let args = [
        "compare",
        "tutorial",
        "--replications",
        "8",
        "--what-if",
        "one more ferry: fleet.ferry.vessels += 1 @ capex 20 MUSD, opex 1 MUSD/yr, life 25 yr",
        "--what-if",
        "node.eastport.facility.crane.servers += 1",
    ];
    insta::assert_snapshot!(answer(&args));
}

#[test]
fn what_is_worth_naming_can_be_set() {
    let args = |least: &'static str| {
        let more = "one more ferry: fleet.ferry.vessels += 1";
        vec!["compare", "tutorial", "--replications", "8", "--what-if", more, "--set", least]
    };
    let text = printed(&args("run.materiality.time=\"100 d\""));
    assert!(text.contains("hardly any difference"), "{text}");
    let text = printed(&args("run.materiality.time=\"0.01 d\""));
    assert!(text.contains("days shorter ("), "{text}");
}

/// Each command that prints text for people, on small scenarios.
const COMMANDS: [&[&str]; 22] = [
    &["run", "tutorial", "--replications", "3", "--details"],
    &["run", "baseline-2024", "--replications", "2", "--details", "--save", "data", "--set", "run.horizon=\"60 d\""],
    &["compare", "tutorial", "--what-if", "more: fleet.ferry.vessels += 1", "--replications", "3", "--details"],
    &["compare", "tutorial", "--what-if", "fleet.ferry.vessels += 1", "--replications", "2x2", "--details"],
    &["sweep", "tutorial", "--vary", "fleet.ferry.vessels=1..3:1", "--replications", "2", "--details"],
    &[
        "sweep",
        "tutorial",
        "--vary",
        "fleet.ferry.vessels=1,2",
        "--vary",
        "flow.*.volume*=1,2",
        "--replications",
        "2",
        "--details",
    ],
    &["bottlenecks", "tutorial", "--replications", "3", "--details"],
    &["capacity", "tutorial", "--replications", "3", "--tolerance", "20%", "--details"],
    &[
        "stress",
        "tutorial",
        "--close",
        "node.eastport",
        "--for",
        "5d",
        "--each-month",
        "--replications",
        "2",
        "--details",
    ],
    &["routes", "baseline-2024", "--from", "altynkol", "--to", "poti", "--pay", "--details"],
    &["warm-up", "tutorial", "--replications", "3"],
    &["validate", "baseline-2024", "--against", "corridor", "--replications", "2", "--save", "data"],
    &["check", "tutorial", "--all"],
    &["check", "baseline-2024"],
    &["list", "scenarios"],
    &["list", "flows"],
    &["list", "fleets"],
    &["list", "routes", "--scenario", "tutorial"],
    &["list", "parameters", "--scenario", "tutorial"],
    &["glossary"],
    &["reference"],
    &["verify", "QUE-01"],
];

/// A word that is wider, such as the address of a source, stays whole.
#[test]
fn nothing_for_people_is_wider_than_80_columns_off_a_terminal() {
    for args in COMMANDS {
        let text = printed(args);
        let wide: Vec<&str> =
            text.lines().filter(|line| line.chars().count() > 80 && line.trim().contains(' ')).collect();
        assert!(wide.is_empty(), "{args:?}: {wide:#?}");
        assert!(!text.trim().is_empty(), "{args:?}");
    }
}
