//! A scenario made ready to be simulated.

use crate::compile::PlanError;
use crate::model::Plan;
use crate::results::{self, Detail, Layout};
use crate::scenario::{Contents, Reading};

/// A scenario made ready to be simulated.
#[derive(Debug)]
pub struct Prepared {
    /// The scenario.
    pub scenario: Contents,
    /// Hash of its resolved content.
    pub hash: String,
    /// Its plan.
    pub plan: Plan,
    /// What its results are.
    pub layout: Layout,
    /// Down to what they have rows.
    pub detail: Detail,
}

impl Prepared {
    /// Compiles a scenario; `reading` is what it came from. Its results have rows of every flow.
    ///
    /// # Errors
    /// All that cannot run.
    pub fn of(reading: &Reading, scenario: Contents) -> Result<Self, Vec<PlanError>> {
        Self::with(reading, scenario, Some(Detail::Flows))
    }

    /// Compiles a scenario whose results have rows down to a detail, or to what is usual for so many flows.
    ///
    /// # Errors
    /// All that cannot run.
    pub fn with(reading: &Reading, scenario: Contents, detail: Option<Detail>) -> Result<Self, Vec<PlanError>> {
        let plan = Plan::of(&scenario)?;
        let detail = detail.unwrap_or_else(|| Detail::usual(&plan));
        let layout = Layout::with(&plan, detail);
        Ok(Self { scenario, hash: reading.content_hash(), plan, layout, detail })
    }

    /// The same scenario with other numbers, from the start and from each date of its timeline on. It was never written
    /// down, so it has no hash.
    ///
    /// # Errors
    /// All that cannot run.
    pub fn variant(&self, change: impl Fn(&mut Contents)) -> Result<Self, Vec<PlanError>> {
        let mut scenario = self.scenario.clone();
        change(&mut scenario);
        for epoch in &mut scenario.epochs {
            change(&mut epoch.scenario);
        }
        let plan = Plan::of(&scenario)?;
        let (layout, detail) = (Layout::with(&plan, self.detail), self.detail);
        Ok(Self { scenario, hash: String::new(), plan, layout, detail })
    }

    /// What results say of their scenario.
    pub(super) fn described(&self) -> results::ScenarioIdentity {
        results::ScenarioIdentity {
            name: self.scenario.name.clone(),
            title: self.scenario.title.clone(),
            hash: self.hash.clone(),
        }
    }
}
