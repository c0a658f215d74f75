//! How long to warm up: the table for people, CSV and JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Sheet;
use super::answer::{Answer, Shortfall};
use super::cells::{shown, unknown};
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::headline::Headline;
use super::screen::Screen;
use super::sheet::{Column, column, sheet};
use crate::analysis::warm_up::{Cut, PERCENTILE, Proposal, Refusal, Series, TIMES, WarmUp};
use crate::text::counted;
use crate::words::{Language, SubjectKind, name};

/// Series that a sentence names.
const NAMED: usize = 5;

/// A series in words.
pub(super) fn series_name(found: &WarmUp, series: &Series) -> String {
    let measure = name(series.measure, Language::English);
    let of = match series.subject.kind() {
        SubjectKind::Section => found.network.section_name(&series.subject),
        _ => series.subject.to_string(),
    };
    format!("{measure}, {of}")
}

fn headline(found: &WarmUp) -> Headline {
    let (scenario, run) = (&found.manifest.scenario, &found.manifest.run);
    let about = vec![
        format!("Warm-up of {} ({})", scenario.title, scenario.name),
        format!(
            "{} of {} d from an empty start {} d before {}, seed {}",
            counted(run.replications, "replication"),
            found.days,
            run.window.warm_up_d,
            run.window.start,
            run.seed
        ),
    ];
    Headline { about, found: told(found) }
}

/// What is proposed, or why nothing is.
fn told(found: &WarmUp) -> Vec<String> {
    match found.proposal() {
        Ok(proposal) => vec![proposed(found, proposal), compared(found, proposal)],
        Err(refusal) => {
            let others = found.series.iter().filter_map(|series| series.cut.day()).max();
            let others = others.filter(|_| matches!(refusal, Refusal::NotSettled(_)));
            let others = others.map(|day| format!("The other series are settled after {day} d."));
            let refused = format!("No warm-up can be proposed: {}.", refused(found, &refusal));
            std::iter::once(refused).chain(others).collect()
        }
    }
}

fn proposed(found: &WarmUp, proposal: Proposal) -> String {
    let Proposal { settled_d, rule_d } = proposal;
    let last = found.series.iter().filter(|series| series.cut.day() == Some(settled_d));
    let last: Vec<String> = last.map(|series| series_name(found, series)).collect();
    let who = if settled_d == 0 { String::new() } else { format!(" ({})", some(&last)) };
    format!(
        "Proposed warm-up: {} d. All series are settled after {settled_d} d{who}; {TIMES} times the P{} of transit times is \
         {rule_d} d.",
        proposal.days(),
        PERCENTILE * 100.0
    )
}

fn compared(found: &WarmUp, proposal: Proposal) -> String {
    let present = found.present_d();
    let lacking = proposal.days() as f64 - present;
    if lacking > 0.0 {
        format!("The scenario's warm-up of {present} d is {lacking} d too short.")
    } else {
        format!("The scenario's warm-up of {present} d is long enough.")
    }
}

fn refused(found: &WarmUp, refusal: &Refusal<'_>) -> String {
    match refusal {
        Refusal::Nothing => "too little is made to tell".to_owned(),
        Refusal::NotArrived => {
            format!("more than {:.0} % of what is made has not arrived when the clock ends", (1.0 - PERCENTILE) * 100.0)
        }
        Refusal::NotSettled(series) => {
            let names: Vec<String> = series.iter().map(|series| series_name(found, series)).collect();
            format!(
                "within {} d not settled: {}. The run is too short (--over), or the scenario does not come to rest: a queue \
                 grows, or seasons and dates move it",
                found.days / 2,
                some(&names)
            )
        }
    }
}

/// The first of some names, and how many more there are.
fn some(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMED);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{rest}", names[..names.len() - more].join("; "))
}

/// One line a series.
fn lines(found: &WarmUp) -> Vec<Vec<String>> {
    let head = ["By day from the empty start", "unit", "settled after, d", "mean from then on", "mean of all"];
    let line = |series: &Series| {
        let settled = match series.cut {
            Cut::Settled { day, .. } => day.to_string(),
            Cut::NotSettled => "not settled".to_owned(),
            Cut::NotJudged => unknown(),
        };
        let mean = |day: Option<usize>| shown(day.and_then(|day| series.mean_from(day)), None);
        vec![series_name(found, series), series.unit.clone(), settled, mean(series.cut.day()), mean(Some(0))]
    };
    std::iter::once(head.map(str::to_owned).to_vec()).chain(found.series.iter().map(line)).collect()
}

