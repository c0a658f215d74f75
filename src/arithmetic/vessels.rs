//! The utilisation of fleets: what wants to cross against what the vessels can carry in their round.

use super::asked::{Asked, Boarding};
use super::open::{Openness, in_order};
use super::stations::{Body, passage, vessel_body};
use super::utilisation::{Utilisation, Utilised};
use crate::ids::{CargoId, LegId};
use crate::model::{BerthTime, Call, Fleet, Lot, Model, Plan, ROOM_PER_UNIT, Timetable, Vessel};
use crate::units::MS_PER_DAY;
use crate::words::{Subject, SubjectKind};

/// What a full load of one leg is made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Mix {
    /// Room a millisecond that is asked for.
    pub(super) room_per_ms: f64,
    /// Cargoes that are asked for: thousandths of a unit and kilograms in one of room.
    per_room: Vec<(CargoId, f64, f64)>,
}

impl Mix {
    /// The share of it that is never split.
    pub(super) fn whole(&self, model: &Model) -> f64 {
        let share = |&(cargo, milli, _): &(CargoId, f64, f64)| {
            let room = if model.cargoes[cargo.index()].whole { milli } else { 0.0 };
            (room, milli)
        };
        let (whole, all) = self.per_room.iter().map(share).fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        if all > 0.0 { whole / all } else { 0.0 }
    }

    /// Kilograms in one of room.
    fn kg_per_room(&self) -> f64 {
        self.per_room.iter().map(|(_, _, kg)| kg).sum()
    }
}

/// Room of a full load of a vessel: deck or deadweight, whichever is less.
pub(super) fn full_load(vessel: &Vessel, mix: &Mix) -> f64 {
    let (deck, kg_per_room) = (vessel.capacity as f64, mix.kg_per_room());
    match vessel.deadweight {
        Some(most) if kg_per_room > 0.0 => deck.min(most.kg() as f64 / kg_per_room),
        _ => deck,
    }
}

/// Vessels in service, the first so many.
pub(super) fn in_service(fleet: &Fleet) -> &[Vessel] {
    &fleet.vessels[..fleet.vessels.len().min(fleet.in_service as usize)]
}

/// The utilisation of each fleet on each leg that has cargo for it; calls that a round makes at the same leg work together.
pub(super) fn utilisations(plan: &Plan, model: &Model, asked: &Asked, open: &Openness) -> Vec<Utilisation> {
    let mut utilisations = Vec::new();
    for (index, fleet) in model.fleets.iter().enumerate() {
        let label = &plan.labels.fleets[index];
        let mixes = mixes(model, asked, fleet);
        for (at, call) in fleet.calls.iter().enumerate() {
            let is_seen = fleet.calls[..at].iter().any(|earlier| earlier.leg == call.leg);
            let same = || (at..fleet.calls.len()).filter(|&other| fleet.calls[other].leg == call.leg && !is_seen);
            let carried = |at| carried_per_ms(plan, model, fleet, at, &mixes) * open.sailing(index, at);
            let (_, from, to) = plan.labels.legs[call.leg.index()];
            let per_day = MS_PER_DAY as f64 / ROOM_PER_UNIT;
            utilisations.push(Utilisation {
                of: Utilised::FleetLeg,
                path: Subject::of(SubjectKind::Fleet, &label.id),
                direction: Some((from, to)),
                offered: same().map(|at| mixes[at].room_per_ms).sum::<f64>() * per_day,
                capacity: same().map(carried).sum::<f64>() * in_order(fleet.failure.as_ref()) * per_day,
                bodies: Some(boarding_bodies(model, asked, fleet, call.leg) * MS_PER_DAY as f64).filter(|_| !is_seen),
                unit: format!("{}/d", label.capacity.1),
            });
        }
    }
    utilisations
}

/// Bodies a millisecond that wait on a leg for a fleet, each cargo shared as its units are.
fn boarding_bodies(model: &Model, asked: &Asked, fleet: &Fleet, leg: LegId) -> f64 {
    let cargoes = asked.boarding[leg.index()].iter().enumerate();
    cargoes.map(|(cargo, boarding)| boarding.bodies * share_of(model, fleet, leg, cargo)).sum()
}

/// By call: what wants to board, that of a leg in equal parts where a round sails it several times.
pub(super) fn mixes(model: &Model, asked: &Asked, fleet: &Fleet) -> Vec<Mix> {
    let times = |leg: LegId| fleet.calls.iter().filter(|call| call.leg == leg).count() as f64;
    let part = |call: &Call| {
        let mix = mix(model, asked, fleet, call.leg);
        Mix { room_per_ms: mix.room_per_ms / times(call.leg), ..mix }
    };
    fleet.calls.iter().map(part).collect()
}

/// What wants to board, each cargo shared among the fleets that carry it by their number of vessels × deck.
fn mix(model: &Model, asked: &Asked, fleet: &Fleet, leg: LegId) -> Mix {
    let mut mix = Mix::default();
    for (index, cargo) in model.cargoes.iter().enumerate() {
        let room = fleet.room_per_milli[index] as f64;
        let units = asked.boarding[leg.index()][index].units * share_of(model, fleet, leg, index);
        if room > 0.0 && units > 0.0 {
            mix.room_per_ms += units * 1000.0 * room;
            mix.per_room.push((CargoId::new(index), units * 1000.0, units * cargo.mass_per_unit.kg() as f64));
        }
    }
    for (_, milli, kg) in &mut mix.per_room {
        *milli /= mix.room_per_ms;
        *kg /= mix.room_per_ms;
    }
    mix
}

