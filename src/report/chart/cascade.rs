//! Where the time of a section changes: from the base, place by place, to the what-if.

use super::picture::Plot;

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Band, Extent, Pixel};
use super::scale::Scale;
use super::style::{Stroke, TextStyle};
use super::theme::{BLUE, DARK, INK, ORANGE, PALE_INK};
use crate::comparison::{Comparison, Explanation, WhatIf};
use crate::report::comparison::label;
use crate::report::phrases::phrases;
use crate::words::{Language, name};

const TOP: i32 = 150;
/// Room for the axis below the plot.
const BELOW: i32 = 110;
/// Between the middles of two rows where the picture is as high as they need.
const PITCH: i32 = 72;
/// Room for a number at the right of its bar.
const NUMBER: i32 = 110;
/// Steps that are shown one by one.
const MOST: usize = 7;

/// A bar from a time to another.
struct Step {
    name: String,
    from: f64,
    to: f64,
    is_total: bool,
}

/// What a what-if changes in a section, by place and cause.
pub(super) struct Cascade<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) what_if: &'a WhatIf,
    pub(super) explanation: &'a Explanation,
}

impl Plot for Cascade<'_> {
    fn height(&self) -> i32 {
        let steps = steps(self.comparison, self.what_if, self.explanation, Language::English).len();
        TOP + PITCH * steps as i32 + BELOW
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        plot(canvas, self.comparison, self.what_if, self.explanation)
    }
}

fn plot(
    canvas: &Canvas<'_>,
    comparison: &Comparison,
    what_if: &WhatIf,
    explanation: &Explanation,
) -> Result<(), String> {
    let name = comparison.network.section_name(&explanation.subject);
    let phrases = canvas.phrases();
    let title = format!("{name}, {} {}", phrases.with, label(what_if));
    canvas.heading_of(&comparison.base, &title, phrases.cascade_how)?;
    let steps = steps(comparison, what_if, explanation, canvas.language());
    let ends = || steps.iter().flat_map(|step| [step.from, step.to]).filter(|value| *value > 0.0);
    let (least, most) = (ends().fold(f64::INFINITY, f64::min), ends().fold(0.0, f64::max));
    // Small changes of a long time are read from an axis that does not begin at 0; the bars of totals are then cut.
    let span = most - least;
    let least = if span > 0.25 * most { 0.0 } else { (least - 0.6 * span).max(0.0) };
    let left = canvas.left_of(steps.iter().map(|step| &*step.name), 20);
    let bottom = canvas.bottom(BELOW);
    let scale = Scale::between(Extent::new(left, canvas.right(MARGIN + NUMBER)), least, most);
    let axis = if least > 0.0 { phrases.days_cut } else { phrases.column_days };
    canvas.horizontal_axis(&scale, Extent::new(TOP, bottom), axis)?;
    let pitch = f64::from(bottom - TOP) / steps.len() as f64;
    for (place, step) in steps.iter().enumerate() {
        let y = TOP + ((place as f64 + 0.5) * pitch) as i32;
        bar(canvas, step, &scale, Band { middle: y, half: (pitch * 0.32) as i32 })?;
        if place + 1 < steps.len() {
            let x = scale.at(step.to);
            canvas.line(
                Pixel::new(x, y + (pitch * 0.32) as i32),
                Pixel::new(x, y + (pitch * 0.68) as i32),
                Stroke::new(1, PALE_INK),
            )?;
        }
    }
    Ok(())
}

fn steps(comparison: &Comparison, what_if: &WhatIf, explanation: &Explanation, language: Language) -> Vec<Step> {
    let phrases = &phrases(language).on_charts;
    let mut steps = vec![Step { name: phrases.base.to_owned(), from: 0.0, to: explanation.base, is_total: true }];
    let mut at = explanation.base;
    let mut add = |name: String, difference: f64| {
        steps.push(Step { name, from: at, to: at + difference, is_total: false });
        at += difference;
    };
    let shown = explanation.parts.len().min(MOST);
    for part in explanation.parts[..shown].iter().filter(|part| part.difference != 0.0) {
        let cause = name(part.cause, language);
        add(format!("{}: {cause}", comparison.network.place_name(&part.place)), part.difference);
    }
    let rest: f64 = explanation.parts[shown..].iter().map(|part| part.difference).sum();
    if shown < explanation.parts.len() {
        add(phrases.other_places.to_owned(), rest);
    }
    steps.push(Step { name: label(what_if), from: 0.0, to: explanation.what_if, is_total: true });
    steps
}

fn bar(canvas: &Canvas<'_>, step: &Step, scale: &Scale, band: Band) -> Result<(), String> {
    canvas.name(scale.ends.from, band, &step.name, 20)?;
    let difference = step.to - step.from;
    let phrases = canvas.phrases();
    let (day, hour) = (phrases.short_day, phrases.short_hour);
    let (colour, number) = match difference {
        total if step.is_total => (DARK, format!("{total:.2} {day}")),
        less if less < 0.0 => (BLUE, format!("{:.1} {hour}", less * 24.0)),
        more => (ORANGE, format!("+{:.1} {hour}", more * 24.0)),
    };
    let (from, to) = (scale.at(step.from), scale.at(step.to));
    // A change too small to be seen is a line.
    let to = if from == to { from + 1 } else { to };
    canvas.bar(Extent::new(from, to), band, colour)?;
    canvas.text(Pixel::new(from.max(to) + 10, band.middle), &number, TextStyle::new(20, INK), Align::Left)
}
