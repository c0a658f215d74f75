//! Where the days of the headline section go, the base beside each what-if.

use super::canvas::Canvas;
use super::picture::Plot;
use super::section_time::{MOST, height_of};
use super::stacks::{Stack, Stacks};
use crate::comparison::{Comparison, Explanation, Part};
use crate::report::comparison::{label, main_section};
use crate::words::CauseGroup;

/// The days of a comparison's section by cause.
pub(super) struct Beside<'a> {
    comparison: &'a Comparison,
    stacks: Vec<Stack>,
}

impl<'a> Beside<'a> {
    /// `None` where the answer is about no section, or nothing is known of its causes.
    pub(super) fn of(comparison: &'a Comparison) -> Option<Self> {
        let section = main_section(comparison)?;
        let explained = comparison.what_ifs.iter().take(MOST - 1).filter(|what_if| what_if.against.is_none());
        let explained = explained.filter_map(|what_if| {
            Some((what_if, what_if.explanations.iter().find(|explanation| explanation.subject == *section)?))
        });
        let mut stacks = Vec::new();
        for (what_if, explanation) in explained {
            if stacks.is_empty() {
                stacks.push(stack(comparison.base.scenario.title.clone(), explanation, |part| part.base));
            }
            stacks.push(stack(label(what_if), explanation, |part| part.what_if));
        }
        (!stacks.is_empty()).then_some(Self { comparison, stacks })
    }
}

fn stack(name: String, explanation: &Explanation, of: fn(&Part) -> f64) -> Stack {
    let days = CauseGroup::ALL.map(|group| {
        let parts = explanation.parts.iter().filter(|part| part.cause.group() == group);
        parts.map(of).sum::<f64>().max(0.0)
    });
    Stack { name, total: format!("{:.2}", days.iter().sum::<f64>()), parts: days.to_vec() }
}

impl Plot for Beside<'_> {
    fn height(&self) -> i32 {
        height_of(self.stacks.len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let section = main_section(self.comparison).map(|section| self.comparison.network.section_name(section));
        let title = format!("{}, {}", canvas.phrases().where_days_go, section.unwrap_or_default());
        canvas.heading_of(&self.comparison.base, &title, canvas.phrases().beside_how)?;
        Stacks::of_days(canvas, &self.stacks).plot(canvas)
    }
}
