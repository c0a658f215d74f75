//! What a comparison comes to, in a few sentences on one figure.

use crate::comparison::{Comparison, Difference, Elsewhere, Lead, Outcome, WhatIf};
use crate::report::figure_name::figure_name;
use crate::report::growing::MEANING_IN_SHORT;
use crate::report::rounding::round_to;
use crate::results::{MeasureRef, Run};
use crate::text::capital;
use crate::words::{FixedUnit, Measure, Period, Statistic};

/// Sentences of an answer at most.
const LINES: usize = 5;
/// Half-widths below which numbers are not rounded any finer.
const FINEST: f64 = 0.05;
const FINEST_AMOUNT: f64 = 5.0;
/// Changes elsewhere that are told.
const ELSEWHERE: usize = 1;
/// Scenarios whose queues grow that are named.
const GROWING: usize = 3;

/// The sentences, at most five: the figure in the base with the best option, the options from the best on, what changes
/// elsewhere, what grows. Of another period than the horizon, the figure and the options alone.
pub(super) fn sentences(comparison: &Comparison, period: &Period) -> Vec<String> {
    let Some(outcome) = &comparison.outcome else { return Vec::new() };
    let figure = during(&outcome.figure, period);
    let ranked = ranked(comparison, outcome, &figure);
    let is_whole = period.is_horizon();
    let verdict = outcome.lead.as_ref().filter(|_| is_whole).map(|lead| best(lead, comparison, outcome));
    let first = [of_base(comparison, &figure, &ranked), verdict];
    let first = first.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let last = [elsewhere(comparison, outcome), growing(comparison)];
    let last: Vec<String> = last.into_iter().flatten().filter(|_| is_whole).collect();
    let options = options(&ranked, &figure, LINES - 1 - last.len());
    std::iter::once(first).filter(|line| !line.is_empty()).chain(options).chain(last).collect()
}

/// So many of the options, the best first.
fn options(ranked: &[&WhatIf], figure: &MeasureRef, most: usize) -> Vec<String> {
    let is_ranked = ranked.len() > 1;
    let shown = ranked.iter().take(most).enumerate();
    let mut lines: Vec<String> = shown
        .map(|(place, what_if)| {
            let number = if is_ranked { format!("{}. ", place + 1) } else { String::new() };
            format!("{number}{}: {}.", capital(&named(what_if)), option(what_if, figure))
        })
        .collect();
    if let Some(last) = lines.last_mut().filter(|_| ranked.len() > most) {
        *last = format!("{last} The table has {} more.", ranked.len() - most);
    }
    lines
}

/// The what-if, and what it is compared with if that is not the base.
pub(super) fn named(what_if: &WhatIf) -> String {
    let against = what_if.against.as_ref().map_or_else(String::new, |base| format!(" (against {base})"));
    format!("{}{against}", what_if.title)
}

/// What a what-if does to the figure of its comparison, in a sentence.
pub(in crate::report) fn sentence(comparison: &Comparison, what_if: &WhatIf) -> String {
    let figure = comparison.outcome.as_ref().map(|outcome| &outcome.figure);
    figure.map_or_else(String::new, |figure| option(what_if, figure))
}

fn during(figure: &MeasureRef, period: &Period) -> MeasureRef {
    let mut figure = figure.clone();
    figure.key.period = period.clone();
    figure
}

/// The best first; what has a base of its own, or no such figure, comes after in the order of the command line.
fn ranked<'a>(comparison: &'a Comparison, outcome: &Outcome, figure: &MeasureRef) -> Vec<&'a WhatIf> {
    let others = (0..comparison.what_ifs.len()).filter(|place| !outcome.ranked.contains(place));
    let all = outcome.ranked.iter().copied().chain(others).map(|place| &comparison.what_ifs[place]);
    all.filter(|what_if| what_if.figure(figure).is_some()).collect()
}

/// The figure in the base.
fn of_base(comparison: &Comparison, figure: &MeasureRef, ranked: &[&WhatIf]) -> Option<String> {
    let is_of_base = |what_if: &&&WhatIf| what_if.against.is_none();
    let row = ranked.iter().find(is_of_base)?.figure(figure)?;
    Some(format!("{}: {} in the base.", figure_name(figure, &comparison.network), amount(row.base, row)))
}

