//! Which rows there are and how each is computed, fixed by the plan alone.
//!
//! A row is a key with a formula over the facts of one replication. Rows of durations take their samples from series,
//! each of which is also stored as a histogram; rows of several flows pool the series of each.

mod border;
mod builder;
mod choices;
mod formulas;
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

use crate::model::Plan;
use builder::Builder;

pub(super) use formulas::Formula;
pub use formulas::Layout;

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
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;
    use crate::words::{Measure, Over};
    use std::collections::BTreeSet;

    #[test]
    fn no_row_is_there_twice() {
        let layout = Layout::of(&synthetic::plan());
        let rows: BTreeSet<_> = layout.catalogue().rows.iter().collect();
        assert_eq!(rows.len(), layout.catalogue().rows.len());
        assert_eq!(layout.formulas().len(), rows.len());
    }

    #[test]
    fn what_is_kept_in_histograms_is_declared_as_a_distribution_of_shipments() {
        let layout = Layout::of(&synthetic::plan());
        let kept = layout.formulas().iter().zip(&layout.catalogue().rows);
        let kept: BTreeSet<_> =
            kept.filter(|(formula, _)| matches!(formula, Formula::Pooled(_))).map(|(_, row)| row.measure).collect();
        let declared: BTreeSet<_> =
            Measure::ALL.into_iter().filter(|measure| measure.over() == Over::Shipments).collect();
        assert_eq!(kept, declared);
    }

    #[test]
    fn every_measure_that_the_data_allow_is_there() {
        let layout = Layout::of(&synthetic::plan());
        let measures: BTreeSet<&str> = layout.catalogue().rows.iter().map(|row| row.measure.word()).collect();
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
            "sailing_share",
            "berth_share",
            "loading_share",
            "cargo_wait_share",
            "berth_wait_share",
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
