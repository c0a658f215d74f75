//! Files, their includes and what they extend, as one tree.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::files::{FileError, MOST_BYTES, text};
use super::library::{Embedded, by_name, stem};
use super::merge::{add_part, overlay};
use super::origin::Origin;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, SourceFiles, SourceKind, Span, nearest};
use crate::scenario::change::{self, ChangeReport};
use crate::scenario::tree::{Node, Value};
use crate::scenario::{normalise, read};

/// A text that is laid over a scenario without being a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// What it is shown as in findings.
    pub name: String,
    /// TOML, as in a file that extends a scenario; without `[[change]]`, for which there are settings.
    pub text: String,
}

/// Where a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// A path of the files.
    Path(String),
    /// A path within the embedded folder.
    Embedded(&'static str),
}

impl Location {
    fn path(&self) -> &str {
        match self {
            Self::Path(path) => path,
            Self::Embedded(path) => path,
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Path(path) => path.clone(),
            Self::Embedded(path) => format!("embedded:{path}"),
        }
    }
}

/// Longest chain of overlays and of includes.
const MOST_LEVELS: usize = 32;

pub(super) struct Resolver<'a> {
    origin: &'a Origin,
    pub(super) sources: SourceFiles,
    pub(super) found: Diagnostics,
    pub(super) defaults: FileId,
    pub(super) changes: Vec<ChangeReport>,
    /// What is being read, to see circles.
    stack: Vec<Location>,
    /// Scenarios and overlays that stand in the tree.
    resolved: Vec<Location>,
    /// Parts that stand in the scenario or overlay that is being read: each is read once.
    included: BTreeSet<String>,
    /// The folder that includes must not leave.
    root: String,
    /// Bytes read so far.
    bytes: u64,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(origin: &'a Origin) -> Self {
        let mut sources = SourceFiles::default();
        let defaults = defaults_source(&mut sources);
        Self {
            origin,
            sources,
            found: Diagnostics::default(),
            defaults,
            changes: Vec::new(),
            stack: Vec::new(),
            resolved: Vec::new(),
            included: BTreeSet::new(),
            root: String::new(),
            bytes: 0,
        }
    }

    /// The scenarios that stand below the last in the tree, the nearest first.
    pub(super) fn extended_scenarios(&self) -> Vec<String> {
        let names = self.resolved.iter().rev().skip(1).map(|location| match location {
            Location::Path(path) => path.clone(),
            Location::Embedded(path) => path.strip_suffix(".toml").unwrap_or(path).to_owned(),
        });
        names.collect()
    }

    /// An embedded name, or a path.
    pub(super) fn locate(&mut self, name: &str) -> Option<Location> {
        let is_file = std::path::Path::new(name).extension().is_some_and(|ending| ending == "toml");
        if !is_file && let Some(file) = by_name(self.origin.embedded, name) {
            return Some(Location::Embedded(file.path));
        }
        let candidates = [name.to_owned(), format!("{name}.toml")];
        if let Some(path) = candidates.iter().find(|path| self.origin.files.has(path)) {
            return Some(Location::Path(clean(path).unwrap_or_else(|| path.clone())));
        }
        let near = near_scenario(self.origin.embedded, name);
        // What is wrong with a path, reading it will say.
        if is_file || near.is_none() && name != stem(name) {
            return Some(Location::Path(name.to_owned()));
        }
        let message = format!("there is no scenario `{name}`, embedded or as a file");
        self.found.push(Diagnostic::error("missing-file", message, None).maybe_help(near));
        None
    }

    /// Reads a file with all that it includes and extends, its changes applied.
    pub(super) fn resolve(&mut self, location: &Location, from: Option<Span>) -> Option<Node> {
        let text = self.text(location, from)?;
        self.resolve_text(&text, location)
    }

    /// The same for a text that is at hand.
    pub(super) fn resolve_text(&mut self, text: &str, location: &Location) -> Option<Node> {
        if self.stack.is_empty() {
            folder(location.path()).clone_into(&mut self.root);
        }
        if text.len() as u64 > MOST_BYTES {
            let message = FileError::TooLarge(location.shown()).to_string();
            self.found.push(Diagnostic::error("file", message, None));
            return None;
        }
        self.stack.push(location.clone());
        let mut tree = self.with_parts(text, location);
        let extends = take(&mut tree, "extends");
        if let Some(extends) = extends {
            tree = self.extended(tree, &extends, location);
        }
        self.apply_changes(&mut tree);
        self.stack.pop();
        self.resolved.push(location.clone());
        Some(tree)
    }

    /// Lays a text over what was resolved.
    pub(super) fn overlaid(&mut self, mut base: Node, over: &Overlay) -> Node {
        let file = self.sources.add(&over.name, &over.text, SourceKind::Setting);
        let tree = read::read(&over.text, file, &mut self.found);
        overlay(&mut base, tree);
        base
    }

    /// Puts an overlay on a tree; what it extends is put on first, unless that stands in the tree already.
    pub(super) fn put_on(&mut self, mut base: Node, location: &Location) -> Option<Node> {
        if self.resolved.contains(location) {
            return Some(base);
        }
        let text = self.text(location, None)?;
        folder(location.path()).clone_into(&mut self.root);
        self.stack.push(location.clone());
        let mut tree = self.with_parts(&text, location);
        let Some(extends) = take(&mut tree, "extends") else {
            let message = format!("`{}` extends nothing: it is a scenario and no overlay", location.shown());
            self.found.push(Diagnostic::error("extends", message, None));
            return None;
        };
        let below = self.base(&extends, location).filter(|below| self.may_enter(below, extends.span))?;
        base = self.put_on(base, &below)?;
        let changes = take(&mut tree, "change");
        take(&mut base, "measure");
        // The scenario keeps its own names.
        for key in ["title", "description"] {
            take(&mut tree, key);
        }
        overlay(&mut base, tree);
        if let (Some(changes), Some(entries)) = (changes, base.table_mut()) {
            entries.insert("change".to_owned(), changes);
        }
        self.apply_changes(&mut base);
        self.stack.pop();
        self.resolved.push(location.clone());
        Some(base)
    }

    /// A scenario or an overlay with its parts, each read once however many files name it.
    fn with_parts(&mut self, text: &str, location: &Location) -> Node {
        let outer = std::mem::take(&mut self.included);
        let tree = self.with_includes(text, location);
        self.included = outer;
        tree
    }

    fn with_includes(&mut self, text: &str, location: &Location) -> Node {
        let file = self.sources.add(location.shown(), text, SourceKind::File);
        let mut tree = read::read(text, file, &mut self.found);
        for part in take(&mut tree, "include").iter().flat_map(Node::items) {
            if let Some(part) = self.part(part, location) {
                add_part(&mut tree, part, &self.sources, &mut self.found);
            }
        }
        tree
    }

    fn part(&mut self, named: &Node, from: &Location) -> Option<Node> {
        let location = self.beside(named, from)?;
        if !self.may_enter(&location, named.span) || !self.included.insert(self.identity(&location)) {
            return None;
        }
        let text = self.text(&location, Some(named.span))?;
        self.stack.push(location.clone());
        let mut part = self.with_includes(&text, &location);
        self.stack.pop();
        if let Some(extends) = take(&mut part, "extends") {
            let message = "a part cannot extend a scenario";
            self.found.push(
                Diagnostic::error("extends", message, Some(extends.key_span()))
                    .help("write `extends` in the file that includes it"),
            );
        }
        Some(part)
    }

    fn extended(&mut self, tree: Node, named: &Node, from: &Location) -> Node {
        let Some(location) = self.base(named, from).filter(|location| self.may_enter(location, named.span)) else {
            return tree;
        };
        let Some(mut base) = self.resolve(&location, Some(named.span)) else { return tree };
        // What a measure costs belongs to the overlay that is the measure.
        take(&mut base, "measure");
        overlay(&mut base, tree);
        base
    }

    /// A file beside this one, or an embedded name.
    fn base(&mut self, named: &Node, from: &Location) -> Option<Location> {
        let name = self.file_name(named)?;
        match by_name(self.origin.embedded, name) {
            Some(file) => Some(Location::Embedded(file.path)),
            _ if !name.contains(['/', '.']) && !matches!(from, Location::Path(_)) => self.no_file(name, named.span),
            _ => self.beside(named, from).and_then(|location| match &location {
                Location::Path(path) if !name.contains(['/', '.']) && !self.origin.files.has(path) => {
                    self.no_file(name, named.span)
                }
                _ => Some(location),
            }),
        }
    }

    fn file_name<'n>(&mut self, named: &'n Node) -> Option<&'n str> {
        if named.text().is_none() {
            self.found.push(Diagnostic::error(
                "wrong-type",
                format!("{} is no file name", named.value.what()),
                Some(named.span),
            ));
        }
        named.text()
    }

    /// A path relative to the file that names it, within the scenario's folder.
    fn beside(&mut self, named: &Node, from: &Location) -> Option<Location> {
        let name = self.file_name(named)?;
        let is_below = !name.starts_with('\\') && !name.contains(':') && !name.contains("..");
        if name.contains('\\') && is_below && !self.origin.anywhere {
            let message = format!("`{}` has a backslash in the name of a file", name.escape_debug());
            let help = format!("folders are parted by `/` on every system: {:?}", name.replace('\\', "/"));
            self.found.push(Diagnostic::error("missing-file", message, Some(named.span)).help(help));
            return None;
        }
        let path = clean(&format!("{}{name}", folder(from.path())));
        let is_absolute = name.starts_with(['/', '\\']) || name.contains(':') || name.contains('\\');
        let path = if is_absolute { self.origin.anywhere.then(|| name.to_owned()) } else { path };
        // Texts that come with the program name each other only, wherever the scenario that leads to them is.
        let is_embedded = matches!(from, Location::Embedded(_));
        let is_free = is_embedded || self.origin.anywhere;
        let within = path.as_deref().is_some_and(|path| is_free || self.is_within(path));
        if !within {
            let message = format!("`{name}` is outside the folder of the scenario");
            self.found.push(
                Diagnostic::error("outside-folder", message, Some(named.span))
                    .help("put the file into the scenario's folder, or let the command read it with --anywhere"),
            );
            return None;
        }
        match from {
            Location::Path(_) => path.map(Location::Path),
            Location::Embedded(_) => {
                match self.origin.embedded.iter().find(|file| Some(file.path) == path.as_deref()) {
                    Some(file) => Some(Location::Embedded(file.path)),
                    None => self.no_file(name, named.span),
                }
            }
        }
    }

    /// Within the folder of the scenario by its name, and by where links lead.
    fn is_within(&self, path: &str) -> bool {
        let below = path.strip_prefix(&self.root).is_some_and(|rest| rest != ".." && !rest.starts_with("../"));
        below && self.origin.files.is_below(path, &self.root)
    }

    fn identity(&self, location: &Location) -> String {
        match location {
            Location::Path(path) => self.origin.files.identity(path),
            Location::Embedded(_) => location.shown(),
        }
    }

    fn no_file<T>(&mut self, name: &str, span: Span) -> Option<T> {
        self.found.push(
            Diagnostic::error("missing-file", format!("there is no file `{name}`"), Some(span))
                .maybe_help(near_scenario(self.origin.embedded, name)),
        );
        None
    }

    fn may_enter(&mut self, location: &Location, span: Span) -> bool {
        let own = self.identity(location);
        let is_circle = self.stack.iter().any(|open| self.identity(open) == own);
        if is_circle {
            let chain: Vec<String> = self.stack.iter().chain([location]).map(Location::shown).collect();
            self.found.push(Diagnostic::error(
                "circle",
                format!("files include or extend each other in a circle: {}", chain.join(" → ")),
                Some(span),
            ));
        } else if self.stack.len() >= MOST_LEVELS {
            self.found.push(Diagnostic::error(
                "circle",
                format!("more than {MOST_LEVELS} files extend or include each other"),
                Some(span),
            ));
        }
        !is_circle && self.stack.len() < MOST_LEVELS
    }

    fn text(&mut self, location: &Location, from: Option<Span>) -> Option<String> {
        let read = match location {
            Location::Path(path) => self.origin.files.read(path).and_then(|bytes| {
                self.bytes += bytes.len() as u64;
                let fits = self.bytes <= MOST_BYTES;
                if fits { text(path, bytes) } else { Err(FileError::TooLarge(path.clone())) }
            }),
            Location::Embedded(path) => {
                let file = self.origin.embedded.iter().find(|file| file.path == *path);
                file.map(|file| file.text.to_owned()).ok_or_else(|| FileError::Missing((*path).to_owned()))
            }
        };
        read.map_err(|error| {
            let code = if matches!(error, FileError::Missing(_)) { "missing-file" } else { "file" };
            self.found.push(Diagnostic::error(code, error.to_string(), from));
        })
        .ok()
    }

    fn apply_changes(&mut self, tree: &mut Node) {
        let Some(changes) = take(tree, "change") else { return };
        normalise::normalise(tree, self.defaults);
        let edits = change::read_changes(&changes, &mut self.found);
        self.changes.extend(change::apply(tree, edits, &mut self.found));
    }
}