/// What a what-if does to the figure, then to the slowest twentieth, traffic and money, as far as it is worth naming. The interval of
/// the figure stands there, those of the others in the tables.
fn option(what_if: &WhatIf, figure: &MeasureRef) -> String {
    let run = &what_if.manifest.run;
    let Some(row) = what_if.figure(figure) else { return "the figure is not known".to_owned() };
    let mut parts = vec![format!("{}{}{}", change(row, run), over_draws(row), assumed(row))];
    let is_told = |row: &&Difference| row.is_worth_naming(run);
    let tail = MeasureRef { statistic: Statistic::P95, ..figure.clone() };
    if figure.key.measure == Measure::SectionTime && figure.statistic != Statistic::P95 {
        let tail = what_if.figure(&tail).filter(is_told);
        parts.extend(tail.map(|row| format!("slowest twentieth {}", amount_and_direction(row.difference, row))));
    }
    for measure in BESIDE {
        let of_corridor = |row: &&Difference| {
            row.measure == measure
                && row.subject.is_corridor()
                && row.period == figure.key.period
                && row.unit != FixedUnit::UsdPerYear
        };
        let row = what_if.differences.iter().find(of_corridor).filter(is_told);
        let row = row.filter(|row| row.measure != figure.key.measure);
        let of = if measure == Measure::GeneralisedCost { "generalised cost " } else { "" };
        parts.extend(row.map(|row| format!("{of}{}", amount_and_direction(row.difference, row))));
    }
    let cost = what_if.worth.as_ref().and_then(|worth| worth.annual_cost);
    parts.extend(cost.map(|usd| format!("it costs {} MUSD a year", round_to(usd / 1e6, None))));
    parts.join("; ")
}

/// What is told of an option beside the figure: traffic, and what shippers pay with the worth of the time.
const BESIDE: [Measure; 3] = [Measure::Throughput, Measure::ThroughputTeu, Measure::GeneralisedCost];

/// A difference in words, with its interval whether it is statistically significant or not.
fn change(row: &Difference, run: &Run) -> String {
    if row.difference == 0.0 && row.half_width.is_none_or(|half_width| half_width == 0.0) {
        return "no difference at all".to_owned();
    }
    let Some(half_width) = row.half_width else {
        return format!("{}, without an interval", amount_and_direction(row.difference, row));
    };
    let (low, high) = (row.difference - half_width, row.difference + half_width);
    if row.is_worth_naming(run) {
        let (least, most) = if row.difference < 0.0 { (-high, -low) } else { (low, high) };
        let bounds = format!("({} to {})", number(least, row), number(most, row));
        return format!("{} {bounds}", amount_and_direction(row.difference, row));
    }
    let is_seen = row.is_significant(run.level);
    let seen = if is_seen { "hardly any difference" } else { "no difference that can be seen" };
    let (less, more) = directions(row);
    let side = |value: f64| format!("{} {}", number(value.abs(), row), if value < 0.0 { less } else { more });
    if (low < 0.0) == (high < 0.0) {
        format!("{seen} ({} to {})", number(low.abs().min(high.abs()), row), side(if low < 0.0 { low } else { high }))
    } else {
        format!("{seen} (between {} and {})", side(low), side(high))
    }
}

fn is_time(row: &Difference) -> bool {
    row.measure.is_time_of_subject()
}

fn directions(row: &Difference) -> (&'static str, &'static str) {
    if is_time(row) { ("shorter", "longer") } else { ("less", "more") }
}

fn amount_and_direction(difference: f64, row: &Difference) -> String {
    let (less, more) = directions(row);
    format!("{} {}", amount(difference.abs(), row), if difference < 0.0 { less } else { more })
}

fn amount(value: f64, row: &Difference) -> String {
    let unit = match row.measure {
        Measure::Throughput => "t a year",
        Measure::ThroughputTeu => "TEU a year",
        Measure::GeneralisedCost => "USD a tonne",
        _ => "days",
    };
    format!("{} {unit}", number(value, row))
}

/// A number to the place that the interval of the difference supports, and no finer than people ask for: hundredths of a day or
/// a dollar, whole tonnes and boxes.
fn number(value: f64, row: &Difference) -> String {
    let is_fine = is_time(row) || row.measure == Measure::GeneralisedCost;
    let finest = if is_fine { FINEST } else { FINEST_AMOUNT };
    round_to(value, row.half_width.map(|half_width| half_width.max(finest))).value.replace('-', "\u{2212}")
}

