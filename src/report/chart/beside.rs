//! Where the days of the headline section go, the base beside each what-if.

use super::canvas::{Align, Canvas, MARGIN};
use super::causes::{colour, stack};
use super::geometry::{Extent, Pixel};
use super::picture::Plot;
use super::scale::Scale;
use super::section_time::{BELOW, MOST, TOP, bands_between, height_of};
use super::style::{KeyEntry, TextStyle};
use super::theme::INK;
use crate::comparison::{Comparison, Explanation};
use crate::report::comparison::{label, main_section};
use crate::words::{CauseGroup, ChartText};

/// Room at the right of the longest bar for its total.
const TOTAL: i32 = 110;

/// The days of a comparison's section by cause.
pub(super) struct Beside<'a> {
    comparison: &'a Comparison,
    rows: Vec<Row>,
}

/// A scenario: its days by group of causes.
struct Row {
    name: String,
    days: [f64; CauseGroup::ALL.len()],
}

impl<'a> Beside<'a> {
    /// `None` where the answer is about no section, or nothing is known of its causes.
    pub(super) fn of(comparison: &'a Comparison) -> Option<Self> {
        let section = main_section(comparison)?;
        let explained = comparison.what_ifs.iter().take(MOST - 1).filter(|what_if| what_if.against.is_none());
        let explained = explained.filter_map(|what_if| {
            Some((what_if, what_if.explanations.iter().find(|explanation| explanation.subject == *section)?))
        });
        let mut rows = Vec::new();
        for (what_if, explanation) in explained {
            if rows.is_empty() {
                rows.push(Row {
                    name: comparison.base.scenario.title.clone(),
                    days: days(explanation, |part| part.base),
                });
            }
            rows.push(Row { name: label(what_if), days: days(explanation, |part| part.what_if) });
        }
        (!rows.is_empty()).then_some(Self { comparison, rows })
    }
}

fn days(explanation: &Explanation, of: fn(&crate::comparison::Part) -> f64) -> [f64; CauseGroup::ALL.len()] {
    CauseGroup::ALL
        .map(|group| explanation.parts.iter().filter(|part| part.cause.group() == group).map(of).sum::<f64>().max(0.0))
}

impl Plot for Beside<'_> {
    fn height(&self) -> i32 {
        height_of(self.rows.len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let section = main_section(self.comparison).map(|section| self.comparison.network.section_name(section));
        let title = format!("{}, {}", canvas.word(ChartText::WhereDaysGo), section.unwrap_or_default());
        canvas.heading_of(&self.comparison.base, &title, "mean days of a shipment by weight, base and what-ifs")?;
        let left = canvas.left_of(self.rows.iter().map(|row| &*row.name), 20);
        let has_any = |place: usize| self.rows.iter().any(|row| row.days[place] > 0.0);
        let shown = CauseGroup::ALL.into_iter().enumerate().filter(|&(place, _)| has_any(place));
        let key: Vec<KeyEntry<'_>> =
            shown.map(|(_, group)| KeyEntry { text: canvas.word(group), colour: colour(group) }).collect();
        let key_width = canvas.key_width(key.iter().map(|entry| entry.text));
        let right = canvas.right(MARGIN + key_width);
        let upright = Extent::new(TOP, canvas.bottom(BELOW));
        let total = |row: &Row| row.days.iter().sum::<f64>();
        let scale = Scale::new(Extent::new(left, right - TOTAL), self.rows.iter().map(total).fold(0.0, f64::max));
        canvas.horizontal_axis(&scale, upright, canvas.word(ChartText::Days))?;
        for (row, band) in self.rows.iter().zip(bands_between(upright, self.rows.len())) {
            canvas.name(left, band.middle, &row.name, 20)?;
            stack(canvas, &scale, &row.days, band)?;
            let at = Pixel::new(scale.at(total(row)) + 12, band.middle);
            canvas.text(at, &format!("{:.2}", total(row)), TextStyle::new(20, INK), Align::Left)?;
        }
        canvas.key(Pixel::new(right, TOP + 20), key_width, key.into_iter())
    }
}
