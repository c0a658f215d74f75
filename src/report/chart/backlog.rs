//! The backlog that a closure makes, over time.

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::scale::{Plane, Scale};
use super::style::{Stroke, TextStyle};
use super::theme::{BAND, BLUE, INK, PALE_INK};
use crate::analysis::stress::{Band, Case, Effect, Stress};
use crate::report::phrases::phrases;
use crate::report::stress::{closure, number};
use crate::words::Language;

const LEFT: i32 = 170;
const TOP: i32 = 150;
/// Room for the axis below the plot.
const BELOW: i32 = 120;
/// Days shown after the last on which there is much to see.
const AFTER: usize = 7;
/// How much is much, as a share of the peak.
const MUCH: f64 = 0.05;

/// The backlog of one closure, in tonnes or in TEU.
pub(super) struct Backlogs<'a> {
    stress: &'a Stress,
    case: &'a Case,
    unit: &'static str,
    days: Vec<Band>,
    length: f64,
}

impl<'a> Backlogs<'a> {
    pub(super) fn of(stress: &'a Stress, case: &'a Case, in_teu: bool) -> Self {
        let days: Vec<Band> =
            case.backlog().iter().map(|backlog| if in_teu { backlog.teu } else { backlog.tonnes }).collect();
        let length = stress.closing.length.days();
        let peak = days.iter().map(|day| day.p95).fold(0.0, f64::max);
        let last = days.iter().rposition(|day| day.p50 > MUCH * peak || day.mean > MUCH * peak).unwrap_or(0);
        let shown = (last + AFTER).max(2 * length.ceil() as usize).min(days.len().saturating_sub(1));
        Self { stress, case, unit: if in_teu { "TEU" } else { "t" }, days: days[..=shown].to_vec(), length }
    }

    /// Names and figures at the side.
    fn figures(&self, language: Language) -> Vec<(&'static str, String)> {
        let (words, not_gone) = (phrases(language).effect, phrases(language).on_charts.not_gone);
        let row = |effect| self.stress.row(self.case, effect);
        let mean = |effect| (words(effect), number(effect, row(effect).mean, row(effect).half_width));
        let day = |value: Option<f64>| {
            value.map_or_else(|| not_gone.to_owned(), |day| number(Effect::DaysToClear, Some(day), None))
        };
        let days = row(Effect::DaysToClear);
        let gone = (words(Effect::DaysToClear), format!("P50 {}, P90 {}", day(days.p50), day(days.p90)));
        let teu = self.stress.has_teu.then(|| mean(Effect::LateTeu));
        let after = [mean(Effect::Cost), mean(Effect::Refused), gone, mean(Effect::NotGone), mean(Effect::StabledPeak)];
        std::iter::once(mean(Effect::Late)).chain(teu).chain(after).collect()
    }
}

impl super::Plot for Backlogs<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let phrases = canvas.phrases();
        let title = format!("{}: {}", phrases.backlog, closure(self.stress, canvas.language()));
        canvas.heading_of(&self.stress.manifest, &title, phrases.backlog_how)?;
        let figures = self.figures(canvas.language());
        let least = self.days.iter().map(|day| day.p5).fold(0.0, f64::min);
        let most = self.days.iter().map(|day| day.p95).fold(0.0, f64::max);
        let width = canvas.widest(figures.iter().map(|figure| figure.0), 20);
        let width = width.max(canvas.widest(figures.iter().map(|figure| &*figure.1), 26));
        let side = canvas.right(MARGIN + width);
        let (right, bottom) = (side - 30, canvas.bottom(BELOW));
        let across = Scale::new(Extent::new(LEFT, right), (self.days.len() - 1) as f64);
        let up = Scale::between(Extent::new(bottom, TOP), least, most);
        canvas.rectangle(Pixel::new(across.at(0.0), TOP), Pixel::new(across.at(self.length), bottom), BAND)?;
        let axis = format!("{}, {}", phrases.backlog_axis, self.unit);
        canvas.vertical_axis(&up, Extent::new(LEFT, right), &axis)?;
        canvas.horizontal_axis(&across, Extent::new(bottom, bottom), phrases.days_since)?;
        canvas.polygon(self.outline(&Plane { across, up }), BLUE.tint())?;
        canvas.line(Pixel::new(LEFT, up.at(0.0)), Pixel::new(right, up.at(0.0)), Stroke::new(2, INK))?;
        for (day, pair) in self.days.windows(2).enumerate() {
            let (from, to) = (across.at(day as f64), across.at((day + 1) as f64));
            canvas.line(
                Pixel::new(from, up.at(pair[0].p50)),
                Pixel::new(to, up.at(pair[1].p50)),
                Stroke::new(4, BLUE),
            )?;
        }
        for (place, (name, figure)) in figures.iter().enumerate() {
            let y = TOP + 20 + place as i32 * (bottom - TOP - 20) / figures.len() as i32;
            canvas.text(Pixel::new(side, y), name, TextStyle::new(20, PALE_INK), Align::Left)?;
            canvas.text(Pixel::new(side, y + 30), figure, TextStyle::new(26, INK), Align::Left)?;
        }
        Ok(())
    }
}

impl Backlogs<'_> {
    /// Along the 5th percentile and back along the 95th.
    fn outline(&self, plane: &Plane) -> Vec<Pixel> {
        let forth = self.days.iter().enumerate().map(|(day, band)| plane.at(day as f64, band.p5));
        let back = self.days.iter().enumerate().rev().map(|(day, band)| plane.at(day as f64, band.p95));
        forth.chain(back).collect()
    }
}
