//! Shipments that switch to another route under way: who does, when, and that nobody sees what is to come.

use std::collections::BTreeMap;

use midcor::engine::{Fact, Note, Observer};
use midcor::words::{Measure, SubjectKind};

use crate::lab::{Lab, mean};
use crate::properties::bytes;

/// From west over a junction to east: there a short line of a day and a long one of three. A box comes every six hours and
/// is at the junction at once.
const FORK: &str = r#"
schema = 1
title = "A fork"
[run]
horizon = "60 d"
drain = "60 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.west]
[node.junction]
[node.east]
[link.approach]
from = "west"
to = "junction"
mode = "rail"
time = "0 h"
tariff = "10 USD/TEU"
operator = "KTZ"
[link.short]
from = "junction"
to = "east"
mode = "rail"
time = "24 h"
tariff = "20 USD/TEU"
operator = "KTZ"
[link.long]
from = "junction"
to = "east"
mode = "rail"
time = "72 h"
tariff = "20 USD/TEU"
operator = "ADY"
[flow.boxes]
cargo = "boxes"
from = "west"
to = "east"
volume = "4 TEU/d"
arrivals = "regular"
shipment = "1 TEU"
route.short = { via = ["short"], share = "100 %" }
route.long = { via = ["long"], share = "0 %" }
"#;

/// The short line is shut from the 10th to the 20th day.
const SHUT: &str = "[closure.short]\nof = \"link.short\"\nwindow = [\"2024-01-11\", \"2024-01-21\"]\n";

fn rule(keys: &str) -> String {
    format!("[reroute.boxes]\nflows = [\"boxes\"]\n{keys}\n")
}

const ALL_AT_ONCE: &str = "informed = \"100 %\"\ndelay = \"0 h\"\nhysteresis = \"0 %\"";

/// By shipment: when it came to a node, and when and where it switched.
struct Seen {
    node: usize,
    arrived: BTreeMap<u64, f64>,
    switched: Vec<(u64, f64, usize)>,
}

impl Observer for Seen {
    fn note(&mut self, note: Note) {
        let Some(shipment) = note.shipment.map(|name| name.identity) else { return };
        let day = note.time.ms() as f64 / 86_400_000.0;
        match note.fact {
            Fact::Arrived(at) if at.index() == self.node => {
                self.arrived.insert(shipment, day);
            }
            Fact::Switched(at, _) => self.switched.push((shipment, day, at.index())),
            _ => {}
        }
    }
}

fn seen_at(node: usize, text: &str) -> Seen {
    let mut seen = Seen { node, arrived: BTreeMap::new(), switched: Vec::new() };
    Lab::new(text).observed(0, &mut seen);
    seen
}

fn seen(text: &str) -> Seen {
    seen_at(1, text)
}

/// The days of arrival at the junction between which everybody switched, and nobody else did.
fn span(seen: &Seen) -> (f64, f64) {
    let switched = |shipment: &u64| seen.switched.iter().any(|(other, ..)| other == shipment);
    let days: Vec<f64> = seen.arrived.iter().filter(|(shipment, _)| switched(shipment)).map(|(_, &day)| day).collect();
    let (first, last) = (days.iter().copied().fold(f64::MAX, f64::min), days.iter().copied().fold(0.0, f64::max));
    let within = seen.arrived.iter().filter(|(_, day)| (first..=last).contains(*day));
    let stayed: Vec<f64> = within.filter(|(shipment, _)| !switched(shipment)).map(|(_, &day)| day).collect();
    assert!(stayed.is_empty(), "all who came between {first} and {last} switched, but for {stayed:?}");
    (first, last)
}

/// Without charges the cost is time alone: who finds the line shut for w days switches if w + 1 > 3.
#[test]
fn who_is_informed_switches_exactly_when_the_cost_says_so() {
    let (first, last) = span(&seen(&format!("{FORK}{SHUT}{}", rule(ALL_AT_ONCE))));
    assert_eq!((first, last), (10.0, 17.75));
    assert!(seen(&format!("{FORK}{}", rule(ALL_AT_ONCE))).switched.is_empty(), "nobody switches where nothing is shut");
    assert!(seen(&format!("{FORK}{SHUT}")).switched.is_empty(), "nobody switches where nobody may");
}

