//! Charts, as SVG and PNG.
//!
//! Each is laid out once, in pixels of a paper whose labels are 20 high, and drawn as SVG with letters as outlines; the PNG is
//! made from that SVG. Both look alike on every machine, and no font needs to be installed.

mod alluvial;
mod backlog;
mod beside;
mod canvas;
mod capacity;
mod cascade;
mod causes;
mod curve;
mod distribution;
mod error;
mod forest;
mod geometry;
mod hatching;
mod heat;
mod inputs;
mod journey;
mod lettering;
mod marginal;
mod months;
mod observed_time;
mod picture;
mod placed;
mod places;
mod profile;
mod queues;
mod room;
mod scale;
mod section_time;
mod stacks;
mod staircase;
mod style;
mod sweep;
mod theme;
mod time_distance;
mod traffic;
mod validation;
mod vessels;
mod warm_up;
mod years;

use super::TIME_DISTANCE;
use super::capacity::CapacityReport;
use crate::analysis::Bottlenecks;
use crate::analysis::routes::RouteAnswer;
use crate::analysis::stress::Stress;
use crate::analysis::sweep::Sweep;
use crate::analysis::warm_up::{Series, WarmUp};
use crate::comparison::Comparison;
use crate::results::{Results, Summary};
use crate::validation::Validation;
use crate::words::{Subject, SubjectKind};
pub use error::ChartError;
pub use picture::Picture;
pub use style::PictureStyle;
pub use theme::Theme;

use picture::Plot;

/// The charts of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Traffic carried by month, stacked by cargo.
    Traffic,
    /// Time by section: P5 to P95, and the median.
    SectionTime,
    /// Where the days go, by cause.
    Causes,
    /// The days of the headline section against its kilometres.
    TimeDistance,
    /// Use and waiting by place.
    Places,
    /// How the time of the headline section is distributed over shipments.
    Distribution,
    /// How many wait by month at the places where most hours are waited.
    Queues,
    /// What the vessels of each fleet do.
    Vessels,
    /// The time of the headline section by year, where there are several.
    YearsTime,
    /// What is carried by year, where there are several.
    YearsTraffic,
}

impl Chart {
    /// All charts.
    pub const ALL: [Self; 10] = [
        Self::Traffic,
        Self::SectionTime,
        Self::Causes,
        Self::TimeDistance,
        Self::Places,
        Self::Distribution,
        Self::Queues,
        Self::Vessels,
        Self::YearsTime,
        Self::YearsTraffic,
    ];

    /// Name of its files, without the ending.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::SectionTime => "section-time",
            Self::Causes => "causes",
            Self::TimeDistance => TIME_DISTANCE,
            Self::Places => "places",
            Self::Distribution => "distribution",
            Self::Queues => "queues",
            Self::Vessels => "vessels",
            Self::YearsTime => "years-time",
            Self::YearsTraffic => "years-traffic",
        }
    }

    /// The chart of the queues at these places; `None` where the results have not two months.
    pub fn of_queues<'a>(summary: &'a Summary, places: &[&Subject]) -> Option<Picture<'a>> {
        Some(Picture::new(Self::Queues.name(), queues::Queues::at(summary, places)?))
    }

    /// The chart of results with their summary; `None` where they have nothing of its kind.
    pub fn of<'a>(self, results: &Results, summary: &'a Summary) -> Option<Picture<'a>> {
        let name = self.name();
        Some(match self {
            Self::Traffic => Picture::new(name, traffic::Traffic(summary)),
            Self::SectionTime => Picture::new(name, section_time::SectionTimes(summary)),
            Self::Causes => Picture::new(name, causes::Causes(summary)),
            Self::TimeDistance => Picture::new(name, time_distance::TimeDistance::of(summary)?),
            Self::Places => Picture::new(name, places::Places(summary)),
            Self::Distribution => Picture::new(name, distribution::Distribution::of(results, summary)?),
            Self::Queues => Picture::new(name, queues::Queues::of(summary)?),
            Self::Vessels => Picture::new(name, vessels::Cycles::of(summary)?),
            Self::YearsTime => Picture::new(name, years::Years::of_time(summary)?),
            Self::YearsTraffic => Picture::new(name, years::Years::of_traffic(summary)?),
        })
    }
}

/// The charts of a run, each named as its files are without the ending.
pub fn of_run<'a>(results: &Results, summary: &'a Summary) -> Vec<Picture<'a>> {
    Chart::ALL.into_iter().filter_map(|chart| chart.of(results, summary)).collect()
}

/// Observed figures beside simulated ones: `validation`; observed times beside the causes of the simulated ones: `observed-causes`.
pub(super) fn of_validation(validation: &Validation) -> Vec<Picture<'_>> {
    let times = observed_time::ObservedTimes::of(validation).map(|times| Picture::new("observed-causes", times));
    std::iter::once(Picture::new("validation", validation)).chain(times).collect()
}

/// Of a sweep over one parameter a curve for each measure, percentiles of one time together; over two a heat map for each
/// figure.
pub(super) fn of_sweep(sweep: &Sweep) -> Vec<Picture<'_>> {
    sweep::charts(sweep).into_iter().map(|(name, chart)| Picture::new(name, chart)).collect()
}

/// What a closure does: of one closure the backlog over time, `backlog` and `backlog-teu`; of several a heat map, `months`.
pub(super) fn of_stress(stress: &Stress) -> Vec<Picture<'_>> {
    let [case] = &stress.cases[..] else { return vec![Picture::new("months", months::Months(stress))] };
    let mut pictures = vec![Picture::new("backlog", backlog::Backlogs::of(stress, case, false))];
    if stress.has_teu {
        pictures.push(Picture::new("backlog-teu", backlog::Backlogs::of(stress, case, true)));
    }
    pictures
}

