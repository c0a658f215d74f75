//! Nodes with their facilities, storages and yards; links.

use super::kind::Kind::{
    Either, FacilityOfNode, Flag, Hours, Id, List, Map, Number, OneOrMore, Quantity, Random, Share, Table, Text,
    Things, Whole, Word,
};
use super::kind::{Field, Format, Keys, Kind, Thing};
use super::money::{EMISSION, TARIFF};
use super::shared::{CARGOES, COUNTRY, FLOWS, KEY, MTBF, MTTR, OPEN_FROM, OPEN_UNTIL, OPERATOR, SERVICES};
use crate::scenario::quantity::Dimension::{Amount, Factor, Length, Rate, Speed, Time};

const MODES: &[&str] = &["rail", "sea", "road", "pipeline"];
const MOVEMENTS: &[&str] = &["origin", "destination", "transit", "enters", "leaves"];
const KINDS: &[&str] =
    &["crane", "customs", "border", "documents", "inspection", "gauge-change", "loco-change", "berth", "yard"];

pub(super) static NODE: Format = Format {
    name: "node",
    doc: "A place: terminal, junction, border crossing, port.",
    fields: &[
        Field::may("name", Text, "Name for people; default the id."),
        Field::may("country", Text, "ISO country code."),
        Field::may("locode", Text, "UN/LOCODE."),
        Field::may("lat", Number(-90.0, 90.0), "Degrees north."),
        Field::may("lon", Number(-180.0, 180.0), "Degrees east."),
        Field::or("facility", Things(Thing::Facility, &FACILITY), "{}", "Servers that are passed, in file order."),
        Field::or("storage", Things(Thing::Storage, &STORAGE), "{}", "Yard space where cargo changes mode."),
        Field::or("yard", Things(Thing::Yard, &YARD), "{}", "Where trains are formed and broken up."),
        OPEN_FROM,
        OPEN_UNTIL,
        KEY,
    ],
};

static FACILITY: Format = Format {
    name: "facility",
    doc: "Servers that a train, shipment, unit or vessel passes.",
    fields: &[
        Field::needed("kind", Word(KINDS), "Sets the cause under which its time is booked."),
        Field::needed(
            "servers",
            Either(&[Word(&["unlimited"]), Whole(0, 1_000_000)]),
            "How many at once, or \"unlimited\".",
        ),
        Field::may("time", Random(Time, "constant"), "How long a service takes; or give `rate`."),
        Field::may("rate", Quantity(Rate), "Units or tonnes an hour; or give `time`."),
        Field::or("setup", Quantity(Time), "\"0 h\"", "Fixed part, with `rate`."),
        Field::or(
            "spread",
            Random(Factor, "constant"),
            "{ dist = \"constant\", mean = 1.0 }",
            "Factor of mean 1, with `rate`.",
        ),
        Field::or("per", Word(&["train", "shipment", "unit"]), "\"train\"", "Who is a customer."),
        Field::may("when", OneOrMore(&WHEN), "Which bodies pass it; absent: all."),
        Field::may("order", Whole(i64::MIN, i64::MAX), "Position among the node's facilities; absent: file order."),
        Field::or("at", Word(&["in", "yard", "out", "train"]), "\"yard\"", "Where it stands in a change of mode."),
        Field::or("share", Share(0.0, 1.0), "1.0", "Share of bodies that are served at all."),
        Field::or("advance", Share(0.0, 1.0), "0.0", "Of these, the share done before arrival."),
        Field::or("recognises", List(&FacilityOfNode), "[]", "What passed one of these passes at once."),
        Field::may("together", Text, "Label of facilities done side by side."),
        Field::may("hours", Hours, "Opening hours, UTC; may cross midnight."),
        Field::may("room", Whole(1, 1_000_000_000), "Places with those in service; absent: no limit."),
        Field::or("when-full", Word(&["hold", "divert"]), "\"hold\"", "What happens when `room` is full."),
        MTBF,
        MTTR,
        Field::or("residual", Flag, "false", "A calibrated delay without a mechanism."),
        Field::or("for", Word(&["cargo", "vessel"]), "\"cargo\"", "Who passes it."),
        OPERATOR,
        Field::may("tariff", TARIFF, "What it charges."),
        KEY,
    ],
};

