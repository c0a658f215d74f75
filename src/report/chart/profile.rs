//! Time and cost against distance, a line a route (the form of UNESCAP's time/cost–distance method): steps at borders,
//! ports and terminals.

use super::Plot;
use super::canvas::{Align, Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::room::{Room, STEP};
use super::scale::{Plane, Scale};
use super::style::{Stroke, TextStyle};
use super::theme::{Colour, DARK, INK, PALE_INK, SERIES};
use crate::analysis::routes::{FoundRoute, Point, RouteAnswer};
use crate::report::{round_to, thousands};

const LEFT: i32 = 150;
const TOP: i32 = 140;
/// Room for the axis below the plot.
const BELOW: i32 = 120;
/// The part of the width that the legend takes, and the width of its pieces of lines.
const LEGEND: f64 = 0.3;
const PIECE: i32 = 66;
/// Routes plotted: the best, whatever else there is.
const MOST: usize = 6;
/// Height of an entry of the legend.
const ENTRY: i32 = 84;
/// Sizes of names in the legend and in the picture: to be read where the picture is 600 pixels wide.
const NAME: i32 = 23;
const LABEL: i32 = 22;
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
            Upwards::Days => format!("{:.1} d (sd {:.1}), {} km", route.days, route.sd_days, km(route)),
            Upwards::Dollars => format!("{} USD, {} km", round_to(route.freight_charge, None), km(route)),
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

impl Plot for Profiles<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let (title, axis) = self.titles();
        let how = "estimated without simulation; upright: at a place, sloping: on the way; names at the long steps";
        canvas
            .heading_lines(&format!("{title} – {}", self.answer.title), &format!("{}; {how}", self.answer.scenario))?;
        let routes: Vec<&FoundRoute> = self.answer.routes.iter().take(MOST).collect();
        let points = || routes.iter().flat_map(|route| &route.profile);
        let km = points().map(|point| point.km).fold(0.0, f64::max);
        let most = points().map(|point| self.values(point).1).fold(0.0, f64::max);
        if most <= 0.0 {
            return canvas.nothing("no route has a value");
        }
        let right = canvas.right(MARGIN + (LEGEND * f64::from(canvas.right(0))) as i32);
        let level = Extent::new(LEFT, right);
        let upright = Extent::new(TOP, canvas.bottom(BELOW));
        let plane =
            Plane { across: Scale::new(level, km), up: Scale::new(Extent::new(upright.to, upright.from), most) };
        canvas.vertical_axis(&plane.up, level, &axis)?;
        canvas.horizontal_axis(&plane.across, upright, "Distance, km")?;
        // The best route last, on top of the others.
        for (place, route) in routes.iter().enumerate().rev() {
            let stroke = Stroke::new(if place == 0 { 5 } else { 3 }, colour(place));
            dashed(canvas, &self.line(route, &plane), stroke, DASHES[place])?;
        }
        let mut room = Room::new(routes.iter().map(|route| self.line(route, &plane)).collect(), level, upright);
        number_ends(canvas, &mut room)?;
        self.name_steps(canvas, &routes, &plane, &mut room)?;
        self.legend(canvas, &routes, right)
    }
}

fn km(route: &FoundRoute) -> String {
    thousands(route.total_km().round())
}

fn colour(place: usize) -> Colour {
    // Yellow is too pale for a line.
    [SERIES[0], SERIES[5], SERIES[2], SERIES[3], SERIES[1], DARK][place % MOST]
}

