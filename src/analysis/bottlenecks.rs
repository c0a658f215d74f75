//! Which capacity holds the corridor up, and what one more of each is worth.

use super::AnalysisError;
use super::capacities::{Capacity, capacities};
use super::effect::Yardstick;
use super::rank::{Better, look_together, ranks};
use super::usage::{Usage, usage};
use super::verdict::Verdict;
use super::waiting::{Sharing, Waiting};
use super::worth::{Gain, Row};
use crate::experiment::{ExperimentError, Part};
use crate::results::Results;
use crate::study::{Lab, Prepared, Simulated, StudyError, Years};
use crate::words::Subject;

/// A capacity before which less than this share of the mean transit time is waited is not tried,
const WAITING: f64 = 0.005;
/// unless more than this share of it is used.
const USED: f64 = 0.5;

/// A change whose worth is asked for besides that of the capacities.
#[derive(Debug)]
pub struct Trial {
    /// As it was written: `node.aktau.facility.crane.time.mean *= 0.95`.
    pub change: String,
    /// The scenario with it.
    pub prepared: Prepared,
}

/// The bottlenecks of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottlenecks {
    /// The scenario as it is.
    pub base: Results,
    /// All capacities and changes, those before which most hours were waited first.
    pub rows: Vec<Row>,
    /// Mean transit time and the waiting in it.
    pub waiting: Waiting,
    /// What the measures say together.
    pub verdict: Verdict,
    /// False if a stop was asked for before all was tried.
    pub is_complete: bool,
}

/// Simulates a scenario, and again with one more of each capacity that may matter, with the same random numbers.
///
/// Tried is what more than 0.5 % of the mean transit time is waited for, what serves nobody of those who wait, and what is used (or loaded, by arithmetic) by
/// more than a half; of these the `most` waited for, if that is given. Of pools and space a step is 5 %, at least one;
/// of all else one. `trials` are tried besides.
///
/// Differences are paired by replication (Law, *Simulation Modeling and Analysis*, section 10.2.1). Whether one can be
/// statistically significant is judged with all of them together (Holm).
///
/// # Errors
/// A simulation failed, or was stopped before its first replication, or a step makes a scenario that cannot run.
pub fn bottlenecks(
    prepared: &Prepared,
    trials: &[Trial],
    most: Option<usize>,
    lab: &Lab<'_>,
) -> Result<Bottlenecks, AnalysisError> {
    let base = lab.simulate(prepared)?;
    let mut found = untried(prepared, base);
    let yardstick = Yardstick::of(prepared);
    // Where nothing came through there are no times that a step could be judged by.
    let is_measurable = yardstick.hours(&found.base, &found.base).is_some();
    let tried = if is_measurable { chosen(&found.rows, most) } else { Vec::new() };
    let trials = if is_measurable { trials } else { &[] };
    let all_prepared = found.rows.iter().enumerate().filter(|(row, _)| tried.contains(row));
    let steps: Vec<(usize, Capacity)> =
        all_prepared.filter_map(|(row, of)| Some((row, of.capacity.clone()?))).collect();
    let replications = found.base.records.len() as u64;
    let first = found.base.records.numbers().next().map_or(0, u64::from);
    let study = Study {
        lab: lab.over(Years::Fixed(first..first + replications)),
        of: replications * (1 + steps.len() + trials.len()) as u64,
        yardstick,
    };
    for (done, (row, capacity)) in steps.iter().enumerate() {
        if !found.is_complete {
            break;
        }
        let variant = prepared.variant(|scenario| capacity.enlarge(scenario));
        let variant = variant.map_err(|errors| AnalysisError::Plan { change: capacity.change(), errors })?;
        let gain = study.gain(&variant, &found.base, 1 + done)?;
        found.is_complete = gain.is_some();
        found.rows[*row].gain = gain;
    }
    for (done, Trial { change, prepared }) in trials.iter().enumerate() {
        let gain = if found.is_complete { study.gain(prepared, &found.base, 1 + steps.len() + done)? } else { None };
        found.is_complete &= gain.is_some();
        found.rows.push(row_of_trial(change, gain));
    }
    rank(&mut found.rows);
    found.verdict = Verdict::of(&found.rows);
    Ok(found)
}

/// What was tried beside the steps is at no place that could be used or waited for.
fn row_of_trial(change: &str, gain: Option<Gain>) -> Row {
    Row {
        change: change.to_owned(),
        capacity: None,
        usage: Usage::default(),
        hours_waited: 0.0,
        unserved: None,
        waiting: 0.0,
        waiting_share: 0.0,
        gain,
    }
}

