//! Rows of links, pools and fleets.

use super::builder::Builder;
use crate::engine::outcome::{FleetTally, LegTally, LineTally, Loading, PoolTally};
use crate::ids::LinkId;
use crate::plan::model::Call;
use crate::results::frame::RowKey;
use crate::units::{Duration, Mass};

type Of<T> = fn(&T, f64) -> f64;
type Number = fn(&FleetTally) -> u64;

/// Measures by tally and the milliseconds of the horizon.
const LINE: [(&str, &str, Of<LineTally>); 5] = [
    ("waiting_time", "h", |tally, _| tally.waiting.hours() / trains(tally)),
    ("waited", "1", |tally, _| tally.waited as f64 / trains(tally)),
    ("queue_length", "1", |tally, ms| tally.queue as f64 / ms),
    ("queue_max", "1", |tally, _| tally.queue_max as f64),
    ("number", "1", |tally, ms| tally.running as f64 / ms),
];
const LEG: [(&str, &str, Of<LegTally>); 4] = [
    ("waiting_time", "h", |tally, _| tally.waiting.hours() / tally.boarded.count as f64),
    ("waited", "1", |tally, _| tally.waited as f64 / tally.boarded.count as f64),
    ("queue_length", "1", |tally, ms| tally.queue as f64 / ms),
    ("queue_max", "1", |tally, _| tally.queue_max as f64),
];
const POOL: [(&str, &str, Of<PoolTally>); 9] = [
    ("utilisation", "1", |tally, _| (tally.taken + tally.returning) as f64 / tally.size as f64),
    ("waiting_time", "h", |tally, _| tally.waiting.hours() / tally.takings as f64),
    ("waited", "1", |tally, _| tally.waited as f64 / tally.takings as f64),
    ("queue_length", "1", |tally, ms| tally.queue as f64 / ms),
    ("queue_max", "1", |tally, _| tally.queue_max as f64),
    ("number", "1", |tally, ms| tally.taken as f64 / ms),
    ("returning", "1", |tally, ms| tally.returning as f64 / ms),
    ("wagon_turn", "d", |tally, _| tally.turn.0.days() / tally.turn.1 as f64),
    ("empty_run_share", "1", |tally, _| tally.returning as f64 / (tally.taken + tally.returning) as f64),
];
const FLEET: [(&str, &str, Of<FleetTally>); 6] = [
    ("utilisation", "1", |tally, _| vessel_share(tally, tally.at_sea + tally.at_berth)),
    ("queue_length", "1", |tally, ms| tally.waiting.ms() as f64 / ms),
    ("closed", "1", |tally, _| vessel_share(tally, tally.held)),
    ("down", "1", |tally, _| vessel_share(tally, tally.down)),
    ("load_factor", "1", |tally, _| load_factor(&tally.loaded)),
    ("deck_factor", "1", |tally, _| deck_factor(&tally.loaded)),
];
/// Numbers of the horizon that are told by the year.
const YEARLY: [(&str, &str, Number); 3] = [
    ("left_behind", "sailings/yr", |tally| tally.left_behind),
    ("missed_departures", "departures/yr", |tally| tally.missed.iter().sum()),
    ("voyages", "sailings/yr", |tally| tally.voyages.iter().sum()),
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
            let key = RowKey::new(measure, &format!("pool.{}", label.id), unit);
            builder.value(key, move |facts| compute(&facts.outcome.pools[pool], horizon));
        }
    }
    for fleet in 0..builder.labels.fleets.len() {
        vessels(builder, fleet);
    }
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
        builder.value(RowKey::new("throughput", &format!("link.{}", label.id), "t/yr"), move |facts| {
            let outcome = facts.outcome;
            let mass: Mass = match line {
                Some(line) => outcome.lines[line].mass.into_iter().sum(),
                None if legs.is_empty() => routes.iter().map(|&route| outcome.routes[route].delivered.mass).sum(),
                None => legs.iter().map(|&leg| outcome.legs[leg].boarded.mass).sum(),
            };
            mass.tonnes() * per_year
        });
    }
}

fn rail(builder: &mut Builder<'_>, line: usize, of: LinkId) {
    let (horizon, per_year) = (builder.horizon().ms() as f64, builder.per_year());
    let label = &builder.labels.links[of.index()];
    let subject = format!("link.{}", label.id);
    builder.value(RowKey::new("trains", &subject, "trains/yr"), move |facts| {
        trains(&facts.outcome.lines[line]) * per_year
    });
    for (measure, unit, compute) in LINE {
        let key = RowKey::new(measure, &subject, unit);
        builder.value(key, move |facts| compute(&facts.outcome.lines[line], horizon));
    }
    if let Some(paths) = label.paths_per_day {
        let days = builder.horizon().days();
        let busier = move |tally: &LineTally| tally.trains[0].max(tally.trains[1]) as f64 / days;
        builder
            .value(RowKey::new("utilisation", &subject, "1"), move |facts| busier(&facts.outcome.lines[line]) / paths);
        builder.value(RowKey::new("spare_capacity", &subject, "trains/d"), move |facts| {
            paths - busier(&facts.outcome.lines[line])
        });
    }
}

fn sea(builder: &mut Builder<'_>, leg: usize) {
    let horizon = builder.horizon().ms() as f64;
    let (link, from, _) = builder.labels.legs[leg];
    let port = &builder.labels.nodes[from.index()];
    let subject = format!("link.{}.from.{port}", builder.labels.links[link.index()].id);
    for (measure, unit, compute) in LEG {
        let key = RowKey::new(measure, &subject, unit);
        builder.value(key, move |facts| compute(&facts.outcome.legs[leg], horizon));
    }
}

fn vessels(builder: &mut Builder<'_>, fleet: usize) {
    let horizon = builder.horizon().ms() as f64;
    let subject = format!("fleet.{}", builder.labels.fleets[fleet].id);
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
pub(super) fn ports(builder: &Builder<'_>, fleet: usize) -> Vec<String> {
    let calls = builder.plan.epochs[0].1.fleets.get(fleet).map(|fleet| fleet.calls.as_slice()).unwrap_or_default();
    let place = |(call, port): (usize, &Call)| {
        let number = calls[..call].iter().filter(|other| other.node == port.node).count();
        let suffix = if number == 0 { String::new() } else { format!(".call.{}", number + 1) };
        format!("node.{}{suffix}", builder.labels.nodes[port.node.index()])
    };
    calls.iter().enumerate().map(place).collect()
}

fn call_rows(builder: &mut Builder<'_>, fleet: usize, call: usize, subject: &str, place: &str) {
    let per_year = builder.per_year();
    builder.value(RowKey::new("voyages", subject, "sailings/yr").at(place), move |facts| {
        facts.outcome.fleets[fleet].voyages.get(call).copied().unwrap_or(0) as f64 * per_year
    });
    builder.value(RowKey::new("missed_departures", subject, "departures/yr").at(place), move |facts| {
        facts.outcome.fleets[fleet].missed.get(call).copied().unwrap_or(0) as f64 * per_year
    });
    for (measure, compute) in [("load_factor", load_factor as fn(&[Loading]) -> f64), ("deck_factor", deck_factor)] {
        builder.value(RowKey::new(measure, subject, "1").at(place), move |facts| {
            facts.outcome.fleets[fleet].loaded.get(call).map_or(f64::NAN, |&loaded| compute(&[loaded]))
        });
    }
}
