//! Rules of the model that only a whole run can show.

use midcor::engine::{Limits, Outcome, Silent, simulate};
use midcor::random::{Domain, RandomNumbers};
use midcor::results::Summary;
use midcor::units::{Duration, SimTime};

use crate::lab::{Lab, mean, plan};

/// The summary of a few replications.
fn summary(text: &str) -> Summary {
    Lab::new(text).results(0..3, 1).summary()
}

const POST: &str = r#"
schema = 1
title = "A customs post"
[run]
horizon = "100 d"
drain = "10 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.west]
[node.east]
facility.gate = { kind = "customs", servers = 1, time = "2 h", when = "destination" }
[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"
"#;

/// A flow of one box a day.
fn daily(id: &str, priority: u8) -> String {
    format!(
        "[flow.{id}]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"1 TEU/d\"\nshipment = \"1 TEU\"\n\
         arrivals = {{ every = \"24 h\" }}\npriority = {priority}\n"
    )
}

#[test]
fn at_one_instant_priority_goes_before_the_order_of_the_file() {
    for flows in [["urgent", "ordinary"], ["ordinary", "urgent"]] {
        let text = flows.map(|id| daily(id, if id == "urgent" { 1 } else { 2 })).concat();
        let summary = summary(&format!("{POST}{text}"));
        assert!((mean(&summary, "transit_time", "flow.urgent") - 12.0 / 24.0).abs() < 1e-9, "{flows:?}");
        assert!((mean(&summary, "transit_time", "flow.ordinary") - 14.0 / 24.0).abs() < 1e-9, "{flows:?}");
    }
}

/// Ten boxes come together to a post that takes no time and then to one that takes an hour: nobody waits at the first, one
/// after the other at the second.
#[test]
fn services_that_take_no_time_are_served_one_after_the_other_at_one_instant() {
    let posts = POST.replace(
        "facility.gate = { kind = \"customs\", servers = 1, time = \"2 h\", when = \"destination\" }",
        "facility.glance = { kind = \"customs\", servers = 1, time = \"0 h\", when = \"destination\" }\n\
         facility.gate = { kind = \"border\", servers = 1, time = \"1 h\", when = \"destination\" }",
    );
    let ten = daily("boxes", 2).replace("volume = \"1 TEU/d\"", "volume = \"10 TEU/d\"\nbatch = 10");
    let summary = summary(&format!("{posts}{ten}"));
    let glance = |measure: &str| mean(&summary, measure, "node.east.facility.glance");
    assert!(glance("waited").abs() < 1e-12 && glance("utilisation").abs() < 1e-12);
    assert!((mean(&summary, "waiting_time", "node.east.facility.gate") - 4.5).abs() < 1e-9);
    assert!((mean(&summary, "transit_time", "flow.boxes") - (10.0 + 4.5 + 1.0) / 24.0).abs() < 1e-9);
}

#[test]
fn between_equals_the_first_of_the_file_is_first() {
    let summary = summary(&format!("{POST}{}{}", daily("zebra", 2), daily("antelope", 2)));
    assert!((mean(&summary, "transit_time", "flow.zebra") - 12.0 / 24.0).abs() < 1e-9);
    assert!((mean(&summary, "transit_time", "flow.antelope") - 14.0 / 24.0).abs() < 1e-9);
}

/// Boxes that come each day and are served for 100 h each by a post without limit, which has one server from day 50 on: those
/// four that are in service then are served to the end, and not before the last of them is through does the next begin, 1,286 h
/// after the start. From there on a box is through every 100 h.
#[test]
fn a_post_that_loses_its_limitlessness_comes_down_to_its_number() {
    let post = POST
        .replace("[run]\n", "[run]\nstart = 2024-01-01\n")
        .replace("servers = 1, time = \"2 h\"", "servers = \"unlimited\", time = \"100 h\"");
    let fewer = "[timeline.fewer]\non = 2024-02-20\nset = { \"node.east.facility.gate.servers\" = 1 }\n";
    let plan = plan(&format!("{post}{}{fewer}", daily("boxes", 2)));
    let random = RandomNumbers::new(1, 0, Domain::Tests);
    let year = simulate(&plan, random, Limits::default(), &mut Silent).unwrap();
    assert_eq!((year.flows[0].offered.count, year.flows[0].delivered.count), (100, 61));
}

/// What becomes of a scenario of which a timeline changes something on the fiftieth day.
fn year_with_change(text: &str, set: &str) -> Outcome {
    let dated = text.replace("[run]\n", "[run]\nstart = 2024-01-01\n");
    let change = format!("[timeline.change]\non = 2024-02-20\nset = {{ {set} }}\n");
    let random = RandomNumbers::new(1, 0, Domain::Tests);
    simulate(&plan(&format!("{dated}{change}")), random, Limits::default(), &mut Silent).unwrap()
}

/// Ten days between failures, and one for each repair.
fn failures_of(path: &str) -> String {
    let fields = [("mtbf", "10 d"), ("mttr", "1 d")];
    fields.map(|(field, mean)| format!("\"{path}.{field}\" = {{ dist = \"constant\", mean = \"{mean}\" }}")).join(", ")
}

#[test]
fn a_post_that_was_always_open_has_hours_from_a_date_on() {
    // A box a day arrives at ten.
    let text = format!("{POST}{}", daily("boxes", 2));
    let year = year_with_change(&text, "\"node.east.facility.gate.hours\" = \"20:00-22:00\"");
    let change = SimTime::ZERO.after(Duration::from_days(50.0));
    for journey in &year.journeys {
        let hours = if journey.made < change { 12.0 } else { 22.0 };
        assert!((journey.time.hours() - hours).abs() < 1e-9, "{journey:?}");
    }
    assert!(year.journeys.iter().filter(|journey| journey.made >= change).count() >= 50);
}

/// It fails on days 60, 71, 82 and 93.
#[test]
fn a_post_that_never_failed_fails_from_a_date_on() {
    let text = format!("{POST}{}", daily("boxes", 2));
    let year = year_with_change(&text, &failures_of("node.east.facility.gate"));
    assert_eq!(year.stations[0].down, Duration::from_days(4.0));
}

/// It is repaired when it leaves a berth next.
#[test]
fn a_vessel_that_never_failed_fails_from_a_date_on() {
    let year = year_with_change(&ship(""), &failures_of("fleet.ship"));
    assert_eq!(year.fleets[0].down, Duration::from_days(4.0));
}

#[test]
fn who_arrives_when_the_post_opens_is_served_at_once() {
    // Ten hours after midnight the train is there: the post that opens at ten takes it, the one that closes does not.
    let days = |hours: &str| {
        let post = POST.replace("time = \"2 h\"", &format!("time = \"2 h\", hours = \"{hours}\""));
        mean(&summary(&format!("{post}{}", daily("one", 2))), "transit_time", "flow.one")
    };
    assert!((days("10:00-20:00") - 12.0 / 24.0).abs() < 1e-9);
    assert!((days("04:00-10:00") - 30.0 / 24.0).abs() < 1e-9);
}

/// A ship that leaves once a day with boxes and grain aboard, and what is to be said of its handling.
fn ship(handling: &str) -> String {
    format!(
        r#"
schema = 1
title = "A ship of two cargoes"
[run]
horizon = "100 d"
drain = "10 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[cargo.grain]
unit = "wagon"
tonnes-per-unit = 60
[node.port]
[node.far]
[link.sea]
from = "port"
to = "far"
mode = "sea"
[fleet.ship]
ports = ["port", "far"]
vessels = 1
capacity = "1000 t"
carries = ["boxes", "grain"]
sailing = "5 h"
min-load = "10 %"
max-idle = "0 h"
start-at = "port"
timetable = {{ port = {{ every = "24 h", first = "12 h" }} }}
{handling}
[flow.boxes]
cargo = "boxes"
from = "port"
to = "far"
volume = "20 TEU/d"
shipment = "20 TEU"
arrivals = {{ every = "24 h" }}
[flow.grain]
cargo = "grain"
from = "port"
to = "far"
volume = "6 wagon/d"
shipment = "6 wagon"
arrivals = {{ every = "24 h" }}
"#
    )
}

#[test]
fn what_is_aboard_is_handled_one_kind_after_the_other() {
    // The ship sails 12 h after both came; 20 TEU at 10 an hour and 6 wagons at 3 are ashore 4 h after landfall.
    let by_rate = summary(&ship("unload = { TEU = \"10 TEU/h\", grain = \"3 wagon/h\" }"));
    let by_call = summary(&ship("unload = { TEU = \"10 TEU/h\", grain = \"90 min\" }"));
    for flow in ["flow.boxes", "flow.grain"] {
        assert!((mean(&by_rate, "transit_time", flow) - 21.0 / 24.0).abs() < 1e-9, "{flow}");
        assert!((mean(&by_call, "transit_time", flow) - 20.5 / 24.0).abs() < 1e-9, "{flow}");
    }
}

#[test]
fn a_storage_is_that_of_the_route_that_cargo_takes() {
    // Trains come at hour 20 of each day, two hours before the ship is back.
    let yards = r#"
storage.inward = { capacity = "500 TEU", when = { from = "sea" } }
storage.outward = { capacity = "500 TEU" }
facility.crane = { kind = "crane", servers = 5, time = "1 h", when = { from = "sea" } }
[node.inland]
[link.line]
from = "inland"
to = "port"
mode = "rail"
time = "20 h"
"#;
    let text = ship("max-wait = \"0 h\"").replace("[node.port]", &format!("[node.port]{yards}"));
    let there = text.replace("from = \"port\"\nto = \"far\"\nvolume", "from = \"inland\"\nto = \"far\"\nvolume");
    let back = "\n[flow.back]\ncargo = \"boxes\"\nfrom = \"far\"\nto = \"inland\"\nvolume = \"10 TEU/d\"\nshipment = \"10 TEU\"\n";
    let summary = summary(&format!("{there}{back}"));
    assert!(mean(&summary, "utilisation", "node.port.storage.outward") > 0.0);
    assert!(mean(&summary, "utilisation", "node.port.storage.inward") > 0.0);
}

#[test]
fn a_window_comes_every_year() {
    let closed = "[closure.works]\nof = \"node.east.facility.gate\"\nstops = \"handling\"\n\
                  window = [\"2012-02-29T12:00\", \"2012-03-10T12:00\"]\n";
    let share = |every: &str| {
        let summary = summary(&format!("{POST}{}{closed}{every}", daily("one", 2)));
        mean(&summary, "closed", "closure.works")
    };
    // 2024 has a 29th of February too: ten days of a hundred.
    assert!((share("every = \"year\"") - 0.1).abs() < 1e-9);
    assert!(share("") < 1e-9);
}

#[test]
fn sizes_that_no_vessel_takes_are_cut_off_and_the_volume_stays() {
    let text = ship("").replace("unit = \"wagon\"", "unit = \"wagon\"\nwhole = true").replace(
        "shipment = \"6 wagon\"\narrivals = { every = \"24 h\" }",
        "shipment = { dist = \"exponential\", mean = \"6 wagon\" }",
    );
    let plan = plan(&text);
    // 1000 t are 16 whole wagons of 60 t: exp(-16.5 ÷ 6) of the sizes would be larger.
    let remark = plan.remarks.iter().find(|remark| remark.path == "flow.grain.shipment").unwrap();
    assert!(remark.message.starts_with("6.4 % of the shipments"), "{}", remark.message);
    let law = &plan.epochs[0].1.flows[1].size;
    assert!(law.highest() < 16.5 && law.mean() < 6.0, "{law:?}");
}

#[test]
fn a_rate_in_tonnes_serves_all() {
    let crane = POST.replace("time = \"2 h\"", "rate = \"5 t/h\", setup = \"1 h\"");
    let summary = summary(&format!("{crane}{}", daily("one", 2)));
    // 10 h on the line, an hour of setup, 10 t at 5 t/h.
    assert!((mean(&summary, "transit_time", "flow.one") - 13.0 / 24.0).abs() < 1e-9);
    let empty = crane.replace("tonnes-per-unit = 10", "tonnes-per-unit = 0");
    let summary = self::summary(&format!("{empty}{}", daily("one", 2)));
    assert!((mean(&summary, "transit_time", "flow.one") - 11.0 / 24.0).abs() < 1e-9);
}

/// One train waits for wagons, of which there are too few, and another behind it would find an engine and a wagon. It may not
/// take them, or the first would wait for as long as small trains come.
#[test]
fn who_waits_for_things_of_two_pools_is_not_passed_in_either() {
    let line =
        POST.replace("facility.gate = { kind = \"customs\", servers = 1, time = \"2 h\", when = \"destination\" }", "");
    let pools =
        "pools = [\"engines\", \"wagons\"]\n[pool.engines]\nsize = 2\n[pool.wagons]\nsize = 4\nper = \"1 TEU\"\n";
    // Every ten days: size and hour of coming. The line takes ten hours.
    let trains = [("small", 1, 0), ("middle", 2, 1), ("large", 4, 2), ("last", 1, 3)];
    let flows = trains.map(|(id, size, hour)| {
        format!(
            "[flow.{id}]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"{} TEU/d\"\nshipment = \"{size} TEU\"\n\
             arrivals = {{ every = \"10 d\", first = \"{hour} h\" }}\n",
            f64::from(size) / 10.0
        )
    });
    let summary = summary(&format!("{line}{pools}{}", flows.concat()));
    let hours = |id: &str| 24.0 * mean(&summary, "transit_time", &format!("flow.{id}"));
    // The small train is there after 10 h and the middle one after 11 h: then the large one sets out, and the last one behind it.
    for (id, expected) in [("small", 10.0), ("middle", 10.0), ("large", 19.0), ("last", 28.0)] {
        assert!((hours(id) - expected).abs() < 1e-6, "{id}: {}", hours(id));
    }
}
