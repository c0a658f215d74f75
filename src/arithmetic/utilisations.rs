//! What is asked of the corridor against what it can do, by arithmetic on the means, without simulating.
//!
//! The demand of each route is carried through its program: so many units a day, in bodies of a size. Each step asks
//! something of a facility, a line, a pool or the vessels of a leg. What chance adds to this (queues, storms at the
//! wrong time, vessels waiting for cargo) is what the simulation is for; above a utilisation of 1 nothing helps.

use super::asked::Asked;
use super::crossing::Crossings;
use super::demand::{self, Stream};
use super::open::Openness;
use super::utilisation::{Utilisation, Utilised};
use super::walk::Walk;
use super::{berths, stations, vessels};
use crate::model::{Model, Plan, PoolLabel};
use crate::units::MS_PER_DAY;
use crate::words::{Subject, SubjectKind};

/// The utilisations of all limited things that something is asked of, highest first, at the parameters with which the
/// horizon starts and the mean demand over the horizon.
pub fn utilisations(plan: &Plan) -> Vec<Utilisation> {
    let Some(model) = at_start(plan) else { return Vec::new() };
    let asked = asked(plan, model, None);
    let open = Openness::of(model, &plan.clock);
    let mut utilisations = stations::utilisations(plan, model, &asked, &open);
    utilisations.extend(berths::utilisations(plan, model, &asked, &open));
    utilisations.extend(of_lines(plan, model, &asked, &open));
    utilisations.extend(of_pools(plan, model, &asked));
    utilisations.extend(vessels::utilisations(plan, model, &asked, &open));
    utilisations.retain(|utilisation| utilisation.offered > 0.0);
    utilisations.sort_by(|one, other| other.ratio().total_cmp(&one.ratio()));
    utilisations
}

/// The parameters with which the horizon starts.
pub(super) fn at_start(plan: &Plan) -> Option<&Model> {
    (!plan.epochs.is_empty()).then(|| plan.model_at(plan.clock.start))
}

/// Carries all demand, and then the things of pools that go home as cargo, through the programs. Where crossings are known,
/// what a vessel lands comes together.
pub(super) fn asked(plan: &Plan, model: &Model, crossings: Option<&Crossings>) -> Asked {
    let streams = demand::streams(model, &plan.clock);
    let mut walk = Walk::new(model, &streams, crossings);
    let homeward: Vec<Stream> = streams.iter().flat_map(|stream| walk.carry(*stream)).collect();
    for stream in homeward {
        walk.carry(stream);
    }
    walk.asked
}

fn of_lines(plan: &Plan, model: &Model, asked: &Asked, open: &Openness) -> Vec<Utilisation> {
    let mut utilisations = Vec::new();
    for (index, line) in model.lines.iter().enumerate() {
        let link = &plan.labels.links[plan.labels.lines[index].index()];
        let path = Subject::of(SubjectKind::Link, &link.id);
        for direction in (0..2).filter(|_| line.headway.ms() > 0) {
            let ends = if direction == 0 { link.ends } else { (link.ends.1, link.ends.0) };
            let capacity = MS_PER_DAY as f64 / line.headway.ms() as f64 * open.line(index, direction);
            utilisations.push(Utilisation {
                of: Utilised::Paths,
                path: path.clone(),
                direction: Some(ends),
                offered: asked.trains[index][direction] * MS_PER_DAY as f64,
                capacity,
                bodies: Some(asked.trains[index][direction] * MS_PER_DAY as f64),
                unit: String::from("trains/d"),
            });
        }
        if let Some(places) = line.at_once {
            let (offered, capacity) = (asked.on_line[index], f64::from(places));
            utilisations.push(Utilisation {
                of: Utilised::Places,
                path,
                direction: None,
                offered,
                capacity,
                bodies: Some(asked.trains[index].iter().sum::<f64>() * MS_PER_DAY as f64),
                unit: String::from("trains"),
            });
        }
    }
    utilisations
}

