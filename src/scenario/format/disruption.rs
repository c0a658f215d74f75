//! What changes over time.

use super::kind::Kind::{
    Date, Either, Exactly, List, OneOrMore, PathOf, Quantity, Random, Settings, Share, Text, Word,
};
use super::kind::{Field, Format, Kind, Thing};
use super::shared::{FLOWS, KEY};
use crate::scenario::quantity::Dimension::{Amount, Level, Time};

const STOPPABLE: Kind = PathOf(&[Thing::Node, Thing::Link, Thing::Fleet, Thing::Facility]);
const WATCHABLE: Kind = PathOf(&[Thing::Node, Thing::Storage, Thing::Facility]);
const SPELLS: Kind = Either(&[Exactly(12, &Random(Time, "constant")), Random(Time, "constant")]);
const SHARES: Kind = Either(&[Exactly(12, &Share(0.0, 1.0)), Share(0.0, 1.0)]);
const WINDOWS: Kind = Either(&[List(&Exactly(2, &Date)), Exactly(2, &Date)]);

pub(super) static CLOSURE: Format = Format {
    name: "closure",
    doc: "What shuts things: storms, works, a strike.",
    fields: &[
        Field::needed(
            "of",
            OneOrMore(&STOPPABLE),
            "Paths of what is shut: node.N, link.L, fleet.F, node.N.facility.F.",
        ),
        Field::or(
            "stops",
            OneOrMore(&Word(&["all", "sailings", "berthing", "handling", "trains"])),
            "\"all\"",
            "What does not start.",
        ),
        Field::may("window", WINDOWS, "From and until, once or several times."),
        Field::may("every", Word(&["year"]), "With `window`: it recurs every year."),
        Field::may("announced", Quantity(Time), "With `window`: how long before it begins it is known; default 0 h."),
        Field::may("closed", SPELLS, "Length of closed spells, or 12 by month."),
        Field::may("open", SPELLS, "Length of open spells, or 12 by month."),
        Field::may("share", SHARES, "Share of the time closed, or 12 by month; instead of `open`."),
        Field::may("group", Text, "Members of one group share one sequence of storms."),
        KEY,
    ],
};

pub(super) static BAN: Format = Format {
    name: "ban",
    doc: "A loading ban while a port is full.",
    fields: &[
        Field::needed("watch", WATCHABLE, "The queue that is watched: node.N, node.N.storage.S, node.N.facility.F."),
        Field::needed("on", Quantity(Amount), "The ban begins when the queue is at least this."),
        Field::needed("off", Quantity(Amount), "It ends when the queue is at most this."),
        Field::or("delay", Quantity(Time), "\"0 h\"", "From crossing a threshold until it takes effect."),
        Field::needed("flows", FLOWS, "Flows that load nothing."),
    ],
};

pub(super) static WATER: Format = Format {
    name: "water",
    doc: "A level that limits draught.",
    fields: &[Field::needed("level", Quantity(Level), "Metres.")],
};

pub(super) static TIMELINE: Format = Format {
    name: "timeline",
    doc: "What changes on a date.",
    fields: &[
        Field::needed("on", Date, "The day."),
        Field::needed("set", Settings, "Parameter paths and their values from then on."),
    ],
};
