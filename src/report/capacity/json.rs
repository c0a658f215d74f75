//! `capacity.json`.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::answer::headline;
use super::report::{CapacityReport, CapacityWhatIf};
use crate::analysis::{Binding, PracticalCapacity, Relief, Stair, Step};
use crate::report::SCHEMA;
use crate::results::Manifest;

/// Writes `capacity.json`: what was asked, every traffic with every limit, what binds, circles and traffic that falls, rules of
/// thumb, the staircase.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_json(report: &CapacityReport, out: &mut dyn Write) -> io::Result<()> {
    let capacity = &report.capacity;
    let manifest: &Manifest = &capacity.base.manifest;
    let services: Vec<&str> = report.services.iter().map(|service| service.text.as_str()).collect();
    let with_circles = capacity.steps.iter().filter(|step| !step.burden.circles.is_empty());
    let circles = with_circles.map(|step| json!({ "factor": step.factor, "circles": step.burden.circles }));
    let fall = capacity.fall().map(|of| json!({ "from": of.less.factor, "at": of.more.factor, "fall": of.fall }));
    let value = json!({
        "schema": SCHEMA,
        "scenario": manifest.scenario,
        "run": manifest.run,
        "headline": headline(report),
        "complete": capacity.is_complete,
        "services": services,
        "tolerance": report.tolerance,
        "proportional": report.is_proportional,
        "levelled": report.levelled,
        "found": capacity.found,
        "ceiling": capacity.ceiling,
        "cut": capacity.cut.as_ref().ok(),
        "no_cut": capacity.cut.as_ref().err(),
        "capacity": capacity.fresh,
        "holds_in_fresh_numbers": capacity.fresh.as_ref().map(Step::holds),
        "drop_tonnes": capacity.drop(),
        "binding": capacity.binding.as_ref().map(binding_json),
        "circles": circles.collect::<Vec<_>>(),
        "fall": fall,
        "rules": capacity.rules,
        "search": capacity.steps,
        "what_ifs": report.what_ifs.iter().map(|what_if| what_if_json(what_if, &report.capacity)).collect::<Vec<_>>(),
        "relief": report.relief.as_ref().map(|relief| relief_json(relief, &report.unpriced)),
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn what_if_json(what_if: &CapacityWhatIf, base: &PracticalCapacity) -> Value {
    let more = what_if.more_than(base);
    json!({
        "what_if": what_if.name, "title": what_if.title, "annual_cost_usd": what_if.annual_cost,
        "found": what_if.capacity.found, "capacity": what_if.capacity.fresh,
        "binding": what_if.capacity.binding.as_ref().map(binding_json), "search": what_if.capacity.steps,
        "more_tonnes": more.map(|more| more.mean), "more_tonnes_half_width": more.map(|more| more.half_width),
        "complete": what_if.capacity.is_complete,
    })
}

fn binding_json(binding: &Binding) -> Value {
    json!({
        "check": binding.check, "capacity": binding.capacity, "use": binding.usage,
        "waiting_growth_h": binding.growth, "cause": binding.cause,
    })
}

fn relief_json(relief: &Relief, unpriced: &[String]) -> Value {
    let stair = |stair: &Stair| {
        let measures = stair.measures.iter().map(|measure| {
            json!({
                "id": measure.id, "title": measure.title, "capex_usd": measure.capex(),
                "annual_cost_usd": measure.annual_cost, "ready": measure.cost.ready, "who": measure.cost.who,
            })
        });
        json!({
            "measures": measures.collect::<Vec<_>>(), "invested_usd": stair.invested, "annual_cost_usd": stair.annual_cost,
            "lifted": stair.lifted.as_ref().map(binding_json), "capacity": stair.capacity,
            "binding": stair.binding.as_ref().map(binding_json),
        })
    };
    json!({
        "stairs": relief.stairs.iter().map(stair).collect::<Vec<_>>(), "tried_in_vain": relief.useless,
        "not_open": relief.barred, "cost_not_known": unpriced, "target_reached": relief.reached,
        "complete": relief.is_complete,
    })
}
