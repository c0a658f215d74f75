//! Rows of links, pools and fleets.

use std::sync::Arc;

use super::builder::Builder;
use crate::engine::outcome::{FleetTally, LegTally, LineTally, Loading, PoolTally};
use crate::ids::LinkId;
use crate::model::Call;
use crate::results::catalogue::RowKey;
use crate::units::{Duration, Mass};
use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

type Of<T> = fn(&T, f64) -> f64;
type Number = fn(&FleetTally) -> u64;

/// Measures by tally and the milliseconds of the horizon.
const LINE: [(Measure, FixedUnit, Of<LineTally>); 5] = [
    (Measure::WaitingTime, FixedUnit::Hours, |tally, _| tally.waiting.mean_hours()),
    (Measure::Waited, FixedUnit::One, |tally, _| tally.waiting.share()),
    (Measure::QueueLength, FixedUnit::One, |tally, ms| tally.queue as f64 / ms),
    (Measure::QueueMax, FixedUnit::One, |tally, _| tally.queue_max as f64),
    (Measure::Number, FixedUnit::One, |tally, ms| tally.running as f64 / ms),
];
const LEG: [(Measure, FixedUnit, Of<LegTally>); 4] = [
    (Measure::WaitingTime, FixedUnit::Hours, |tally, _| tally.waiting.mean_hours()),
    (Measure::Waited, FixedUnit::One, |tally, _| tally.waiting.share()),
    (Measure::QueueLength, FixedUnit::One, |tally, ms| tally.queue as f64 / ms),
    (Measure::QueueMax, FixedUnit::One, |tally, _| tally.queue_max as f64),
];
const POOL: [(Measure, FixedUnit, Of<PoolTally>); 9] = [
    (Measure::Utilisation, FixedUnit::One, |tally, _| (tally.taken + tally.returning) as f64 / tally.size as f64),
    (Measure::WaitingTime, FixedUnit::Hours, |tally, _| tally.waiting.mean_hours()),
    (Measure::Waited, FixedUnit::One, |tally, _| tally.waiting.share()),
    (Measure::QueueLength, FixedUnit::One, |tally, ms| tally.queue as f64 / ms),
    (Measure::QueueMax, FixedUnit::One, |tally, _| tally.queue_max as f64),
    (Measure::Number, FixedUnit::One, |tally, ms| tally.taken as f64 / ms),
    (Measure::Returning, FixedUnit::One, |tally, ms| tally.returning as f64 / ms),
    (Measure::WagonTurn, FixedUnit::Days, |tally, _| tally.turn.0.days() / tally.turn.1 as f64),
    (Measure::EmptyRunShare, FixedUnit::One, |tally, _| {
        tally.returning as f64 / (tally.taken + tally.returning) as f64
    }),
];
const FLEET: [(Measure, FixedUnit, Of<FleetTally>); 11] = [
    (Measure::Utilisation, FixedUnit::One, |tally, _| vessel_share(tally, tally.at_sea + tally.at_berth)),
    (Measure::QueueLength, FixedUnit::One, |tally, ms| tally.waiting.ms() as f64 / ms),
    (Measure::SailingShare, FixedUnit::One, |tally, _| vessel_share(tally, tally.at_sea)),
    (Measure::BerthShare, FixedUnit::One, |tally, _| {
        vessel_share(tally, tally.at_berth - tally.loading - tally.for_cargo)
    }),
    (Measure::LoadingShare, FixedUnit::One, |tally, _| vessel_share(tally, tally.loading)),
    (Measure::CargoWaitShare, FixedUnit::One, |tally, _| vessel_share(tally, tally.for_cargo)),
    (Measure::BerthWaitShare, FixedUnit::One, |tally, _| vessel_share(tally, tally.waiting)),
    (Measure::Closed, FixedUnit::One, |tally, _| vessel_share(tally, tally.held)),
    (Measure::Down, FixedUnit::One, |tally, _| vessel_share(tally, tally.down)),
    (Measure::LoadFactor, FixedUnit::One, |tally, _| load_factor(&tally.loaded)),
    (Measure::DeckFactor, FixedUnit::One, |tally, _| deck_factor(&tally.loaded)),
];
/// Numbers of the horizon that are told by the year.
const YEARLY: [(Measure, FixedUnit, Number); 3] = [
    (Measure::LeftBehind, FixedUnit::SailingsPerYear, |tally| tally.left_behind),
    (Measure::MissedDepartures, FixedUnit::DeparturesPerYear, |tally| tally.missed.iter().sum()),
    (Measure::Voyages, FixedUnit::SailingsPerYear, |tally| tally.voyages.iter().sum()),
];