fn assumed(row: &Difference) -> String {
    match row.assumed.filter(|assumed| is_time(row) && assumed.abs() >= 0.005) {
        Some(assumed) => format!(", {} of it assumed", number(assumed.abs(), row)),
        None => String::new(),
    }
}

/// What the draws of the inputs make of a difference: its other band, and how many draws agree.
fn over_draws(row: &Difference) -> String {
    let Some((low, high)) = row.low.zip(row.high) else { return String::new() };
    let (less, more) = directions(row);
    let side = |value: f64| format!("{} {}", number(value.abs(), row), if value < 0.0 { less } else { more });
    let band = if (low < 0.0) == (high < 0.0) {
        format!("{} to {}", number(low.abs().min(high.abs()), row), number(low.abs().max(high.abs()), row))
    } else {
        format!("between {} and {}", side(low), side(high))
    };
    let same = row.same_sign.map_or_else(String::new, |(same, draws)| format!(", {same} of {draws} draws agree"));
    format!(", with parameter uncertainty {band}{same}")
}

/// Whether the best option is better than the base, and than the next best; options are named by their numbers.
fn best(lead: &Lead, comparison: &Comparison, outcome: &Outcome) -> String {
    let run = &comparison.base.run;
    let of = |place: usize| outcome.ranked.get(place).map(|place| &comparison.what_ifs[*place]);
    let row = of(0).and_then(|best| best.figure(&outcome.figure));
    let is_gain = |row: &&Difference| row.measure.gain(row.difference) > 0.0;
    let Some(row) = row.filter(is_gain).filter(|row| row.is_worth_naming(run)) else {
        return "No option is better as far as can be seen.".to_owned();
    };
    let shown = |value: f64| round_to(value, Some(lead.half_width)).value.replace('-', "\u{2212}");
    let (low, high) = (lead.difference.abs() - lead.half_width, lead.difference.abs() + lead.half_width);
    let between = format!("{} to {} {}", shown(low), shown(high), if is_time(row) { "days" } else { "t a year" });
    if lead.p_value < 1.0 - run.level {
        format!("Best is 1, ahead of 2 by {between} (sure).")
    } else {
        format!("1 and 2 cannot be told apart ({between}).")
    }
}

/// What changes in other sections, with the what-if that changes most.
fn elsewhere(comparison: &Comparison, outcome: &Outcome) -> Option<String> {
    let most = outcome.elsewhere.first()?;
    let of_most = outcome.elsewhere.iter().filter(|one| one.what_if == most.what_if).take(ELSEWHERE);
    let told: Vec<String> = of_most.map(|one| of_section(comparison, *one)).collect();
    let rest = outcome.elsewhere.len() - told.len();
    let rest = if rest > 0 { format!("; {rest} more in the tables") } else { String::new() };
    // By its number, where it has one.
    let number = outcome.ranked.iter().position(|place| *place == most.what_if).filter(|_| outcome.ranked.len() > 1);
    let with = number.map_or_else(|| named(&comparison.what_ifs[most.what_if]), |place| (place + 1).to_string());
    Some(format!("Elsewhere, with {with}: {}{rest}.", told.join("; ")))
}

fn of_section(comparison: &Comparison, at: Elsewhere) -> String {
    let row = &comparison.what_ifs[at.what_if].differences[at.difference];
    let of = if row.statistic == Statistic::P95 { ", slowest twentieth," } else { "" };
    format!(
        "{}{of} {} from {} to {} days",
        comparison.network.section_name(&row.subject),
        if row.difference < 0.0 { "falls" } else { "rises" },
        number(row.base, row),
        number(row.what_if_value, row),
    )
}

