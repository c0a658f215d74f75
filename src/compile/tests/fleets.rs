//! Fleets, legs, pools, lines.

use super::{CROSSING, model, plan, refusal};
use crate::model::{BerthTime, Service};
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
    let BerthTime::Rate { ms_per_milli, .. } = fleet.calls[0].load else { panic!("loads by rate") };
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
fn legs_have_lines_of_what_fleets_carry() {
    let plan = plan(CROSSING);
    let leg = &model(&plan).legs[0];
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
    let errors = refusal(CROSSING, |scenario| scenario.link["steppe"].other_trains = 12.0);
    assert_eq!(errors[0].path, "link.steppe.paths-per-day");
}

#[test]
fn pools_serve_sizes() {
    use crate::model::Step;
    let plan = plan(CROSSING);
    let Step::Take(needs) = &model(&plan).programs[0].steps[2] else { panic!("takes pools") };
    assert_eq!(needs.iter().map(|need| need.per).collect::<Vec<_>>(), [None, Some(Size::from_milli(3000))]);
}

#[test]
fn rates_become_milliseconds() {
    let plan = plan(CROSSING);
    let crane =
        plan.labels.stations.iter().position(|station| station.path.as_str() == "node.haven.facility.crane").unwrap();
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

#[test]
fn unlike_hulls_come_first_and_draught_takes_from_deadweight() {
    let text = CROSSING.replace(
        "[fleet.feeder]",
        "[water.sea]\nlevel = \"-28.5 m\"\n[fleet.feeder]\nvessel.giant = { capacity = \"400 TEU\", sailing = \"18 h\" }\ndeadweight = \"5000 t\"\ndraught = { water = \"sea\", shares = [[\"-29 m\", \"80 %\"], [\"-28 m\", \"100 %\"]] }",
    );
    let plan = plan(&text);
    let fleet = &model(&plan).fleets[0];
    assert_eq!((fleet.vessels.len(), fleet.in_service), (3, 3));
    assert_eq!(fleet.vessels[0].entity, Entity::named("fleet/feeder/giant"));
    assert_eq!(fleet.vessels[0].capacity, 360_000_000_000);
    assert_eq!(fleet.vessels[0].deadweight, Some(crate::units::Mass::from_kg(4_500_000)));
    assert!((fleet.vessels[0].sailing[0].mean() - 18.0 * 3_600_000.0).abs() < 1e-6);
    assert_eq!(fleet.vessels[2].entity, Entity::vessel(StreamId::of("fleet/feeder"), 2));
}

#[test]
fn cargoes_of_like_fleets_share_a_waiting_line() {
    let text = format!(
        "{}\n[cargo.cars]\nunit = \"TEU\"\ntonnes-per-unit = 10\n[fleet.ferry]\nports = [\"port\", \"haven\"]\nvessels = 1\ncapacity = \"50 wagon\"\ncarries = [\"boxes\", \"empties\"]\nsailing = \"30 h\"\n",
        CROSSING
            .replace("carries = [\"boxes\"]", "carries = [\"boxes\", \"cars\"]")
            .replace("unit = \"wagon\"\ntonnes-per-unit = 0", "unit = \"wagon\"\ntonnes-per-unit = 28"),
    );
    let plan = plan(&text);
    // Boxes by both, empties by the ferry, cars by the feeder.
    assert_eq!(model(&plan).legs[0].line_of, [Some(0), Some(1), Some(2)]);
    assert_eq!(model(&plan).fleets[0].calls[0].lines, [0, 2]);
    assert_eq!(model(&plan).fleets[1].calls[0].lines, [0, 1]);
    // A box of 14 t takes half of the room of a wagon of 28 t.
    assert_eq!(model(&plan).fleets[1].room_per_milli, [500_000, 1_000_000, 0]);
}

#[test]
fn timetables_become_times() {
    use crate::model::Timetable;
    let text =
        CROSSING.replace("[fleet.feeder]", "[fleet.feeder]\ntimetable.port = { every = \"7 d\", first = \"12 h\" }");
    let plan = plan(&text);
    let Some(Timetable::Times(times)) = &model(&plan).fleets[0].calls[0].timetable else { panic!("times") };
    assert_eq!(times[0].ms(), 12 * 3_600_000);
    assert_eq!(times.len(), 66);
    assert!(model(&plan).fleets[0].calls[1].timetable.is_none());
}

#[test]
fn facilities_recognise_others_and_bans_watch_queues() {
    use crate::model::Watch;
    let text = format!(
        "{}\n[ban.full]\nwatch = \"node.port.storage.boxes\"\non = \"500 TEU\"\noff = \"300 TEU\"\nflows = [\"west\"]\n",
        CROSSING.replace(
            "servers = 1, time = \"3 h\", when = \"enters\"",
            "servers = 1, time = \"3 h\", when = \"enters\", recognises = [\"port.customs\"]"
        ),
    );
    let plan = plan(&text);
    let find = |path: &str| plan.labels.stations.iter().position(|station| station.path.as_str() == path).unwrap();
    let (customs, border) = (find("node.port.facility.customs"), find("node.city.facility.border"));
    assert_eq!(model(&plan).stations[customs].sets, Some(0));
    assert_eq!(model(&plan).stations[border].recognises, 1);
    let ban = &model(&plan).bans[0];
    assert!(matches!(ban.watch, Watch::Storage(storage) if storage.index() == 0));
    assert_eq!(ban.counts, [true, false]);
    assert_eq!(model(&plan).flows[0].bans.len(), 1);
}
