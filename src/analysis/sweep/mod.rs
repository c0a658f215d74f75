//! One or two parameters varied, every point with the same random numbers.

mod until;
mod vary;

use crate::analysis::Service;
use crate::experiment::{ExperimentError, Part};
use crate::results::{
    Burden, Difference, Estimated, FallBetween, GrowingQueue, Manifest, MeasureRef, Network, Results,
};
use crate::scenario::Setting;
use crate::study::{Lab, Prepared, StudyError, Years};

use until::Looking;
pub use until::{Before, Kept, Until};
pub use vary::{Vary, VaryError};

/// The points of a sweep: all values of the first parameter with all of the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The parameters.
    pub varies: Vec<Vary>,
    /// The point that differences are taken to, by its place in [`Grid::places`].
    pub reference: usize,
}

impl Grid {
    /// By parameter, which of its values; the last parameter turns fastest.
    pub fn places(&self) -> Vec<Vec<usize>> {
        let mut places = vec![Vec::new()];
        for vary in &self.varies {
            let longer =
                |place: &Vec<usize>| (0..vary.values().len()).map(|value| with(place, value)).collect::<Vec<_>>();
            places = places.iter().flat_map(longer).collect();
        }
        places
    }

    /// The settings of a point.
    pub fn settings(&self, place: &[usize]) -> Vec<Setting> {
        self.varies.iter().zip(place).map(|(vary, &value)| vary.setting(value).clone()).collect()
    }

    /// A point in words, such as `fleet.f.vessels=7`.
    pub fn named(&self, place: &[usize]) -> String {
        let words =
            self.varies.iter().zip(place).map(|(vary, &value)| format!("{}={}", vary.name(), vary.values()[value]));
        words.collect::<Vec<_>>().join(", ")
    }
}

fn with(place: &[usize], value: usize) -> Vec<usize> {
    place.iter().copied().chain([value]).collect()
}

/// One point of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// By parameter, which of its values.
    pub place: Vec<usize>,
    /// Hash of the scenario's resolved content.
    pub hash: String,
    /// By measure.
    pub figures: Vec<Option<Estimated>>,
    /// By measure: the difference to the reference.
    pub differences: Vec<Option<Difference>>,
    /// Its queues that grow all the time: days behind them belong to the length of the run.
    pub growing: Vec<GrowingQueue>,
    /// What was asked for and carried.
    pub burden: Burden,
}

/// What a sweep found.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The run of the reference; all points have the same replications.
    pub manifest: Manifest,
    /// Names and positions.
    pub network: Network,
    /// The parameters and the reference.
    pub grid: Grid,
    /// What is looked at.
    pub measures: Vec<MeasureRef>,
    /// Which of it the answer is about.
    pub lead: usize,
    /// The service that was looked for, where one was.
    pub until: Option<Until>,
    /// The points that were finished, in the order of the grid.
    pub points: Vec<Point>,
}

impl Sweep {
    /// The point at a place, if it was finished.
    pub fn point(&self, place: &[usize]) -> Option<&Point> {
        self.points.iter().find(|point| point.place == place)
    }

    /// Whether nothing is left to look at: all points are finished, or the service that was looked for is kept.
    pub fn is_complete(&self) -> bool {
        self.points.len() == self.grid.places().len() || self.until.as_ref().is_some_and(|until| until.kept.is_some())
    }

    /// Points at which less is carried than at another where less is asked for: of these others the one where most is
    /// carried.
    pub fn falls(&self) -> Vec<FallBetween<'_, Point>> {
        let most = |point: &Point| {
            let falls = self.points.iter().filter_map(|less| Some((less, point.burden.falls_from(&less.burden)?)));
            falls.max_by(|one, other| one.1.before.total_cmp(&other.1.before))
        };
        self.points.iter().filter_map(|more| most(more).map(|(less, fall)| FallBetween { less, more, fall })).collect()
    }
}

/// What is looked at in a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// The figures.
    pub measures: Vec<MeasureRef>,
    /// Which of them the answer is about.
    pub lead: usize,
    /// A service at whose first keeping the sweep ends, and its figure's place among the measures.
    pub until: Option<(Service, usize)>,
}

/// How a sweep ended.
#[derive(Debug)]
pub enum SweptEnd<E> {
    /// All points are finished.
    Complete,
    /// A stop was asked for.
    Stopped,
    /// A point cannot be made ready.
    NotReady(E),
    /// A point could not be simulated.
    Failed {
        /// Which.
        point: String,
        /// Why.
        error: StudyError,
    },
}