/// Where queues grow all the time.
fn growing(comparison: &Comparison) -> Option<String> {
    let base = (!comparison.growing.is_empty()).then(|| "the base".to_owned());
    let what_ifs = comparison.what_ifs.iter().filter(|what_if| !what_if.growing.is_empty());
    let names: Vec<String> = base.into_iter().chain(what_ifs.map(named)).collect();
    if names.len() > comparison.what_ifs.len() && names.len() > 2 {
        return Some(format!("Queues grow all year in every scenario: {MEANING_IN_SHORT}"));
    }
    let shown = names.iter().take(GROWING).cloned().collect::<Vec<_>>().join(" and ");
    let rest = names.len().saturating_sub(GROWING);
    let rest = if rest > 0 { format!(", and {rest} more") } else { String::new() };
    (!names.is_empty()).then(|| format!("Queues grow all year in {shown}{rest}: {MEANING_IN_SHORT}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::{Candidate, Comparing, InputDraws};
    use crate::results::{Results, RowKey, synthetic};

    fn candidate<'a>(name: &'a str, results: &'a Results) -> Candidate<'a> {
        Candidate { name, title: name, results, own_base: None, simulated_alone: None, price: None }
    }

    fn lines(base: &Results, candidates: &[Candidate<'_>]) -> String {
        let mut comparing = Comparing::with(base, InputDraws::default());
        for candidate in candidates {
            comparing.add(candidate);
        }
        sentences(&comparing.finish(), &Period::Horizon).join("\n")
    }

    /// The same years with the times of sections changed: the replications' values, their percentiles by place (P5, P50, P90,
    /// P95) and the histograms of all together stay as they are but for what `change` makes of a number of days.
    fn changed(base: &Results, change: impl Fn(usize, usize, f64) -> f64) -> Results {
        let mut results = base.clone();
        let is_time = |key: &RowKey| key.measure == Measure::SectionTime;
        for (year, record) in results.records.in_memory().iter_mut().enumerate() {
            let values = record.values.iter().zip(&base.catalogue.rows);
            record.values =
                values.map(|(value, key)| if is_time(key) { change(year, 0, value) } else { value }).collect();
            for own in &mut record.own {
                for (place, value) in own.percentiles.iter_mut().enumerate() {
                    *value = change(year, place, *value);
                }
            }
        }
        results
    }

    /// A number that goes up and down from year to year.
    fn noise(year: usize) -> f64 {
        [0.9, -1.1, 0.4, -0.3, 1.2, -0.8, 0.2, -0.5][year % 8]
    }

    #[test]
    fn a_clear_winner() {
        let base = synthetic::results(8);
        let much = changed(&base, |year, _, days| days - 3.0 + 0.1 * noise(year));
        let little = changed(&base, |year, _, days| days - 0.5 + 0.1 * noise(year + 3));
        insta::assert_snapshot!(lines(&base, &[candidate("a crane", &little), candidate("two ships", &much)]));
    }

    #[test]
    fn no_difference() {
        let base = synthetic::results(8);
        let (one, other) =
            (changed(&base, |year, _, days| days + noise(year)), changed(&base, |year, _, days| days - noise(year)));
        insta::assert_snapshot!(lines(
            &base,
            &[candidate("one", &one), candidate("other", &other), candidate("same", &base)]
        ));
    }

    #[test]
    fn better_at_p95_only() {
        let base = synthetic::results(8);
        let tail = changed(&base, |year, place, days| if place == 3 { days - 4.0 + 0.1 * noise(year) } else { days });
        insta::assert_snapshot!(lines(&base, &[candidate("a yard", &tail)]));
    }

    #[test]
    fn what_is_assumed_is_told() {
        let base = synthetic::results(8);
        let both = changed(&base, |year, _, days| days - 3.0 + 0.1 * noise(year));
        let alone = changed(&base, |year, _, days| days - 1.0 + 0.1 * noise(year));
        let of = Candidate { simulated_alone: Some(&alone), ..candidate("one stop", &both) };
        insta::assert_snapshot!(lines(&base, &[of]));
    }

    #[test]
    fn draws_of_the_inputs_have_a_band_of_their_own() {
        let mut base = synthetic::results(8);
        base.manifest.run.years_per_draw = Some(2);
        let mut much = changed(&base, |year, _, days| days - 3.0 + noise(year / 2));
        much.manifest.run.years_per_draw = Some(2);
        insta::assert_snapshot!(lines(&base, &[candidate("two ships", &much)]));
    }

    #[test]
    fn one_year_has_no_interval() {
        let base = synthetic::results(1);
        insta::assert_snapshot!(lines(&base, &[candidate("sooner", &changed(&base, |_, _, days| days - 1.0))]));
    }
}
