//! From a name or a text to a resolved scenario: files, includes, overlays, changes, settings, checks.

mod files;
mod library;
mod merge;
mod residual;
mod resolve;

use std::fmt;

use super::change::{ChangeReport, Setting};
use super::index::Index;
use super::tree::Node;
use super::types::Scenario;
use super::{change, check, decode, epoch, normalise, validate};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, SourceFiles, SourceKind};

pub use files::{Disk, FileError, Files, InMemory, not_text};
pub use library::{Embedded, embedded};
use resolve::{Location, Resolver};

/// What came of loading: the scenario if it can run, and all that was found.
#[derive(Debug)]
pub struct Loaded {
    /// Short name of the scenario: the file's stem or the embedded name.
    pub name: String,
    /// The scenario; absent if there are errors.
    pub scenario: Option<Scenario>,
    /// Errors and warnings, in the order of the files.
    pub diagnostics: Diagnostics,
    /// The texts that were read, to show findings in.
    pub sources: SourceFiles,
    /// The resolved tree: defaults filled in, bare quantities written out, every value with its place.
    pub tree: Node,
    /// What each change and setting touched.
    pub changes: Vec<ChangeReport>,
    /// What it extends, what that extends, and so on, each as [`Loader::load`] takes it.
    pub extends: Vec<String>,
}

/// A scenario that cannot run, with its findings as text.
#[derive(Debug)]
pub struct CannotRun(String);

impl fmt::Display for CannotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CannotRun {}

impl Loaded {
    /// The findings as plain text.
    pub fn rendered(&self) -> String {
        self.diagnostics.render(&self.sources)
    }

    /// The scenario, or why there is none.
    ///
    /// # Errors
    /// The scenario has errors.
    pub fn into_scenario(self) -> Result<Scenario, CannotRun> {
        let text = self.rendered();
        self.scenario.ok_or(CannotRun(text))
    }
}

/// Reads scenarios from files and from those that come with the program.
pub struct Loader {
    files: Box<dyn Files>,
    embedded: &'static [Embedded],
    anywhere: bool,
}

impl Default for Loader {
    fn default() -> Self {
        Self::new(Disk)
    }
}

impl Loader {
    /// Reads files from `files`.
    pub fn new(files: impl Files + 'static) -> Self {
        Self { files: Box::new(files), embedded: embedded(), anywhere: false }
    }

    /// Lets `include` and `extends` name files outside the folder of the scenario.
    #[must_use]
    pub const fn anywhere(mut self) -> Self {
        self.anywhere = true;
        self
    }

    /// Takes another set of embedded scenarios.
    #[must_use]
    pub const fn with_embedded(mut self, embedded: &'static [Embedded]) -> Self {
        self.embedded = embedded;
        self
    }

    /// Loads a scenario by its embedded name or its path, with settings applied last.
    pub fn load(&self, name_or_path: &str, settings: &[Setting]) -> Loaded {
        let mut resolver = Resolver::new(self);
        let tree = resolver.locate(name_or_path).and_then(|location| resolver.resolve(&location, None));
        let name = stem(name_or_path).to_owned();
        finish(resolver, tree, &name, settings)
    }

    /// Loads a scenario as if `overlay` were a file that extends it; settings are applied last.
    pub fn load_under(&self, name_or_path: &str, overlay: &Overlay, settings: &[Setting]) -> Loaded {
        let mut resolver = Resolver::new(self);
        let tree = resolver.locate(name_or_path).and_then(|location| resolver.resolve(&location, None));
        let tree = tree.map(|base| resolver.overlaid(base, overlay));
        let name = stem(name_or_path).to_owned();
        finish(resolver, tree, &name, settings)
    }

    /// Loads a scenario with overlays put on it one after another, each with its includes and its changes, and then
    /// settings. Where an overlay extends another that does not stand there yet, that is put on before it. The scenario
    /// keeps its title and its name.
    pub fn load_overlaid(&self, name_or_path: &str, overlays: &[&str], settings: &[Setting]) -> Loaded {
        let mut resolver = Resolver::new(self);
        let mut tree = resolver.locate(name_or_path).and_then(|location| resolver.resolve(&location, None));
        for overlay in overlays {
            tree = tree.and_then(|tree| {
                let location = resolver.locate(overlay)?;
                resolver.put_on(tree, &location)
            });
        }
        finish(resolver, tree, stem(name_or_path), settings)
    }