/// The charges that are left on both ways are 20 dollars, and the value of time is that of the shipment; with 25 % of
/// hysteresis and no charges, w + 1 > 4.
#[test]
fn a_gain_below_the_hysteresis_moves_nobody() {
    let free = FORK.replace("tariff = \"20 USD/TEU\"\n", "");
    let keys = "informed = \"100 %\"\ndelay = \"0 h\"\nhysteresis = \"25 %\"";
    assert_eq!(span(&seen(&format!("{free}{SHUT}{}", rule(keys)))), (10.0, 16.75));
}

/// Who values a day at a constant 60 dollars and pays 90 for switching switches if 60 (w + 1) > 180 + 90.
#[test]
fn switching_costs_and_the_threshold_are_set_against_the_worth_of_the_days() {
    let choice = "[choice.boxes]\nflows = [\"boxes\"]\nvalue-of-time-spread = 1\n";
    for (keys, last) in [
        ("switching-cost = \"90 USD/TEU\"", 16.25),
        ("threshold = \"90 USD/TEU\"", 16.25),
        ("switching-cost = \"90 USD/TEU\"\nthreshold = \"60 USD/TEU\"", 15.25),
    ] {
        let rule = rule(&format!("{ALL_AT_ONCE}\n{keys}"));
        assert_eq!(span(&seen(&format!("{FORK}{SHUT}{choice}{rule}"))), (10.0, last), "{keys}");
    }
}

/// What is not yet known is not acted upon; who waits looks again and then goes.
#[test]
fn a_closure_is_known_after_the_delay_and_an_announced_one_before_it_begins() {
    let keys = "informed = \"100 %\"\ndelay = \"60 h\"\nreview = \"12 h\"\nhysteresis = \"0 %\"";
    let late = seen(&format!("{FORK}{SHUT}{}", rule(keys)));
    assert_eq!(span(&late), (10.0, 17.75));
    assert!(late.switched.iter().all(|(_, day, _)| *day >= 12.5), "nobody knows before");
    // A pass two days behind the junction, three days in all: whoever would find it shut goes the long way, of three days.
    let pass = "[node.pass]\n[link.ascent]\nfrom = \"junction\"\nto = \"pass\"\nmode = \"rail\"\ntime = \"48 h\"\n\
                [link.descent]\nfrom = \"pass\"\nto = \"east\"\nmode = \"rail\"\ntime = \"24 h\"\n\
                [closure.pass]\nof = \"link.descent\"\nwindow = [\"2024-01-11\", \"2024-01-21\"]\n";
    let over = FORK.replace("route.short = { via = [\"short\"]", "route.over = { via = [\"pass\"]");
    let over = over.replace("tariff = \"20 USD/TEU\"\n", "");
    let of = |announced: &str| seen(&format!("{over}{pass}{announced}{}", rule(ALL_AT_ONCE)));
    assert_eq!(span(&of("")), (10.0, 17.75));
    assert_eq!(span(&of("announced = \"5 d\"\n")), (8.0, 17.75));
}

/// Two calendars with one past: nothing that is drawn, or set, for later changes what is decided now.
#[test]
fn nobody_sees_what_is_to_come() {
    let before = |seen: &Seen, day: f64| -> Vec<(u64, f64, usize)> {
        seen.switched.iter().copied().filter(|(_, when, _)| *when < day).collect()
    };
    let windows = "[closure.short]\nof = \"link.short\"\nwindow = [[\"2024-01-11\", \"2024-01-21\"], [\"2024-02-01\", \"2024-02-20\"]]\n";
    let (one, two) =
        (seen(&format!("{FORK}{SHUT}{}", rule(ALL_AT_ONCE))), seen(&format!("{FORK}{windows}{}", rule(ALL_AT_ONCE))));
    assert_eq!(before(&one, 31.0), before(&two, 31.0));
    assert!(two.switched.len() > one.switched.len());
    let spells = |from_february: &str| {
        let mut months = vec!["{ dist = \"exponential\", mean = \"6 d\" }".to_owned(); 12];
        months[1..].fill(format!("{{ dist = \"exponential\", mean = \"{from_february}\" }}"));
        format!(
            "[closure.short]\nof = \"link.short\"\nopen = {{ dist = \"exponential\", mean = \"3 d\" }}\nclosed = [{}]\n",
            months.join(", ")
        )
    };
    let drawn = |mean: &str| seen(&format!("{FORK}{}{}", spells(mean), rule(ALL_AT_ONCE)));
    let (mild, harsh) = (drawn("1 d"), drawn("20 d"));
    assert!(!before(&mild, 31.0).is_empty());
    assert_eq!(before(&mild, 31.0), before(&harsh, 31.0));
    assert_ne!(mild.switched, harsh.switched);
}

