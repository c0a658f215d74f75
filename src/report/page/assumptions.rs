//! What is assumed, the least known first.

use maud::{Markup, html};

use super::contents::Page;
use super::part::Part;
use super::table::{Cell, Table};
use crate::scenario::Parameter;
use crate::scenario::types::Grade;

/// Assumptions that are seen at once.
const AT_ONCE: usize = 25;
/// Those of which the page has all; a scenario of thousands has a file for them.
const MOST: usize = 400;
/// Best known first.
const GRADES: [Option<Grade>; 4] = [Some(Grade::A), Some(Grade::B), Some(Grade::C), None];

pub(super) fn part(page: &Page<'_>) -> Part {
    let phrases = page.phrases();
    Part { id: "assumptions", heading: phrases.assumptions.to_owned(), body: body(page) }
}

fn body(page: &Page<'_>) -> Markup {
    let (phrases, all) = (page.phrases(), page.assumptions);
    if all.is_empty() {
        return html! {};
    }
    let (first, rest) = all[..all.len().min(MOST)].split_at(all.len().min(AT_ONCE));
    html! {
        p { (grades(page)) }
        (table(page, phrases.weakest, first))
        @if !rest.is_empty() {
            details {
                summary { (phrases.all_others) " (" (rest.len()) ")" }
                (table(page, phrases.all_others, rest))
            }
        }
        @if all.len() > MOST { p { ((phrases.more_in_scenario)(&(all.len() - MOST).to_string())) } }
    }
}

/// How many there are of each grade.
fn grades(page: &Page<'_>) -> String {
    let count = |grade| page.assumptions.iter().filter(|one| one.grade == grade).count().to_string();
    let numbers = GRADES.map(count);
    (page.phrases().grades)(&numbers)
}

fn table(page: &Page<'_>, caption: &str, rows: &[Parameter]) -> Markup {
    let phrases = page.phrases();
    let line = |one: &Parameter| {
        let rank = GRADES.iter().rev().position(|grade| *grade == one.grade).unwrap_or(0) as f64;
        let known = [&one.source, &one.note].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
        vec![
            Cell::text(&*one.path),
            Cell::text(&*one.value),
            Cell::text(one.range.clone().unwrap_or_default()),
            Cell::sorted(one.grade.map_or("–", Grade::word), rank),
            Cell::text(known.join("; ")),
        ]
    };
    let head = vec![phrases.input, phrases.value, phrases.range, phrases.grade, phrases.source];
    Table { caption, head, rows: rows.iter().map(line).collect() }.markup()
}
