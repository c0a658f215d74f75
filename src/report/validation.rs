//! Observed beside simulated: the table for people, CSV and JSON.

use std::io::{self, Write};

use super::Sheet;
use super::answer::Answer;
#[cfg(feature = "charts")]
use super::chart::{self, Picture};
use super::headline::Headline;
use super::rounding::round_to;
use super::screen::Screen;
use super::sheet::{Column, column, sheet};
use crate::text::counted;
use crate::validation::{Kind, KindScore, Score, ValidatedFigure, Validation};

/// Writes figures and scores for people.
///
/// # Errors
/// If the output cannot be written.
fn write_validation_table(validation: &Validation, out: &mut Screen<'_>) -> io::Result<()> {
    let head = ["Figure", "unit", "observed", "band", "simulated", "error", "in band", "class", "kind"];
    let lines = std::iter::once(head.map(str::to_owned)).chain(validation.figures.iter().map(figure_line));
    out.table(&lines.collect::<Vec<_>>())?;
    scores(validation, out)?;
    misses(validation, out)
}

fn headline(validation: &Validation) -> Headline {
    let (scenario, run) = (&validation.manifest.scenario, &validation.manifest.run);
    let about = vec![
        format!("{} ({}) against what was observed", scenario.title, scenario.name),
        format!(
            "{}, seed {}; ± is the half-width of the {} % interval of the simulated mean",
            counted(run.replications, "replication"),
            run.seed,
            run.level * 100.0
        ),
    ];
    Headline { about, found: vec![tested(&validation.scores)] }
}

/// How many tested figures are in their band.
fn tested(scores: &[Score]) -> String {
    // The first is of all of them.
    match scores.first().filter(|score| score.n > 0) {
        Some(score) => format!("Tested figures: {} of {} in their band", score.in_band, score.with_band),
        None => "No figure is of class tested: nothing says whether the scenario is right.".to_owned(),
    }
}

fn figure_line(figure: &ValidatedFigure) -> [String; 9] {
    let in_band = match figure.in_band {
        Some(true) => "yes",
        Some(false) => "no",
        None => "–",
    };
    [
        name(figure),
        figure.unit.clone(),
        written(figure.observed),
        band(figure),
        simulated(figure),
        figure.relative_error.map_or_else(unknown, signed_percent),
        in_band.to_owned(),
        figure.class.word().to_owned(),
        figure.kind.map_or_else(unknown, |kind| kind.word().to_owned()),
    ]
}

pub(super) fn name(figure: &ValidatedFigure) -> String {
    let period = if figure.period.is_horizon() { String::new() } else { format!(" {}", figure.period) };
    format!("{} {}{period}", figure.measure, figure.subject)
}

pub(super) fn band(figure: &ValidatedFigure) -> String {
    let band = figure.low.zip(figure.high);
    band.map_or_else(unknown, |(low, high)| format!("{}–{}", written(low), written(high)))
}

fn simulated(figure: &ValidatedFigure) -> String {
    figure.simulated.map_or_else(unknown, |simulated| round_to(simulated, figure.half_width).to_string())
}

/// Tested figures out of their band, with who published them.
fn misses(validation: &Validation, out: &mut Screen<'_>) -> io::Result<()> {
    for (number, figure) in validation.misses().enumerate() {
        if number == 0 {
            writeln!(out, "\nMisses")?;
        }
        let kind = figure.kind.map_or_else(String::new, |kind| format!(" ({})", kind.word()));
        let (simulated, band, unit) = (simulated(figure), band(figure), &figure.unit);
        writeln!(out, "  {}{kind}: simulated {simulated} {unit}, observed {band}", name(figure))?;
        for text in [&figure.source, &figure.note].into_iter().filter(|text| !text.is_empty()) {
            writeln!(out, "    {text}")?;
        }
    }
    Ok(())
}

/// Of all tested figures, by unit, and by kind of evidence.
fn scores(validation: &Validation, out: &mut Screen<'_>) -> io::Result<()> {
    if validation.scores.iter().all(|score| score.n == 0) {
        return Ok(());
    }
    let head = ["Tested figures alone", "n", "in band", "MAPE", "bias", "weighted APE", "Theil U1", "of it bias"];
    let in_unit =
        |score: &Score| score.unit.clone().map_or_else(|| "all units".to_owned(), |unit| format!("in {unit}"));
    let of_kind = |one: &KindScore| one.kind.map_or("of no said kind", Kind::word).to_owned();
    let units = validation.scores.iter().map(|score| (in_unit(score), score));
    let kinds = validation.kinds.iter().map(|one| (of_kind(one), &one.score));
    let line = |(name, score): (String, &Score)| {
        [
            name,
            score.n.to_string(),
            format!("{} of {}", score.in_band, score.with_band),
            score.mape.map_or_else(unknown, percent),
            score.bias.map_or_else(unknown, signed_percent),
            score.weighted_ape.map_or_else(unknown, percent),
            score.theil_u1.map_or_else(unknown, |u1| format!("{u1:.3}")),
            score.theil_um.map_or_else(unknown, percent),
        ]
    };
    out.table(&std::iter::once(head.map(str::to_owned)).chain(units.chain(kinds).map(line)).collect::<Vec<_>>())
}

