//! The files of a results folder: which are read back, and the digests by which damage to them is noticed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

/// Version of the form of the files.
pub const SCHEMA: u32 = 1;
/// The file that is written last, and ends with the digests of the others and of its own text.
pub const SUMMARY: &str = "summary.json";
/// The resolved scenario.
pub const SCENARIO: &str = "scenario.toml";
/// The folder of a comparison in which the results of its base are, and what that scenario is called there.
pub const BASE: &str = "base";
/// Values and exact percentiles, one row for each replication and measure.
pub const REPLICATIONS: &str = "replications.parquet";
/// How much lies in each bin, by replication and series.
pub const HISTOGRAMS: &str = "histograms.parquet";
/// What each bin holds of all replications together, by series.
pub const BINS: &str = "bins.parquet";
/// The measures with their intervals.
pub const MEASURES: &str = "measures.parquet";
/// Key of the metadata of [`MEASURES`] under which the rest of the summary stands, as JSON.
pub const SUMMARY_KEY: &str = "midcor.summary";
/// Files without which there is no summary of results.
pub const NEEDED_FOR_SUMMARY: [&str; 2] = [SCENARIO, MEASURES];
/// Files without which there are no results.
pub const NEEDED: [&str; 4] = [SCENARIO, REPLICATIONS, HISTOGRAMS, BINS];
/// Key of the metadata of [`REPLICATIONS`] under which the frame stands, as JSON.
pub const FRAME_KEY: &str = "midcor.frame";
/// Most replications in a row group.
pub const REPLICATIONS_IN_GROUP: usize = 16;
/// Most series in a row group of [`BINS`].
pub const SERIES_IN_GROUP: usize = 256;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Texts, one in every row.
    Text,
    /// Whole numbers that are not negative, which a row may lack.
    Whole,
    /// Numbers, which a row may lack.
    Real,
}

impl Form {
    /// What the values are, in words.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Text => "texts",
            Self::Whole => "whole numbers",
            Self::Real => "numbers",
        }
    }
}

/// The columns of a Parquet file, in their order.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Columns of texts.
    pub texts: &'static [&'static str],
    /// Columns of whole numbers.
    pub wholes: &'static [&'static str],
    /// Columns of numbers.
    pub reals: &'static [&'static str],
}

/// A column of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnForm {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub form: Form,
}

impl Columns {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = ColumnForm> + use<> {
        let of = |names: &'static [&'static str], form| names.iter().map(move |&name| ColumnForm { name, form });
        of(self.texts, Form::Text).chain(of(self.wholes, Form::Whole)).chain(of(self.reals, Form::Real))
    }
}

/// What a row of a measure is about.
pub const ROW_KEY: [&str; 7] = ["measure", "subject", "period", "place", "cause", "unit", "over"];
/// What a histogram is of.
pub const SERIES_KEY: [&str; 3] = ["measure", "subject", "period"];
/// The same, and the unit of the edges of its bins.
pub const SERIES_KEY_AND_UNIT: [&str; 4] = ["measure", "subject", "period", "unit"];
/// From where a bin reaches, and to where without that value itself; the bin of the unfinished has neither.
pub const EDGES: [&str; 2] = ["lower", "upper"];
/// The columns of [`REPLICATIONS`].
pub const REPLICATION_COLUMNS: Columns =
    Columns { texts: &ROW_KEY, wholes: &["replication", "count"], reals: &["value", "p5", "p50", "p90", "p95"] };
/// The columns of [`HISTOGRAMS`].
pub const HISTOGRAM_COLUMNS: Columns =
    Columns { texts: &SERIES_KEY_AND_UNIT, wholes: &["replication", "bin", "count", "mass"], reals: &EDGES };
/// The columns of [`BINS`].
pub const BIN_COLUMNS: Columns = Columns {
    texts: &SERIES_KEY_AND_UNIT,
    wholes: &["bin", "count", "mass", "least", "greatest", "sum"],
    reals: &EDGES,
};

/// Whole numbers of a measure.
pub const COUNTS: [&str; 2] = ["n", "count"];
/// Numbers of a measure.
pub const NUMBERS: [&str; 13] = [
    "mean",
    "sd",
    "half_width",
    "level",
    "p5",
    "p50",
    "p50_half_width",
    "p90",
    "p90_half_width",
    "p95",
    "p95_half_width",
    "low",
    "high",
];
/// The columns of [`MEASURES`].
pub const MEASURE_COLUMNS: Columns = Columns { texts: &ROW_KEY, wholes: &COUNTS, reals: &NUMBERS };

/// Digests of files by their names: SHA-256 in hexadecimal, as `sha256sum` writes it.
pub type Digests = BTreeMap<String, String>;

/// What stands before the digest of the summary's own text; its line is the last.
const SEAL: &str = "\"digest\":\"";

/// The last line of a summary whose text before it has this digest.
pub fn seal(digest: &str) -> String {
    format!("{SEAL}{digest}\"}}\n")
}

/// Whether the last line of a summary holds the digest of all text before it.
pub fn is_sealed(text: &[u8]) -> bool {
    let body = text.strip_suffix(b"\n").unwrap_or(text);
    let start = body.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let (before, line) = text.split_at(start);
    line == seal(&hexadecimal(&Sha256::digest(before))).as_bytes()
}

/// Passes on what is written, and digests it.
#[derive(Debug)]
pub struct Digesting<W> {
    out: W,
    state: Sha256,
}

impl<W> Digesting<W> {
    /// Begins with nothing.
    pub fn new(out: W) -> Self {
        Self { out, state: Sha256::new() }
    }

    /// The digest of what was written so far.
    pub fn digest(&self) -> String {
        hexadecimal(&self.state.clone().finalize())
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.state.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The digest of all that can be read.
///
/// # Errors
/// If it cannot be read.
pub fn digest_of(mut from: impl Read) -> io::Result<String> {
    let mut digesting = Digesting::new(io::sink());
    // Larger pieces than those of `io::copy`: a table has hundreds of megabytes.
    let mut buffer = vec![0; 1 << 17];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(digesting.digest()),
            Ok(bytes) => digesting.write_all(&buffer[..bytes])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4, the example of one block.
    #[test]
    fn digests_are_sha_256() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest_of(&b"abc"[..]).unwrap(), digest);
    }

    #[test]
    fn a_seal_is_of_all_text_before_it() {
        let text = "{\"schema\":1,\n";
        let sealed = format!("{text}{}", seal(&digest_of(text.as_bytes()).unwrap()));
        assert!(is_sealed(sealed.as_bytes()));
        for other in [sealed.replace('1', "2"), sealed.trim_end().to_owned(), format!("{sealed}\n"), String::new()] {
            assert!(!is_sealed(other.as_bytes()), "{other}");
        }
    }
}