/// Of each series of a scenario from its empty start: `warm-up-under-way`, `warm-up-transit-time`, `warm-up-section-ID`.
pub(super) fn of_warm_up(found: &WarmUp) -> Vec<Picture<'_>> {
    let name = |series: &Series| match series.subject.kind() {
        SubjectKind::Section => format!("section-{}", series.subject.id()),
        _ => series.measure.word().to_owned(),
    };
    let picture = |series| {
        let file = super::file_name(&format!("warm-up-{}", name(series))).to_lowercase();
        Picture::new(file.replace('_', "-"), warm_up::Settling { found, series })
    };
    found.series.iter().map(picture).collect()
}

/// Days and dollars of routes against distance: `time-distance` and `cost-distance`.
pub(super) fn of_routes(answer: &RouteAnswer) -> Vec<Picture<'_>> {
    let profiles = |upwards| profile::Profiles { answer, upwards };
    vec![
        Picture::new(TIME_DISTANCE, profiles(profile::Upwards::Days)),
        Picture::new("cost-distance", profiles(profile::Upwards::Dollars)),
    ]
}

/// Of a comparison `forest` and, where it is about a section, `causes`; for each what-if `inputs-NAME` where inputs are drawn; for each what-if that changes a section `cascade-NAME`, and where routes are free
/// `routes-NAME-CHOICE` for each choice in which somebody moves.
pub fn of_comparison(comparison: &Comparison) -> Vec<Picture<'_>> {
    let mut pictures = vec![Picture::new("forest", comparison)];
    pictures.extend(beside::Beside::of(comparison).map(|beside| Picture::new("causes", beside)));
    for taken in &comparison.routes {
        for choice in taken.choices.iter().filter(|choice| is_moved(choice)) {
            let name = format!("routes-{}-{}", super::file_name(&taken.what_if), super::file_name(&choice.id));
            pictures.push(Picture::new(name, alluvial::Flows { comparison, taken, choice }));
        }
    }
    for what_if in &comparison.what_ifs {
        if let Some(tornado) = inputs::Tornado::of(comparison, what_if) {
            pictures.push(Picture::new(format!("inputs-{}", super::file_name(&what_if.name)), tornado));
        }
        if let Some(explanation) = super::comparison::lead(what_if) {
            let name = format!("cascade-{}", super::file_name(&what_if.name));
            pictures.push(Picture::new(name, cascade::Cascade { comparison, what_if, explanation }));
        }
    }
    pictures
}

/// Whether a share of the market moves by a tenth of a percentage point, or a corridor route by a hundredth of itself.
fn is_moved(choice: &crate::comparison::ChoiceTaken) -> bool {
    choice.alternatives.iter().any(|one| {
        let moved = (one.share[1] - one.share[0]).abs();
        moved > 0.001 || (!one.is_outside && moved > 0.01 * one.share[0])
    })
}

/// What one more of each capacity is worth: `bottlenecks`.
pub(super) fn of_bottlenecks(found: &Bottlenecks) -> Vec<Picture<'_>> {
    vec![Picture::new("bottlenecks", found)]
}

/// The search for capacity, and the staircase of measures, if there is one: `capacity` and `relief`.
pub(super) fn of_capacity(report: &CapacityReport) -> Vec<Picture<'_>> {
    let relief = report.relief.as_ref().map(|relief| Picture::new("relief", staircase::Stairs { report, relief }));
    [Picture::new("capacity", report)].into_iter().chain(relief).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn every_chart_is_plotted_in_both_forms() {
        let results = synthetic::results(3);
        let summary = results.summary();
        let pictures = of_run(&results, &summary);
        assert_eq!(pictures.len(), 7, "the horizon has one year, in whose months nobody waits");
        let svg = pictures[0].svg(PictureStyle::default()).unwrap();
        assert!(svg.contains("Middle Corridor, 2024") && svg.contains("n = 3"));
        assert!(pictures.iter().all(|picture| {
            picture.png(&picture.svg(PictureStyle::default()).unwrap()).unwrap().starts_with(b"\x89PNG")
        }));
    }

    /// For looking at: `cargo test --lib pictures -- --ignored`.
    #[test]
    #[ignore = "only writes pictures to look at"]
    fn pictures() {
        let dir = std::env::temp_dir().join("midcor-charts");
        std::fs::create_dir_all(&dir).unwrap();
        let results = synthetic::results(20);
        let summary = results.summary();
        for picture in of_run(&results, &summary) {
            std::fs::write(
                dir.join(format!("{}.png", picture.name())),
                picture.png(&picture.svg(PictureStyle::default()).unwrap()).unwrap(),
            )
            .unwrap();
        }
        let mut table = std::fs::File::create(dir.join("table.txt")).unwrap();
        crate::report::write_table(
            &summary,
            &crate::words::Period::Horizon,
            &mut crate::report::Screen::usual(&mut table),
        )
        .unwrap();
    }

    #[test]
    fn a_validation_is_plotted_with_and_without_figures() {
        let mut validation = crate::validation::synthetic_validation();
        let svg = of_validation(&validation)[0].svg(PictureStyle::default()).unwrap();
        assert!(svg.contains("tested: held out") && svg.contains("section time altynkol-poti"));
        validation.figures.clear();
        assert!(of_validation(&validation)[0].svg(PictureStyle::default()).is_ok());
    }

    #[test]
    fn a_run_without_anything_is_plotted_too() {
        let results = synthetic::results(1);
        let mut summary = results.summary();
        summary.rows.clear();
        assert!(of_run(&results, &summary).iter().all(|picture| picture.svg(PictureStyle::default()).is_ok()));
    }
}
