//! What a Parquet file says of itself, compared with what it can have and with what is written, before the reader of the
//! parquet crate sees it. That reader takes a file at its word: it asks for as many bytes as a page claims, and the program
//! would end without a word where they cannot be had.

mod footer;
mod guard;
mod pages;
mod thrift;

use std::ops::Range;

use parquet::file::reader::SerializedFileReader;

use super::Found;
use super::stored::Stored;
use crate::results::files::{ColumnForm, Columns};

pub(super) use guard::guarded;

/// Opens a file that is to have these columns and so many groups of rows.
pub(super) fn open(file: Stored, columns: &Columns, groups: usize) -> Found<SerializedFileReader<Stored>> {
    check(&file, columns, groups)?;
    guarded(|| SerializedFileReader::new(file))
}

fn check(file: &Stored, columns: &Columns, groups: usize) -> Found<()> {
    for group in footer::read(file, columns, groups)? {
        for (chunk, ColumnForm { name, form }) in group.chunks.iter().zip(columns.iter()) {
            pages::check(file, chunk, form).map_err(|what| format!("`{name}`: {what}"))?;
        }
    }
    Ok(())
}

/// The bytes at a place, which the file is to have.
fn read_at(file: &Stored, place: Range<u64>) -> Found<Vec<u8>> {
    let length = place.end - place.start;
    let bytes = file.at(place).map_err(|error| error.to_string())?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err("it ends before its end".to_owned()) }
}
