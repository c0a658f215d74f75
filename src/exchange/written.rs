//! A value as cells: its number and its unit apart.

use std::fmt;

#[cfg(feature = "xlsx")]
use crate::report::Assumption;
use crate::scenario::quantity::split;
use crate::scenario::types::Grade;
#[cfg(feature = "xlsx")]
use crate::scenario::{Parameter, Reading};

/// A value as cells hold it.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// A number with its unit; empty where it has none.
    Number {
        /// The number.
        number: f64,
        /// The unit.
        unit: String,
    },
    /// A text, such as opening hours.
    Text(String),
    /// A list or a table, as TOML writes it.
    Toml(String),
}

impl Written {
    /// What a value is, from its TOML.
    pub fn of(literal: &str) -> Self {
        let Some(text) = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
            let number = literal.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
            return number
                .map_or_else(|| Self::Toml(literal.to_owned()), |number| Self::Number { number, unit: String::new() });
        };
        match split(text) {
            Ok((number, unit)) if unit.starts_with(|c: char| c.is_alphabetic() || c == '%') => {
                Self::Number { number, unit: unit.to_owned() }
            }
            _ => Self::Text(text.replace("\\\"", "\"").replace("\\\\", "\\")),
        }
    }
}

impl fmt::Display for Written {
    /// As people write it: `9 h`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { number, unit } if unit.is_empty() => write!(f, "{number}"),
            Self::Number { number, unit } => write!(f, "{number} {unit}"),
            Self::Text(text) | Self::Toml(text) => f.write_str(text),
        }
    }
}

/// The figures of a scenario that somebody wrote, weakest grade first, those without any grade last.
#[cfg(feature = "xlsx")]
pub fn assumptions(reading: &Reading) -> Vec<Assumption> {
    let mut all: Vec<Parameter> = reading.single_values();
    all.retain(|one| one.is_quantity && !one.is_default && one.path != "schema" && !one.path.starts_with("run."));
    all.sort_by_key(|one| std::cmp::Reverse(one.grade));
    all.into_iter().map(assumption).collect()
}

#[cfg(feature = "xlsx")]
fn assumption(parameter: Parameter) -> Assumption {
    let (number, unit) = match Written::of(&parameter.value) {
        Written::Number { number, unit } => (Some(number), unit),
        Written::Text(text) | Written::Toml(text) => (None, text),
    };
    Assumption {
        number,
        unit,
        path: parameter.path,
        meaning: parameter.doc.to_owned(),
        range: parameter.range.unwrap_or_default(),
        grade: parameter.grade.map(letter).unwrap_or_default().to_owned(),
        source: parameter.source.unwrap_or_default(),
        note: parameter.note.unwrap_or_default(),
    }
}

/// The letter of a grade.
pub(super) const fn letter(grade: Grade) -> &'static str {
    match grade {
        Grade::A => "A",
        Grade::B => "B",
        Grade::C => "C",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_number_with_its_unit_a_text_or_toml() {
        let number = |number, unit: &str| Written::Number { number, unit: unit.to_owned() };
        assert_eq!(Written::of("\"9.5 h\""), number(9.5, "h"));
        assert_eq!(Written::of("\"20 %\""), number(20.0, "%"));
        assert_eq!(Written::of("1_000"), number(1000.0, ""));
        assert_eq!(Written::of("\"Mo-Fr 08:00-18:00\""), Written::Text("Mo-Fr 08:00-18:00".to_owned()));
        assert_eq!(Written::of("\"09:00-19:00\""), Written::Text("09:00-19:00".to_owned()));
        assert_eq!(Written::of("[1, 2]"), Written::Toml("[1, 2]".to_owned()));
        assert_eq!(Written::of("true"), Written::Toml("true".to_owned()));
    }
}
