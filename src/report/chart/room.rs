//! Where labels stand beside lines.

use super::canvas::Align;
use super::geometry::{Extent, Pixel};

/// Height of a label.
pub(super) const STEP: i32 = 26;

/// Where labels may stand: not on each other, nor on a line.
pub(super) struct Room {
    taken: Vec<[i32; 4]>,
    pub(super) lines: Vec<Vec<Pixel>>,
    level: Extent,
    upright: Extent,
}

impl Room {
    pub(super) fn new(lines: Vec<Vec<Pixel>>, level: Extent, upright: Extent) -> Self {
        Self { taken: Vec::new(), lines, level, upright }
    }

    /// A place beside an upright step: to the left of its upper part, else to the right of its lower part,
    /// else farther up or down.
    pub(super) fn find(&mut self, x: i32, step: Extent, width: i32) -> Option<(Pixel, Align)> {
        let (low, high) = (step.from, step.to);
        let shifts = (0..6).map(|shift| shift * STEP);
        let places = shifts.flat_map(|shift| {
            [
                (Pixel::new(x - 10, high + STEP / 2 + shift), Align::Right),
                (Pixel::new(x + 10, low - STEP / 2 - shift), Align::Left),
                (Pixel::new(x - 10, high - STEP / 2 - shift), Align::Right),
                (Pixel::new(x + 10, low + STEP / 2 + shift), Align::Left),
            ]
        });
        for (at, align) in places {
            let Pixel { x, y } = at;
            let left = if align == Align::Right { x - width } else { x };
            let corners = [left - 4, y - STEP / 2, left + width + 4, y + STEP / 2];
            let is_inside = left > self.level.from
                && left + width < self.level.to + 10
                && (self.upright.from + 1..self.upright.to - 8).contains(&y);
            if is_inside && self.is_free(corners) {
                self.taken.push(corners);
                return Some((at, align));
            }
        }
        None
    }

    fn is_free(&self, [left, top, right, bottom]: [i32; 4]) -> bool {
        let apart = |taken: &[i32; 4]| right < taken[0] || left > taken[2] || bottom < taken[1] || top > taken[3];
        let crosses = |pair: &[Pixel]| {
            // Points along the piece are near enough for a label's height.
            (0..=40).any(|step| {
                let at = |from: i32, to: i32| from + (to - from) * step / 40;
                let (x, y) = (at(pair[0].x, pair[1].x), at(pair[0].y, pair[1].y));
                (left..=right).contains(&x) && (top..=bottom).contains(&y)
            })
        };
        self.taken.iter().all(apart) && !self.lines.iter().any(|line| line.windows(2).any(crosses))
    }
}
