//! The pages of a column: how many bytes and values each claims, against what it can have.

use std::ops::Range;

use super::footer::Chunk;
use super::thrift::{Cursor, Field};
use super::{Found, Stored, read_at};
use crate::results::files::Form;

/// Longest head of a page: without statistics, which are not written there, a few dozen bytes.
const LONGEST_HEAD: u64 = 1 << 10;
/// Most bytes of a page without compression. Pages are written until they pass 1 MB.
const LARGEST: u64 = 1 << 24;
/// Snappy makes of three bytes at most 64.
const SNAPPY: (u64, u64) = (3, 64);

const DATA: u32 = 0;
const DICTIONARY: u32 = 2;

/// Encodings.
const PLAIN: u32 = 0;
const PLAIN_DICTIONARY: u32 = 2;
const LEVELS: u32 = 3;
const RLE_DICTIONARY: u32 = 8;

/// The head of a page.
#[derive(Default)]
struct Page {
    kind: Option<u32>,
    /// Bytes without compression.
    expanded: u64,
    /// Bytes in the file.
    compressed: u64,
    values: u64,
    encoding: Option<u32>,
    /// How it is told which rows have a value.
    levels: Option<u32>,
    /// Bytes of the head.
    head: u64,
}

/// Goes through the pages of a column.
pub(super) fn check(file: &Stored, chunk: &Chunk, form: Form) -> Found<()> {
    let (mut place, mut values, mut expanded) = (chunk.place.clone(), 0, 0);
    let mut has_dictionary = false;
    while !place.is_empty() {
        let page = Page::read(file, &place)?;
        page.check_size(place.end - place.start)?;
        match page.kind {
            Some(DICTIONARY) if chunk.has_dictionary && place.start == chunk.place.start => {
                page.check_dictionary(form)?;
                has_dictionary = true;
            }
            Some(DATA) => {
                page.check_data(has_dictionary)?;
                values += page.values;
            }
            _ => return Err(format!("a page at byte {} is not of those that are written", place.start)),
        }
        place.start += page.head + page.compressed;
        expanded += page.head + page.expanded;
    }
    if values != chunk.values || expanded != chunk.expanded || has_dictionary != chunk.has_dictionary {
        return Err(format!(
            "its pages have {values} values in {expanded} bytes, the footer says {} in {}",
            chunk.values, chunk.expanded
        ));
    }
    Ok(())
}

impl Page {
    fn read(file: &Stored, place: &Range<u64>) -> Found<Self> {
        let bytes = read_at(file, place.start..place.end.min(place.start + LONGEST_HEAD))?;
        let (mut cursor, mut page) = (Cursor(&bytes), Self::default());
        cursor.fields(|cursor, field| match field.id {
            1 => cursor.small(field, "kind of page").map(|said| page.kind = Some(said)),
            2 => cursor.small(field, "size").map(|said| page.expanded = u64::from(said)),
            3 => cursor.small(field, "compressed size").map(|said| page.compressed = u64::from(said)),
            5 | 7 => page.values(cursor, field),
            _ => Err(format!("a page at byte {} has a head that is not written", place.start)),
        })?;
        page.head = (bytes.len() - cursor.0.len()) as u64;
        Ok(page)
    }

    /// Reads what a page says of its values: once, and of the kind that it is.
    fn values(&mut self, cursor: &mut Cursor<'_>, field: Field) -> Found<()> {
        if self.kind != Some(u32::from(field.id) - 5) {
            return Err("a page has the head of another kind".to_owned());
        }
        cursor.structure(field, |cursor, inner| match inner.id {
            1 => cursor.small(inner, "number of values").map(|said| self.values = u64::from(said)),
            2 => cursor.small(inner, "encoding").map(|said| self.encoding = Some(said)),
            3 if field.id == 5 => cursor.small(inner, "encoding of levels").map(|said| self.levels = Some(said)),
            _ => cursor.skip(inner),
        })
    }

    /// Whether the page is within its column, and what comes of it can come of it.
    fn check_size(&self, room: u64) -> Found<()> {
        let (from, to) = SNAPPY;
        if self.head + self.compressed > room {
            return Err(format!("a page of {} bytes stands where {room} are left", self.compressed));
        }
        if self.expanded > LARGEST || self.expanded * from > self.compressed * to {
            return Err(format!("a page of {} bytes claims {} without compression", self.compressed, self.expanded));
        }
        Ok(())
    }

    /// Whether a dictionary has room for its entries.
    fn check_dictionary(&self, form: Form) -> Found<()> {
        let fits = match form {
            // Each begins with its length.
            Form::Text => self.values <= self.expanded / 4,
            Form::Whole | Form::Real => self.values * 8 == self.expanded,
        };
        if !fits {
            return Err(format!("a dictionary of {} bytes claims {} entries", self.expanded, self.values));
        }
        match self.encoding {
            Some(PLAIN | PLAIN_DICTIONARY) => Ok(()),
            _ => Err("its dictionary has an encoding that is not written".to_owned()),
        }
    }

