//! Tables with a caption, headings that a screen reader can follow, and columns that a reader can sort.

use maud::{Markup, html};

use crate::report::phrases::Phrases;
use crate::report::rounding::round_to;

/// Width of the longest bar.
const BAR: f64 = 120.0;

/// A cell: what is read, and the number by which it is sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    number: Option<f64>,
    bar: Option<f64>,
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), number: None, bar: None }
    }

    /// A number with its interval, or a dash where it is not known.
    pub(super) fn number(value: Option<f64>, half_width: Option<f64>, phrases: &Phrases) -> Self {
        let half_width = half_width.filter(|half_width| *half_width > 0.0);
        let text =
            value.map_or_else(|| "–".to_owned(), |value| phrases.number(&round_to(value, half_width).to_string()));
        Self { text, number: value, bar: None }
    }

    /// A number whose interval is not shown, to the place that an interval of that half-width supports.
    pub(super) fn value(value: f64, half_width: Option<f64>, phrases: &Phrases) -> Self {
        Self { text: phrases.number(&round_to(value, half_width).value), number: Some(value), bar: None }
    }

    /// A share in whole percent.
    pub(super) fn share(share: f64, phrases: &Phrases) -> Self {
        Self { text: format!("{} %", phrases.number(&format!("{:.0}", share * 100.0))), number: Some(share), bar: None }
    }

    /// The same cell with a bar, of a share of the longest.
    pub(super) fn with_bar(self, share: f64) -> Self {
        Self { bar: Some(share), ..self }
    }

    /// A share with its interval, in percent.
    pub(super) fn percent(value: Option<f64>, half_width: Option<f64>, phrases: &Phrases) -> Self {
        let hundred = |number: f64| number * 100.0;
        let mut cell = Self::number(value.map(hundred), half_width.map(hundred), phrases);
        if value.is_some() {
            cell.text.push_str(" %");
        }
        cell
    }

    /// A text that is sorted by a number.
    pub(super) fn sorted(text: impl Into<String>, number: f64) -> Self {
        Self { text: text.into(), number: Some(number), bar: None }
    }
}

/// A table; the first cell of each row names it.
pub(super) struct Table<'a> {
    pub(super) caption: &'a str,
    pub(super) head: Vec<&'a str>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table<'_> {
    /// The table; nothing where it has no rows.
    pub(super) fn markup(&self) -> Markup {
        if self.rows.is_empty() {
            return html! {};
        }
        html! {
            div class="scroll" tabindex="0" role="region" aria-label=(self.caption) {
                table class="sortable" {
                    caption { (self.caption) }
                    thead { tr { @for (at, head) in self.head.iter().enumerate() {
                        th scope="col" class=[self.is_of_numbers(at).then_some("number")] { (head) }
                    } } }
                    tbody { @for row in &self.rows { tr { @for (at, cell) in row.iter().enumerate() { (self.cell(at, cell)) } } } }
                }
            }
        }
    }

    fn cell(&self, at: usize, cell: &Cell) -> Markup {
        let by = cell.number.map(|number| number.to_string());
        let class = self.is_of_numbers(at).then_some("number");
        html! {
            @if at == 0 { th scope="row" data-by=[by] { (cell.text) } }
            @else { td class=[class] data-by=[by] { (cell.text) @if let Some(share) = cell.bar { (bar(share)) } } }
        }
    }

    /// Whether a column has numbers.
    fn is_of_numbers(&self, at: usize) -> bool {
        at > 0 && self.rows.iter().any(|row| row.get(at).is_some_and(|cell| cell.number.is_some()))
    }
}

fn bar(share: f64) -> Markup {
    let width = format!("{:.1}", BAR * share.clamp(0.0, 1.0));
    html! { svg class="bar" width=(BAR) height="8" aria-hidden="true" { rect width=(width) height="8" {} } }
}
