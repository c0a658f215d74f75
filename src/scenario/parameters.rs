//! What can be changed, what it is, where it was set and how well it is known.

use super::format::{Format, Keys, Kind, SCENARIO};
use super::load::Loaded;
use super::path::{self, Place};
use super::shape::choose;
use super::spec::Grade;
use super::tree::Node;
use super::write::compact;
use crate::diagnostic::{SourceFiles, SourceKind, Span};

/// A parameter of a resolved scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its path.
    pub path: String,
    /// Its value with its unit, as TOML writes it; a bare quantity where a distribution is only that.
    pub value: String,
    /// What it means, in one line.
    pub doc: &'static str,
    /// How well it is known, if anything says so.
    pub grade: Option<Grade>,
    /// Source id or free text, if any.
    pub source: Option<String>,
    /// Note, if any.
    pub note: Option<String>,
    /// Lowest and highest plausible value as written, if given.
    pub range: Option<String>,
    /// Where it was set: `file:line:column`, `--set …`, or `default`.
    pub place: String,
    /// Whether nobody set it.
    pub is_default: bool,
    /// Whether it is a number, a quantity or a distribution, not a name, a text or a reference.
    pub is_quantity: bool,
}

impl Loaded {
    /// The parameters whose path has the word in it, in the order of the scenario; all for an empty word.
    pub fn parameters(&self, word: &str) -> Vec<Parameter> {
        let mut lister = Lister { sources: &self.sources, found: Vec::new() };
        lister.fields(&self.tree, &SCENARIO, "", &Said::default());
        lister.found.retain(|parameter| parameter.path.contains(word));
        lister.found
    }

    /// Every quantity that somebody wrote, weakest first: without a grade, then C, B, A.
    pub fn assumptions(&self) -> Vec<Parameter> {
        let mut all = self.parameters("");
        all.retain(|parameter| {
            parameter.is_quantity
                && !parameter.is_default
                && !parameter.path.starts_with("period.")
                && parameter.path != "schema"
                && !parameter.path.starts_with("run.")
        });
        all.sort_by_key(|parameter| (parameter.grade.is_some(), std::cmp::Reverse(parameter.grade)));
        all
    }

    /// A parameter, or all that is within a table, with where each was set; empty for a path that leads nowhere.
    pub fn show(&self, path: &str) -> Vec<Parameter> {
        let keys = path::keys(path);
        let within = format!("{path}.");
        let mut all = self.parameters("");
        all.retain(|parameter| parameter.path == path || parameter.path.starts_with(&within));
        if all.is_empty()
            && let Some(node) = self.tree.at(&keys)
        {
            all.extend(self.part_of_a_value(path, &keys, node));
        }
        all
    }

    /// What a misspelt path was probably meant to be.
    pub fn suggestion(&self, path: &str) -> Option<String> {
        path::suggestion(&self.tree, &path::keys(path))
    }

    /// `….time.mean`: a parameter of a distribution.
    fn part_of_a_value(&self, path: &str, keys: &[String], node: &Node) -> Option<Parameter> {
        let (_, above) = keys.split_last()?;
        let mut parameter = self
            .parameters(&above.join("."))
            .into_iter()
            .find(|parameter| path.starts_with(&format!("{}.", parameter.path)))?;
        let is_quantity = matches!(path::place(keys, Some(&self.tree)), Some(Place::Parameter(_)))
            && keys.last().is_some_and(|key| key != "dist");
        path.clone_into(&mut parameter.path);
        Some(Parameter { value: node.to_string(), place: self.sources.place(node.span), is_quantity, ..parameter })
    }
}

/// What the tables above say of a value.
#[derive(Clone, Default)]
struct Said {
    grade: Option<Grade>,
    source: Option<String>,
    note: Option<String>,
    range: Option<String>,
}

