//! The sliders of a scenario as they can be moved: their positions, today's among them, and how well today's value is known.

use super::parameters::Parameter;
use super::reading::Reading;
use super::sliders::{Position, Scale, paths};
use super::types::{Grade, Slider, Table};

/// A slider or a switch of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Movable {
    /// Its id.
    pub id: String,
    /// What the scenario says of it.
    pub slider: Slider,
    /// Where it can stand, from the least to the greatest value; of a switch off and on.
    pub positions: Vec<Position>,
    /// The place of the position in which the scenario stays as it is.
    pub today: usize,
    /// How well today's value is known, if anything says so.
    pub grade: Option<Grade>,
    /// Where today's value comes from.
    pub source: Option<String>,
}

impl Movable {
    /// What people read beside it in a language, such as `ru`.
    pub fn name(&self, language: &str) -> &str {
        self.slider.names.get(language).unwrap_or(&self.slider.name)
    }

    /// Whether it is a switch.
    pub const fn is_switch(&self) -> bool {
        self.slider.on.is_some()
    }
}

impl Reading {
    /// The sliders, in the order of the scenario.
    pub fn sliders(&self, sliders: &Table<Slider>) -> Vec<Movable> {
        sliders.iter().filter_map(|(id, slider)| self.movable(id, slider)).collect()
    }

    /// The first parameter that a pattern fits; where it is absent, the first of the table that it would stand in.
    fn known(&self, pattern: &str) -> Option<Parameter> {
        let path = paths(&self.tree, pattern).into_iter().next()?;
        outwards(&path).find_map(|path| self.show(&path).into_iter().next())
    }

    fn movable(&self, id: &str, slider: &Slider) -> Option<Movable> {
        let scale = Scale::of(slider, &self.tree).ok()?;
        let (positions, today) = scale.positions(&slider.path)?;
        let known = slider.path.first().and_then(|path| self.known(path));
        Some(Movable {
            id: id.to_owned(),
            slider: slider.clone(),
            positions,
            today,
            grade: known.as_ref().and_then(|known| known.grade),
            source: known.and_then(|known| known.source),
        })
    }
}

/// A path and what it lies in, from the inside out.
fn outwards(path: &[String]) -> impl Iterator<Item = String> + '_ {
    (1..=path.len()).rev().map(|keys| path[..keys].join("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Contents, Setting};

    fn read(slider: &str) -> Reading {
        let text = format!("{}\n[slider.it]\nname = \"It\"\n{slider}", include_str!("../../scenarios/smallest.toml"));
        Contents::parse(&text, "mine")
    }

    fn movable(slider: &str) -> Movable {
        let reading = read(slider);
        let contents = reading.scenario.as_ref().unwrap_or_else(|| panic!("{}", reading.rendered()));
        reading.sliders(&contents.slider).remove(0)
    }

    fn texts(of: &Movable) -> Vec<&str> {
        of.positions.iter().map(|position| position.text.as_str()).collect()
    }

    fn settings(position: &Position) -> Vec<&str> {
        position.settings.iter().map(Setting::text).collect()
    }

    #[test]
    fn a_slider_has_todays_value_among_its_positions() {
        let servers = movable("path = \"node.east.facility.crane.servers\"\nrange = [1, 4]\nstep = 1");
        assert_eq!((texts(&servers), servers.today), (vec!["1", "2", "3", "4"], 0));
        assert!(servers.positions[0].settings.is_empty());
        assert_eq!(settings(&servers.positions[2]), ["node.east.facility.crane.servers = 3"]);
        let time = movable("path = \"link.line.time.mean\"\nrange = [\"4 h\", \"16 h\"]\nstep = \"4 h\"");
        assert_eq!((texts(&time), time.today), (vec!["4 h", "8 h", "10 h", "12 h", "16 h"], 2));
    }

    #[test]
    fn a_factor_may_act_on_many() {
        let demand = movable("path = \"flow.*.volume\"\nfactor = true\nrange = [\"50 %\", \"150 %\"]\nstep = \"50 %\"");
        assert_eq!((texts(&demand), demand.today), (vec!["50 %", "100 %", "150 %"], 1));
        assert_eq!(settings(&demand.positions[2]), ["flow.*.volume *= 1.5"]);
    }

    #[test]
    fn a_switch_is_on_or_off() {
        let fifo = movable("path = [\"node.*.facility.crane.servers\", \"run.replications\"]\non = 2");
        assert!(fifo.is_switch() && fifo.today == 0 && fifo.positions[0].settings.is_empty());
        assert_eq!(settings(&fifo.positions[1]), ["node.*.facility.crane.servers = 2", "run.replications = 2"]);
    }

    #[test]
    fn what_cannot_be_moved_is_an_error_with_its_place() {
        let crane = "path = \"node.east.facility.crane.servers\"\n";
        for (slider, what) in [
            ("path = \"node.east.facility.crane.servres\"\nrange = [1, 4]\nstep = 1", "did you mean `node.east"),
            (&format!("{crane}range = [1, 4]\n"), "`step` is missing"),
            (&format!("{crane}step = 1\n"), "`range` is missing"),
            (&format!("{crane}range = [4, 1]\nstep = 1"), "is not above"),
            (&format!("{crane}range = [1, 4]\nstep = 0"), "must be above zero"),
            (&format!("{crane}range = [1, 4000]\nstep = 1"), "positions"),
            (&format!("{crane}range = [\"1 h\", \"4 h\"]\nstep = \"1 h\""), "without a unit"),
            (&format!("{crane}range = [1, 4]\nstep = 1\non = 2"), "a switch has no"),
            (
                "path = [\"node.east.facility.crane.servers\", \"run.replications\"]\nrange = [1, 4]\nstep = 1",
                "`factor = true`",
            ),
            ("path = \"title\"\nrange = [1, 4]\nstep = 1", "no number"),
            ("path = \"flow.*.volume\"\nfactor = true\nrange = [50, 150]\nstep = 10", "such as \"120 %\""),
            ("path = \"flow.*.volume\"\nfactor = true\nrange = [\"110 %\", \"150 %\"]\nstep = \"10 %\"", "100 %"),
        ] {
            let reading = read(slider);
            assert!(
                reading.diagnostics.has_errors() && reading.rendered().contains(what),
                "{slider}: {}",
                reading.rendered()
            );
        }
    }

    #[test]
    fn a_value_beyond_the_range_is_warned_of_where_the_scenario_itself_has_it() {
        let beyond = "path = \"node.east.facility.crane.servers\"\nrange = [2, 4]\nstep = 1";
        let reading = read(beyond);
        assert!(reading.rendered().contains("is not within its range"), "{}", reading.rendered());
        let moved = movable(beyond);
        assert_eq!((texts(&moved), moved.today), (vec!["1", "2", "3", "4"], 0));
    }
}
