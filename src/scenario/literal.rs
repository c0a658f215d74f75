//! A value as TOML writes it, taken apart: its number and its unit.

use std::fmt;

use super::quantity::split;

/// What a value is, from its TOML.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
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

impl Literal {
    /// What a value is, from its TOML.
    pub fn of(toml: &str) -> Self {
        let Some(text) = toml.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
            let number = toml.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
            return number
                .map_or_else(|| Self::Toml(toml.to_owned()), |number| Self::Number { number, unit: String::new() });
        };
        match split(text) {
            Ok((number, unit)) if unit.starts_with(|c: char| c.is_alphabetic() || c == '%') => {
                Self::Number { number, unit: unit.to_owned() }
            }
            _ => Self::Text(text.replace("\\\"", "\"").replace("\\\\", "\\")),
        }
    }
}

impl fmt::Display for Literal {
    /// As people write it: `9 h`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { number, unit } if unit.is_empty() => write!(f, "{number}"),
            Self::Number { number, unit } => write!(f, "{number} {unit}"),
            Self::Text(text) | Self::Toml(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_number_with_its_unit_a_text_or_toml() {
        let number = |number, unit: &str| Literal::Number { number, unit: unit.to_owned() };
        assert_eq!(Literal::of("\"9.5 h\""), number(9.5, "h"));
        assert_eq!(Literal::of("\"20 %\""), number(20.0, "%"));
        assert_eq!(Literal::of("1_000"), number(1000.0, ""));
        assert_eq!(Literal::of("\"Mo-Fr 08:00-18:00\""), Literal::Text("Mo-Fr 08:00-18:00".to_owned()));
        assert_eq!(Literal::of("\"09:00-19:00\""), Literal::Text("09:00-19:00".to_owned()));
        assert_eq!(Literal::of("[1, 2]"), Literal::Toml("[1, 2]".to_owned()));
        assert_eq!(Literal::of("true"), Literal::Toml("true".to_owned()));
    }
}
