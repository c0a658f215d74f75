//! What shippers choose in each what-if, as a table for people.

use std::io::{self, Write};

use crate::comparison::{AlternativeTaken, ChoiceTaken, RoutesTaken, Shippers, Who};
use crate::report::csv::{quoted, shown};
use crate::report::table::columns;
use crate::report::thousands;

/// Writes the choices of each what-if where routes are free.
pub(super) fn write_routes(all: &[RoutesTaken], out: &mut dyn Write) -> io::Result<()> {
    for taken in all {
        writeln!(out, "\nRoutes in {}: {}", taken.what_if, how(taken))?;
        for choice in &taken.choices {
            one(choice, out)?;
        }
    }
    Ok(())
}

/// How the search went.
fn how(taken: &RoutesTaken) -> String {
    let rest = if taken.is_settled { "at rest" } else { "not at rest" };
    let rounds = format!("{rest} after {} round{}", taken.rounds, if taken.rounds == 1 { "" } else { "s" });
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

fn one(choice: &ChoiceTaken, out: &mut dyn Write) -> io::Result<()> {
    let unit = &choice.unit;
    let head = [
        format!("choice {}", choice.id),
        "share base".to_owned(),
        "share".to_owned(),
        "points".to_owned(),
        "days base".to_owned(),
        "days".to_owned(),
        format!("USD/{unit} base"),
        format!("USD/{unit}"),
    ];
    let line = |one: &AlternativeTaken| {
        let [base, now] = one.share;
        [
            if one.is_outside { format!("{} (outside)", one.name) } else { one.name.clone() },
            format!("{:.1} %", 100.0 * base),
            format!("{:.1} %", 100.0 * now),
            format!("{:+.1}", 100.0 * (now - base)),
            format!("{:.1}", one.days[0]),
            format!("{:.1}", one.days[1]),
            format!("{:.0}", one.usd[0]),
            format!("{:.0}", one.usd[1]),
        ]
    };
    let lines: Vec<_> = std::iter::once(head).chain(choice.alternatives.iter().map(line)).collect();
    columns(out, &lines)?;
    who(choice, out)?;
    if let Some((gain, per_year)) = choice.gain_usd.zip(choice.gain_usd_per_year) {
        let who = if gain < 0.0 { "lose" } else { "gain" };
        writeln!(
            out,
            "Shippers {who} {:.1} USD a {unit} of the whole market, {:.2} million USD/yr, at their own value of time.",
            gain.abs(),
            per_year.abs() / 1e6
        )?;
    }
    Ok(())
}

/// Days and money of those who stay, come and leave.
fn who(choice: &ChoiceTaken, out: &mut dyn Write) -> io::Result<()> {
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
        let share = format!("{:.1} %", 100.0 * one.share);
        [in_words(one.who).to_owned(), share, thousands(one.per_year.round()), days_base, days, usd_base, usd]
    };
    let is_anybody = |one: &&Shippers| one.days.is_some() && one.who != Who::Outside;
    let lines = choice.shippers.iter().filter(is_anybody).map(line);
    columns(out, &std::iter::once(head).chain(lines).collect::<Vec<_>>())
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

/// Writes the alternatives of each choice, before and after, one a row, with all digits.
///
/// # Errors
/// If the output cannot be written.
pub fn write_taken_csv(all: &[RoutesTaken], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "what_if,choice,alternative,outside,unit,share_base,share,days_base,days,usd_per_unit_base,usd_per_unit"
    )?;
    for (taken, choice) in all.iter().flat_map(|taken| taken.choices.iter().map(move |choice| (taken, choice))) {
        for one in &choice.alternatives {
            let texts = [&taken.what_if, &choice.id, &one.name].map(|text| quoted(text)).join(",");
            let numbers = [one.share, one.days, one.usd].concat();
            let numbers: Vec<String> = numbers.into_iter().map(|value| shown(Some(value))).collect();
            writeln!(out, "{texts},{},{},{}", one.is_outside, quoted(&choice.unit), numbers.join(","))?;
        }
    }
    Ok(())
}

/// Writes who stays, changes, comes and leaves in each choice, one a row, with all digits.
///
/// # Errors
/// If the output cannot be written.
pub fn write_shippers_csv(all: &[RoutesTaken], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "what_if,choice,who,unit,share,per_year,days_base,days,usd_per_unit_base,usd_per_unit,gain_usd_per_unit_of_market"
    )?;
    for (taken, choice) in all.iter().flat_map(|taken| taken.choices.iter().map(move |choice| (taken, choice))) {
        for one in &choice.shippers {
            let texts = [&taken.what_if, &choice.id].map(|text| quoted(text)).join(",");
            let [days, usd] = [one.days, one.usd].map(|pair| pair.map_or([None; 2], |pair| pair.map(Some)));
            let numbers = [Some(one.share), Some(one.per_year), days[0], days[1], usd[0], usd[1], choice.gain_usd];
            let numbers = numbers.map(shown).join(",");
            writeln!(out, "{texts},{},{},{numbers}", one.who.word(), quoted(&choice.unit))?;
        }
    }
    Ok(())
}
