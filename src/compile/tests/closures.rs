//! Gates and storms.

use super::{CROSSING, model, plan, words};
use crate::model::GateClock;
use crate::units::{MS_PER_DAY, SimTime, Spell};
use crate::words::Subject;

#[test]
fn weather_stops_sailings_and_berthing() {
    let text = format!(
        "{CROSSING}\n[closure.wind]\nof = [\"node.port\"]\nstops = [\"sailings\", \"berthing\"]\nclosed = \"12 h\"\nshare = \"10 %\"\n"
    );
    let plan = plan(&text);
    let gate = &model(&plan).gates[0];
    let paths: Vec<&str> = gate.stations.iter().map(|id| plan.labels.stations[id.index()].path.as_str()).collect();
    assert_eq!(paths, ["node.port.facility.pilot", "node.port.facility.quay"]);
    assert_eq!(gate.sailings.iter().map(|(fleet, call)| (fleet.index(), *call)).collect::<Vec<_>>(), [(0, 0)]);
    assert!(gate.lines.is_empty());
    let GateClock::Renewal { open, closed } = &gate.clock else { panic!("a renewal") };
    assert!((1.0 / open[0].rate() - 108.0 * 3_600_000.0).abs() < 1e-3);
    assert!((closed[11].mean() - 12.0 * 3_600_000.0).abs() < 1e-6);
    assert_eq!(plan.labels.gates, [Subject::at("closure.wind")]);
}

#[test]
fn a_closure_that_stops_trains_makes_a_line() {
    let text = format!(
        "{CROSSING}\n[closure.works]\nof = [\"link.valley\"]\nstops = [\"trains\"]\nwindow = [\"2024-02-01\", \"2024-02-11\"]\n"
    );
    let plan = plan(&text);
    assert!(words(&plan, &model(&plan).programs[0]).contains(&"line valley 0".to_owned()));
    let gate = &model(&plan).gates[0];
    assert_eq!(gate.lines.len(), 2);
    let GateClock::Windows(spells) = &gate.clock else { panic!("a window") };
    // 31 days of warm-up and 31 of January.
    assert_eq!(spells, &[Spell::new(SimTime::from_ms(62 * MS_PER_DAY), SimTime::from_ms(72 * MS_PER_DAY))]);
}

#[test]
fn a_group_follows_its_stormiest_member() {
    let text = format!(
        "{CROSSING}\n[closure.one]\nof = [\"node.port\"]\nclosed = \"10 h\"\nshare = [\"10 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\", \"0 %\"]\ngroup = \"g\"\n[closure.two]\nof = [\"node.haven\"]\nclosed = \"20 h\"\nshare = \"5 %\"\ngroup = \"g\"\n"
    );
    let plan = plan(&text);
    let group = &model(&plan).storms[0];
    assert_eq!(group.members.len(), 2);
    assert!((group.closed[0].mean() - 10.0 * 3_600_000.0).abs() < 1e-6);
    assert!((group.closed[1].mean() - 20.0 * 3_600_000.0).abs() < 1e-6);
    assert!((1.0 / group.open[1].rate() - 380.0 * 3_600_000.0).abs() < 1e-3);
}

#[test]
fn a_link_that_opens_late_is_shut_before() {
    let text = CROSSING
        .replace("[link.valley]", "[link.valley]\nopen-from = \"2024-03-01\"")
        .replace("[flow.west]", "[flow.west]\nvia = [\"haven\"]");
    let plan = plan(&text);
    let GateClock::Windows(spells) = &model(&plan).gates[0].clock else { panic!("a window") };
    assert_eq!(spells, &[Spell::new(SimTime::ZERO, SimTime::from_ms((31 + 60) * MS_PER_DAY))]);
    assert_eq!(plan.labels.gates, [Subject::at("link.valley")]);
}
