//! The footer of a Parquet file: which columns there are, and where their values stand.

use std::ops::Range;

use super::thrift::{Cursor, Field};
use super::{Found, Stored, read_at};
use crate::results::files::{ColumnForm, Columns, Form};

/// Magic number at both ends of a file whose footer is not encrypted.
const MAGIC: &[u8; 4] = b"PAR1";
/// Bytes behind the footer: its length, and the magic number.
const TAIL: u64 = 8;
/// Snappy among the codecs.
const SNAPPY: u32 = 1;

/// Rows that stand together.
#[derive(Default)]
pub(super) struct Group {
    pub(super) rows: u64,
    /// By column.
    pub(super) chunks: Vec<Chunk>,
}

/// The values of a column in a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunk {
    /// Where its pages stand.
    pub(super) place: Range<u64>,
    /// Whether the first page is a dictionary.
    pub(super) has_dictionary: bool,
    /// Number of values, and of rows without one.
    pub(super) values: u64,
    /// Bytes of its pages without compression.
    pub(super) expanded: u64,
}

/// Reads the footer of a file that is to have these columns and so many groups of rows.
pub(super) fn read(file: &Stored, columns: &Columns, groups: usize) -> Found<Vec<Group>> {
    let length = file.length().map_err(|error| error.to_string())?;
    let start = start(file, length)?;
    let bytes = read_at(file, start..length - TAIL)?;
    let groups = description(&mut Cursor(&bytes), columns, groups)?;
    places(&groups, start, columns)?;
    Ok(groups)
}

/// Where the footer begins.
fn start(file: &Stored, length: u64) -> Found<u64> {
    let head = MAGIC.len() as u64;
    if length < head + TAIL || read_at(file, 0..head)? != MAGIC {
        return Err("it is no Parquet file: it does not begin as one".to_owned());
    }
    let tail = read_at(file, length - TAIL..length)?;
    let (of, magic) = tail.split_at(4);
    if magic != MAGIC {
        return Err("it is no Parquet file: it does not end as one".to_owned());
    }
    let of = u64::from(u32::from_le_bytes([of[0], of[1], of[2], of[3]]));
    let start = (length - TAIL).checked_sub(of).filter(|start| *start >= head);
    start.ok_or_else(|| format!("its footer has {of} bytes, the file {length}"))
}

fn description(cursor: &mut Cursor<'_>, columns: &Columns, wanted: usize) -> Found<Vec<Group>> {
    let mut groups = Vec::new();
    let (mut rows, mut has_schema) = (None, false);
    cursor.fields(|cursor, field| match field.id {
        2 => {
            has_schema = true;
            schema(cursor, field, columns)
        }
        3 => cursor.whole(field, "number of rows").map(|said| rows = Some(said)),
        4 => cursor.structures(field, "groups of rows", wanted, |cursor, _| {
            groups.push(group(cursor, columns)?);
            Ok(())
        }),
        _ => cursor.skip(field),
    })?;
    let sum: u128 = groups.iter().map(|group| u128::from(group.rows)).sum();
    if !has_schema || groups.len() != wanted || rows.map(u128::from) != Some(sum) {
        return Err("schema, rows or groups of rows are missing or do not fit each other".to_owned());
    }
    Ok(groups)
}

/// Whether the schema is a root with our columns.
fn schema(cursor: &mut Cursor<'_>, field: Field, columns: &Columns) -> Found<()> {
    let all: Vec<ColumnForm> = columns.iter().collect();
    cursor.structures(field, "entries in its schema", all.len() + 1, |cursor, place| match place.checked_sub(1) {
        None => root(cursor, all.len()),
        Some(place) => leaf(cursor, all[place]),
    })
}

fn root(cursor: &mut Cursor<'_>, wanted: usize) -> Found<()> {
    let mut children = None;
    cursor.fields(|cursor, field| match field.id {
        4 => cursor.text(field).map(drop),
        5 => cursor.small(field, "number of columns").map(|said| children = Some(said)),
        _ => Err("the root of its schema is not of ours".to_owned()),
    })?;
    match children {
        Some(children) if children as usize == wanted => Ok(()),
        _ => Err(format!("it has not the {wanted} columns of such a file")),
    }
}

