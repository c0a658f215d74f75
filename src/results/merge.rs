//! Shards put together.

use std::collections::BTreeSet;
use std::ops::Range;

use super::manifest::{Manifest, Run};
use super::records::ScratchError;
use super::summary::Results;
use super::total;

/// Why shards do not go together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// There are none.
    #[error("there is nothing to merge")]
    Nothing,
    /// They are of different scenarios.
    #[error("shards of different scenarios: {one} and {other}")]
    Scenario {
        /// A content hash.
        one: String,
        /// Another.
        other: String,
    },
    /// They differ in version, seed, level or window.
    #[error("shards of one scenario not run alike: version, seed, level or window differ")]
    Run,
    /// Replications are missing or there twice: each is a range of numbers, its end not included.
    #[error("the shards are not one range of replications: {}", told(missing, twice))]
    Replications {
        /// All gaps.
        missing: Vec<Range<u32>>,
        /// All overlaps.
        twice: Vec<Range<u32>>,
    },
    /// Together they hold more than can be counted, which no run makes.
    #[error("the shards cannot be added up: {0}")]
    TooMuch(String),
    /// They take more memory than they may, and cannot be held elsewhere.
    #[error(transparent)]
    Scratch(#[from] ScratchError),
}

/// The places of shards, given by what they are, in the order in which they go together.
///
/// # Errors
/// If there are none, if they are not of one scenario run in one way, or if their replications do not follow one another
/// without gap and overlap.
pub fn merging_order(shards: &[&Manifest]) -> Result<Vec<usize>, MergeError> {
    let mut order: Vec<usize> = (0..shards.len()).collect();
    order.sort_by_key(|&place| shards[place].run.first);
    let sorted = || order.iter().map(|&place| shards[place]);
    let first = sorted().next().ok_or(MergeError::Nothing)?;
    sorted().try_for_each(|shard| alike(first, shard))?;
    follow(&sorted().map(range).collect::<Vec<_>>())?;
    Ok(order)
}

impl Results {
    /// Puts shards together, in any order. The merged results equal those of one run.
    ///
    /// # Errors
    /// If there are none, if they are not of one scenario run in one way, or if their replications do not follow one
    /// another without gap and overlap, or if they hold more than can be counted.
    pub fn merge(mut shards: Vec<Self>) -> Result<Self, MergeError> {
        merging_order(&shards.iter().map(|shard| &shard.manifest).collect::<Vec<_>>())?;
        shards.sort_by_key(|shard| shard.manifest.run.first);
        let mut shards = shards.into_iter();
        let mut merged = shards.next().ok_or(MergeError::Nothing)?;
        shards.try_for_each(|shard| merged.append(&shard))?;
        Ok(merged)
    }

    /// Adds the shard that follows, so that of many shards no more than one has to be there beside what is merged already.
    ///
    /// # Errors
    /// As [`Self::merge`], of these two.
    pub fn append(&mut self, next: &Self) -> Result<(), MergeError> {
        alike(&self.manifest, &next.manifest)?;
        if self.catalogue != next.catalogue {
            return Err(MergeError::Run);
        }
        follow(&[range(&self.manifest), range(&next.manifest)])?;
        let together = [self.together.as_slice(), next.together.as_slice()];
        total::check(&self.catalogue, together.into_iter()).map_err(MergeError::TooMuch)?;
        self.records.append(&next.records)?;
        self.manifest.run.replications += next.manifest.run.replications;
        self.manifest.run.left_out.extend(&next.manifest.run.left_out);
        self.together.iter_mut().zip(&next.together).for_each(|(histogram, more)| histogram.merge(more));
        Ok(())
    }
}

/// The numbers of a shard.
fn range(shard: &Manifest) -> Range<u32> {
    shard.run.first..shard.run.end()
}

/// Whether two shards are of one scenario, run in one way.
fn alike(one: &Manifest, other: &Manifest) -> Result<(), MergeError> {
    let (hash, other_hash) = (&one.scenario.hash, &other.scenario.hash);
    if hash != other_hash {
        return Err(MergeError::Scenario { one: hash.clone(), other: other_hash.clone() });
    }
    let run = &one.run;
    let Run { first, replications, left_out, .. } = run.clone();
    let same = Run { first, replications, left_out, ..other.run.clone() };
    if same == *run { Ok(()) } else { Err(MergeError::Run) }
}

