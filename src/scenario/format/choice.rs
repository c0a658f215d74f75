//! Choices among routes.

use super::kind::Kind::{Map, Number, Quantity, Share, Word};
use super::kind::{Field, Format, Keys, Kind, Thing};
use super::shared::{FLOWS, KEY};
use crate::scenario::quantity::Dimension::{Price, WorthOfTime};

const SHARE: Kind = Share(0.0, 0.999_999);
const CONSTANT: Kind = Quantity(Price);

pub(super) static CHOICE: Format = Format {
    name: "choice",
    doc: "Shippers choose among the routes of these flows and routes outside the corridor.",
    fields: &[
        Field::needed("flows", FLOWS, "Flows of one cargo and one pair of ends; their volumes are the base shares."),
        Field::or(
            "model",
            Word(&["fixed", "pivot", "logit", "path-size"]),
            "\"pivot\"",
            "How shares follow from costs: not at all, from changes against base shares, or from costs alone.",
        ),
        Field::or("scale", Number(1e-9, 1.0), "0.00085", "Scale of the logit per USD per TEU, or per 14 t."),
        Field::may("value-of-time", Quantity(WorthOfTime), "Median worth of a tonne's day; default 60 USD per 14 t."),
        Field::or(
            "value-of-time-spread",
            Number(1.0, 1000.0),
            "4.0",
            "95th percentile of the value of time over its median.",
        ),
        Field::or(
            "outside",
            Map(Keys::Of(Thing::Outside), &SHARE),
            "{}",
            "Base shares of routes outside the corridor.",
        ),
        Field::or(
            "constant",
            Map(Keys::Any, &CONSTANT),
            "{}",
            "Cost besides charges and time, by flow, FLOW.ROUTE or outside route.",
        ),
        KEY,
    ],
};
