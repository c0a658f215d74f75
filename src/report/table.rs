//! The summary for people.

use std::io::{self, Write};

use super::burden::write_circles;
use super::cells::{mean, percent, shown, unknown};
use super::growing::{GrowingIn, growing_in_short, write_growing};
use super::headline::{Headline, simulated};
use super::rounding::round_to;
use super::screen::Screen;
use super::switches::write_switches;
use crate::results::{Summary, SummaryRow};
use crate::words::{FixedUnit, Measure, Period, Statistic, Subject, SubjectKind};

/// Share of the cohort above which unfinished shipments are warned of.
const MANY_UNFINISHED: f64 = 0.005;
/// How many of the worst places are shown.
const WORST: usize = 5;
/// How many flows are shown where there are no sections.
const FLOWS: usize = 12;

/// Writes the summary for people with all its details. Numbers are rounded to what their interval supports.
///
/// Of a `period` other than `horizon` there are times (of what was made in it) and traffic.
///
/// # Errors
/// If the output cannot be written.
pub fn write_table(summary: &Summary, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    run_headline(summary, period).write(out)?;
    write_run(summary, period, out)?;
    write_run_details(summary, period, out)
}

/// Writes what stands below the headline: the times of sections, and what to be careful about.
///
/// # Errors
/// If the output cannot be written.
pub fn write_run(summary: &Summary, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    times(summary, period, out)?;
    unfinished(summary, out)?;
    if period.is_horizon() {
        write_circles(&summary.circles(), &summary.network, None, out)?;
    }
    Ok(())
}

/// Writes mean times, traffic, turns to other routes, the worst places to wait and the queues that grow.
///
/// # Errors
/// If the output cannot be written.
pub fn write_run_details(summary: &Summary, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    unexplained(summary, period, out)?;
    traffic(summary, period, out)?;
    if period.is_horizon() {
        write_switches(summary, out)?;
        worst_places(summary, out)?;
    }
    write_growing([GrowingIn::only(&summary.growing)], &summary.network, out)
}

/// What people read first of a scenario.
pub fn run_headline(summary: &Summary, period: &Period) -> Headline {
    let (scenario, run) = (&summary.manifest.scenario, &summary.manifest.run);
    let of = if run.years_per_draw.is_some_and(|years| years > 1) { " from sampling error alone" } else { "" };
    let period_text = if period.is_horizon() { String::new() } else { format!("Period {period}; ") };
    let about = vec![
        format!("{} ({})", scenario.title, scenario.name),
        format!("{period_text}{}", simulated(&summary.manifest, "", of)),
    ];
    let found = [of_section(summary, period), carried(summary, period), waited(summary, period), growing(summary)];
    Headline { about, found: found.into_iter().flatten().collect() }
}

/// How long the headline section takes: the number that the scenario asks for, and the slowest twentieth.
fn of_section(summary: &Summary, period: &Period) -> Option<String> {
    let headline = summary.network.headline?;
    let section = summary.network.headline_section()?.subject();
    let row = summary.during(Measure::SectionTime, period).find(|row| row.key.subject == section)?;
    let days = |value: Option<f64>, half_width| value.map(|value| round_to(value, half_width));
    let (of, value) = match headline.statistic {
        Statistic::Mean => ("on average", days(row.mean, row.half_width)),
        Statistic::P90 => ("nine in ten within", days(row.p90, row.p90_half_width)),
        _ => ("half within", days(row.p50, row.p50_half_width)),
    };
    let slowest = days(row.p95, row.p95_half_width).map(|days| format!("nineteen in twenty within {days} days"));
    let parts = value.map(|value| format!("{of} {value} days")).into_iter().chain(slowest);
    let parts = parts.collect::<Vec<_>>().join(", ");
    let on_time = summary.during(Measure::OnTimeShare, period).find(|share| share.key.subject == row.key.subject);
    let on_time = on_time.filter(|share| share.mean.is_some());
    let on_time = on_time.map_or_else(String::new, |share| format!("; {} on time", percent(Some(share))));
    let name = summary.network.section_name(&row.key.subject);
    (!parts.is_empty()).then(|| format!("{name}: {parts}{on_time}."))
}

/// What the corridor carries.
fn carried(summary: &Summary, period: &Period) -> Option<String> {
    let of = |measure, unit: &str| {
        let row = summary.during(measure, period).find(|row| row.key.subject.is_corridor())?;
        Some(format!("{} {unit}", round_to(row.mean?, row.half_width)))
    };
    let amounts = [of(Measure::Throughput, "t"), of(Measure::ThroughputTeu, "TEU")];
    let amounts = amounts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let offered = summary.during(Measure::Offered, period).find(|row| {
        let is_of_corridor = row.key.subject.is_corridor() && row.key.unit == FixedUnit::TonnesPerYear;
        is_of_corridor && row.mean.is_some()
    });
    let of = offered.map_or_else(String::new, |row| format!(" (asked for: {} t)", bare(row)));
    (!amounts.is_empty()).then(|| format!("Carried a year: {amounts}{of}."))
}

