//! Carrying out replications.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
#[cfg(feature = "parallel")]
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::watch::Progress;
use crate::engine::{Cancel, EngineError, Limits, Outcome, Silent, Workspace, simulate_in};
use crate::model::Plan;
use crate::random::{Domain, RandomNumbers};
use crate::results::ScratchError;

/// What is to be simulated.
#[derive(Clone, Debug)]
pub struct Job<'p> {
    /// The plan, shared by all threads.
    pub plan: &'p Plan,
    /// Master seed.
    pub seed: u64,
    /// Replication numbers, counted from 0.
    pub replications: Range<u64>,
    /// Purpose of the random numbers.
    pub domain: Domain,
    /// Threads; 0: all cores.
    pub threads: usize,
    /// What bounds a replication.
    pub limits: Limits,
}

/// Why an experiment ended without results.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExperimentError {
    /// A replication could not be carried through.
    #[error("replication {replication}: {error}")]
    Replication {
        /// Its number.
        replication: u64,
        /// Why.
        #[source]
        error: EngineError,
    },
    /// Stopped before the first replication was finished.
    #[error("stopped before the first replication was finished")]
    Stopped,
    /// The response of demand induces volumes that cannot be.
    #[error("the response of demand: {what}")]
    Volume {
        /// Which, and why not.
        what: String,
    },
    /// What was finished takes more memory than it may, and could not be kept elsewhere.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
    /// No threads could be started.
    #[error("cannot start {threads} threads: {reason}")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// What the system says.
        reason: String,
    },
}

/// How replications ended, besides what was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// False if a stop was asked for before all were done.
    pub is_complete: bool,
    /// Numbers of the replications that were left out as they took too much memory, and what they said.
    pub left_out: Vec<(u64, EngineError)>,
}

impl Ended {
    /// Whether all were done, if nothing was left out.
    fn whole(mut self) -> Result<bool, ExperimentError> {
        if self.left_out.is_empty() {
            return Ok(self.is_complete);
        }
        let (replication, error) = self.left_out.swap_remove(0);
        Err(ExperimentError::Replication { replication, error })
    }
}

