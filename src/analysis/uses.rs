//! What the shipments of a flow pass on their routes.

use std::collections::BTreeSet;

use crate::ids::{LegId, StationId};
use crate::model::{Fleet, Model, Plan, Step};
use crate::words::{Subject, SubjectKind};

/// The paths of all that a flow may have to wait for on any of its routes, at any time: facilities, storages, lines, pools,
/// fleets that carry its cargo, and their berths.
pub(super) fn used_by(plan: &Plan, flow: usize) -> BTreeSet<Subject> {
    let mut used = BTreeSet::new();
    for (_, model) in &plan.epochs {
        for program in model.programs.iter().filter(|program| program.flow.index() == flow) {
            let cargo = model.flows[flow].cargo.index();
            program.steps.iter().for_each(|step| add(plan, model, step, cargo, &mut used));
        }
    }
    used
}

fn add(plan: &Plan, model: &Model, step: &Step, cargo: usize, used: &mut BTreeSet<Subject>) {
    let labels = &plan.labels;
    let station = |station: StationId| labels.stations[station.index()].path.clone();
    match step {
        Step::Serve(visit) => used.extend([station(visit.station)]),
        Step::Together(visits) => used.extend(visits.iter().map(|visit| station(visit.station))),
        Step::Take(needs) => {
            used.extend(needs.iter().map(|need| Subject::of(SubjectKind::Pool, &labels.pools[need.pool.index()].id)));
        }
        Step::Enter(storage) | Step::EnterOver(storage) => used.extend([labels.storages[storage.index()].0.clone()]),
        Step::Line { line, .. } => {
            used.extend([Subject::of(SubjectKind::Link, &labels.links[labels.lines[line.index()].index()].id)]);
        }
        Step::Board(leg) => {
            for (index, fleet) in model.fleets.iter().enumerate().filter(|(_, fleet)| carries(fleet, *leg, cargo)) {
                used.extend([Subject::of(SubjectKind::Fleet, &labels.fleets[index].id)]);
                used.extend(berths(fleet, *leg).map(station));
            }
        }
        Step::Arrive { .. }
        | Step::Give(_)
        | Step::Leave(_)
        | Step::Form(_)
        | Step::FormParts(_)
        | Step::Break
        | Step::Switch
        | Step::Cut(_)
        | Step::Run { .. }
        | Step::Deliver => {}
    }
}

/// Whether a fleet carries a cargo on a leg.
pub(super) fn carries(fleet: &Fleet, leg: LegId, cargo: usize) -> bool {
    let has_room = fleet.room_per_milli.get(cargo).is_some_and(|&room| room > 0);
    has_room && fleet.calls.iter().any(|call| call.leg == leg)
}

/// The berths at both ends of a leg, and what is passed before them.
fn berths(fleet: &Fleet, leg: LegId) -> impl Iterator<Item = StationId> {
    let at = fleet.calls.iter().position(|call| call.leg == leg);
    let ends = at.into_iter().flat_map(|at| [at, (at + 1) % fleet.calls.len()]);
    ends.flat_map(|call| fleet.calls[call].stations.iter().chain(&fleet.calls[call].berths).copied())
}

/// By flow the legs that any of its routes has at any time.
pub(super) fn legs_by_flow(plan: &Plan) -> Vec<Vec<LegId>> {
    let mut legs = vec![Vec::new(); plan.labels.flows.len()];
    for program in plan.epochs.iter().flat_map(|(_, model)| &model.programs) {
        let boarded =
            program.steps.iter().filter_map(|step| if let Step::Board(leg) = step { Some(*leg) } else { None });
        legs[program.flow.index()].extend(boarded);
    }
    for legs in &mut legs {
        legs.sort_unstable();
        legs.dedup();
    }
    legs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ScenarioReader;

    #[test]
    fn what_is_on_the_way_is_used_and_nothing_else() {
        let scenario = ScenarioReader::default().read("baseline-2024", &[]).into_contents().unwrap();
        let plan = Plan::of(&scenario).unwrap();
        let flow = plan.labels.flows.iter().position(|flow| flow.id == "kz-crude-tengiz").unwrap();
        let used = used_by(&plan, flow);
        for path in [
            "fleet.aktau-sangachal-tanker",
            "node.aktau.facility.oil-berth",
            "node.aktau.storage.oil-tanks",
            "link.tengiz-beyneu",
        ] {
            assert!(used.contains(&Subject::at(path)), "{path} is not in {used:?}");
        }
        for path in ["fleet.aktau-makhachkala-tanker", "node.aktau.facility.grain-reader", "pool.ady-locomotives"] {
            assert!(!used.contains(&Subject::at(path)), "{path}");
        }
        assert_eq!(legs_by_flow(&plan)[flow].len(), 1);
    }
}
