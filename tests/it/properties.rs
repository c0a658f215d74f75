//! What holds of every corridor, tried on random small ones.
//!
//! That books balance and Little's law holds, each replication checks itself: here it only must not end with an error.
#![expect(clippy::float_cmp, reason = "what is to be the same is to be the same to the bit")]

use midcor::engine::{Fact, Note, Observer};
use midcor::results::{Results, RowKey};
use midcor::stats::Paired;
use midcor::units::Duration;
use midcor::words::Measure;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::corridor::{Corridor, Flow, corridor};
use crate::lab::Lab;

/// The same corridors at each run: what fails, fails again.
fn few(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        max_shrink_iters: 60,
        ..ProptestConfig::default()
    }
}

/// The bytes of the summary and of the histograms.
pub(crate) fn bytes(results: &Results) -> [Vec<u8>; 2] {
    let (mut summary, mut histograms) = (Vec::new(), Vec::new());
    midcor::report::write_json(&results.summary(), &mut summary).unwrap();
    midcor::report::write_histograms(results, &mut histograms).unwrap();
    [summary, histograms]
}

fn row_of(results: &Results, key: &RowKey) -> usize {
    results.catalogue.rows.iter().position(|other| other == key).unwrap_or_else(|| panic!("{key:?} is gone"))
}

/// Every row and every histogram of `base` stands in `other` to the bit.
fn stands_in(base: &Results, other: &Results) {
    for (row, key) in base.catalogue.rows.iter().enumerate() {
        let place = row_of(other, key);
        for (one, two) in base.records.iter().zip(other.records.iter()) {
            let (one, two) = (one.values.get(row), two.values.get(place));
            assert_eq!(one.to_bits(), two.to_bits(), "{one} became {two}: {key:?}");
        }
    }
    for (series, key) in base.catalogue.series.iter().enumerate() {
        let place = other.catalogue.series.iter().position(|other| other == key).unwrap();
        for (one, two) in base.records.iter().zip(other.records.iter()) {
            assert!(one.histograms.get(series).eq(two.histograms.get(place)), "{key:?}");
        }
    }
}

/// What does not depend on what the corridor does.
#[derive(Default)]
struct Outer(Vec<Note>);

impl Observer for Outer {
    fn note(&mut self, note: Note) {
        if matches!(note.fact, Fact::Made | Fact::Closed(_) | Fact::Opened(_)) {
            self.0.push(note);
        }
    }
}

/// A constant corridor with one flow westward to eastward, in overload or not; block trains of one size.
fn constant(corridor: &Corridor, volume: u32, size: u32) -> Corridor {
    let flow =
        Flow { is_whole: false, is_back: false, is_block_train: true, priority: 2, volume, shipment: (size, size) };
    Corridor {
        variation: 0.0,
        has_hours: false,
        shares: (100, 0),
        weather: None,
        breakdowns: false,
        train: None,
        storage: None,
        flows: vec![flow],
        days: (0, 30, 1),
        ..corridor.clone()
    }
}

proptest! {
    #![proptest_config(few(24))]

    #[test]
    fn rows_of_time_add_up(corridor in corridor()) {
        let lab = Lab::new(&corridor.text());
        let results = lab.results(0..3, 1);
        for (row, key) in results.catalogue.rows.iter().enumerate() {
            let whole = matches!(key.measure, Measure::TransitTime | Measure::SectionTime);
            if !whole || !key.period.is_horizon() || key.place.is_some() {
                continue;
            }
            let is_part = |other: &RowKey| {
                other.measure == Measure::Time && other.subject == key.subject && other.period.is_horizon()
            };
            let parts: Vec<usize> = (0..results.catalogue.rows.len()).filter(|&row| is_part(&results.catalogue.rows[row])).collect();
            for record in results.records.iter().filter(|record| !record.values.get(row).is_nan()) {
                let (sum, whole): (f64, f64) = (parts.iter().map(|&part| record.values.get(part)).sum(), record.values.get(row));
                prop_assert!(parts.is_empty() || (sum - whole).abs() <= 1e-9 * whole.max(1e-3), "{sum} is not {whole}: {key:?}");
            }
        }
    }

    #[test]
    fn a_server_is_in_one_state(corridor in corridor()) {
        let lab = Lab::new(&corridor.text());
        let horizon = lab.plan.clock.horizon_end.since(lab.plan.clock.start).ms();
        let outcome = lab.outcome(0);
        for (station, tally) in lab.plan.epochs[0].1.stations.iter().zip(&outcome.stations) {
            if let Some(servers) = station.servers {
                let states: Duration = [tally.busy, tally.blocked, tally.down, tally.closed, tally.idle].into_iter().sum();
                prop_assert_eq!(states.ms(), i64::from(servers) * horizon);
            }
        }
    }
}

