//! Settings as a scenario file that extends another.

use std::fmt::Write as _;

use super::change::Setting;
use super::tree::quoted;

/// A scenario file that has a title and changes another scenario by settings.
pub fn saved(title: &str, extends: &str, settings: &[Setting]) -> String {
    let mut text = format!("schema = 1\ntitle = {}\nextends = {}\n", quoted(title), quoted(extends));
    for setting in settings {
        let _ = write!(text, "\n[[change]]\npath = {}\n{}\n", quoted(setting.path()), setting.as_change());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ScenarioReader;

    #[test]
    fn a_saved_scenario_is_the_one_that_was_set() {
        let settings = ["node.east.facility.crane.servers = 2", "link.*.time = 8 h", "flow.*.volume *= 1.2"];
        let settings = settings.map(|text| Setting::parse(text).unwrap());
        let reader = ScenarioReader::default();
        let set = reader.read("smallest", &settings);
        let mut file = reader.read_text(&saved("One crane", "smallest", &settings), "mine", &[]);
        assert!(!file.diagnostics.has_errors(), "{}", file.rendered());
        assert_eq!(file.resolved_toml(), set.resolved_toml());
        assert!(file.take_scenario().is_ok());
    }
}
