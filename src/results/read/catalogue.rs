//! The frame of the results, whose indices others follow without looking.

use std::collections::BTreeSet;

use parquet::file::reader::SerializedFileReader;

use super::stored::Stored;
use super::{Found, frame};
use crate::results::catalogue::{Catalogue, Network};
use crate::results::files::FRAME_KEY;
use crate::text::MOST_LETTERS;

pub(super) fn read(reader: &SerializedFileReader<Stored>) -> Found<Catalogue> {
    let catalogue = frame::read(reader, FRAME_KEY)?;
    check(&catalogue).map_err(|what| frame::of(FRAME_KEY, &what))?;
    Ok(catalogue)
}

fn check(catalogue: &Catalogue) -> Found<()> {
    let Catalogue { rows, pooled, series, network } = catalogue;
    if rows.is_empty() {
        return Err("`rows` is empty".to_owned());
    }
    within("pooled.row", pooled.iter().map(|one| one.row as usize), rows.len())?;
    within("pooled.series", pooled.iter().flat_map(|one| &one.series).map(|&of| of as usize), series.len())?;
    check_network(network)?;
    once("pooled.row", pooled.iter().map(|one| one.row))?;
    pooled.iter().try_for_each(|one| once("pooled.series", one.series.iter()))?;
    once("rows", rows.iter())?;
    once("series", series.iter().map(|key| (key.measure, &key.subject, &key.period)))
}

/// The same of names and positions.
pub(super) fn check_network(network: &Network) -> Found<()> {
    let Network { nodes, links, sections, names, headline, periods } = network;
    short("network.nodes", nodes.iter().flat_map(|node| [&node.id, &node.name]))?;
    short("network.links", links.iter().flat_map(|link| [&link.id, &link.mode]))?;
    short("network.nodes", nodes.iter().flat_map(|node| node.country.iter().chain(&node.locode)))?;
    short("network.periods", periods.iter().map(|period| &period.id))?;
    short("network.sections", sections.iter().map(|section| &section.id))?;
    short("network.names", names.iter().map(|named| &named.name))?;
    within("network.links", links.iter().flat_map(|link| [link.from, link.to]), nodes.len())?;
    within("network.sections", sections.iter().flat_map(|one| [one.from, one.to]), nodes.len())?;
    within("network.headline", headline.iter().map(|one| one.section), sections.len())
}

/// Whether all indices are of a list that has so many.
fn within(field: &str, mut indices: impl Iterator<Item = usize>, of: usize) -> Found<()> {
    let wrong = indices.find(|&index| index >= of);
    wrong.map_or(Ok(()), |index| Err(format!("an index in `{field}` is {index}, and the list has {of}")))
}

/// Whether no text is longer than a scenario can have it: charts have no room for it.
fn short<'t>(field: &str, mut texts: impl Iterator<Item = &'t String>) -> Found<()> {
    let long = texts.find(|text| text.chars().count() > MOST_LETTERS);
    long.map_or(Ok(()), |_| Err(format!("a text in `{field}` has more than {MOST_LETTERS} characters")))
}

/// Whether nothing stands there twice.
fn once<T: Ord>(field: &str, things: impl Iterator<Item = T>) -> Found<()> {
    let mut known = BTreeSet::new();
    for thing in things {
        if !known.insert(thing) {
            return Err(format!("an entry of `{field}` stands there twice"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    type Change = fn(&mut Catalogue);

    #[test]
    fn every_index_and_every_repetition_is_looked_at() {
        let whole = synthetic::results(1).catalogue;
        assert_eq!(check(&whole), Ok(()));
        let changes: [(&str, Change); 11] = [
            ("`pooled.row`", |catalogue| catalogue.pooled[0].row = 1 << 31),
            ("`pooled.row`", |catalogue| catalogue.pooled[1].row = catalogue.pooled[0].row),
            ("`pooled.series`", |catalogue| catalogue.pooled[0].series.push(u32::MAX)),
            ("`pooled.series`", |catalogue| catalogue.pooled[0].series = vec![0, 0]),
            ("`series`", |catalogue| catalogue.series[1] = catalogue.series[0].clone()),
            ("`rows`", |catalogue| catalogue.rows[1] = catalogue.rows[0].clone()),
            ("`rows`", |catalogue| catalogue.rows.clear()),
            ("`network.nodes`", |catalogue| catalogue.network.nodes[0].name = "W".repeat(401)),
            ("`network.links`", |catalogue| catalogue.network.links[0].id = "W".repeat(20_000)),
            ("`network.links`", |catalogue| catalogue.network.links[0].to = usize::MAX),
            ("`network.sections`", |catalogue| catalogue.network.sections[0].from = 6),
        ];
        for (field, change) in changes {
            let mut catalogue = (*whole).clone();
            change(&mut catalogue);
            let said = check(&catalogue).unwrap_err();
            assert!(said.contains(field), "{field}: {said}");
        }
    }
}