fn of_pools(plan: &Plan, model: &Model, asked: &Asked) -> Vec<Utilisation> {
    let pools = model.pools.iter().zip(&plan.labels.pools).enumerate();
    let utilisation = |(index, (pool, label)): (usize, (&crate::model::Pool, &PoolLabel))| Utilisation {
        of: Utilised::Pool,
        path: Subject::of(SubjectKind::Pool, &label.id),
        direction: None,
        offered: asked.in_use[index],
        capacity: f64::from(pool.size),
        bodies: Some(asked.pools[index].a_day()),
        unit: String::from("things"),
    };
    pools.map(utilisation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Contents;

    /// Two trains a day of 30 boxes cross in 12 h, with a locomotive each, behind a crane for one box at a time, to a
    /// port with one ferry of 40 boxes that needs 20 h there and back.
    const FERRY: &str = r#"
schema = 1
title = "Ferry"
[run]
horizon = "365 d"
[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10
[node.west]
[node.port]
facility.crane = { kind = "crane", servers = 4, per = "unit", time = "1 h", when = { to = "sea" } }
[node.east]
[link.line]
from = "west"
to = "port"
mode = "rail"
time = "12 h"
paths-per-day = 8
trains-at-once = 2
pools = ["locomotives"]
[link.sea]
from = "port"
to = "east"
mode = "sea"
time = "10 h"
[pool.locomotives]
size = 3
turnaround = "12 h"
[fleet.ferry]
ports = ["port", "east"]
vessels = 1
capacity = "40 TEU"
carries = ["boxes"]
max-wait = "1 d"
[flow.west-east]
cargo = "boxes"
from = "west"
to = "east"
volume = "21900 TEU/yr"
shipment = "30 TEU"
arrivals = "regular"
service = "block-train"
"#;

    fn ratio(utilisations: &[Utilisation], of: Utilised) -> f64 {
        utilisations.iter().find(|utilisation| utilisation.of == of).map_or(f64::NAN, Utilisation::ratio)
    }

    #[test]
    fn utilisations_follow_the_volume() {
        let scenario = Contents::parse(FERRY, "ferry").into_contents().unwrap();
        let plan = Plan::of(&scenario).unwrap();
        let more = plan.with_volume_factors(&[1.5]).unwrap();
        for of in [Utilised::Facility, Utilised::Paths, Utilised::Pool, Utilised::FleetLeg] {
            let (given, more) = (ratio(&utilisations(&plan), of), ratio(&utilisations(&more), of));
            assert!((more / given - 1.5).abs() < 1e-9, "{of:?}: {given} and {more}");
        }
    }

    #[test]
    fn calls_at_one_leg_share_its_cargo() {
        // Out, back, out to another port, back, and out again: the leg is sailed twice in a round of 40 h and 20 h.
        let twice = FERRY.replace("ports = [\"port\", \"east\"]", "ports = [\"port\", \"east\", \"port\", \"isle\", \"port\", \"east\", \"port\", \"isle\"]")
            .replace("[link.line]", "[node.isle]\n[link.other]\nfrom = \"port\"\nto = \"isle\"\nmode = \"sea\"\ntime = \"10 h\"\n[link.line]");
        let scenario = Contents::parse(&twice, "ferry").into_contents().unwrap();
        let utilisations = utilisations(&Plan::of(&scenario).unwrap());
        let legs: Vec<&Utilisation> =
            utilisations.iter().filter(|utilisation| utilisation.of == Utilised::FleetLeg).collect();
        assert_eq!(legs.len(), 1, "{legs:?}");
        // 60 boxes a day; two loads of 40 in a round of 80 h are 24 a day.
        assert!((legs[0].offered - 60.0).abs() < 0.2 && (legs[0].capacity - 24.0).abs() < 0.1, "{legs:?}");
    }

    #[test]
    fn berths_are_held_while_the_cargo_needs_vessels_there() {
        let quay = "facility.quay = { kind = \"berth\", servers = 2, for = \"vessel\", time = \"1 h\" }\n[node.east]";
        let text = FERRY.replace("[node.east]", quay).replace(
            "max-wait = \"1 d\"",
            "max-wait = \"1 d\"\nload = \"2 h\"\nunload = \"1 h\"\nberths.port = [\"quay\"]",
        );
        let scenario = Contents::parse(&text, "ferry").into_contents().unwrap();
        let utilisations = utilisations(&Plan::of(&scenario).unwrap());
        let quay =
            utilisations.iter().find(|utilisation| utilisation.path.as_str() == "node.port.facility.quay").unwrap();
        // 60 boxes a day are 1.5 ferries, each there for an hour of mooring and two of loading; nothing comes back.
        assert!((quay.ratio() - 1.5 * 3.0 / 24.0 / 2.0).abs() < 0.005 * quay.ratio(), "{}", quay.ratio());
    }

    #[test]
    fn utilisations_are_those_computed_by_hand() {
        let scenario = Contents::parse(FERRY, "ferry").into_contents().unwrap();
        let utilisations = utilisations(&Plan::of(&scenario).unwrap());
        let expected = [
            // 60 boxes a day of 1 h each on 4 cranes.
            (Utilised::Facility, 60.0 / 96.0),
            (Utilised::Paths, 2.0 / 8.0),
            // 2 trains a day for half a day each.
            (Utilised::Places, 1.0 / 2.0),
            // Held for half a day, away for another half.
            (Utilised::Pool, 2.0 / 3.0),
            // 60 boxes a day; 40 boxes every 20 h are 48 a day.
            (Utilised::FleetLeg, 60.0 / 48.0),
        ];
        for (of, by_hand) in expected {
            assert!(
                (ratio(&utilisations, of) - by_hand).abs() < 0.005 * by_hand,
                "{of:?}: {} and not {by_hand}",
                ratio(&utilisations, of)
            );
        }
        assert_eq!(utilisations[0].of, Utilised::FleetLeg);
        assert!(utilisations[0].is_over());
    }
}
