//! The check of every key and value against the format: all findings at once.

mod provenance;
mod quantities;
mod reference;
mod scalars;
mod texts;

pub(super) use provenance::ranged;

use super::format::{Allowed, Field, Format, Keys, Kind, Thing};
use super::index::Index;
use super::shape::choose;
use super::tree::{Node, Value, is_bare};
use super::types::{PROVENANCE, SCENARIO};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean};

/// Checks a whole tree against the format.
pub(super) fn validate(root: &Node, index: &Index, found: &mut Diagnostics) {
    texts::texts("", root, found);
    let mut validator = Validator { root, index, found, path: Vec::new() };
    validator.table(root, SCENARIO);
}

/// Whether a key stands in the place of another.
fn replaces(format: &Format, key: &str, other: &str) -> bool {
    format.replaced_by(key).contains(&other)
}

/// How a value that may be written in several ways is written.
fn form(key: &str) -> Option<String> {
    let once = "[\"2024-11-01\", \"2024-11-15\"]";
    (key == "window").then(|| {
        format!("window = {once}, from and until; several: window = [{once}, [\"2024-12-01\", \"2024-12-03\"]]")
    })
}

/// What would fit in place of an id, and where a name in the user's letters goes.
fn id_help(id: &str, thing: Thing, format: &Format) -> String {
    let rule = "ids are Latin letters, digits, `-` and `_`";
    if id.is_ascii() || format.field("name").is_none() {
        return rule.to_owned();
    }
    format!("{rule}; for people write name = \"{id}\" in the {} with such an id", thing.word())
}

struct Validator<'a> {
    root: &'a Node,
    index: &'a Index,
    found: &'a mut Diagnostics,
    path: Vec<String>,
}

