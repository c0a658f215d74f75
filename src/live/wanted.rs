//! What the page asks for: where its sliders stand.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use crate::scenario::{Movable, Setting};

/// Most characters of a name.
const LONGEST: usize = 60;

/// An option: a name, and the places of the sliders that are moved among their positions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Wanted {
    /// What people call it.
    pub name: String,
    /// By slider.
    pub at: BTreeMap<String, usize>,
}

/// What an option asks for and there is not.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WantedError {
    /// A slider.
    #[error("the scenario has no slider `{0}`")]
    Slider(String),
    /// A position.
    #[error("slider `{slider}` has no position {position}")]
    Position {
        /// The slider.
        slider: String,
        /// The place of the position.
        position: usize,
    },
    /// A name that can stand in a command.
    #[error("an option wants a name of letters, digits, spaces, commas and hyphens, {LONGEST} at most")]
    Name,
}

impl Wanted {
    /// What it sets, in the order of the sliders.
    pub(super) fn settings(&self, movables: &[Movable]) -> Result<Vec<Setting>, WantedError> {
        let is_plain = |c: char| c.is_alphanumeric() || " ,-–−.%".contains(c);
        if self.name.trim().is_empty() || self.name.chars().count() > LONGEST || !self.name.chars().all(is_plain) {
            return Err(WantedError::Name);
        }
        if let Some(unknown) = self.at.keys().find(|id| !movables.iter().any(|movable| movable.id == **id)) {
            return Err(WantedError::Slider(unknown.clone()));
        }
        let mut settings = Vec::new();
        for movable in movables {
            let Some(&position) = self.at.get(&movable.id) else { continue };
            let at = movable.positions.get(position);
            let at = at.ok_or_else(|| WantedError::Position { slider: movable.id.clone(), position })?;
            settings.extend_from_slice(&at.settings);
        }
        Ok(settings)
    }
}
