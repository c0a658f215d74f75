//! Names of what-ifs, and patterns of them.

use crate::questions::QuestionError;
use crate::scenario::{Embedded, embedded};

/// Scenario names, with patterns such as `what-if/*` spelt out to the scenarios that come with the program.
///
/// # Errors
/// No scenario fits a pattern.
pub fn named(names: &[String]) -> Result<Vec<String>, QuestionError> {
    let mut all = Vec::new();
    for name in names {
        match name.split_once('*') {
            Some((before, after)) => all.extend(fitting(name, before, after)?),
            None => all.push(name.clone()),
        }
    }
    Ok(all)
}

fn fitting(pattern: &str, before: &str, after: &str) -> Result<Vec<String>, QuestionError> {
    let fits = |name: &&str| name.len() >= pattern.len() - 1 && name.starts_with(before) && name.ends_with(after);
    let scenarios = embedded().iter().filter(|file| file.is_scenario() && !file.is_textbook());
    let found: Vec<String> = scenarios.map(Embedded::name).filter(fits).map(str::to_owned).collect();
    if found.is_empty() {
        return Err(QuestionError::Wrong(format!("no scenario that comes with the program fits `{pattern}`")));
    }
    Ok(found)
}
