//! Parameter uncertainty: every value that may be wrong, and scenarios in which all of them are drawn anew.
//!
//! What is an input, and what is not, stands at [`Inputs`].

mod drawable;
mod possible;
mod scale;
mod spread;
#[cfg(test)]
mod tests;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::DateTime;
use thiserror::Error;

pub(super) use drawable::misses_its_range;
pub use spread::Spread;

use super::format::{Format, Kind};
use super::index::Index;
use super::leaves::{Leaf, leaves};
use super::reading::Reading;
use super::shape::choose;
use super::tree::{self, Keyed, Node};
use super::types::SCENARIO;
use super::types::{Contents, Epoch, Grade};
use super::{check, decode, epoch};
use crate::diagnostic::{Diagnostics, FileId};
use crate::random::{Domain, Entity, RandomNumbers, StreamId, normal_quantile};
use drawable::{follower, is_something, spread};
use possible::{cap, shares_sum_to_one, whole_shipments_fit};
use scale::scale;

/// A value that may be wrong.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its parameter path.
    pub path: String,
    /// What it varies with: a name, else its own path.
    pub group: String,
    /// How well it is known.
    pub grade: Option<Grade>,
    /// How far it may be wrong.
    pub spread: Spread,
    keys: Keyed,
    kind: &'static Kind,
}

/// Why a draw makes no scenario that can run.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("draw {draw} of the inputs makes a scenario that cannot run: {problem}; give the value a `range`")]
pub struct DrawError {
    /// Number of the draw.
    pub draw: u64,
    /// What is wrong with it.
    pub problem: String,
}

/// The inputs of a scenario, ready to be drawn.
///
/// An *input* is a figure that somebody wrote and that has a grade or a range: a volume, speed, length, time, capacity,
/// share, tariff. In a draw it is multiplied by a factor of mean 1: lognormal with the standard deviation of its grade
/// ([`Grade::spread`]), cut off outside its `range` where that holds the value ([`Spread`]). As with `multiply` of a
/// change, the mean of a distribution is multiplied (where it has none, each of its values), a list has one factor, and
/// what the timeline sets has the factor of the parameter that it sets. Shares end at 100 %, those of closures half-route
/// there; those of a flow's routes are divided by their sum.
///
/// Not drawn are
/// * counts: servers, vessels, sizes of pools, all whole numbers, whether they have a range or not;
/// * what is set, not found: the run, dates, hours, timetables, deadlines, priorities, the price of a measure;
/// * what is nothing, and what the format gives by default;
/// * what makes a shape: positions, curves, seasons (only their shape counts), spreads of mean 1, how cargo is cut into
///   shipments and trains and how high the water is (unless it has a range), a tonne's weight in tonnes.
///
/// Other trains of a link have the factor of its paths, the lower threshold of a ban that of the upper one, so that the
/// order of the two stays. A vessel that takes a shipment not to be split still takes it.
///
/// Factors are keyed by the path of the input, or by what it is to `vary-with` (which may be the path of another):
/// uniform number 0 of entity 0 in the stream `input/` + path or name, in lower case, of the domain of sensitivity, with
/// the draw in place of the replication. Nothing else decides about them, so a what-if has the factors of its base, and
/// the order of tables does not matter.
#[derive(Clone, Debug)]
pub struct Inputs {
    all: Vec<Input>,
    groups: IndexSet<String>,
    /// The scenario itself.
    base: Stage,
    /// As it is from each date of its timeline on.
    dated: Vec<(DateTime, Stage)>,
    name: String,
    /// Groups that are drawn anew.
    anew: IndexSet<String>,
}

/// What is added to the number of a draw where a group is drawn anew; no study makes as many draws.
const ANEW: u64 = 1 << 40;

/// A tree without provenance, and the scenario that it is.
#[derive(Clone, Debug)]
struct Stage {
    tree: Node,
    scenario: Contents,
}

impl Reading {
    /// The inputs of this scenario.
    pub fn inputs(&self) -> Inputs {
        Inputs::of(self, IndexMap::new())
    }

    /// The inputs of this what-if beside those of its base: what is an input there has the same factor here, whatever
    /// value, grade or range it has here; what is new here is drawn as [`inputs`](Self::inputs) would.
    pub fn inputs_beside(&self, base: &Inputs) -> Inputs {
        let known = base.all.iter().map(|input| (input.path.clone(), input.clone()));
        Inputs::of(self, known.collect())
    }
}

impl Inputs {
    fn of(reading: &Reading, known: IndexMap<String, Input>) -> Self {
        // Spans of values that nobody wrote do not matter here.
        let dated = epoch::trees(&reading.tree, FileId::default());
        let trees: Vec<&Node> = std::iter::once(&reading.tree).chain(dated.iter().map(|(_, tree)| tree)).collect();
        let mut found = known;
        for tree in &trees {
            leaves(tree, &mut |leaf| add(&mut found, leaf, tree));
        }
        let here = |input: &Input| trees.iter().any(|tree| tree.at(&input.keys).is_some());
        let mut inputs: Vec<Input> = found.into_values().filter(here).collect();
        inputs.sort_by(|one, other| one.path.cmp(&other.path));
        Self {
            groups: inputs.iter().map(|input| input.group.clone()).collect(),
            all: inputs,
            base: Stage::of(reading.tree.clone(), &reading.name),
            dated: dated.into_iter().map(|(on, tree)| (on, Stage::of(tree, &reading.name))).collect(),
            name: reading.name.clone(),
            anew: IndexSet::new(),
        }
    }