/// By call: what boards there, in room, by bodies and priorities; that of a leg in equal parts as in [`mixes`].
pub(super) fn boardings(model: &Model, asked: &Asked, fleet: &Fleet) -> Vec<Boarding> {
    let boarding = |call: &Call| {
        let times = fleet.calls.iter().filter(|other| other.leg == call.leg).count() as f64;
        let mut all = Boarding::default();
        for (cargo, boarding) in asked.boarding[call.leg.index()].iter().enumerate() {
            let room = 1000.0 * fleet.room_per_milli[cargo] as f64;
            if room > 0.0 {
                all.add_part(boarding, share_of(model, fleet, call.leg, cargo) / times, room);
            }
        }
        all
    };
    fleet.calls.iter().map(boarding).collect()
}

pub(super) fn share_of(model: &Model, fleet: &Fleet, leg: LegId, cargo: usize) -> f64 {
    let all: f64 = model.fleets.iter().map(|other| deck_for(other, leg, cargo)).sum();
    if all > 0.0 { deck_for(fleet, leg, cargo) / all } else { 0.0 }
}

/// Thousandths of a unit of a cargo that a fleet has deck for on a leg, all its vessels together.
fn deck_for(fleet: &Fleet, leg: LegId, cargo: usize) -> f64 {
    let room = fleet.room_per_milli[cargo] as f64;
    let sails = fleet.calls.iter().any(|call| call.leg == leg);
    if !sails || room <= 0.0 {
        return 0.0;
    }
    in_service(fleet).iter().map(|vessel| vessel.capacity as f64 / room).sum()
}

/// Room a millisecond that the vessels carry from a call if they are always full and never wait.
fn carried_per_ms(plan: &Plan, model: &Model, fleet: &Fleet, at: usize, mixes: &[Mix]) -> f64 {
    let vessels = in_service(fleet);
    let by_round: f64 =
        vessels.iter().map(|vessel| full_load(vessel, &mixes[at]) / round_ms(model, fleet, vessel, mixes)).sum();
    let largest = vessels.iter().map(|vessel| full_load(vessel, &mixes[at])).fold(0.0, f64::max);
    fleet.calls[at].timetable.as_ref().map_or(by_round, |times| by_round.min(departures_per_ms(plan, times) * largest))
}

pub(super) fn departures_per_ms(plan: &Plan, timetable: &Timetable) -> f64 {
    match timetable {
        Timetable::Every { every, .. } => 1.0 / every.mean(),
        Timetable::Times(times) => {
            let (from, until) = (plan.clock.start, plan.clock.horizon_end);
            let within = times.iter().filter(|time| (from..until).contains(time)).count();
            within as f64 / until.since(from).ms() as f64
        }
    }
}

/// One round of a vessel with full loads and without waiting.
fn round_ms(model: &Model, fleet: &Fleet, vessel: &Vessel, mixes: &[Mix]) -> f64 {
    let calls = fleet.calls.iter().enumerate();
    let times = calls.map(|(at, call)| {
        let (before, after) = (&mixes[(at + mixes.len() - 1) % mixes.len()], &mixes[at]);
        let unloading = berth_ms(&call.unload, full_load(vessel, before), before);
        let loading = berth_ms(&call.load, full_load(vessel, after), after);
        pilotage_ms(model, call) + unloading + loading + vessel.sailing[at].mean()
    });
    times.sum::<f64>().max(1.0)
}

/// Handling of so much room of a mix; of a table by cargo, one kind after the other.
pub(super) fn berth_ms(time: &BerthTime, room: f64, mix: &Mix) -> f64 {
    let kinds = mix.per_room.iter();
    let work = |time: &BerthTime, milli: f64, kg: f64| match time {
        BerthTime::None | BerthTime::ByCargo(_) => 0.0,
        BerthTime::PerCall(law) => law.time.mean(),
        BerthTime::Rate { ms_per_milli, ms_per_kg, .. } => room * (milli * ms_per_milli + kg * ms_per_kg),
    };
    let setup = if let BerthTime::Rate { setup, .. } = time { *setup } else { 0.0 };
    match time {
        _ if mix.room_per_ms <= 0.0 => 0.0,
        BerthTime::PerCall(law) => law.time.mean(),
        time => setup + kinds.map(|&(cargo, milli, kg)| work(time.of(cargo), milli, kg)).sum::<f64>(),
    }
}

/// What a vessel passes before the berth, and mooring at the first berth.
fn pilotage_ms(model: &Model, call: &Call) -> f64 {
    let passed = call.stations.iter().chain(call.berths.first());
    passed.map(|station| passage(&model.stations[station.index()], vessel_body())).sum()
}

/// Mean time aboard of a body without waiting: loading and unloading its own size, and the sailing of the first
/// fleet that carries it.
pub(super) fn crossing_ms(model: &Model, leg: LegId, cargo: CargoId, body: Body) -> f64 {
    let carries =
        |fleet: &&Fleet| fleet.room_per_milli[cargo.index()] > 0 && fleet.calls.iter().any(|call| call.leg == leg);
    let Some(fleet) = model.fleets.iter().find(carries) else { return 0.0 };
    let Some(at) = fleet.calls.iter().position(|call| call.leg == leg) else { return 0.0 };
    let sailing = in_service(fleet).first().map_or(0.0, |vessel| vessel.sailing[at].mean());
    let lot = Lot { size: body.size, kg: body.size * body.cargo.mass_per_unit.kg() as f64 };
    sailing + fleet.berth_ms(at, cargo, lot)
}