impl Validator<'_> {
    fn value(&mut self, node: &Node, kind: &'static Kind) {
        if let (Kind::Either(alternatives), Kind::Word(words), Some(text)) = (kind, choose(kind, node), node.text())
            && !words.iter().any(|allowed| allowed.word == text)
            && did_you_mean(text, Allowed::words(words)).is_none()
        {
            return self.no_alternative(node, alternatives);
        }
        match choose(kind, node) {
            Kind::Table(format) => self.table(node, format),
            Kind::Things(thing, format) => self.things(node, *thing, format),
            Kind::Map(keys, of) => self.map(node, *keys, of),
            Kind::List(of) => self.list(node, of),
            Kind::OneOrMore(of) => self.one_or_more(node, of),
            Kind::Exactly(count, of) => self.exactly(node, *count, of),
            Kind::Either(alternatives) => self.no_alternative(node, alternatives),
            Kind::Random(dimension, _) => self.law(node, *dimension),
            Kind::Quantity(dimension) => self.quantity(node, *dimension),
            Kind::Share(least, most) => self.share(node, *least, *most),
            Kind::Id(thing) => self.id(node, *thing),
            Kind::NodeOrLink => self.node_or_link(node),
            Kind::CargoOrUnit => self.cargo_or_unit(node),
            Kind::FlowPattern => self.flow_pattern(node),
            Kind::FacilityOfNode => self.facility_of_node(node),
            Kind::PathOf(things) => self.path_of(node, things),
            Kind::Series => self.series(node),
            Kind::Settings => self.settings(node),
            Kind::Other => {}
            scalar => self.scalar(node, scalar),
        }
    }

    fn table(&mut self, node: &Node, format: &'static Format) {
        let Some(entries) = node.table() else { return self.wrong_type(node, "a table") };
        for (key, entry) in entries {
            self.path.push(key.clone());
            match format.field(key).or_else(|| PROVENANCE.field(key)) {
                Some(field) if field.key == "why" => self.why(entry, format),
                Some(field) => self.value(entry, &field.kind),
                None => self.unknown_key(key, entry, format),
            }
            self.path.pop();
        }
        self.rivals(node, format);
        let stands = |field: &Field| format.stand_in(field.key, node.keys()).is_some();
        let absent = |field: &&Field| field.required && !entries.contains_key(field.key) && !stands(field);
        for field in format.fields.iter().filter(absent) {
            self.missing(node, field.key, field.doc);
        }
    }

    /// Keys of which one stands in the place of the other.
    fn rivals(&mut self, node: &Node, format: &'static Format) {
        for (key, entry) in node.table().into_iter().flatten() {
            // Where each stands in the place of the other, one of them tells it.
            let both =
                |other: &&str| node.get(other).is_some() && (*other < key.as_str() || !replaces(format, other, key));
            for other in format.replaced_by(key).iter().copied().filter(|other| both(other)) {
                let message = format!("{} has both `{other}` and `{key}`", self.place());
                let help = "give one of them; what a later file gives takes the place of the other";
                self.push(Diagnostic::error("two-ways", message, Some(entry.key_span())).help(help));
            }
        }
    }

    fn things(&mut self, node: &Node, thing: Thing, format: &'static Format) {
        let Some(entries) = node.table() else { return self.wrong_type(node, "a table of things by id") };
        for (id, entry) in entries {
            self.path.push(id.clone());
            if !is_bare(id) {
                let message = format!("`{id}` cannot be the id of a {}", thing.word());
                self.push(Diagnostic::error("id", message, Some(entry.key_span())).help(id_help(id, thing, format)));
            }
            if id.chars().count() > scalars::MOST_IN_ID {
                let message = format!("the id of a {} has {} characters", thing.word(), id.chars().count());
                let help = format!("at most {}", scalars::MOST_IN_ID);
                self.push(Diagnostic::error("too-long", message, Some(entry.key_span())).help(help));
            }
            self.table(entry, format);
            self.path.pop();
        }
    }

    fn map(&mut self, node: &Node, keys: Keys, of: &'static Kind) {
        let Some(entries) = node.table() else { return self.wrong_type(node, "a table") };
        for (key, entry) in entries {
            self.path.push(key.clone());
            let word = Node { value: Value::Text(key.clone()), span: entry.key_span(), key: None };
            match keys {
                Keys::Any => {}
                Keys::Of(thing) => self.id(&word, thing),
                Keys::CargoOrUnit => self.cargo_or_unit(&word),
                Keys::Words(words) => self.word(&word, &Allowed::words(words)),
            }
            self.value(entry, of);
            self.path.pop();
        }
    }

    fn list(&mut self, node: &Node, of: &'static Kind) {
        match node.list() {
            Some(items) => items.iter().for_each(|item| self.value(item, of)),
            None => self.wrong_type(node, "a list"),
        }
    }

    fn one_or_more(&mut self, node: &Node, of: &'static Kind) {
        if node.items().is_empty() {
            let message = format!("`{}` is an empty list", self.name());
            self.push(
                Diagnostic::error("wrong-length", message, Some(node.span))
                    .help("leave the key out, or name one at least"),
            );
        }
        node.items().iter().for_each(|item| self.value(item, of));
    }

    fn exactly(&mut self, node: &Node, count: usize, of: &'static Kind) {
        match node.list() {
            Some(items) if items.len() == count => items.iter().for_each(|item| self.value(item, of)),
            Some(items) => {
                let message = format!("`{}` has {} elements, not {count}", self.name(), items.len());
                self.push(Diagnostic::error("wrong-length", message, Some(node.span)));
            }
            None => self.wrong_type(node, &format!("a list of {count}")),
        }
    }

    fn no_alternative(&mut self, node: &Node, alternatives: &'static [Kind]) {
        let names: Vec<String> = alternatives.iter().map(Kind::expected).collect();
        let message = format!("`{}` is {}, but {} is wanted", self.name(), node.value.what(), names.join(", or "));
        let help = self.path.last().and_then(|key| form(key));
        self.push(Diagnostic::error("wrong-type", message, Some(node.span)).maybe_help(help));
    }

    fn unknown_key(&mut self, key: &str, entry: &Node, format: &'static Format) {
        let known: Vec<&str> = format.fields.iter().chain(PROVENANCE.fields).map(|field| field.key).collect();
        let place = self.place_above();
        let near = did_you_mean(key, known.iter().copied());
        let all = format!("known here: {}", format.fields.iter().map(|field| field.key).collect::<Vec<_>>().join(", "));
        let message = format!("unknown key `{key}` in {place}");
        self.push(Diagnostic::error("unknown-key", message, Some(entry.key_span())).help(near.unwrap_or(all)));
    }

    fn missing(&mut self, node: &Node, key: &str, doc: &str) {
        let message = format!("`{key}` is missing in {}", self.place());
        self.push(Diagnostic::error("missing-key", message, Some(node.key_span())).help(format!("{key}: {doc}")));
    }

    fn wrong_type(&mut self, node: &Node, wanted: &str) {
        let message = format!("`{}` is {}, but {wanted} is wanted", self.name(), node.value.what());
        self.push(Diagnostic::error("wrong-type", message, Some(node.span)));
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn name(&self) -> String {
        self.path.join(".")
    }

    fn place(&self) -> String {
        if self.path.is_empty() { "the scenario".to_owned() } else { format!("`{}`", self.name()) }
    }

    fn place_above(&self) -> String {
        match self.path.split_last() {
            Some((_, above)) if !above.is_empty() => format!("`{}`", above.join(".")),
            _ => "the scenario".to_owned(),
        }
    }
}