    /// The same draws, in which all that rests on values of a grade is drawn anew: what varies together does so with any of them.
    /// A value without a grade has C.
    #[must_use]
    pub fn with_grade_anew(&self, grade: Grade) -> Self {
        let of_grade = self.all.iter().filter(|input| input.grade.unwrap_or(Grade::C) == grade);
        Self { anew: of_grade.map(|input| input.group.clone()).collect(), ..self.clone() }
    }

    /// All inputs, by path in alphabetical order.
    pub fn all(&self) -> &[Input] {
        &self.all
    }

    /// What is drawn: the names of values that vary together, and the paths of all others.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = &str> {
        self.groups.iter().map(String::as_str)
    }

    /// The standard normal deviate of each group in a draw, in the order of [`groups`](Self::groups): the factor of
    /// each of its inputs rises with it.
    pub fn deviates(&self, seed: u64, draw: u64) -> Vec<f64> {
        self.groups.iter().map(|group| normal_quantile(self.uniform(seed, draw, group))).collect()
    }

    /// The factor of each input in a draw, in the order of [`all`](Self::all).
    pub fn factors(&self, seed: u64, draw: u64) -> Vec<f64> {
        self.all.iter().map(|input| input.spread.factor(self.uniform(seed, draw, &input.group))).collect()
    }

    fn uniform(&self, seed: u64, draw: u64, group: &str) -> f64 {
        uniform(seed, if self.anew.contains(group) { draw + ANEW } else { draw }, group)
    }

    /// The scenario with all its inputs drawn: the same for the same seed and number. It has no provenance.
    ///
    /// It is to be compiled with `Plan::of_draw`: which route cargo takes is known, whatever the times drawn.
    ///
    /// # Errors
    /// The drawn scenario cannot run. What the checks ask for holds in every draw of a scenario that passes them, save
    /// for a size so small that it is rounded to nothing.
    pub fn draw(&self, seed: u64, draw: u64) -> Result<Contents, DrawError> {
        let factors = self.factors(seed, draw);
        let failed = |problem| DrawError { draw, problem };
        let mut scenario = self.drawn(&self.base, &factors).map_err(failed)?;
        for (on, stage) in &self.dated {
            let then = self.drawn(stage, &factors).map_err(failed)?;
            scenario.epochs.push(Epoch { on: *on, scenario: then });
        }
        Ok(scenario)
    }

    fn drawn(&self, stage: &Stage, factors: &[f64]) -> Result<Contents, String> {
        let mut tree = stage.tree.clone();
        for (input, factor) in self.all.iter().zip(factors) {
            if let Some(node) = tree.at_mut(&input.keys) {
                scale(node, input.kind, *factor, cap(&input.keys));
            }
        }
        shares_sum_to_one(&mut tree);
        let mut scenario = decode::decode(&tree, &Index::of(&tree), &self.name).scenario;
        whole_shipments_fit(&mut scenario, &stage.scenario);
        let mut found = Diagnostics::default();
        check::figures(&tree, &scenario, &mut found);
        let problem = found.errors().next().map(|error| error.message.clone());
        problem.map_or(Ok(scenario), Err)
    }
}

impl Stage {
    fn of(mut tree: Node, name: &str) -> Self {
        without_provenance(&mut tree, SCENARIO);
        let scenario = decode::decode(&tree, &Index::of(&tree), name).scenario;
        Self { tree, scenario }
    }
}

/// Takes out what is said of values: draws have no use for it, and it is most of the text.
fn without_provenance(node: &mut Node, format: &'static Format) {
    let Some(entries) = node.table_mut() else { return };
    entries.retain(|key, _| format.field(key).is_some());
    for (key, entry) in entries {
        let Some(field) = format.field(key) else { continue };
        match choose(&field.kind, entry) {
            Kind::Table(format) => without_provenance(entry, format),
            Kind::Things(_, format) => {
                entry.table_mut().into_iter().flatten().for_each(|(_, thing)| without_provenance(thing, format));
            }
            _ => {}
        }
    }
}

/// The uniform number of a group in a draw.
fn uniform(seed: u64, draw: u64, group: &str) -> f64 {
    let stream = StreamId::of(&format!("input/{group}").to_ascii_lowercase());
    RandomNumbers::new(seed, draw, Domain::Sensitivity).uniform(stream, Entity::ordinal(0), 0)
}

/// Adds a value if it is an input, and what follows it.
fn add(found: &mut IndexMap<String, Input>, leaf: &Leaf<'_>, tree: &Node) {
    let keys: Vec<&str> = leaf.path.split('.').collect();
    let Some((_, above)) = keys.split_last() else { return };
    let Some(spread) = spread(leaf, &keys, tree) else { return };
    // Counted amounts are the volume of their flow, in whatever way a what-if writes it.
    let own = leaf.path.strip_suffix(".volumes").map_or_else(|| leaf.path.to_owned(), |flow| format!("{flow}.volume"));
    let group = leaf.said.vary_with.map_or(own, str::to_owned);
    let path = leaf.path.to_owned();
    let input = Input { keys: tree::keys(&path), path, group, grade: leaf.said.grade, spread, kind: leaf.kind };
    let input = found.entry(leaf.path.to_owned()).or_insert(input).clone();
    let Some(last) = follower(&keys) else { return };
    let keys = [above, &[last]].concat();
    if tree.at(&keys).is_some_and(|node| is_something(node, leaf.kind)) {
        let path = keys.join(".");
        found.entry(path.clone()).or_insert(Input { keys: tree::keys(&path), path, ..input });
    }
}
