//! Shards put together.

use super::summary::Results;

/// Why shards do not go together.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
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
    /// Replications are missing or there twice.
    #[error("replication {expected} expected after those before it, found {found}")]
    Replications {
        /// The one that should follow.
        expected: u32,
        /// The one that does.
        found: u32,
    },
}

impl Results {
    /// Puts shards together, in any order. The merged results equal those of one run.
    ///
    /// # Errors
    /// If there are none, if they are not of one scenario run in one way, or if their replications do not follow one
    /// another without gap and overlap.
    pub fn merge(mut shards: Vec<Self>) -> Result<Self, MergeError> {
        shards.sort_by_key(|shard| shard.manifest.run.first);
        let mut shards = shards.into_iter();
        let mut merged = shards.next().ok_or(MergeError::Nothing)?;
        for shard in shards {
            merged.append(shard)?;
        }
        Ok(merged)
    }

    fn append(&mut self, shard: Self) -> Result<(), MergeError> {
        let (run, other) = (&mut self.manifest.run, &shard.manifest.run);
        if self.manifest.scenario.hash != shard.manifest.scenario.hash {
            let one = self.manifest.scenario.hash.clone();
            return Err(MergeError::Scenario { one, other: shard.manifest.scenario.hash });
        }
        let expected = run.end();
        let mut alike = other.clone();
        (alike.first, alike.replications, alike.left_out) = (run.first, run.replications, run.left_out.clone());
        if alike != *run || self.frame != shard.frame {
            return Err(MergeError::Run);
        }
        if other.first != expected {
            return Err(MergeError::Replications { expected, found: other.first });
        }
        run.replications += other.replications;
        run.left_out.extend(&other.left_out);
        self.records.extend(shard.records);
        self.together.iter_mut().zip(&shard.together).for_each(|(histogram, more)| histogram.merge(more));
        Ok(())
    }
}