/// A mean without its half-width, rounded as if it stood there.
fn bare(row: &SummaryRow) -> String {
    row.mean.map_or_else(unknown, |mean| round_to(mean, row.half_width).value)
}

/// Where most is waited.
fn waited(summary: &Summary, period: &Period) -> Option<String> {
    let most = period.is_horizon().then(|| most_waited(summary).into_iter().next()).flatten()?;
    let wait = Wait::at(summary, &most.key.subject);
    let each = wait.map_or_else(String::new, |wait| format!(", {}{} h each", wait.least(), bare(wait.row)));
    let name = summary.network.place_name(&most.key.subject);
    Some(format!("Most is waited at {name}{each}."))
}

/// Where queues grow.
fn growing(summary: &Summary) -> Option<String> {
    growing_in_short(&summary.growing, &summary.network)
}

fn times(summary: &Summary, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    let sections: Vec<&SummaryRow> = summary.during(Measure::SectionTime, period).collect();
    let (title, rows) = if sections.is_empty() {
        let flows = summary.during(Measure::TransitTime, period).filter(|row| row.key.subject.is(SubjectKind::Flow));
        let was_made = |row: &&SummaryRow| {
            row.count > Some(0)
                || summary.row(Measure::Unfinished, &row.key.subject).and_then(|row| row.mean) > Some(0.0)
        };
        ("Transit time by flow, days", flows.filter(was_made).take(FLOWS).collect())
    } else {
        ("Time by section, days", sections)
    };
    let head = [title, "P50", "P90", "P95", "on time"].map(str::to_owned);
    let lines = rows.iter().map(|row| time_line(summary, row));
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}

fn time_line(summary: &Summary, row: &SummaryRow) -> [String; 5] {
    let (subject, period) = (&row.key.subject, &row.key.period);
    let on_time = summary.during(Measure::OnTimeShare, period).find(|row| row.key.subject == *subject);
    [
        summary.network.subject_name(subject),
        shown(row.p50, row.p50_half_width),
        shown(row.p90, row.p90_half_width),
        shown(row.p95, row.p95_half_width),
        on_time.filter(|row| row.mean.is_some()).map_or_else(unknown, percent_alone),
    ]
}

/// A share in percent without its half-width, rounded as if it stood there.
fn percent_alone(row: &SummaryRow) -> String {
    let half_width = row.half_width.map(|half_width| half_width * 100.0);
    format!("{} %", round_to(row.mean.unwrap_or(0.0) * 100.0, half_width).value)
}

/// The mean times of sections, and which share of them no mechanism of the scenario explains.
fn unexplained(summary: &Summary, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["Mean time by section, days", "mean", "unexplained"].map(str::to_owned);
    let lines = summary.during(Measure::SectionTime, period).map(|row| {
        let share = summary.during(Measure::UnexplainedShare, period).find(|of| of.key.subject == row.key.subject);
        [summary.network.subject_name(&row.key.subject), mean(row), percent(share)]
    });
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}

fn traffic(summary: &Summary, period: &Period, out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["Traffic a year (demand given)", "", "offered", "carried"].map(str::to_owned);
    let shown = |subject: &Subject| subject.is_corridor() || subject.is(SubjectKind::Cargo);
    let carried = summary.during(Measure::Carried, period).filter(|row| shown(&row.key.subject));
    // Traffic in units is kept of the horizon alone; of a period there are TEU carried.
    let is_whole = period.is_horizon();
    let teu = |row: &SummaryRow| {
        let subject = row.key.subject.clone();
        let found = summary.during(Measure::ThroughputTeu, period).find(|teu| teu.key.subject == subject);
        found.filter(|_| !is_whole).map(|teu| [String::new(), "TEU".to_owned(), unknown(), mean(teu)])
    };
    let lines = carried.flat_map(|row| {
        let key = |row: &SummaryRow| (row.key.subject.clone(), row.key.unit.clone());
        let offered = summary.during(Measure::Offered, period).find(|other| key(other) == key(row));
        let name =
            if row.key.unit == FixedUnit::TonnesPerYear { row.key.subject.id().to_owned() } else { String::new() };
        let unit = row.key.unit.to_string().trim_end_matches("/yr").to_owned();
        let first = [name, unit, offered.map_or_else(unknown, mean), mean(row)];
        std::iter::once(first).chain(teu(row))
    });
    out.table(&std::iter::once(head).chain(lines).collect::<Vec<_>>())
}

