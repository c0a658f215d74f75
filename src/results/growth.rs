//! What grows all the time: the one test of it, for backlogs and for queues.

use crate::words::Subject;
use serde::{Deserialize, Serialize};

use crate::stats::{Moments, t_half_width};

/// More of those who came wait at the end than at the beginning, by at least this share, where a queue grows: as many as
/// an overload by 1 % leaves behind.
const SHARE: f64 = 0.01;
/// A queue that is longer by fewer is no longer than it happens to be.
const FEW: f64 = 2.0;

/// By how much something grew from the beginning of the horizon to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// The mean of the replications.
    pub mean: Option<f64>,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
    /// Whether it grows: the mean is above what is allowed, and the interval above 0.
    pub grows: bool,
}

impl Growth {
    /// The growth in each replication against what is allowed.
    pub fn of(by_replication: &[f64], allowed: f64, level: f64) -> Self {
        let moments = Moments::of(by_replication);
        let mean = moments.mean();
        let half_width = moments.sd().and_then(|sd| t_half_width(moments.count(), sd, level));
        let grows = mean.is_some_and(|mean| mean > allowed && mean - half_width.unwrap_or(0.0) > 0.0);
        Self { mean, half_width, grows }
    }
}

/// A queue that grows as long as the run lasts: days behind it belong to the length of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrowingQueue {
    /// What is waited for: `node.aktau.facility.crane`, `link.aktau-alat.from.aktau`, `pool.flat-wagons`.
    pub subject: Subject,
    /// By how many more wait at the end than at the beginning.
    pub more: f64,
    /// Half the width of its interval.
    pub half_width: Option<f64>,
    /// The same as a share of those who came.
    pub share: f64,
}

/// A queue with what each replication says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueYears {
    /// What is waited for.
    pub subject: Subject,
    /// By how many more wait at the end than at the beginning.
    pub more: Vec<f64>,
    /// The same as a share of those who came.
    pub share: Vec<f64>,
}

/// The queues that grow, the one from which the greatest share is left waiting first.
pub fn growing_among(queues: impl IntoIterator<Item = QueueYears>, level: f64) -> Vec<GrowingQueue> {
    let grows = |queue: QueueYears| {
        let growth = Growth::of(&queue.more, FEW, level);
        let share = Moments::of(&queue.share).mean().filter(|share| *share > SHARE)?;
        let more = growth.mean.filter(|_| growth.grows)?;
        Some(GrowingQueue { subject: queue.subject, more, half_width: growth.half_width, share })
    };
    let mut growing: Vec<GrowingQueue> = queues.into_iter().filter_map(grows).collect();
    growing.sort_by(|one, other| other.share.total_cmp(&one.share).then_with(|| one.subject.cmp(&other.subject)));
    growing
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;

    #[test]
    fn what_grows_does_so_beyond_what_is_allowed_and_beyond_sampling_error() {
        assert!(Growth::of(&[5.0, 6.0, 5.5], 2.0, 0.95).grows);
        assert!(!Growth::of(&[5.0, 6.0, 5.5], 6.0, 0.95).grows, "as much is allowed");
        assert!(!Growth::of(&[-20.0, 30.0, 5.5], 2.0, 0.95).grows, "it may be chance");
        assert!(Growth::of(&[5.0], 2.0, 0.95).grows, "of one replication there is no interval");
        assert!(!Growth::of(&[], 2.0, 0.95).grows);
    }

    #[test]
    fn the_queue_that_grows_is_named_and_no_other() {
        let growing = synthetic::results(4).growing();
        let [only] = growing.as_slice() else { panic!("{growing:?}") };
        assert_eq!(only.subject.as_str(), "link.aktau-alat.from.aktau");
        assert!((only.more - 50.0).abs() < 1e-9 && (only.share - 50.0 / 950.0).abs() < 1e-9);
    }
}
