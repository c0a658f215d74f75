//! Facilities as stations.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::calendar::Calendar;
use super::error::Problem;
use super::facility_at::{FacilityAt, facilities};
use super::frame::Frame;
use super::register::Register;
use super::streams;
use crate::ids::StationId;
use crate::model::{Customer, Failure, Hours, Remark, Service, ServiceType, Station, StationCells};
use crate::random::Distribution;
use crate::scenario::hours::HoursSpan;
use crate::scenario::types::{Contents, FacilityKind, FacilityTime, Node, Per, Rate, WhenFull};
use crate::units::{Duration, MS_PER_DAY, MS_PER_HOUR};
use crate::words::Cause;

/// Most facilities that others may recognise.
const MOST_RECOGNISED: usize = 64;

/// All facilities, in file order of nodes and facilities.
pub(super) fn stations(frame: &Frame<'_>, scenario: &Contents, register: &mut Register) -> Vec<Station> {
    let recognised = recognised(frame, scenario, register);
    let berths = berths(frame, scenario);
    let all = facilities(scenario).enumerate();
    all.map(|(index, at)| {
        let id = StationId::new(index);
        let mask = mask(frame, &at, &recognised);
        Station {
            sets: recognised.get(&id).copied(),
            recognises: mask,
            held: berths.contains(&id),
            ..station(&frame.calendar, scenario, register, &at)
        }
    })
    .collect()
}

/// A station without what depends on others.
fn station(calendar: &Calendar, scenario: &Contents, register: &mut Register, at: &FacilityAt<'_>) -> Station {
    let spec = at.spec;
    Station {
        servers: spec.servers,
        service: service(scenario, register, at),
        per: customer(spec.per),
        share: spec.share,
        advance: spec.advance,
        sets: None,
        recognises: 0,
        hours: hours(calendar, scenario, register, at),
        room: spec.room,
        diverts: spec.when_full == WhenFull::Divert,
        failure: failure(scenario, register, at),
        held: false,
        stream: streams::facility(scenario, register, at, "service"),
        share_stream: streams::facility(scenario, register, at, "share"),
        cells: cells(register, at),
    }
}

/// When services may start: within the hours, but for holidays; `None` where nothing limits it.
fn hours(calendar: &Calendar, scenario: &Contents, register: &mut Register, at: &FacilityAt<'_>) -> Option<Hours> {
    const ALL_DAY: HoursSpan =
        HoursSpan { days: [true; 7], opens: Duration::ZERO, closes: Duration::from_ms(MS_PER_DAY) };
    let spec = at.spec;
    if spec.hours.is_empty() && spec.holidays.is_empty() {
        return None;
    }
    let spans = if spec.hours.is_empty() { &[ALL_DAY][..] } else { &spec.hours };
    let open = calendar.open(spans, &spec.holidays, &zone(scenario.node.get(at.node_id)));
    if calendar.is_all(&open) {
        return None;
    }
    if open.is_empty() {
        register.remark(Remark {
            path: format!("{}.hours", at.path()),
            code: "never-open",
            message: format!("`{}` is not open at any time of the run: nothing will be served there", at.path()),
            is_note: false,
        });
    }
    Some(Hours::new(open))
}

/// The zone of a place.
pub(super) fn zone(node: Option<&Node>) -> TimeZone {
    node.and_then(|node| node.time_zone.clone()).unwrap_or(TimeZone::UTC)
}

fn service(scenario: &Contents, register: &mut Register, at: &FacilityAt<'_>) -> Service {
    match &at.spec.time {
        FacilityTime::Time(time) => Service::Time(time.clone()),
        FacilityTime::Types(types) => {
            let mut until = 0.0;
            let mut cumulated = |share: f64| {
                until += share;
                until
            };
            let types = types.values().map(|one| ServiceType { until: cumulated(one.share), time: one.time.clone() });
            Service::Types { types: types.collect(), stream: streams::facility(scenario, register, at, "type") }
        }
        FacilityTime::Rate { rate, setup, spread } => {
            let (ms_per_milli, ms_per_kg) = pace(register, &format!("{}.rate", at.path()), rate);
            Service::Rate { setup: setup.ms() as f64, ms_per_milli, ms_per_kg, spread: spread.clone() }
        }
    }
}

/// Milliseconds a thousandth of a unit and a kilogram at a rate an hour.
pub(super) fn pace(register: &mut Register, path: &str, rate: &Rate) -> (f64, f64) {
    let per_hour = rate.per_hour;
    if per_hour <= 0.0 || per_hour.is_nan() {
        register.fail(path, Problem::NotPositive { what: "a rate", value: per_hour });
    }
    // A tonne has a thousand kilograms, a unit a thousand thousandths.
    let pace = MS_PER_HOUR as f64 / per_hour / 1000.0;
    if rate.is_in_tonnes() { (0.0, pace) } else { (pace, 0.0) }
}

