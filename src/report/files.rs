//! The files of answers: which there are, whether on the disk or in memory.

use std::collections::BTreeMap;
#[cfg(feature = "parquet")]
use std::io;
use std::mem;

use super::Sheet;
use super::answer::Answer;
#[cfg(feature = "charts")]
use super::chart;
#[cfg(feature = "charts")]
use super::shelf::put_pictures;
use super::shelf::{Filling, InMemory, Saved, Shelf, WriteError, put_map};
#[cfg(feature = "parquet")]
use crate::results::files::{BINS, HISTOGRAMS, MEASURES, REPLICATIONS};
use crate::results::files::{SCENARIO, SUMMARY};
use crate::results::{Results, RowKey, Summary};

/// The files of an answer by their names, as its folder would hold them: tables, document and pictures, and the scenario as
/// resolved; beside the ordinary results of the scenario, where the answer has them.
///
/// # Errors
/// If a picture cannot be drawn or a table not be encoded.
pub fn answer_files(answer: &dyn Answer, scenario_toml: &str) -> Result<BTreeMap<String, Vec<u8>>, WriteError> {
    let shelf = InMemory::default();
    put_answer(&shelf, answer, scenario_toml)?;
    Ok(shelf.into_files())
}

/// Puts all files of an answer on a shelf.
pub(super) fn put_answer<S: Shelf>(shelf: &S, answer: &dyn Answer, scenario_toml: &str) -> Result<(), WriteError> {
    if let Some((results, summary)) = answer.results().zip(answer.summary()) {
        return put_results(shelf, results, &summary, scenario_toml, Some(answer));
    }
    let mut filling = Filling::new(shelf);
    filling.file(SCENARIO, |out| out.write_all(scenario_toml.as_bytes()))?;
    add_answer(&mut filling, answer)
}

/// Adds an answer to other files; its document, by which a folder is known, comes last.
pub(super) fn add_answer<S: Shelf>(filling: &mut Filling<'_, S>, answer: &dyn Answer) -> Result<(), WriteError> {
    let Some(document) = answer.document() else { return Ok(()) };
    for sheet in answer.sheets() {
        put_table(filling, answer, &*sheet)?;
    }
    #[cfg(feature = "charts")]
    put_pictures(filling.shelf, &answer.pictures(), style(filling.shelf))?;
    filling.file(document, |out| answer.write_document(out))
}

/// How pictures for a shelf are drawn.
#[cfg(feature = "charts")]
fn style(shelf: &impl Shelf) -> chart::PictureStyle {
    chart::PictureStyle { language: shelf.wanted().language, ..chart::PictureStyle::default() }
}

/// Puts a table of an answer on a shelf: as text, or in Parquet where it is too long for people.
fn put_table<S: Shelf>(filling: &mut Filling<'_, S>, answer: &dyn Answer, sheet: &dyn Sheet) -> Result<(), WriteError> {
    #[cfg(feature = "parquet")]
    if let Some((_, name)) = answer.in_parquet().filter(|(of, _)| *of == sheet.file()) {
        return filling.table(name, |out| super::parquet::write_sheet(sheet, out));
    }
    #[cfg(not(feature = "parquet"))]
    let _ = answer;
    filling.file(sheet.file(), |out| sheet.write(out))
}

/// Puts results on a shelf, and what a study adds to them; the summary, which says that they are whole and what each file is,
/// comes after all else.
pub(super) fn put_results<S: Shelf>(
    shelf: &S,
    results: &Results,
    summary: &Summary,
    scenario_toml: &str,
    more: Option<&dyn Answer>,
) -> Result<(), WriteError> {
    let mut filling = both(|| large_tables(shelf, results), || rest(shelf, results, summary, scenario_toml, more))?;
    results.check()?;
    let digests = mem::take(&mut filling.digests);
    filling.file(SUMMARY, |out| super::write_sealed_json(summary, is_told(shelf.wanted().saved), &digests, out))
}