/// A sweep, however far it came.
#[derive(Debug)]
pub struct Swept<E> {
    /// The finished points; `None` where not even the reference was finished.
    pub sweep: Option<Sweep>,
    /// How it ended.
    pub end: SweptEnd<E>,
}

/// Simulates all points of a grid with the same replications, the reference first; where a precision is asked for, as
/// many as the reference needs for it. Where a service is looked for, the first point that keeps it is the last. `ready` makes the
/// scenario of a point. What was finished is kept whatever happens.
pub fn sweep<E>(
    grid: &Grid,
    looked: &Looked,
    lab: &Lab<'_>,
    mut ready: impl FnMut(&[Setting]) -> Result<Prepared, E>,
) -> Swept<E> {
    let places = grid.places();
    let mut series = Series::of(grid, looked, lab.years.clone());
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|&place| place != grid.reference);
    let mut end = SweptEnd::Complete;
    for (done, &place) in order.iter().enumerate() {
        if lab.cancel.is_requested() {
            end = SweptEnd::Stopped;
            break;
        }
        let prepared = match ready(&grid.settings(&places[place])) {
            Ok(prepared) => prepared,
            Err(error) => {
                end = SweptEnd::NotReady(error);
                break;
            }
        };
        let of_point = series.years.numbers().count() as u64;
        let of_all = Some(of_point * places.len() as u64);
        let part = Part { before: done as u64 * of_point, of_all, each: 1, watcher: lab.progress };
        match series.add(&prepared, &places[place], &lab.telling(&part)) {
            Ok(true) => break,
            Ok(false) => {}
            Err(stop) => {
                end = stop;
                break;
            }
        }
    }
    Swept { sweep: series.finished(), end }
}

struct Series<'a> {
    grid: &'a Grid,
    looked: &'a Looked,
    looking: Option<Looking>,
    years: Years,
    reference: Option<Results>,
    points: Vec<Point>,
}

impl<'a> Series<'a> {
    fn of(grid: &'a Grid, looked: &'a Looked, years: Years) -> Self {
        let looking = looked.until.clone().map(|(service, measure)| Looking::of(service, measure));
        Self { grid, looked, looking, years, reference: None, points: Vec::new() }
    }

    /// Adds a point; true if it is the last that is wanted.
    fn add<E>(&mut self, prepared: &Prepared, place: &[usize], lab: &Lab<'_>) -> Result<bool, SweptEnd<E>> {
        let simulated = match lab.over(self.years.clone()).simulate(prepared) {
            Ok(simulated) if simulated.is_complete => simulated,
            Ok(_) | Err(StudyError::Experiment(ExperimentError::Stopped)) => return Err(SweptEnd::Stopped),
            Err(error) => return Err(SweptEnd::Failed { point: self.grid.named(place), error }),
        };
        let results = simulated.results;
        let measures = &self.looked.measures;
        let figures = measures.iter().map(|measure| measure.of_results(&results)).collect();
        // The reference comes first.
        if self.reference.is_none()
            && let Years::Precise(_) = self.years
        {
            self.years = Years::Fixed(0..results.records.len() as u64);
        }
        let hash = prepared.hash.clone();
        let reference = self.reference.get_or_insert_with(|| results.clone());
        let differences = measures.iter().map(|measure| measure.difference(&results, reference)).collect();
        let (growing, burden) = (results.growing(), Burden::of(&results));
        let point = Point { place: place.to_vec(), hash, figures, differences, growing, burden };
        let is_last = self.looking.as_mut().is_some_and(|looking| {
            let figure = point.figures[looking.until.measure];
            looking.is_kept_at(&point.place, figure, results)
        });
        self.points.push(point);
        Ok(is_last)
    }

    fn finished(mut self) -> Option<Sweep> {
        self.points.sort_by(|one, other| one.place.cmp(&other.place));
        let Results { manifest, catalogue, .. } = self.reference?;
        let network = catalogue.network.clone();
        Some(Sweep {
            manifest,
            network,
            grid: self.grid.clone(),
            measures: self.looked.measures.clone(),
            lead: self.looked.lead,
            until: self.looking.map(|looking| looking.until),
            points: self.points,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_parameter_turns_fastest() {
        let varies = ["a.b=1,2", "c.d*=3..5:1"].map(|text| Vary::parse(text).unwrap()).to_vec();
        let grid = Grid { varies, reference: 0 };
        let places = grid.places();
        assert_eq!(places.len(), 6);
        assert_eq!(places[..3], [vec![0, 0], vec![0, 1], vec![0, 2]]);
        assert_eq!(grid.named(&places[4]), "a.b=2, c.d*=4");
        assert_eq!(grid.settings(&places[4])[1].path(), "c.d");
    }
}
