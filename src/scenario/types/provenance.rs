//! Where values come from: `source`, `grade`, `note`, `vary-with` and `why` of any table.

use crate::scenario::declare::words;
use crate::scenario::format::Kind::{Other, Text, Word};
use crate::scenario::format::{Field, Format};

words! {
    /// How well a value is known.
    pub Grade {
        /// An official page or report.
        A "A",
        /// Press that quotes officials or companies.
        B "B",
        /// Inference.
        C "C",
    }
}

impl Grade {
    /// Its letter.
    pub const fn word(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// Where the values of a table come from: `source`, `grade`, `note`, `why.KEY` in that table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    /// Source ids or free texts that hold for all values of the table.
    pub source: Option<String>,
    /// Grade that holds for all values of the table.
    pub grade: Option<Grade>,
    /// Note on the table.
    pub note: Option<String>,
    /// `vary-with`: values with this name are wrong together.
    pub vary_with: Option<String>,
    /// By key: what differs from the table.
    pub why: Vec<(String, Why)>,
}

/// `why.KEY`: where one value comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// Source id or free text.
    pub source: Option<String>,
    /// Grade of this value.
    pub grade: Option<Grade>,
    /// Note on this value.
    pub note: Option<String>,
    /// Lowest and highest plausible value as written (two quantities of the value's dimension), in the value's
    /// inner unit.
    pub range: Option<(f64, f64)>,
}

/// Keys that any table may have, which say where its values come from.
pub const PROVENANCE: &Format = &Format {
    name: "provenance",
    doc: "Where the values of a table come from.",
    fields: &[
        Field::may("source", Text, "Source id or free text that holds for all values of the table."),
        Field::may("grade", Word(Grade::WORDS), "How well the values of the table are known."),
        Field::may("note", Text, "Note on the table."),
        Field::may("vary-with", Text, "Values with this name are wrong together."),
        Field::may("why", Other, "By key: where one value comes from."),
    ],
};

/// `why.KEY`, but for `range`, which has the dimension of the key's value.
pub const WHY: &Format = &Format {
    name: "why",
    doc: "Where one value comes from.",
    fields: &[
        Field::may("source", Text, "Source id or free text."),
        Field::may("grade", Word(Grade::WORDS), "How well the value is known."),
        Field::may("note", Text, "Note on the value."),
        Field::may("range", Other, "Lowest and highest plausible value, in the value's dimension."),
    ],
};