proptest! {
    #![proptest_config(few(16))]

    #[test]
    fn what_nobody_uses_changes_nothing(corridor in corridor()) {
        let text = corridor.text();
        let more = format!(
            "{text}\n[node.far]\n[node.farther]\n[node.far.facility.scale]\nkind = \"inspection\"\nservers = 2\n\
             time = {{ dist = \"exponential\", mean = \"2 h\" }}\nmtbf = \"50 h\"\nmttr = \"5 h\"\n\
             [link.strait]\nfrom = \"far\"\nto = \"farther\"\nmode = \"sea\"\nlength = \"90 km\"\n\
             [link.branch]\nfrom = \"n0\"\nto = \"far\"\nmode = \"rail\"\ntime = \"900 h\"\n\
             [pool.wagons]\nsize = 7\n\
             [fleet.spare]\nports = [\"far\", \"farther\"]\nvessels = 2\ncarries = [\"TEU\"]\ncapacity = \"40 TEU\"\n\
             sailing = {{ dist = \"lognormal\", mean = \"14 h\", cv = 0.3 }}\n\
             [closure.ice]\nof = [\"node.far\"]\nshare = \"30 %\"\nclosed = \"40 h\"\n"
        );
        stands_in(&Lab::new(&text).results(0..2, 1), &Lab::new(&more).results(0..2, 1));
    }

    #[test]
    fn threads_and_order_make_no_difference(corridor in corridor()) {
        let lab = Lab::new(&corridor.text());
        let one = bytes(&lab.results(0..7, 1));
        prop_assert!(one == bytes(&lab.results(0..7, 2)));
        prop_assert!(one == bytes(&lab.results(0..7, 7)));
        prop_assert!(one == bytes(&lab.backwards(0..7)));
    }

    #[test]
    fn shards_are_one_run(corridor in corridor()) {
        let lab = Lab::new(&corridor.text());
        let whole = lab.results(0..8, 1);
        let merged = Results::merge(vec![lab.results(3..8, 2), lab.results(0..3, 1)]).unwrap();
        prop_assert!(bytes(&whole) == bytes(&merged));
    }

    #[test]
    fn a_null_comparison_is_zero(corridor in corridor()) {
        let text = corridor.text();
        let (one, two) = (Lab::new(&text).results(0..4, 1), Lab::new(&text).results(0..4, 2));
        for row in 0..one.catalogue.rows.len() {
            let Some(paired) = Paired::of(&one.values(row), &two.values(row), 0.95) else { continue };
            prop_assert_eq!((paired.mean, paired.half_width, paired.p_value), (0.0, 0.0, 1.0));
            prop_assert_eq!(paired.variance_reduction, None);
        }
    }

    #[test]
    fn one_ship_more_meets_the_same_shipments_and_storms(corridor in corridor()) {
        let mut more = corridor.clone();
        more.vessels += 1;
        let watch = |corridor: &Corridor| {
            let mut outer = Outer::default();
            Lab::new(&corridor.text()).observed(1, &mut outer);
            outer.0.sort_by_key(|note| (note.time, note.shipment));
            outer.0
        };
        let base = watch(&corridor);
        prop_assert!(base.iter().any(|note| note.fact == Fact::Made));
        prop_assert_eq!(base, watch(&more));
    }

    #[test]
    fn more_capacity_does_not_carry_less(corridor in corridor(), what in 0..4_u8) {
        let mut more = corridor.clone();
        match what {
            0 => more.customs.0 += 1,
            1 => more.vessels += 1,
            2 => more.paths += 4,
            _ => more.crane.0 += 1,
        }
        let carried = |corridor: &Corridor| {
            let lab = Lab::new(&corridor.text());
            let mass = |number| lab.outcome(number).flows.iter().map(|flow| flow.delivered.mass.tonnes()).sum();
            (0..8).map(mass).collect::<Vec<f64>>()
        };
        let paired = Paired::of(&carried(&more), &carried(&corridor), 0.999).unwrap();
        // What lands on the other side of the end of the month: a deckload.
        let one_load = 20.0 * f64::from(corridor.deck);
        prop_assert!(paired.mean + paired.half_width.max(one_load) >= 0.0, "{paired:?}");
    }

    #[test]
    fn twice_the_times_and_half_the_rates_take_twice_as_long(any in corridor(), gap_h in 3..40_u32, size in 10..50_u32) {
        // A shipment every `gap_h` hours.
        let text = |scale: f64| {
            let mut corridor = constant(&any, 1, size);
            // Headways of whole milliseconds.
            corridor.paths = [8, 12, 16, 24, 32, 48][any.paths as usize % 6];
            let text = corridor.text();
            let gap = f64::from(gap_h) * scale;
            let text = text.replace("volume = \"1 TEU/yr\"", &format!("volume = \"{} TEU/h\"", f64::from(size) / gap));
            rescaled(&text, scale)
        };
        let (one, two) = (Lab::new(&text(1.0)).outcome(0), Lab::new(&text(2.0)).outcome(0));
        prop_assert!(!one.journeys.is_empty());
        prop_assert_eq!(one.journeys.len(), two.journeys.len());
        for (one, two) in one.journeys.iter().zip(&two.journeys) {
            let both = if one.time == Duration::MAX { Duration::MAX } else { one.time + one.time };
            prop_assert_eq!((two.made.ms(), two.time, two.mass), (2 * one.made.ms(), both, one.mass));
        }
    }

    #[test]
    fn smaller_shipments_make_as_much_border_work(
        volume in 3000..30_000_u32,
        piece in proptest::sample::select(vec![20_u32, 10, 8, 5, 4, 2, 1]),
        hours in 1.0..9.0_f64,
    ) {
        let served = |piece: u32| {
            let text = BORDER
                .replace("VOLUME", &volume.to_string())
                .replace("PIECE", &piece.to_string())
                .replace("TIME", &hours.to_string());
            let lab = Lab::new(&text);
            let place = lab.plan.labels.stations.iter().position(|label| label.path.as_str() == "node.border.facility.customs");
            lab.outcome(0).stations[place.unwrap()].served
        };
        let trains = served(40);
        prop_assert!(trains > 0);
        prop_assert_eq!(served(piece), trains);
    }

    #[test]
    fn the_same_value_on_a_date_changes_nothing(corridor in corridor()) {
        let text = corridor.text();
        let (servers, vessels) = (corridor.customs.0, corridor.vessels);
        let dated = format!(
            "{text}\n[timeline.same]\non = 2024-01-12\n\
             set = {{ \"node.n0.facility.customs.servers\" = {servers}, \"fleet.ferry.vessels\" = {vessels} }}\n"
        );
        stands_in(&Lab::new(&text).results(0..2, 1), &Lab::new(&dated).results(0..2, 1));
    }

    #[test]
    fn servers_come_on_their_date(corridor in corridor(), more in 1..4_u32) {
        let servers = corridor.customs.0;
        let dated = format!(
            "{}\n[timeline.more]\non = 2024-01-11\nset = {{ \"node.n0.facility.customs.servers\" = {} }}\n",
            corridor.text(),
            servers + more
        );
        let lab = Lab::new(&dated);
        let place = lab.plan.labels.stations.iter().position(|label| label.path.as_str() == "node.n0.facility.customs");
        let outcome = lab.outcome(0);
        let tally = &outcome.stations[place.unwrap()];
        let states: Duration = [tally.busy, tally.blocked, tally.down, tally.closed, tally.idle].into_iter().sum();
        // Ten days with so many, twenty with more.
        prop_assert_eq!(states.days(), f64::from(30 * servers + 20 * more));
    }
}

