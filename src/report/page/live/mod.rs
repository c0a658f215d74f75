//! The live part of the page: sliders, what they change, and on what that rests.

mod assumed;
mod causes;
mod controls;
mod fragments;
mod options;
mod panel;

use crate::scenario::Movable;

pub use causes::CauseChange;
pub use fragments::{LiveFigures, LiveFragments, is_on_live_page};
pub(super) use panel::{blocks, section};

/// What makes a page live.
pub struct LivePart<'a> {
    /// The sliders of the scenario.
    pub movables: &'a [Movable],
    /// What simulates.
    pub engine: EngineOfPage<'a>,
    /// The name of the scenario, and the name or path by which it is read.
    pub scenario: [&'a str; 2],
}

/// What simulates for a page.
pub enum EngineOfPage<'a> {
    /// A WebAssembly module that the page holds; it and the scenario's text are packed (gzip) and written in base64.
    Module {
        /// The module.
        module: &'a str,
        /// The resolved scenario.
        scenario: &'a str,
    },
    /// The program that serves the page, on so many threads.
    Served {
        /// How many years are simulated at once.
        seats: usize,
    },
}

impl EngineOfPage<'_> {
    const fn word(&self) -> &'static str {
        match self {
            Self::Module { .. } => "module",
            Self::Served { .. } => "served",
        }
    }

    /// How many years are simulated at once, where the page does not decide that.
    const fn seats(&self) -> Option<usize> {
        match self {
            Self::Module { .. } => None,
            Self::Served { seats } => Some(*seats),
        }
    }

    /// What the page may do besides what every page may.
    pub(super) const fn allowed(&self) -> &'static str {
        match self {
            Self::Module { .. } => "; worker-src blob:",
            Self::Served { .. } => "; connect-src 'self'",
        }
    }

    /// What its scripts may do besides being there.
    pub(super) const fn allowed_to_scripts(&self) -> &'static str {
        match self {
            Self::Module { .. } => " 'wasm-unsafe-eval'",
            Self::Served { .. } => "",
        }
    }
}
