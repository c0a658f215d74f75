//! Who waits on purpose, beside those who do not; and ships from outside that come at random.

use midcor::results::Summary;
use midcor::words::{Measure, Subject};

use super::lab::Lab;

/// A ship that takes a box every ten hours, of a stock that is there from the first and of goods that come now and then.
const QUAY: &str = r#"
schema = 1
title = "A stock at the quay"
[run]
warm-up = "10 d"
horizon = "100 d"
drain = "10 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.quay]
[node.haven]
[link.sea]
from = "quay"
to = "haven"
mode = "sea"
[fleet.ship]
vessels = 1
ports = ["quay", "haven"]
carries = ["boxes"]
capacity = "1 TEU"
sailing = "5 h"
start-at = "quay"
[flow.stock]
cargo = "boxes"
from = "quay"
to = "haven"
volume = "48 TEU/d"
shipment = "1 TEU"
arrivals = "regular"
priority = 3
stock = true
"#;

/// One a day, before the stock.
const GOODS: &str = r#"
[flow.goods]
cargo = "boxes"
from = "quay"
to = "haven"
volume = "1 TEU/d"
shipment = "1 TEU"
arrivals = { every = "1 d", first = "1 h" }
"#;

const LEG: &str = "link.sea.from.quay";

fn summary(text: &str) -> Summary {
    Lab::new(text).results(0..1, 1).summary()
}

fn mean(summary: &Summary, measure: Measure, subject: &str) -> Option<f64> {
    summary.row(measure, &Subject::at(subject)).and_then(|row| row.mean)
}

#[test]
fn the_queue_in_which_only_a_stock_waits_has_no_rows_and_its_ships_are_full() {
    let summary = summary(QUAY);
    for measure in [Measure::HoursWaited, Measure::QueueGrowth, Measure::WaitingSoFarMax] {
        assert_eq!(mean(&summary, measure, LEG), None, "{measure:?}");
    }
    for measure in [Measure::QueueLength, Measure::QueueMax] {
        assert_eq!(mean(&summary, measure, LEG), Some(0.0), "{measure:?}");
    }
    assert_eq!(mean(&summary, Measure::WaitingTime, LEG), None);
    assert_eq!(mean(&summary, Measure::LoadFactor, "fleet.ship"), Some(1.0));
    assert_eq!(mean(&summary, Measure::Offered, "corridor"), None);
    // Two sailings a day and two fifths, each with a box of the stock.
    let carried = mean(&summary, Measure::Carried, "flow.stock").unwrap();
    assert!((carried / (24.0 * 365.0) - 1.0).abs() < 0.01, "{carried}");
}

#[test]
fn those_who_wait_beside_a_stock_are_told_without_it() {
    let both = summary(&format!("{QUAY}{GOODS}"));
    // The stock grows by 45 boxes a day; a box of goods waits for the next ship, ten hours at most.
    let waited = mean(&both, Measure::HoursWaited, LEG).unwrap();
    let alone = mean(&both, Measure::WaitingSoFarMax, LEG).unwrap();
    assert!(waited > 0.0 && waited <= 3650.0, "{waited}");
    assert!(alone <= 10.0, "{alone}");
    assert!(mean(&both, Measure::QueueGrowth, LEG).unwrap().abs() <= 1.0);
    // Hours waited are those of the shipments of goods: a wait each.
    let transit = mean(&both, Measure::TransitTime, "flow.goods").unwrap();
    assert!((waited / 365.0 - (24.0 * transit - 5.0)).abs() < 0.2, "{waited} {transit}");
    // The same shipments in the figures of those whose wait ended.
    let waiting = mean(&both, Measure::WaitingTime, LEG).unwrap();
    assert!((waiting * 365.0 - waited).abs() < 40.0, "{waiting} {waited}");
    let length = mean(&both, Measure::QueueLength, LEG).unwrap();
    // A year of 366 days.
    assert!((length * 8784.0 - waited).abs() < 1.0, "{length} {waited}");
    assert_eq!((mean(&both, Measure::QueueMax, LEG), mean(&both, Measure::Waited, LEG)), (Some(1.0), Some(1.0)));
    let total = mean(&both, Measure::Offered, "all").unwrap();
    assert!((total / 3650.0 - 1.0).abs() < 0.02, "{total}");
}