/// A yard, a line and a border after it.
const BORDER: &str = r#"
schema = 1
title = "Trains at a border"
[run]
horizon = "60 d"
drain = "20 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.west.yard.boxes]
train = "40 TEU"
[node.border.facility.customs]
kind = "customs"
servers = 1
time = "TIME h"
[node.east]
[link.first]
from = "west"
to = "border"
mode = "rail"
time = "10 h"
paths-per-day = 12
[link.second]
from = "border"
to = "east"
mode = "rail"
time = "10 h"
[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "VOLUME TEU/yr"
shipment = "PIECE TEU"
arrivals = "regular"
"#;

/// A text with all its times, written in `ms`, `h` or `d`, times `scale`, and its paths by it.
fn rescaled(text: &str, scale: f64) -> String {
    let line = |line: &str| {
        let Some((key, value)) = line.split_once(" = ") else { return line.to_owned() };
        let number = |unit: &str| value.trim_matches('"').strip_suffix(unit)?.trim().parse::<f64>().ok();
        if key == "paths-per-day" {
            return format!("{key} = {}", value.parse::<f64>().unwrap() / scale);
        }
        let unit = ["ms", "h", "d"].into_iter().find(|unit| number(&format!(" {unit}")).is_some());
        match unit {
            Some(unit) => format!("{key} = \"{} {unit}\"", number(&format!(" {unit}")).unwrap() * scale),
            None => line.to_owned(),
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn more_servers_on_a_date_clear_the_queue() {
    let text = BORDER.replace("VOLUME", "40000").replace("PIECE", "40").replace("TIME", "18");
    let dated =
        format!("{text}\n[timeline.more]\non = 2024-01-15\nset = {{ \"node.border.facility.customs.servers\" = 4 }}\n");
    let served = |text: &str| Lab::new(text).outcome(0).stations[0].served;
    // One server starts a train every 18 h: 80 in 60 d. With four from the 15th on, all that come: 2.7 a day.
    let (before, after) = (served(&text), served(&dated));
    assert!(before <= 80 && after > 140, "{before} and {after}");
}

/// A small network: from west two ways round to east, which meet in the middle; closures of any of its links; cargo that may
/// switch, and cargo that may not.
#[derive(Clone, Debug)]
struct Ways {
    hours: [u32; 6],
    paths: u32,
    train: Option<u32>,
    wagons: u32,
    shut: Vec<(usize, u32, u32)>,
    storms: Option<(usize, u32)>,
    volume: u32,
    rule: (u32, u32, u32, u32, u32),
}

const LINKS: [[&str; 2]; 6] = [
    ["west", "north"],
    ["west", "south"],
    ["north", "middle"],
    ["south", "middle"],
    ["middle", "east"],
    ["north", "east"],
];

fn ways() -> impl Strategy<Value = Ways> {
    let network = (proptest::array::uniform6(2..60_u32), 2..20_u32, proptest::option::of(2..6_u32), 5..80_u32);
    let shut = proptest::collection::vec((0..LINKS.len(), 1..50_u32, 1..30_u32), 0..3);
    let rule = (0..=100_u32, 0..72_u32, 1..72_u32, 0..40_u32, 1..=9_u32);
    (network, shut, proptest::option::of((0..LINKS.len(), 5..60_u32)), 1..30_u32, rule).prop_map(
        |((hours, paths, train, wagons), shut, storms, volume, rule)| Ways {
            hours,
            paths,
            train,
            wagons,
            shut,
            storms,
            volume,
            rule,
        },
    )
}

impl Ways {
    fn text(&self) -> String {
        let head = "schema = 1\ntitle = \"Ways round\"\n[run]\nhorizon = \"50 d\"\ndrain = \"60 d\"\n[cargo.boxes]\n\
                    unit = \"TEU\"\ntonnes-per-unit = 14\n";
        let wagons = self.wagons;
        let pool =
            format!("[pool.wagons]\nsize = {wagons}\nper = \"1 TEU\"\nreturns = \"empty\"\nreturn-time = \"40 h\"\n");
        let (informed, delay, review, hysteresis, switches) = self.rule;
        let rule = format!(
            "[reroute.boxes]\nflows = [\"boxes\"]\ninformed = \"{informed} %\"\ndelay = \"{delay} h\"\nreview = \"{review} h\"\n\
             hysteresis = \"{hysteresis} %\"\nswitches = {switches}\n"
        );
        [head.to_owned(), self.nodes(), self.links(), self.closures(), pool, self.flows(), rule].concat()
    }

    fn nodes(&self) -> String {
        let node = |node: &str| {
            let train = self.train.filter(|_| node == "west" || node == "middle");
            let yard = |train: u32| {
                format!("yard.boxes = {{ train = \"{train} TEU\", max-wait = \"2 d\", cargo = [\"boxes\"] }}\n")
            };
            format!("[node.{node}]\n{}", train.map_or_else(String::new, yard))
        };
        ["west", "north", "south", "middle", "east"].map(node).concat()
    }

    fn links(&self) -> String {
        let link = |(place, [from, to]): (usize, [&str; 2])| {
            let (hours, paths) = (self.hours[place], self.paths);
            format!(
                "[link.l{place}]\nfrom = \"{from}\"\nto = \"{to}\"\nmode = \"rail\"\ntime = \"{hours} h\"\npaths-per-day = {paths}\n\
                 pools = [\"wagons\"]\n"
            )
        };
        LINKS.into_iter().enumerate().map(link).collect::<Vec<_>>().concat()
    }

    fn closures(&self) -> String {
        let shut = |(number, (link, from, days)): (usize, &(usize, u32, u32))| {
            let window = [*from, from + days].map(on_day);
            format!("[closure.c{number}]\nof = \"link.l{link}\"\nwindow = {window:?}\n")
        };
        let storms = |(link, hours): (usize, u32)| {
            format!("[closure.storms]\nof = \"link.l{link}\"\nshare = \"20 %\"\nclosed = \"{hours} h\"\n")
        };
        let mut all: Vec<String> = self.shut.iter().enumerate().map(shut).collect();
        all.extend(self.storms.map(storms));
        all.concat()
    }

    fn flows(&self) -> String {
        let flow = |(flow, volume): (&str, u32)| {
            format!(
                "[flow.{flow}]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"{volume} TEU/d\"\nshipment = \"1 TEU\"\n\
                 route.north = {{ via = [\"north\", \"l5\"], share = \"70 %\" }}\nroute.middle = {{ via = [\"north\", \"middle\"], share = \"0 %\" }}\n\
                 route.south = {{ via = [\"south\", \"middle\"], share = \"30 %\" }}\n"
            )
        };
        [("boxes", self.volume), ("fixed", 2)].map(flow).concat()
    }
}

/// So many days after the beginning of 2024.
fn on_day(day: u32) -> String {
    let (month, first) = match day {
        0..31 => (1, 0),
        31..60 => (2, 31),
        60..91 => (3, 60),
        _ => (4, 91),
    };
    format!("2024-{month:02}-{:02}", day - first + 1)
}

proptest! {
    #![proptest_config(few(24))]

    /// Each replication checks its own books: mass and time to the kilogram and the millisecond, Little's law everywhere.
    #[test]
    fn books_balance_whoever_switches_and_threads_make_no_difference(ways in ways()) {
        let lab = Lab::new(&ways.text());
        let one = bytes(&lab.results(0..4, 1));
        prop_assert!(one == bytes(&lab.results(0..4, 2)));
        prop_assert!(one == bytes(&lab.backwards(0..4)));
    }
}