fn of_series<'s>() -> Vec<Column<&'s Series>> {
    type Of<'s> = &'s Series;
    vec![
        column("measure", "", "What the series is of.", |series: &Of<'_>| series.measure.word().into()),
        column("subject", "", "The corridor, or a section.", |series: &Of<'_>| series.subject.as_str().into()),
        column("unit", "", "The unit of the figures.", |series: &Of<'_>| series.unit.as_str().into()),
        column("days", "d", "Days that have a value.", |series: &Of<'_>| series.days.iter().flatten().count().into()),
        column(
            "settled_d",
            "d",
            "Days to leave out; empty where the series does not settle or has too few days.",
            |s: &Of<'_>| s.cut.day().into(),
        ),
        column("is_judged", "", "Whether enough days have a value to tell.", |series: &Of<'_>| {
            (series.cut != Cut::NotJudged).into()
        }),
        column("statistic", "", "The least value of the criterion MSER-5.", |series: &Of<'_>| match series.cut {
            Cut::Settled { statistic, .. } => statistic.into(),
            Cut::NotSettled | Cut::NotJudged => None::<f64>.into(),
        }),
        column("mean_settled", "", "Mean of the days that stay.", |series: &Of<'_>| {
            series.cut.day().and_then(|day| series.mean_from(day)).into()
        }),
        column("mean", "", "Mean of all days.", |series: &Of<'_>| series.mean_from(0).into()),
    ]
}

/// A day of a series.
struct Day<'s> {
    series: &'s Series,
    number: usize,
    value: Option<f64>,
    average: Option<f64>,
}

fn days(found: &WarmUp) -> impl Iterator<Item = Day<'_>> {
    found.series.iter().flat_map(|series| {
        let days = series.days.iter().zip(series.moving_average()).enumerate();
        days.map(move |(day, (&value, average))| Day { series, number: day, value, average })
    })
}

fn of_days<'s>() -> Vec<Column<Day<'s>>> {
    type Of<'s> = Day<'s>;
    vec![
        column("measure", "", "What the series is of.", |day: &Of<'_>| day.series.measure.word().into()),
        column("subject", "", "The corridor, or a section.", |day: &Of<'_>| day.series.subject.as_str().into()),
        column("unit", "", "The unit of the figures.", |day: &Of<'_>| day.series.unit.as_str().into()),
        column("day", "d", "Days since the empty start.", |day: &Of<'_>| day.number.into()),
        column(
            "value",
            "",
            "Mean over replications, of times by day of making; empty where nothing was made.",
            |day: &Of<'_>| day.value.into(),
        ),
        column("moving_average", "", "Mean of the day and those around it.", |day: &Of<'_>| day.average.into()),
    ]
}

fn document(found: &WarmUp) -> Value {
    let proposal = found.proposal();
    let of = |series: &Series| {
        json!({
            "measure": series.measure.word(),
            "subject": series.subject.as_str(),
            "unit": series.unit,
            "settled_d": series.cut.day(),
            "is_judged": series.cut != Cut::NotJudged,
            "mean_settled": series.cut.day().and_then(|day| series.mean_from(day)),
            "mean": series.mean_from(0),
        })
    };
    json!({
        "schema": super::SCHEMA,
        "scenario": found.manifest.scenario,
        "run": found.manifest.run,
        "headline": headline(found),
        "complete": found.is_complete,
        "days": found.days,
        "proposal_d": proposal.as_ref().ok().map(|proposal| proposal.days()),
        "settled_d": proposal.as_ref().ok().map(|proposal| proposal.settled_d),
        "rule_d": proposal.as_ref().ok().map(|proposal| proposal.rule_d),
        "refused": proposal.as_ref().err().map(|refusal| refused(found, refusal)),
        "present_d": found.present_d(),
        "transit_p95_d": found.transit_d,
        "series": found.series.iter().map(of).collect::<Vec<_>>(),
    })
}

impl Answer for WarmUp {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![sheet("warm-up.csv", of_series(), self.series.iter()), sheet("days.csv", of_days(), days(self))]
    }

    fn document(&self) -> Option<&'static str> {
        Some("warm-up.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        out.table(&lines(self))?;
        writeln!(
            out,
            "\nTimes are by day of making. Settled: MSER-5 leaves out the days whose removal makes the mean of the others \
             surest."
        )
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{:#}", document(self))
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_warm_up(self)
    }

    fn shortfall(&self) -> Option<Shortfall> {
        (!self.is_complete).then(|| Shortfall::stopped_after(self.manifest.run.replications))
    }
}
