//! Ids, lists of cargoes and flows, paths of things.

use super::Validator;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::scenario::format::Thing;
use crate::scenario::path::{self, Place};
use crate::scenario::tree::{Node, keys};

impl Validator<'_> {
    pub(super) fn id(&mut self, node: &Node, thing: Thing) {
        let Some(id) = node.text() else { return self.wrong_type(node, &format!("the id of a {}", thing.word())) };
        if !self.index.has(thing, id) {
            let known: Vec<String> = self.index.ids(thing).cloned().collect();
            self.dangling(node, &format!("{} `{id}`", thing.word()), id, &known);
        }
    }

    fn dangling(&mut self, node: &Node, what: &str, word: &str, known: &[String]) {
        let message = format!("there is no {what} (in `{}`)", self.name());
        let near = did_you_mean(word, known.iter().map(String::as_str));
        let all = || format!("there are: {}", known.join(", "));
        let help = near.or_else(|| (1..=12).contains(&known.len()).then(all));
        self.push(Diagnostic::error("dangling-id", message, Some(node.span)).maybe_help(help));
    }

    pub(super) fn node_or_link(&mut self, node: &Node) {
        let Some(word) = node.text() else { return self.wrong_type(node, "the id of a node or a link") };
        let (table, id) = match word.split_once('.') {
            Some(("node", id)) => (Some(Thing::Node), id),
            Some(("link", id)) => (Some(Thing::Link), id),
            _ => (None, word),
        };
        let tables: Vec<Thing> =
            [Thing::Node, Thing::Link].into_iter().filter(|&thing| table.is_none_or(|table| table == thing)).collect();
        match tables.iter().filter(|&&thing| self.index.has(thing, id)).count() {
            0 => {
                let known: Vec<String> = tables.iter().flat_map(|&thing| self.index.ids(thing)).cloned().collect();
                let what = tables.iter().map(|thing| thing.word()).collect::<Vec<_>>().join(" or ");
                self.dangling(node, &format!("{what} `{id}`"), id, &known);
            }
            1 => {}
            _ => self.push(
                Diagnostic::error("ambiguous-id", format!("`{id}` is both a node and a link"), Some(node.span))
                    .help(format!("write \"node.{id}\" or \"link.{id}\"")),
            ),
        }
    }

    pub(super) fn cargo_or_unit(&mut self, node: &Node) {
        let Some(word) = node.text() else { return self.wrong_type(node, "a cargo id or a unit") };
        if self.index.cargoes(word).is_empty() {
            let known: Vec<String> =
                self.index.ids(Thing::Cargo).cloned().chain(self.index.units().map(str::to_owned)).collect();
            self.dangling(node, &format!("cargo or unit `{word}`"), word, &known);
        }
    }

    pub(super) fn flow_pattern(&mut self, node: &Node) {
        let Some(pattern) = node.text() else { return self.wrong_type(node, "a flow id, perhaps with `*`") };
        if self.index.flows(pattern).is_empty() {
            let known: Vec<String> = self.index.ids(Thing::Flow).cloned().collect();
            self.dangling(node, &format!("flow `{pattern}`"), pattern, &known);
        }
    }

    pub(super) fn facility_of_node(&mut self, node: &Node) {
        let Some(text) = node.text() else { return self.wrong_type(node, "a text such as \"altynkol.customs\"") };
        let full = text.split_once('.').map(|(place, facility)| ["node", place, "facility", facility]);
        if full.is_none_or(|full| self.root.at(&full).is_none()) {
            let known = self.facilities();
            self.dangling(node, &format!("facility `{text}`"), text, &known);
        }
    }

    fn facilities(&self) -> Vec<String> {
        let nodes = self.root.get("node").and_then(Node::table).into_iter().flatten();
        let of = |id: &String, place: &Node| -> Vec<String> {
            place
                .get("facility")
                .map(|table| table.keys().map(|facility| format!("{id}.{facility}")).collect())
                .unwrap_or_default()
        };
        nodes.flat_map(|(id, place)| of(id, place)).collect()
    }

    pub(super) fn path_of(&mut self, node: &Node, things: &[Thing]) {
        let Some(text) = node.text() else {
            return self.wrong_type(node, "the path of a thing, such as \"node.aktau\"");
        };
        let keys = keys(text);
        if self.root.at(&keys).is_none() {
            let message = format!("there is no `{text}` (in `{}`)", self.name());
            let help = path::suggestion(self.root, &keys);
            return self.push(Diagnostic::error("dangling-id", message, Some(node.span)).maybe_help(help));
        }
        if !things.iter().any(|thing| is_path_of(&keys, *thing)) {
            let words: Vec<&str> = things.iter().map(|thing| thing.word()).collect();
            let message = format!("`{text}` does not fit `{}`", self.name());
            self.push(
                Diagnostic::error("wrong-thing", message, Some(node.span))
                    .help(format!("it wants the path of one of: {}", words.join(", "))),
            );
        }
    }

    /// Timelines: every path leads somewhere. That the values fit is found out when they are set.
    pub(super) fn settings(&mut self, node: &Node) {
        let Some(entries) = node.table() else { return self.wrong_type(node, "a table of parameter paths") };
        for (text, entry) in entries {
            let keys = keys(text);
            let found = path::matches(self.root, &keys, true);
            let may_change =
                !matches!(keys[0].as_str(), "run" | "schema" | "timeline" | "title" | "description" | "measure");
            if found.is_empty() {
                let help = path::suggestion(self.root, &keys);
                self.push(
                    Diagnostic::error(
                        "unknown-path",
                        format!("`{text}` leads to no parameter"),
                        Some(entry.key_span()),
                    )
                    .maybe_help(help),
                );
            } else if !may_change {
                self.push(Diagnostic::error(
                    "wrong-path",
                    format!("`{text}` cannot change on a date"),
                    Some(entry.key_span()),
                ));
            } else if matches!(path::place(&found[0], Some(self.root)), Some(Place::Things(_) | Place::Fields(_))) {
                self.push(Diagnostic::error(
                    "wrong-path",
                    format!("`{text}` is a table, not a parameter"),
                    Some(entry.key_span()),
                ));
            }
        }
    }
}

/// `node.aktau` is the path of a node, `node.aktau.facility.crane` of a facility.
fn is_path_of(keys: &[String], thing: Thing) -> bool {
    match keys {
        [table, _] => table == thing.word(),
        [top, _, table, _] => top == "node" && table == thing.word(),
        _ => false,
    }
}
