//! Shares by route: base beside what-if, and who moves from where to where.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::canvas::{Align, Canvas};
use super::theme::{GREY, INK, PALE_INK, SERIES, tint};
use crate::comparison::{ChoiceTaken, Comparison, RoutesTaken};

const TOP: i32 = 190;
const BOTTOM: i32 = 820;
const LEFT: i32 = 520;
const RIGHT: i32 = 1080;
/// Width of a bar.
const BAR: i32 = 28;
/// Between the bands of two alternatives.
const GAP: i32 = 14;
/// Least height that a label has.
const LABEL: i32 = 30;
/// Points of a band's edge.
const STEPS: i32 = 24;
/// Below this share of the corridor those who are outside before and after are not drawn.
const MOSTLY_OUTSIDE: f64 = 0.2;

/// One choice of one what-if.
pub(super) struct Flows<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) taken: &'a RoutesTaken,
    pub(super) choice: &'a ChoiceTaken,
}

type Drawn = Result<(), String>;
/// Top and height in pixels.
type Span = (f64, f64);

impl super::Picture for Flows<'_> {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Drawn {
        let title = format!("Routes of {} with {}", self.choice.id, self.taken.what_if);
        let how =
            "shares of the market before and after; bands are those who stay and who move (not those who stay outside)";
        canvas.heading_of(&self.comparison.base, &title, how)?;
        canvas.text((LEFT + BAR / 2, TOP - 36), "base", (22, INK), Align::Centre)?;
        canvas.text((RIGHT + BAR / 2, TOP - 36), "what-if", (22, INK), Align::Centre)?;
        let moves = self.shown();
        let before = self.spans(moves.iter().map(|row| row.iter().sum()));
        let after = self.spans((0..moves.len()).map(|to| moves.iter().map(|row| row[to]).sum()));
        self.bands(canvas, &moves, (&before, &after))?;
        for (side, spans) in [(0, &before), (1, &after)] {
            self.bars(canvas, side, spans)?;
        }
        Ok(())
    }
}

impl Flows<'_> {
    fn colour(&self, place: usize) -> RGBColor {
        if self.choice.alternatives[place].is_outside { GREY } else { SERIES[place % SERIES.len()] }
    }

    /// Height of the whole market in pixels.
    fn height(&self) -> f64 {
        f64::from(BOTTOM - TOP - GAP * (self.choice.alternatives.len() as i32 - 1))
    }

    /// Who moves, and who stays but for shippers that are outside before and after where these would be nearly all.
    fn shown(&self) -> Vec<Vec<f64>> {
        let alternatives = &self.choice.alternatives;
        let inside: f64 = alternatives.iter().filter(|one| !one.is_outside).map(|one| one.share[0]).sum();
        let is_left_out = |from: usize, to: usize| {
            inside < MOSTLY_OUTSIDE && alternatives[from].is_outside && alternatives[to].is_outside
        };
        let mut moves = self.choice.moves.clone();
        for (from, row) in moves.iter_mut().enumerate() {
            let left_out = row.iter_mut().enumerate().filter(|(to, _)| is_left_out(from, *to));
            left_out.for_each(|(_, share)| *share = 0.0);
        }
        let total: f64 = moves.iter().flatten().sum();
        moves.iter_mut().flatten().for_each(|share| *share /= total);
        moves
    }

    /// Top and height of each alternative, from its part of what is shown.
    fn spans(&self, parts: impl Iterator<Item = f64>) -> Vec<Span> {
        let mut top = f64::from(TOP);
        let span = |part: f64| {
            let height = part * self.height();
            let at = top;
            top += height + f64::from(GAP);
            (at, height)
        };
        parts.map(span).collect()
    }

    /// From each alternative to each, in the order of both sides, so that bands of one alternative do not cross.
    fn bands<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        moves: &[Vec<f64>],
        (before, after): (&[Span], &[Span]),
    ) -> Drawn {
        let mut left: Vec<f64> = before.iter().map(|span| span.0).collect();
        let mut right: Vec<f64> = after.iter().map(|span| span.0).collect();
        for (from, row) in moves.iter().enumerate() {
            for (to, &share) in row.iter().enumerate() {
                let height = share * self.height();
                if height >= 0.5 {
                    canvas.polygon(band((left[from], right[to]), height), tint(self.colour(from)))?;
                }
                left[from] += height;
                right[to] += height;
            }
        }
        Ok(())
    }

    fn bars<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>, side: usize, spans: &[Span]) -> Drawn {
        let x = if side == 0 { LEFT } else { RIGHT };
        let mut free = TOP - LABEL;
        for (place, (one, &(top, height))) in self.choice.alternatives.iter().zip(spans).enumerate() {
            let bottom = (top + height.max(2.0)) as i32;
            canvas.rectangle((x, top as i32), (x + BAR, bottom), self.colour(place))?;
            let y = ((top + height / 2.0) as i32).max(free + LABEL);
            free = y;
            let outside = if one.is_outside { ", outside the corridor" } else { "" };
            let share = 100.0 * one.share[side];
            let digits = if share < 1.0 { 2 } else { 1 };
            let text = format!("{}{outside}: {share:.digits$} %", one.name);
            let text = canvas.fitted(&text, 21, 450);
            let (at, align) = if side == 0 { (x - 16, Align::Right) } else { (x + BAR + 16, Align::Left) };
            canvas.line(
                (if side == 0 { x - 10 } else { x + BAR + 10 }, y),
                (x + BAR / 2, (top + height / 2.0) as i32),
                (1, PALE_INK),
            )?;
            canvas.text((at, y), &text, (21, INK), align)?;
        }
        Ok(())
    }
}

/// A band between two heights of one width, with edges that leave and arrive level.
fn band((left, right): (f64, f64), height: f64) -> Vec<(i32, i32)> {
    let edge = |below: f64| {
        (0..=STEPS).map(move |step| {
            let t = f64::from(step) / f64::from(STEPS);
            let eased = t * t * (3.0 - 2.0 * t);
            let x = f64::from(LEFT + BAR) + t * f64::from(RIGHT - LEFT - BAR);
            (x as i32, (below + left + (right - left) * eased) as i32)
        })
    };
    edge(0.0).chain(edge(height).collect::<Vec<_>>().into_iter().rev()).collect()
}
