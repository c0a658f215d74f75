//! How long a scenario has to warm up.

use super::{Question, QuestionError};
use crate::analysis::warm_up as analysis;
use crate::report::Study;
use crate::scenario::Setting;
use crate::study::{Lab, Scenario};
use crate::units::Duration;

/// How long a scenario takes from its empty start until it is as it usually is.
pub struct WarmUp {
    /// With a horizon that is as long as asked.
    scenario: Scenario,
}

impl WarmUp {
    /// Asks how long a scenario has to warm up, looking at so long a time from its empty start on; at its own warm-up and
    /// horizon where nothing is said.
    ///
    /// # Errors
    /// The time is not longer than the warm-up that the scenario has.
    pub fn of(scenario: &Scenario, over: Option<Duration>) -> Result<Self, QuestionError> {
        let warm_up = scenario.contents().run.warm_up;
        let horizon = over.map(|over| over - warm_up);
        if horizon.is_some_and(|horizon| horizon <= Duration::ZERO) {
            let present = warm_up.days();
            let message = format!("the time looked at has to be longer than the warm-up of {present} d that is there");
            return Err(QuestionError::Wrong(message));
        }
        let setting = horizon.map(|horizon| Setting::parse(&format!("run.horizon=\"{} ms\"", horizon.ms())));
        let setting = setting.transpose().map_err(QuestionError::wrong)?;
        Ok(Self { scenario: scenario.with(setting.as_slice())? })
    }

    /// The scenario that is simulated: the one that was given, perhaps with another horizon.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }
}

impl Question for WarmUp {
    type Answer = analysis::WarmUp;

    const STUDY: Study = Study::WARM_UP;

    fn ask(&self, lab: &Lab<'_>) -> Result<Self::Answer, QuestionError> {
        Ok(analysis::warm_up(self.scenario.prepared(), lab)?)
    }
}

/// Simulates a scenario from its empty start and proposes a warm-up.
///
/// # Errors
/// A simulation failed or was stopped before anything was finished.
pub fn warm_up(scenario: &Scenario, lab: &Lab<'_>) -> Result<analysis::WarmUp, QuestionError> {
    WarmUp::of(scenario, None)?.ask(lab)
}
