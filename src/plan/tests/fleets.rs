//! Fleets, legs, pools, lines.

use super::super::model::{BerthTime, Service};
use super::{CROSSING, errors, model, plan};
use crate::random::{Entity, StreamId};
use crate::units::{Duration, Size};

#[test]
fn capacities_are_counted_in_room() {
    let plan = plan(CROSSING);
    let fleet = &model(&plan).fleets[0];
    assert_eq!(fleet.vessels.len(), 2);
    assert_eq!(fleet.in_service, 2);
    assert_eq!(fleet.vessels[0].capacity, 90_000_000_000);
    assert_eq!(fleet.room_per_milli, [1_000_000, 0]);
    assert_eq!(fleet.vessels[0].entity, Entity::vessel(StreamId::of("fleet/feeder"), 1));
    assert_eq!((fleet.vessels[0].start, fleet.vessels[1].start), (0, 1));
    let BerthTime::Rate { ms_per_milli, .. } = fleet.load else { panic!("loads by rate") };
    assert!((ms_per_milli - 144.0).abs() < 1e-9);
}

#[test]
fn calls_know_whether_they_ever_load() {
    let plan = plan(CROSSING);
    let calls = &model(&plan).fleets[0].calls;
    assert!(calls[0].ever_loads && !calls[1].ever_loads);
    assert_eq!(calls[0].lines, [0]);
    let berth = calls[0].berths[0];
    assert!(model(&plan).stations[berth.index()].held);
    assert!(!model(&plan).stations[calls[0].stations[0].index()].held);
}

#[test]
fn legs_give_back_the_space_of_their_port() {
    let plan = plan(CROSSING);
    let leg = &model(&plan).legs[0];
    assert_eq!(leg.storage.iter().map(|storage| storage.map(|id| id.index())).collect::<Vec<_>>(), [Some(0), None]);
    assert_eq!(leg.line_of, [Some(0), None]);
    assert_eq!(model(&plan).storages[0].room_per_milli, [1_000_000, 0]);
}

#[test]
fn trains_keep_the_headway_of_what_is_left() {
    let plan = plan(CROSSING);
    assert_eq!(model(&plan).lines[0].headway, Duration::from_hours(3.0));
    let law = &model(&plan).laws[0];
    assert!((law.time.mean() - 10.0 * 3_600_000.0).abs() < 1e-6);
    assert_eq!(law.stream, StreamId::of("link/steppe/running"));
}

#[test]
fn no_path_left_is_an_error() {
    let errors = errors(&CROSSING.replace("other-trains = 4", "other-trains = 12"));
    assert_eq!(errors[0].path, "link.steppe.paths-per-day");
}

#[test]
fn pools_serve_sizes() {
    use super::super::model::Step;
    let plan = plan(CROSSING);
    let Step::Take(needs) = &model(&plan).programs[0].steps[2] else { panic!("takes pools") };
    assert_eq!(needs.iter().map(|need| need.per).collect::<Vec<_>>(), [None, Some(Size::from_milli(3000))]);
}

#[test]
fn rates_become_milliseconds() {
    let plan = plan(CROSSING);
    let crane = plan.labels.stations.iter().position(|station| station.path == "node.haven.facility.crane").unwrap();
    let Service::Rate { ms_per_milli, ms_per_kg, .. } = model(&plan).stations[crane].service else { panic!("a rate") };
    assert!((ms_per_milli - 360.0).abs() < 1e-9 && ms_per_kg == 0.0);
}

#[test]
fn a_sea_link_without_fleets_is_a_delay() {
    let text = CROSSING.replace("ports = [\"port\", \"haven\"]", "ports = [\"haven\", \"other\"]");
    let text = format!(
        "{}\n[node.other]\n[link.elsewhere]\nfrom = \"haven\"\nto = \"other\"\nmode = \"sea\"\ntime = \"5 h\"\n",
        text.replace("calls.port = [\"pilot\"]\nberths.port = [\"quay\"]\n", "")
            .replace("mode = \"sea\"\nlength = \"400 km\"", "mode = \"sea\"\ntime = \"30 h\"\nlength = \"400 km\""),
    );
    let plan = plan(&text);
    let words = super::words(&plan, &model(&plan).programs[0]);
    assert!(words.contains(&"run link.sea sailing".to_owned()), "{words:?}");
    assert!(words.contains(&"leave port.boxes".to_owned()), "{words:?}");
}
