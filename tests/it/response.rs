//! The response of demand: volumes by the same shipments, and where they settle.

use std::collections::BTreeMap;

use midcor::engine::{Fact, Limits, Note, Observer};
use midcor::experiment::{Cancel, Free, Job, Quiet, Settled, TOLERANCE, Terms, respond};
use midcor::random::Domain;
use midcor::results::Layout;
use midcor::words::{Measure, Subject};

use crate::lab::{Lab, plan};

const ONE_CRANE: &str = include_str!("../../scenarios/smallest.toml");
const YEARS: u64 = 20;

/// The crane of the smallest scenario as quick as asked, with a response of the flow; a tariff on the line.
fn crane(mean: &str, usd: f64) -> String {
    let tariff = format!("time = \"10 h\"\noperator = \"Railway\"\ntariff = \"{usd} USD/TEU\"");
    ONE_CRANE.replace("mean = \"1 h\"", &format!("mean = \"{mean}\"")).replace("time = \"10 h\"", &tariff)
        + "response = { day = \"-30 %\", cost = -0.6 }\n"
}

/// Volumes are free, routes are not.
fn volumes(base: &[Terms]) -> Free {
    Free { volumes: Some(base.to_vec()), routes: None }
}

/// What settles where the base is the crane of 1 h at 100 USD.
fn settled(text: &str, most: u32) -> (Terms, Settled) {
    let (base, lab) = (Lab::new(&crane("1 h", 100.0)), Lab::new(text));
    let results = base.results(0..YEARS, 1);
    let base = Terms::by_flow(&results.catalogue, &results.records, &lab.plan.labels);
    let job = Job {
        plan: &lab.plan,
        seed: lab.seed,
        replications: 0..YEARS,
        domain: Domain::Production,
        threads: 0,
        limits: Limits::default(),
    };
    (base[0], respond(&job, &volumes(&base), None, most, &Quiet, &Cancel::default()).unwrap().volumes)
}

fn carried(text: &str, factor: f64) -> f64 {
    let plan = plan(text).with_volume_factors(&[factor]).unwrap();
    let summary = Lab::of_plan(plan).results(0..YEARS, 1).summary();
    summary.row(Measure::Carried, &Subject::at("flow.demo")).and_then(|row| row.mean).unwrap()
}

#[test]
fn a_what_if_that_changes_nothing_moves_no_volume() {
    let (_, found) = settled(&crane("1 h", 100.0), 20);
    assert_eq!(found.factors, [1.0]);
    assert!(found.is_settled && found.rounds == 1 && found.last_move == 0.0, "{found:?}");
}

/// A quicker crane gains volume, but less than its days at given demand alone would induce, for volume makes a
/// queue. Theory: M/M/1 with 0.9 f boxes an hour; f solves f = 0.7^((W(f) − W₀) ÷ 24 h), W = 1 ÷ (μ − 0.9 f).
#[test]
fn a_quicker_crane_gains_until_its_queue_holds_back_the_rest() {
    let text = crane("0.8 h", 100.0);
    let (base, found) = settled(&text, 20);
    assert!(found.is_settled && found.last_move <= TOLERANCE, "{found:?}");
    let one_shot = settled(&text, 1).1;
    assert!(!one_shot.is_settled);
    let (factor, most) = (found.factors[0], one_shot.factors[0]);
    assert!(1.0 < factor && factor < most, "{factor} of at most {most}");

    let asked = |factor: f64| 0.7_f64.powf((1.0 / (1.25 - 0.9 * factor) + 10.0) / 24.0 - base.transit_time);
    let (mut low, mut high) = (1.0, 1.38);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if asked(middle) > middle { low = middle } else { high = middle }
    }
    assert!((factor / low - 1.0).abs() < 0.01, "{factor} and not {low}");

    let [given, with_response, without_queue] = [1.0, factor, most].map(|factor| carried(&text, factor));
    assert!(given < with_response && with_response < without_queue);
    assert!((with_response / given / factor - 1.0).abs() < 0.01);
}

#[test]
fn a_slower_crane_and_a_higher_charge_lose_volume() {
    let (_, slow) = settled(&crane("1.05 h", 100.0), 60);
    assert!(slow.is_settled && slow.factors[0] < 1.0, "{slow:?}");
    let (_, dear) = settled(&crane("1 h", 120.0), 60);
    // Without the days that the shorter queue wins back it would be 1.2^-0.6 = 0.896.
    assert!(dear.is_settled && (0.897..1.0).contains(&dear.factors[0]), "{dear:?}");
}

