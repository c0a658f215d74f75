//! Cargoes, flows, sections, seasons.

use super::kind::Kind::{
    Date, Either, Flag, Id, Map, Number, OneOrMore, Quantity, Random, Series, Share, Table, Text, Things, TimeOfDay,
    Whole, Word,
};
use super::kind::{Field, Format, Keys, Kind, Thing};
use super::shared::{CARGOES, FLOWS, KEY, NODES_OR_LINKS, SERVICES, TWELVE_FACTORS};
use crate::scenario::quantity::Dimension::{Amount, Factor, Rate, Time, Worth, WorthOfTime};

pub(super) static CARGO: Format = Format {
    name: "cargo",
    doc: "A kind of goods.",
    fields: &[
        Field::needed("unit", Text, "What it is counted in: a free word (TEU, wagon, truck, t)."),
        Field::needed(
            "tonnes-per-unit",
            Number(0.0, 1e5),
            "Tonnes of one unit; may be 0. What is counted in t has 1 without being told.",
        ),
        Field::or("value", Quantity(Worth), "\"0 USD/t\"", "Worth of a tonne."),
        Field::or("value-of-time", Quantity(WorthOfTime), "\"0 USD/t/d\"", "Worth of a tonne's day."),
        Field::or("whole", Flag, "false", "Not to be split."),
        KEY,
    ],
};

pub(super) static FLOW: Format = Format {
    name: "flow",
    doc: "Demand: cargo from node to node.",
    fields: &[
        Field::needed("cargo", Id(Thing::Cargo), "What is carried."),
        Field::needed("from", Id(Thing::Node), "Where it begins."),
        Field::needed("to", Id(Thing::Node), "Where it ends."),
        Field::needed("volume", Quantity(Rate), "Units or tonnes; a year's amount is that of each calendar year."),
        Field::may(
            "volumes",
            Series,
            "Amounts of months, quarters or years as counted, in place of volume and growth.",
        ),
        Field::needed("shipment", Random(Amount, "constant"), "Size of one shipment."),
        Field::may(
            "season",
            Either(&[TWELVE_FACTORS, Id(Thing::Season)]),
            "Twelve month factors, or the id of a season.",
        ),
        Field::or("growth", Share(-0.99, 10.0), "\"0 %\"", "Growth a year, in steps on 1 January."),
        Field::or("arrivals", ARRIVALS, "\"poisson\"", "How shipments come."),
        Field::or("batch", Whole(1, 1_000_000), "1", "Shipments at each arrival."),
        Field::or("service", Word(SERVICES), "\"wagon-group\"", "How a shipment moves."),
        Field::or("via", NODES_OR_LINKS, "[]", VIA),
        Field::or("avoid", NODES_OR_LINKS, "[]", "Nodes and links that no route of the flow passes."),
        Field::or("route", Things(Thing::Route, &ROUTE), "{}", "Several routes with shares."),
        Field::or("tags", Map(Keys::Any, &Text), "{}", "Free labels."),
        Field::or("counted", Flag, "true", "Whether it is traffic of the corridor."),
        Field::may("deadline", Quantity(Time), "Time after which a shipment is late."),
        Field::or("priority", Whole(1, 9), "2", "1 is served first."),
        Field::may("patience", Quantity(Time), "How long shipments wait at the origin under a ban."),
        Field::may("from-date", Date, "First day of the flow."),
        Field::may("until-date", Date, "Day after the last of the flow."),
        Field::may("outside", Id(Thing::Outside), "The route that the cargo has outside the corridor."),
        Field::may("response", Table(&RESPONSE), "How volume answers to time and cost; for what-ifs."),
        KEY,
    ],
};

const VIA: &str = "Nodes and links to pass, in order; ends implied. A link: its id, or \"link.ID\".";

const ARRIVALS: Kind = Either(&[Word(&["poisson", "regular"]), Table(&RENEWAL), TIMETABLE]);

/// `{ every, first }` or `{ days, at }`.
pub(super) const TIMETABLE: Kind = Either(&[Table(&EVERY), Table(&WEEKLY)]);

static RENEWAL: Format = Format {
    name: "renewal",
    doc: "Independent gaps whose mean follows from the volume.",
    fields: &[Field::needed("gap", Random(Factor, "constant"), "Law of the gaps, without a mean.")],
};

static EVERY: Format = Format {
    name: "every",
    doc: "Fixed times with a gap.",
    fields: &[
        Field::needed("every", Random(Time, "constant"), "Gap between two times."),
        Field::or(
            "first",
            Either(&[Quantity(Time), Date]),
            "\"0 h\"",
            "The first time: a date, or how long after the start of the clock.",
        ),
    ],
};

static WEEKLY: Format = Format {
    name: "weekly",
    doc: "Fixed times of the week, UTC.",
    fields: &[
        Field::needed(
            "days",
            OneOrMore(&Word(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"])),
            "Days of the week.",
        ),
        Field::needed("at", OneOrMore(&TimeOfDay), "Times of the day, UTC."),
    ],
};

static RESPONSE: Format = Format {
    name: "response",
    doc: "How volume answers to time and cost.",
    fields: &[
        Field::or("day", Share(-1.0, 1.0), "\"0 %\"", "Change of volume for one day more."),
        Field::or("cost", Number(-100.0, 100.0), "0.0", "Elasticity to cost."),
    ],
};

static ROUTE: Format = Format {
    name: "route",
    doc: "One route of a flow.",
    fields: &[
        Field::needed("via", NODES_OR_LINKS, VIA),
        Field::or("avoid", NODES_OR_LINKS, "[]", "Nodes and links that it does not pass, besides those of the flow."),
        Field::needed("share", Share(0.0, 1.0), "Share of the shipments."),
    ],
};

pub(super) static SEASON: Format = Format {
    name: "season",
    doc: "Month factors of demand.",
    fields: &[Field::needed("factors", TWELVE_FACTORS, "January first.")],
};

pub(super) static SECTION: Format = Format {
    name: "section",
    doc: "Two places between which time, cost and reliability are reported.",
    fields: &[
        Field::needed("from", Id(Thing::Node), "Where the clock starts."),
        Field::needed("to", Id(Thing::Node), "Where it stops."),
        Field::or(
            "until",
            Word(&["arrives", "leaves"]),
            "\"arrives\"",
            "Whether it stops on arrival or on setting out.",
        ),
        Field::may("cargo", CARGOES, "Cargoes, if not all."),
        Field::may("flows", FLOWS, "Flows, if not all."),
        Field::may("deadline", Quantity(Time), "Time after which a passage is late."),
    ],
};
