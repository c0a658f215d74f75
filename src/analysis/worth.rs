//! What is known of a capacity, and what a change of it is worth.

use super::capacities::Capacity;
use super::effect::Effect;
use super::usage::Usage;

/// What a change is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Tonnes carried a year.
    pub tonnes: Effect,
    /// TEU carried a year, where any are.
    pub teu: Option<Effect>,
    /// Hours of mean transit time in the corridor, at the weights of the base; below 0 it is faster.
    pub hours: Effect,
    /// Hours of mean time of each section, looked at together for this step alone.
    pub sections: Vec<Effect>,
    /// Rank by tonnes, 1 the best; what cannot be told apart shares a rank. None: no gain, or noise.
    pub rank_by_tonnes: Option<usize>,
    /// Rank by hours.
    pub rank_by_hours: Option<usize>,
}

impl Gain {
    /// The section that gets faster by most, among those whose change is statistically significant.
    pub fn most_helped(&self) -> Option<&Effect> {
        let helped = self.sections.iter().filter(|effect| effect.is_significant() && effect.difference.mean < 0.0);
        helped.min_by(|one, other| one.difference.mean.total_cmp(&other.difference.mean))
    }
}

/// A capacity or a change with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What would be changed: `fleet.aktau-alat-feeder.vessels += 1`.
    pub change: String,
    /// The capacity; `None` for a change that was asked for.
    pub capacity: Option<Capacity>,
    /// Use of the capacity.
    pub usage: Usage,
    /// Hours a year that all together waited before it, by those too whose wait did not end.
    pub hours_waited: f64,
    /// Mean hours that those have waited so far who wait there, where nobody was served.
    pub unserved: Option<f64>,
    /// Mean hours waited before it by what the corridor counts.
    pub waiting: f64,
    /// The same as a share of the mean transit time.
    pub waiting_share: f64,
    /// What the change is worth; `None` where it was not tried.
    pub gain: Option<Gain>,
}
