//! Bars of parts, one below the other, with the key of their colours.

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::section_time::{BELOW, TOP, bands_between};
use super::style::{KeyEntry, TextStyle};
use super::theme::{BLUE, Colour, DARK, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, SKY, VERMILLION, YELLOW};
use crate::words::CauseGroup;

/// Room at the right of the longest bar for its total.
const TOTAL: i32 = 110;
/// Between the parts of a bar.
const GAP: i32 = 2;
/// Least room of a number in its bar.
const LABEL: i32 = 8;

/// Bars whose parts are of the same kinds.
pub(super) struct Stacks<'a> {
    pub(super) axis: &'a str,
    /// What the parts are, in their order.
    pub(super) kinds: Vec<KeyEntry<'a>>,
    pub(super) bars: &'a [Stack],
    /// Decimals of the numbers in the parts.
    pub(super) decimals: usize,
}

/// A bar.
pub(super) struct Stack {
    pub(super) name: String,
    /// The parts, in the order of the kinds.
    pub(super) parts: Vec<f64>,
    /// What stands at its end.
    pub(super) total: String,
}

impl Stack {
    fn length(&self) -> f64 {
        self.parts.iter().sum()
    }
}

impl<'a> Stacks<'a> {
    /// Days by group of causes.
    pub(super) fn of_days(canvas: &Canvas<'_>, bars: &'a [Stack]) -> Self {
        let kinds = CauseGroup::ALL.map(|group| KeyEntry { text: canvas.word(group), colour: colour(group) });
        Self { axis: canvas.phrases().days, kinds: kinds.to_vec(), bars, decimals: 1 }
    }

    /// Plots the bars below the heading.
    pub(super) fn plot(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let left = canvas.left_of(self.bars.iter().map(|stack| &*stack.name), 20);
        let key = self.key();
        let key_width = canvas.key_width(key.iter().map(|entry| entry.text));
        let right = canvas.right(MARGIN + key_width);
        let upright = Extent::new(TOP, canvas.bottom(BELOW));
        // Shares that add up to 100 may do so but for the last digit.
        let most = (self.bars.iter().map(Stack::length).fold(0.0, f64::max) * 1e6).round() / 1e6;
        let scale = Scale::new(Extent::new(left, right - TOTAL), most);
        canvas.horizontal_axis(&scale, upright, self.axis)?;
        for (stack, band) in self.bars.iter().zip(bands_between(upright, self.bars.len())) {
            canvas.name(left, band, &stack.name, 20)?;
            self.bar(canvas, &scale, stack, band)?;
            let at = Pixel::new(scale.at(stack.length()) + 12, band.middle);
            canvas.text(at, &stack.total, TextStyle::new(20, INK), Align::Left)?;
        }
        canvas.key(Pixel::new(right, TOP + 20), key_width, key.into_iter())
    }

    /// The kinds of which some bar has a part.
    fn key(&self) -> Vec<KeyEntry<'a>> {
        let has_any = |place: usize| self.bars.iter().any(|stack| stack.parts[place] > 0.0);
        self.kinds.iter().enumerate().filter(|&(place, _)| has_any(place)).map(|(_, kind)| *kind).collect()
    }

    /// The numbers stand in those parts that have room for them, so that parts can be told apart without colours.
    fn bar(&self, canvas: &Canvas<'_>, scale: &Scale, stack: &Stack, band: Band) -> Result<(), String> {
        let mut before = 0.0;
        for (&part, kind) in stack.parts.iter().zip(&self.kinds) {
            let across = Extent::new(scale.at(before), scale.at(before + part));
            if across.to > across.from {
                // A gap between neighbours, which may be alike in grey.
                let gap = i32::from(before > 0.0 && across.to - across.from > 2 * GAP) * GAP;
                canvas.bar(Extent::new(across.from + gap, across.to), band, kind.colour)?;
                label(canvas, across, &format!("{part:.*}", self.decimals), band)?;
            }
            before += part;
        }
        Ok(())
    }
}

fn label(canvas: &Canvas<'_>, part: Extent, text: &str, band: Band) -> Result<(), String> {
    let half = canvas.width(text, 16) / 2 + 4;
    if part.to - part.from < 2 * half + LABEL || band.half < 12 {
        return Ok(());
    }
    canvas.bar(
        Extent::new(part.middle() - half, part.middle() + half),
        Band { middle: band.middle, half: 10 },
        PAPER,
    )?;
    canvas.text(Pixel::new(part.middle(), band.middle), text, TextStyle::new(16, INK), Align::Centre)
}

const fn colour(group: CauseGroup) -> Colour {
    match group {
        CauseGroup::Running => BLUE,
        CauseGroup::Sailing => SKY,
        CauseGroup::Handling => GREEN,
        CauseGroup::Border => YELLOW,
        CauseGroup::WaitLand => ORANGE,
        CauseGroup::WaitSea => VERMILLION,
        CauseGroup::WaitPlace => PURPLE,
        CauseGroup::Shut => DARK,
        CauseGroup::Unexplained => GREY,
    }
}
