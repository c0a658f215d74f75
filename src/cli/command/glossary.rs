//! `midcor glossary`: what the terms of the field mean.

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::diagnostic::near;
use crate::words::{TERMS, Term};

/// How many near words a message gives.
const MOST_NEAR: usize = 3;

#[derive(Debug, Args)]
pub(super) struct GlossaryArgs {
    /// A term, or a word of one: horizon, sampling error; all terms without
    #[arg(num_args = 0..)]
    word: Vec<String>,
}

pub(super) fn glossary(args: &GlossaryArgs, console: &mut Console) -> Result<(), Failure> {
    let word = args.word.join(" ").to_lowercase();
    let found = found(&word);
    if found.is_empty() {
        return Err(unknown(&word));
    }
    let lines: Vec<(String, String)> =
        found.iter().map(|term| (term.word.to_owned(), term.meaning.to_owned())).collect();
    Ok(console.screen().pairs(&lines)?)
}

/// The term itself, else those that have the word in them, else those whose meaning has it; all where there is no word.
fn found(word: &str) -> Vec<&'static Term> {
    let has = |text: &str| text.to_lowercase().contains(word);
    let of = |fits: &dyn Fn(&&Term) -> bool| TERMS.iter().filter(fits).collect::<Vec<_>>();
    let exact = of(&|term| term.word.to_lowercase() == word);
    let named = if exact.is_empty() { of(&|term| has(term.word)) } else { exact };
    if named.is_empty() { of(&|term| has(term.meaning)) } else { named }
}

fn unknown(word: &str) -> Failure {
    let near = near(word, TERMS.iter().map(|term| term.word), MOST_NEAR);
    let hint = if near.is_empty() {
        "`midcor glossary` prints all terms, `midcor reference` knows the words of files and results".to_owned()
    } else {
        format!("near are: {}", near.join(", "))
    };
    Failure::Wrong(format!("the glossary has no `{word}`; {hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_found_by_itself_a_part_of_it_or_its_meaning() {
        let words = |word: &str| found(word).iter().map(|term| term.word).collect::<Vec<_>>();
        assert_eq!(words("horizon"), ["horizon"]);
        assert_eq!(words("teu"), ["TEU"]);
        assert_eq!(words("sampling"), ["sampling error"]);
        // As tables name it.
        assert_eq!(words("p95"), ["percentile"]);
        assert!(words("queues").contains(&"warm-up"), "{:?}", words("queues"));
        assert_eq!(words("").len(), TERMS.len());
        assert!(unknown("horizn").to_string().contains("near are: horizon"), "{}", unknown("horizn"));
    }
}
