//! A parameter with the values that it takes one after another.

use crate::scenario::Setting;
use crate::scenario::quantity::split;

/// Most values of one parameter.
const MOST_VALUES: usize = 1000;

/// A parameter with the values that it takes one after another: `PATH=a,b,c` or `PATH=LO..HI:STEP`, where `+=` and `*=`
/// stand for `=` as in a setting. Whatever a setting can write can be varied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vary {
    head: String,
    values: Vec<String>,
    settings: Vec<Setting>,
}

/// Why a text varies nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct VaryError(String);

impl Vary {
    /// Reads `PATH=a,b,c` or `PATH=LO..HI:STEP`; the two can be mixed. Commas inside quotes, brackets and braces belong
    /// to a value. A range holds its last value if whole steps lead there; its unit may be written once.
    ///
    /// # Errors
    /// No path or no value; a range without a step or whose step leads nowhere; the same value twice; more than a
    /// thousand values.
    pub fn parse(text: &str) -> Result<Self, VaryError> {
        let form = || {
            VaryError(format!(
                "`{text}` varies nothing: it wants PATH=LO..HI:STEP or PATH=a,b,c (or with += or *=), such as \
                 fleet.aktau-alat-feeder.vessels=5..11:2"
            ))
        };
        let (head, list) = text.split_once('=').ok_or_else(form)?;
        let mut values = Vec::new();
        for item in items(list) {
            match range(item) {
                Some(range) => values.extend(range?),
                None if item.is_empty() => return Err(form()),
                None => values.push(item.to_owned()),
            }
            if values.len() > MOST_VALUES {
                return Err(VaryError(format!("`{text}` has more than {MOST_VALUES} values")));
            }
        }
        if let Some(twice) = values.iter().enumerate().find(|(place, value)| values[..*place].contains(value)) {
            return Err(VaryError(format!("`{text}` has the value `{}` twice", twice.1)));
        }
        let setting = |value: &String| Setting::parse(&format!("{head}={value}")).map_err(|_| form());
        let settings = values.iter().map(setting).collect::<Result<_, _>>()?;
        Ok(Self { head: head.trim().to_owned(), values, settings })
    }

    /// The parameter path with the sign of `+=` or `*=`, where there is one.
    pub fn name(&self) -> &str {
        &self.head
    }

    /// The parameter path alone.
    pub fn path(&self) -> &str {
        self.settings.first().map_or("", Setting::path)
    }

    /// The values as written, in their order; at least one.
    pub fn values(&self) -> &[String] {
        &self.values
    }

    /// The setting that gives the parameter a value.
    ///
    /// # Panics
    /// There is no such value.
    pub fn setting(&self, place: usize) -> &Setting {
        &self.settings[place]
    }

    /// The values as numbers with their common unit, if they are that and rise or fall throughout: what an axis of a
    /// chart needs.
    pub fn numbers(&self) -> Option<(Vec<f64>, &str)> {
        let parts: Vec<(f64, &str)> =
            self.values.iter().map(|value| split(unquoted(value)).ok()).collect::<Option<_>>()?;
        let unit = parts[0].1;
        let numbers: Vec<f64> = parts.iter().map(|part| part.0).collect();
        let is_straight = numbers.is_sorted_by(|one, next| one < next) || numbers.is_sorted_by(|one, next| one > next);
        (is_straight && parts.iter().all(|part| part.1 == unit)).then_some((numbers, unit))
    }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// The items of a list: parted by commas outside quotes, brackets and braces.
fn items(list: &str) -> Vec<&str> {
    let (mut depth, mut is_quoted, mut start) = (0_i32, false, 0);
    let mut items = Vec::new();
    for (at, letter) in list.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '[' | '{' if !is_quoted => depth += 1,
            ']' | '}' if !is_quoted => depth -= 1,
            ',' if !is_quoted && depth == 0 => {
                items.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(list[start..].trim());
    items
}

/// The values of `LO..HI:STEP`; `None` where a text is no range.
fn range(item: &str) -> Option<Result<Vec<String>, VaryError>> {
    if item.starts_with(['"', '[', '{']) {
        return None;
    }
    let (low, rest) = item.split_once("..")?;
    let Some((high, step)) = rest.split_once(':') else {
        return Some(Err(VaryError(format!("the range `{item}` has no step: it wants LO..HI:STEP, such as 5..11:2"))));
    };
    Some(steps(item, [low, high, step]))
}

fn steps(item: &str, ends: [&str; 3]) -> Result<Vec<String>, VaryError> {
    let wrong = |why: &str| VaryError(format!("the range `{item}` {why}"));
    let mut parts = [(0.0, ""); 3];
    for (part, text) in parts.iter_mut().zip(ends) {
        *part = split(text).map_err(|_| wrong(&format!("is not of numbers: `{}`", text.trim())))?;
    }
    let unit = parts.iter().map(|part| part.1).find(|unit| !unit.is_empty()).unwrap_or("");
    if parts.iter().any(|part| !part.1.is_empty() && part.1 != unit) {
        return Err(wrong("has more than one unit"));
    }
    let [low, high, step] = parts.map(|part| part.0);
    if step == 0.0 {
        return Err(wrong("has a step of 0, which leads nowhere"));
    }
    let number = ((high - low) / step + 1e-9).floor();
    if !(0.0..MOST_VALUES as f64).contains(&number) {
        let why = if number >= MOST_VALUES as f64 { "has too many values" } else { "is not reached by its step" };
        return Err(wrong(why));
    }
    let text = |place: usize| {
        let value = rounded(low + place as f64 * step);
        if unit.is_empty() { value.to_string() } else { format!("{value} {unit}") }
    };
    Ok((0..=number as usize).map(text).collect())
}

/// To 15 digits: 0.1 + 2 × 0.1 is 0.3, not 0.30000000000000004.
fn rounded(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        Vary::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).values
    }

