//! Findings on standard error, in colour where it takes colours.

use super::console::Console;
use crate::diagnostic::{Diagnostics, Rejected, SourceFiles};
use crate::text::counted;

/// Shows all findings of a scenario on standard error.
pub(super) fn show_all(console: &Console, diagnostics: &Diagnostics, sources: &SourceFiles) {
    show_of("the scenario cannot run", console, diagnostics, sources);
}

/// Shows all that was found in a text that cannot be used.
pub(super) fn show(console: &Console, rejected: &Rejected) {
    show_of(rejected.follows, console, &rejected.diagnostics, &rejected.sources);
}

/// Shows all findings, and in the end what follows from the errors.
fn show_of(follows: &str, console: &Console, diagnostics: &Diagnostics, sources: &SourceFiles) {
    for diagnostic in diagnostics {
        let render = if console.has_colour() { SourceFiles::render_in_colour } else { SourceFiles::render };
        Console::tell(render(sources, diagnostic));
    }
    if diagnostics.has_errors() {
        console.error(&count(follows, diagnostics.errors().count()));
    }
}

fn count(follows: &str, errors: usize) -> String {
    format!("{follows}: {}", counted(errors, "error"))
}