const fn customer(per: Per) -> Customer {
    match per {
        Per::Train => Customer::Body,
        Per::Shipment => Customer::Shipment,
        Per::Unit => Customer::Unit,
    }
}

fn failure(scenario: &Contents, register: &mut Register, at: &FacilityAt<'_>) -> Option<Failure> {
    let laws = both(register, &at.path(), at.spec.mtbf.as_ref(), at.spec.mttr.as_ref())?;
    let stream = streams::facility(scenario, register, at, "failure");
    Some(Failure { up: laws.0, down: laws.1, stream })
}

/// Laws of failures and repairs; one without the other is an error.
pub(super) fn both(
    register: &mut Register,
    path: &str,
    mtbf: Option<&Distribution>,
    mttr: Option<&Distribution>,
) -> Option<(Distribution, Distribution)> {
    if mtbf.is_some() != mttr.is_some() {
        register.fail(path, Problem::Missing { what: "`mtbf` and `mttr` go together: the other one" });
    }
    Some((mtbf?.clone(), mttr?.clone()))
}

fn cells(register: &mut Register, at: &FacilityAt<'_>) -> StationCells {
    let path = at.path();
    let cause = if at.spec.residual { Cause::Unexplained } else { cause(at.spec.kind) };
    StationCells {
        service: register.cell(&path, cause),
        wait: register.cell(&path, Cause::WaitServer),
        hours: register.cell(&path, Cause::WaitHours),
        closed: register.cell(&path, Cause::Closed),
        down: register.cell(&path, Cause::Down),
        space: register.cell(&path, Cause::WaitSpace),
    }
}

const fn cause(kind: FacilityKind) -> Cause {
    match kind {
        FacilityKind::Customs => Cause::Customs,
        FacilityKind::Border => Cause::Border,
        FacilityKind::Documents => Cause::Documents,
        FacilityKind::Inspection => Cause::Inspection,
        FacilityKind::GaugeChange => Cause::GaugeChange,
        FacilityKind::Crane | FacilityKind::LocoChange | FacilityKind::Berth | FacilityKind::Yard => Cause::Handling,
    }
}

/// The word of a kind.
pub(super) const fn kind_word(kind: FacilityKind) -> &'static str {
    match kind {
        FacilityKind::Crane => "crane",
        FacilityKind::Customs => "customs",
        FacilityKind::Border => "border",
        FacilityKind::Documents => "documents",
        FacilityKind::Inspection => "inspection",
        FacilityKind::GaugeChange => "gauge-change",
        FacilityKind::LocoChange => "loco-change",
        FacilityKind::Berth => "berth",
        FacilityKind::Yard => "yard",
    }
}

/// Stations that others recognise, each with its bit.
fn recognised(frame: &Frame<'_>, scenario: &Contents, register: &mut Register) -> BTreeMap<StationId, u8> {
    let mut named = BTreeMap::new();
    for at in facilities(scenario) {
        for path in &at.spec.recognises {
            match recognised_station(frame, path) {
                Some(station) => {
                    let next = named.len();
                    named.entry(station).or_insert(next as u8);
                }
                None => register
                    .fail(format!("{}.recognises", at.path()), Problem::Unknown { kind: "facility", id: path.clone() }),
            }
        }
    }
    if named.len() > MOST_RECOGNISED {
        register
            .fail("node", Problem::TooMany { most: MOST_RECOGNISED, what: "facilities may be recognised by others" });
        named.retain(|_, bit| usize::from(*bit) < MOST_RECOGNISED);
    }
    named
}

/// `node.facility`, or the whole parameter path.
fn recognised_station(frame: &Frame<'_>, path: &str) -> Option<StationId> {
    match path.split('.').collect::<Vec<_>>()[..] {
        [node, facility] | ["node", node, "facility", facility] => frame.station_named(node, facility),
        _ => None,
    }
}

fn mask(frame: &Frame<'_>, at: &FacilityAt<'_>, recognised: &BTreeMap<StationId, u8>) -> u64 {
    let stations = at.spec.recognises.iter().filter_map(|path| recognised_station(frame, path));
    stations.filter_map(|station| recognised.get(&station)).fold(0, |mask, bit| mask | 1 << bit)
}

/// Stations that some fleet, or some ships from outside, use as berths.
fn berths(frame: &Frame<'_>, scenario: &Contents) -> Vec<StationId> {
    let of_fleets = scenario.fleet.values().flat_map(|fleet| &fleet.berths);
    let of_visits = scenario.visit.values().map(|visit| (&visit.at, &visit.berths));
    let named = of_fleets.chain(of_visits);
    named.flat_map(|(port, ids)| ids.iter().filter_map(move |id| frame.station_named(port, id))).collect()
}