    fn check_data(&self, has_dictionary: bool) -> Found<()> {
        match (self.encoding, self.levels) {
            (Some(PLAIN), Some(LEVELS)) => Ok(()),
            (Some(PLAIN_DICTIONARY | RLE_DICTIONARY), Some(LEVELS)) if has_dictionary => Ok(()),
            _ => Err("a page has an encoding that is not written, or lacks its dictionary".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    /// A page as it would be written by hand: kind, size, compressed size, values, encoding.
    #[derive(Clone, Copy)]
    struct Made(u32, u64, u64, u64, u32);

    impl Made {
        fn head(self) -> Vec<u8> {
            let Self(kind, expanded, compressed, values, encoding) = self;
            let mut head = Vec::new();
            for (delta, value) in [(1, u64::from(kind)), (1, expanded), (1, compressed)] {
                put(&mut head, delta, value);
            }
            // The head of a data page is field 5, that of a dictionary field 7: structures.
            head.push(if kind == DICTIONARY { 0x4c } else { 0x2c });
            put(&mut head, 1, values);
            put(&mut head, 1, u64::from(encoding));
            if kind == DATA {
                put(&mut head, 1, u64::from(LEVELS));
                put(&mut head, 1, u64::from(LEVELS));
            }
            head.extend([0, 0]);
            head
        }
    }

    /// A field with a number of 32 bits.
    fn put(bytes: &mut Vec<u8>, delta: u8, value: u64) {
        bytes.push(delta << 4 | 5);
        let mut folded = value << 1;
        while folded >= 0x80 {
            bytes.push(folded as u8 | 0x80);
            folded >>= 7;
        }
        bytes.push(folded as u8);
    }

    /// A column of these pages, each with as many bytes as are there.
    fn tried(pages: &[(Made, usize)], form: Form) -> Found<()> {
        let mut file = Vec::new();
        let mut chunk = Chunk { has_dictionary: pages[0].0.0 == DICTIONARY, ..Chunk::default() };
        for (page, there) in pages {
            let head = page.head();
            chunk.expanded += head.len() as u64 + page.1;
            chunk.values += if page.0 == DATA { page.3 } else { 0 };
            file.extend([head, vec![0; *there]].concat());
        }
        chunk.place.end = file.len() as u64;
        check(&Stored::Bytes(file.into()), &chunk, form)
    }

    #[test]
    fn what_is_written_passes() {
        let dictionary = (Made(DICTIONARY, 80, 60, 10, PLAIN), 60);
        let data = (Made(DATA, 20, 22, 15, RLE_DICTIONARY), 22);
        assert_eq!(tried(&[dictionary, data, data], Form::Real), Ok(()));
        assert_eq!(tried(&[(Made(DATA, 100, 90, 12, PLAIN), 90)], Form::Text), Ok(()));
    }

    #[test]
    fn sizes_that_cannot_be_are_refused_before_they_are_asked_for() {
        let greatest = i32::MAX as u64;
        let dictionary = |size, entries| (Made(DICTIONARY, size, 60, entries, PLAIN), 60);
        for (pages, form, told) in [
            // Two gigabytes, more than Snappy makes of ten bytes, more than is ever written.
            (vec![(Made(DATA, greatest, 10, 1, PLAIN), 10)], Form::Real, "without compression"),
            (vec![(Made(DATA, 214, 10, 1, PLAIN), 10)], Form::Real, "without compression"),
            (vec![(Made(DATA, LARGEST + 1, 1 << 20, 1, PLAIN), 1 << 20)], Form::Real, "without compression"),
            (vec![(Made(DATA, 10, greatest, 1, PLAIN), 10)], Form::Real, "where"),
            (vec![(Made(DATA, 10, 11, 1, PLAIN), 10)], Form::Real, "where"),
            (vec![(Made(DATA, 1 << 33, 10, 1, PLAIN), 10)], Form::Real, "its size is"),
            // More entries than the dictionary has room for.
            (vec![dictionary(80, greatest)], Form::Real, "claims 2147483647 entries"),
            (vec![dictionary(80, 11)], Form::Whole, "claims 11 entries"),
            (vec![dictionary(80, 21)], Form::Text, "claims 21 entries"),
        ] {
            let said = tried(&pages, form).unwrap_err();
            assert!(said.contains(told), "{said}");
        }
    }

    #[test]
    fn pages_of_other_kinds_are_refused() {
        let data = (Made(DATA, 10, 10, 1, RLE_DICTIONARY), 10);
        for (pages, told) in [
            (vec![data], "lacks its dictionary"),
            (vec![(Made(DATA, 10, 10, 1, 5), 10)], "encoding"),
            (vec![(Made(DICTIONARY, 8, 10, 1, 5), 10)], "encoding"),
            (vec![(Made(DICTIONARY, 8, 10, 1, PLAIN), 10), (Made(DICTIONARY, 8, 10, 1, PLAIN), 10)], "not of those"),
            (vec![(Made(3, 10, 10, 1, PLAIN), 10)], "another kind"),
        ] {
            let said = tried(&pages, Form::Real).unwrap_err();
            assert!(said.contains(told), "{said}");
        }
    }
}
