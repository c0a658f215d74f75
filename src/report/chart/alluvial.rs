//! Shares by route: all cargo of a choice, base beside what-if, and beside that who changes from where to where.

use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::style::{Stroke, TextStyle};
use super::theme::{Colour, DARK, GREY, INK, PAPER, SERIES};
use crate::comparison::{ChoiceTaken, Comparison, RoutesTaken};
use crate::report::comparison::label;

const TOP: i32 = 230;
/// Room below the bars.
const BELOW: i32 = 50;
/// Width of a bar.
const BAR: i32 = 60;
/// Room for shares at the left of a bar.
const SHARES: i32 = 70;
/// Parts of the width of a picture: between its bars, and for names at its right.
const BETWEEN: f64 = 0.28;
/// Between the bands of two alternatives.
const GAP: i32 = 10;
/// Least height that a label has, and its letters: they are read in a picture of a third of its width.
const LABEL: i32 = 34;
const LETTERS: i32 = 26;
/// Of routes outside the corridor, in their order.
const GREYS: [Colour; 3] = [GREY, DARK.at(80), GREY.at(60)];
/// Points of a band's edge.
const STEPS: i32 = 24;
/// Shares of the market that this little changes are no picture.
const LEAST: f64 = 1e-6;

/// One choice of one what-if.
pub(super) struct Flows<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) taken: &'a RoutesTaken,
    pub(super) choice: &'a ChoiceTaken,
}

type Plotted = Result<(), String>;

/// The upright place of a bar, in parts of pixels.
struct Span {
    top: f64,
    height: f64,
}

/// The bars of the base or of the what-if.
struct Side<'a> {
    left: i32,
    spans: &'a [Span],
    /// Of each alternative, as a part of the total.
    shares: &'a [f64],
    /// Routes have their names here.
    is_named: bool,
}

/// One of the two pictures: bars whose left edges stand at these places down to a bottom, labels up to the right, and from
/// where to where, as parts of its own total.
struct Panel {
    at: Extent,
    right: i32,
    bottom: i32,
    moves: Vec<Vec<f64>>,
}

impl Panel {
    /// In this part of the paper.
    fn within(canvas: &Canvas<'_>, room: Extent, moves: Vec<Vec<f64>>) -> Self {
        let from = room.from + SHARES;
        let between = BETWEEN * f64::from(room.to - from);
        let at = Extent::new(from, from + BAR + between as i32);
        Self { at, right: room.to, bottom: canvas.bottom(BELOW), moves }
    }

    /// Height of all bars of a side in pixels.
    fn height(&self) -> f64 {
        f64::from(self.bottom - TOP - GAP * (self.moves.len() as i32 - 1))
    }

    /// Top and height of each alternative, from its part of the total.
    fn spans(&self, parts: &[f64]) -> Vec<Span> {
        let mut top = f64::from(TOP);
        let whole = self.height();
        let span = |part: &f64| {
            let height = part * whole;
            let at = top;
            top += height + f64::from(GAP);
            Span { top: at, height }
        };
        parts.iter().map(span).collect()
    }
}

impl super::Plot for Flows<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Plotted {
        let phrases = canvas.phrases();
        let title = format!("{}: {} {}", self.name(), phrases.routes_of, self.choice.title);
        canvas.heading_of(&self.comparison.base, &title, phrases.routes_how)?;
        let changed = self.changed();
        let (left, middle, right) = (MARGIN, canvas.right(0) / 2, canvas.right(MARGIN));
        let all = Panel::within(canvas, Extent::new(left, middle - 10), self.choice.moves.clone());
        self.panel(canvas, &all, phrases.all_cargo)?;
        let other_half = Extent::new(middle + 10, right);
        if changed < LEAST {
            let at = Pixel::new(other_half.middle(), canvas.bottom(0) / 2);
            return canvas.text(at, phrases.nobody_changes, TextStyle::new(LETTERS, INK), Align::Centre);
        }
        let mut moves = self.choice.moves.clone();
        for (from, row) in moves.iter_mut().enumerate() {
            row[from] = 0.0;
            for share in row.iter_mut() {
                *share /= changed;
            }
        }
        let name = format!("{}: {}", phrases.who_changes, percent(changed));
        self.panel(canvas, &Panel::within(canvas, other_half, moves), &name)
    }
}

