//! The scenario as a whole, `[run]`, periods, sources, provenance.

use super::kind::Kind::{Date, Either, List, Other, Quantity, Share, Table, Text, Things, Whole, Word};
use super::kind::{Field, Format, Kind, Thing};
use super::{choice, demand, disruption, infrastructure, money, reroute, transport};
use crate::scenario::quantity::Dimension::Time;
use crate::units::LEVELS;

/// A whole scenario file.
pub static SCENARIO: Format = Format {
    name: "scenario",
    doc: "A scenario of a freight corridor.",
    fields: &[
        Field::needed("schema", Whole(1, 1), "Version of the format: 1."),
        Field::needed("title", Text, "One line for headings."),
        Field::or("description", Text, "\"\"", "A paragraph for the reader."),
        Field::may("include", List(&Text), "Files that are parts of this scenario; each key is defined once."),
        Field::may("extends", Text, "The scenario that this one changes: a file or an embedded name."),
        Field::may("change", Other, "Changes applied in order after the overlay was merged."),
        Field::or("run", Table(&RUN), "{}", "The window, the seed, the number of simulated years."),
        Field::or("cargo", Things(Thing::Cargo, &demand::CARGO), "{}", "Kinds of goods."),
        Field::or("node", Things(Thing::Node, &infrastructure::NODE), "{}", "Places."),
        Field::or("link", Things(Thing::Link, &infrastructure::LINK), "{}", "Lines between places."),
        Field::or("fleet", Things(Thing::Fleet, &transport::FLEET), "{}", "Vessels that circle between ports."),
        Field::or("pool", Things(Thing::Pool, &transport::POOL), "{}", "Things taken and given back."),
        Field::or("flow", Things(Thing::Flow, &demand::FLOW), "{}", "Demand from node to node."),
        Field::or("section", Things(Thing::Section, &demand::SECTION), "{}", "Places between which time is reported."),
        Field::or("closure", Things(Thing::Closure, &disruption::CLOSURE), "{}", "What shuts things."),
        Field::or("ban", Things(Thing::Ban, &disruption::BAN), "{}", "Loading bans while a port is full."),
        Field::or("water", Things(Thing::Water, &disruption::WATER), "{}", "Levels that limit draught."),
        Field::or("timeline", Things(Thing::Timeline, &disruption::TIMELINE), "{}", "What changes on a date."),
        Field::or("season", Things(Thing::Season, &demand::SEASON), "{}", "Month factors of demand."),
        Field::or("outside", Things(Thing::Outside, &money::OUTSIDE), "{}", "Routes that are not simulated."),
        Field::or("choice", Things(Thing::Choice, &choice::CHOICE), "{}", "Choices among routes."),
        Field::or("reroute", Things(Thing::Reroute, &reroute::REROUTE), "{}", "Who may switch routes while under way."),
        Field::or("period", Things(Thing::Period, &PERIOD), "{}", "Named sets of months for results."),
        Field::or("source", Things(Thing::Source, &SOURCE), "{}", "Publications that values are taken from."),
        Field::may("measure", Table(&money::MEASURE), "What this what-if costs and who acts."),
    ],
};

static RUN: Format = Format {
    name: "run",
    doc: "The window, the seed, the number of simulated years.",
    fields: &[
        Field::or("start", Date, "2024-01-01", "Beginning of the horizon."),
        Field::or("warm-up", Quantity(Time), "\"0 d\"", "Time simulated before the horizon."),
        Field::may(
            "horizon",
            Quantity(Time),
            "Time over which volumes, queues and use are counted. Default until the same date a year later.",
        ),
        Field::may("end", Date, "Date on which the horizon ends, in place of its length."),
        Field::or("drain", Quantity(Time), "\"60 d\"", "Time after the horizon for slow shipments to arrive."),
        Field::or("replications", Whole(1, 1_000_000), "20", "Simulated years."),
        Field::or("seed", Whole(0, i64::MAX), "20260101", "Master seed of all draws."),
        Field::or("level", Share(LEVELS.0, LEVELS.1), "\"95 %\"", "Level of intervals."),
        Field::may("precision", Share(0.0001, 1.0), "Relative half-width at which the run stops."),
    ],
};

static PERIOD: Format = Format {
    name: "period",
    doc: "A named set of months for results.",
    fields: &[Field::needed("months", List(&Whole(1, 12)), "Months, 1 to 12.")],
};

static SOURCE: Format = Format {
    name: "source",
    doc: "A publication that values are taken from.",
    fields: &[
        Field::needed("title", Text, "Title."),
        Field::may("publisher", Text, "Publisher."),
        Field::may("year", Either(&[Whole(0, 9999), Text]), "Year."),
        Field::may("url", Text, "Address."),
    ],
};

const GRADE: Kind = Word(&["A", "B", "C"]);

/// Keys that any table may have, which say where its values come from.
pub static PROVENANCE: Format = Format {
    name: "provenance",
    doc: "Where the values of a table come from.",
    fields: &[
        Field::may("source", Text, "Source id or free text that holds for all values of the table."),
        Field::may("grade", GRADE, "A an official page, B press, C inference; holds for all values of the table."),
        Field::may("note", Text, "Note on the table."),
        Field::may("vary-with", Text, "Values with this name are wrong together."),
        Field::may("why", Other, "By key: where one value comes from."),
    ],
};

/// `why.KEY`, but for `range`, which has the dimension of the key's value.
pub static WHY: Format = Format {
    name: "why",
    doc: "Where one value comes from.",
    fields: &[
        Field::may("source", Text, "Source id or free text."),
        Field::may("grade", GRADE, "A an official page, B press, C inference."),
        Field::may("note", Text, "Note on the value."),
        Field::may("range", Other, "Lowest and highest plausible value, in the value's dimension."),
    ],
};
