//! Tariffs, emissions, outside routes, the price of a measure.

use super::kind::Kind::{Either, Flag, List, Map, OneOrMore, Quantity, Random, Table, Text, Whole, Word};
use super::kind::{Field, Format, Keys, Kind};
use super::shared::{CARGOES, SERVICES};
use crate::scenario::quantity::Dimension::{Age, Emission, Length, Money, MoneyRate, Price, Time};

/// `tariff`.
pub(super) const TARIFF: Kind = OneOrMore(&Either(&[Table(&CHARGE), Quantity(Price)]));
/// `emission`.
pub(super) const EMISSION: Kind = OneOrMore(&Either(&[Table(&GRAMS), Quantity(Emission)]));

const COST: Kind = Quantity(Price);
const TIME: Kind = Random(Time, "constant");

static CHARGE: Format = Format {
    name: "charge",
    doc: "One line of a tariff.",
    fields: &[
        Field::needed("charge", Quantity(Price), "The price."),
        Field::may("cargo", CARGOES, "Cargoes, if not all."),
        Field::may("service", OneOrMore(&Word(SERVICES)), "Services, if not all."),
        Field::may("direction", Word(&["forth", "back"]), "From the link's `from` to its `to`, or back; absent: both."),
    ],
};

static GRAMS: Format = Format {
    name: "grams",
    doc: "One line of an emission.",
    fields: &[
        Field::needed("emission", Quantity(Emission), "Grams a net tonne-kilometre."),
        Field::may("cargo", CARGOES, "Cargoes, if not all."),
    ],
};

pub(super) static OUTSIDE: Format = Format {
    name: "outside",
    doc: "A route that is not simulated.",
    fields: &[
        Field::needed("cost", COST, "Cost a unit or a tonne, in every year that `costs` does not name."),
        Field::or("costs", Map(Keys::Any, &COST), "{}", "Cost by calendar year; that of `run.start` is simulated."),
        Field::needed("time", TIME, "Time with its spread, in every year that `times` does not name."),
        Field::or("times", Map(Keys::Any, &TIME), "{}", "Time by calendar year; that of `run.start` is simulated."),
        Field::may("length", Quantity(Length), "Length, for what is charged or emitted by the kilometre."),
        Field::may("emission", Quantity(Emission), "Grams a net tonne-kilometre."),
        Field::or("open", Flag, "true", "Whether it can be used."),
        Field::or("what", Text, "\"\"", "What it is, for the reader."),
    ],
};

pub(super) static MEASURE: Format = Format {
    name: "measure",
    doc: "What a what-if costs and who acts.",
    fields: &[
        Field::may("capex", Quantity(Money), "Investment."),
        Field::may("opex", Quantity(MoneyRate), "Running cost a year."),
        Field::may("life", Quantity(Age), "Years of use."),
        Field::may("ready", Whole(1900, 2200), "Year in which it can be ready."),
        Field::or("requires", List(&Text), "[]", "Overlays that it needs."),
        Field::or("excludes", List(&Text), "[]", "Overlays that it rules out."),
        Field::may("who", Text, "Who acts."),
    ],
};