impl Flows<'_> {
    /// The name of the what-if.
    fn name(&self) -> String {
        let what_if = self.comparison.what_ifs.iter().find(|what_if| what_if.name == self.taken.what_if);
        what_if.map_or_else(|| self.taken.what_if.clone(), label)
    }

    /// The share of the market that takes another route.
    fn changed(&self) -> f64 {
        let rows = self.choice.moves.iter().enumerate();
        rows.map(|(from, row)| row.iter().sum::<f64>() - row[from]).sum()
    }

    fn colour(&self, place: usize) -> Colour {
        let before = &self.choice.alternatives[..place];
        let outside = before.iter().filter(|one| one.is_outside).count();
        if self.choice.alternatives[place].is_outside {
            GREYS[outside % GREYS.len()]
        } else {
            SERIES[place % SERIES.len()]
        }
    }

    fn panel(&self, canvas: &Canvas<'_>, panel: &Panel, name: &str) -> Plotted {
        let places = panel.moves.len();
        let before: Vec<f64> = panel.moves.iter().map(|row| row.iter().sum()).collect();
        let after: Vec<f64> = (0..places).map(|to| panel.moves.iter().map(|row| row[to]).sum()).collect();
        let (left, right) = (panel.spans(&before), panel.spans(&after));
        let name = canvas.fitted(name, 28, panel.right - panel.at.from);
        canvas.text(Pixel::new(panel.at.from, TOP - 88), &name, TextStyle::new(28, INK), Align::Left)?;
        canvas.text(
            Pixel::new(panel.at.from + BAR / 2, TOP - 36),
            canvas.phrases().base,
            TextStyle::new(LETTERS, INK),
            Align::Centre,
        )?;
        canvas.text(
            Pixel::new(panel.at.to + BAR / 2, TOP - 36),
            canvas.phrases().what_if_side,
            TextStyle::new(LETTERS, INK),
            Align::Centre,
        )?;
        self.bands(canvas, panel, &left, &right)?;
        self.bars(canvas, panel, &Side { left: panel.at.from, spans: &left, shares: &before, is_named: false })?;
        self.bars(canvas, panel, &Side { left: panel.at.to, spans: &right, shares: &after, is_named: true })
    }

    /// From each alternative to each, in the order of both sides, so that bands of one alternative do not cross.
    fn bands(&self, canvas: &Canvas<'_>, panel: &Panel, base: &[Span], what_if: &[Span]) -> Plotted {
        let mut left: Vec<f64> = base.iter().map(|span| span.top).collect();
        let mut right: Vec<f64> = what_if.iter().map(|span| span.top).collect();
        let whole = panel.height();
        for (from, row) in panel.moves.iter().enumerate() {
            for (to, &share) in row.iter().enumerate() {
                let height = share * whole;
                if height >= 0.5 {
                    let edges = Extent::new(panel.at.from + BAR, panel.at.to);
                    canvas.polygon(band(edges, left[from], right[to], height), self.colour(from).tint())?;
                }
                left[from] += height;
                right[to] += height;
            }
        }
        Ok(())
    }

    /// Bars with the number of each route in them, or beside them where they are low; to the right also names and shares.
    fn bars(&self, canvas: &Canvas<'_>, panel: &Panel, side: &Side<'_>) -> Plotted {
        let Side { left: x, spans, shares, is_named } = *side;
        let mut free = TOP - LABEL;
        for (place, one) in self.choice.alternatives.iter().enumerate() {
            let Span { top, height } = spans[place];
            if shares[place] <= 0.0 && !is_named {
                continue;
            }
            let bottom = (top + height.max(2.0)) as i32;
            canvas.rectangle(Pixel::new(x, top as i32), Pixel::new(x + BAR, bottom), self.colour(place))?;
            let number = (place + 1).to_string();
            let middle = (top + height / 2.0) as i32;
            let y = middle.max(free + LABEL).min(panel.bottom);
            free = y;
            if height >= f64::from(LABEL) {
                canvas.rectangle(Pixel::new(x + 18, middle - 16), Pixel::new(x + BAR - 18, middle + 16), PAPER)?;
                canvas.text(Pixel::new(x + BAR / 2, middle), &number, TextStyle::new(LETTERS, INK), Align::Centre)?;
            }
            let share = percent(shares[place]);
            if is_named {
                let share = format!("  {share}");
                let room = panel.right - x - BAR - 18;
                let text =
                    canvas.fitted(&format!("{number} {}", one.title), LETTERS, room - canvas.width(&share, LETTERS));
                canvas.line(Pixel::new(x + BAR, middle), Pixel::new(x + BAR + 12, y), Stroke::new(2, INK))?;
                canvas.text(
                    Pixel::new(x + BAR + 18, y),
                    &format!("{text}{share}"),
                    TextStyle::new(LETTERS, INK),
                    Align::Left,
                )?;
            } else {
                canvas.line(Pixel::new(x - 12, y), Pixel::new(x, middle), Stroke::new(2, INK))?;
                canvas.text(Pixel::new(x - 16, y), &share, TextStyle::new(22, INK), Align::Right)?;
            }
        }
        Ok(())
    }
}

/// A share: two digits after the point below one per cent.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    let digits = if percent <= 0.0 {
        0
    } else if percent < 1.0 {
        2
    } else {
        1
    };
    format!("{percent:.digits$} %")
}

/// A band between two heights of one width, with edges that leave and arrive level.
fn band(edges: Extent, left: f64, right: f64, height: f64) -> Vec<Pixel> {
    let edge = |below: f64| {
        (0..=STEPS).map(move |step| {
            let t = f64::from(step) / f64::from(STEPS);
            let eased = t * t * (3.0 - 2.0 * t);
            let x = f64::from(edges.from) + t * f64::from(edges.to - edges.from);
            Pixel::new(x as i32, (below + left + (right - left) * eased) as i32)
        })
    };
    edge(0.0).chain(edge(height).collect::<Vec<_>>().into_iter().rev()).collect()
}
