//! Observed shares of routes beside predicted ones: the table for people, CSV and JSON.

use std::io::{self, Write};

use super::Sheet;
use super::answer::Answer;
#[cfg(feature = "charts")]
use super::chart::Picture;
use super::headline::Headline;
use super::screen::Screen;
use super::sheet::{Column, column, sheet};
use super::thousands;
use super::validation::written;
use crate::text::counted;
use crate::validation::{Class, FittedConstant, PeriodTerms, Score, ShareFigure, ShareValidation};

/// Writes figures, misses, constants and terms for people.
///
/// # Errors
/// If the output cannot be written.
fn write_shares_table(validation: &ShareValidation, out: &mut Screen<'_>) -> io::Result<()> {
    figures(&validation.figures, out)?;
    misses(&validation.figures, out)?;
    constants(&validation.constants, out)?;
    terms(&validation.terms, out)
}

fn headline(validation: &ShareValidation) -> Headline {
    let (scenario, run) = (&validation.manifest.scenario, &validation.manifest.run);
    let about = vec![
        format!("{} ({}) against observed shares of routes", scenario.title, scenario.name),
        format!(
            "Days of the base: {}, seed {}. Tuned figures are met by the constants below; tested ones are predicted.",
            counted(run.replications, "replication"), run.seed
        ),
        "Range: the same at scales of the logit from 0.0005 to 0.005 per USD and TEU. Markets are taken to be as large as in \
         the base."
            .to_owned(),
    ];
    Headline { about, found: scores(&validation.scores) }
}

fn figures(figures: &[ShareFigure], out: &mut Screen<'_>) -> io::Result<()> {
    let head =
        ["Figure", "period", "unit", "observed", "band", "without", "predicted", "range", "in band", "class", "kind"];
    let line = |figure: &ShareFigure| {
        let value = |value| in_unit(value, &figure.unit);
        let [low, high] = figure.predicted_range;
        [
            name(figure),
            figure.period.clone(),
            figure.unit.clone(),
            written(figure.observed),
            band(figure),
            value(figure.without_constants),
            value(figure.predicted),
            format!("{} to {}", value(low), value(high)),
            figure.in_band.map_or("–", |is_in| if is_in { "yes" } else { "no" }).to_owned(),
            figure.class.word().to_owned(),
            if figure.kind.is_empty() { "–".to_owned() } else { figure.kind.clone() },
        ]
    };
    out.table(&std::iter::once(head.map(str::to_owned)).chain(figures.iter().map(line)).collect::<Vec<_>>())
}

fn name(figure: &ShareFigure) -> String {
    let of = if figure.of.is_empty() { String::new() } else { format!(" of {}", figure.of) };
    format!("{}: {}{of}", figure.choice, figure.alternative)
}

fn band(figure: &ShareFigure) -> String {
    let band = figure.low.zip(figure.high);
    band.map_or_else(|| "–".to_owned(), |(low, high)| format!("{} to {}", written(low), written(high)))
}

/// A predicted value: shares and changes with one decimal, amounts as whole numbers.
fn in_unit(value: f64, unit: &str) -> String {
    if unit.starts_with('%') { format!("{value:.1}") } else { thousands(value.round()) }
}

fn scores(scores: &[Score]) -> Vec<String> {
    if scores.is_empty() {
        return vec!["No figure is of class tested: nothing says how well the choice predicts.".to_owned()];
    }
    let line = |score: &Score| {
        let unit = score.unit.as_deref().unwrap_or("all units");
        let off = score.mae.map_or_else(String::new, |mae| format!("; off by {} on average", in_unit(mae, unit)));
        format!("Tested figures in {unit}: {} of {} in their band{off}", score.in_band, score.with_band)
    };
    scores.iter().map(line).collect()
}

/// Tested figures out of their band, with who published them.
fn misses(figures: &[ShareFigure], out: &mut Screen<'_>) -> io::Result<()> {
    let is_miss = |figure: &&ShareFigure| figure.class == Class::Tested && figure.in_band == Some(false);
    for (number, figure) in figures.iter().filter(is_miss).enumerate() {
        if number == 0 {
            writeln!(out, "\nMisses")?;
        }
        writeln!(
            out,
            "  {}, {}: predicted {} {unit}, observed {} ({})",
            name(figure),
            figure.period,
            in_unit(figure.predicted, &figure.unit),
            written(figure.observed),
            band(figure),
            unit = figure.unit,
        )?;
        for text in [&figure.source, &figure.note].into_iter().filter(|text| !text.is_empty()) {
            writeln!(out, "    {text}")?;
        }
    }
    Ok(())
}

