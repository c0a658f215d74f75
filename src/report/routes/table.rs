//! The table for people.

use std::io::{self, Write};

use crate::analysis::routes::{Charge, FoundRoute, Pay, RouteAnswer};
use crate::report::Headline;
use crate::report::rounding::{round_to, thousands};
use crate::report::screen::Screen;
use crate::words::Cause;

/// Longest name of a route in a table.
const NAME: usize = 56;
/// Causes and operators are shown from this share of a route's total on.
const LEAST: f64 = 0.005;
/// Ties shown.
const TIES: usize = 8;

/// Writes the routes, and what they are worth to each other where that was asked for.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_routes_table(answer: &RouteAnswer, out: &mut Screen<'_>) -> io::Result<()> {
    out.table(&overview(answer))?;
    answer.pay.as_ref().map_or(Ok(()), |pay| worth(answer, pay, out))
}

/// Writes where the days and dollars of the routes go.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_routes_details(answer: &RouteAnswer, out: &mut Screen<'_>) -> io::Result<()> {
    out.table(&days(answer))?;
    out.table(&charges(answer))
}

/// What people read first.
pub(super) fn headline(answer: &RouteAnswer) -> Headline {
    let of = answer.flow.as_ref().map_or_else(|| answer.cargo.clone(), |flow| format!("{flow} ({})", answer.cargo));
    let (from, to) = &answer.ends;
    let worth = round_to(answer.value_of_time, None);
    let per = format!("Per {}, estimated without simulation; a day is worth {worth} USD. ", answer.unit);
    let about = [
        vec![format!("Routes of {of} from {from} to {to} – {} ({})", answer.title, answer.scenario)],
        vec![format!("{per}{}", accuracy(answer))],
    ];
    let found = [cheapest(answer), second(answer), fastest(answer), most_taken(answer)];
    Headline { about: about.concat(), found: found.into_iter().flatten().collect() }
}

fn cheapest(answer: &RouteAnswer) -> Option<String> {
    let route = answer.routes.first()?;
    let (charge, together) = (thousands(route.freight_charge), thousands(route.generalised_cost));
    Some(format!(
        "Cheapest: {}, {:.1} days, {charge} USD a {} in charges, {together} with the worth of the time.",
        route.name, route.days, answer.unit
    ))
}

/// What the next route costs more.
fn second(answer: &RouteAnswer) -> Option<String> {
    let [best, next, ..] = &answer.routes[..] else { return None };
    let more = thousands(next.generalised_cost - best.generalised_cost);
    let days = next.days - best.days;
    let side = if days < 0.0 { "shorter" } else { "longer" };
    Some(format!("Next: {}, {more} USD more, {:.1} days {side}.", next.name, days.abs()))
}

/// The fastest route, where it is not the cheapest.
fn fastest(answer: &RouteAnswer) -> Option<String> {
    let fastest = answer.routes.iter().min_by(|one, other| one.days.total_cmp(&other.days))?;
    let is_told = answer.routes.iter().take(2).all(|told| told.name != fastest.name);
    is_told.then(|| {
        format!(
            "Fastest: {}, {:.1} days, {} USD in charges.",
            fastest.name,
            fastest.days,
            thousands(fastest.freight_charge)
        )
    })
}

/// The route of the greatest share, where shares are known.
fn most_taken(answer: &RouteAnswer) -> Option<String> {
    let shared = answer.routes.iter().filter_map(|route| Some((route, route.share?)));
    let (route, share) = shared.max_by(|one, other| one.1.total_cmp(&other.1))?;
    Some(format!("Most of it, {:.0} %, goes by {}.", share * 100.0, route.name))
}

/// How well expected days are known, in a sentence.
pub(in crate::report) fn accuracy(answer: &RouteAnswer) -> String {
    let known = answer.accuracy;
    format!(
        "Expected days differ from simulated ones by less than {:.0} % for half of {} flows of the baselines of 2022 to 2025 and by less than {:.0} % for nine in ten.",
        known.median * 100.0,
        known.flows,
        known.ninth * 100.0
    )
}

