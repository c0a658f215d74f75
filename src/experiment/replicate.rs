//! Carrying out replications.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::watch::Progress;
use crate::engine::{Cancel, EngineError, Limits, Outcome, Silent, Workspace, simulate_in};
use crate::model::Plan;
use crate::random::{Domain, RandomNumbers};

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
/// What is kept is to be copied from the item: so it lies together where the calling thread puts it; among what a simulated
/// year allocates and frees, it would leave holes that no other year fits in.
///
/// # Errors
/// [`ExperimentError`]; of several failed replications the one with the smallest number is named.
pub fn replicate<T: Send>(
    job: &Job<'_>,
    turn: impl Fn(u64, &Outcome) -> T + Sync,
    keep: impl FnMut(&T),
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
    keep: impl FnMut(&T),
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
    keep: impl FnMut(&T),
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
    keep: impl FnMut(&T),
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Ended, ExperimentError> {
    let next = AtomicU64::new(of.replications.start);
    let done = AtomicU64::new(0);
    let total = of.replications.end.saturating_sub(of.replications.start);
    let work = |finished: &Sender<Finished<T>>| {
        while !cancel.is_requested() {
            let replication = next.fetch_add(1, Ordering::Relaxed);
            if replication >= of.replications.end {
                return;
            }
            let result = work(replication);
            if result.as_ref().is_err_and(|error| !is_left_out(error)) {
                next.store(of.replications.end, Ordering::Relaxed);
            }
            // The receiver outlives the workers.
            let _ = finished.send((replication, result));
            progress.done(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        }
    };
    let mut order = Order { next: of.replications.start, waiting: BTreeMap::new(), left_out: Vec::new(), keep };
    on_threads(of.threads, total, &work, |incoming| order.take_all(incoming))?;
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
}

impl<T, K: FnMut(&T)> Order<T, K> {
    /// Takes what comes in until all senders are gone.
    fn take_all(&mut self, incoming: &Receiver<Finished<T>>) {
        for (replication, result) in incoming {
            self.waiting.insert(replication, result);
            while self.takes_next() {
                self.waiting.remove(&self.next);
                self.next += 1;
            }
        }
    }

    /// Keeps the next replication or leaves it out, if it is there and not at fault.
    fn takes_next(&mut self) -> bool {
        match self.waiting.get(&self.next) {
            Some(Ok(item)) => (self.keep)(item),
            Some(Err(error)) if is_left_out(error) => self.left_out.push((self.next, error.clone())),
            _ => return false,
        }
        true
    }

    /// What came of all once no more comes in.
    fn ended(mut self, replications: &Range<u64>) -> Result<Ended, ExperimentError> {
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

/// Runs the same work on so many threads, while `take` takes what all of them send.
#[cfg(feature = "parallel")]
fn on_threads<T: Send>(
    threads: usize,
    total: u64,
    work: &(impl Fn(&Sender<Finished<T>>) + Sync),
    take: impl FnOnce(&Receiver<Finished<T>>),
) -> Result<(), ExperimentError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| ExperimentError::Threads { threads, reason: error.to_string() })?;
    let workers = (pool.current_num_threads() as u64).min(total);
    let (sender, receiver) = channel();
    pool.in_place_scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            scope.spawn(move |_| work(&sender));
        }
        drop(sender);
        take(&receiver);
    });
    Ok(())
}

#[cfg(not(feature = "parallel"))]
fn on_threads<T>(
    _: usize,
    _: u64,
    work: &impl Fn(&Sender<Finished<T>>),
    take: impl FnOnce(&Receiver<Finished<T>>),
) -> Result<(), ExperimentError> {
    let (sender, receiver) = channel();
    work(&sender);
    drop(sender);
    take(&receiver);
    Ok(())
}

/// One finished replication, or why it failed.
type Finished<T> = (u64, Result<T, EngineError>);

/// Whether the other replications are of use without one that ended so.
const fn is_left_out(error: &EngineError) -> bool {
    matches!(error, EngineError::Memory { .. })
}
