//! What observed figures are used for.

use serde::{Deserialize, Serialize};

/// What an observed figure was used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The scenario was made from it.
    Input,
    /// A parameter was moved until it was met.
    Tuned,
    /// Held out: nothing was set from it.
    Tested,
}

impl Class {
    /// All classes, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Input, Self::Tuned, Self::Tested];

    /// The word in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Tuned => "tuned",
            Self::Tested => "tested",
        }
    }
}
