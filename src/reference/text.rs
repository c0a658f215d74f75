//! Words on the terminal.

use std::io::{self, Write};

use super::{Named, Reference};
use crate::scenario::{FormatFamily, FormatKey, FormatTable};
use crate::words::Measure;

/// Writes the tables of the format, a line each.
///
/// # Errors
/// If the output cannot be written.
pub fn write_tables(reference: &Reference, out: &mut dyn Write) -> io::Result<()> {
    let width = reference.format.tables.iter().map(|table| table.name.len()).max().unwrap_or(0);
    for table in &reference.format.tables {
        writeln!(out, "{:width$}  {} ({})", table.name, table.meaning.trim_end_matches('.'), place(table))?;
    }
    writeln!(out, "\n`midcor reference WORD` tells more of a table or a key.")
}

/// Writes what a word names: tables with their keys, keys alone, families of random values, measures.
///
/// # Errors
/// If the output cannot be written.
pub fn write_named(named: &[Named<'_>], out: &mut dyn Write) -> io::Result<()> {
    for (place, named) in named.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        match named {
            Named::Table(table) => whole(table, out)?,
            Named::Key(table, key) => alone(table, key, out)?,
            Named::Measure(measure) => measured(*measure, out)?,
            Named::Cause(cause) => writeln!(out, "{}, a cause of time\n    {}", cause.word(), cause.meaning())?,
            Named::Term(term) => writeln!(out, "{}\n    {}", term.word, term.meaning)?,
            Named::Family(family) => writeln!(out, "{}: a random value, {}", family.name, example(family))?,
        }
    }
    Ok(())
}

/// The first place of a table, and how many there are besides.
fn place(table: &FormatTable) -> String {
    let first = match table.places[0].as_str() {
        "" => "top of a file",
        place => place,
    };
    if table.places.len() > 1 { format!("{first} and {} more", table.places.len() - 1) } else { first.to_owned() }
}

fn whole(table: &FormatTable, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}, at {}\n{}\n", table.name, table.places.join(", "), table.meaning)?;
    for key in &table.keys {
        described(key.key, key, out)?;
    }
    Ok(())
}

fn alone(table: &FormatTable, key: &FormatKey, out: &mut dyn Write) -> io::Result<()> {
    described(&format!("{}.{}", table.places[0], key.key), key, out)
}

fn described(name: &str, key: &FormatKey, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{name}: {}\n    {}", value(key), key.meaning)?;
    if let Some(example) = &key.example {
        writeln!(out, "    such as {} = {example}", key.key)?;
    }
    key.words.iter().try_for_each(|allowed| writeln!(out, "    {}: {}", allowed.word, allowed.meaning))
}

/// What a key takes, and what it is where it is absent.
fn value(key: &FormatKey) -> String {
    let value = key.value.replace('`', "");
    match (key.is_needed, key.default) {
        (true, _) => format!("{value} (needed)"),
        (false, Some(default)) => format!("{value} (default {default})"),
        (false, None) => value,
    }
}

/// How a family is written.
pub(super) fn example(family: &FormatFamily) -> String {
    let needed = family.needed.iter().map(|key| format!("{key} = …"));
    let optional = family.optional.iter().map(|key| format!("[{key} = …]"));
    let keys = std::iter::once(format!("dist = \"{}\"", family.name)).chain(needed).chain(optional);
    format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
}

fn measured(measure: Measure, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}, {}\n    {}", measure.word(), units(measure), measure.meaning())
}

/// The units of a measure in words.
pub(super) fn units(measure: Measure) -> String {
    let unit = |unit: &&str| match *unit {
        "1" => "a number".to_owned(),
        unit => unit.replace("UNIT", "the cargo's unit"),
    };
    measure.units().iter().map(unit).collect::<Vec<_>>().join(" or ")
}
