//! Where a scenario comes from: what is needed to read it again, with other settings or under an overlay.

use std::sync::Arc;

use crate::scenario::{Overlay, Reading, ScenarioReader, Setting};

/// Where a scenario comes from, and what is set in it.
#[derive(Clone)]
pub struct Source {
    reader: ScenarioReader,
    /// Name or path of the scenario, or the name of the text.
    name: String,
    text: Option<Arc<str>>,
    /// Overlays that are put on it, each by its name or path.
    overlays: Vec<String>,
    settings: Vec<Setting>,
}

impl Source {
    /// A scenario that a reader finds under a name or path.
    pub fn named(reader: ScenarioReader, name: impl Into<String>) -> Self {
        Self { reader, name: name.into(), text: None, overlays: Vec::new(), settings: Vec::new() }
    }

    /// A text with a name; what it includes or extends comes from the files of the reader.
    pub fn text(reader: ScenarioReader, name: impl Into<String>, text: &str) -> Self {
        Self { text: Some(text.into()), ..Self::named(reader, name) }
    }

    /// The same with more settings, applied after the others.
    #[must_use]
    pub fn with(&self, more: &[Setting]) -> Self {
        Self { settings: [self.settings.as_slice(), more].concat(), ..self.clone() }
    }

    /// The same with one more overlay put on it, whichever scenario that extends.
    #[must_use]
    pub fn under(&self, overlay: &str) -> Self {
        let mut source = self.clone();
        source.overlays.push(overlay.to_owned());
        source
    }

    /// Another scenario with the same settings, read in the same way.
    #[must_use]
    pub fn of(&self, name: &str) -> Self {
        Self { name: name.to_owned(), text: None, overlays: Vec::new(), ..self.clone() }
    }

    /// Its settings.
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// What reads it.
    pub const fn reader(&self) -> &ScenarioReader {
        &self.reader
    }

    /// Reads it.
    pub fn read(&self) -> Reading {
        self.read_overlaid(&[], &[])
    }

    /// Reads it as if `over` were a file that extends it.
    pub fn read_under(&self, over: &Overlay) -> Reading {
        let overlays = self.overlays();
        match &self.text {
            None => self.reader.read_under(&self.name, &overlays, over, &self.settings),
            Some(text) => self.reader.read_text_under(text, &self.name, &overlays, over, &self.settings),
        }
    }

    /// Reads it with more overlays put on it one after another, and then more settings.
    pub fn read_overlaid(&self, overlays: &[&str], more: &[Setting]) -> Reading {
        let overlays = [self.overlays().as_slice(), overlays].concat();
        let settings = [self.settings.as_slice(), more].concat();
        match &self.text {
            None => self.reader.read_overlaid(&self.name, &overlays, &settings),
            Some(text) => self.reader.read_text_overlaid(text, &self.name, &overlays, &settings),
        }
    }

    fn overlays(&self) -> Vec<&str> {
        self.overlays.iter().map(String::as_str).collect()
    }
}