/// A closure by chance is expected to last what its law leaves of it, 6 days of an exponential of 6, however long it will.
#[test]
fn what_is_left_of_a_closure_by_chance_follows_from_its_law() {
    let closure = |mean: &str| {
        format!(
            "[closure.short]\nof = \"link.short\"\nopen = {{ dist = \"exponential\", mean = \"5 d\" }}\nclosed = {{ dist = \"exponential\", mean = \"{mean}\" }}\n"
        )
    };
    assert!(seen(&format!("{FORK}{}{}", closure("47 h"), rule(ALL_AT_ONCE))).switched.is_empty());
    let all = seen(&format!("{FORK}{}{}", closure("49 h"), rule(ALL_AT_ONCE)));
    let switched: Vec<u64> = all.switched.iter().map(|(shipment, ..)| *shipment).collect();
    assert!(switched.len() > 30, "{switched:?}");
}

/// A line that is as short and costs nothing, on which nobody sets out: what speaks against it still does where the own line
/// is free, and does not hold who finds it shut for longer than the charge that is spared is worth.
#[test]
fn who_set_out_on_a_dearer_way_has_a_reason_and_keeps_it() {
    let text = FORK.replace("time = \"72 h\"\ntariff = \"20 USD/TEU\"\n", "time = \"24 h\"\n");
    assert!(seen(&format!("{text}{}", rule(ALL_AT_ONCE))).switched.is_empty());
    let (first, last) = span(&seen(&format!("{text}{SHUT}{}", rule(ALL_AT_ONCE))));
    assert_eq!((first, last), (10.0, 19.75));
}

/// The same half is informed whatever else is set, and the other half waits.
#[test]
fn those_who_are_not_informed_stay() {
    let of = |informed: &str, more: &str| {
        let keys = format!("informed = \"{informed}\"\ndelay = \"0 h\"\nhysteresis = \"0 %\"\n{more}");
        let seen = seen(&FORK.replace("4 TEU/d", "400 TEU/d").add(SHUT).add(&rule(&keys)));
        seen.switched.iter().map(|(shipment, ..)| *shipment).collect::<std::collections::BTreeSet<u64>>()
    };
    let (all, half, fewer) = (of("100 %", ""), of("50 %", ""), of("50 %", "review = \"48 h\""));
    let share = half.len() as f64 / all.len() as f64;
    assert!((share - 0.5).abs() < 4.0 * (0.25 / all.len() as f64).sqrt(), "{share}");
    assert!(half.is_subset(&all) && half == fewer);
}

trait Add {
    fn add(self, more: &str) -> String;
}

impl Add for String {
    fn add(mut self, more: &str) -> String {
        self.push_str(more);
        self
    }
}

/// Two forks one after the other; the second short line is shut when the first choice has been made.
const TWO_FORKS: &str = r#"
[node.second]
[link.short-2]
from = "junction"
to = "second"
mode = "rail"
time = "24 h"
[link.long-2]
from = "junction"
to = "second"
mode = "rail"
time = "72 h"
[link.short-3]
from = "second"
to = "end"
mode = "rail"
time = "24 h"
[link.long-3]
from = "second"
to = "end"
mode = "rail"
time = "72 h"
[node.end]
[flow.on]
cargo = "boxes"
from = "west"
to = "end"
volume = "4 TEU/d"
arrivals = "regular"
shipment = "1 TEU"
route.short = { via = ["short-2", "short-3"], share = "100 %" }
route.first = { via = ["long-2", "short-3"], share = "0 %" }
route.second = { via = ["short-2", "long-3"], share = "0 %" }
[closure.second]
of = "link.short-2"
window = ["2024-01-11", "2024-01-31"]
[closure.third]
of = "link.short-3"
window = ["2024-01-14", "2024-02-20"]
"#;