/// An observed figure as it was written down: it has no more digits than it had.
pub(super) fn written(value: f64) -> String {
    if value.abs() >= 1000.0 && value.fract() == 0.0 { super::thousands(value) } else { value.to_string() }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A share in whole percent with its sign; what rounds to 0 has none.
pub(super) fn signed_percent(share: f64) -> String {
    let percent = (share * 100.0).round();
    if percent == 0.0 { "0 %".to_owned() } else { format!("{percent:+} %") }
}

fn unknown() -> String {
    "–".to_owned()
}

fn of_figures<'v>(level: f64) -> Vec<Column<&'v ValidatedFigure>> {
    vec![
        column("measure", "", "What is measured.", |row: &&ValidatedFigure| row.measure.word().into()),
        column("subject", "", "Of what.", |row: &&ValidatedFigure| row.subject.as_str().into()),
        column("period", "", "Of which time.", |row: &&ValidatedFigure| row.period.text().into()),
        column("unit", "", "The unit of the figures.", |row: &&ValidatedFigure| row.unit.as_str().into()),
        column("class", "", "What the observed figure was used for.", |row: &&ValidatedFigure| row.class.word().into()),
        column("kind", "", "What sort of evidence it is.", |row: &&ValidatedFigure| {
            row.kind.map(Kind::word).unwrap_or_default().into()
        }),
        column("observed", "", "As observed.", |row: &&ValidatedFigure| row.observed.into()),
        column("low", "", "Lower end of the observed band.", |row: &&ValidatedFigure| row.low.into()),
        column("high", "", "Upper end of it.", |row: &&ValidatedFigure| row.high.into()),
        column("simulated", "", "Mean of the replications.", |row: &&ValidatedFigure| row.simulated.into()),
        column("half_width", "", "Half the width of its interval.", |row: &&ValidatedFigure| row.half_width.into()),
        column("level", "", "Level of the interval.", move |_: &&ValidatedFigure| level.into()),
        column("relative_error", "", "Simulated less observed, divided by the observed.", |row: &&ValidatedFigure| {
            row.relative_error.into()
        }),
        column("in_band", "", "Whether the simulated value lies in the band.", |row: &&ValidatedFigure| {
            row.in_band.into()
        }),
        column("source", "", "Who published the observed figure.", |row: &&ValidatedFigure| row.source.as_str().into()),
        column("grade", "", "A official, B press, C inference.", |row: &&ValidatedFigure| row.grade.as_str().into()),
        column("note", "", "What else there is to say.", |row: &&ValidatedFigure| row.note.as_str().into()),
    ]
}

/// Writes `{ "schema", "scenario", "run", "figures": [ … ], "scores": [ … ] }` with all digits.
///
/// # Errors
/// If the output cannot be written.
fn write_validation_json(validation: &Validation, out: &mut dyn Write) -> io::Result<()> {
    let mut value = serde_json::to_value(validation)?;
    value["schema"] = super::SCHEMA.into();
    value["headline"] = serde_json::to_value(headline(validation))?;
    writeln!(out, "{value:#}")
}

impl Answer for Validation {
    fn sheets(&self) -> Vec<Box<dyn Sheet + '_>> {
        vec![sheet("validation.csv", of_figures(self.manifest.run.level), &self.figures)]
    }

    fn document(&self) -> Option<&'static str> {
        Some("validation.json")
    }

    fn headline(&self) -> Headline {
        headline(self)
    }

    fn write_body(&self, out: &mut Screen<'_>) -> io::Result<()> {
        write_validation_table(self, out)
    }

    fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_validation_json(self, out)
    }

    #[cfg(feature = "charts")]
    fn pictures(&self) -> Vec<Picture<'_>> {
        chart::of_validation(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::synthetic_validation;

    fn text(write: impl Fn(&Validation, &mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&synthetic_validation(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_table_says_what_is_in_its_band() {
        let text = text(|validation, out| write_validation_table(validation, &mut Screen::new(out, 200)));
        for part in ["4 000 000", "18–22", "all units", "Theil U1", "tested", "of no said kind", "Misses"] {
            assert!(text.contains(part), "{part} in\n{text}");
        }
    }

    #[test]
    fn tested_figures_of_one_unit_are_told_too() {
        let mut validation = synthetic_validation();
        validation.scores.drain(..1);
        assert!(tested(&validation.scores).starts_with("Tested figures: "), "{}", tested(&validation.scores));
        assert!(tested(&[]).starts_with("No figure is of class tested"));
    }

    #[test]
    fn every_row_has_every_column() {
        let text = text(|validation, out| validation.write_csv(out));
        let mut lines = text.lines();
        assert_eq!(lines.next().map(|line| line.split(',').count()), Some(17));
        assert_eq!(lines.clone().count(), 5);
        assert!(
            lines
                .next()
                .is_some_and(|line| line.starts_with("carried,corridor,horizon,t/yr,input,count,4000000,3800000,"))
        );
        assert!(text.contains("\"operator, 2024\""));
    }

    #[test]
    fn the_json_has_figures_and_scores() {
        let value: serde_json::Value = serde_json::from_str(&text(write_validation_json)).unwrap();
        assert_eq!((&value["schema"], &value["scores"][0]["n"]), (&1.into(), &3.into()));
        assert!(value["scenario"]["name"].is_string() && value["figures"][1]["class"] == "tuned");
    }

    #[test]
    fn a_share_has_its_sign() {
        assert_eq!([0.148, -0.17, 0.001, -0.004].map(signed_percent), ["+15 %", "-17 %", "0 %", "0 %"]);
        assert_eq!([45.5, 1_485_000.0, 9.0].map(written), ["45.5", "1 485 000", "9"]);
    }
}