/// All capacities with their use and waiting.
fn untried(prepared: &Prepared, base: Simulated) -> Bottlenecks {
    let capacities = capacities(&prepared.scenario);
    let usage = usage(&capacities, &prepared.plan, &base.results);
    let sharing = Sharing::of(&prepared.plan, &base.results);
    let waiting = sharing.waiting(&capacities, &base.results, &Subject::corridor());
    let row = |(capacity, usage): (Capacity, Usage)| Row {
        change: capacity.change(),
        hours_waited: sharing.hours_waited(&capacity, &base.results),
        unserved: sharing.unserved(&capacity, &base.results),
        waiting: waiting.hours(&capacity),
        waiting_share: waiting.share(&capacity),
        capacity: Some(capacity),
        usage,
        gain: None,
    };
    let mut rows: Vec<Row> = capacities.into_iter().zip(usage).map(row).collect();
    rows.sort_by(|one, other| {
        let most = |row: &Row| row.capacity.as_ref().map_or(0.0, |capacity| row.usage.most(capacity));
        let waited = other.hours_waited.total_cmp(&one.hours_waited);
        waited.then(other.waiting.total_cmp(&one.waiting)).then(most(other).total_cmp(&most(one)))
    });
    Bottlenecks { base: base.results, rows, waiting, verdict: Verdict::default(), is_complete: base.is_complete }
}

/// The rows to try, in order: the most waited for first.
fn chosen(rows: &[Row], most: Option<usize>) -> Vec<usize> {
    let may_matter = |row: &Row| {
        let used = row.capacity.as_ref().map_or(0.0, |capacity| row.usage.most(capacity));
        row.waiting_share > WAITING || row.unserved.is_some() || used > USED
    };
    let chosen = rows.iter().enumerate().filter(|(_, row)| may_matter(row)).map(|(index, _)| index);
    chosen.take(most.unwrap_or(usize::MAX)).collect()
}

/// What every variant is simulated and measured with.
struct Study<'a> {
    lab: Lab<'a>,
    /// Replications of all variants.
    of: u64,
    yardstick: Yardstick,
}

impl Study<'_> {
    /// What a variant is worth; `None` if it was stopped.
    fn gain(&self, variant: &Prepared, base: &Results, number: usize) -> Result<Option<Gain>, AnalysisError> {
        let before = number as u64 * base.records.len() as u64;
        let among = Part { before, of_all: Some(self.of), each: 1, watcher: self.lab.progress };
        let simulated = match self.lab.telling(&among).simulate(variant) {
            Ok(simulated) => simulated,
            Err(StudyError::Experiment(ExperimentError::Stopped)) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if !simulated.is_complete {
            return Ok(None);
        }
        let (yardstick, changed) = (&self.yardstick, &simulated.results);
        let effects = yardstick.tonnes(base, changed).zip(yardstick.hours(base, changed));
        Ok(effects.map(|(tonnes, hours)| Gain {
            tonnes,
            teu: yardstick.teu(base, changed),
            hours,
            sections: yardstick.sections(base, changed),
            rank_by_tonnes: None,
            rank_by_hours: None,
        }))
    }
}

/// Looks at all gains together.
fn rank(rows: &mut [Row]) {
    let mut gains: Vec<&mut Gain> = rows.iter_mut().filter_map(|row| row.gain.as_mut()).collect();
    look_together(&mut gains.iter_mut().map(|gain| &mut gain.tonnes).collect::<Vec<_>>());
    look_together(&mut gains.iter_mut().filter_map(|gain| gain.teu.as_mut()).collect::<Vec<_>>());
    look_together(&mut gains.iter_mut().map(|gain| &mut gain.hours).collect::<Vec<_>>());
    // Which section a step helps is asked of each step by itself.
    for gain in &mut gains {
        look_together(&mut gain.sections.iter_mut().collect::<Vec<_>>());
    }
    let by_tonnes = ranks(&gains.iter().map(|gain| &gain.tonnes).collect::<Vec<_>>(), Better::More);
    let by_hours = ranks(&gains.iter().map(|gain| &gain.hours).collect::<Vec<_>>(), Better::Less);
    for ((gain, tonnes), hours) in gains.into_iter().zip(by_tonnes).zip(by_hours) {
        (gain.rank_by_tonnes, gain.rank_by_hours) = (tonnes, hours);
    }
}
