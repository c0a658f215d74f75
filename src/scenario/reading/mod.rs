//! From a name or a text to a resolved scenario: files, includes, overlays, changes, settings, checks.

mod files;
mod library;
mod merge;
mod origin;
mod residual;
mod resolve;

use std::sync::Arc;

use super::change::{ChangeReport, Setting};
use super::index::Index;
use super::tree::{Node, keys};
use super::types::Contents;
use super::{change, check, decode, epoch, normalise, sliders, validate};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Rejected, SourceFiles};

#[cfg(feature = "disk")]
pub use files::Disk;
pub use files::{FileError, Files, InMemory, not_text};
use library::stem;
pub use library::{Embedded, embedded};
use origin::Origin;
pub use resolve::Overlay;
use resolve::{Location, Resolver};

/// What came of reading: the scenario if it can run, and all that was found.
#[derive(Debug)]
pub struct Reading {
    /// Short name of the scenario: the file's stem or the embedded name.
    pub name: String,
    /// The scenario; absent if there are errors.
    pub scenario: Option<Contents>,
    /// Errors and warnings, in the order of the files.
    pub diagnostics: Diagnostics,
    /// The texts that were read, to show findings in.
    pub sources: SourceFiles,
    /// The resolved tree: defaults filled in, bare quantities written out, every value with its place.
    pub tree: Node,
    /// What each change and setting touched.
    pub changes: Vec<ChangeReport>,
    /// What it extends, what that extends, and so on, each as [`ScenarioReader::read`] takes it.
    pub extends: Vec<String>,
}

impl Reading {
    /// The findings as plain text.
    pub fn rendered(&self) -> String {
        self.diagnostics.render(&self.sources)
    }

    /// The scenario, or why there is none.
    ///
    /// # Errors
    /// The scenario has errors.
    pub fn into_contents(mut self) -> Result<Contents, Rejected> {
        self.take_scenario()
    }

    /// Takes the scenario out of what is kept of its text, or says why there is none.
    ///
    /// # Errors
    /// The scenario has errors.
    pub fn take_scenario(&mut self) -> Result<Contents, Rejected> {
        self.scenario.take().filter(|_| !self.diagnostics.has_errors()).ok_or_else(|| Rejected {
            follows: "the scenario cannot run",
            diagnostics: self.diagnostics.clone(),
            sources: self.sources.clone(),
        })
    }
}

/// Reads scenarios from files and from those that come with the program.
#[derive(Clone)]
pub struct ScenarioReader(Origin);

impl Default for ScenarioReader {
    fn default() -> Self {
        #[cfg(feature = "disk")]
        return Self::new(Disk);
        #[cfg(not(feature = "disk"))]
        Self::new(InMemory::default())
    }
}

impl ScenarioReader {
    /// Reads files from `files`.
    pub fn new(files: impl Files + Send + Sync + 'static) -> Self {
        Self(Origin { files: Arc::new(files), embedded: embedded(), anywhere: false })
    }

    /// Lets `include` and `extends` name files outside the folder of the scenario.
    #[must_use]
    pub fn anywhere(self) -> Self {
        Self(Origin { anywhere: true, ..self.0 })
    }

    /// Takes another set of embedded scenarios.
    #[must_use]
    pub fn with_embedded(self, embedded: &'static [Embedded]) -> Self {
        Self(Origin { embedded, ..self.0 })
    }

    /// Reads a scenario by its embedded name or its path, with settings applied last.
    pub fn read(&self, name_or_path: &str, settings: &[Setting]) -> Reading {
        self.finished(Start::Named(name_or_path), settings, |_, tree| Some(tree))
    }

    /// As [`Self::read_overlaid`], as if `over` were one more file that extends the whole.
    pub fn read_under(&self, name_or_path: &str, overlays: &[&str], over: &Overlay, settings: &[Setting]) -> Reading {
        self.finished(Start::Named(name_or_path), settings, |resolver, tree| all_under(resolver, tree, overlays, over))
    }

    /// Reads a scenario with overlays put on it one after another, each with its includes and its changes, and then
    /// settings. Where an overlay extends another that does not stand there yet, that is put on before it. The scenario
    /// keeps its title and its name.
    pub fn read_overlaid(&self, name_or_path: &str, overlays: &[&str], settings: &[Setting]) -> Reading {
        self.finished(Start::Named(name_or_path), settings, |resolver, tree| all_on(resolver, tree, overlays))
    }

    /// Reads a scenario from a text; what it includes or extends comes from the files of this reader.
    pub fn read_text(&self, text: &str, name: &str, settings: &[Setting]) -> Reading {
        self.finished(Start::Text { text, name }, settings, |_, tree| Some(tree))
    }

