//! What shippers choose in each what-if, as a table for people.

use std::io::{self, Write};

use super::gains::write_gains;
use crate::comparison::{AlternativeTaken, ChoiceTaken, Comparison, RoutesTaken, Shippers, Who};
use crate::report::screen::Screen;
use crate::report::sheet::{Column, Sheet, column, sheet};
use crate::report::thousands;
use crate::text::counted;

/// Writes for each what-if where routes are free what shippers choose, and who gains.
pub(super) fn write_routes(comparison: &Comparison, out: &mut Screen<'_>) -> io::Result<()> {
    for taken in &comparison.routes {
        writeln!(out, "\nRoutes in {}: {}", taken.what_if, how(taken))?;
        let (still, moved): (Vec<&ChoiceTaken>, Vec<_>) = taken.choices.iter().partition(|choice| is_still(choice));
        moved.into_iter().try_for_each(|choice| one(choice, out))?;
        if !still.is_empty() {
            let ids: Vec<&str> = still.iter().map(|choice| choice.id.as_str()).collect();
            writeln!(out, "\nShares, days and charges stay the same in: {}", ids.join(", "))?;
        }
        comparison.what_ifs.iter().filter(|one| one.name == taken.what_if).try_for_each(|one| write_gains(one, out))?;
    }
    Ok(())
}

/// Nothing that the table shows differs from the base.
fn is_still(choice: &ChoiceTaken) -> bool {
    choice
        .alternatives
        .iter()
        .map(cells)
        .all(|cells| cells[1] == cells[2] && cells[4] == cells[5] && cells[6] == cells[7])
}

/// How the search went.
fn how(taken: &RoutesTaken) -> String {
    let rest = if taken.is_settled { "at rest" } else { "not at rest" };
    let rounds = format!("{rest} after {}", counted(taken.rounds, "round"));
    let gap = format!("gap {:.1} percentage points", 100.0 * taken.gap);
    let apart = taken.apart.map_or_else(String::new, |apart| {
        format!(
            "; searches from other times end within {:.1} percentage points{}",
            100.0 * apart,
            if apart > 0.02 { ": there may be several equilibria" } else { "" }
        )
    });
    format!("{rounds}, {gap}{apart}")
}

fn one(choice: &ChoiceTaken, out: &mut Screen<'_>) -> io::Result<()> {
    let unit = &choice.unit;
    writeln!(out, "\n{}: {}", choice.id, choice.title)?;
    let head = [
        "route".to_owned(),
        "share base".to_owned(),
        "share".to_owned(),
        "points".to_owned(),
        "days base".to_owned(),
        "days".to_owned(),
        format!("USD/{unit} base"),
        format!("USD/{unit}"),
    ];
    let lines: Vec<_> = std::iter::once(head).chain(choice.alternatives.iter().map(cells)).collect();
    out.table(&lines)?;
    who(choice, out)?;
    choice.gain_usd.zip(choice.gain_usd_per_year).map_or(Ok(()), |(gain, per_year)| gained(gain, per_year, unit, out))
}

fn cells(one: &AlternativeTaken) -> [String; 8] {
    let [base, now] = one.share;
    let digits = digits(base.max(now));
    [
        if one.is_outside { format!("{} (outside)", one.title) } else { one.title.clone() },
        format!("{:.*} %", digits, 100.0 * base),
        format!("{:.*} %", digits, 100.0 * now),
        points(100.0 * (now - base), digits),
        format!("{:.1}", one.days[0]),
        format!("{:.1}", one.days[1]),
        format!("{:.0}", one.usd[0]),
        format!("{:.0}", one.usd[1]),
    ]
}

/// A share below one per cent that halves is to be seen.
fn digits(share: f64) -> usize {
    if share < 0.01 { 2 } else { 1 }
}

/// A difference with its sign; without one where nothing is left of it.
fn points(difference: f64, digits: usize) -> String {
    let text = format!("{difference:+.digits$}");
    if text.chars().all(|letter| matches!(letter, '+' | '-' | '0' | '.')) { "0".to_owned() } else { text }
}

/// What shippers gain, a unit and a year.
fn gained(gain: f64, per_year: f64, unit: &str, out: &mut Screen<'_>) -> io::Result<()> {
    if gain.abs() < 0.05 {
        return writeln!(out, "Shippers neither gain nor lose, at their own value of time.");
    }
    writeln!(
        out,
        "Shippers {} {:.1} USD a {unit} of the whole market, {:.2} million USD/yr, at their own value of time.",
        if gain < 0.0 { "lose" } else { "gain" },
        gain.abs(),
        per_year.abs() / 1e6
    )
}

