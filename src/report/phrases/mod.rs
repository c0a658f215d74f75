//! What the page, its maps and charts say besides numbers and the scenario's own words, one file a language.
//!
//! A language is one value of [`Phrases`]: one that lacks a phrase does not compile.

mod english;
mod list;
#[cfg(feature = "charts")]
mod on_charts;
mod russian;

use crate::words::Language;

pub(super) use list::{Change, Closed, LivePhrases, MapPhrases, Phrases, ReplayPhrases};
#[cfg(feature = "charts")]
pub(super) use on_charts::ChartPhrases;

/// The phrases of a language.
pub(super) const fn phrases(language: Language) -> &'static Phrases {
    match language {
        Language::English => &english::PHRASES,
        Language::Russian => &russian::PHRASES,
    }
}
