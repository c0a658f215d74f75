//! Running the cases.

use super::index::{Case, Check, Index, IndexError, Rule};
use super::judge::{CheckResult, Verdict, judge};
use super::pose::{LEVEL, Measured, Posed, Route, estimated, pose};
use crate::experiment::Cancel;
use crate::stats::Paired;

/// How much more often a case that failed is simulated.
const REPEATED: u32 = 4;

/// How thoroughly cases are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// 20 replications, intervals alone.
    Short,
    /// 200 replications, intervals that must also be narrow.
    Long,
}

/// Which cases are run, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// How thoroughly.
    pub length: Length,
    /// Only cases in whose id or title one of these occurs, in capitals or not; empty: all cases.
    pub filters: Vec<String>,
    /// Another seed than the registered ones; a case that fails is repeated with the next.
    pub seed: Option<u64>,
    /// Threads; 0: all cores.
    pub threads: usize,
    /// Stops after the case under way.
    pub cancel: Cancel,
}

impl Options {
    /// All cases in a length, on all cores.
    pub fn all(length: Length) -> Self {
        Self { length, filters: Vec::new(), seed: None, threads: 0, cancel: Cancel::default() }
    }

    fn wants(&self, case: &Case) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| case.is_called(filter))
    }
}

/// What happens while cases are run.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// A case begins.
    Begins {
        /// Its id.
        id: &'a str,
        /// Its title.
        title: &'a str,
        /// Its number, from 1.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// A case is done.
    Ends(&'a CaseResult),
}

/// What came of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseResult {
    /// Such as `QUE-01`.
    pub id: String,
    /// One line for people.
    pub title: String,
    /// Where the expected values come from.
    pub reference: String,
    /// Replications of the last attempt.
    pub replications: u32,
    /// Seed of the last attempt.
    pub seed: u64,
    /// True if the first attempt failed.
    pub is_repeated: bool,
    /// Values beside each other.
    pub checks: Vec<CheckResult>,
    /// Why the case could not be run, if so.
    pub trouble: Option<String>,
}

impl CaseResult {
    /// The worst of its checks.
    pub fn verdict(&self) -> Verdict {
        let has = |verdict| self.checks.iter().any(|check| check.verdict == verdict);
        if self.trouble.is_some() || has(Verdict::Failed) {
            Verdict::Failed
        } else if has(Verdict::Wide) {
            Verdict::Wide
        } else {
            Verdict::Passed
        }
    }
}

/// Runs the cases that come with the program, in order, and tells `progress` of each.
///
/// The results depend on length and seed alone; the registered seeds are fixed, and the number of threads makes no
/// difference.
///
/// # Errors
/// The embedded index does not read. A case that cannot be run is a failed case, not an error.
pub fn verify(options: &Options, progress: &mut dyn FnMut(Step<'_>)) -> Result<Vec<CaseResult>, IndexError> {
    let index = Index::embedded()?;
    let cases: Vec<&Case> = index.cases.iter().filter(|case| options.wants(case)).collect();
    let mut results = Vec::new();
    for (position, case) in cases.iter().enumerate() {
        if options.cancel.is_requested() {
            break;
        }
        progress(Step::Begins { id: &case.id, title: &case.title, number: position + 1, of: cases.len() });
        let seeds = options.seed.map_or(index.seeds, |seed| [seed, seed.wrapping_add(1)]);
        let result = run(case, seeds, options);
        progress(Step::Ends(&result));
        results.push(result);
    }
    Ok(results)
}

/// The seed of a case: cases whose things have the same names must not share their random numbers.
fn seed_of(case: &Case, registered: u64) -> u64 {
    registered.wrapping_add(case.id.bytes().fold(0, |sum, byte| (31 * sum + u64::from(byte)) % 1_000_000))
}

/// A case, with its one repetition if it fails. What could not be run is not repeated.
fn run(case: &Case, seeds: [u64; 2], options: &Options) -> CaseResult {
    let replications = match options.length {
        Length::Short => case.replications.short,
        Length::Long => case.replications.long,
    };
    let [first, second] = seeds.map(|registered| seed_of(case, registered));
    let result = attempt(case, first, replications, options);
    if result.verdict() == Verdict::Passed || result.trouble.is_some() || options.cancel.is_requested() {
        return result;
    }
    CaseResult { is_repeated: true, ..attempt(case, second, REPEATED * replications, options) }
}

fn attempt(case: &Case, seed: u64, replications: u32, options: &Options) -> CaseResult {
    let is_long = options.length == Length::Long;
    let horizon = case.long_horizon.as_deref().filter(|_| is_long);
    let route = Route { seed, replications, horizon, threads: options.threads, cancel: &options.cancel };
    let (checks, trouble) = match checked(case, route, is_long) {
        Ok(checks) => (checks, None),
        Err(trouble) => (Vec::new(), Some(trouble)),
    };
    CaseResult {
        id: case.id.clone(),
        title: case.title.clone(),
        reference: case.reference.clone(),
        replications,
        seed,
        is_repeated: false,
        checks,
        trouble,
    }
}

fn checked(case: &Case, route: Route<'_>, is_long: bool) -> Result<Vec<CheckResult>, String> {
    let first = pose(&case.scenario, &[], route)?;
    let second = case.what_if.as_ref().map(|settings| pose(&case.scenario, settings, route)).transpose()?;
    let mut results = Vec::new();
    for check in &case.check {
        let measured = match &second {
            None => alone(check, &first)?,
            Some(second) => compared(check, &first, second)?,
        };
        let widest = check.half_width.or(case.half_width).filter(|_| is_long);
        results.push(judge(check, measured, widest));
    }
    Ok(results)
}

/// That the simulation ended is what the audit of the books needs: it ends a run that does not balance.
fn alone(check: &Check, posed: &Posed) -> Result<Measured, String> {
    if check.rule == Rule::Books {
        return Ok(Measured { value: 0.0, half_width: None, n: 0 });
    }
    posed.measured(check)
}

/// The difference of two scenarios, replication by replication.
fn compared(check: &Check, first: &Posed, second: &Posed) -> Result<Measured, String> {
    if check.rule == Rule::Null {
        return Ok(Measured { value: first.differences(second) as f64, half_width: None, n: 0 });
    }
    let (one, other) = (first.values(check)?, second.values(check)?);
    if check.rule == Rule::Pairing {
        let paired = Paired::of(&one, &other, LEVEL).and_then(|paired| Some((paired.n, paired.variance_reduction?)));
        let (n, reduction) = paired.ok_or_else(|| format!("{} is not defined", check.name()))?;
        return Ok(Measured { value: reduction, half_width: None, n });
    }
    let differences: Vec<f64> = one.iter().zip(&other).map(|(one, other)| one - other).collect();
    estimated(&differences, check)
}