pub(super) fn add(builder: &mut Builder<'_>) {
    links(builder);
    for (line, &link) in builder.labels.lines.iter().enumerate() {
        rail(builder, line, link);
    }
    for leg in 0..builder.labels.legs.len() {
        sea(builder, leg);
    }
    let horizon = builder.horizon().ms() as f64;
    for (pool, label) in builder.labels.pools.iter().enumerate() {
        for (measure, unit, compute) in POOL {
            let key = RowKey::new(measure, &Subject::of(SubjectKind::Pool, &label.id), unit);
            builder.value(key, move |facts| compute(&facts.outcome.pools[pool], horizon));
        }
    }
    for fleet in 0..builder.labels.fleets.len() {
        vessels(builder, fleet);
    }
    visits(builder);
}

/// Ships from outside, by kind and all of a visit together.
fn visits(builder: &mut Builder<'_>) {
    let first = builder.labels.fleets.len();
    let mut of: Vec<(Subject, Vec<usize>)> = Vec::new();
    for (position, (kind, visit)) in builder.labels.visiting.iter().enumerate() {
        for subject in if kind == visit { vec![visit] } else { vec![visit, kind] } {
            match of.iter_mut().find(|(known, _)| known == subject) {
                Some((_, kinds)) => kinds.push(first + position),
                None => of.push((subject.clone(), vec![first + position])),
            }
        }
    }
    let (horizon, per_year) = (builder.horizon().ms() as f64, builder.per_year());
    for (subject, kinds) in of {
        let kinds: Arc<[usize]> = kinds.into();
        let of = Arc::clone(&kinds);
        builder.value(RowKey::new(Measure::Voyages, &subject, FixedUnit::SailingsPerYear), move |facts| {
            of.iter().map(|&kind| facts.outcome.fleets[kind].voyages[0]).sum::<u64>() as f64 * per_year
        });
        let of = Arc::clone(&kinds);
        builder.value(RowKey::new(Measure::QueueLength, &subject, FixedUnit::One), move |facts| {
            of.iter().map(|&kind| facts.outcome.fleets[kind].waiting.ms() as f64).sum::<f64>() / horizon
        });
        builder.value(RowKey::new(Measure::PortTime, &subject, FixedUnit::Hours), move |facts| {
            mean_port_time(kinds.iter().map(|&kind| facts.outcome.fleets[kind].in_port[0]))
        });
    }
}

/// Mean hours of calls.
fn mean_port_time(calls: impl Iterator<Item = (Duration, u64)>) -> f64 {
    let (time, number) = calls.fold((Duration::ZERO, 0), |all, of| (all.0 + of.0, all.1 + of.1));
    time.hours() / number as f64
}

fn trains(tally: &LineTally) -> f64 {
    (tally.trains[0] + tally.trains[1]) as f64
}

fn vessel_share(tally: &FleetTally, part: Duration) -> f64 {
    let all = tally.at_sea + tally.at_berth + tally.waiting + tally.held + tally.down;
    part.ms() as f64 / all.ms() as f64
}

fn total(calls: &[Loading]) -> Loading {
    let mut total = Loading::default();
    for &call in calls {
        total.add(call);
    }
    total
}

/// Against the least of deck, load limit and permitted draught.
fn load_factor(calls: &[Loading]) -> f64 {
    let total = total(calls);
    total.filled as f64 / total.offered as f64
}

/// Against deck and load limit alone.
fn deck_factor(calls: &[Loading]) -> f64 {
    let total = total(calls);
    total.deck as f64 / total.offered as f64
}

/// Tonnes carried by each link: of lines and legs what set out within the horizon, of others what was delivered over
/// them.
fn links(builder: &mut Builder<'_>) {
    let per_year = builder.per_year();
    let labels = builder.labels;
    for (link, label) in labels.links.iter().enumerate() {
        let is = |other: &LinkId| other.index() == link;
        let line = labels.lines.iter().position(is);
        let indices = |of: &dyn Fn(usize) -> bool, length: usize| (0..length).filter(|&at| of(at)).collect::<Vec<_>>();
        let legs = indices(&|leg| is(&labels.legs[leg].0), labels.legs.len());
        let routes = indices(&|route| labels.routes[route].links.iter().any(is), labels.routes.len());
        builder.value(
            RowKey::new(Measure::Throughput, &Subject::of(SubjectKind::Link, &label.id), FixedUnit::TonnesPerYear),
            move |facts| {
                let outcome = facts.outcome;
                let mass: Mass = match line {
                    Some(line) => outcome.lines[line].mass.into_iter().sum(),
                    None if legs.is_empty() => routes.iter().map(|&route| outcome.routes[route].delivered.mass).sum(),
                    None => legs.iter().map(|&leg| outcome.legs[leg].boarded.mass).sum(),
                };
                mass.tonnes() * per_year
            },
        );
    }
}

