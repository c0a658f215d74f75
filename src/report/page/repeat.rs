//! What repeats the results to the last digit.

use maud::html;

use super::contents::Page;
use super::part::Part;

pub(super) fn part(page: &Page<'_>) -> Part {
    let (phrases, manifest) = (page.phrases(), &page.summary.manifest);
    let body = html! {
        p { (phrases.repeat_told) }
        pre class="command" { code { (page.command) } }
        table class="facts" {
            caption { (phrases.what_was_run) }
            tbody {
                tr { th scope="row" { (phrases.scenario) } td { (manifest.scenario.name) } }
                tr { th scope="row" { (phrases.hash) } td { code { (manifest.scenario.hash) } } }
                tr { th scope="row" { (phrases.seed) } td { code { (manifest.run.seed) } } }
                tr { th scope="row" { (phrases.version) } td { code { "midcor " (manifest.run.midcor) } } }
            }
        }
    };
    Part { id: "repeat", heading: phrases.repeat_heading.to_owned(), body }
}
