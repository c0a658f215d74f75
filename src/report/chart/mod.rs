//! Charts, as SVG and PNG of 1600 × 900.
//!
//! Colours are those of Okabe and Ito, which people who confuse red and green can tell apart. The font is embedded, so
//! that a chart looks alike on every machine and needs no font to be installed.

mod alluvial;
mod backlog;
mod canvas;
mod capacity;
mod cascade;
mod causes;
mod curve;
mod error;
mod forest;
mod heat;
mod marginal;
mod months;
mod places;
mod profile;
mod scale;
mod section_time;
mod staircase;
mod sweep;
mod theme;
mod traffic;
mod validation;

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::drawing::IntoDrawingArea;

use super::capacity_report::CapacityReport;
use crate::analysis::routes::RouteAnswer;
use crate::analysis::stress::Stress;
use crate::analysis::sweep::Sweep;
use crate::analysis::{Bottlenecks, Relief};
use crate::comparison::{Comparison, Explanation, WhatIf};
use crate::results::Summary;
use crate::validation::Validation;
pub use error::ChartError;

use canvas::Canvas;

/// Width and height in pixels.
const SIZE: (u32, u32) = (1600, 900);

/// Red, green and blue.
const BYTES_A_PIXEL: usize = 3;

/// The charts of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Traffic carried by month, stacked by cargo.
    Traffic,
    /// Time by section: P5 to P95, and the median.
    SectionTime,
    /// Where the days go, by cause.
    Causes,
    /// Use and waiting by place.
    Places,
}

impl Chart {
    /// All charts.
    pub const ALL: [Self; 4] = [Self::Traffic, Self::SectionTime, Self::Causes, Self::Places];

    /// Name of its files, without the ending.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::SectionTime => "section-time",
            Self::Causes => "causes",
            Self::Places => "places",
        }
    }

    fn draw<B: DrawingBackend>(self, canvas: &Canvas<'_, B>, summary: &Summary) -> Result<(), String> {
        match self {
            Self::Traffic => traffic::draw(canvas, summary),
            Self::SectionTime => section_time::draw(canvas, summary),
            Self::Causes => causes::draw(canvas, summary),
            Self::Places => places::draw(canvas, summary),
        }
    }
}

/// Draws all charts, as SVG and PNG, into a folder that exists.
///
/// # Errors
/// If a chart cannot be drawn or written.
pub fn draw_all(summary: &Summary, dir: &Path) -> Result<(), ChartError> {
    for chart in Chart::ALL {
        draw(chart, summary, &dir.join(format!("{}.svg", chart.name())))?;
        draw(chart, summary, &dir.join(format!("{}.png", chart.name())))?;
    }
    Ok(())
}

/// Draws a chart: PNG if the file's name ends so, else SVG.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw(chart: Chart, summary: &Summary, path: &Path) -> Result<(), ChartError> {
    draw_picture(&OfRun { chart, summary }, path)
}

/// Draws observed figures beside simulated ones, as `validation.svg` and `validation.png`, into a folder that exists.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw_validation(validation: &Validation, dir: &Path) -> Result<(), ChartError> {
    ["validation.svg", "validation.png"].iter().try_for_each(|name| draw_picture(validation, &dir.join(name)))
}

/// Draws a sweep into a folder that exists: of one parameter a curve a measure, percentiles of one time together; of two
/// a heat map a figure.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw_sweep(sweep: &Sweep, dir: &Path) -> Result<(), ChartError> {
    for (name, chart) in sweep::charts(sweep) {
        match chart {
            sweep::OfSweep::Curve(curve) => draw_both(&curve, &name, dir)?,
            sweep::OfSweep::Heat(heat) => draw_both(&heat, &name, dir)?,
        }
    }
    Ok(())
}

