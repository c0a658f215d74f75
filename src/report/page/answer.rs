//! Question and answer in words, and the figures that lead.

use maud::{Markup, html};

use super::contents::Page;
use crate::comparison::{Comparison, Difference, WhatIf};
use crate::report::comparison::{headline, label};
use crate::report::phrases::{Change, Phrases};
use crate::report::rounding::{round_to, signed};
use crate::report::table::run_headline;
use crate::results::{Run, Summary, SummaryRow};
use crate::words::{Language, Measure, Period, Statistic, Subject};

/// Options that stand in the answer.
const OPTIONS: usize = 5;

/// Title, question, and how it was simulated.
pub(super) fn heading(page: &Page<'_>) -> Markup {
    let (phrases, manifest) = (page.phrases(), &page.summary.manifest);
    html! {
        p class="kind" { (if page.comparison.is_some() { phrases.kind_comparison } else { phrases.kind_run }) }
        h1 { (manifest.scenario.title) }
        p class="question" { (question(page)) }
    }
}

fn question(page: &Page<'_>) -> String {
    let phrases = page.phrases();
    let Some(comparison) = page.comparison else { return phrases.question_run.to_owned() };
    let names: Vec<String> = comparison.what_ifs.iter().take(OPTIONS).map(label).collect();
    let rest = comparison.what_ifs.len().saturating_sub(OPTIONS);
    let rest = if rest > 0 { format!(", + {rest}") } else { String::new() };
    format!("{} {}{rest}", phrases.question_comparison, names.join(" · "))
}

/// The answer: sentences, then figures.
pub(super) fn part(page: &Page<'_>) -> Markup {
    let phrases = page.phrases();
    html! {
        section id="answer" aria-labelledby="answer-heading" {
            h2 id="answer-heading" { (phrases.answer) }
            (told(page))
            (leading(page))
            @if !page.description.is_empty() { p class="description" { (page.description) } }
            p class="how" { (how(page)) }
            @if !page.summary.growing.is_empty() { p class="warning" { (growing(page)) } }
        }
    }
}

/// The answer in sentences.
pub(super) fn told(page: &Page<'_>) -> Markup {
    html! { div class="answer" { @for line in sentences(page) { p { (line) } } } }
}

/// The figures that lead.
pub(super) fn leading(page: &Page<'_>) -> Markup {
    html! {
        ul class="figures" { @for figure in figures(page.summary, page.phrases()) { li { (figure) } } }
    }
}

/// The sentences of the answer; English ones are those that the program prints.
fn sentences(page: &Page<'_>) -> Vec<String> {
    match (page.language, page.comparison) {
        (Language::English, None) => run_headline(page.summary, &Period::Horizon).found,
        (Language::English, Some(comparison)) => headline(comparison, &Period::Horizon).found,
        (_, None) => of_run(page.summary, page.phrases()),
        (_, Some(comparison)) => of_comparison(comparison, page.phrases()),
    }
}

fn of_run(summary: &Summary, phrases: &Phrases) -> Vec<String> {
    let days = |value: Option<f64>, half_width| {
        value.map_or_else(|| "–".to_owned(), |value| phrases.number(&round_to(value, half_width).to_string()))
    };
    let section = headline_row(summary).map(|row| {
        let name = summary.network.section_name(&row.key.subject);
        (phrases.section_takes)(&name, &days(row.p50, row.p50_half_width), &days(row.p95, row.p95_half_width))
    });
    section.into_iter().collect()
}

/// The time of the section that answers begin with.
fn headline_row(summary: &Summary) -> Option<&SummaryRow> {
    summary.row(Measure::SectionTime, &summary.network.headline_section()?.subject())
}