fn leaf(cursor: &mut Cursor<'_>, column: ColumnForm) -> Found<()> {
    let ColumnForm { name, form } = column;
    let (mut physical, mut repetition, mut said) = (None, None, None);
    cursor.fields(|cursor, field| match field.id {
        1 => cursor.small(field, "type").map(|said| physical = Some(said)),
        3 => cursor.small(field, "repetition").map(|said| repetition = Some(said)),
        4 => cursor.text(field).map(|text| said = Some(text)),
        // What a text is.
        6 | 10 => cursor.skip(field),
        _ => Err(format!("`{name}` is not a column of ours")),
    })?;
    if said != Some(name.as_bytes()) {
        let said = String::from_utf8_lossy(said.unwrap_or_default()).into_owned();
        return Err(format!("column {said:?} stands where `{name}` belongs"));
    }
    let wanted = (Some(physical_type(form)), Some(u32::from(form != Form::Text)));
    if (physical, repetition) == wanted { Ok(()) } else { Err(format!("`{name}` is not of {}", form.told())) }
}

/// The number of a type in Parquet.
const fn physical_type(form: Form) -> u32 {
    match form {
        Form::Whole => 2,
        Form::Real => 5,
        Form::Text => 6,
    }
}

fn group(cursor: &mut Cursor<'_>, columns: &Columns) -> Found<Group> {
    let all: Vec<ColumnForm> = columns.iter().collect();
    let mut group = Group::default();
    cursor.fields(|cursor, field| match field.id {
        1 => cursor.structures(field, "columns in a group", all.len(), |cursor, place| {
            let chunk = chunk(cursor, all[place]).map_err(|what| format!("`{}`: {what}", all[place].name))?;
            group.chunks.push(chunk);
            Ok(())
        }),
        3 => cursor.whole(field, "number of rows").map(|rows| group.rows = rows),
        _ => cursor.skip(field),
    })?;
    match group.chunks.iter().zip(&all).find(|(chunk, _)| chunk.values != group.rows) {
        Some((chunk, ColumnForm { name, .. })) => {
            Err(format!("`{name}` has {} values in a group of {} rows", chunk.values, group.rows))
        }
        None if group.chunks.len() == all.len() => Ok(group),
        None => Err("a group has no columns".to_owned()),
    }
}

fn chunk(cursor: &mut Cursor<'_>, column: ColumnForm) -> Found<Chunk> {
    let mut chunk = None;
    cursor.fields(|cursor, field| match field.id {
        1 => Err("it stands in another file".to_owned()),
        3 => about(cursor, field, column).map(|about| chunk = Some(about)),
        8 | 9 => Err("it is encrypted".to_owned()),
        _ => cursor.skip(field),
    })?;
    chunk.ok_or_else(|| "it is not described".to_owned())
}

/// What the footer says of a column in a group.
fn about(cursor: &mut Cursor<'_>, field: Field, column: ColumnForm) -> Found<Chunk> {
    let ColumnForm { name, form } = column;
    let mut chunk = Chunk::default();
    let (mut physical, mut path, mut codec) = (None, None, None);
    let (mut compressed, mut data, mut dictionary) = (None, None, None);
    cursor.structure(field, |cursor, field| match field.id {
        1 => cursor.small(field, "type").map(|said| physical = Some(said)),
        3 => cursor.only_text(field).map(|text| path = Some(text)),
        4 => cursor.small(field, "codec").map(|said| codec = Some(said)),
        5 => cursor.whole(field, "number of values").map(|said| chunk.values = said),
        6 => cursor.whole(field, "size").map(|said| chunk.expanded = said),
        7 => cursor.whole(field, "compressed size").map(|said| compressed = Some(said)),
        9 => cursor.whole(field, "place").map(|said| data = Some(said)),
        11 => cursor.whole(field, "place of its dictionary").map(|said| dictionary = Some(said)),
        _ => cursor.skip(field),
    })?;
    if physical != Some(physical_type(form)) || path != Some(name.as_bytes()) {
        return Err("another column stands in its place".to_owned());
    }
    if codec != Some(SNAPPY) {
        return Err("it is not compressed by Snappy".to_owned());
    }
    let start = dictionary.or(data).ok_or_else(|| "it has no place in the file".to_owned())?;
    let end = compressed.and_then(|size| start.checked_add(size));
    chunk.place = start..end.ok_or_else(|| "it has no end in the file".to_owned())?;
    chunk.has_dictionary = dictionary.is_some();
    Ok(chunk)
}

/// Whether the columns follow each other and end before the footer.
fn places(groups: &[Group], footer: u64, columns: &Columns) -> Found<()> {
    let mut next = MAGIC.len() as u64;
    for group in groups {
        for (chunk, ColumnForm { name, .. }) in group.chunks.iter().zip(columns.iter()) {
            if chunk.place.start != next || chunk.place.end > footer {
                let Range { start, end } = chunk.place;
                return Err(format!("`{name}` claims bytes {start} to {end} where {next} to {footer} are free"));
            }
            next = chunk.place.end;
        }
    }
    Ok(())
}
