//! The words in which the format is described.

use crate::scenario::quantity::Dimension;

/// A kind of thing that has ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the table of the same name")]
pub enum Thing {
    Cargo,
    Node,
    Facility,
    ServiceType,
    Storage,
    Yard,
    Link,
    Fleet,
    Vessel,
    Visit,
    ShipKind,
    Pool,
    Flow,
    Route,
    Section,
    Closure,
    Ban,
    Water,
    Timeline,
    Season,
    Outside,
    Choice,
    Reroute,
    Period,
    Slider,
    Source,
}

impl Thing {
    /// The key of its table, and its word in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cargo => "cargo",
            Self::Node => "node",
            Self::Facility => "facility",
            Self::ServiceType => "type",
            Self::Storage => "storage",
            Self::Yard => "yard",
            Self::Link => "link",
            Self::Fleet => "fleet",
            Self::Vessel => "vessel",
            Self::Visit => "visit",
            Self::ShipKind => "kind",
            Self::Pool => "pool",
            Self::Flow => "flow",
            Self::Route => "route",
            Self::Section => "section",
            Self::Closure => "closure",
            Self::Ban => "ban",
            Self::Water => "water",
            Self::Timeline => "timeline",
            Self::Season => "season",
            Self::Outside => "outside",
            Self::Choice => "choice",
            Self::Reroute => "reroute",
            Self::Period => "period",
            Self::Slider => "slider",
            Self::Source => "source",
        }
    }
}

/// What the keys of a free table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Free words.
    Any,
    /// Ids of things.
    Of(Thing),
    /// Cargo ids or units.
    CargoOrUnit,
    /// Words.
    Words(&'static [Allowed]),
}

/// A word that is allowed somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// The word.
    pub word: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

impl Allowed {
    /// A word with its meaning.
    pub const fn new(word: &'static str, meaning: &'static str) -> Self {
        Self { word, meaning }
    }

    /// The words alone.
    pub fn words(all: &[Self]) -> Vec<&'static str> {
        all.iter().map(|allowed| allowed.word).collect()
    }
}

/// The text of a doc comment as a sentence.
pub(in crate::scenario) const fn sentence(doc: &'static str) -> &'static str {
    doc.trim_ascii()
}

/// What a value may be.
#[derive(Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// True or false.
    Flag,
    /// A whole number within bounds.
    Whole(i64, i64),
    /// A number within bounds.
    Number(f64, f64),
    /// `"20 %"` or a number, within bounds.
    Share(f64, f64),
    /// A date, perhaps with a time and an offset from UTC.
    Date,
    /// `"06:00-18:00"`, `"Mon-Fri 09:00-13:00"`.
    Hours,
    /// `"01-01"`, `"2024-03-21"`, `"2024-03-21..2024-03-25"`.
    Holidays,
    /// `"+05:00"`, `"Asia/Almaty"`.
    Zone,
    /// `"06:00"`.
    TimeOfDay,
    /// A text with a unit.
    Quantity(Dimension),
    /// A quantity or a distribution of it, and the family that a bare quantity stands for.
    Random(Dimension, &'static str),
    /// One of these words.
    Word(&'static [Allowed]),
    /// The id of a thing.
    Id(Thing),
    /// A node or a link: `"aktau"`, `"node.aktau"`, `"beyneu-mangystau"`, `"link.beyneu-mangystau"`.
    NodeOrLink,
    /// A cargo id, or a unit that stands for every cargo counted in it.
    CargoOrUnit,
    /// A flow id in which `*` stands for any run of characters.
    FlowPattern,
    /// `"node.facility"`.
    FacilityOfNode,
    /// The path of a thing of one of these kinds: `"node.aktau"`, `"node.aktau.facility.crane"`.
    PathOf(&'static [Thing]),
    /// A list.
    List(&'static Kind),
    /// A value, or a list of them.
    OneOrMore(&'static Kind),
    /// A list of exactly so many.
    Exactly(usize, &'static Kind),
    /// The first alternative that fits; messages speak of the last of the same shape.
    Either(&'static [Kind]),
    /// A table with free keys.
    Map(Keys, &'static Kind),
    /// A table with fixed keys.
    Table(&'static Format),
    /// Things by id.
    Things(Thing, &'static Format),
    /// Amounts of cargo by month, quarter or year.
    Series,
    /// Parameter paths with values, of a timeline.
    Settings,
    /// Anything; another part of the reader deals with it.
    Other,
}

/// One key of a table.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it is where it is absent, as TOML.
    pub default: Option<&'static str>,
    /// What it means, in one line.
    pub doc: &'static str,
}

impl Field {
    /// A key that must be there.
    pub const fn needed(key: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { key, kind, required: true, default: None, doc }
    }

    /// A key that may be absent, which itself means something.
    pub const fn may(key: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { key, kind, required: false, default: None, doc }
    }

    /// A key with a default.
    pub const fn or(key: &'static str, kind: Kind, default: &'static str, doc: &'static str) -> Self {
        Self { key, kind, required: false, default: Some(default), doc }
    }
}

/// The keys of a table.
#[derive(Debug)]
pub struct Format {
    /// Name of its definition in the JSON Schema.
    pub name: &'static str,
    /// What it is, in one line.
    pub doc: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
}

impl Format {
    /// The field of a key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}
