//! Which drawn inputs make the spread of what a what-if changes: bars to both sides, the longest first.

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::picture::Plot;
use super::scale::Scale;
use super::section_time::{BELOW, TOP, bands_between, height_of};
use super::style::{Stroke, TextStyle};
use super::sweep::in_language;
use super::theme::{BLUE, GREY, INK, ORANGE, PALE_INK};
use crate::comparison::{Comparison, InputShare, Spread, WhatIf};
use crate::report::comparison::{label, main_section};
use crate::words::{Measure, SubjectKind};

/// Room for the shares at the right.
const SHARES: i32 = 120;

/// The inputs of one what-if.
pub(super) struct Tornado<'a> {
    comparison: &'a Comparison,
    what_if: &'a WhatIf,
    spread: &'a Spread,
}

impl<'a> Tornado<'a> {
    /// Of the section that the answer is about, else of traffic; `None` where inputs are not drawn.
    pub(super) fn of(comparison: &'a Comparison, what_if: &'a WhatIf) -> Option<Self> {
        let section = main_section(comparison);
        let is_of = |spread: &&Spread| match section {
            Some(section) => spread.subject == *section,
            None => spread.measure == Measure::Throughput && spread.subject.is(SubjectKind::Corridor),
        };
        let spread = what_if.spreads.iter().find(is_of).filter(|spread| !spread.inputs.is_empty())?;
        Some(Self { comparison, what_if, spread })
    }
}

impl Plot for Tornado<'_> {
    fn height(&self) -> i32 {
        height_of(self.spread.inputs.len())
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let (network, phrases) = (&self.comparison.network, canvas.phrases());
        let of = main_section(self.comparison)
            .map_or_else(|| phrases.carried_curve.to_owned(), |section| network.section_name(section));
        canvas.heading_of(
            &self.what_if.manifest,
            &format!("{}, {of}, {}", phrases.spread_from, label(self.what_if)),
            phrases.spread_how,
        )?;
        let inputs = self.spread.inputs.iter();
        let names: Vec<String> =
            inputs.map(|input| in_language(&network.parameter_name(&input.input), phrases)).collect();
        let left = canvas.left_of(names.iter().map(String::as_str), 20);
        let upright = Extent::new(TOP, canvas.bottom(BELOW));
        let scale = Scale::between(Extent::new(left, canvas.right(MARGIN + SHARES)), -1.0, 1.0);
        canvas.horizontal_axis(&scale, upright, phrases.rank_correlation)?;
        canvas.text(
            Pixel::new(canvas.right(MARGIN), TOP - 18),
            phrases.share_of_spread,
            TextStyle::new(20, INK),
            Align::Right,
        )?;
        for ((input, name), band) in self.spread.inputs.iter().zip(&names).zip(bands_between(upright, names.len())) {
            canvas.name(left, band, name, 20)?;
            bar(canvas, &scale, input, band)?;
        }
        let zero = scale.at(0.0);
        canvas.line(Pixel::new(zero, TOP), Pixel::new(zero, upright.to), Stroke::new(2, INK))
    }
}

fn bar(canvas: &Canvas<'_>, scale: &Scale, input: &InputShare, band: Band) -> Result<(), String> {
    let (colour, ink) = match input.is_significant {
        true if input.correlation > 0.0 => (ORANGE, INK),
        true => (BLUE, INK),
        false => (GREY, PALE_INK),
    };
    let (zero, end) = (scale.at(0.0), scale.at(input.correlation));
    canvas.bar(Extent::new(zero.min(end), zero.max(end)), band, colour)?;
    let share = format!("{:.0} %", 100.0 * input.share);
    canvas.text(Pixel::new(canvas.right(MARGIN), band.middle), &share, TextStyle::new(20, ink), Align::Right)
}