/// Which measures the summary has as text: all, or where their table is there and nothing is to be said twice those that studies
/// are about.
fn is_told(saved: Saved) -> fn(&RowKey) -> bool {
    if saved.has_extras() || cfg!(not(feature = "parquet")) { |_| true } else { RowKey::is_headline }
}

/// Files in parts that do not wait for each other: the large tables take long.
#[cfg(feature = "parallel")]
fn both<'s, S: Shelf>(
    large: impl FnOnce() -> Result<Filling<'s, S>, WriteError> + Send,
    rest: impl FnOnce() -> Result<Filling<'s, S>, WriteError>,
) -> Result<Filling<'s, S>, WriteError> {
    std::thread::scope(|scope| {
        let large = scope.spawn(large);
        let rest = rest();
        let large = large.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(together(rest?, large))
    })
}

#[cfg(not(feature = "parallel"))]
fn both<'s, S: Shelf>(
    large: impl FnOnce() -> Result<Filling<'s, S>, WriteError>,
    rest: impl FnOnce() -> Result<Filling<'s, S>, WriteError>,
) -> Result<Filling<'s, S>, WriteError> {
    Ok(together(rest()?, large()?))
}

fn together<'s, S>(mut rest: Filling<'s, S>, large: Filling<'s, S>) -> Filling<'s, S> {
    rest.digests.extend(large.digests);
    rest
}

fn rest<'s, S: Shelf>(
    shelf: &'s S,
    #[cfg_attr(not(feature = "charts"), expect(unused_variables, reason = "pictures alone are of them"))]
    results: &Results,
    summary: &Summary,
    scenario_toml: &str,
    more: Option<&dyn Answer>,
) -> Result<Filling<'s, S>, WriteError> {
    let mut filling = Filling::new(shelf);
    filling.file(SCENARIO, |out| out.write_all(scenario_toml.as_bytes()))?;
    #[cfg(feature = "parquet")]
    filling.table(MEASURES, |out| super::write_measures(summary, out))?;
    if shelf.wanted().saved.has_extras() {
        filling.file("measures.csv", |out| super::write_csv(summary, out))?;
        filling.file("network.geojson", |out| super::write_geojson(summary, out))?;
        let tables = [super::subjects::subjects(summary), super::subjects::periods(summary)];
        tables.iter().try_for_each(|table| filling.file(table.file(), |out| table.write(out)))?;
        #[cfg(feature = "parquet")]
        filling.table("network.parquet", |out| super::write_geoparquet(summary, out))?;
        #[cfg(feature = "charts")]
        put_pictures(shelf, &chart::of_run(results, summary), style(shelf))?;
        put_map(shelf, summary, shelf.wanted().language)?;
    }
    more.map_or(Ok(()), |answer| add_answer(&mut filling, answer))?;
    if shelf.wanted().saved.has_extras() {
        filling.file("datapackage.json", |out| super::package::write(summary, more, out))?;
    }
    Ok(filling)
}

#[cfg(feature = "parquet")]
fn large_tables<'s, S: Shelf>(shelf: &'s S, results: &Results) -> Result<Filling<'s, S>, WriteError> {
    type WriteTable = fn(&Results, &mut (dyn io::Write + Send)) -> parquet::errors::Result<()>;
    if shelf.wanted().saved < Saved::Data {
        return Ok(Filling::new(shelf));
    }
    let table = |name: &str, write: WriteTable| {
        let mut filling = Filling::new(shelf);
        filling.table(name, |out| write(results, out)).map(|()| filling)
    };
    let histograms = || table(HISTOGRAMS, |results, out| super::write_histograms(results, out));
    let bins = || table(BINS, |results, out| super::write_bins(results, out));
    let replications = || table(REPLICATIONS, |results, out| super::write_replications(results, out));
    both(histograms, || both(replications, bins))
}

#[cfg(not(feature = "parquet"))]
fn large_tables<'s, S: Shelf>(shelf: &'s S, _: &Results) -> Result<Filling<'s, S>, WriteError> {
    Ok(Filling::new(shelf))
}
