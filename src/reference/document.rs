//! The documents that the repository keeps of the words.

use std::io::{self, Write};

use super::Reference;
use super::text::{example, units};
use crate::scenario::FormatTable;
use crate::words::{Cause, FixedUnit, Measure, Statistic, SubjectKind, TERMS, Term};

/// Writes the format of scenario files as Markdown.
///
/// # Errors
/// If the output cannot be written.
pub fn write_format(reference: &Reference, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# The format of scenario files\n\nEvery table and key. Made from the tables by which the program reads scenarios; \
         `midcor reference WORD` prints a part of it.\n\nAn overlay (a file that `extends` another) may leave out anything. \
         ID stands for a name of your own: small letters, digits and hyphens.\n\n## Quantities\n\nA quantity is a text with its \
         unit. A random one is a table: see below.\n\n| measures | written in |\n|---|---|"
    )?;
    for unit in &reference.format.units {
        writeln!(out, "| {} | {} |", unit.of, unit.units)?;
    }
    writeln!(
        out,
        "\n## Random values\n\n`mean`, `low`, `mode`, `high` and `values` are quantities, `cv` is the standard deviation \
                   divided by the mean, `k` a number of stages.\n"
    )?;
    for family in &reference.format.families {
        writeln!(out, "- `{}`", example(family))?;
    }
    reference.format.tables.iter().try_for_each(|table| section(table, out))
}

fn section(table: &FormatTable, out: &mut dyn Write) -> io::Result<()> {
    let places: Vec<String> =
        table.places.iter().filter(|place| !place.is_empty()).map(|place| format!("`{place}`")).collect();
    writeln!(out, "\n## {}\n\n{}", table.name, table.meaning)?;
    if !places.is_empty() {
        writeln!(out, "\nStands at {}.", places.join(", "))?;
    }
    writeln!(out, "\n| key | value | such as | default | meaning |\n|---|---|---|---|---|")?;
    for key in &table.keys {
        let default = match (key.is_needed, key.default) {
            (true, _) => "needed".to_owned(),
            (false, Some(default)) => format!("`{default}`"),
            (false, None) => String::new(),
        };
        let example = key.example.as_ref().map_or_else(String::new, |example| format!("`{}`", cell(example)));
        writeln!(out, "| `{}` | {} | {example} | {default} | {} |", key.key, cell(&key.value), cell(key.meaning))?;
    }
    words(table, out)
}

/// The words that keys may have.
fn words(table: &FormatTable, out: &mut dyn Write) -> io::Result<()> {
    for key in table.keys.iter().filter(|key| !key.words.is_empty()) {
        writeln!(out, "\n| `{}` | is |\n|---|---|", key.key)?;
        key.words.iter().try_for_each(|one| writeln!(out, "| `{}` | {} |", one.word, cell(one.meaning)))?;
    }
    Ok(())
}

/// A text that stands in one cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Writes the measures of results as Markdown.
///
/// # Errors
/// If the output cannot be written.
pub fn write_measures(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MEASURES_HEAD}")?;
    for measure in Measure::ALL {
        let better = measure.better().word();
        let over = measure.over();
        writeln!(out, "| `{measure}` | {} | {better} | {over} | {} |", units(measure), cell(measure.meaning()))?;
    }
    listed(
        "Causes of time",
        "cause",
        &Cause::ALL.map(|cause| Term { word: cause.word(), meaning: cause.meaning() }),
        out,
    )?;
    listed(
        "Kinds of subjects",
        "kind",
        &SubjectKind::ALL.map(|kind| Term { word: kind.word(), meaning: kind.meaning() }),
        out,
    )?;
    listed("Units", "unit", &FixedUnit::ALL.map(|unit| Term { word: unit.word(), meaning: unit.meaning() }), out)?;
    writeln!(out, "\nThe unit of a cargo, alone or a year, is one too: `TEU`, `wagon/yr`.")?;
    listed("Statistics", "statistic", &Statistic::ALL.map(|of| Term { word: of.word(), meaning: of.meaning() }), out)
}

/// A closed list of words with their meanings.
fn listed(title: &str, head: &str, words: &[Term], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {title}\n\n| {head} | is |\n|---|---|")?;
    words.iter().try_for_each(|Term { word, meaning }| writeln!(out, "| `{word}` | {} |", cell(meaning)))
}

/// Writes the terms as Markdown.
///
/// # Errors
/// If the output cannot be written.
pub fn write_glossary(out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# Glossary\n\nTerms as this program uses them. Tables and keys of scenario files: [format.md](format.md). Measures and causes \
         of time: [measures.md](measures.md). `midcor reference WORD` finds a word in all three.\n\n| term | means |\n|---|---|"
    )?;
    TERMS.iter().try_for_each(|term| writeln!(out, "| {} | {} |", term.word, cell(term.meaning)))
}

const MEASURES_HEAD: &str = "\
# Measures of the results

A row of `measures.csv`, `measures.parquet` and `summary.json` is a measure of a subject over a period; `midcor reference WORD` and
`midcor list measures` print the same texts.

| column | is |
|---|---|
| `measure` | one of the words below |
| `subject` | what it is of: `corridor` (all counted traffic), `all` (with the background), `cargo.ID`, `tag.KEY.VALUE`, `flow.ID`, `route.FLOW.ROUTE`, `section.ID`, `link.ID`, `link.ID.from.NODE`, `node.ID`, `node.ID.facility.ID`, `node.ID.storage.ID`, `pool.ID`, `fleet.ID`, `closure.ID`, `ban.ID`, `operator.NAME`, `country.CODE` |
| `period` | `horizon`, a month (`2024-07`), a calendar year where the horizon has several, or a named period of the scenario |
| `place`, `cause` | for parts: where, and for what, time passes |
| `unit` | the unit of the figures |
| `over` | `years`: percentiles are of the replications' values; `shipments`: of all shipments of all replications together |
| `n` | replications with a value |
| `count` | shipments, where the row is over shipments |
| `mean`, `sd`, `half_width`, `level` | mean and standard deviation of the replications' values, and half the width of the interval of the mean (Student's t) at the level |
| `p5` to `p95` | percentiles with half-widths of their intervals. Over years: order statistics. Over shipments: of histograms whose bins are at most 0.8 % wide, interpolated between the least and the greatest value of a bin, so that a constant is exact; intervals from the shares that replications have up to the percentile (Woodruff, see [coverage.md](coverage.md)); of fewer than ten replications, from the percentiles of groups of them |
| `low`, `high` | where inputs are drawn: the 5th and 95th percentile of the means of the draws |

Percentiles of times count what has not arrived as slowest; means are of what arrived. Rates of parts of a year: see
[demand.md](demand.md).

| measure | unit | better | percentiles of | meaning |
|---|---|---|---|---|";

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Set `MIDCOR_WRITE` to write the file anew.
    #[test]
    fn the_committed_documents_are_in_step() {
        let mut text = Vec::new();
        write_format(&Reference::new(), &mut text).unwrap();
        in_step("docs/format.md", &text);
        text.clear();
        write_measures(&mut text).unwrap();
        in_step("docs/measures.md", &text);
        text.clear();
        write_glossary(&mut text).unwrap();
        in_step("docs/glossary.md", &text);
    }

    fn in_step(name: &str, text: &[u8]) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("MIDCOR_WRITE").is_some() {
            std::fs::write(&path, text).unwrap();
        }
        let committed = std::fs::read(&path).unwrap_or_default();
        assert!(committed == text, "run the tests with MIDCOR_WRITE=1 to write {name} anew");
    }
}
