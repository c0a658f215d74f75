//! What can be changed, what it is, where it was set and how well it is known.

use super::format::Kind;
use super::leaves::{Leaf, leaves};
use super::literal::Literal;
use super::path::{self, Place};
use super::reading::Reading;
use super::shape::choose;
use super::tree::{Node, keys};
use super::types::Grade;
use super::write::compact;
use crate::diagnostic::{SourceKind, Span};

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

impl Parameter {
    /// Its value, taken apart.
    pub fn literal(&self) -> Literal {
        Literal::of(&self.value)
    }

    /// Whether another has the same value, as well known; they may stand in different places.
    pub fn is_said_alike(&self, other: &Self) -> bool {
        let said = |of: &Self| {
            (of.path.clone(), of.value.clone(), of.range.clone(), of.grade, of.source.clone(), of.note.clone())
        };
        said(self) == said(other)
    }

    /// Whether it is a quantity that somebody wrote of the corridor, and not of how it is simulated, sourced or drawn on maps.
    fn is_assumption(&self) -> bool {
        const OTHERS: [&str; 4] = ["run.", "period.", "slider.", "source."];
        let is_other = self.path == "schema" || OTHERS.iter().any(|part| self.path.starts_with(part));
        let is_shape = matches!(self.path.split('.').collect::<Vec<_>>()[..], ["link", _, "shape"]);
        self.is_quantity && !self.is_default && !is_other && !is_shape
    }
}

impl Reading {
    /// The parameters whose path has the word in it, in the order of the scenario; all for an empty word.
    pub fn parameters(&self, word: &str) -> Vec<Parameter> {
        let mut found = Vec::new();
        leaves(&self.tree, &mut |leaf| {
            if leaf.path.contains(word) {
                found.push(self.parameter(leaf));
            }
        });
        found
    }

    fn parameter(&self, leaf: &Leaf<'_>) -> Parameter {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Parameter {
            path: leaf.path.to_owned(),
            value: compact(leaf.node, leaf.kind),
            doc: leaf.doc,
            grade: leaf.said.grade,
            source: owned(leaf.said.source),
            note: owned(leaf.said.note),
            range: leaf.said.range.map(ToString::to_string),
            place: self.sources.place(place(leaf.node)),
            is_default: self.sources.kind(leaf.node.span.file) == SourceKind::Default,
            is_quantity: is_quantity(choose(leaf.kind, leaf.node)),
        }
    }

    /// The parameters, the parts of distributions and of amounts by period one by one.
    pub fn single_values(&self) -> Vec<Parameter> {
        self.parameters("").into_iter().flat_map(|parameter| self.parts(parameter)).collect()
    }

    /// A parameter, or its parts where it has any that can be set by themselves.
    fn parts(&self, parameter: Parameter) -> Vec<Parameter> {
        let mut at = keys(&parameter.path);
        let table = self.tree.at(&at).and_then(Node::table).filter(|_| parameter.value.starts_with('{'));
        at.push(String::new());
        let mut parts = Vec::new();
        for (key, node) in table.into_iter().flatten().filter(|(key, _)| *key != "dist") {
            if let Some(last) = at.last_mut() {
                key.clone_into(last);
            }
            if matches!(path::place(&at, Some(&self.tree)), Some(Place::Parameter(_))) {
                let path = format!("{}.{key}", parameter.path);
                let range = parameter.range.clone().filter(|_| key == "mean");
                parts.push(Parameter { path, value: node.to_string(), range, ..parameter.clone() });
            }
        }
        if parts.is_empty() { vec![parameter] } else { parts }
    }

    /// Every quantity that somebody wrote, weakest first: without a grade, then C, B, A.
    pub fn assumptions(&self) -> Vec<Parameter> {
        weakest_first(self.parameters(""))
    }

    /// The same, the parts of distributions and of amounts by period one by one.
    pub fn single_assumptions(&self) -> Vec<Parameter> {
        weakest_first(self.single_values())
    }

    /// A parameter, or all that is within a table, with where each was set; empty for a path that leads nowhere.
    pub fn show(&self, path: &str) -> Vec<Parameter> {
        let keys = keys(path);
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
        path::suggestion(&self.tree, &keys(path))
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

/// Those that are assumptions, weakest first.
fn weakest_first(mut all: Vec<Parameter>) -> Vec<Parameter> {
    all.retain(Parameter::is_assumption);
    all.sort_by_key(|parameter| (parameter.grade.is_some(), std::cmp::Reverse(parameter.grade)));
    all
}

/// Where a value was last touched: a changed mean goes before the distribution it is in.
fn place(node: &Node) -> Span {
    node.get("mean").map_or(node.span, |mean| mean.span)
}

fn is_quantity(kind: &Kind) -> bool {
    match kind {
        Kind::Whole(..)
        | Kind::Number(..)
        | Kind::Share(..)
        | Kind::Quantity(_)
        | Kind::Random(..)
        | Kind::Series
        | Kind::Hours => true,
        Kind::List(of) | Kind::OneOrMore(of) | Kind::Exactly(_, of) => is_quantity(of),
        Kind::Either(kinds) => kinds.iter().any(is_quantity),
        _ => false,
    }
}
