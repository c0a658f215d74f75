//! What the vessels of each fleet do: the shares of their time.

use super::canvas::Canvas;
use super::picture::Plot;
use super::section_time::{MOST, height_of};
use super::stacks::{Stack, Stacks};
use super::style::KeyEntry;
use super::theme::{Colour, DARK, GREEN, GREY, ORANGE, SKY, VERMILLION, YELLOW};
use crate::results::{Summary, SummaryRow};
use crate::words::{Measure, Subject};

/// The parts of a cycle in the order in which a vessel comes to them, with what stands still last; neighbours are unlike in grey too.
const PARTS: [(Measure, Colour); 7] = [
    (Measure::SailingShare, SKY),
    (Measure::BerthWaitShare, VERMILLION),
    (Measure::BerthShare, YELLOW),
    (Measure::CargoWaitShare, ORANGE),
    (Measure::LoadingShare, GREEN),
    (Measure::Closed, DARK),
    (Measure::Down, GREY),
];

/// The cycle of the vessels of each fleet.
pub(super) struct Cycles<'a> {
    summary: &'a Summary,
    stacks: Vec<Stack>,
}

impl<'a> Cycles<'a> {
    /// `None` where no vessel was in service.
    pub(super) fn of(summary: &'a Summary) -> Option<Self> {
        let fleets = summary.of(Measure::SailingShare).filter(|row| row.mean.is_some()).take(MOST);
        let stacks: Vec<Stack> = fleets.map(|row| stack(summary, &row.key.subject)).collect();
        (!stacks.is_empty()).then_some(Self { summary, stacks })
    }
}

fn stack(summary: &Summary, fleet: &Subject) -> Stack {
    let mean = |row: Option<&SummaryRow>| row.and_then(|row| row.mean).unwrap_or(0.0);
    let sailings = mean(summary.row(Measure::Voyages, fleet));
    Stack {
        name: summary.network.place_name(fleet),
        parts: PARTS.map(|(measure, _)| 100.0 * mean(summary.row(measure, fleet))).to_vec(),
        total: crate::report::thousands(sailings.round()),
    }
}

impl Plot for Cycles<'_> {
    fn height(&self) -> i32 {
        height_of(self.stacks.len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let phrases = canvas.phrases();
        canvas.heading(self.summary, phrases.cycle_of_vessels, phrases.cycle_how)?;
        let text = |measure| match measure {
            Measure::Closed => phrases.held_by_weather,
            Measure::Down => phrases.out_of_order,
            measure => canvas.word(measure),
        };
        let kinds = PARTS.map(|(measure, colour)| KeyEntry { text: text(measure), colour }).to_vec();
        Stacks { axis: phrases.percent_of_vessel_time, kinds, bars: &self.stacks, decimals: 0 }.plot(canvas)
    }
}
