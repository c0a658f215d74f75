//! Every value of a tree, with what the scenario says of it.

use super::format::{Format, Keys, Kind};
use super::shape::choose;
use super::tree::Node;
use super::types::Grade;
use super::types::SCENARIO;

/// A value that has a path of its own.
pub(super) struct Leaf<'a> {
    /// Its path.
    pub(super) path: &'a str,
    /// The value.
    pub(super) node: &'a Node,
    /// What the format lets it be.
    pub(super) kind: &'static Kind,
    /// What it is where nobody writes it, as TOML.
    pub(super) default: Option<&'static str>,
    /// What it means, in one line.
    pub(super) doc: &'static str,
    /// Where it comes from.
    pub(super) said: Said<'a>,
}

/// What tables, distributions and `why` say of a value; what is nearer goes before what is farther above.
#[derive(Clone, Copy, Default)]
pub(super) struct Said<'a> {
    pub(super) grade: Option<Grade>,
    pub(super) source: Option<&'a str>,
    pub(super) note: Option<&'a str>,
    /// Name of the values that are wrong together with it.
    pub(super) vary_with: Option<&'a str>,
    /// Lowest and highest plausible value.
    pub(super) range: Option<&'a Node>,
}

/// Shows all values of a tree, in its order.
pub(super) fn leaves(tree: &Node, see: &mut dyn FnMut(&Leaf<'_>)) {
    Walk { see }.fields(tree, SCENARIO, "", Said::default());
}

impl<'a> Said<'a> {
    /// With what a table says.
    fn within(self, node: &'a Node, format: &Format) -> Self {
        let get = |key: &str| if format.field(key).is_some() { None } else { node.get(key) };
        let text = |key: &str| get(key)?.text();
        Self {
            grade: get("grade").and_then(Grade::read).or(self.grade),
            source: text("source").or(self.source),
            note: text("note").or(self.note),
            vary_with: text("vary-with").or(self.vary_with),
            range: None,
        }
    }

    /// With what a distribution says of itself.
    fn and_law(self, law: &'a Node) -> Self {
        Self { range: self.range, ..self.within(law, &LAW) }
    }

    /// With what `why` says of a key.
    fn because(self, why: Option<&'a Node>) -> Self {
        let text = |key: &str| why?.get(key)?.text();
        Self {
            grade: why.and_then(|why| Grade::read(why.get("grade")?)).or(self.grade),
            source: text("source").or(self.source),
            note: text("note").or(self.note),
            vary_with: self.vary_with,
            range: why.and_then(|why| why.get("range")),
        }
    }
}

/// A distribution, which of all fields may have only provenance.
static LAW: Format = Format { name: "law", doc: "", fields: &[] };

struct Walk<'s> {
    see: &'s mut dyn FnMut(&Leaf<'_>),
}

/// A field that is being looked into.
#[derive(Clone, Copy)]
struct At<'a> {
    default: Option<&'static str>,
    doc: &'static str,
    said: Said<'a>,
}

impl Walk<'_> {
    fn fields(&mut self, node: &Node, format: &'static Format, path: &str, above: Said<'_>) {
        let said = above.within(node, format);
        for (key, entry) in node.table().into_iter().flatten() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            if let Some(field) = format.field(key) {
                let why = node.get("why").filter(|_| format.field("why").is_none()).and_then(|why| why.get(key));
                let at = At { default: field.default, doc: field.doc, said: said.because(why) };
                self.value(entry, &field.kind, &path, at);
            }
        }
    }

    fn value(&mut self, node: &Node, kind: &'static Kind, path: &str, at: At<'_>) {
        match choose(kind, node) {
            Kind::Table(format) if node.table().is_some() => self.fields(node, format, path, at.said),
            Kind::Things(_, format) => {
                for (id, entry) in node.table().into_iter().flatten() {
                    self.fields(entry, format, &format!("{path}.{id}"), at.said);
                }
            }
            Kind::Map(keys, of) if *keys != Keys::Any => {
                for (id, entry) in node.table().into_iter().flatten() {
                    self.value(entry, of, &format!("{path}.{id}"), At { default: None, ..at });
                }
            }
            Kind::Random(..) => self.leaf(node, kind, path, At { said: at.said.and_law(node), ..at }),
            _ => self.leaf(node, kind, path, at),
        }
    }

    fn leaf(&mut self, node: &Node, kind: &'static Kind, path: &str, At { default, doc, said }: At<'_>) {
        (self.see)(&Leaf { path, node, kind, default, doc, said });
    }
}