/// Whether ranges, given by their beginnings, follow one another.
fn follow(ranges: &[Range<u32>]) -> Result<(), MergeError> {
    let (mut missing, mut twice) = (Vec::new(), Vec::new());
    let ends: BTreeSet<u32> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
    for (&start, &end) in ends.iter().zip(ends.iter().skip(1)) {
        match ranges.iter().filter(|range| range.start <= start && end <= range.end).count() {
            0 => join(&mut missing, start..end),
            1 => {}
            _ => join(&mut twice, start..end),
        }
    }
    if missing.is_empty() && twice.is_empty() { Ok(()) } else { Err(MergeError::Replications { missing, twice }) }
}

/// Adds a range, in one with the last where they touch.
fn join(ranges: &mut Vec<Range<u32>>, next: Range<u32>) {
    match ranges.last_mut() {
        Some(last) if last.end == next.start => last.end = next.end,
        _ => ranges.push(next),
    }
}

/// Gaps and overlaps in words: `3 to 7 and 9 are missing; 12 is there twice`.
fn told(missing: &[Range<u32>], twice: &[Range<u32>]) -> String {
    let list = |ranges: &[Range<u32>], what: &str| {
        let is_one = matches!(ranges, [range] if range.len() == 1);
        let verb = if is_one { "is" } else { "are" };
        let parts: Vec<String> = ranges.iter().map(numbers).collect();
        let joined = match parts.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
            _ => parts.concat(),
        };
        (!ranges.is_empty()).then(|| format!("{joined} {verb} {what}"))
    };
    let sentences = [list(missing, "missing"), list(twice, "there more than once")];
    sentences.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn numbers(range: &Range<u32>) -> String {
    let last = range.end.saturating_sub(1);
    if last == range.start { last.to_string() } else { format!("{} to {last}", range.start) }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;

    #[test]
    fn merging_in_any_order_gives_one_run() {
        let shards = vec![synthetic::shard(2..5), synthetic::shard(0..2)];
        let merged = Results::merge(shards).unwrap();
        // As text: values that are not there do not equal themselves.
        assert!(format!("{merged:?}") == format!("{:?}", synthetic::results(5)));
    }

    /// Each shard by itself could have been written; together they pass what a sum holds.
    #[test]
    fn more_than_can_be_counted_is_refused() {
        let crafted = |range: Range<u32>, count: u64, mass: u64| {
            let mut shard = synthetic::shard(range);
            let one = shard.together.iter().position(|histogram| !histogram.is_empty()).unwrap();
            let bin = *shard.together[one].iter().next().unwrap();
            shard.together[one].add_bin(&crate::stats::Bin { count, mass, ..bin });
            shard
        };
        let merged = |count, mass| Results::merge(vec![crafted(0..2, count, mass), crafted(2..5, count, mass)]);
        assert!(merged(1 << 50, 1 << 62).is_ok());
        for (count, mass) in [(1 << 59, 0), (1, u64::MAX / 2)] {
            let told = merged(count, mass).unwrap_err().to_string();
            assert!(told.contains("cannot be added up: `count` or `mass` of "), "{told}");
        }
    }

    #[test]
    fn all_gaps_and_overlaps_are_named_at_once() {
        let said = |ranges: &[Range<u32>]| follow(ranges).map_err(|error| error.to_string());
        let wrong = |what: &str| Err(format!("the shards are not one range of replications: {what}"));
        assert_eq!(said(&[3..5, 5..9]), Ok(()));
        assert_eq!(said(&[0..4, 5..6]), wrong("4 is missing"));
        assert_eq!(said(&[0..2, 5..6, 6..7, 10..12, 13..14]), wrong("2 to 4, 7 to 9 and 12 are missing"));
        // One within another, and three over each other.
        assert_eq!(
            said(&[0..9, 2..4, 3..5, 8..9, 12..13]),
            wrong("9 to 11 are missing; 2 to 4 and 8 are there more than once")
        );
    }

    #[test]
    fn what_was_left_out_is_no_gap() {
        let mut shard = synthetic::shard(0..3);
        shard.manifest.run.left_out = vec![1];
        shard.manifest.run.replications = 2;
        shard.records.in_memory().remove(1);
        let merged = Results::merge(vec![synthetic::shard(3..5), shard]).unwrap();
        assert_eq!(merged.manifest.run.numbers().collect::<Vec<_>>(), [0, 2, 3, 4]);
    }
}