impl Profiles<'_> {
    fn line(&self, route: &FoundRoute, plane: &Plane) -> Vec<Pixel> {
        let ends = |point: &Point| {
            let (arrived, left) = self.values(point);
            [plane.at(point.km, arrived), plane.at(point.km, left)]
        };
        route.profile.iter().flat_map(ends).collect()
    }

    /// Names at long steps, of each place once, where there is room.
    fn name_steps(
        &self,
        canvas: &Canvas<'_>,
        routes: &[&FoundRoute],
        plane: &Plane,
        room: &mut Room,
    ) -> Result<(), String> {
        let mut steps: Vec<(f64, usize, &Point)> = Vec::new();
        for (place, route) in routes.iter().enumerate() {
            for point in &route.profile {
                let (arrived, left) = self.values(point);
                let is_known = steps.iter().any(|(_, _, known)| known.node == point.node);
                if left - arrived >= NAMED * plane.up.most && !is_known {
                    steps.push((left - arrived, place, point));
                }
            }
        }
        steps.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (height, place, point) in steps {
            let amount = match self.upwards {
                Upwards::Days => format!("{height:.1} d"),
                Upwards::Dollars => round_to(height, None).to_string(),
            };
            let text = format!("{} {amount}", point.name);
            let (arrived, left) = self.values(point);
            let step = Extent::new(plane.up.at(arrived), plane.up.at(left));
            if let Some((at, align)) = room.find(plane.across.at(point.km), step, canvas.width(&text, LABEL)) {
                canvas.text(at, &text, TextStyle::new(LABEL, colour(place)), align)?;
            }
        }
        Ok(())
    }

    /// Each route at the right with its number and a piece of its line.
    fn legend(&self, canvas: &Canvas<'_>, routes: &[&FoundRoute], right: i32) -> Result<(), String> {
        let left = right + 24 + PIECE;
        for (place, route) in routes.iter().enumerate() {
            let y = TOP + 10 + place as i32 * ENTRY;
            let piece = [Pixel::new(right + 24, y), Pixel::new(left - 12, y)];
            dashed(canvas, &piece, Stroke::new(5, colour(place)), DASHES[place])?;
            let share = route.share.map(|share| format!(", {:.0} %", share * 100.0)).unwrap_or_default();
            let name = format!("{}  {}{share}", place + 1, route.name);
            let mut at = y;
            for text in canvas.broken(&name, NAME, canvas.right(MARGIN) - left, 2) {
                canvas.text(Pixel::new(left, at), &text, TextStyle::new(NAME, INK), Align::Left)?;
                at += STEP;
            }
            canvas.text(Pixel::new(left, at), &self.value(route), TextStyle::new(NAME - 3, PALE_INK), Align::Left)?;
        }
        Ok(())
    }
}

/// The number of each route at the end of its line, where there is room.
fn number_ends(canvas: &Canvas<'_>, room: &mut Room) -> Result<(), String> {
    for place in 0..room.lines.len() {
        let Some(&end) = room.lines[place].last() else { continue };
        let text = (place + 1).to_string();
        if let Some((at, align)) = room.find(end.x, Extent::new(end.y, end.y), canvas.width(&text, LABEL)) {
            canvas.text(at, &text, TextStyle::new(LABEL, INK), align)?;
        }
    }
    Ok(())
}

/// A line in pieces, dashed over its whole length.
fn dashed(canvas: &Canvas<'_>, line: &[Pixel], stroke: Stroke, dashes: &[f64]) -> Result<(), String> {
    if dashes.is_empty() {
        return line.windows(2).try_for_each(|pair| canvas.line(pair[0], pair[1], stroke));
    }
    let (mut dash, mut left) = (0, dashes[0]);
    for pair in line.windows(2) {
        let (from, to) = ((f64::from(pair[0].x), f64::from(pair[0].y)), (f64::from(pair[1].x), f64::from(pair[1].y)));
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        let at = |along: f64| {
            let share = if length > 0.0 { along / length } else { 0.0 };
            let between = |from: f64, to: f64| (from + (to - from) * share).round() as i32;
            Pixel::new(between(from.0, to.0), between(from.1, to.1))
        };
        let mut along = 0.0;
        while along < length {
            let end = (along + left).min(length);
            if dash % 2 == 0 {
                canvas.line(at(along), at(end), stroke)?;
            }
            left -= end - along;
            along = end;
            // Whole pixels are plotted: a dash that is nearly spent is.
            if left <= 1e-3 {
                dash = (dash + 1) % dashes.len();
                left = dashes[dash];
            }
        }
    }
    Ok(())
}