/// Simulates the replications of a job and turns each outcome into an item, on the thread that simulated it; `keep` meets
/// the items in order of replications, as soon as it can, on the calling thread. False if a stop was asked for before all
/// were done: then it has met all up to the first that was not finished. A stop ends those under way within about a
/// thousand events.
///
/// Where something cannot be kept, those under way are the last.
///
/// What is kept is to be copied from the item: so it lies together where the calling thread puts it; among what a simulated
/// year allocates and frees, it would leave holes that no other year fits in.
///
/// # Errors
/// [`ExperimentError`]; of several failed replications the one with the smallest number is named.
pub fn replicate<T: Send>(
    job: &Job<'_>,
    turn: impl Fn(u64, &Outcome) -> T + Sync,
    keep: impl FnMut(&T) -> Result<(), ScratchError>,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<bool, ExperimentError> {
    replicate_what_fits(job, turn, keep, progress, cancel)?.whole()
}

/// As [`replicate`], without the replications that take more memory than the job allows.
///
/// # Errors
/// As [`replicate`]; where all are left out, the first of them.
pub fn replicate_what_fits<T: Send>(
    job: &Job<'_>,
    turn: impl Fn(u64, &Outcome) -> T + Sync,
    keep: impl FnMut(&T) -> Result<(), ScratchError>,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Ended, ExperimentError> {
    let limits = Limits { cancel: cancel.clone(), ..job.limits.clone() };
    // One for each thread; which replication gets which makes no difference to it.
    let spare = Mutex::new(Vec::new());
    let work = |replication| {
        let mut workspace: Workspace = locked(&spare).pop().unwrap_or_default();
        let random = RandomNumbers::new(job.seed, replication, job.domain);
        let outcome = simulate_in(&mut workspace, job.plan, random, limits.clone(), &mut Silent)?;
        let item = turn(replication, &outcome);
        workspace.take_back(outcome);
        locked(&spare).push(workspace);
        Ok(item)
    };
    carry_out_what_fits(
        &Work { replications: job.replications.clone(), threads: job.threads },
        work,
        keep,
        progress,
        cancel,
    )
}

/// What no panic can leave half done.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Which replications are carried out, and on how many threads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Their numbers.
    pub replications: Range<u64>,
    /// 0 for all cores.
    pub threads: usize,
}

/// Does the work of each replication; as [`replicate`], for what one
/// simulation a replication is not enough. Work that a stop cut short ends with [`EngineError::Stopped`].
///
/// # Errors
/// As [`replicate`].
pub fn carry_out<T: Send>(
    of: &Work,
    work: impl Fn(u64) -> Result<T, EngineError> + Sync,
    keep: impl FnMut(&T) -> Result<(), ScratchError>,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<bool, ExperimentError> {
    carry_out_what_fits(of, work, keep, progress, cancel)?.whole()
}

/// As [`carry_out`], without the replications that take too much memory.
///
/// # Errors
/// As [`replicate_what_fits`].
pub fn carry_out_what_fits<T: Send>(
    of: &Work,
    work: impl Fn(u64) -> Result<T, EngineError> + Sync,
    keep: impl FnMut(&T) -> Result<(), ScratchError>,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Ended, ExperimentError> {
    let next = AtomicU64::new(of.replications.start);
    let done = AtomicU64::new(0);
    let total = of.replications.end.saturating_sub(of.replications.start);
    let work = |finish: &dyn Fn(Finished<T>)| {
        while !cancel.is_requested() {
            let replication = next.fetch_add(1, Ordering::Relaxed);
            if replication >= of.replications.end {
                return;
            }
            let result = work(replication);
            if result.as_ref().is_err_and(|error| !is_left_out(error)) {
                next.store(of.replications.end, Ordering::Relaxed);
            }
            finish((replication, result));
            progress.done(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        }
    };
    let mut order =
        Order { next: of.replications.start, waiting: BTreeMap::new(), left_out: Vec::new(), keep, is_kept: Ok(()) };
    let stop = || next.store(of.replications.end, Ordering::Relaxed);
    on_threads(of.threads, total, &work, |finished| order.take(finished, &stop))?;
    order.ended(&of.replications)
}

/// Finished replications brought into their order.
struct Order<T, K> {
    /// The replication that is kept next.
    next: u64,
    /// Those that are finished before it is.
    waiting: BTreeMap<u64, Result<T, EngineError>>,
    left_out: Vec<(u64, EngineError)>,
    keep: K,
    /// Whether all could be kept so far.
    is_kept: Result<(), ScratchError>,
}

impl<T, K: FnMut(&T) -> Result<(), ScratchError>> Order<T, K> {
    /// Takes what comes in; once something could not be kept, lets nobody begin anew.
    fn take(&mut self, (replication, result): Finished<T>, stop: &dyn Fn()) {
        self.waiting.insert(replication, result);
        while self.is_kept.is_ok() && self.takes_next() {
            self.waiting.remove(&self.next);
            self.next += 1;
        }
        if self.is_kept.is_err() {
            self.waiting.clear();
            stop();
        }
    }

    /// Keeps the next replication or leaves it out, if it is there and not at fault.
    fn takes_next(&mut self) -> bool {
        match self.waiting.get(&self.next) {
            Some(Ok(item)) => self.is_kept = (self.keep)(item),
            Some(Err(error)) if is_left_out(error) => self.left_out.push((self.next, error.clone())),
            _ => return false,
        }
        true
    }

    /// What came of all once no more comes in.
    fn ended(mut self, replications: &Range<u64>) -> Result<Ended, ExperimentError> {
        self.is_kept?;
        let replication = self.next;
        if let Some(Err(error)) = self.waiting.remove(&replication)
            && error != EngineError::Stopped
        {
            return Err(ExperimentError::Replication { replication, error });
        }
        let kept = replication - replications.start - self.left_out.len() as u64;
        let ended = Ended { is_complete: replication >= replications.end, left_out: self.left_out };
        if kept > 0 || replications.is_empty() { Ok(ended) } else { ended.whole().and(Err(ExperimentError::Stopped)) }
    }
}

/// Finished replications of each thread that may wait to be taken: where keeping them is slow, simulating waits for it.
#[cfg(feature = "parallel")]
const WAITING: usize = 4;

/// Runs the same work on so many threads, while `take` takes what all of them finish.
#[cfg(feature = "parallel")]
fn on_threads<T: Send>(
    threads: usize,
    total: u64,
    work: &(impl Fn(&dyn Fn(Finished<T>)) + Sync),
    take: impl FnMut(Finished<T>),
) -> Result<(), ExperimentError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| ExperimentError::Threads { threads, reason: error.to_string() })?;
    let workers = (pool.current_num_threads() as u64).min(total);
    let (sender, receiver) = sync_channel(WAITING * workers as usize);
    pool.in_place_scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            // The receiver outlives the workers.
            scope.spawn(move |_| work(&|finished| drop(sender.send(finished))));
        }
        drop(sender);
        receiver.iter().for_each(take);
    });
    Ok(())
}

#[cfg(not(feature = "parallel"))]
fn on_threads<T>(
    _: usize,
    _: u64,
    work: &impl Fn(&dyn Fn(Finished<T>)),
    take: impl FnMut(Finished<T>),
) -> Result<(), ExperimentError> {
    let take = std::cell::RefCell::new(take);
    work(&|finished| take.borrow_mut()(finished));
    Ok(())
}

/// One finished replication, or why it failed.
type Finished<T> = (u64, Result<T, EngineError>);

/// Whether the other replications are of use without one that ended so.
const fn is_left_out(error: &EngineError) -> bool {
    matches!(error, EngineError::Memory { .. })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::experiment::Quiet;

    /// What cannot be kept ends the work; nobody begins what nobody would keep.
    #[test]
    fn what_cannot_be_kept_is_the_last() {
        let full = || ScratchError::Write { folder: PathBuf::from("here"), reason: "it is full".to_owned() };
        for threads in [1, 3] {
            let (mut kept, begun) = (0, AtomicU64::new(0));
            let work = |replication| {
                begun.fetch_add(1, Ordering::Relaxed);
                Ok(replication)
            };
            let keep = |_: &u64| {
                kept += 1;
                if kept < 5 { Ok(()) } else { Err(full()) }
            };
            let of = Work { replications: 0..1_000_000, threads };
            let ended = carry_out(&of, work, keep, &Quiet, &Cancel::default());
            assert_eq!((ended, kept), (Err(ExperimentError::Scratch(full())), 5));
            assert!(begun.into_inner() < 100);
        }
    }
}
