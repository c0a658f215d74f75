//! Words of `stops` that nothing of a closure has.

use super::error::Problem;
use super::register::Register;
use crate::model::Remark;
use crate::scenario::types::Stops;

/// All words, as they are written.
pub(super) const WORDS: [(Stops, &str); 4] = [
    (Stops::Sailings, "sailings"),
    (Stops::Berthing, "berthing"),
    (Stops::Handling, "handling"),
    (Stops::Trains, "trains"),
];

/// A thing of a closure with the kinds of work that it has.
#[derive(Debug)]
pub(super) struct Having<'a> {
    pub(super) thing: &'a str,
    pub(super) has: Vec<Stops>,
}

/// A word that exists at none of the things is an error; at some of them, a note.
pub(super) fn check_words(register: &mut Register, path: &str, words: &[Stops], things: &[Having<'_>]) {
    for (stops, word) in WORDS.into_iter().filter(|(stops, _)| words.contains(stops)) {
        let lacking: Vec<String> = things
            .iter()
            .filter(|thing| !thing.has.contains(&stops))
            .map(|thing| format!("`{}`", thing.thing))
            .collect();
        if lacking.len() == things.len() {
            let has: Vec<String> = things.iter().map(Having::in_words).collect();
            register.fail(format!("{path}.stops"), Problem::StopsNothing { word, has: has.join(", ") });
        } else if !lacking.is_empty() {
            let message = format!("`{word}` of `{path}.stops` stops nothing at {}", lacking.join(", "));
            register.remark(Remark { path: format!("{path}.stops"), code: "stops-nothing", message, is_note: true });
        }
    }
}

impl Having<'_> {
    fn in_words(&self) -> String {
        let words: Vec<&str> =
            WORDS.iter().filter(|(stops, _)| self.has.contains(stops)).map(|(_, word)| *word).collect();
        let has = if words.is_empty() { "nothing to stop".to_owned() } else { words.join(" and ") };
        format!("`{}` has {has}", self.thing)
    }
}
