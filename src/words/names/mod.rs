//! Names of words for people, one file a language.

mod dictionary;
mod english;
mod russian;

pub use dictionary::Dictionary;

use super::word::words;
use crate::words::{CapacityKind, Cause, CauseGroup, FixedUnit, Measure, Statistic, SubjectKind};

words! {
    /// A language in which words have names.
    Language "language":
    English "en" "English.";
    Russian "ru" "Russian.";
}

impl Language {
    const fn dictionary(self) -> &'static Dictionary {
        match self {
            Self::English => &english::DICTIONARY,
            Self::Russian => &russian::DICTIONARY,
        }
    }
}

/// A word that has a name for people in every language.
pub trait Named: Copy {
    /// Its name in a dictionary.
    fn named(self, dictionary: &Dictionary) -> &'static str;
}

/// Says under which list of a dictionary words have their names.
macro_rules! named {
    ($($words:ident $list:ident;)+) => {
        $(impl Named for $words {
            fn named(self, dictionary: &Dictionary) -> &'static str {
                (dictionary.$list)(self)
            }
        })+
    };
}

named! {
    Measure measure;
    Cause cause;
    CauseGroup group;
    SubjectKind subject;
    FixedUnit unit;
    Statistic statistic;
    CapacityKind capacity;
}

/// The name of a word for people.
///
/// ```
/// use midcor::words::{Cause, Language, name};
/// assert_eq!(name(Cause::WaitBerth, Language::English), "waiting for a berth");
/// assert_eq!(name(Cause::WaitBerth, Language::Russian), "ожидание причала");
/// ```
pub fn name(word: impl Named, language: Language) -> &'static str {
    word.named(language.dictionary())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn are_told_apart<const N: usize>(words: [impl Named; N]) {
        for language in Language::ALL {
            let names: BTreeSet<&str> = words.iter().map(|word| name(*word, language)).collect();
            assert!(names.len() == N && !names.contains(""), "{language}: {names:?}");
            let is_russian = |text: &str| text.chars().any(|c| matches!(c, 'а'..='я' | 'ё'));
            let fits = |text: &&str| is_russian(text) == (language == Language::Russian);
            assert!(names.iter().all(fits), "{language}: {names:?}");
        }
    }

    #[test]
    fn each_word_has_a_name_of_its_own_in_each_language() {
        are_told_apart(Measure::ALL);
        are_told_apart(Cause::ALL);
        are_told_apart(CauseGroup::ALL);
        are_told_apart(SubjectKind::ALL);
        are_told_apart(FixedUnit::ALL);
        are_told_apart(Statistic::ALL);
        are_told_apart(CapacityKind::ALL);
    }
}
