//! What a slider does at each of its positions.

use super::Position;
use crate::scenario::change::Setting;
use crate::scenario::path;
use crate::scenario::quantity::split;
use crate::scenario::tree::{Keyed, Node, keys};
use crate::scenario::types::Slider;

/// Most positions of a slider.
const MOST: f64 = 200.0;
/// What two numbers written in decimals differ by at most where they are meant to be the same, as a share of a step.
const SAME: f64 = 1e-6;
/// The number and the unit in which a factor leaves all as it is.
const WHOLE: (f64, &str) = (100.0, "%");

/// What a slider does.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) enum Scale {
    /// It sets a value or leaves what is there.
    Switch {
        /// The value as it is written in a setting.
        on: String,
    },
    /// It goes from number to number.
    Steps(Steps),
}

/// Numbers of one unit.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct Steps {
    pub(super) low: f64,
    pub(super) high: f64,
    step: f64,
    unit: String,
    pub(super) today: f64,
    multiplies: bool,
}

/// Why a slider cannot be moved: the key that is wrong, what is wrong, and what would fit.
#[derive(Debug)]
pub(in crate::scenario) struct Problem {
    pub(super) code: &'static str,
    pub(super) key: &'static str,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Problem {
    fn new(code: &'static str, key: &'static str, message: impl Into<String>) -> Self {
        Self { code, key, message: message.into(), help: None }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// The paths of a scenario that a pattern fits.
pub(in crate::scenario) fn paths(tree: &Node, pattern: &str) -> Vec<Keyed> {
    path::matches(tree, &keys(pattern), true)
}

impl Scale {
    /// What a slider of a scenario does, or the first thing that is wrong with it.
    pub(in crate::scenario) fn of(slider: &Slider, tree: &Node) -> Result<Self, Problem> {
        for pattern in &slider.path {
            lead_somewhere(tree, pattern)?;
        }
        match &slider.on {
            Some(on) => switch(slider, on),
            None => Steps::of(slider, tree).map(Self::Steps),
        }
    }

    /// Where it can stand, and the place of today's position.
    pub(in crate::scenario) fn positions(&self, paths: &[String]) -> Option<(Vec<Position>, usize)> {
        let of = |text: String, sets: Option<String>| {
            let settings = sets.iter().flat_map(|sets| paths.iter().map(move |path| format!("{path} {sets}")));
            let settings = settings.map(|setting| Setting::parse(&setting)).collect::<Result<Vec<_>, _>>().ok()?;
            Some(Position { text, settings })
        };
        match self {
            Self::Switch { on } => {
                let positions = [None, Some(format!("= {on}"))].map(|sets| of(String::new(), sets));
                Some((positions.into_iter().collect::<Option<_>>()?, 0))
            }
            Self::Steps(steps) => {
                let numbers = steps.numbers();
                let today = numbers.iter().position(|number| steps.is_todays(*number))?;
                let all = numbers.into_iter().map(|number| of(steps.text(number), steps.sets(number)));
                Some((all.collect::<Option<_>>()?, today))
            }
        }
    }
}

fn lead_somewhere(tree: &Node, pattern: &str) -> Result<(), Problem> {
    if !paths(tree, pattern).is_empty() {
        return Ok(());
    }
    let help = path::suggestion(tree, &keys(pattern));
    Err(Problem { help, ..Problem::new("unknown-path", "path", format!("`{pattern}` leads to no parameter")) })
}

fn switch(slider: &Slider, on: &Node) -> Result<Scale, Problem> {
    let stands = [(!slider.range.is_empty(), "range"), (slider.step.is_some(), "step"), (slider.factor, "factor")];
    if let Some((_, key)) = stands.into_iter().find(|(stands, _)| *stands) {
        return Err(Problem::new("two-ways", key, format!("a switch has no `{key}`"))
            .help("leave out `on` for a slider, or leave out range, step and factor for a switch"));
    }
    let on = on.text().map_or_else(|| on.to_string(), str::to_owned);
    Ok(Scale::Switch { on })
}

impl Steps {
    fn of(slider: &Slider, tree: &Node) -> Result<Self, Problem> {
        let [low, high] = &slider.range[..] else { return Err(missing("range")) };
        let step = slider.step.as_ref().ok_or_else(|| missing("step"))?;
        let (today, unit) = if slider.factor { (WHOLE.0, WHOLE.1.to_owned()) } else { today(slider, tree)? };
        let number = |key, node| in_unit(key, node, &unit, slider.factor);
        let (low, high, step) = (number("range", low)?, number("range", high)?, number("step", step)?);
        Self { low, high, step, unit, today, multiplies: slider.factor }.checked()
    }

    fn checked(self) -> Result<Self, Problem> {
        let Self { low, high, step, today, .. } = self;
        if high <= low {
            return Err(Problem::new("out-of-range", "range", "the second number is not above the first"));
        }
        if step <= 0.0 {
            return Err(Problem::new("out-of-range", "step", "the step must be above zero"));
        }
        if (high - low) / step > MOST {
            return Err(Problem::new("out-of-range", "step", format!("that makes more than {MOST} positions")));
        }
        if self.multiplies && !(low..=high).contains(&today) {
            return Err(Problem::new("out-of-range", "range", "today's value, 100 %, is not within the range"));
        }
        Ok(self)
    }

    /// The numbers at which it can stand, rising; today's is one of them.
    fn numbers(&self) -> Vec<f64> {
        let count = ((self.high - self.low) / self.step + SAME).floor() as u32;
        let mut numbers: Vec<f64> = (0..=count).map(|at| tidy(self.low + self.step * f64::from(at))).collect();
        if !numbers.iter().any(|number| self.is_todays(*number)) {
            numbers.push(self.today);
            numbers.sort_by(f64::total_cmp);
        }
        numbers
    }

    fn is_todays(&self, number: f64) -> bool {
        (number - self.today).abs() < self.step * SAME
    }

    fn text(&self, number: f64) -> String {
        if self.unit.is_empty() { number.to_string() } else { format!("{number} {}", self.unit) }
    }

    /// What stands after the path in a setting; nothing where all stays as it is.
    fn sets(&self, number: f64) -> Option<String> {
        if self.is_todays(number) {
            return None;
        }
        let factor = || format!("*= {}", tidy(number / WHOLE.0));
        Some(if self.multiplies { factor() } else { format!("= {}", self.text(number)) })
    }
}

fn missing(key: &'static str) -> Problem {
    Problem::new("missing-key", key, format!("`{key}` is missing")).help("a slider has range and step, a switch has on")
}

/// The number that stands at the one parameter of a slider, and its unit.
fn today(slider: &Slider, tree: &Node) -> Result<(f64, String), Problem> {
    let all: Vec<Keyed> = slider.path.iter().flat_map(|pattern| paths(tree, pattern)).collect();
    let [path] = &all[..] else {
        let message = format!("it leads to {} parameters", all.len());
        let help = "a slider that sets a value has one; with `factor = true` it multiplies all of them";
        return Err(Problem::new("several", "path", message).help(help));
    };
    let no_number = |what: &str| {
        let help = "of a distribution take a part, such as `….time.mean`";
        Problem::new("wrong-type", "path", format!("`{}` is {what}, no number", path.join("."))).help(help)
    };
    let node = tree.at(path).ok_or_else(|| no_number("absent"))?;
    number(node).ok_or_else(|| no_number(node.value.what()))
}

fn number(node: &Node) -> Option<(f64, String)> {
    match node.text() {
        Some(text) => split(text).ok().map(|(number, unit)| (number, unit.to_owned())),
        None => node.number().map(|number| (number, String::new())),
    }
}

/// A number in the unit of the parameter.
fn in_unit(key: &'static str, node: &Node, unit: &str, is_factor: bool) -> Result<f64, Problem> {
    if let Some((number, _)) = number(node).filter(|(number, written)| written == unit && number.is_finite()) {
        return Ok(number);
    }
    let wanted = match (is_factor, unit) {
        (true, _) => "shares are wanted, such as \"120 %\"".to_owned(),
        (_, "") => "numbers without a unit are wanted, as the parameter has none".to_owned(),
        _ => format!("numbers in `{unit}` are wanted, as the parameter is written"),
    };
    Err(Problem::new("wrong-type", key, format!("{node} does not fit: {wanted}")))
}

/// A number as people would write it in decimals.
fn tidy(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}
