//! Which rows there are and how each is computed, fixed by the plan alone.
//!
//! A row is a key with a formula over the facts of one replication. Rows of durations take their samples from series,
//! each of which is also stored as a histogram; rows of several flows pool the series of each.

mod border;
mod builder;
mod choices;
mod holding;
mod money;
mod periods;
mod places;
mod sampler;
mod switches;
mod time;
mod traffic;
mod transport;
mod waiting;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::facts::{Facts, Shape};
use super::frame::Frame;
use crate::model::Plan;
use crate::units::Timespan;
use crate::words::Period;
use builder::Builder;
pub(super) use sampler::Sampler;

/// How the number of a row comes about.
pub(super) enum Formula {
    /// From the facts.
    Value(Box<dyn Fn(&Facts<'_>) -> f64 + Send + Sync>),
    /// The mean of the durations of a slot of [`Frame::pooled`].
    Pooled(usize),
    /// The buffer index of such a slot.
    Buffer(usize),
}

/// Most flows of which each has rows where nobody asks for them: those of a national matrix would be millions.
pub const MOST_FLOWS_WITH_ROWS: usize = 1000;

/// Down to what there are rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Every flow by itself.
    #[default]
    Flows,
    /// The corridor, cargoes and tags.
    Together,
}

impl Detail {
    /// What is usual for a plan: every flow up to [`MOST_FLOWS_WITH_ROWS`].
    pub const fn usual(plan: &Plan) -> Self {
        if plan.labels.flows.len() > MOST_FLOWS_WITH_ROWS { Self::Together } else { Self::Flows }
    }
}

/// Which rows there are and how each is computed.
///
/// Two plans of one shape (the same things under the same names) have the same layout, whatever their numbers.
pub struct Layout {
    frame: Arc<Frame>,
    formulas: Vec<Formula>,
    ms_per_unit: Vec<f64>,
    sampler: Sampler,
    spans: BTreeMap<Period, Timespan>,
    shape: Shape,
}

impl Layout {
    /// The layout of a plan, with rows of every flow.
    pub fn of(plan: &Plan) -> Self {
        Self::with(plan, Detail::Flows)
    }

    /// The layout of a plan with rows down to a detail.
    pub fn with(plan: &Plan, detail: Detail) -> Self {
        let mut builder = Builder::new(plan, detail == Detail::Flows);
        traffic::add(&mut builder);
        time::add(&mut builder);
        places::add(&mut builder);
        waiting::add(&mut builder);
        transport::add(&mut builder);
        holding::add(&mut builder);
        money::add(&mut builder);
        border::add(&mut builder);
        choices::add(&mut builder);
        switches::add(&mut builder);
        periods::add(&mut builder);
        builder.finish()
    }

    /// What the numbers of a record are.
    pub fn frame(&self) -> &Arc<Frame> {
        &self.frame
    }

    /// What the horizon has of a period of the rows.
    pub fn span(&self, period: &Period) -> Option<Timespan> {
        self.spans.get(period).copied()
    }

    pub(super) fn formulas(&self) -> &[Formula] {
        &self.formulas
    }

    pub(super) fn sampler(&self) -> &Sampler {
        &self.sampler
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The series of each row of durations with the milliseconds of its unit.
    pub(super) fn pooled(&self) -> impl Iterator<Item = (&[u32], f64)> {
        self.frame.pooled.iter().zip(&self.ms_per_unit).map(|(pooled, &ms)| (pooled.series.as_slice(), ms))
    }
}

impl std::fmt::Debug for Layout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layout").field("rows", &self.frame.rows.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_row_is_there_twice() {
        let layout = Layout::of(&synthetic::plan());
        let rows: BTreeSet<_> = layout.frame().rows.iter().collect();
        assert_eq!(rows.len(), layout.frame().rows.len());
        assert_eq!(layout.formulas().len(), rows.len());
    }

    #[test]
    fn every_measure_that_the_data_allow_is_there() {
        let layout = Layout::of(&synthetic::plan());
        let measures: BTreeSet<&str> = layout.frame().rows.iter().map(|row| row.measure.word()).collect();
        for measure in [
            "offered",
            "carried",
            "throughput",
            "throughput_teu",
            "refused",
            "lost_to_outside",
            "under_way",
            "unfinished",
            "backlog",
            "trains",
            "value",
            "transit_time",
            "transit_time_delivered",
            "section_time",
            "dwell_time",
            "crossing_time",
            "acceptance_wait",
            "complete_time",
            "time",
            "unexplained_share",
            "on_time_share",
            "buffer_index",
            "utilisation",
            "waiting_time",
            "waiting_so_far",
            "waiting_so_far_max",
            "hours_waited",
            "queue_growth",
            "queue_growth_share",
            "waited",
            "queue_length",
            "queue_max",
            "number",
            "blocked",
            "closed",
            "down",
            "stabled",
            "held_back",
            "overflow",
            "ban_days",
            "spare_capacity",
            "voyages",
            "load_factor",
            "deck_factor",
            "left_behind",
            "missed_departures",
            "returning",
            "wagon_turn",
            "empty_run_share",
            "freight_charge",
            "time_cost",
            "generalised_cost",
            "revenue",
            "tonne_km",
            "emissions",
            "border_time",
            "border_time_per_journey",
            "border_cost",
            "border_cost_per_journey",
            "cost_500km_20t",
            "speed_without_delay",
            "speed_with_delay",
        ] {
            assert!(measures.contains(measure), "{measure} is missing");
        }
    }
}