    /// Reads a scenario that is built, not written: of which `build` makes the tree, with values that know their places among the
    /// sources; `None` where that failed, for reasons that it adds to the findings.
    pub fn read_built(
        &self,
        name: &str,
        build: impl FnOnce(&mut SourceFiles, &mut Diagnostics) -> Option<Node>,
    ) -> Reading {
        let mut resolver = Resolver::new(&self.0);
        let tree = build(&mut resolver.sources, &mut resolver.found);
        finish(resolver, tree, name, &[])
    }

    /// As [`Self::read_under`], of a text.
    pub fn read_text_under(
        &self,
        text: &str,
        name: &str,
        overlays: &[&str],
        over: &Overlay,
        settings: &[Setting],
    ) -> Reading {
        let start = Start::Text { text, name };
        self.finished(start, settings, |resolver, tree| all_under(resolver, tree, overlays, over))
    }

    /// As [`Self::read_overlaid`], of a text.
    pub fn read_text_overlaid(&self, text: &str, name: &str, overlays: &[&str], settings: &[Setting]) -> Reading {
        self.finished(Start::Text { text, name }, settings, |resolver, tree| all_on(resolver, tree, overlays))
    }

    fn finished<'l>(
        &'l self,
        start: Start<'_>,
        settings: &[Setting],
        laid_over: impl FnOnce(&mut Resolver<'l>, Node) -> Option<Node>,
    ) -> Reading {
        let mut resolver = Resolver::new(&self.0);
        let tree = match start {
            Start::Named(name) => resolver.locate(name).and_then(|location| resolver.resolve(&location, None)),
            Start::Text { text, name } => {
                let shown = if name.contains('.') { name.to_owned() } else { format!("{name}.toml") };
                resolver.resolve_text(text, &Location::Path(shown))
            }
        };
        let tree = tree.and_then(|tree| laid_over(&mut resolver, tree));
        let (Start::Named(name) | Start::Text { name, .. }) = start;
        finish(resolver, tree, stem(name), settings)
    }
}

/// What a scenario is read from.
#[derive(Clone, Copy)]
enum Start<'a> {
    /// An embedded name or a path.
    Named(&'a str),
    /// A text with a name.
    Text { text: &'a str, name: &'a str },
}

/// Overlays put on a tree one after another.
fn all_on(resolver: &mut Resolver<'_>, tree: Node, overlays: &[&str]) -> Option<Node> {
    overlays.iter().try_fold(tree, |tree, overlay| {
        let location = resolver.locate(overlay)?;
        resolver.put_on(tree, &location)
    })
}

/// Overlays put on a tree one after another, and one that is no file over all of them.
fn all_under(resolver: &mut Resolver<'_>, tree: Node, overlays: &[&str], over: &Overlay) -> Option<Node> {
    let tree = all_on(resolver, tree, overlays)?;
    Some(resolver.overlaid(tree, over))
}

impl Contents {
    /// Reads a scenario from a text, with embedded scenarios but no files to include or extend.
    pub fn parse(text: &str, name: &str) -> Reading {
        ScenarioReader::new(InMemory::default()).read_text(text, name, &[])
    }
}

/// Findings after which the tree is not what its author wrote.
const BROKEN: [&str; 6] = ["syntax", "file", "missing-file", "outside-folder", "circle", "empty-file"];

/// Settings, checks and types, once the files are one tree.
fn finish(resolver: Resolver<'_>, tree: Option<Node>, name: &str, settings: &[Setting]) -> Reading {
    let extends = resolver.extended_scenarios();
    let Resolver { mut found, mut sources, defaults, mut changes, .. } = resolver;
    // What a broken file leaves out would only be missed everywhere else.
    let Some(mut tree) = tree.filter(|_| !found.errors().any(|error| BROKEN.contains(&error.code))) else {
        found.sort();
        let (tree, name) = (nothing(defaults), name.to_owned());
        return Reading { name, scenario: None, diagnostics: found, sources, tree, changes, extends };
    };
    normalise::normalise(&mut tree, defaults);
    let edits = settings.iter().filter_map(|setting| setting.edit(&mut sources, &mut found)).collect();
    changes.extend(change::apply(&mut tree, edits, &mut found));
    normalise::normalise(&mut tree, defaults);
    let scenario = typed(&tree, name, defaults, &mut found);
    if let Some(scenario) = scenario.as_ref().filter(|_| extends.is_empty() && settings.is_empty()) {
        sliders::hold_today(&tree, &scenario.slider, &mut found);
    }
    found.sort();
    Reading { name: name.to_owned(), scenario, diagnostics: found, sources, tree, changes, extends }
}

fn typed(tree: &Node, name: &str, defaults: FileId, found: &mut Diagnostics) -> Option<Contents> {
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
fn checked(tree: &Node, name: &str, found: &mut Diagnostics) -> Contents {
    let index = Index::of(tree);
    validate::validate(tree, &index, found);
    let decoded = decode::decode(tree, &index, name);
    check::check(tree, &decoded.scenario, found);
    if !found.has_errors() {
        for path in decoded.unread {
            let keys = keys(&path);
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
