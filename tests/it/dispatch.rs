//! What a priority is worth in a queue: from nothing, which is first come first served, to the whole of any wait.

use crate::lab::{Lab, row};

/// The shipped case of one server and two classes, with some worth of a priority.
fn two_classes(step: &str) -> Lab {
    let text = include_str!("../../scenarios/verify/que-13-priority.toml");
    Lab::new(&format!("{text}\n[dispatch]\npriority-step = \"{step}\"\n"))
}

/// Mean minutes in the system and their half-widths: urgent, other, and all by number.
fn minutes(step: &str) -> [(f64, f64); 3] {
    let summary = two_classes(step).results(0..40, 2).summary();
    let of = |flow: &str| {
        let row = row(&summary, "transit_time", flow);
        (row.mean.unwrap() * 1440.0, row.half_width.unwrap() * 1440.0)
    };
    let (urgent, other) = (of("flow.urgent"), of("flow.other"));
    let together = |urgent: f64, other: f64| (18.0 * urgent + 24.0 * other) / 42.0;
    [urgent, other, (together(urgent.0, other.0), together(urgent.1, other.1))]
}

fn holds((mean, half_width): (f64, f64), expected: f64) -> bool {
    (mean - expected).abs() <= 1.7 * half_width
}

/// At no worth both classes wait as in one queue; whatever it is worth, all together do (Kleinrock's conservation law); the more it
/// is worth, the less the urgent wait.
#[test]
fn a_priority_is_worth_what_is_said() {
    // M/M/1 at 0.7: 7/3 of waiting and 1 of service. Strictly, after Cobham: 1 and 10/3 of waiting.
    let all = 7.0 / 3.0 + 1.0;
    let (none, some, whole) = (minutes("0 min"), minutes("2 min"), minutes("30000 min"));
    assert!(holds(none[0], all) && holds(none[1], all), "{none:?}");
    assert!(holds(whole[0], 2.0) && holds(whole[1], 10.0 / 3.0 + 1.0), "{whole:?}");
    for times in [none, some, whole] {
        assert!(holds(times[2], all), "{times:?}");
    }
    let urgent = [whole, some, none].map(|times| times[0].0);
    assert!(urgent.is_sorted() && urgent[1] - urgent[0] > 0.1 && urgent[2] - urgent[1] > 0.1, "{urgent:?}");
}

/// Longer than any wait is strict to the bit.
#[test]
fn without_a_worth_priorities_are_strict() {
    let strict = Lab::new(include_str!("../../scenarios/verify/que-13-priority.toml"));
    let journeys = |lab: &Lab| format!("{:?}", lab.outcome(0).journeys);
    assert!(journeys(&strict) == journeys(&two_classes("100000 d")));
    assert!(journeys(&strict) != journeys(&two_classes("2 min")));
}
