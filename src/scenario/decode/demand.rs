//! Cargoes, flows, sections, seasons.

use indexmap::IndexMap;

use super::fields::Fields;
use super::read;
use crate::random::Distribution;
use crate::scenario::law;
use crate::scenario::quantity::{Dimension, Rate};
use crate::scenario::series::CalendarPeriod;
use crate::scenario::tree::Node;
use crate::scenario::types::{
    Arrivals, Cargo, Count, First, Flow, Response, Route, Season, Section, Service, TimetableRule, Volume,
};
use crate::scenario::when;
use crate::units::{Duration, Mass};

/// Kilograms of a unit of every cargo.
pub(super) fn unit_masses(root: &Node) -> IndexMap<String, f64> {
    let cargoes = root.get("cargo").and_then(Node::table).into_iter().flatten();
    cargoes.filter_map(|(id, cargo)| Some((id.clone(), cargo.get("tonnes-per-unit")?.number()? * 1000.0))).collect()
}

pub(super) fn cargo(fields: &Fields<'_>) -> Option<Cargo> {
    Some(Cargo {
        unit: fields.need("unit", read::text)?,
        mass_per_unit: fields
            .need("tonnes-per-unit", |node| Some(Mass::from_kg((read::number(node)? * 1000.0).round() as i64)))?,
        value: fields.need("value", |node| read::dollars(node, Dimension::Worth))?,
        value_of_time: fields.need("value-of-time", |node| read::dollars(node, Dimension::WorthOfTime))?,
        whole: fields.need("whole", read::flag)?,
        key: fields.may("key", read::text)?,
    })
}

pub(super) fn flow(fields: &Fields<'_>) -> Option<Flow> {
    let cargo = fields.need("cargo", read::text)?;
    Some(Flow {
        from: fields.need("from", read::text)?,
        to: fields.need("to", read::text)?,
        volume: volume(fields, &cargo)?,
        shipment: shipment(fields, &cargo)?,
        cargo,
        season: fields.get("season").map_or(Some(FLAT), |node| season_of(fields, node))?,
        growth: fields.may("growth", read::share)?.unwrap_or(0.0),
        arrivals: fields.need("arrivals", |node| arrivals(fields, node))?,
        batch: fields.need("batch", read::whole)?,
        service: fields.need("service", service)?,
        via: fields.each("via", read::text)?,
        avoid: fields.each("avoid", read::text)?,
        route: fields.parts("route", route)?,
        tags: fields.map("tags", read::text)?,
        counted: fields.need("counted", read::flag)?,
        deadline: fields.may("deadline", read::duration)?,
        priority: fields.need("priority", read::whole)?,
        patience: fields.may("patience", read::duration)?,
        from_date: fields.may("from-date", when::moment)?,
        until_date: fields.may("until-date", when::moment)?,
        outside: fields.may("outside", read::text)?,
        response: fields.may("response", |node| response(&fields.inner(node, "response")))?,
        key: fields.may("key", read::text)?,
    })
}

const FLAT: Season = Season { factors: [1.0; 12] };

fn volume(fields: &Fields<'_>, cargo: &str) -> Option<Volume> {
    if let Some(volumes) = fields.get("volumes") {
        return counted(fields, cargo, volumes).map(Volume::Counted);
    }
    let rate = fields.need("volume", |node| Rate::parse(node.text()?))?;
    let units = rate.amount * fields.units_of(cargo, &rate.unit)?;
    Some(match rate.hours {
        Some(hours) => Volume::PerDay(24.0 * units / hours),
        None => Volume::PerYear(units),
    })
}

/// Amounts by period, in order of time.
fn counted(fields: &Fields<'_>, cargo: &str, volumes: &Node) -> Option<Vec<Count>> {
    let count = |(key, node): (&String, &Node)| {
        let amount = read::amount(node)?;
        let units = amount.value * fields.units_of(cargo, &amount.unit)?;
        Some(Count { period: CalendarPeriod::parse(key)?, units })
    };
    let mut counts: Vec<Count> = volumes.table()?.iter().map(count).collect::<Option<_>>()?;
    counts.sort_by_key(|count| count.period);
    (!counts.is_empty()).then_some(counts)
}

fn shipment(fields: &Fields<'_>, cargo: &str) -> Option<Distribution> {
    law::build(fields.get("shipment")?, Dimension::Amount, &|unit| fields.units_of(cargo, unit))?.ok()
}

fn season_of(fields: &Fields<'_>, node: &Node) -> Option<Season> {
    match node.text() {
        Some(id) => factors(fields.context.root.at(&["season", id, "factors"])?),
        None => factors(node),
    }
}

fn factors(node: &Node) -> Option<Season> {
    let all: Vec<f64> = node.list()?.iter().map(read::number).collect::<Option<_>>()?;
    Some(Season { factors: all.try_into().ok()? })
}

pub(super) fn season(fields: &Fields<'_>) -> Option<Season> {
    fields.need("factors", factors)
}

fn arrivals(fields: &Fields<'_>, node: &Node) -> Option<Arrivals> {
    match node.text() {
        Some("poisson") => Some(Arrivals::Poisson),
        Some("regular") => Some(Arrivals::Regular),
        Some(_) => None,
        None => match fields.inner(node, "renewal").get("gap") {
            Some(gap) => read::factor_law(gap).map(Arrivals::Renewal),
            None => timetable(fields, node).map(Arrivals::Timetable),
        },
    }
}

pub(super) fn timetable(fields: &Fields<'_>, node: &Node) -> Option<TimetableRule> {
    let every = fields.inner(node, "every");
    if let Some(law) = every.get("every") {
        let first = every.get("first").map_or(Some(First::After(Duration::ZERO)), first)?;
        return Some(TimetableRule::Every { every: read::time_law(law)?, first });
    }
    let weekly = fields.inner(node, "weekly");
    let all = |key: &str| weekly.get(key).map(Node::items);
    Some(TimetableRule::Weekly {
        days: all("days")?.iter().map(weekday).collect::<Option<_>>()?,
        at: all("at")?.iter().map(when::time_of_day).collect::<Option<_>>()?,
    })
}

fn first(node: &Node) -> Option<First> {
    read::duration(node).map(First::After).or_else(|| when::moment(node).map(First::On))
}

fn weekday(node: &Node) -> Option<u8> {
    read::word(&[("mon", 0), ("tue", 1), ("wed", 2), ("thu", 3), ("fri", 4), ("sat", 5), ("sun", 6)])(node)
}

pub(super) fn service(node: &Node) -> Option<Service> {
    read::word(&[
        ("block-train", Service::BlockTrain),
        ("wagon-group", Service::WagonGroup),
        ("vehicle", Service::Vehicle),
        ("parcel", Service::Parcel),
    ])(node)
}

fn response(fields: &Fields<'_>) -> Option<Response> {
    Some(Response { day: fields.need("day", read::share)?, cost: fields.need("cost", read::number)? })
}

fn route(fields: &Fields<'_>) -> Option<Route> {
    Some(Route {
        via: fields.each("via", read::text)?,
        avoid: fields.each("avoid", read::text)?,
        share: fields.need("share", read::share)?,
    })
}

pub(super) fn section(fields: &Fields<'_>) -> Option<Section> {
    Some(Section {
        from: fields.need("from", read::text)?,
        to: fields.need("to", read::text)?,
        until_leaves: fields.need("until", read::word(&[("arrives", false), ("leaves", true)]))?,
        cargo: fields.cargoes("cargo")?,
        flows: fields.flows("flows")?,
        deadline: fields.may("deadline", read::duration)?,
    })
}
