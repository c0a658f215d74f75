//! What shippers choose in each what-if, as a table for people.

use std::io::{self, Write};

use crate::comparison::{AlternativeTaken, ChoiceTaken, RoutesTaken};
use crate::report::table::columns;

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
    let rounds = if taken.is_settled {
        format!("at rest after {} rounds", taken.rounds)
    } else {
        format!("not at rest after {} rounds", taken.rounds)
    };
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
    if let Some(gain) = choice.gain_usd {
        let who = if gain < 0.0 { "lose" } else { "gain" };
        writeln!(
            out,
            "Shippers {who} {:.1} USD a {unit} of the whole market, at their own value of time.",
            gain.abs()
        )?;
    }
    Ok(())
}
