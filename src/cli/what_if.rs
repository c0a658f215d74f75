//! A what-if written in the command line.

use crate::scenario::Setting;
use crate::text::is_shown;

/// A what-if written in the command line: a name and changes of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WhatIf {
    pub(super) name: String,
    pub(super) settings: Vec<Setting>,
}

impl WhatIf {
    /// Reads `NAME: PATH += 2; PATH = VALUE`; without a name the changes are the name.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        // A colon after the first `=` belongs to a value, such as a time of day.
        let named = text.split_once(':').filter(|(name, _)| !name.contains('='));
        let (name, changes) = named.unwrap_or((text, text));
        let changes = changes.split(';').map(str::trim).filter(|change| !change.is_empty());
        let settings: Result<Vec<Setting>, _> = changes.map(Setting::parse).collect();
        let settings = settings.map_err(|error| error.to_string())?;
        let name = name.trim();
        if name.contains(|c| !is_shown(c) || matches!(c, '\n' | '\t')) {
            return Err("the name of a what-if holds a control character".to_owned());
        }
        if settings.is_empty() || name.is_empty() {
            return Err(format!("`{text}` is no what-if: it wants NAME: PATH += 2; PATH = VALUE"));
        }
        Ok(Self { name: name.to_owned(), settings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_what_if_has_a_name_and_changes() {
        let two = WhatIf::parse("two feeders: fleet.f.vessels += 2; link.l.time = 3 h").unwrap();
        assert_eq!(two.name, "two feeders");
        assert_eq!(two.settings.iter().map(Setting::path).collect::<Vec<_>>(), ["fleet.f.vessels", "link.l.time"]);
        let unnamed = WhatIf::parse("fleet.f.vessels+=2").unwrap();
        assert_eq!((unnamed.name.as_str(), unnamed.settings.len()), ("fleet.f.vessels+=2", 1));
        for wrong in ["", "name:", "name: ;", "name: path", ": a=1", "a\u{1b}b: c=1", "a\nb: c=1", "\u{202e}a: b=1"] {
            assert!(WhatIf::parse(wrong).is_err(), "{wrong}");
        }
    }
}
