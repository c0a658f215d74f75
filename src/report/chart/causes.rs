//! Where the days go, by cause, for each section.

use super::canvas::Canvas;
use super::picture::Plot;
use super::section_time::{height_of, is_by_section, rows};
use super::stacks::{Stack, Stacks};
use crate::report::round_to;
use crate::results::{Summary, SummaryRow};

/// Days by cause.
pub(super) struct Causes<'a>(pub(super) &'a Summary);

impl Plot for Causes<'_> {
    fn height(&self) -> i32 {
        height_of(rows(self.0).len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let Self(summary) = self;
        let phrases = canvas.phrases();
        let by_section = is_by_section(summary);
        let title = if by_section { phrases.where_days_go_by_section } else { phrases.where_days_go_by_flow };
        canvas.heading(summary, title, phrases.causes_how)?;
        let stacks: Vec<Stack> = rows(summary).into_iter().map(|row| stack(summary, row)).collect();
        if stacks.is_empty() {
            return canvas.nothing(phrases.nobody_arrived);
        }
        Stacks::of_days(canvas, &stacks).plot(canvas)
    }
}

fn stack(summary: &Summary, row: &SummaryRow) -> Stack {
    let subject = &row.key.subject;
    Stack {
        name: summary.network.subject_name(subject),
        parts: summary.days_by_group(subject).to_vec(),
        total: round_to(row.mean.unwrap_or(0.0), row.half_width).to_string(),
    }
}
