//! Bottlenecks as tables for people.

use std::io::{self, Write};

use super::answer::named;
use super::ranking::{BY_HOURS, BY_TONNES, Ranking, Tried, ordered, signed, standing};
use crate::analysis::{Bottlenecks, Effect, Row};
use crate::report::growing::{GrowingIn, write_growing};
use crate::report::rounding::round_to;
use crate::report::screen::Screen;
use crate::results::Network;
use crate::words::{Cause, Subject};

/// Capacities below which nothing was tried are shown up to this many.
const UNTRIED: usize = 8;

/// Writes the ranking by days for people.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_table(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    ranking(found, out, &BY_HOURS)?;
    legend(found, out)
}

/// Writes use, waiting, the ranking by tonnes, what the measures name and the queues that grow.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_details(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    uses(found, out)?;
    elsewhere(found, out)?;
    ranking(found, out, &BY_TONNES)?;
    votes(found, out)?;
    write_growing([GrowingIn::only(&found.base.growing())], &found.base.catalogue.network, out)
}

fn uses(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    let head =
        ["Capacity", "there are", "used", "busy", "blocked", "down", "waited, h/yr", "mean wait, h", "of transit"]
            .map(str::to_owned);
    let is_shown = |row: &&Row| row.capacity.is_some() && (row.gain.is_some() || row.unserved.is_some());
    let tried = found.rows.iter().filter(is_shown);
    let lines: Vec<[String; 9]> = std::iter::once(head).chain(tried.filter_map(use_line)).collect();
    out.table(&lines)?;
    let left: Vec<&Row> = found.rows.iter().filter(|row| row.capacity.is_some() && !is_shown(row)).collect();
    if left.is_empty() {
        return Ok(());
    }
    let names = left.iter().filter_map(|row| row.capacity.as_ref().map(|capacity| capacity.path.as_str()));
    let names: Vec<&str> = names.take(UNTRIED).collect();
    let more = left.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    writeln!(out, "\nNot tried, as little waits there and little is used: {}{more}", names.join(", "))
}

fn use_line(row: &Row) -> Option<[String; 9]> {
    let capacity = row.capacity.as_ref()?;
    let usage = &row.usage;
    Some([
        capacity.path.to_string(),
        format!("{} {}", round_to(capacity.amount, None), capacity.unit),
        percent(usage.utilisation),
        percent(usage.busy),
        percent(usage.blocked),
        percent(usage.down),
        round_to(row.hours_waited, None).to_string(),
        match row.unserved {
            Some(so_far) => format!("≥ {}", round_to(so_far, None)),
            None if row.waiting > 0.0 => round_to(row.waiting, None).to_string(),
            None => "0".to_owned(),
        },
        percent(Some(row.waiting_share).filter(|_| row.unserved.is_none())),
    ])
}

/// What nobody waits for that could be enlarged.
fn elsewhere(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    let waiting = &found.waiting;
    let before = crate::stats::sum(waiting.before.values().copied());
    let other = crate::stats::sum(waiting.other.values().copied());
    write!(
        out,
        "\nOf {} h of mean transit {} h are waited before capacities and {} h for other things",
        round_to(waiting.total, None),
        round_to(before, None),
        round_to(other, None)
    )?;
    let mut causes: Vec<(&Cause, &f64)> = waiting.other.iter().collect();
    causes.sort_by(|one, other| other.1.total_cmp(one.1));
    let causes: Vec<String> =
        causes.iter().map(|(cause, hours)| format!("{cause} {}", round_to(**hours, None))).collect();
    writeln!(out, "{}{}", if causes.is_empty() { "" } else { ": " }, causes.join(", "))
}

fn ranking(found: &Bottlenecks, out: &mut Screen<'_>, ranking: &Ranking) -> io::Result<()> {
    let head =
        [ranking.title, "rank", "t/yr", "TEU/yr", "mean transit, h", "section helped most, h"].map(str::to_owned);
    let ordered = ordered(&found.rows, ranking);
    let lines = ordered.iter().filter_map(|Tried { row, gain }| {
        Some([
            named(found, row),
            standing(gain, ranking)?,
            signed(&gain.tonnes.difference),
            gain.teu.as_ref().map_or_else(|| "–".to_owned(), |teu| signed(&teu.difference)),
            signed(&gain.hours.difference),
            gain.most_helped().map_or_else(String::new, |effect| helped(effect, &found.base.catalogue.network)),
        ])
    });
    let lines: Vec<[String; 6]> = std::iter::once(head).chain(lines).collect();
    let noise = ordered.len() - (lines.len() - 1);
    match (lines.len(), noise) {
        (1, 0) => return Ok(()),
        (1, _) => writeln!(out, "\n{}: nothing statistically significant", ranking.title)?,
        _ => out.table(&lines)?,
    }
    if noise > 0 && lines.len() > 1 {
        writeln!(out, "and {noise} more steps without a statistically significant gain")?;
    }
    Ok(())
}

fn helped(effect: &Effect, network: &Network) -> String {
    format!("{} {}", network.section_name(&effect.of.subject), signed(&effect.difference))
}

fn legend(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    if found.rows.iter().all(|row| row.gain.is_none()) {
        let why = if found.waiting.total > 0.0 { "" } else { ": nothing came through by which steps could be judged" };
        return writeln!(out, "\nNo step was tried{why}.");
    }
    writeln!(
        out,
        "\nA rank: statistically significant with all steps tested together (Holm); equal ranks cannot be told apart. perhaps: only \
         its own interval leaves out 0. harm: the other way. Demand is given: tonnes change only where a backlog does."
    )
}

/// What each of the five measures names.
fn votes(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    let network = &found.base.catalogue.network;
    let name =
        |subject: Option<&Subject>| subject.map_or_else(|| "none".to_owned(), |subject| network.place_name(subject));
    let head = ["Measure of a bottleneck", "names"].map(str::to_owned);
    let lines = found.verdict.votes.iter().map(|vote| [vote.measure.to_owned(), name(vote.names.as_ref())]);
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(
        || "–".to_owned(),
        |share| {
            let percent = share * 100.0;
            if percent > 0.0 && percent < 1.0 { "< 1 %".to_owned() } else { format!("{percent:.0} %") }
        },
    )
}
