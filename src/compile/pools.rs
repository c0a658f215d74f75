//! Pools and storages.

use super::entry::{Entry, entries};
use super::error::Problem;
use super::register::Register;
use super::streams;
use crate::ids::NodeId;
use crate::model::{Pool, ROOM_PER_UNIT, Storage};
use crate::scenario::types::{self, Contents, PoolPer, Returns, Stabling};
use crate::units::Size;
use crate::words::Cause;

/// All pools.
pub(super) fn pools(scenario: &Contents, register: &mut Register) -> Vec<Pool> {
    scenario.pool.iter().map(|(id, pool)| one_pool(register, id, pool)).collect()
}

fn one_pool(register: &mut Register, id: &str, pool: &types::Pool) -> Pool {
    let key = pool.key.as_ref();
    Pool {
        size: pool.size,
        per_amount: size_per_thing(pool).is_some(),
        turnaround: pool.turnaround.clone(),
        home: match &pool.returns {
            Returns::Empty(time) => Some(time.clone()),
            Returns::None | Returns::As(_) => None,
        },
        stream: streams::thing(register, "pool", id, key, "turnaround"),
        home_stream: streams::thing(register, "pool", id, key, "home"),
        wait: register.cell(&format!("pool.{id}"), Cause::WaitPool),
    }
}

/// Size that one thing of a pool serves; `None`: one a body.
pub(super) fn size_per_thing(pool: &types::Pool) -> Option<Size> {
    match pool.per {
        PoolPer::Train => None,
        PoolPer::Units(units) => Some(Size::from_units(units).max(Size::from_milli(1))),
    }
}

/// All storages, in file order of nodes and storages.
pub(super) fn storages(scenario: &Contents, register: &mut Register) -> Vec<Storage> {
    let mut storages = Vec::new();
    for (index, (node_id, node)) in scenario.node.iter().enumerate() {
        for (id, storage) in &node.storage {
            let path = format!("node.{node_id}.storage.{id}");
            storages.push(Storage {
                capacity: room(storage.capacity.units()),
                stabling: match storage.stabling {
                    Stabling::AsCapacity => Some(room(storage.capacity.units())),
                    Stabling::Amount(amount) => Some(room(amount.units())),
                    Stabling::Unlimited => None,
                },
                room_per_milli: rooms_in_storage(scenario, register, &path, storage),
                free_time: storage.free_time,
                wait: register.cell(&path, Cause::WaitSpace),
                node: NodeId::new(index),
            });
        }
    }
    storages
}

fn rooms_in_storage(scenario: &Contents, register: &mut Register, path: &str, storage: &types::Storage) -> Vec<i64> {
    for id in storage.cargo.iter().filter(|id| !scenario.cargo.contains_key(*id)) {
        register.fail(format!("{path}.cargo"), Problem::Unknown { kind: "cargo", id: id.clone() });
    }
    let mut rooms = Vec::new();
    for cargo in entries(&scenario.cargo) {
        let held = storage.cargo.iter().any(|id| id == cargo.id);
        let units = if held { units_taken(scenario, register, path, cargo, &storage.unit) } else { 0.0 };
        rooms.push(room_per_milli(units));
    }
    rooms
}

/// How much of a unit of capacity one unit of a cargo takes: 1 of its own unit, else converted through tonnes.
pub(super) fn units_taken(
    scenario: &Contents,
    register: &mut Register,
    path: &str,
    cargo: Entry<'_, types::Cargo>,
    unit: &str,
) -> f64 {
    if cargo.spec.unit == unit {
        return 1.0;
    }
    let tonnes = cargo.spec.mass_per_unit.tonnes();
    match tonnes_of_unit(scenario, unit).filter(|_| tonnes > 0.0) {
        Some(other) if other > 0.0 => tonnes / other,
        _ => {
            register.fail(path, Problem::NotConvertible { unit: cargo.id.to_owned(), other: unit.to_owned() });
            0.0
        }
    }
}

/// Tonnes of a unit: those of the first cargo counted in it.
fn tonnes_of_unit(scenario: &Contents, unit: &str) -> Option<f64> {
    if unit == "t" {
        return Some(1.0);
    }
    let counted = scenario.cargo.values().find(|cargo| cargo.unit == unit);
    counted.map(|cargo| cargo.mass_per_unit.tonnes())
}

/// A capacity in room.
pub(super) fn room(units: f64) -> i64 {
    (units * ROOM_PER_UNIT).round() as i64
}

/// The room of a thousandth of a unit that takes so many units of capacity.
pub(super) fn room_per_milli(units: f64) -> i64 {
    (units * ROOM_PER_UNIT / 1000.0).round() as i64
}