fn constants(constants: &[FittedConstant], out: &mut Screen<'_>) -> io::Result<()> {
    if constants.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\nConstants: what an alternative costs besides charge and time, so that the tuned figures of the period are met"
    )?;
    let head = ["choice", "period", "alternative", "USD a unit", ""];
    let line = |one: &FittedConstant| {
        [
            one.choice.clone(),
            one.period.clone(),
            one.alternative.clone(),
            constant(one),
            if one.is_met { String::new() } else { "not met: the figures contradict each other".to_owned() },
        ]
    };
    out.table(&std::iter::once(head.map(str::to_owned)).chain(constants.iter().map(line)).collect::<Vec<_>>())
}

/// In whole dollars; small ones with a decimal, and nothing without a sign.
fn constant(one: &FittedConstant) -> String {
    let decimals = usize::from(one.usd.abs() < 9.95);
    let text = format!("{:+.decimals$}", one.usd);
    let is_nothing = text.trim_matches(['+', '-', '0', '.']).is_empty();
    format!("{} USD/{}", if is_nothing { "0" } else { &text }, one.unit)
}

fn terms(terms: &[PeriodTerms], out: &mut Screen<'_>) -> io::Result<()> {
    if terms.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nTerms that are not those of the base")?;
    let head = ["choice", "period", "alternative", "charge base", "charge", "days base", "days"];
    let line = |one: &PeriodTerms| {
        let charge = |usd: f64| format!("{usd:.0} USD/{}", one.unit);
        [
            one.choice.clone(),
            one.period.clone(),
            one.alternative.clone(),
            charge(one.usd[0]),
            charge(one.usd[1]),
            format!("{:.1}", one.days[0]),
            format!("{:.1}", one.days[1]),
        ]
    };
    out.table(&std::iter::once(head.map(str::to_owned)).chain(terms.iter().map(line)).collect::<Vec<_>>())
}

fn of_figures<'v>() -> Vec<Column<&'v ShareFigure>> {
    type Of<'r> = &'r ShareFigure;
    vec![
        column("choice", "", "The choice.", |row: &Of<'_>| row.choice.as_str().into()),
        column("alternative", "", "What is taken.", |row: &Of<'_>| row.alternative.as_str().into()),
        column("of", "", "Of what it is a share, if not of the market.", |row: &Of<'_>| row.of.as_str().into()),
        column("period", "", "Of which time.", |row: &Of<'_>| row.period.as_str().into()),
        column("unit", "", "The unit of the figures.", |row: &Of<'_>| row.unit.as_str().into()),
        column("class", "", "What the observed figure was used for.", |row: &Of<'_>| row.class.word().into()),
        column("kind", "", "What kind of figure it is.", |row: &Of<'_>| row.kind.as_str().into()),
        column("observed", "", "As observed.", |row: &Of<'_>| row.observed.into()),
        column("low", "", "Lower end of the observed band.", |row: &Of<'_>| row.low.into()),
        column("high", "", "Upper end of it.", |row: &Of<'_>| row.high.into()),
        column("without_constants", "", "Predicted with all constants 0.", |row: &Of<'_>| row.without_constants.into()),
        column("predicted", "", "Predicted with the constants of tuned figures.", |row: &Of<'_>| row.predicted.into()),
        column("predicted_low", "", "The least over scales of the logit.", |row: &Of<'_>| {
            row.predicted_range[0].into()
        }),
        column("predicted_high", "", "The greatest.", |row: &Of<'_>| row.predicted_range[1].into()),
        column("in_band", "", "Whether the predicted value lies in the band.", |row: &Of<'_>| row.in_band.into()),
        column("source", "", "Who published the observed figure.", |row: &Of<'_>| row.source.as_str().into()),
        column("grade", "", "A official, B press, C inference.", |row: &Of<'_>| row.grade.as_str().into()),
        column("note", "", "What else there is to say.", |row: &Of<'_>| row.note.as_str().into()),
    ]
}

/// Writes `{ "schema", "scenario", "run", "figures", "constants", "terms", "scores" }` with all digits.
///
/// # Errors
/// If the output cannot be written.
fn write_shares_json(validation: &ShareValidation, out: &mut dyn Write) -> io::Result<()> {
    let mut value = serde_json::to_value(validation)?;
    value["schema"] = super::SCHEMA.into();
    value["headline"] = serde_json::to_value(headline(validation))?;
    writeln!(out, "{value:#}")
}

impl Answer for ShareValidation {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![sheet("shares.csv", of_figures(), &self.figures)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("shares.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_shares_table(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_shares_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        Vec::new()
    }
}