/// Draws what a closure does into a folder that exists: of one closure the backlog over time, `backlog` and
/// `backlog-teu`; of several a heat map, `months`.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw_stress(stress: &Stress, dir: &Path) -> Result<(), ChartError> {
    if let [case] = &stress.cases[..] {
        draw_both(&backlog::Picture::of(stress, case, false), "backlog", dir)?;
        if stress.has_teu {
            draw_both(&backlog::Picture::of(stress, case, true), "backlog-teu", dir)?;
        }
        return Ok(());
    }
    draw_both(&months::heat(stress), "months", dir)
}

/// Draws routes into a folder that exists: days and dollars against distance, as `time-distance` and `cost-distance`.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw_routes(answer: &RouteAnswer, dir: &Path) -> Result<(), ChartError> {
    draw_both(&profile::Profiles { answer, upwards: profile::Upwards::Days }, "time-distance", dir)?;
    draw_both(&profile::Profiles { answer, upwards: profile::Upwards::Dollars }, "cost-distance", dir)
}

fn draw_both(picture: &impl Picture, name: &str, dir: &Path) -> Result<(), ChartError> {
    ["svg", "png"].iter().try_for_each(|ending| draw_picture(picture, &dir.join(format!("{name}.{ending}"))))
}

/// Draws a comparison into a folder that exists: `forest`, for each what-if that changes a section `cascade-NAME`, and where
/// routes are free `routes-NAME-CHOICE` for each choice in which somebody moves.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw_comparison(comparison: &Comparison, dir: &Path) -> Result<(), ChartError> {
    let both = |picture: &dyn Fn(&Path) -> Result<(), ChartError>, name: &str| {
        ["svg", "png"].iter().try_for_each(|ending| picture(&dir.join(format!("{name}.{ending}"))))
    };
    both(&|path| draw_picture(comparison, path), "forest")?;
    for taken in &comparison.routes {
        for choice in taken.choices.iter().filter(|choice| is_moved(choice)) {
            let flows = alluvial::Flows { comparison, taken, choice };
            let name = format!("routes-{}-{}", super::file_name(&taken.what_if), super::file_name(&choice.id));
            both(&|path| draw_picture(&flows, path), &name)?;
        }
    }
    comparison.what_ifs.iter().try_for_each(|what_if| {
        let Some(explanation) = super::comparison::lead(what_if) else { return Ok(()) };
        let cascade = Cascade { comparison, what_if, explanation };
        both(&|path| draw_picture(&cascade, path), &format!("cascade-{}", super::file_name(&what_if.name)))
    })
}

/// Whether a share of the market moves by a tenth of a percentage point, or a corridor route by a hundredth of itself.
fn is_moved(choice: &crate::comparison::ChoiceTaken) -> bool {
    choice.alternatives.iter().any(|one| {
        let moved = (one.share[1] - one.share[0]).abs();
        moved > 0.001 || (!one.is_outside && moved > 0.01 * one.share[0])
    })
}

impl Picture for Comparison {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        forest::draw(canvas, self)
    }
}

struct Cascade<'a> {
    comparison: &'a Comparison,
    what_if: &'a WhatIf,
    explanation: &'a Explanation,
}

impl Picture for Cascade<'_> {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        cascade::draw(canvas, self.comparison, (self.what_if, self.explanation))
    }
}

/// Draws what one more of each capacity is worth, as `bottlenecks.svg` and `bottlenecks.png`, into a folder that exists.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw_bottlenecks(found: &Bottlenecks, dir: &Path) -> Result<(), ChartError> {
    ["bottlenecks.svg", "bottlenecks.png"].iter().try_for_each(|name| draw_picture(found, &dir.join(name)))
}

/// Draws the search for capacity as `capacity.svg` and `capacity.png`, and the staircase of measures, if there is one, as
/// `relief.svg` and `relief.png`, into a folder that exists.
///
/// # Errors
/// If it cannot be drawn or written.
pub fn draw_capacity(report: &CapacityReport, dir: &Path) -> Result<(), ChartError> {
    ["capacity.svg", "capacity.png"].iter().try_for_each(|name| draw_picture(report, &dir.join(name)))?;
    report.relief.as_ref().map_or(Ok(()), |relief| {
        let stairs = Stairs { report, relief };
        ["relief.svg", "relief.png"].iter().try_for_each(|name| draw_picture(&stairs, &dir.join(name)))
    })
}