fn unfinished(summary: &Summary, out: &mut Screen<'_>) -> io::Result<()> {
    let Some(share) = summary.row(Measure::Unfinished, &Subject::corridor()).and_then(|row| row.mean) else {
        return Ok(());
    };
    if share > MANY_UNFINISHED {
        writeln!(
            out,
            "\nwarning: {:.1} % of what was made in the horizon was still under way at the end of the drain; it counts \
             as slowest in the percentiles and is not in the means",
            share * 100.0
        )?;
    }
    Ok(())
}

/// By hours waited in the horizon, by those whose wait ended and by those whose wait did not.
fn worst_places(summary: &Summary, out: &mut Screen<'_>) -> io::Result<()> {
    let head =
        ["Worst places to wait", "hours waited a year", "mean wait, h", "waiting at the end", "longest so far, h"];
    let lines = most_waited(summary).into_iter().take(WORST).map(|row| {
        let subject = &row.key.subject;
        let years = f64::from(summary.manifest.run.replications);
        let standing =
            summary.row(Measure::WaitingSoFar, subject).and_then(|row| row.count).unwrap_or(0) as f64 / years;
        [
            summary.network.place_name(subject),
            mean(row),
            Wait::at(summary, subject).map_or_else(unknown, |wait| wait.to_string()),
            round_to(standing, None).value,
            summary.row(Measure::WaitingSoFarMax, subject).map_or_else(unknown, mean),
        ]
    });
    out.table(&std::iter::once(head.map(str::to_owned)).chain(lines).collect::<Vec<_>>())
}

/// Places by the hours that all together waited there, the most first; those where nobody did are left out.
pub(super) fn most_waited(summary: &Summary) -> Vec<&SummaryRow> {
    let mut rows: Vec<&SummaryRow> = summary.of(Measure::HoursWaited).filter(|row| row.mean > Some(0.0)).collect();
    rows.sort_by(|one, other| other.mean.unwrap_or(0.0).total_cmp(&one.mean.unwrap_or(0.0)));
    rows
}

/// The mean wait at a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait<'a> {
    pub(super) row: &'a SummaryRow,
    /// Nobody was served: it is how long those have waited so far who wait, and the wait is at least as long.
    pub(super) is_least: bool,
}

impl<'a> Wait<'a> {
    /// Nothing where waits are not counted one by one, as those for a train to be formed and for the end of a ban.
    pub(super) fn at(summary: &'a Summary, subject: &Subject) -> Option<Self> {
        let ended = summary.row(Measure::WaitingTime, subject)?;
        if ended.mean.is_some() {
            return Some(Wait { row: ended, is_least: false });
        }
        let so_far = summary.row(Measure::WaitingSoFar, subject).filter(|row| row.mean.is_some());
        so_far.map(|row| Wait { row, is_least: true })
    }
}

impl Wait<'_> {
    /// A sign before the number where the wait is at least so long.
    const fn least(&self) -> &'static str {
        if self.is_least { "≥ " } else { "" }
    }
}

impl std::fmt::Display for Wait<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.least(), mean(self.row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    fn text(summary: &Summary) -> String {
        let mut out = Vec::new();
        write_table(summary, &Period::Horizon, &mut Screen::new(&mut out, 200)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_read_first() {
        insta::assert_snapshot!(run_headline(&synthetic::results(20).summary(), &Period::Horizon).found.join("\n"));
    }

    #[test]
    fn sections_lead_and_demand_is_said_to_be_given() {
        let text = text(&synthetic::results(20).summary());
        let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} is missing in\n{text}"));
        assert!(place("Time by section") < place("demand given"));
        assert!(place("demand given") < place("Worst places to wait"));
        assert!(place("Altynkol–Poti") < place("demand given"));
    }

    #[test]
    fn a_queue_that_grows_is_told_with_what_it_means() {
        let text = text(&synthetic::results(20).summary());
        assert!(text.contains("grows: Aktau – Alat, from Aktau (by 50"), "{text}");
        assert!(text.contains("belong to the length of the run"), "{text}");
    }

    #[test]
    fn where_nobody_was_served_the_wait_is_at_least_so_long() {
        let mut summary = synthetic::results(4).summary();
        let subject = &Subject::at("link.aktau-alat.from.aktau");
        let waits = |summary: &Summary| Wait::at(summary, subject).map(|wait| wait.to_string()).unwrap_or_default();
        assert!(!waits(&summary).contains('≥'), "{}", waits(&summary));
        for row in
            summary.rows.iter_mut().filter(|row| row.key.measure == Measure::WaitingTime && row.key.subject == *subject)
        {
            row.mean = None;
        }
        assert!(waits(&summary).starts_with("≥ 61"), "{}", waits(&summary));
        summary.rows.retain(|row| row.key.measure != Measure::WaitingTime);
        assert_eq!(waits(&summary), "", "waits that are not counted say nothing of who was served");
    }
}
