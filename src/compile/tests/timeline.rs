//! Epochs.

use super::{CROSSING, ONE_CRANE, errors, plan};
use crate::units::{MS_PER_DAY, SimTime};

#[test]
fn a_timeline_changes_figures() {
    let text = format!(
        "{CROSSING}\n[timeline.more]\non = \"2024-07-01\"\nset = {{ \"fleet.feeder.vessels\" = 4, \"flow.west.volume\" = \"40000 TEU/yr\" }}\n"
    );
    let plan = plan(&text);
    assert_eq!(plan.epochs.len(), 2);
    assert_eq!(plan.epochs[1].0, SimTime::from_ms((31 + 182) * MS_PER_DAY));
    let [before, after] = [&plan.epochs[0].1, &plan.epochs[1].1];
    assert_eq!((before.fleets[0].vessels.len(), before.fleets[0].in_service), (4, 2));
    assert_eq!((after.fleets[0].vessels.len(), after.fleets[0].in_service), (4, 4));
    assert_eq!(before.flows[0].rate, after.flows[0].rate);
    assert!((after.flows[0].rate[2].per_ms / before.flows[0].rate[1].per_ms - 2.0).abs() < 1e-9);
}

#[test]
fn a_fleet_comes_into_service() {
    let text = CROSSING.replace("[fleet.feeder]", "[fleet.feeder]\nopen-from = \"2024-02-01\"");
    let plan = plan(&text);
    assert_eq!(plan.epochs.iter().map(|(_, model)| model.fleets[0].in_service).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn a_timeline_cannot_change_the_route() {
    let text = format!(
        "{ONE_CRANE}\n[timeline.more]\non = \"2024-07-01\"\nset = {{ \"node.east.facility.crane.when\" = \"origin\" }}\n"
    );
    let errors = errors(&text);
    assert!(errors[0].path == "timeline on 2024-07-01", "{errors:?}");
}
