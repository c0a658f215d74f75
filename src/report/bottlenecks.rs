//! Bottlenecks: tables for people, CSV and JSON.

use super::Sheet;
use super::answer::{Answer, Shortfall};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::screen::Screen;
use crate::words::{Cause, Subject};
use std::io::{self, Write};

use serde_json::{Value, json};

use super::growing::{GrowingIn, growing_in_short, write_growing};
use super::headline::{Headline, simulated};
use super::rounding::round_to;
use super::sheet::{Column, column, sheet};
use crate::analysis::{Bottlenecks, Effect, Gain, Row};
use crate::results::{Network, Results};
use crate::stats::Paired;

/// Capacities below which nothing was tried are shown up to this many.
const UNTRIED: usize = 8;
/// Steps that a sentence names.
const NAMED: usize = 2;

/// Writes the ranking by days for people.
///
/// # Errors
/// If the output cannot be written.
fn write_bottlenecks_table(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    ranking(found, out, &BY_HOURS)?;
    legend(found, out)
}

/// Writes use, waiting, the ranking by tonnes, what the measures name and the queues that grow.
///
/// # Errors
/// If the output cannot be written.
fn write_bottlenecks_details(found: &Bottlenecks, out: &mut Screen<'_>) -> io::Result<()> {
    uses(found, out)?;
    elsewhere(found, out)?;
    ranking(found, out, &BY_TONNES)?;
    votes(found, out)?;
    write_growing([GrowingIn::only(&found.base.growing())], &found.base.catalogue.network, out)
}

fn headline(found: &Bottlenecks) -> Headline {
    let manifest = &found.base.manifest;
    let about = vec![
        format!("Bottlenecks of {} ({})", manifest.scenario.title, manifest.scenario.name),
        simulated(manifest, ", the same for every step", ""),
    ];
    let found = [Some(helps_most(found)), next(found), carries_more(found), consistent(found), growing(found)];
    Headline { about, found: found.into_iter().flatten().collect() }
}

/// The change in words: `fleet.f.vessels += 1` is `f: vessels += 1`.
fn named(found: &Bottlenecks, row: &Row) -> String {
    let path = row.change.split([' ', '+', '*', '=']).next().unwrap_or_default();
    row.change.replacen(path, &found.base.catalogue.network.parameter_name(path), 1)
}

/// What takes most days away, and how many.
fn helps_most(found: &Bottlenecks) -> String {
    let ordered = ordered(&found.rows, &BY_HOURS);
    let is_ranked = |tried: &&Tried<'_>| tried.gain.rank_by_hours.is_some();
    let Some(Tried { row, gain }) = ordered.iter().find(is_ranked) else {
        let why = if ordered.is_empty() {
            "No step was tried"
        } else {
            "No step that was tried saves time as far as can be seen"
        };
        return format!("{why}.");
    };
    let hours = &gain.hours.difference;
    let section = gain.most_helped().map(|effect| {
        let name = found.base.catalogue.network.section_name(&effect.of.subject);
        format!(", most on {name} ({} h)", signed(&effect.difference))
    });
    let days = round_to(-hours.mean / 24.0, Some(hours.half_width / 24.0));
    format!("{} saves most: {days} days of mean transit{}.", named(found, row), section.unwrap_or_default())
}

/// What comes next, or cannot be told apart from the best.
fn next(found: &Bottlenecks) -> Option<String> {
    let ordered = ordered(&found.rows, &BY_HOURS);
    let mut ranked = ordered.iter().filter(|tried| tried.gain.rank_by_hours.is_some());
    let best = ranked.next()?.gain.rank_by_hours;
    let (equal, later): (Vec<&Tried<'_>>, Vec<&Tried<'_>>) = ranked.partition(|tried| tried.gain.rank_by_hours == best);
    let days = |tried: &&Tried<'_>| {
        let hours = &tried.gain.hours.difference;
        let days = round_to(-hours.mean / 24.0, Some(hours.half_width / 24.0));
        format!("{} ({days} days)", named(found, tried.row))
    };
    let listed = |tried: &[&Tried<'_>]| tried.iter().take(NAMED).map(days).collect::<Vec<_>>().join(", ");
    match (equal.len(), later.first()) {
        (0, None) => None,
        (0, Some(_)) => Some(format!("Next: {}.", listed(&later))),
        (_, _) => Some(format!("It cannot be told apart from {}.", listed(&equal))),
    }
}

/// What lets the corridor carry more.
fn carries_more(found: &Bottlenecks) -> Option<String> {
    let ordered = ordered(&found.rows, &BY_TONNES);
    let Tried { row, gain } = ordered.into_iter().find(|tried| tried.gain.rank_by_tonnes.is_some())?;
    let tonnes = &gain.tonnes.difference;
    Some(format!("{} carries most: {} t a year.", named(found, row), signed(tonnes)))
}

