//! Carrying out replications.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::watch::{Cancel, Progress};
use crate::engine::{EngineError, Limits, Outcome, Silent, simulate};
use crate::plan::Plan;
use crate::random::{Domain, Draws};

/// What is to be simulated.
#[derive(Clone, Debug)]
pub struct Job<'p> {
    /// The plan, shared by all threads.
    pub plan: &'p Plan,
    /// Master seed.
    pub seed: u64,
    /// Replication numbers, counted from 0.
    pub replications: Range<u64>,
    /// Purpose of the draws.
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
    /// The response of demand calls forth volumes that cannot be.
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

/// Replications that were finished, in order of their numbers without a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch<T> {
    /// One a replication, from the first number of the job on.
    pub items: Vec<T>,
    /// False if a stop was asked for before all were done.
    pub complete: bool,
}

/// Simulates the replications of a job and turns each outcome into an item, on the thread that simulated it.
///
/// The items come in order of replications; a stop keeps all up to the first that was not finished.
///
/// # Errors
/// [`ExperimentError`]; of several failed replications the one with the smallest number is named.
pub fn replicate<T: Send + Clone>(
    job: &Job<'_>,
    turn: impl Fn(u64, Outcome) -> T + Sync,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Batch<T>, ExperimentError> {
    let work = |replication| {
        let draws = Draws::new(job.seed, replication, job.domain);
        simulate(job.plan, draws, job.limits, &mut Silent).map(|outcome| turn(replication, outcome))
    };
    carry_out((job.replications.clone(), job.threads), work, progress, cancel)
}

/// Does the work of each replication of a range on so many threads (0: all cores); as [`replicate`], for what one
/// simulation a replication is not enough.
///
/// # Errors
/// As [`replicate`].
pub fn carry_out<T: Send + Clone>(
    (replications, threads): (Range<u64>, usize),
    work: impl Fn(u64) -> Result<T, EngineError> + Sync,
    progress: &dyn Progress,
    cancel: &Cancel,
) -> Result<Batch<T>, ExperimentError> {
    let next = AtomicU64::new(replications.start);
    let done = AtomicU64::new(0);
    let total = replications.end.saturating_sub(replications.start);
    let work = |finished: &Sender<Finished<T>>| {
        while !cancel.is_requested() {
            let replication = next.fetch_add(1, Ordering::Relaxed);
            if replication >= replications.end {
                return;
            }
            let result = work(replication);
            if result.is_err() {
                next.store(replications.end, Ordering::Relaxed);
            }
            // The receiver outlives the workers.
            let _ = finished.send((replication, result));
            progress.done(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        }
    };
    let finished = on_threads(threads, total, &work)?;
    collect(&replications, finished)
}

/// Copies what comes in until all senders are gone.
///
/// What is kept is thus allocated by the thread that collects, where it lies together; among what a simulated year
/// allocates and frees, it would leave holes that no other year fits in.
fn keep<T: Clone>(incoming: &Receiver<Finished<T>>) -> Vec<Finished<T>> {
    incoming.iter().map(|item| Finished::clone(&item)).collect()
}

/// Runs the same work on so many threads, and keeps what all of them send.
#[cfg(feature = "parallel")]
fn on_threads<T: Send + Clone>(
    threads: usize,
    total: u64,
    work: &(impl Fn(&Sender<Finished<T>>) + Sync),
) -> Result<Vec<Finished<T>>, ExperimentError> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| ExperimentError::Threads { threads, reason: error.to_string() })?;
    let workers = (pool.current_num_threads() as u64).min(total);
    let (sender, receiver) = channel();
    let kept = pool.in_place_scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            scope.spawn(move |_| work(&sender));
        }
        drop(sender);
        keep(&receiver)
    });
    Ok(kept)
}

#[cfg(not(feature = "parallel"))]
fn on_threads<T: Clone>(
    _: usize,
    _: u64,
    work: &impl Fn(&Sender<Finished<T>>),
) -> Result<Vec<Finished<T>>, ExperimentError> {
    let (sender, receiver) = channel();
    work(&sender);
    drop(sender);
    Ok(keep(&receiver))
}

/// One finished replication, or why it failed.
type Finished<T> = (u64, Result<T, EngineError>);

fn collect<T>(replications: &Range<u64>, mut finished: Vec<Finished<T>>) -> Result<Batch<T>, ExperimentError> {
    finished.sort_by_key(|item| item.0);
    let mut items = Vec::with_capacity(finished.len());
    for (expected, (replication, result)) in (replications.start..).zip(finished) {
        match result {
            Err(error) => return Err(ExperimentError::Replication { replication, error }),
            Ok(item) if replication == expected => items.push(item),
            Ok(_) => break,
        }
    }
    if items.is_empty() && !replications.is_empty() {
        return Err(ExperimentError::Stopped);
    }
    let complete = items.len() as u64 == replications.end.saturating_sub(replications.start);
    Ok(Batch { items, complete })
}