    #[test]
    fn ranges_and_lists_give_their_values() {
        assert_eq!(values("fleet.f.vessels=5..11:2"), ["5", "7", "9", "11"]);
        assert_eq!(values("a.b=1 h..9 h:4 h"), ["1 h", "5 h", "9 h"]);
        assert_eq!(values("a.b = 1..9:4 h"), ["1 h", "5 h", "9 h"]);
        assert_eq!(values("a.b=0.1..0.5:0.1"), ["0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(values("a.b=3..1:-1"), ["3", "2", "1"]);
        assert_eq!(values("a.b=5..10:2, 20"), ["5", "7", "9", "20"]);
        assert_eq!(values("a.b=10 %..30 %:10 %"), ["10 %", "20 %", "30 %"]);
        assert_eq!(values("a.b=[1, 2],{ dist = \"x\", mean = \"1 h\" },\"a,b\"").len(), 3);
        assert_eq!(values("a.hours=06:00-18:00,00:00-24:00").len(), 2);
    }

    #[test]
    fn every_sign_of_a_setting_is_kept() {
        for (text, name, path) in [
            ("flow.*.volume*=0.8,1,1.2", "flow.*.volume*", "flow.*.volume"),
            ("fleet.f.vessels += 0..2:1", "fleet.f.vessels +", "fleet.f.vessels"),
            ("fleet.f.vessels=1,2", "fleet.f.vessels", "fleet.f.vessels"),
        ] {
            let vary = Vary::parse(text).unwrap();
            assert_eq!((vary.name(), vary.path()), (name, path));
            let written = format!("{}={}", text.split_once('=').unwrap().0, vary.values()[1]);
            assert_eq!(*vary.setting(1), Setting::parse(&written).unwrap());
        }
    }

    #[test]
    fn only_straight_numbers_make_an_axis() {
        let axis = |text: &str| Vary::parse(text).unwrap().numbers().map(|(numbers, unit)| (numbers, unit.to_owned()));
        assert_eq!(axis("a.b=1 h,2 h,4 h"), Some((vec![1.0, 2.0, 4.0], "h".to_owned())));
        assert_eq!(axis("a.b=1 h,2 d"), None);
        assert_eq!(axis("a.b=1,3,2"), None);
        assert_eq!(axis("a.b=poisson,regular"), None);
    }

    #[test]
    fn what_varies_nothing_says_why() {
        for (text, part) in [
            ("fleet.f.vessels", "varies nothing"),
            ("=1,2", "varies nothing"),
            ("a.b=", "varies nothing"),
            ("a.b=1,,2", "varies nothing"),
            ("a.b=1..5", "has no step"),
            ("a.b=1..5:0", "step of 0"),
            ("a.b=5..1:1", "not reached"),
            ("a.b=1 h..5 d:1 h", "more than one unit"),
            ("a.b=x..5:1", "not of numbers"),
            ("a.b=0..1e9:1", "too many"),
            ("a.b=1,2,1", "twice"),
        ] {
            let error = Vary::parse(text).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
