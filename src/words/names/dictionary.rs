//! What a dictionary has a name for.

use crate::words::{CapacityKind, Cause, CauseGroup, FixedUnit, Measure, Statistic, SubjectKind};

/// The names of one language, by list of words.
pub struct Dictionary {
    pub(super) measure: fn(Measure) -> &'static str,
    pub(super) cause: fn(Cause) -> &'static str,
    pub(super) group: fn(CauseGroup) -> &'static str,
    pub(super) subject: fn(SubjectKind) -> &'static str,
    pub(super) unit: fn(FixedUnit) -> &'static str,
    pub(super) statistic: fn(Statistic) -> &'static str,
    pub(super) capacity: fn(CapacityKind) -> &'static str,
}

/// Declares the names of a list of words in a language; a word without one does not compile.
macro_rules! names {
    ($list:ident $words:ident: $($variant:ident $name:literal;)+) => {
        const fn $list(word: $words) -> &'static str {
            match word {
                $($words::$variant => $name,)+
            }
        }
    };
}

pub(super) use names;