/// What three of five measures name.
fn consistent(found: &Bottlenecks) -> Option<String> {
    let network = &found.base.catalogue.network;
    let path = found.verdict.consistent.as_ref().map(|path| network.place_name(path));
    Some(match path {
        Some(place) => format!("The bottleneck is {place}: three or more of five measures name it."),
        None if found.rows.iter().all(|row| row.gain.is_none()) => return None,
        None => "No capacity is the bottleneck by itself: five measures do not agree on one.".to_owned(),
    })
}

fn growing(found: &Bottlenecks) -> Option<String> {
    growing_in_short(&found.base.growing(), &found.base.catalogue.network)
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

/// One of the two rankings.
struct Ranking {
    title: &'static str,
    rank: fn(&Gain) -> Option<usize>,
    of: fn(&Gain) -> &Effect,
    sign: f64,
}

const BY_TONNES: Ranking = Ranking {
    title: "Worth of one more, by tonnes",
    rank: |gain| gain.rank_by_tonnes,
    of: |gain| &gain.tonnes,
    sign: 1.0,
};
const BY_HOURS: Ranking = Ranking {
    title: "Worth of one more, by days",
    rank: |gain| gain.rank_by_hours,
    of: |gain| &gain.hours,
    sign: -1.0,
};

/// A row of which one more was tried, with what it gains.
#[derive(Clone, Copy)]
pub(super) struct Tried<'a> {
    pub(super) row: &'a Row,
    pub(super) gain: &'a Gain,
}

/// Rows that were tried, the best first; what is only noise last, by its mean.
fn ordered<'a>(rows: &'a [Row], ranking: &Ranking) -> Vec<Tried<'a>> {
    let tried = rows.iter().filter_map(|row| Some(Tried { row, gain: row.gain.as_ref()? }));
    let mut tried: Vec<Tried> = tried.collect();
    tried.sort_by(|Tried { gain: one, .. }, Tried { gain: other, .. }| {
        let rank = |gain: &Gain| (ranking.rank)(gain).unwrap_or(usize::MAX);
        let mean = |gain: &Gain| (ranking.of)(gain).difference.mean * ranking.sign;
        rank(one).cmp(&rank(other)).then(mean(other).total_cmp(&mean(one)))
    });
    tried
}

/// The rows that were tried, best by hours first.
#[cfg(feature = "charts")]
pub(super) fn by_hours(rows: &[Row]) -> Vec<Tried<'_>> {
    ordered(rows, &BY_HOURS)
}

/// The rank, or what stands in its place.
fn standing(gain: &Gain, ranking: &Ranking) -> Option<String> {
    let effect = (ranking.of)(gain);
    match (ranking.rank)(gain) {
        Some(rank) => Some(rank.to_string()),
        None if effect.is_significant() => Some("harm".to_owned()),
        None if effect.is_perhaps() => Some("perhaps".to_owned()),
        None => None,
    }
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

/// A difference with its sign; nothing at all is a plain 0.
pub(super) fn signed(difference: &Paired) -> String {
    if difference.mean == 0.0 && difference.half_width == 0.0 {
        return "0".to_owned();
    }
    super::rounding::signed(difference.mean, Some(difference.half_width)).to_string()
}

/// One row a capacity or change.
fn worths(found: &Bottlenecks) -> Box<dyn Sheet + '_> {
    let mut columns = of_capacity();
    columns.extend(of_worth());
    sheet("bottlenecks.csv", columns, &found.rows)
}