/// What can be drawn on any backend.
trait Picture {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String>;
}

struct OfRun<'a> {
    chart: Chart,
    summary: &'a Summary,
}

impl Picture for OfRun<'_> {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        self.chart.draw(canvas, self.summary)
    }
}

impl Picture for Validation {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        validation::draw(canvas, self)
    }
}

impl Picture for Bottlenecks {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        marginal::draw(canvas, self)
    }
}

impl Picture for CapacityReport {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        capacity::draw(canvas, self)
    }
}

struct Stairs<'a> {
    report: &'a CapacityReport,
    relief: &'a Relief,
}

impl Picture for Stairs<'_> {
    fn draw_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        staircase::draw(canvas, self.report, self.relief)
    }
}

fn draw_picture(picture: &impl Picture, path: &Path) -> Result<(), ChartError> {
    theme::register()?;
    let drawn = if path.extension().is_some_and(|extension| extension == "png") {
        let mut pixels = vec![0; SIZE.0 as usize * SIZE.1 as usize * BYTES_A_PIXEL];
        on(BitMapBackend::with_buffer(&mut pixels, SIZE), picture).and_then(|()| write_png(path, &pixels))
    } else {
        on(SVGBackend::new(path, SIZE), picture)
    };
    drawn.map_err(|reason| ChartError::Drawing { path: path.to_owned(), reason })
}

fn write_png(path: &Path, pixels: &[u8]) -> Result<(), String> {
    let file = File::create(path).map_err(|error| error.to_string())?;
    let mut encoder = png::Encoder::new(BufWriter::new(file), SIZE.0, SIZE.1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    written.map_err(|error| error.to_string())
}

fn on<B: DrawingBackend>(backend: B, picture: &impl Picture) -> Result<(), String> {
    let area = backend.into_drawing_area();
    let canvas = Canvas::new(&area)?;
    picture.draw_on(&canvas)?;
    area.present().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn every_chart_is_drawn_twice() {
        let dir = tempfile::tempdir().unwrap();
        draw_all(&synthetic::results(3).summary(), dir.path()).unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 8);
        let svg = std::fs::read_to_string(dir.path().join("traffic.svg")).unwrap();
        assert!(svg.contains("Middle Corridor, 2024") && svg.contains("n = 3"));
    }

    /// For looking at: `cargo test --lib pictures -- --ignored`.
    #[test]
    #[ignore = "only writes pictures to look at"]
    fn pictures() {
        let dir = std::env::temp_dir().join("midcor-charts");
        std::fs::create_dir_all(&dir).unwrap();
        let summary = synthetic::results(20).summary();
        draw_all(&summary, &dir).unwrap();
        let mut table = std::fs::File::create(dir.join("table.txt")).unwrap();
        crate::report::write_table(&summary, &crate::words::Period::Horizon, &mut table).unwrap();
    }

    #[test]
    fn a_validation_is_drawn_with_and_without_figures() {
        let dir = tempfile::tempdir().unwrap();
        let mut validation = crate::validation::synthetic_validation();
        draw_validation(&validation, dir.path()).unwrap();
        let svg = std::fs::read_to_string(dir.path().join("validation.svg")).unwrap();
        assert!(svg.contains("tested: held out") && svg.contains("section time altynkol-poti"));
        validation.figures.clear();
        draw_validation(&validation, dir.path()).unwrap();
    }

    #[test]
    fn a_run_without_anything_is_drawn_too() {
        let dir = tempfile::tempdir().unwrap();
        let mut summary = synthetic::results(1).summary();
        summary.rows.clear();
        draw_all(&summary, dir.path()).unwrap();
    }
}
