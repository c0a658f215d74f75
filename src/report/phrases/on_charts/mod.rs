//! What charts say besides numbers, the names of words and the scenario's own words.

pub(super) mod english;
mod list;
pub(super) mod russian;

pub(in crate::report) use list::ChartPhrases;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_phrase_is_of_its_language_and_said_once() {
        let is_russian = |text: &str| text.chars().any(|c| matches!(c, 'а'..='я' | 'ё'));
        for (phrases, language) in [(&english::PHRASES, false), (&russian::PHRASES, true)] {
            let all = phrases.all();
            assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{all:?}");
            assert!(all.iter().all(|text| !text.is_empty() && is_russian(text) == language), "{all:?}");
        }
    }
}