impl Said {
    /// With what a table says, which goes before what is said above it.
    fn within(&self, node: &Node, format: &Format) -> Self {
        let get = |key: &str| if format.field(key).is_some() { None } else { node.get(key)?.text().map(str::to_owned) };
        Self {
            grade: get("grade").and_then(|word| grade(&word)).or(self.grade),
            source: get("source").or_else(|| self.source.clone()),
            note: get("note").or_else(|| self.note.clone()),
            range: None,
        }
    }

    /// With what a distribution says of itself.
    fn and_law(&self, law: &Node) -> Self {
        Self { range: self.range.clone(), ..self.within(law, &LAW) }
    }

    fn because(&self, why: Option<&Node>) -> Self {
        let get = |key: &str| why?.get(key)?.text().map(str::to_owned);
        Self {
            grade: get("grade").and_then(|word| grade(&word)).or(self.grade),
            source: get("source").or_else(|| self.source.clone()),
            note: get("note").or_else(|| self.note.clone()),
            range: why.and_then(|why| why.get("range")).map(ToString::to_string),
        }
    }
}

fn grade(word: &str) -> Option<Grade> {
    match word {
        "A" => Some(Grade::A),
        "B" => Some(Grade::B),
        "C" => Some(Grade::C),
        _ => None,
    }
}

struct Lister<'a> {
    sources: &'a SourceFiles,
    found: Vec<Parameter>,
}

impl Lister<'_> {
    fn fields(&mut self, node: &Node, format: &'static Format, path: &str, above: &Said) {
        let said = above.within(node, format);
        for (key, entry) in node.table().into_iter().flatten() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            if let Some(field) = format.field(key) {
                let why = node.get("why").filter(|_| format.field("why").is_none()).and_then(|why| why.get(key));
                self.value(entry, &field.kind, &path, (&said.because(why), field.doc));
            }
        }
    }

    fn value(&mut self, node: &Node, kind: &'static Kind, path: &str, (said, doc): (&Said, &'static str)) {
        match choose(kind, node) {
            Kind::Table(format) if node.table().is_some() => self.fields(node, format, path, said),
            Kind::Things(_, format) => {
                for (id, entry) in node.table().into_iter().flatten() {
                    self.fields(entry, format, &format!("{path}.{id}"), said);
                }
            }
            Kind::Map(keys, of) if *keys != Keys::Any => {
                for (id, entry) in node.table().into_iter().flatten() {
                    self.value(entry, of, &format!("{path}.{id}"), (said, doc));
                }
            }
            chosen @ Kind::Random(..) => self.leaf(node, chosen, path, (&said.and_law(node), doc)),
            chosen => self.leaf(node, chosen, path, (said, doc)),
        }
    }

    fn leaf(&mut self, node: &Node, kind: &'static Kind, path: &str, (said, doc): (&Said, &'static str)) {
        self.found.push(Parameter {
            path: path.to_owned(),
            value: compact(node, kind),
            doc,
            grade: said.grade,
            source: said.source.clone(),
            note: said.note.clone(),
            range: said.range.clone(),
            place: self.sources.place(place(node)),
            is_default: self.sources.kind(node.span.file) == SourceKind::Default,
            is_quantity: is_quantity(kind),
        });
    }
}

/// Where a value was last touched: a changed mean goes before the distribution it is in.
fn place(node: &Node) -> Span {
    node.get("mean").map_or(node.span, |mean| mean.span)
}

/// A distribution, which of all fields may have only provenance.
static LAW: Format = Format { name: "law", doc: "", fields: &[] };

fn is_quantity(kind: &Kind) -> bool {
    match kind {
        Kind::Whole(..) | Kind::Number(..) | Kind::Share(..) | Kind::Quantity(_) | Kind::Random(..) | Kind::Hours => {
            true
        }
        Kind::List(of) | Kind::OneOrMore(of) | Kind::Exactly(_, of) => is_quantity(of),
        Kind::Either(kinds) => kinds.iter().any(is_quantity),
        _ => false,
    }
}