/// What a capacity is, and how it is used.
fn of_capacity<'b>() -> Vec<Column<&'b Row>> {
    type Of<'r> = &'r Row;
    vec![
        column("change", "", "What would be changed.", |row: &Of<'_>| row.change.as_str().into()),
        column("path", "", "The capacity.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.path.as_str()).into()),
        column("kind", "", "Its kind.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.kind.word()).into()),
        column("amount", "", "How much there is.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.amount).into()),
        column("step", "", "How much more is tried.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.step).into()),
        column("unit", "", "Of both.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.unit.as_str()).into()),
        column("utilisation", "1", "Utilisation by arithmetic.", |row: &Of<'_>| row.usage.utilisation.into()),
        column("busy", "1", "Share of the time in use.", |row: &Of<'_>| row.usage.busy.into()),
        column("blocked", "1", "Share held by the served who cannot go on.", |row: &Of<'_>| row.usage.blocked.into()),
        column("down", "1", "Share out of order.", |row: &Of<'_>| row.usage.down.into()),
        column("closed", "1", "Share shut.", |row: &Of<'_>| row.usage.closed.into()),
        column("waited_h_per_yr", "h/yr", "Hours that all together waited before it.", |row: &Of<'_>| {
            row.hours_waited.into()
        }),
        column("unserved_h", "h", "Hours so far of those who were never served.", |row: &Of<'_>| row.unserved.into()),
        column("waiting_h", "h", "Mean hours of the corridor's cargo before it.", |row: &Of<'_>| row.waiting.into()),
        column("waiting_share", "1", "The same as a share of the transit time.", |row: &Of<'_>| {
            row.waiting_share.into()
        }),
    ]
}

/// What one more is worth.
fn of_worth<'b>() -> Vec<Column<&'b Row>> {
    type Of<'r> = &'r Row;
    vec![
        column("tried", "", "Whether the change was simulated.", |row: &Of<'_>| row.gain.is_some().into()),
        column("rank_by_tonnes", "", "Rank by tonnes, if significant.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.rank_by_tonnes).into()
        }),
        column("rank_by_hours", "", "Rank by hours, if significant.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.rank_by_hours).into()
        }),
        column("tonnes", "t/yr", "More tonnes carried.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.tonnes).map(|effect| effect.difference.mean).into()
        }),
        column("tonnes_half_width", "t/yr", "Half the width of its interval.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.tonnes).map(|effect| effect.difference.half_width).into()
        }),
        column("tonnes_p", "", "Its p-value, all steps looked at together (Holm).", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.tonnes).map(|effect| effect.p_adjusted).into()
        }),
        column("teu", "TEU/yr", "More TEU carried.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.teu.as_ref()).map(|effect| effect.difference.mean).into()
        }),
        column("teu_half_width", "TEU/yr", "Half the width of its interval.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.teu.as_ref()).map(|effect| effect.difference.half_width).into()
        }),
        column("teu_p", "", "Its p-value, all steps looked at together (Holm).", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.teu.as_ref()).map(|effect| effect.p_adjusted).into()
        }),
        column("hours", "h", "More hours of mean transit.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.hours).map(|effect| effect.difference.mean).into()
        }),
        column("hours_half_width", "h", "Half the width of its interval.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.hours).map(|effect| effect.difference.half_width).into()
        }),
        column("hours_p", "", "Its p-value, all steps looked at together (Holm).", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.hours).map(|effect| effect.p_adjusted).into()
        }),
        column(
            "variance_reduction",
            "",
            "How many times as many independent replications the pairs are worth.",
            |row: &Of<'_>| row.gain.as_ref().and_then(|gain| gain.hours.difference.variance_reduction).into(),
        ),
    ]
}

/// Writes `bottlenecks.json`: the run, all capacities with their worth, and the verdict.
///
/// # Errors
/// If the output cannot be written.
fn write_bottlenecks_json(found: &Bottlenecks, out: &mut dyn Write) -> io::Result<()> {
    let manifest = &found.base.manifest;
    let value = json!({
        "schema": super::SCHEMA,
        "scenario": manifest.scenario,
        "run": manifest.run,
        "headline": headline(found),
        "complete": found.is_complete,
        "growing": found.base.growing(),
        "transit_h": found.waiting.total,
        "waiting_elsewhere_h": found.waiting.other,
        "capacities": found.rows.iter().map(row_json).collect::<Vec<Value>>(),
        "verdict": found.verdict,
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn row_json(row: &Row) -> Value {
    let gain = row.gain.as_ref().map(|gain| {
        json!({
            "tonnes": gain.tonnes, "teu": gain.teu, "hours": gain.hours, "sections": gain.sections,
            "rank_by_tonnes": gain.rank_by_tonnes, "rank_by_hours": gain.rank_by_hours,
        })
    });
    json!({
        "change": row.change, "capacity": row.capacity, "use": row.usage,
        "waited_h_per_yr": row.hours_waited, "unserved_h": row.unserved, "waiting_h": row.waiting,
        "waiting_share": row.waiting_share, "gain": gain,
    })
}

impl Answer for Bottlenecks {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![worths(self)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("bottlenecks.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_bottlenecks_table(self, out)
    }

    fn details(&self) -> &'static str {
        "use and waiting, the ranking by tonnes, what each measure names and the queues that grow"
    }

    fn write_details(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_bottlenecks_details(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_bottlenecks_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_bottlenecks(self)
    }

    fn results(&self) -> Option<&Results> {
        Some(&self.base)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        let tried = self.rows.iter().filter(|row| row.gain.is_some()).count();
        let what = format!("stopped: {tried} steps were tried, the others have no worth yet");
        (!self.is_complete).then_some(Shortfall::Stopped(what))
    }
}
