//! What is written down of one scenario in one replication.

use crate::engine::{End, Ended, Fact, Note, Observer};
use crate::model::Plan;
use crate::units::SimTime;

/// Which flows are looked at, and what is needed of them.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// By flow: its cargo, if it is counted in the corridor.
    pub(super) cargo: Vec<Option<usize>>,
    /// By cargo: id, dollars a tonne and day, whether it is counted in TEU.
    pub(super) cargoes: Vec<(String, f64, bool)>,
    /// The horizon.
    pub(super) horizon: (SimTime, SimTime),
    /// End of the clock.
    pub(super) end: SimTime,
}

impl Scope {
    /// The cargoes of which any flow is counted.
    pub(super) fn counted(&self) -> impl Iterator<Item = usize> {
        (0..self.cargoes.len()).filter(|cargo| self.cargo.contains(&Some(*cargo)))
    }

    pub(super) fn of(plan: &Plan) -> Self {
        let labels = &plan.labels;
        let flows = labels.flows.iter();
        let cargoes = labels.cargoes.iter().zip(&labels.cargo_values);
        Self {
            cargo: flows.map(|flow| (flow.counted && !flow.of_pool).then_some(flow.cargo.index())).collect(),
            cargoes: cargoes.map(|((id, unit), values)| (id.clone(), values.1, unit == "TEU")).collect(),
            horizon: (plan.clock.start, plan.clock.horizon_end),
            end: plan.clock.end,
        }
    }
}

/// The ends of all parts of counted flows, and how many bodies stand stabled.
#[derive(Debug)]
pub(super) struct Log<'s> {
    scope: &'s Scope,
    pub(super) ended: Vec<Ended>,
    /// How many are stabled from each moment on.
    stabled: Vec<(SimTime, i64)>,
}

impl<'s> Log<'s> {
    pub(super) const fn new(scope: &'s Scope) -> Self {
        Self { scope, ended: Vec::new(), stabled: Vec::new() }
    }

    /// The most that stand stabled at once from a moment on.
    pub(super) fn most_stabled(&self, from: SimTime) -> i64 {
        let later = self.stabled.partition_point(|change| change.0 < from);
        let before = later.checked_sub(1).map_or(0, |last| self.stabled[last].1);
        self.stabled[later..].iter().map(|change| change.1).fold(before, i64::max)
    }
}

impl Observer for Log<'_> {
    fn note(&mut self, note: Note) {
        let change = match note.fact {
            Fact::Stabled(_) => 1,
            Fact::LetIn(_) => -1,
            _ => return,
        };
        let now = self.stabled.last().map_or(0, |last| last.1) + change;
        self.stabled.push((note.time, now));
    }

    fn ended(&mut self, ended: Ended, _: &[crate::engine::outcome::Segment]) {
        if self.scope.cargo[ended.flow.index()].is_some() {
            self.ended.push(ended);
        }
    }
}

/// Whether a part left without being delivered.
pub(super) const fn is_turned_away(how: End) -> bool {
    matches!(how, End::Refused | End::Lost)
}
