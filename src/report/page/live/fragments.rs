//! The parts of a live page that change with every year.

use maud::html;
use serde::Serialize;

use super::causes::{self, CauseChange};
use super::options;
use crate::comparison::Comparison;
use crate::report::comparison::label;
use crate::report::page::contents::{Counts, Page};
use crate::report::page::{answer, map};
use crate::results::{Results, RowKey};
use crate::words::{Language, Measure};

/// What the years so far come to.
pub struct LiveFigures<'a> {
    /// The language of the page.
    pub language: Language,
    /// Today's scenario.
    pub base: &'a Results,
    /// The options beside it.
    pub comparison: &'a Comparison,
    /// By option: what it changes of the days of the main section.
    pub causes: Vec<Vec<CauseChange>>,
}

/// Parts of the page, as HTML.
#[derive(Clone, Debug, Serialize)]
pub struct LiveFragments {
    /// The answer in sentences, and what options change.
    pub answer: String,
    /// The map, coloured by what options change.
    pub map: String,
    /// Where the days change.
    pub days: String,
}

impl LiveFigures<'_> {
    /// The parts of the page.
    pub fn fragments(&self) -> LiveFragments {
        let summary = self.base.summary_of(is_on_live_page);
        let what_ifs = &self.comparison.what_ifs;
        let page = Page {
            language: self.language,
            summary: &summary,
            comparison: (!what_ifs.is_empty()).then_some(self.comparison),
            validation: None,
            description: "",
            assumptions: &[],
            counts: Counts::default(),
            charts: &[],
            command: "",
            live: None,
            replay: None,
        };
        let answer = html! {
            (answer::told(&page))
            (options::table(&page, self.comparison))
            p class="how" { (page.phrases().live.figures_today) }
            (answer::leading(&page))
        };
        let tables = what_ifs.iter().zip(&self.causes);
        let days = html! { @for (what_if, changes) in tables { (causes::table(&page, &label(what_if), changes)) } };
        let map = map::live(&page).unwrap_or_default();
        LiveFragments { answer: answer.into_string(), map: map.into_string(), days: days.into_string() }
    }
}

/// Whether the page shows a row of today's scenario.
pub fn is_on_live_page(key: &RowKey) -> bool {
    let is_shown = matches!(
        key.measure,
        Measure::SectionTime
            | Measure::Throughput
            | Measure::ThroughputTeu
            | Measure::OnTimeShare
            | Measure::Utilisation
            | Measure::WaitingTime
            | Measure::HoursWaited
    );
    is_shown && key.period.is_horizon()
}