#[test]
fn carriage_for_nothing_is_an_error_in_words() {
    let lab = Lab::new(&crane("1 h", 0.0));
    let job = Job {
        plan: &lab.plan,
        seed: lab.seed,
        replications: 0..1,
        domain: Domain::Production,
        threads: 1,
        limits: Limits::default(),
    };
    let base = [Terms { transit_time: 1.0, freight_charge: 100.0 }];
    let error = respond(&job, &volumes(&base), None, 20, &Quiet, &Cancel::default()).unwrap_err().to_string();
    assert!(error.contains("flow.demo.response"), "{error}");
    let cancel = Cancel::default();
    cancel.request();
    assert!(respond(&job, &volumes(&base), None, 20, &Quiet, &cancel).is_err());
}

/// Shipments made: by flow and identity, the moment and the size.
#[derive(Default)]
struct Made(BTreeMap<(usize, u64), (i64, i64)>);

impl Observer for Made {
    fn note(&mut self, note: Note) {
        if let (Fact::Made, Some(name)) = (note.fact, note.shipment) {
            let before = self.0.insert((name.flow.index(), name.identity), (note.time.ms(), note.size.milli()));
            assert!(before.is_none(), "two shipments of one identity");
        }
    }
}

fn made(text: &str, factors: &[f64]) -> BTreeMap<(usize, u64), (i64, i64)> {
    let mut made = Made::default();
    Lab::of_plan(plan(text).with_volume_factors(factors).unwrap()).observed(3, &mut made);
    made.0
}

/// A flow as asked, and another beside it.
fn two_flows(more: &str) -> String {
    let run = "[run]\nwarm-up = \"20 d\"\ndrain = \"20 d\"";
    let other = ONE_CRANE.split("[flow.demo]").nth(1).unwrap().replace("7884", "800").replace("1 TEU", "3 TEU");
    ONE_CRANE.replace("[run]", run).replace("\"1 TEU\"", "{ dist = \"uniform\", low = \"1 TEU\", high = \"5 TEU\" }")
        + more
        + "\n[flow.other]"
        + &other
}

#[test]
fn more_volume_is_the_same_shipments_and_others() {
    let timeline = "[timeline.more]\non = \"2024-07-01\"\nset = { \"flow.demo.volume\" = \"12000 TEU/yr\" }\n";
    let grown = "growth = \"20 %\"\n";
    for (more, tail) in [
        ("", ""),
        ("arrivals = \"regular\"\n", ""),
        ("arrivals = { gap = { dist = \"gamma\", cv = 0.5 } }\nbatch = 2\n", ""),
        ("arrivals = { days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\"], at = \"06:00\" }\n", ""),
        (grown, timeline),
    ] {
        let text = two_flows(more) + tail;
        let given = made(&text, &[]);
        let count = |made: &BTreeMap<(usize, u64), _>, flow| made.keys().filter(|key| key.0 == flow).count() as f64;
        let mut before = BTreeMap::new();
        for factor in [0.0, 0.4, 0.9, 1.0, 1.2, 2.0, 2.5] {
            let made = made(&text, &[factor]);
            assert!(
                before.iter().all(|(key, what)| made.get(key) == Some(what)),
                "{more}: {factor} has not what less has"
            );
            assert_eq!(count(&made, 1).to_bits(), count(&given, 1).to_bits());
            // Of n shipments, n × share come, give or take the noise of thinning and of copies that come by chance.
            let (came, of) = (count(&made, 0), count(&given, 0));
            assert!((came - of * factor).abs() <= 5.0 * of.sqrt(), "{more}: {came} of {of} at {factor}");
            if factor.to_bits() == 1.0_f64.to_bits() {
                assert_eq!(made, given);
            }
            before = made;
        }
    }
}

#[test]
fn copies_of_a_regular_flow_come_between_the_given() {
    let text = two_flows("arrivals = \"regular\"\n");
    let times = |factor: f64| {
        let mut times: Vec<i64> =
            made(&text, &[factor]).iter().filter(|(key, _)| key.0 == 0).map(|(_, made)| made.0).collect();
        times.sort_unstable();
        times
    };
    let (given, double) = (times(1.0), times(2.0));
    let gap = given[1] - given[0];
    // From the second on, as both begin with a full gap of their own.
    assert!(double[1..200].windows(2).all(|pair| (pair[1] - pair[0] - gap / 2).abs() <= 1), "{:?}", &double[..6]);
}

/// The word alone changes nothing, nor does a factor of 1, and rows do not depend on factors.
#[test]
fn volumes_as_given_are_the_given_ones_to_the_bit() {
    let text = crane("1 h", 100.0);
    let without = text.lines().filter(|line| !line.starts_with("response")).collect::<Vec<&str>>().join("\n");
    let expected = format!("{:?}", Lab::new(&without).outcome(0));
    for plan in [plan(&text), plan(&text).with_volume_factors(&[1.0]).unwrap()] {
        assert!(format!("{:?}", Lab::of_plan(plan).outcome(0)) == expected);
    }
    let catalogue = |factor: f64| Layout::of(&plan(&text).with_volume_factors(&[factor]).unwrap()).catalogue().clone();
    assert!(catalogue(0.5) == catalogue(1.0) && catalogue(2.5) == catalogue(1.0));
}