const WHEN: Kind = Either(&[Table(&CONDITION), Word(MOVEMENTS)]);

static CONDITION: Format = Format {
    name: "condition",
    doc: "Which bodies pass; every key that is given must fit.",
    fields: &[
        Field::may("from", Word(MODES), "Mode of the link before."),
        Field::may("to", Word(MODES), "Mode of the link after."),
        Field::may("movement", Word(MOVEMENTS), "How it moves here."),
        Field::may("cargo", CARGOES, "Cargoes."),
        Field::may("service", OneOrMore(&Word(SERVICES)), "Services."),
        Field::may("flow", FLOWS, "Flows."),
    ],
};

static STORAGE: Format = Format {
    name: "storage",
    doc: "Yard space where cargo changes mode.",
    fields: &[
        Field::needed("capacity", Quantity(Amount), "Space in its own unit."),
        Field::may("cargo", CARGOES, "What it holds; absent: every cargo counted in its unit."),
        Field::may("when", OneOrMore(&WHEN), "Which bodies enter it; absent: all. The first that fits is entered."),
        Field::may(
            "stabling",
            Either(&[Word(&["unlimited"]), Quantity(Amount)]),
            "While so much waits outside, nobody takes wagons for it; absent: its capacity; or \"unlimited\".",
        ),
    ],
};

static YARD: Format = Format {
    name: "yard",
    doc: "Where trains are formed and broken up.",
    fields: &[
        Field::needed("train", Quantity(Amount), "Size of a full train."),
        Field::may("max-wait", Quantity(Time), "Longest wait of the first shipment of a train; absent: until full."),
        Field::may("cargo", CARGOES, "What it forms trains of; absent: every cargo counted in the unit of `train`."),
    ],
};

pub(super) static LINK: Format = Format {
    name: "link",
    doc: "A line between two nodes, both directions.",
    fields: &[
        Field::needed("from", Id(Thing::Node), "One end."),
        Field::needed("to", Id(Thing::Node), "The other end."),
        Field::needed("mode", Word(MODES), "Rail, sea, road, pipeline."),
        Field::or("one-way", Flag, "false", "Only from `from` to `to`."),
        Field::may("length", Quantity(Length), "Needed where `time` is absent."),
        Field::may("time", Random(Time, "constant"), "Running time."),
        Field::may(
            "speed",
            Either(&[Map(Keys::Words(SERVICES), &Quantity(Speed)), Quantity(Speed)]),
            "Of all services, or by service.",
        ),
        Field::or(
            "spread",
            Random(Factor, "constant"),
            "{ dist = \"constant\", mean = 1.0 }",
            "Factor of mean 1 on length ÷ speed.",
        ),
        Field::may("paths-per-day", Number(0.0, 1e5), "Trains a day in each direction; absent: no limit."),
        Field::or("other-trains", Number(0.0, 1e5), "0.0", "Paths a day that other traffic takes."),
        Field::may(
            "trains-at-once",
            Whole(1, 1_000_000),
            "Trains on the line, both directions together; absent: no limit.",
        ),
        Field::or("pools", List(&Id(Thing::Pool)), "[]", "Pools taken for it."),
        Field::may(
            "carries",
            CARGOES,
            "Cargoes that may use it; absent: all by rail and sea, none by road and pipeline.",
        ),
        OPEN_FROM,
        OPEN_UNTIL,
        OPERATOR,
        COUNTRY,
        Field::may("tariff", TARIFF, "What it charges."),
        Field::may("emission", EMISSION, "What it emits."),
        KEY,
    ],
};
