//! What a live page holds: the engine's module and the scenario, packed.

use std::path::Path;

use super::packed::packed;
use crate::cli::exit::Failure;
use crate::files;
use crate::report::{EngineOfPage, LivePart};
use crate::scenario::Movable;
use crate::study::Scenario;

/// Most bytes of a module.
const MOST: u64 = 1 << 26;
/// How every WebAssembly module begins.
const MAGIC: &[u8] = b"\0asm";

/// The module of the engine, packed.
pub(super) struct Module(String);

/// The scenario of a live page.
pub(super) struct LiveFolder {
    movables: Vec<Movable>,
    text: String,
    name: String,
    source: String,
}

impl Module {
    /// Reads a module.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        if !path.is_file() {
            let path = path.display();
            return Err(Failure::Wrong(format!("there is no module {path}; `web/build` in midcor's sources makes it")));
        }
        let bytes = files::read(path, MOST).map_err(Failure::files(format!("cannot read {}", path.display())))?;
        if !bytes.starts_with(MAGIC) {
            return Err(Failure::Wrong(format!("{} is no WebAssembly module", path.display())));
        }
        packed(&bytes).map(Self)
    }
}

impl LiveFolder {
    pub(super) fn of(scenario: &Scenario, name: &str, source: &str) -> Result<Self, Failure> {
        let movables = scenario.reading().sliders(&scenario.contents().slider);
        if movables.is_empty() {
            let why = "the scenario has no [slider.ID], so that nothing could be moved on a live page";
            return Err(Failure::Wrong(why.to_owned()));
        }
        let text = packed(scenario.resolved_toml().as_bytes())?;
        Ok(Self { movables, text, name: name.to_owned(), source: source.to_owned() })
    }

    /// The engine of a page that holds a module.
    pub(super) fn module<'a>(&'a self, module: &'a Module) -> EngineOfPage<'a> {
        EngineOfPage::Module { module: &module.0, scenario: &self.text }
    }

    pub(super) fn part<'a>(&'a self, engine: EngineOfPage<'a>) -> LivePart<'a> {
        LivePart { movables: &self.movables, engine, scenario: [&self.name, &self.source] }
    }
}