fn overview(answer: &RouteAnswer) -> Vec<Vec<String>> {
    let mut modes: Vec<&str> = Vec::new();
    for part in answer.routes.iter().flat_map(|route| &route.km) {
        if !modes.contains(&part.mode.as_str()) {
            modes.push(&part.mode);
        }
    }
    let has_shares = answer.routes.iter().any(|route| route.share.is_some());
    let mut head = vec!["Route".to_owned()];
    head.extend(modes.iter().map(|mode| format!("{mode} km")));
    head.extend(["days", "sd", "charge", "time cost", "together", "kg CO2e"].map(str::to_owned));
    head.extend(has_shares.then(|| "share".to_owned()));
    let line = |(place, route): (usize, &FoundRoute)| {
        let mut line = vec![format!("{}  {}", place + 1, short(&route.name))];
        line.extend(modes.iter().map(|mode| {
            let km: f64 = route.km.iter().filter(|part| part.mode == *mode).map(|part| part.km).sum();
            if km > 0.0 { thousands(km) } else { "–".to_owned() }
        }));
        line.extend([
            format!("{:.1}", route.days),
            format!("{:.1}", route.sd_days),
            thousands(route.freight_charge),
            thousands(route.time_cost),
            thousands(route.generalised_cost),
            thousands(route.kg_co2e),
        ]);
        let share = route.share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
        line.extend(has_shares.then_some(share));
        line
    };
    std::iter::once(head).chain(answer.routes.iter().enumerate().map(line)).collect()
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    let cut: String = name.chars().take(NAME - 1).collect();
    format!("{}…", cut.trim_end())
}

/// Days or dollars of a route, with what they are for.
struct Amount {
    name: String,
    value: f64,
}

/// Rows of named amounts, a column a route.
fn by_route(
    answer: &RouteAnswer,
    title: &str,
    amounts: impl Fn(&FoundRoute) -> Vec<Amount>,
    shown: impl Fn(f64) -> String,
) -> Vec<Vec<String>> {
    let of_routes: Vec<Vec<Amount>> = answer.routes.iter().map(amounts).collect();
    let mut names: Vec<&String> = Vec::new();
    for amounts in &of_routes {
        let total: f64 = amounts.iter().map(|amount| amount.value).sum();
        for Amount { name, .. } in amounts.iter().filter(|amount| amount.value >= LEAST * total) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let head = std::iter::once(title.to_owned()).chain((1..=of_routes.len()).map(|place| format!("route {place}")));
    let line = |name: &&String| {
        let amount = |amounts: &Vec<Amount>| {
            let found = amounts.iter().find(|amount| amount.name == **name);
            found.map_or_else(|| "–".to_owned(), |amount| shown(amount.value))
        };
        std::iter::once((*name).clone()).chain(of_routes.iter().map(amount)).collect()
    };
    std::iter::once(head.collect()).chain(names.iter().map(line)).collect()
}

fn days(answer: &RouteAnswer) -> Vec<Vec<String>> {
    let of = |route: &FoundRoute| {
        let mut causes: Vec<(Cause, f64)> = Vec::new();
        for time in &route.times {
            match causes.iter_mut().find(|known| known.0 == time.cause) {
                Some(known) => known.1 += time.days,
                None => causes.push((time.cause, time.days)),
            }
        }
        causes.sort_by(|one, other| other.1.total_cmp(&one.1));
        causes.into_iter().map(|(cause, value)| Amount { name: cause.to_string(), value }).collect()
    };
    by_route(answer, "Where the days go", of, |days| format!("{days:.1}"))
}

fn charges(answer: &RouteAnswer) -> Vec<Vec<String>> {
    let of = |route: &FoundRoute| {
        let name = |charge: &Charge| charge.operator.clone().unwrap_or_else(|| "no operator named".to_owned());
        let charges = route.charges.iter().map(|charge| Amount { name: name(charge), value: charge.usd });
        let mut charges: Vec<Amount> = charges.collect();
        charges.sort_by(|one, other| other.value.total_cmp(&one.value));
        charges
    };
    by_route(answer, "Freight charge by operator, USD", of, thousands)
}

fn worth(answer: &RouteAnswer, pay: &Pay, out: &mut Screen<'_>) -> io::Result<()> {
    let usd = |value: f64| round_to(value, None).to_string();
    let (middle, low, high) = pay.day.reliability;
    writeln!(
        out,
        "\nA day less is worth {} USD a {}; it raises the odds of a route by {:.1} % ({} per USD and TEU, {}).",
        usd(pay.day.mean),
        answer.unit,
        pay.day.odds * 100.0,
        answer.scale,
        answer.choice.as_ref().map_or_else(|| "the usual scale".to_owned(), |choice| format!("as in choice.{choice}"))
    )?;
    writeln!(
        out,
        "A day less between the median and P95 is worth {} USD ({} to {}: a day of standard deviation counts 0.6 days, 0.1 to 1.2).",
        usd(middle),
        usd(low),
        usd(high)
    )?;
    for tie in pay.ties.iter().take(TIES) {
        writeln!(
            out,
            "{} is better than {} where a day is worth more than {} USD.",
            tie.faster,
            tie.cheaper,
            usd(tie.value_of_time)
        )?;
    }
    let head = ["Highest charge, USD", "now", "still the best", "keeps half of its share"].map(str::to_owned);
    let shown = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), thousands);
    let lines = pay.margins.iter().map(|margin| {
        [
            short(&margin.name),
            thousands(margin.freight_charge),
            shown(margin.charge_at_par),
            shown(margin.charge_at_half),
        ]
    });
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}
