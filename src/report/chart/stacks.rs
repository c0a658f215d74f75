//! Bars of days by cause, one below the other, with the key of their colours.

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::section_time::{BELOW, TOP, bands_between};
use super::style::{KeyEntry, TextStyle};
use super::theme::{BLUE, Colour, DARK, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, SKY, VERMILLION, YELLOW};
use crate::words::CauseGroup;

/// Room at the right of the longest bar for its total.
const TOTAL: i32 = 110;
/// Least room of a number in its bar.
const LABEL: i32 = 8;

/// A bar.
pub(super) struct Stack {
    pub(super) name: String,
    /// Days by group of causes, in the order of [`CauseGroup::ALL`].
    pub(super) days: [f64; CauseGroup::ALL.len()],
    /// What stands at its end.
    pub(super) total: String,
}

impl Stack {
    fn length(&self) -> f64 {
        self.days.iter().sum()
    }
}

/// Plots bars below the heading.
pub(super) fn plot_stacks(canvas: &Canvas<'_>, stacks: &[Stack]) -> Result<(), String> {
    let left = canvas.left_of(stacks.iter().map(|stack| &*stack.name), 20);
    let has_any = |place: usize| stacks.iter().any(|stack| stack.days[place] > 0.0);
    let shown = CauseGroup::ALL.into_iter().enumerate().filter(|&(place, _)| has_any(place));
    let key: Vec<KeyEntry<'_>> =
        shown.map(|(_, group)| KeyEntry { text: canvas.word(group), colour: colour(group) }).collect();
    let key_width = canvas.key_width(key.iter().map(|entry| entry.text));
    let right = canvas.right(MARGIN + key_width);
    let upright = Extent::new(TOP, canvas.bottom(BELOW));
    let most = stacks.iter().map(Stack::length).fold(0.0, f64::max);
    let scale = Scale::new(Extent::new(left, right - TOTAL), most);
    canvas.horizontal_axis(&scale, upright, canvas.phrases().days)?;
    for (stack, band) in stacks.iter().zip(bands_between(upright, stacks.len())) {
        canvas.name(left, band.middle, &stack.name, 20)?;
        bar(canvas, &scale, &stack.days, band)?;
        let at = Pixel::new(scale.at(stack.length()) + 12, band.middle);
        canvas.text(at, &stack.total, TextStyle::new(20, INK), Align::Left)?;
    }
    canvas.key(Pixel::new(right, TOP + 20), key_width, key.into_iter())
}

/// The parts of a bar; the days stand in those that have room for them, so that parts can be told apart without colours.
fn bar(canvas: &Canvas<'_>, scale: &Scale, days: &[f64], band: Band) -> Result<(), String> {
    let mut before = 0.0;
    for (&days, group) in days.iter().zip(CauseGroup::ALL) {
        let (from, to) = (scale.at(before), scale.at(before + days));
        if to > from {
            canvas.bar(Extent::new(from, to), band, colour(group))?;
            label(canvas, Extent::new(from, to), days, band)?;
        }
        before += days;
    }
    Ok(())
}

fn label(canvas: &Canvas<'_>, part: Extent, days: f64, band: Band) -> Result<(), String> {
    let text = format!("{days:.1}");
    let half = canvas.width(&text, 16) / 2 + 4;
    if part.to - part.from < 2 * half + LABEL || band.half < 12 {
        return Ok(());
    }
    canvas.bar(
        Extent::new(part.middle() - half, part.middle() + half),
        Band { middle: band.middle, half: 10 },
        PAPER,
    )?;
    canvas.text(Pixel::new(part.middle(), band.middle), &text, TextStyle::new(16, INK), Align::Centre)
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
