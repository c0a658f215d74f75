//! Findings with the lines they are about: in colour on a terminal, else plain.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::console::Console;
use crate::diagnostic::{Diagnostic, Diagnostics, Rejected, Severity, SourceFiles};
use crate::text::{visible, visible_line};

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
        if console.has_colour() {
            Console::tell(format_args!("{}\n", coloured(diagnostic, sources)));
        } else {
            Console::tell(sources.render(diagnostic));
        }
    }
    if diagnostics.has_errors() {
        console.error(&count(follows, diagnostics.errors().count()));
    }
}

fn count(follows: &str, errors: usize) -> String {
    let plural = if errors == 1 { "" } else { "s" };
    format!("{follows}: {errors} error{plural}")
}

fn coloured(diagnostic: &Diagnostic, sources: &SourceFiles) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(visible(&diagnostic.message)).id(diagnostic.code));
    let shown = diagnostic.span.filter(|span| !sources.text(span.file).trim().is_empty());
    if let Some(span) = shown {
        let text = sources.text(span.file);
        let (start, end) = (boundary(text, span.start), boundary(text, span.end));
        let mark = AnnotationKind::Primary.span(start..end.max(start));
        group = group.element(Snippet::source(text).path(visible_line(sources.name(span.file))).annotation(mark));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    Renderer::styled().render(&[group])
}

/// The last character boundary at or before `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
