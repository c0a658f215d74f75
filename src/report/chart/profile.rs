//! Time and cost against distance, a line a route (the form of UNESCAP's time/cost–distance method): steps at borders,
//! ports and terminals.

use plotters::backend::DrawingBackend;
use plotters::style::RGBColor;

use super::Picture;
use super::canvas::{Align, Canvas};
use super::scale::Scale;
use super::theme::{DARK, INK, PALE_INK, SERIES};
use crate::analysis::routes::{FoundRoute, Point, RouteAnswer};
use crate::report::round_to;

const LEFT: i32 = 150;
const RIGHT: i32 = 1170;
const TOP: i32 = 140;
const BOTTOM: i32 = 780;
/// Routes drawn: the best, whatever else there is.
const MOST: usize = 6;
/// Height of a label at the end of a line, and of one at a step.
const END: i32 = 58;
const STEP: i32 = 22;
/// Steps with a name: at least this share of the greatest value.
const NAMED: f64 = 0.035;
/// Dashes and gaps, in pixels, by which lines are told apart in grey.
const DASHES: [&[f64]; MOST] =
    [&[], &[18.0, 7.0], &[4.0, 6.0], &[18.0, 6.0, 4.0, 6.0], &[9.0, 5.0], &[28.0, 6.0, 9.0, 6.0]];

/// What stands above distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Upwards {
    Days,
    Dollars,
}

/// Routes of an answer.
pub(super) struct Profiles<'a> {
    pub(super) answer: &'a RouteAnswer,
    pub(super) upwards: Upwards,
}

impl Profiles<'_> {
    fn values(&self, point: &Point) -> (f64, f64) {
        match self.upwards {
            Upwards::Days => point.days,
            Upwards::Dollars => point.usd,
        }
    }

    fn value(&self, route: &FoundRoute) -> String {
        match self.upwards {
            Upwards::Days => format!("{:.1} d (sd {:.1}), {:.0} km", route.days, route.sd_days, route.total_km()),
            Upwards::Dollars => format!("{} USD, {:.0} km", round_to(route.freight_charge, None), route.total_km()),
        }
    }

    fn titles(&self) -> (String, String) {
        let RouteAnswer { ends: (from, to), unit, cargo, .. } = self.answer;
        match self.upwards {
            Upwards::Days => (format!("Time and distance, {cargo} from {from} to {to}"), "Expected days".to_owned()),
            Upwards::Dollars => {
                (format!("Cost and distance, {cargo} from {from} to {to}"), format!("Freight charge, USD a {unit}"))
            }
        }
    }
}

impl Picture for Profiles<'_> {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        let (title, axis) = self.titles();
        canvas.text(
            (40, 44),
            &canvas.fitted(&format!("{title} – {}", self.answer.title), 34, 1520),
            (34, INK),
            Align::Left,
        )?;
        let how = "estimated without simulation; upright: at a place, sloping: on the way; names at the long steps";
        canvas.text((40, 88), &format!("{}; {how}", self.answer.scenario), (22, PALE_INK), Align::Left)?;
        let routes: Vec<&FoundRoute> = self.answer.routes.iter().take(MOST).collect();
        let points = || routes.iter().flat_map(|route| &route.profile);
        let km = points().map(|point| point.km).fold(0.0, f64::max);
        let most = points().map(|point| self.values(point).1).fold(0.0, f64::max);
        if most <= 0.0 {
            return canvas.nothing("no route has a value");
        }
        let across = Scale::new((LEFT, RIGHT), km, 8.0);
        let up = Scale::new((BOTTOM, TOP), most, 8.0);
        canvas.vertical_axis(&up, (LEFT, RIGHT), &axis)?;
        canvas.horizontal_axis(&across, (TOP, BOTTOM), "Distance, km")?;
        // The best route last, on top of the others.
        for (place, route) in routes.iter().enumerate().rev() {
            let line: Vec<(i32, i32)> = self.line(route, (&across, &up));
            dashed(canvas, &line, (if place == 0 { 5 } else { 3 }, colour(place)), DASHES[place])?;
        }
        self.name_steps(canvas, &routes, (&across, &up))?;
        self.name_routes(canvas, &routes, (&across, &up))
    }
}