#[test]
fn nobody_switches_more_often_than_allowed() {
    let switches = |most: u8| {
        let keys = format!("{ALL_AT_ONCE}\nswitches = {most}");
        let text = format!("{FORK}{TWO_FORKS}{}", rule(&keys).replace("\"boxes\"]", "\"on\"]"));
        let mut number: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (shipment, _, node) in seen(&text).switched {
            number.entry(shipment).or_default().push(node);
        }
        number
    };
    let (one, two) = (switches(1), switches(2));
    assert!(one.values().all(|nodes| nodes.len() == 1));
    assert!(two.values().any(|nodes| nodes.len() == 2) && two.values().all(|nodes| nodes.len() <= 2));
    assert!(two.values().all(|nodes| nodes.windows(2).all(|pair| pair[0] != pair[1])), "once at a node");
}

/// 32 boxes switch, each takes three days, and is charged for the links that it used.
#[test]
fn switches_are_counted_with_their_days_and_their_money() {
    let keys = format!("{ALL_AT_ONCE}\nswitching-cost = \"1 USD/TEU\"");
    let text = format!("{FORK}{SHUT}{}", rule(&keys)).replace("horizon = \"60 d\"", "horizon = \"366 d\"");
    let summary = Lab::new(&text).results(0..1, 1).summary();
    let of_switch = |measure: &'static str| {
        let row = summary
            .of(measure.parse().unwrap())
            .find(|row| row.key.subject.as_str() == "switch.boxes.short.long")
            .unwrap();
        assert_eq!(row.key.place_text(), "node.junction");
        row.mean.unwrap()
    };
    assert!((of_switch("switches") - 32.0).abs() < 0.1);
    assert!((of_switch("switched") / 14.0 - 32.0).abs() < 0.1);
    assert!((mean(&summary, "transit_time_switched", "flow.boxes") - 3.0).abs() < 1e-9);
    assert!((mean(&summary, "freight_charge_switched", "flow.boxes") - 30.0 / 14.0).abs() < 1e-9);
    assert!((mean(&summary, "switching_cost", "flow.boxes") - 32.0).abs() < 0.1);
    // 32 boxes a year pay 20 dollars to the long line.
    assert!((mean(&summary, "revenue", "operator.ADY") - 640.0).abs() < 2.0);
    let revenue = mean(&summary, "revenue", "operator.ADY") + mean(&summary, "revenue", "operator.KTZ");
    let charged = mean(&summary, "freight_charge", "corridor");
    assert!((revenue - charged).abs() < 1e-6 * charged, "{revenue} of {charged}");
}

