//! Fleets and pools.

use super::demand::TIMETABLE;
use super::kind::Kind::{
    Either, Exactly, Id, List, Map, OneOrMore, Quantity, Random, Share, Table, Text, Things, Whole, Word,
};
use super::kind::{Field, Format, Keys, Kind, Thing};
use super::money::{EMISSION, TARIFF};
use super::shared::{CARGOES, COUNTRY, KEY, MTBF, MTTR, NODES, OPEN_FROM, OPEN_UNTIL, OPERATOR};
use crate::scenario::quantity::Dimension::{Amount, Level, Mass, Rate, Time};

pub(super) static FLEET: Format = Format {
    name: "fleet",
    doc: "Vessels that circle between ports and carry cargo in batches.",
    fields: &[
        Field::needed("ports", NODES, "Ports in order; the first follows the last."),
        Field::or("vessels", Whole(0, 1_000), "0", "Number of like vessels."),
        Field::or("vessel", Things(Thing::Vessel, &VESSEL), "{}", "Unlike hulls, by name."),
        Field::needed(
            "carries",
            Either(&[Map(Keys::CargoOrUnit, &Quantity(Amount)), CARGOES]),
            "What it carries, perhaps with the deck that a unit takes.",
        ),
        Field::needed("capacity", Quantity(Amount), "Deck or hold of a vessel."),
        Field::or("load-limit", Share(0.0, 1.0), "1.0", "Share of the capacity that may be used."),
        Field::may("deadweight", Quantity(Mass), "Most that a vessel lifts; absent: no limit."),
        Field::may("draught", Table(&DRAUGHT), "How a falling water takes from the deadweight."),
        Field::or("calls", PORT_FACILITIES, "{}", "By port: facilities passed before the berth."),
        Field::or("berths", PORT_FACILITIES, "{}", "By port: berth facilities."),
        Field::may("load", BERTH_TIME, "Loading: a duration a call, or a rate; perhaps by cargo."),
        Field::may("unload", BERTH_TIME, "Unloading: a duration a call, or a rate; perhaps by cargo."),
        Field::or("min-load", Share(0.0, 1.0), "1.0", "Load at which a vessel may leave if nothing more waits."),
        Field::may("max-wait", Quantity(Time), "Longest wait after the first cargo boarded."),
        Field::may("max-idle", Quantity(Time), "Longest wait of an empty vessel."),
        Field::or("timetable", Map(Keys::Of(Thing::Node), &TIMETABLE), "{}", "By port: departures at fixed times."),
        Field::may("sailing", Random(Time, "constant"), "Sailing time; absent: the link's."),
        Field::or(
            "start-at",
            Either(&[Word(&["spread"]), Id(Thing::Node)]),
            "\"spread\"",
            "Where vessels are at the clock's zero.",
        ),
        MTBF,
        MTTR,
        OPEN_FROM,
        OPEN_UNTIL,
        OPERATOR,
        COUNTRY,
        Field::may("tariff", TARIFF, "What it charges."),
        Field::may("emission", EMISSION, "What it emits."),
        KEY,
    ],
};

const PORT_FACILITIES: Kind = Map(Keys::Of(Thing::Node), &OneOrMore(&Text));
const TIME_OR_RATE: Kind = Either(&[Quantity(Rate), Random(Time, "constant")]);
const BERTH_TIME: Kind = Either(&[Quantity(Rate), Random(Time, "constant"), Map(Keys::CargoOrUnit, &TIME_OR_RATE)]);

static VESSEL: Format = Format {
    name: "vessel",
    doc: "A hull unlike the others; what is absent is the fleet's.",
    fields: &[
        Field::may("capacity", Quantity(Amount), "Deck or hold, in the fleet's unit."),
        Field::may("deadweight", Quantity(Mass), "Most that it lifts."),
        Field::may("sailing", Random(Time, "constant"), "Sailing time."),
    ],
};

static DRAUGHT: Format = Format {
    name: "draught",
    doc: "How a falling water takes from the deadweight.",
    fields: &[
        Field::needed("water", Id(Thing::Water), "The water whose level counts."),
        Field::needed(
            "shares",
            List(&Exactly(2, &LEVEL_OR_SHARE)),
            "Level and share of the deadweight there, levels rising.",
        ),
    ],
};

const LEVEL_OR_SHARE: Kind = Either(&[Quantity(Level), Share(0.0, 1.0)]);

pub(super) static POOL: Format = Format {
    name: "pool",
    doc: "Things taken and given back.",
    fields: &[
        Field::needed("size", Whole(0, 10_000_000), "How many."),
        Field::may("cargo", CARGOES, "What needs it; absent: all."),
        Field::or(
            "per",
            Either(&[Word(&["train"]), Quantity(Amount)]),
            "\"train\"",
            "How many a body takes: one, or one for so many units.",
        ),
        Field::or(
            "turnaround",
            Random(Time, "constant"),
            "{ dist = \"constant\", mean = \"0 h\" }",
            "Time from given back to free.",
        ),
        Field::may("returns", Word(&["none", "empty"]), "Free where it was given back, or after the way home."),
        Field::may("return-time", Random(Time, "constant"), "The way home, with `returns = \"empty\"`."),
        Field::may("return-as", Id(Thing::Cargo), "Goes back as this cargo over the real route."),
        KEY,
    ],
};