fn colour(place: usize) -> RGBColor {
    // Yellow is too pale for a line.
    [SERIES[0], SERIES[5], SERIES[2], SERIES[3], SERIES[1], DARK][place % MOST]
}

impl Profiles<'_> {
    fn line(&self, route: &FoundRoute, (across, up): (&Scale, &Scale)) -> Vec<(i32, i32)> {
        let ends = |point: &Point| {
            let (arrived, left) = self.values(point);
            [(across.at(point.km), up.at(arrived)), (across.at(point.km), up.at(left))]
        };
        route.profile.iter().flat_map(ends).collect()
    }

    /// Names at long steps, of each place once, where there is room.
    fn name_steps<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        routes: &[&FoundRoute],
        (across, up): (&Scale, &Scale),
    ) -> Result<(), String> {
        let mut steps: Vec<(f64, usize, &Point)> = Vec::new();
        for (place, route) in routes.iter().enumerate() {
            for point in &route.profile {
                let (arrived, left) = self.values(point);
                let is_known = steps.iter().any(|(_, _, known)| known.node == point.node);
                if left - arrived >= NAMED * up.most && !is_known {
                    steps.push((left - arrived, place, point));
                }
            }
        }
        steps.sort_by(|one, other| other.0.total_cmp(&one.0));
        let mut room = Room::new(routes.iter().map(|route| self.line(route, (across, up))).collect());
        for (height, place, point) in steps {
            let amount = match self.upwards {
                Upwards::Days => format!("{height:.1} d"),
                Upwards::Dollars => round_to(height, None).to_string(),
            };
            let text = format!("{} {amount}", point.name);
            let (arrived, left) = self.values(point);
            let (x, low, high) = (across.at(point.km), up.at(arrived), up.at(left));
            if let Some((at, align)) = room.find((x, low, high), canvas.width(&text, 19)) {
                canvas.text(at, &text, (19, colour(place)), align)?;
            }
        }
        Ok(())
    }

    /// Each route at the right, with a thin line to its end.
    fn name_routes<B: DrawingBackend>(
        &self,
        canvas: &Canvas<'_, B>,
        routes: &[&FoundRoute],
        (across, up): (&Scale, &Scale),
    ) -> Result<(), String> {
        let ends: Vec<(i32, i32)> =
            routes.iter().filter_map(|route| self.line(route, (across, up)).last().copied()).collect();
        let labels = spread(&ends.iter().map(|end| end.1).collect::<Vec<_>>());
        for (place, route) in routes.iter().enumerate() {
            let (Some(&(x, y)), Some(&label)) = (ends.get(place), labels.get(place)) else { continue };
            canvas.line((x + 6, y), (RIGHT + 24, label), (1, colour(place)))?;
            dashed(canvas, &[(RIGHT + 28, label), (RIGHT + 68, label)], (4, colour(place)), DASHES[place])?;
            let share = route.share.map(|share| format!(", {:.0} %", share * 100.0)).unwrap_or_default();
            let name = format!("{} {}{share}", place + 1, route.name);
            canvas.text(
                (RIGHT + 76, label - 12),
                &canvas.fitted(&name, 20, 1590 - RIGHT - 76),
                (20, INK),
                Align::Left,
            )?;
            canvas.text((RIGHT + 76, label + 13), &self.value(route), (18, PALE_INK), Align::Left)?;
        }
        Ok(())
    }
}