fn of_comparison(comparison: &Comparison, phrases: &Phrases) -> Vec<String> {
    let Some(outcome) = &comparison.outcome else { return Vec::new() };
    let ranked = outcome.ranked.iter().map(|place| &comparison.what_ifs[*place]);
    let of = |what_if: &WhatIf| {
        let row = what_if.figure(&outcome.figure)?;
        Some(format!("{}: {}", label(what_if), change(row, &what_if.manifest.run, phrases)))
    };
    let mut lines: Vec<String> = ranked.take(OPTIONS).filter_map(of).collect();
    if let Some(lead) = &outcome.lead {
        let number = |value: f64| phrases.number(&round_to(value, Some(lead.half_width)).value);
        let (low, high) = (lead.difference.abs() - lead.half_width, lead.difference.abs() + lead.half_width);
        let is_sure = lead.p_value < 1.0 - comparison.base.run.level;
        lines.push((phrases.best)(&lead.best, &lead.next, &number(low), &number(high), is_sure));
    }
    lines
}

/// A difference in words, with its interval.
fn change(row: &Difference, run: &Run, phrases: &Phrases) -> String {
    let rounded = |value: f64| phrases.number(&round_to(value, row.half_width).value);
    let half_width = row.half_width.unwrap_or(0.0);
    let is_seen = row.is_worth_naming(run);
    let (low, high) = (row.difference - half_width, row.difference + half_width);
    let (low, high) = if is_seen && row.difference < 0.0 { (-high, -low) } else { (low, high) };
    (phrases.change)(&Change {
        amount: rounded(row.difference.abs()),
        low: rounded(low),
        high: rounded(high),
        is_time: row.measure.is_time_of_subject(),
        is_less: row.difference < 0.0,
        is_seen,
    })
}

/// Figures with their names, units and intervals.
fn figures(summary: &Summary, phrases: &Phrases) -> Vec<Markup> {
    let of_corridor = |measure| summary.row(measure, &Subject::corridor());
    let share = |row: &SummaryRow, statistic| match statistic {
        Statistic::P95 => (row.p95, row.p95_half_width),
        Statistic::P50 => (row.p50, row.p50_half_width),
        _ => (row.mean, row.half_width),
    };
    let time = headline_row(summary);
    let all = [
        (time, Statistic::P50, 1.0, phrases.figure_median, phrases.days),
        (time, Statistic::P95, 1.0, phrases.figure_p95, phrases.days),
        (of_corridor(Measure::Throughput), Statistic::Mean, 1e-6, phrases.figure_tonnes, phrases.map.million_tonnes),
        (of_corridor(Measure::ThroughputTeu), Statistic::Mean, 1e-3, phrases.figure_teu, phrases.thousand_teu),
        (of_corridor(Measure::OnTimeShare), Statistic::Mean, 100.0, phrases.figure_on_time, "%"),
    ];
    let figure = |(row, statistic, factor, name, unit): (Option<&SummaryRow>, _, f64, &str, &str)| {
        let (value, half_width) = share(row?, statistic);
        let rounded = round_to(value? * factor, half_width.map(|half| half * factor));
        Some(html! {
            span class="name" { (name) }
            span class="value" { (phrases.number(&rounded.value)) " " small { (unit) } }
            @if let Some(half) = &rounded.half_width { span class="interval" { "± " (phrases.number(half)) } }
        })
    };
    all.into_iter().filter_map(figure).collect()
}

fn how(page: &Page<'_>) -> String {
    let run = &page.summary.manifest.run;
    let level = page.phrases().number(&format!("{}", run.level * 100.0));
    (page.phrases().simulated)(&run.replications.to_string(), &run.window.start, &level)
}

/// Queues that grow all the year.
fn growing(page: &Page<'_>) -> String {
    let names = page.summary.growing.iter().map(|queue| page.summary.network.place_name(&queue.subject));
    format!("{} {}", page.phrases().growing, names.collect::<Vec<_>>().join("; "))
}

/// A difference with its sign for tables.
pub(super) fn signed_text(value: f64, half_width: Option<f64>, phrases: &Phrases) -> String {
    phrases.number(&signed(value, half_width).to_string())
}
