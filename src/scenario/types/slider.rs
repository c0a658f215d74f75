//! `[slider.ID]`: what readers of the live page may move.

use indexmap::IndexMap;

use crate::scenario::declare::{table, value};
use crate::scenario::format::Kind::{Exactly, Flag, Map, OneOrMore, Other, Text};
use crate::scenario::format::{Allowed, Keys};
use crate::scenario::tree::Node;

/// Languages in which a slider may have a name besides its own.
const LANGUAGES: &[Allowed] = &[Allowed::new("en", "English."), Allowed::new("ru", "Russian.")];

table! {
    /// A slider or a switch of the live page: what of the scenario its readers may move, and between which values.
    pub Slider "slider" {
        /// What people read beside it.
        "name" needed(Text) => name: String = need(value::text);
        /// The same in other languages.
        "names" may(Map(Keys::Words(LANGUAGES), &Text)) => names: IndexMap<String, String> = map(value::text);
        /// The parameter that it sets. A switch and one with `factor` may have several, and `*` in them.
        "path" needed(OneOrMore(&Text)) => path: Vec<String> = some(value::text);
        /// Its least and its greatest value, in the unit of the parameter; with `factor` shares of today's value.
        "range" may(Exactly(2, &Other)) => range: Vec<Node> = each(kept);
        /// The distance of two values.
        "step" may(Other) => step: Option<Node> = may(kept);
        /// Whether it multiplies what stands there, by `"50 %"` to `"150 %"`, instead of setting it.
        "factor" or(Flag, "false") => factor: bool = need(value::flag);
        /// What a switch sets while it is on; a switch has neither `range` nor `step`.
        "on" may(Other) => on: Option<Node> = may(kept);
    }
}

/// A value that is read with a view to the parameter.
#[expect(clippy::unnecessary_wraps, reason = "it stands among readers that may fail")]
fn kept(node: &Node) -> Option<Node> {
    Some(node.clone())
}
