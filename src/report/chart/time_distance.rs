//! Days against kilometres as simulated: sloping on the way, upright where is waited or worked.

use super::canvas::{Canvas, MARGIN};
use super::geometry::{Extent, Pixel};
use super::journey::{Journey, Stop};
use super::picture::Plot;
use super::room::Room;
use super::scale::{Plane, Scale};
use super::style::{KeyEntry, Stroke, TextStyle};
use super::theme::{BLUE, INK, PALE_INK, VERMILLION};
use crate::report::round_to;
use crate::results::{NetworkSection, Summary};
use crate::words::Measure;

const LEFT: i32 = 150;
const TOP: i32 = 190;
/// Room for the axis below the plot.
const BELOW: i32 = 120;
/// Where the key stands.
const KEY: i32 = 150;
const LABEL: i32 = 20;
/// Steps with a name: at least this share of the greatest value.
const NAMED: f64 = 0.02;
/// Half the width of a bar where is waited, and the width of the line elsewhere: they differ in grey too.
const WAITING: i32 = 6;
const GOING: u32 = 4;
/// How far beside the line its spans stand.
const BESIDE: i32 = 16;

/// The main section of a run.
pub(super) struct TimeDistance<'a> {
    summary: &'a Summary,
    section: &'a NetworkSection,
    journey: Journey,
    spans: Vec<Span>,
}

/// P5 to P95 of a section that begins where the main one does.
struct Span {
    km: f64,
    p5: f64,
    p50: f64,
    p95: f64,
}

impl<'a> TimeDistance<'a> {
    /// Nothing where there is no section, or where distances are not known.
    pub(super) fn of(summary: &'a Summary) -> Option<Self> {
        let section = summary.network.main_section()?;
        let journey = Journey::of(summary, section)?;
        let of = |other: &NetworkSection| {
            let row = summary.row(Measure::SectionTime, &other.subject())?;
            let km = journey.km[other.to].filter(|_| other.from == section.from)?;
            Some(Span { km, p5: row.p5?, p50: row.p50?, p95: row.p95? })
        };
        let end = journey.km[section.to]?;
        let mut spans: Vec<Span> = summary.network.sections.iter().filter_map(of).collect();
        spans.retain(|span| span.km <= end);
        // Of sections that end at one place the first of the file.
        spans.sort_by(|one, other| one.km.total_cmp(&other.km));
        spans.dedup_by(|other, span| other.km.total_cmp(&span.km).is_eq());
        (end > 0.0).then_some(Self { summary, section, journey, spans })
    }

    /// Distance at the end.
    fn end(&self) -> f64 {
        self.journey.km[self.section.to].unwrap_or_default()
    }

    fn plane(&self, level: Extent, upright: Extent) -> Plane {
        let days = self.spans.iter().map(|span| span.p95).fold(self.journey.days_to(f64::MAX), f64::max);
        let up = Scale::new(Extent::new(upright.to, upright.from), days);
        Plane { across: Scale::new(level, self.end()), up }
    }

    /// The line to each stop, and what passes there: waiting first.
    fn line(&self, canvas: &Canvas<'_>, plane: &Plane) -> Result<Vec<Pixel>, String> {
        let mut line = vec![plane.at(0.0, 0.0)];
        for stop in &self.journey.stops {
            let before = self.journey.days_to(stop.km);
            let [arrived, waited, left] = [0.0, stop.waiting, stop.days()].map(|days| plane.at(stop.km, before + days));
            canvas.line(line[line.len() - 1], arrived, Stroke::new(GOING, BLUE))?;
            canvas.rectangle(waited + Pixel::new(-WAITING, 0), arrived + Pixel::new(WAITING, 0), VERMILLION)?;
            canvas.line(waited, left, Stroke::new(GOING, BLUE))?;
            line.extend([arrived, left]);
        }
        let end = plane.at(self.end(), self.journey.days_to(f64::MAX));
        canvas.line(line[line.len() - 1], end, Stroke::new(GOING, BLUE))?;
        line.push(end);
        Ok(line)
    }

    fn name_steps(&self, canvas: &Canvas<'_>, plane: &Plane, room: &mut Room) -> Result<(), String> {
        let mut steps: Vec<&Stop> =
            self.journey.stops.iter().filter(|stop| stop.days() >= NAMED * plane.up.most).collect();
        steps.sort_by(|one, other| other.days().total_cmp(&one.days()));
        for stop in steps {
            let before = self.journey.days_to(stop.km);
            let step = Extent::new(plane.up.at(before), plane.up.at(before + stop.days()));
            let text = format!("{} {}", stop.name, round_to(stop.days(), None).value);
            let found = room.find(plane.across.at(stop.km), step, canvas.width(&text, LABEL));
            if let Some((at, align)) = found {
                canvas.text(at, &text, TextStyle::new(LABEL, INK), align)?;
            }
        }
        Ok(())
    }

    fn spans(&self, canvas: &Canvas<'_>, plane: &Plane) -> Result<(), String> {
        for span in &self.spans {
            let x = plane.across.at(span.km) + BESIDE;
            canvas.upright_interval(x, Extent::new(plane.up.at(span.p5), plane.up.at(span.p95)))?;
            canvas.diamond(Pixel::new(x, plane.up.at(span.p50)), 8, INK)?;
        }
        Ok(())
    }
}

impl Plot for TimeDistance<'_> {
    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        let phrases = canvas.phrases();
        let section = self.summary.network.section_name(&self.section.subject());
        canvas.heading(
            self.summary,
            &format!("{}: {section}", phrases.time_and_distance),
            phrases.time_distance_how,
        )?;
        let level = Extent::new(LEFT, canvas.right(MARGIN + 20));
        let upright = Extent::new(TOP, canvas.bottom(BELOW));
        let plane = self.plane(level, upright);
        canvas.vertical_axis(&plane.up, level, phrases.days)?;
        canvas.horizontal_axis(&plane.across, upright, phrases.distance)?;
        let key = [(phrases.key_waiting, VERMILLION), (phrases.key_going, BLUE), (phrases.key_span, PALE_INK)];
        canvas.key_row(Pixel::new(LEFT, KEY), key.map(|(text, colour)| KeyEntry { text, colour }))?;
        self.spans(canvas, &plane)?;
        let line = self.line(canvas, &plane)?;
        let of_spans = self
            .spans
            .iter()
            .map(|span| [span.p5, span.p95].map(|days| plane.at(span.km, days) + Pixel::new(BESIDE, 0)).to_vec());
        let mut room = Room::new(std::iter::once(line).chain(of_spans).collect(), level, upright);
        self.name_steps(canvas, &plane, &mut room)
    }
}