fn rail(builder: &mut Builder<'_>, line: usize, of: LinkId) {
    let (horizon, per_year) = (builder.horizon().ms() as f64, builder.per_year());
    let label = &builder.labels.links[of.index()];
    let subject = Subject::of(SubjectKind::Link, &label.id);
    builder.value(RowKey::new(Measure::Trains, &subject, FixedUnit::TrainsPerYear), move |facts| {
        trains(&facts.outcome.lines[line]) * per_year
    });
    for (measure, unit, compute) in LINE {
        let key = RowKey::new(measure, &subject, unit);
        builder.value(key, move |facts| compute(&facts.outcome.lines[line], horizon));
    }
    if let Some(paths) = label.paths_per_day {
        let days = builder.horizon().days();
        let busier = move |tally: &LineTally| tally.trains[0].max(tally.trains[1]) as f64 / days;
        builder.value(RowKey::new(Measure::Utilisation, &subject, FixedUnit::One), move |facts| {
            busier(&facts.outcome.lines[line]) / paths
        });
        builder.value(RowKey::new(Measure::SpareCapacity, &subject, FixedUnit::TrainsPerDay), move |facts| {
            paths - busier(&facts.outcome.lines[line])
        });
    }
}

fn sea(builder: &mut Builder<'_>, leg: usize) {
    let horizon = builder.horizon().ms() as f64;
    let (link, from, _) = builder.labels.legs[leg];
    let port = &builder.labels.nodes[from.index()];
    let subject = Subject::of(SubjectKind::Link, format_args!("{}.from.{port}", builder.labels.links[link.index()].id));
    for (measure, unit, compute) in LEG {
        let key = RowKey::new(measure, &subject, unit);
        builder.value(key, move |facts| compute(&facts.outcome.legs[leg], horizon));
    }
}

fn vessels(builder: &mut Builder<'_>, fleet: usize) {
    let horizon = builder.horizon().ms() as f64;
    let subject = Subject::of(SubjectKind::Fleet, &builder.labels.fleets[fleet].id);
    for (measure, unit, compute) in FLEET {
        builder
            .value(RowKey::new(measure, &subject, unit), move |facts| compute(&facts.outcome.fleets[fleet], horizon));
    }
    let per_year = builder.per_year();
    for (measure, unit, number) in YEARLY {
        builder.value(RowKey::new(measure, &subject, unit), move |facts| {
            number(&facts.outcome.fleets[fleet]) as f64 * per_year
        });
    }
    for (call, place) in ports(builder, fleet).iter().enumerate() {
        call_rows(builder, fleet, call, &subject, place);
    }
}

/// By call of a fleet: its place. A port that is called at twice in a round has two.
pub(super) fn ports(builder: &Builder<'_>, fleet: usize) -> Vec<Subject> {
    let calls = builder.plan.epochs[0].1.fleets.get(fleet).map(|fleet| fleet.calls.as_slice()).unwrap_or_default();
    let place = |(call, port): (usize, &Call)| {
        let number = calls[..call].iter().filter(|other| other.node == port.node).count();
        let node = Subject::of(SubjectKind::Node, &builder.labels.nodes[port.node.index()]);
        if number == 0 { node } else { node.with(format_args!("call.{}", number + 1)) }
    };
    calls.iter().enumerate().map(place).collect()
}

fn call_rows(builder: &mut Builder<'_>, fleet: usize, call: usize, subject: &Subject, place: &Subject) {
    let per_year = builder.per_year();
    builder.value(RowKey::new(Measure::Voyages, subject, FixedUnit::SailingsPerYear).at(place), move |facts| {
        facts.outcome.fleets[fleet].voyages.get(call).copied().unwrap_or(0) as f64 * per_year
    });
    builder
        .value(RowKey::new(Measure::MissedDepartures, subject, FixedUnit::DeparturesPerYear).at(place), move |facts| {
            facts.outcome.fleets[fleet].missed.get(call).copied().unwrap_or(0) as f64 * per_year
        });
    builder.value(RowKey::new(Measure::PortTime, subject, FixedUnit::Hours).at(place), move |facts| {
        facts.outcome.fleets[fleet].in_port.get(call).map_or(f64::NAN, |&of| mean_port_time(std::iter::once(of)))
    });
    for (measure, compute) in
        [(Measure::LoadFactor, load_factor as fn(&[Loading]) -> f64), (Measure::DeckFactor, deck_factor)]
    {
        builder.value(RowKey::new(measure, subject, FixedUnit::One).at(place), move |facts| {
            facts.outcome.fleets[fleet].loaded.get(call).map_or(f64::NAN, |&loaded| compute(&[loaded]))
        });
    }
}
