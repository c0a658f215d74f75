//! Which capacity holds the corridor up, and what one more of each is worth.

use super::run::tell_empty;
use super::{Question, QuestionError};
use crate::analysis::{self, Trial};
use crate::report::Study;
use crate::scenario::Setting;
use crate::study::{Lab, Scenario};

/// Which capacity holds a scenario up, and what one more of each is worth.
pub struct Bottlenecks<'a> {
    scenario: &'a Scenario,
    trials: Vec<Trial>,
    most: Option<usize>,
}

impl<'a> Bottlenecks<'a> {
    /// Asks of every capacity that may matter.
    pub const fn of(scenario: &'a Scenario) -> Self {
        Self { scenario, trials: Vec::new(), most: None }
    }

    /// The same of no more than so many capacities, those waited for longest.
    #[must_use]
    pub fn at_most(self, most: Option<usize>) -> Self {
        Self { most, ..self }
    }

    /// The same, and of changes besides.
    ///
    /// # Errors
    /// The scenario cannot run with one of them.
    pub fn and_of(mut self, changes: &[Setting]) -> Result<Self, QuestionError> {
        for change in changes {
            let prepared = self.scenario.with(std::slice::from_ref(change))?.into_prepared();
            self.trials.push(Trial { change: change.text().to_owned(), prepared });
        }
        Ok(self)
    }
}

impl Question for Bottlenecks<'_> {
    type Answer = analysis::Bottlenecks;

    const STUDY: Study = Study::BOTTLENECKS;

    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError> {
        let found = analysis::bottlenecks(self.scenario.prepared(), &self.trials, self.most, lab)?;
        tell_empty(&found.base, lab);
        Ok(found)
    }
}

/// Finds which capacity holds a scenario up, and what one more of each is worth.
///
/// # Errors
/// A simulation failed, or was stopped before the scenario as it is was finished.
pub fn bottlenecks(scenario: &Scenario, lab: &Lab<'_>) -> Result<analysis::Bottlenecks, QuestionError> {
    Bottlenecks::of(scenario).ask(lab)
}
