//! On what the answer rests: always in sight.

use maud::{Markup, html};

use crate::report::page::contents::Page;
use crate::words::Measure;

/// The box of assumptions.
pub(super) fn aside(page: &Page<'_>) -> Markup {
    let phrases = &page.phrases().live;
    let level = page.phrases().number(&format!("{}", page.summary.manifest.run.level * 100.0));
    html! {
        div class="assumed" role="group" aria-label=(phrases.assumed) {
            details open {
                summary { (phrases.assumed) }
                ul {
                    li { (phrases.given) }
                    li { ((phrases.sampling)(&level)) }
                    @if let Some(share) = unexplained(page) { li { ((phrases.residual)(&share)) } }
                    li { (phrases.weak) " " a href="#assumptions" { (page.phrases().assumptions) } }
                }
            }
        }
    }
}

/// The share of the main section's time that is a calibrated delay, in percent.
fn unexplained(page: &Page<'_>) -> Option<String> {
    let subject = page.summary.network.main_section()?.subject();
    let share = page.summary.row(Measure::UnexplainedShare, &subject)?.mean?;
    Some(format!("{:.0}", share * 100.0))
}