/// A port with a yard of boxes and wagons to bring them; two lines of ships, of which one stops for a month; a third
/// line of ships from another port, to which a train may go on. Trains are formed inland.
const PORTS: &str = r#"
schema = 1
title = "Two ports"
[run]
warm-up = "30 d"
horizon = "200 d"
drain = "60 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 14
[node.inland]
yard.boxes = { train = "20 TEU", max-wait = "48 h", cargo = ["boxes"] }
[node.yard]
yard.boxes = { train = "20 TEU", max-wait = "24 h", cargo = ["boxes"] }
[node.north]
storage.boxes = { capacity = "120 TEU", cargo = ["boxes"] }
facility.crane = { kind = "crane", servers = 2, rate = "10 TEU/h", tariff = "20 USD/TEU", operator = "KTZ" }
[node.south]
storage.boxes = { capacity = "120 TEU", cargo = ["boxes"] }
facility.crane = { kind = "crane", servers = 2, rate = "10 TEU/h", tariff = "20 USD/TEU", operator = "KTZ" }
[node.over]
[link.trunk]
from = "inland"
to = "yard"
mode = "rail"
time = "40 h"
paths-per-day = 8
pools = ["locomotives", "wagons"]
tariff = "100 USD/TEU"
operator = "KTZ"
[link.to-north]
from = "yard"
to = "north"
mode = "rail"
time = "20 h"
paths-per-day = 6
pools = ["locomotives", "wagons"]
tariff = "50 USD/TEU"
operator = "KTZ"
[link.to-south]
from = "yard"
to = "south"
mode = "rail"
time = "30 h"
paths-per-day = 6
pools = ["locomotives", "wagons"]
tariff = "60 USD/TEU"
operator = "KTZ"
[link.coast]
from = "north"
to = "south"
mode = "rail"
time = "30 h"
pools = ["wagons"]
tariff = "60 USD/TEU"
operator = "KTZ"
[link.north-over]
from = "north"
to = "over"
mode = "sea"
[link.south-over]
from = "south"
to = "over"
mode = "sea"
[fleet.north]
ports = ["north", "over"]
vessels = 3
capacity = "60 TEU"
carries = ["boxes"]
sailing = "20 h"
load = "15 TEU/h"
unload = "15 TEU/h"
min-load = "30 %"
max-wait = "48 h"
max-idle = "24 h"
tariff = "200 USD/TEU"
operator = "ASCO"
[fleet.south]
ports = ["south", "over"]
vessels = 3
capacity = "60 TEU"
carries = ["boxes"]
sailing = "28 h"
load = "15 TEU/h"
unload = "15 TEU/h"
min-load = "30 %"
max-wait = "48 h"
max-idle = "24 h"
tariff = "200 USD/TEU"
operator = "KMTF"
[pool.locomotives]
size = 6
returns = "empty"
return-time = "30 h"
[pool.wagons]
size = 110
per = "2 TEU"
returns = "empty"
return-time = "60 h"
[flow.boxes]
cargo = "boxes"
from = "inland"
to = "over"
volume = "28 TEU/d"
shipment = { dist = "uniform", low = "2 TEU", high = "14 TEU" }
route.north = { via = ["to-north"], share = "80 %" }
route.south = { via = ["to-south"], share = "20 %" }
[closure.strait]
of = "link.north-over"
stops = "sailings"
window = ["2024-03-01", "2024-03-29"]
"#;

fn ports(rule: &str) -> Lab {
    Lab::new(&format!("{PORTS}{rule}"))
}

/// Books, Little's law and the times of every shipment are checked at the end of every simulated year; here boxes switch
/// from trains, from the yards of ports and from the queue for vessels, with wagons, and by ways that are found.
#[test]
fn what_is_held_stays_right_through_every_switch() {
    for keys in [
        "informed = \"60 %\"\ndelay = \"12 h\"",
        "informed = \"100 %\"\ndelay = \"0 h\"\nhysteresis = \"0 %\"\nswitches = 4\nreview = \"3 h\"",
        "at = [\"north\", \"yard\"]\ninformed = \"100 %\"\nhysteresis = \"2 %\"",
    ] {
        let lab = ports(&rule(keys));
        let mut nodes = std::collections::BTreeSet::new();
        for year in 0..3 {
            let mut seen = Seen { node: 0, arrived: BTreeMap::new(), switched: Vec::new() };
            let outcome = lab.observed(year, &mut seen);
            nodes.extend(seen.switched.iter().map(|(.., node)| *node));
            assert!(outcome.flows[0].delivered.count > 300);
        }
        assert!(!nodes.is_empty(), "{keys}: somebody switches");
        let summary = lab.results(0..2, 1).summary();
        let paid = mean(&summary, "freight_charge", "corridor");
        let revenue: f64 = summary
            .of(Measure::Revenue)
            .filter(|row| row.key.subject.is(SubjectKind::Operator))
            .filter_map(|row| row.mean)
            .sum();
        assert!((revenue - paid).abs() < 1e-6 * paid, "{revenue} of {paid}");
    }
}

/// Four weeks without sailings from the north: with switching more arrives in time.
#[test]
fn a_strait_that_is_shut_costs_fewer_days_where_cargo_may_switch() {
    let days = |rule: &str| mean(&ports(rule).results(0..4, 1).summary(), "transit_time", "flow.boxes");
    let (without, with) = (days(""), days(&rule("informed = \"60 %\"\ndelay = \"24 h\"")));
    assert!(with < 0.95 * without, "{with} d and {without} d without");
}