    /// Loads a scenario from a text; what it includes or extends comes from the files of this loader.
    pub fn load_text(&self, text: &str, name: &str, settings: &[Setting]) -> Loaded {
        let mut resolver = Resolver::new(self);
        let shown = if name.contains('.') { name.to_owned() } else { format!("{name}.toml") };
        let tree = resolver.resolve_text(text, &Location::Path(shown));
        finish(resolver, tree, stem(name), settings)
    }
}

impl Scenario {
    /// Reads a scenario from a text, with embedded scenarios but no files to include or extend.
    pub fn parse(text: &str, name: &str) -> Loaded {
        Loader::new(InMemory::default()).load_text(text, name, &[])
    }
}

/// A text that is laid over a scenario without being a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// What it is shown as in findings.
    pub name: String,
    /// TOML, as in a file that extends a scenario; without `[[change]]`, for which there are settings.
    pub text: String,
}

/// The short name of a file: without folder and ending.
fn stem(path: &str) -> &str {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    file.strip_suffix(".toml").unwrap_or(file)
}

/// Findings after which the tree is not what its author wrote.
const BROKEN: [&str; 6] = ["syntax", "file", "missing-file", "outside-folder", "circle", "empty-file"];

/// Settings, checks and types, once the files are one tree.
fn finish(resolver: Resolver<'_>, tree: Option<Node>, name: &str, settings: &[Setting]) -> Loaded {
    let extends = resolver.extended_scenarios();
    let Resolver { mut found, mut sources, defaults, mut changes, .. } = resolver;
    // What a broken file leaves out would only be missed everywhere else.
    let Some(mut tree) = tree.filter(|_| !found.errors().any(|error| BROKEN.contains(&error.code))) else {
        found.sort();
        let (tree, name) = (nothing(defaults), name.to_owned());
        return Loaded { name, scenario: None, diagnostics: found, sources, tree, changes, extends };
    };
    normalise::normalise(&mut tree, defaults);
    let edits = settings.iter().filter_map(|setting| setting.edit(&mut sources, &mut found)).collect();
    changes.extend(change::apply(&mut tree, edits, &mut found));
    normalise::normalise(&mut tree, defaults);
    let scenario = typed(&tree, name, defaults, &mut found);
    found.sort();
    Loaded { name: name.to_owned(), scenario, diagnostics: found, sources, tree, changes, extends }
}

fn typed(tree: &Node, name: &str, defaults: FileId, found: &mut Diagnostics) -> Option<Scenario> {
    let mut scenario = checked(tree, name, found);
    // Where a range itself is wrong, that is what there is to say.
    if !found.has_errors() {
        check::ranges(tree, found);
    }
    let epochs = epoch::epochs(tree, defaults, |tree| checked(tree, name, found));
    scenario.epochs = epochs;
    (!found.has_errors()).then_some(scenario)
}

/// Validates, reads and checks one tree.
fn checked(tree: &Node, name: &str, found: &mut Diagnostics) -> Scenario {
    let index = Index::of(tree);
    validate::validate(tree, &index, found);
    let decoded = decode::decode(tree, &index, name);
    check::check(tree, &decoded.scenario, found);
    if !found.has_errors() {
        for path in decoded.unread {
            let keys = super::path::keys(&path);
            let span = tree.at(&keys).map(Node::key_span);
            found.push(Diagnostic::error(
                "unread",
                format!("`{path}` does not read, though each of its values fits"),
                span,
            ));
        }
    }
    decoded.scenario
}

fn nothing(defaults: FileId) -> Node {
    let span = crate::diagnostic::Span { file: defaults, start: 0, end: 0 };
    Node::new(super::tree::Value::Table(indexmap::IndexMap::new()), span)
}

/// The text to which defaults belong.
fn defaults_source(sources: &mut SourceFiles) -> FileId {
    sources.add("default", "", SourceKind::Default)
}
