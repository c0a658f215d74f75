//! Grades that say more than their notes: what is assumed is no fact of a page.

use super::Check;
use crate::scenario::types::Grade;

/// Beginnings of words that say that nobody published a value.
const SUPPOSED: [&str; 3] = ["assum", "infer", "guess"];

impl Check<'_> {
    /// A table or a value of grade A or B whose own note says that it is assumed.
    pub(super) fn grades(&mut self) {
        for (path, said) in &self.scenario.provenance {
            let table: Vec<&str> = path.split('.').filter(|key| !key.is_empty()).collect();
            self.grade(&table, said.grade, said.note.as_deref());
            for (key, why) in &said.why {
                let place = [&table[..], &["why", key]].concat();
                self.grade(&place, why.grade.or(said.grade), why.note.as_deref());
            }
        }
    }

    fn grade(&mut self, place: &[&str], grade: Option<Grade>, note: Option<&str>) {
        let (Some(grade @ (Grade::A | Grade::B)), Some(note)) = (grade, note) else { return };
        let Some(word) = supposed(note) else { return };
        let at = [place, &["note"]].concat();
        let message = format!("`{}` has grade {}, but its note says “{word}”", place.join("."), grade.word());
        let help =
            "what is assumed has grade C; give it a grade of its own: `why.KEY = { grade = \"C\", note = \"…\" }`";
        self.error_help("grade", &at, message, help);
    }
}

/// The first word of a note that says so.
fn supposed(note: &str) -> Option<&str> {
    let words = note.split(|c: char| !c.is_alphabetic());
    words.into_iter().find(|word| SUPPOSED.iter().any(|begin| word.to_lowercase().starts_with(begin)))
}

#[cfg(test)]
mod tests {
    use super::supposed;

    #[test]
    fn a_note_says_that_something_is_assumed() {
        assert_eq!(supposed("Two ships (30 to 40 assumed)."), Some("assumed"));
        assert_eq!(supposed("Length inferred."), Some("inferred"));
        assert_eq!(supposed("Guesswork."), Some("Guesswork"));
        assert_eq!(supposed("8 trains a day, as the station says."), None);
    }
}