/// Heights of labels near those wanted, none on another.
fn spread(wanted: &[i32]) -> Vec<i32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&place| wanted[place]);
    let mut heights = vec![0; wanted.len()];
    let mut next = TOP - 10;
    for &place in &order {
        heights[place] = wanted[place].max(next);
        next = heights[place] + END;
    }
    // Moved up again from below, as far as they had to go down too far.
    let mut lowest = BOTTOM + 10;
    for &place in order.iter().rev() {
        heights[place] = heights[place].min(lowest);
        lowest = heights[place] - END;
    }
    heights
}

/// Where labels may stand: not on each other, nor on a line.
struct Room {
    taken: Vec<[i32; 4]>,
    lines: Vec<Vec<(i32, i32)>>,
}

impl Room {
    fn new(lines: Vec<Vec<(i32, i32)>>) -> Self {
        Self { taken: Vec::new(), lines }
    }

    /// A place beside a step from `low` to `high`: to the left of its upper part, else to the right of its lower part,
    /// else farther up or down.
    fn find(&mut self, (x, low, high): (i32, i32, i32), width: i32) -> Option<((i32, i32), Align)> {
        let shifts = (0..6).map(|shift| shift * STEP);
        let places = shifts.flat_map(|shift| {
            [
                ((x - 10, high + STEP / 2 + shift), Align::Right),
                ((x + 10, low - STEP / 2 - shift), Align::Left),
                ((x - 10, high - STEP / 2 - shift), Align::Right),
                ((x + 10, low + STEP / 2 + shift), Align::Left),
            ]
        });
        for ((x, y), align) in places {
            let left = if align == Align::Right { x - width } else { x };
            let corners = [left - 4, y - STEP / 2, left + width + 4, y + STEP / 2];
            if left > LEFT && left + width < RIGHT + 10 && y > TOP && y < BOTTOM - 8 && self.is_free(corners) {
                self.taken.push(corners);
                return Some(((x, y), align));
            }
        }
        None
    }

    fn is_free(&self, [left, top, right, bottom]: [i32; 4]) -> bool {
        let apart = |taken: &[i32; 4]| right < taken[0] || left > taken[2] || bottom < taken[1] || top > taken[3];
        let crosses = |pair: &[(i32, i32)]| {
            // Points along the piece are near enough for a label's height.
            (0..=40).any(|step| {
                let at = |from: i32, to: i32| from + (to - from) * step / 40;
                let (x, y) = (at(pair[0].0, pair[1].0), at(pair[0].1, pair[1].1));
                (left..=right).contains(&x) && (top..=bottom).contains(&y)
            })
        };
        self.taken.iter().all(apart) && !self.lines.iter().any(|line| line.windows(2).any(crosses))
    }
}

/// A line in pieces, dashed over its whole length.
fn dashed<B: DrawingBackend>(
    canvas: &Canvas<'_, B>,
    line: &[(i32, i32)],
    style: (u32, RGBColor),
    dashes: &[f64],
) -> Result<(), String> {
    if dashes.is_empty() {
        return line.windows(2).try_for_each(|pair| canvas.line(pair[0], pair[1], style));
    }
    let (mut dash, mut left) = (0, dashes[0]);
    for pair in line.windows(2) {
        let (from, to) = ((f64::from(pair[0].0), f64::from(pair[0].1)), (f64::from(pair[1].0), f64::from(pair[1].1)));
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        let at = |along: f64| {
            let share = if length > 0.0 { along / length } else { 0.0 };
            ((from.0 + (to.0 - from.0) * share).round() as i32, (from.1 + (to.1 - from.1) * share).round() as i32)
        };
        let mut along = 0.0;
        while along < length {
            let end = (along + left).min(length);
            if dash % 2 == 0 {
                canvas.line(at(along), at(end), style)?;
            }
            left -= end - along;
            along = end;
            // Whole pixels are drawn: a dash that is nearly spent is.
            if left <= 1e-3 {
                dash = (dash + 1) % dashes.len();
                left = dashes[dash];
            }
        }
    }
    Ok(())
}