/// Days and money of those who stay, come and leave.
fn who(choice: &ChoiceTaken, out: &mut Screen<'_>) -> io::Result<()> {
    let unit = &choice.unit;
    let head = [
        "who".to_owned(),
        "share".to_owned(),
        format!("{unit}/yr"),
        "days base".to_owned(),
        "days".to_owned(),
        format!("USD/{unit} base"),
        format!("USD/{unit}"),
    ];
    let line = |one: &Shippers| {
        let days = one.days.map_or(["–".to_owned(), "–".to_owned()], |days| days.map(|days| format!("{days:.1}")));
        let usd = one.usd.map_or(["–".to_owned(), "–".to_owned()], |usd| usd.map(|usd| format!("{usd:.0}")));
        let ([days_base, days], [usd_base, usd]) = (days, usd);
        let share = format!("{:.*} %", digits(one.share), 100.0 * one.share);
        [in_words(one.who).to_owned(), share, thousands(one.per_year.round()), days_base, days, usd_base, usd]
    };
    let is_anybody = |one: &&Shippers| one.days.is_some() && one.who != Who::Outside;
    let lines = choice.shippers.iter().filter(is_anybody).map(line);
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}

const fn in_words(who: Who) -> &'static str {
    match who {
        Who::Stay => "stay on their route",
        Who::Change => "change between routes of the corridor",
        Who::Come => "come from outside",
        Who::Leave => "leave the corridor",
        Who::Outside => "stay outside",
    }
}

/// The alternatives of each choice, before and after, one a row.
pub(super) fn alternatives(all: &[RoutesTaken]) -> Box<dyn Sheet + '_> {
    let rows = choices(all).flat_map(|(taken, choice)| choice.alternatives.iter().map(move |one| (taken, choice, one)));
    sheet("routes.csv", of_alternatives(), rows)
}

/// Who stays, changes, comes and leaves in each choice, one a row.
pub(super) fn shippers(all: &[RoutesTaken]) -> Box<dyn Sheet + '_> {
    let rows = choices(all).flat_map(|(taken, choice)| choice.shippers.iter().map(move |one| (taken, choice, one)));
    sheet("shippers.csv", of_shippers(), rows)
}

fn choices(all: &[RoutesTaken]) -> impl Iterator<Item = (&RoutesTaken, &ChoiceTaken)> {
    all.iter().flat_map(|taken| taken.choices.iter().map(move |choice| (taken, choice)))
}

type OfAlternative<'a> = (&'a RoutesTaken, &'a ChoiceTaken, &'a AlternativeTaken);

fn of_alternatives<'a>() -> Vec<Column<OfAlternative<'a>>> {
    type Row<'r> = OfAlternative<'r>;
    vec![
        column("what_if", "", "The what-if.", |row: &Row<'_>| row.0.what_if.as_str().into()),
        column("choice", "", "The choice.", |row: &Row<'_>| row.1.id.as_str().into()),
        column("alternative", "", "A route, or a route outside the corridor.", |row: &Row<'_>| {
            row.2.name.as_str().into()
        }),
        column("outside", "", "Whether it is outside the corridor.", |row: &Row<'_>| row.2.is_outside.into()),
        column("unit", "", "The unit of the cargo.", |row: &Row<'_>| row.1.unit.as_str().into()),
        column("share_base", "", "Share of the market in the base.", |row: &Row<'_>| row.2.share[0].into()),
        column("share", "", "Share in the what-if.", |row: &Row<'_>| row.2.share[1].into()),
        column("days_base", "d", "Days in the base.", |row: &Row<'_>| row.2.days[0].into()),
        column("days", "d", "Days in the what-if.", |row: &Row<'_>| row.2.days[1].into()),
        column("usd_per_unit_base", "USD", "Charges with the constant, in the base.", |row: &Row<'_>| {
            row.2.usd[0].into()
        }),
        column("usd_per_unit", "USD", "The same in the what-if.", |row: &Row<'_>| row.2.usd[1].into()),
    ]
}

type OfShippers<'a> = (&'a RoutesTaken, &'a ChoiceTaken, &'a Shippers);

fn of_shippers<'a>() -> Vec<Column<OfShippers<'a>>> {
    type Row<'r> = OfShippers<'r>;
    let at = |pair: Option<[f64; 2]>, place: usize| pair.map(|pair| pair[place]);
    vec![
        column("what_if", "", "The what-if.", |row: &Row<'_>| row.0.what_if.as_str().into()),
        column("choice", "", "The choice.", |row: &Row<'_>| row.1.id.as_str().into()),
        column("who", "", "Who stays, changes, comes or leaves.", |row: &Row<'_>| row.2.who.word().into()),
        column("unit", "", "The unit of the cargo.", |row: &Row<'_>| row.1.unit.as_str().into()),
        column("share", "", "Their share of the market.", |row: &Row<'_>| row.2.share.into()),
        column("per_year", "", "Units of cargo a year.", |row: &Row<'_>| row.2.per_year.into()),
        column("days_base", "d", "Their days in the base.", move |row: &Row<'_>| at(row.2.days, 0).into()),
        column("days", "d", "Their days in the what-if.", move |row: &Row<'_>| at(row.2.days, 1).into()),
        column("usd_per_unit_base", "USD", "What a unit pays in the base.", move |row: &Row<'_>| {
            at(row.2.usd, 0).into()
        }),
        column("usd_per_unit", "USD", "What a unit pays in the what-if.", move |row: &Row<'_>| at(row.2.usd, 1).into()),
        column(
            "gain_usd_per_unit_of_market",
            "USD",
            "What shippers gain, over all of the market (logsum).",
            |row: &Row<'_>| row.1.gain_usd.into(),
        ),
    ]
}
