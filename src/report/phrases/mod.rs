//! What the page and its maps say besides numbers and the scenario's own words, one file a language.
//!
//! A language is one value of [`Phrases`]: one that lacks a phrase does not compile.

mod english;
mod list;
mod russian;

use crate::words::Language;

pub(super) use list::{Change, MapPhrases, Phrases};

/// The phrases of a language.
pub(super) const fn phrases(language: Language) -> &'static Phrases {
    match language {
        Language::English => &english::PHRASES,
        Language::Russian => &russian::PHRASES,
    }
}
