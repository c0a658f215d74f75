//! Of which time a row is.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::UnknownWord;
use super::word::as_text;

/// The part of the horizon that a row is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// All of it.
    Horizon,
    /// A calendar year, such as `2024`.
    Year(i16),
    /// A month of a year, such as `2024-03`; the first is 1.
    Month(i16, u8),
    /// Months that the scenario gave a name.
    Named(Arc<str>),
}

impl Period {
    /// Whether it is the whole horizon.
    pub const fn is_horizon(&self) -> bool {
        matches!(self, Self::Horizon)
    }

    /// The text in results.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Horizon => Cow::Borrowed("horizon"),
            Self::Year(year) => Cow::Owned(format!("{year:04}")),
            Self::Month(year, month) => Cow::Owned(format!("{year:04}-{month:02}")),
            Self::Named(name) => Cow::Borrowed(name),
        }
    }

    /// Whether it is a month.
    pub const fn is_month(&self) -> bool {
        matches!(self, Self::Month(..))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl FromStr for Period {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str, digits: usize| {
            (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<i16>().ok())?
        };
        let month = |text: &str| {
            let (year, month) = text.split_once('-')?;
            Some(Self::Month(number(year, 4)?, number(month, 2)? as u8))
        };
        match text {
            "" => Err(UnknownWord { text: String::new(), what: "period" }),
            "horizon" => Ok(Self::Horizon),
            _ => {
                Ok(number(text, 4).map(Self::Year).or_else(|| month(text)).unwrap_or_else(|| Self::Named(text.into())))
            }
        }
    }
}

as_text!(Period);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_they_are_written() {
        let named = Period::Named("winter".into());
        for (text, period) in [
            ("horizon", Period::Horizon),
            ("2024", Period::Year(2024)),
            ("2024-03", Period::Month(2024, 3)),
            ("winter", named),
        ] {
            assert_eq!((text.parse(), period.to_string().as_str()), (Ok(period.clone()), text));
        }
        assert_eq!("2024-3".parse(), Ok(Period::Named("2024-3".into())));
        assert!("".parse::<Period>().is_err());
    }
}
