//! Parquet files with right digests that another hand wrote: whatever they claim, reading ends in a message that names the
//! file, and asks for no memory that the file does not fill.
#![cfg(feature = "parquet")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use midcor::results::{ReadError, Results, packed_frame};
use parquet::basic::{Compression, Encoding};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use tempfile::TempDir;

use crate::found::target;
use crate::fuzz::mutation::Dice;

/// The columns of bins.parquet.
const BINS: &str = "REQUIRED BYTE_ARRAY measure (UTF8); REQUIRED BYTE_ARRAY subject (UTF8); \
    REQUIRED BYTE_ARRAY period (UTF8); REQUIRED BYTE_ARRAY unit (UTF8); OPTIONAL INT64 bin; OPTIONAL INT64 count; OPTIONAL INT64 mass; \
    OPTIONAL INT64 least; OPTIONAL INT64 greatest; OPTIONAL INT64 sum; OPTIONAL DOUBLE lower; OPTIONAL DOUBLE upper;";

fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    target::write_whole(&place.path().join("whole"));
    place
}

/// Writes a file of one row in so many groups.
fn write(path: &Path, schema: &str, properties: WriterPropertiesBuilder, groups: usize) {
    let schema = Arc::new(parse_message_type(&format!("message midcor {{ {schema} }}")).unwrap());
    let file = fs::File::create(path).unwrap();
    let mut file = SerializedFileWriter::new(file, schema.clone(), Arc::new(properties.build())).unwrap();
    for _ in 0..groups {
        let mut group = file.next_row_group().unwrap();
        let mut fields = schema.get_fields().iter();
        while let Some(mut column) = group.next_column().unwrap() {
            let field = fields.next().unwrap();
            let levels = if field.is_optional() { Some(&[1_i16][..]) } else { None };
            match field.get_physical_type() {
                parquet::basic::Type::INT64 => {
                    column.typed::<Int64Type>().write_batch(&[7], levels, None).unwrap();
                }
                parquet::basic::Type::DOUBLE => {
                    column.typed::<DoubleType>().write_batch(&[7.0], levels, None).unwrap();
                }
                _ => drop(column.typed::<ByteArrayType>().write_batch(&[ByteArray::from("x")], levels, None).unwrap()),
            }
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    file.close().unwrap();
}

/// What reading says of a folder whose digests are made right again.
fn read(folder: &Path) -> String {
    target::seal_anew(folder);
    match Results::read(folder) {
        Err(error @ ReadError::Damaged { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

fn snappy() -> WriterPropertiesBuilder {
    WriterProperties::builder().set_compression(Compression::SNAPPY).set_writer_version(WriterVersion::PARQUET_1_0)
}

#[test]
fn files_of_another_form_are_refused_with_their_column() {
    let place = place();
    let folder = place.path().join("whole");
    let path = folder.join("bins.parquet");
    let mut delta = snappy().set_dictionary_enabled(false);
    delta = delta.set_column_encoding("measure".into(), Encoding::DELTA_BINARY_PACKED);
    let mut texts_delta = snappy().set_dictionary_enabled(false);
    texts_delta = texts_delta.set_column_encoding("subject".into(), Encoding::DELTA_BYTE_ARRAY);
    for (schema, properties, groups, told) in [
        // As it is written: read to the first value that does not fit.
        (BINS.to_owned(), snappy(), 1, "x x x is not a series that follows"),
        (BINS.to_owned(), snappy().set_dictionary_enabled(false), 1, "x x x is not a series that follows"),
        (BINS.to_owned(), WriterProperties::builder(), 1, "`measure`: it is not compressed by Snappy"),
        (BINS.to_owned(), snappy().set_writer_version(WriterVersion::PARQUET_2_0), 1, "`measure`: a page at byte"),
        (BINS.to_owned(), texts_delta, 1, "`subject`: a page has an encoding that is not written"),
        (
            BINS.replace("REQUIRED BYTE_ARRAY", "REQUIRED INT64").replace(" (UTF8)", ""),
            delta,
            1,
            "`measure` is not of texts",
        ),
        (BINS.to_owned(), snappy(), 2, "it has 2 groups of rows instead of 1"),
        (BINS.to_owned(), snappy(), 0, "it has 0 groups of rows instead of 1"),
        (BINS.replace("INT64 mass", "DOUBLE mass"), snappy(), 1, "`mass` is not of whole numbers"),
        (BINS.replace("OPTIONAL INT64 mass", "REQUIRED INT64 mass"), snappy(), 1, "`mass` is not of whole numbers"),
        (BINS.replace(" mass", " weight"), snappy(), 1, "column \"weight\" stands where `mass` belongs"),
        (format!("{BINS} OPTIONAL INT64 more;"), snappy(), 1, "14 entries in its schema instead of 13"),
    ] {
        write(&path, &schema, properties, groups);
        let said = read(&folder);
        assert!(said.contains("bins.parquet is damaged") && said.contains(told), "{said}\nwanted: {told}");
    }
}

#[test]
fn what_is_no_parquet_file_is_refused() {
    let place = place();
    let folder = place.path().join("whole");
    let path = folder.join("histograms.parquet");
    let whole = fs::read(&path).unwrap();
    let end = whole.len();
    let with_length = |length: u32| [&whole[..end - 8], &length.to_le_bytes(), b"PAR1"].concat();
    for (bytes, told) in [
        (Vec::new(), "does not begin as one"),
        (b"PAR1".to_vec(), "does not begin as one"),
        (b"PAR1PAR1PAR1".to_vec(), "its footer has"),
        (whole[..end - 1].to_vec(), "does not end as one"),
        ([&whole[..end - 4], b"PARE"].concat(), "does not end as one"),
        (with_length(u32::MAX), "its footer has 4294967295 bytes"),
        (with_length(end as u32), "its footer has"),
        (with_length(0), "its description ends too early"),
        (whole[4..].to_vec(), "does not begin as one"),
        ([&whole[..4], &[0], &whole[4..]].concat(), "`measure`: a page at byte 4"),
    ] {
        fs::write(&path, &bytes).unwrap();
        let said = read(&folder);
        assert!(said.contains("histograms.parquet is damaged") && said.contains(told), "{said}\nwanted: {told}");
    }
}

/// A frame of another file's making, in a file whose columns are right.
#[test]
fn a_frame_of_nonsense_is_refused() {
    let place = place();
    let folder = place.path().join("whole");
    let texts: String = ["measure", "subject", "period", "place", "cause", "unit", "over"]
        .map(|name| format!("REQUIRED BYTE_ARRAY {name} (UTF8);"))
        .concat();
    let wholes = "OPTIONAL INT64 replication; OPTIONAL INT64 count;";
    let reals = ["value", "p5", "p50", "p90", "p95"].map(|name| format!("OPTIONAL DOUBLE {name};")).concat();
    for (catalogue, told) in [
        (None, "`midcor.frame` is missing"),
        (Some("{".to_owned()), "`midcor.frame`: Invalid"),
        (Some(packed_frame(b"{").unwrap()), "`midcor.frame`: EOF"),
        (Some(packed_frame("[".repeat(100_000).as_bytes()).unwrap()), "`midcor.frame`: "),
    ] {
        let metadata = catalogue.map(|catalogue| vec![KeyValue::new("midcor.frame".to_owned(), catalogue)]);
        let schema = format!("{texts} {wholes} {reals}");
        write(&folder.join("replications.parquet"), &schema, snappy().set_key_value_metadata(metadata), 1);
        let said = read(&folder);
        assert!(said.contains("replications.parquet is damaged") && said.contains(told), "{said}");
    }
}

/// Bytes by chance where a file describes itself: a message or the same figures, and no report of a panic.
#[test]
fn described_by_chance() {
    let place = place();
    let (whole, damaged) = (place.path().join("whole"), place.path().join("damaged"));
    fs::create_dir(&damaged).unwrap();
    let mut dice = Dice::new(5);
    for trial in 0..300 {
        let file = 1 + trial % 3;
        let length = fs::metadata(whole.join(target::FILES[file])).unwrap().len() as usize;
        let mut bytes = vec![target::SEALED | file as u8];
        for _ in 0..=dice.below(3) {
            // The heads of pages stand at the beginning, the footer at the end.
            let at = if dice.below(3) == 0 { dice.below(length) } else { length - 1 - dice.below(length.min(4000)) };
            bytes.extend(&(at as u32).to_le_bytes()[..3]);
            bytes.push([0, 1, 0x7f, 0x80, 0xff, dice.below(256) as u8][dice.below(6)]);
        }
        target::results(&bytes, &whole, &damaged);
    }
}