#[test]
fn switches_are_the_same_on_any_number_of_threads() {
    let lab = ports(&rule("informed = \"70 %\"\ndelay = \"6 h\"\nreview = \"6 h\""));
    let (one, three, back) = (lab.results(0..5, 1), lab.results(0..5, 3), lab.backwards(0..5));
    assert!(bytes(&one) == bytes(&three) && bytes(&one) == bytes(&back));
}

/// At their origin, boxes are banned from a way that leads to where other cargo piles up; the other way is two days longer. How
/// long the ban will last nobody knows: once it has lasted two days it is expected to last as long again, and they go round.
#[test]
fn who_is_banned_goes_by_a_way_that_the_ban_does_not_watch() {
    let piled = r#"
[node.middle]
[node.north]
[link.to-middle]
from = "junction"
to = "middle"
mode = "rail"
time = "12 h"
[link.from-middle]
from = "middle"
to = "east"
mode = "rail"
time = "12 h"
[link.to-north]
from = "middle"
to = "north"
mode = "rail"
time = "12 h"
[flow.other]
cargo = "boxes"
from = "junction"
to = "north"
volume = "4 TEU/d"
arrivals = "regular"
shipment = "1 TEU"
[closure.north]
of = "link.to-north"
window = ["2024-01-11", "2024-02-10"]
[ban.middle]
watch = "node.middle"
on = "20 TEU"
off = "10 TEU"
flows = ["boxes"]
"#;
    let text = FORK.replace("from = \"west\"\nto = \"east\"", "from = \"junction\"\nto = \"east\"");
    let text = text.replace("route.short = { via = [\"short\"]", "route.short = { via = [\"middle\"]");
    let keys = "informed = \"100 %\"\ndelay = \"0 h\"\nhysteresis = \"0 %\"\nreview = \"6 h\"";
    let seen = seen(&format!("{text}{piled}{}", rule(keys)));
    let days: Vec<f64> = seen.switched.iter().map(|(_, day, _)| *day).collect();
    let first = days.iter().copied().fold(f64::MAX, f64::min);
    // 20 boxes have piled up on the 15th day.
    assert!((16.5..18.0).contains(&first), "{first}");
    assert!(days.len() > 60, "{}", days.len());
    assert!(days.iter().all(|day| *day < 43.0), "after the ban nobody switches: {days:?}");
}

/// What is wrong is told where it stands, with what would help.
#[test]
fn what_is_wrong_with_a_rule_is_told_where_it_stands() {
    let lone = FORK.replace("route.long = { via = [\"long\"], share = \"0 %\" }\n", "");
    let cases = [
        (format!("{lone}{}", rule("")), "no-alternative", "a second `route`"),
        (format!("{lone}{}", rule("at = [\"east\"]")), "no-route", "can switch at none of the nodes"),
        (format!("{FORK}{}", rule("at = [\"nowhere\"]")), "dangling-id", "nowhere"),
        (format!("{FORK}{}", rule("informed = \"120 %\"")), "out-of-range", "informed"),
        (format!("{FORK}{}", rule("threshold = \"1 USD/tkm\"")), "price", "by the tonne"),
        (format!("{FORK}{}", rule("switching-cost = \"5 USD/wagon\"")), "other-unit", "counted in TEU"),
        (format!("{FORK}{}", rule("review = \"1 min\"")), "out-of-range", "at least 1 h"),
        (format!("{FORK}{}[reroute.again]\nflows = [\"boxes\"]\n", rule("")), "two-reroutes", "reroute.again"),
        (format!("{FORK}[reroute.none]\nflows = [\"nothing-*\"]\n"), "", "nothing-*"),
        (
            format!("{FORK}[closure.c]\nof = \"link.short\"\nclosed = \"1 d\"\nopen = \"2 d\"\nannounced = \"1 d\"\n"),
            "closure-clock",
            "announced",
        ),
    ];
    for (text, code, words) in cases {
        let reading = midcor::scenario::Contents::parse(&text, "wrong");
        let mut told = reading.rendered();
        if let Ok(scenario) = reading.into_contents() {
            let errors = midcor::model::Plan::of(&scenario).err().unwrap_or_default();
            told += &errors.iter().map(|error| format!("error[no-route]: {error}\n")).collect::<String>();
        }
        assert!(told.contains(code) && told.contains(words), "{code}, {words}:\n{told}");
    }
}