/// A gate, a line, wagons and a yard, through which a stock of boxes wants to go that are more than they can take.
fn inland(stock: &str) -> String {
    format!(
        r#"
schema = 1
title = "A stock inland"
[run]
warm-up = "10 d"
horizon = "100 d"
drain = "10 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.works]
facility.gate = {{ kind = "documents", servers = 1, time = "2 h" }}
[node.town]
[link.line]
from = "works"
to = "town"
mode = "rail"
time = "5 h"
trains-at-once = 1
pools = ["engines"]
[pool.engines]
size = 1
per = "train"
[flow.stock]
cargo = "boxes"
from = "works"
to = "town"
volume = "24 TEU/d"
shipment = "1 TEU"
arrivals = "regular"
priority = 3
stock = {stock}
[flow.goods]
cargo = "boxes"
from = "works"
to = "town"
volume = "1 TEU/d"
shipment = "1 TEU"
arrivals = {{ every = "1 d", first = "1 h" }}
"#
    )
}

#[test]
fn a_stock_at_facilities_and_pools_is_in_no_figures_of_waiting() {
    let (with, without) = (summary(&inland("true")), summary(&inland("false")));
    let places = ["node.works.facility.gate", "pool.engines"];
    let of = |summary: &Summary, measure| places.map(|place| mean(summary, measure, place).unwrap_or(0.0));
    for measure in [Measure::WaitingTime, Measure::QueueLength, Measure::QueueMax, Measure::HoursWaited] {
        let (told, all) = (of(&with, measure), of(&without, measure));
        assert!(all[0] > 100.0 || measure == Measure::HoursWaited && all[0] > 1e5, "{measure:?}: {all:?}");
        // A shipment of goods waits for what is being done and no more.
        let most = if measure == Measure::HoursWaited { 5.0 * 365.0 } else { 5.0 };
        assert!(told.iter().all(|&value| value <= most), "{measure:?}: {told:?}");
    }
    assert_eq!(mean(&with, Measure::Utilisation, "pool.engines"), mean(&without, Measure::Utilisation, "pool.engines"));
}

/// Ships from outside at one berth, three hours each.
const VISITS: &str = r#"
schema = 1
title = "Ships at random"
[run]
warm-up = "50 d"
horizon = "2000 d"
drain = "10 d"
[node.port]
facility.quay = { kind = "berth", servers = 1, for = "vessel" }
[visit.ships]
at = "port"
berths = "quay"
time = "3 h"
rate = "4 ship/d"
"#;

#[test]
fn ships_that_come_at_a_rate_wait_as_theory_says() {
    let summary = Lab::new(VISITS).results(0..20, 2).summary();
    // M/D/1 at one half: half a service, 1.5 h (Pollaczek and Khinchine).
    for (measure, wanted) in [(Measure::WaitingTime, 1.5), (Measure::Utilisation, 0.5)] {
        let row = summary.row(measure, &Subject::at("node.port.facility.quay")).unwrap();
        let (found, half) = (row.mean.unwrap(), row.half_width.unwrap());
        assert!((found - wanted).abs() < 2.0 * half && half < 0.05 * wanted, "{measure:?}: {found} ± {half}");
    }
}

#[test]
fn types_of_service_sum_to_all_and_stand_alone() {
    let text = |types: &str| VISITS.replace("for = \"vessel\" }", &format!("for = \"vessel\", {types} }}"));
    let findings = |types: &str| midcor::scenario::Contents::parse(&text(types), "made-up").rendered();
    let quick = "type.quick = { share = \"70 %\", time = \"1 h\" }";
    let short = findings(quick);
    assert!(short.contains("sum to 70 %, not to 100 %"), "{short}");
    let slow = "type.slow = { share = \"30 %\", time = \"4 h\" }";
    let both = findings(&format!("{quick}, {slow}, time = \"2 h\""));
    assert!(both.contains("has both `time` and `type`"), "{both}");
    assert!(!findings(&format!("{quick}, {slow}")).contains("error"), "{}", findings(&format!("{quick}, {slow}")));
}