fn take(tree: &mut Node, key: &str) -> Option<Node> {
    tree.table_mut()
        .and_then(|entries: &mut IndexMap<String, Node>| entries.shift_remove(key))
        .filter(|node| node.value != Value::List(Vec::new()))
}

/// Names of a folder that are told where none is near.
const SOME_NAMES: usize = 6;

/// The scenario that comes with the program and was probably meant: one whose own name is alike, or some of its folder.
fn near_scenario(embedded: &[Embedded], name: &str) -> Option<String> {
    let known: Vec<&str> = embedded.iter().filter(|file| file.is_scenario()).map(Embedded::name).collect();
    let meant = nearest(stem(name), known.iter().map(|known| stem(known)));
    if let Some(full) = meant.and_then(|meant| known.iter().find(|known| stem(known) == meant)) {
        return Some(format!("did you mean `{full}`?"));
    }
    let folder = folder(name);
    let there: Vec<&str> = known.into_iter().filter(|known| !folder.is_empty() && known.starts_with(folder)).collect();
    let more = if there.len() > SOME_NAMES { ", …: see `midcor list scenarios`" } else { "" };
    (!there.is_empty()).then(|| format!("there are {}{more}", there[..SOME_NAMES.min(there.len())].join(", ")))
}

/// The folder of a path, with its slash; empty where it has none.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// The path without `.` and `..`; `None` where it would climb above its root.
fn clean(path: &str) -> Option<String> {
    let is_absolute = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if is_absolute => return None,
            part => parts.push(part),
        }
    }
    Some(format!("{}{}", if is_absolute { "/" } else { "" }, parts.join("/")))
}

/// The text to which defaults belong.
fn defaults_source(sources: &mut SourceFiles) -> FileId {
    sources.add("default", "", SourceKind::Default)
}
