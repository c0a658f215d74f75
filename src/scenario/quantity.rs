//! Texts with a unit: `"3200 km"`, `"9 h"`, `"1.2 Mt/yr"`, `"0.03 USD/tkm"`.

use super::series::{CalendarPeriod, YearMonth};
use crate::units::{DAYS_PER_YEAR, MS_PER_DAY, MS_PER_HOUR, days_in_year, is_year, milliseconds};

/// What a quantity measures; each has one inner unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Kilometres.
    Length,
    /// Metres above a datum; may be negative.
    Level,
    /// Kilometres an hour.
    Speed,
    /// Milliseconds.
    Time,
    /// Kilograms.
    Mass,
    /// Units of a cargo, tonnes or metres of deck: the unit is a free word.
    Amount,
    /// Units of a cargo (or tonnes) an hour.
    Rate,
    /// Ships or whatever else an hour: the unit is a free word that need not be that of a cargo.
    Frequency,
    /// US dollars.
    Money,
    /// US dollars a year.
    MoneyRate,
    /// US dollars a tonne, a unit, a tonne-kilometre or a unit-kilometre.
    Price,
    /// What a tariff may charge: a price, perhaps a day; of things, by the day or the kilometre; of vessels, by the call.
    Tariff,
    /// US dollars a tonne.
    Worth,
    /// US dollars a tonne and day.
    WorthOfTime,
    /// Grams a tonne-kilometre.
    Emission,
    /// Years.
    Age,
    /// A factor without unit, of mean 1.
    Factor,
}

/// A quantity in its inner unit, and the word of its unit where that is free.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// In the inner unit of the dimension.
    pub value: f64,
    /// The cargo unit of an amount, rate or price; else the unit as written.
    pub unit: String,
}

/// A rate as it is written: an amount in a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Rate {
    /// How much.
    pub amount: f64,
    /// Of what: a cargo's unit or `t`.
    pub unit: String,
    /// In how many hours; none for a year, which is as long as the calendar has it.
    pub hours: Option<f64>,
}

impl Rate {
    /// Reads a rate; `None` where the text is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, written) = split(text).ok()?;
        let (what, per) = written.rsplit_once('/')?;
        let (factor, unit) = amount(what.trim())?;
        let hours = if is_year(per.trim()) { None } else { Some(hours(per.trim())?) };
        Some(Self { amount: number * factor, unit, hours })
    }

    /// What comes in a month, a quarter or a year of the calendar.
    pub fn within(&self, period: &CalendarPeriod) -> f64 {
        let share = |(month, days): (YearMonth, f64)| match self.hours {
            Some(hours) => 24.0 * days / hours,
            None => days / days_in_year(month.year) as f64,
        };
        self.amount * period.days_of_months().map(share).sum::<f64>()
    }
}

/// The plain word of a unit of cargo for a synonym of it: `t` for `tonnes`.
pub fn plain_unit(unit: &str) -> &str {
    match unit {
        "tonne" | "tonnes" => "t",
        other => other,
    }
}

/// Why a text is no quantity of the wanted dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// It does not begin with a number.
    NoNumber,
    /// The number is infinite or none.
    NotFinite,
    /// A number alone.
    NoUnit,
    /// A unit of something else: what that unit measures.
    OtherDimension(String, &'static str),
    /// A word that is no unit at all.
    UnknownUnit(String),
}

/// What a unit is called in files, and how many of the unit inside are one.
struct UnitName {
    name: &'static str,
    factor: f64,
}

const fn named(name: &'static str, factor: f64) -> UnitName {
    UnitName { name, factor }
}

const MASSES: &[UnitName] =
    &[named("kg", 1.0), named("t", 1e3), named("tonne", 1e3), named("tonnes", 1e3), named("kt", 1e6), named("Mt", 1e9)];
const LENGTHS: &[UnitName] = &[named("km", 1.0), named("m", 1e-3), named("nmi", 1.852), named("NM", 1.852)];
const SPEEDS: &[UnitName] = &[named("km/h", 1.0), named("kn", 1.852), named("knots", 1.852)];
const MONEY: &[UnitName] = &[named("USD", 1.0), named("kUSD", 1e3), named("MUSD", 1e6), named("bnUSD", 1e9)];

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Length,
        Self::Level,
        Self::Speed,
        Self::Time,
        Self::Mass,
        Self::Amount,
        Self::Rate,
        Self::Frequency,
        Self::Money,
        Self::MoneyRate,
        Self::Price,
        Self::Tariff,
        Self::Worth,
        Self::WorthOfTime,
        Self::Emission,
        Self::Age,
        Self::Factor,
    ];

    /// What it is, in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length => "a length",
            Self::Level => "a level",
            Self::Speed => "a speed",
            Self::Time => "a duration",
            Self::Mass => "a mass",
            Self::Amount => "an amount of cargo",
            Self::Rate => "a rate",
            Self::Frequency => "a frequency",
            Self::Money => "a sum of money",
            Self::MoneyRate => "money a year",
            Self::Price => "a price",
            Self::Tariff => "a tariff",
            Self::Worth => "a worth of a tonne",
            Self::WorthOfTime => "a worth of a tonne's day",
            Self::Emission => "an emission",
            Self::Age => "years",
            Self::Factor => "a factor",
        }
    }

    /// What would fit: its units and an example.
    pub const fn would_fit(self) -> &'static str {
        match self {
            Self::Length => "km, m or nmi, such as \"320 km\"",
            Self::Level => "m, such as \"-29.1 m\"",
            Self::Speed => "km/h or kn, such as \"40 km/h\"",
            Self::Time => "ms, s, min, h, d, wk or yr, such as \"9 h\"",
            Self::Mass => "kg, t, kt or Mt, such as \"5000 t\"",
            Self::Amount => "a cargo's unit, t or m, such as \"190 TEU\"",
            Self::Frequency => "a word and /h, /d, /wk or /yr, such as \"2 ship/d\"",
            Self::Rate => "a cargo's unit or t, and /h, /d, /wk or /yr, such as \"25 TEU/h\"",
            Self::Money => "USD, kUSD or MUSD, such as \"38 MUSD\"",
            Self::MoneyRate => "USD/yr or MUSD/yr, such as \"2 MUSD/yr\"",
            Self::Price => "USD/t, USD/tkm, USD/TEU or USD/TEUkm, such as \"0.03 USD/tkm\"",
            Self::Tariff => {
                "USD/t, USD/TEU, USD/FEU, each perhaps with km or /d, or USD/d, USD/h, USD/km, USD/call, such as \"0.03 USD/tkm\""
            }
            Self::Worth => "USD/t, such as \"2150 USD/t\"",
            Self::WorthOfTime => "USD/t/d, such as \"12.9 USD/t/d\"",
            Self::Emission => "g/tkm, such as \"18 g/tkm\"",
            Self::Age => "yr, such as \"25 yr\"",
            Self::Factor => "no unit: its mean is 1",
        }
    }

    /// A value of it as it is written.
    pub fn example(self) -> &'static str {
        self.would_fit().split('"').nth(1).unwrap_or("1.0")
    }

    /// The unit in which a value is told to people, and how many inner units it has.
    pub const fn shown_in(self) -> (&'static str, f64) {
        match self {
            Self::Length => ("km", 1.0),
            Self::Level => ("m", 1.0),
            Self::Speed => ("km/h", 1.0),
            Self::Time => ("h", MS_PER_HOUR as f64),
            Self::Mass => ("t", 1e3),
            Self::Money => ("USD", 1.0),
            Self::MoneyRate => ("USD/yr", 1.0),
            Self::Worth => ("USD/t", 1.0),
            Self::WorthOfTime => ("USD/t/d", 1.0),
            Self::Emission => ("g/tkm", 1.0),
            Self::Age => ("yr", 1.0),
            Self::Amount | Self::Rate | Self::Frequency | Self::Price | Self::Tariff | Self::Factor => ("", 1.0),
        }
    }

    /// The largest value that can be meant, in the inner unit, and as people write it: what is beyond is a slip, and
    /// would not fit the whole numbers in which books are kept.
    pub const fn most(self) -> (f64, &'static str) {
        match self {
            Self::Length => (1e5, "100000 km"),
            Self::Level => (1e4, "10000 m"),
            Self::Speed => (1e4, "10000 km/h"),
            Self::Time => (1e3 * (DAYS_PER_YEAR * MS_PER_DAY) as f64, "1000 yr"),
            Self::Mass => (1e13, "10000 Mt"),
            Self::Amount => (1e8, "100 million units"),
            Self::Rate | Self::Frequency => (1e6, "a million units an hour"),
            Self::Money | Self::MoneyRate => (1e15, "a million bnUSD"),
            Self::Price | Self::Tariff | Self::Worth | Self::WorthOfTime => (1e9, "1000 MUSD"),
            Self::Emission => (1e6, "1000000 g/tkm"),
            Self::Age => (1e3, "1000 yr"),
            Self::Factor => (1e6, "1000000"),
        }
    }

    /// Whether values below zero make sense.
    pub const fn may_be_negative(self) -> bool {
        matches!(self, Self::Level | Self::Money | Self::MoneyRate)
    }

    /// Reads a text with a unit of this dimension.
    ///
    /// # Errors
    /// The text has no number, no unit, or a unit that does not fit.
    pub fn parse(self, text: &str) -> Result<Quantity, QuantityError> {
        let (number, unit) = split(text)?;
        if unit.is_empty() {
            return Err(QuantityError::NoUnit);
        }
        let (factor, unit) = self.unit(unit).ok_or_else(|| misfit(unit))?;
        Ok(Quantity { value: number * factor, unit })
    }

    /// How many inner units a unit has, and the word to keep.
    pub(super) fn unit(self, unit: &str) -> Option<(f64, String)> {
        let fixed = |table: &[UnitName]| factor(table, unit).map(|factor| (factor, unit.to_owned()));
        match self {
            Self::Length => fixed(LENGTHS),
            Self::Level => fixed(&[named("m", 1.0)]),
            Self::Speed => fixed(SPEEDS),
            Self::Time => milliseconds(unit).map(|ms| (ms, unit.to_owned())),
            Self::Mass => fixed(MASSES),
            Self::Amount => amount(unit),
            Self::Rate | Self::Frequency => rate(unit),
            Self::Money => fixed(MONEY),
            Self::MoneyRate => money_rate(unit),
            Self::Price => price(unit),
            Self::Tariff => tariff(unit),
            Self::Worth => fixed(&[named("USD/t", 1.0), named("USD/tonne", 1.0)]),
            Self::WorthOfTime => worth_of_time(unit),
            Self::Emission => fixed(&[named("g/tkm", 1.0)]),
            Self::Age => is_year(unit).then(|| (1.0, unit.to_owned())),
            Self::Factor => None,
        }
    }
}

/// Reads a share such as `"20 %"`, of which 1 is all.
///
/// # Errors
/// The text has no number or another unit than `%`.
pub fn share(text: &str) -> Result<f64, QuantityError> {
    match split(text)? {
        (number, "%") => Ok(number / 100.0),
        (_, "") => Err(QuantityError::NoUnit),
        (_, unit) => Err(misfit(unit)),
    }
}

/// Number and unit of a text; the unit may be empty.
///
/// # Errors
/// The text does not begin with a finite number.
pub fn split(text: &str) -> Result<(f64, &str), QuantityError> {
    let text = text.trim();
    let end = number_end(text);
    let number: f64 = text[..end].replace('_', "").parse().map_err(|_| QuantityError::NoNumber)?;
    let unit = text[end..].trim();
    if number.is_finite() { Ok((number, unit)) } else { Err(QuantityError::NotFinite) }
}

/// Length of the number that a text begins with; an `e` belongs to it only where an exponent follows.
fn number_end(text: &str) -> usize {
    for word in ["nan", "inf", "+inf", "-inf"] {
        if text.starts_with(word) {
            return word.len();
        }
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = usize::from(text.starts_with(['+', '-']));
    while digit(at) || matches!(bytes.get(at), Some(b'.' | b'_')) {
        at += 1;
    }
    let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
    if matches!(bytes.get(at), Some(b'e' | b'E')) && digit(at + 1 + sign) {
        at += 1 + sign;
        while digit(at) {
            at += 1;
        }
    }
    at
}

fn factor(table: &[UnitName], unit: &str) -> Option<f64> {
    table.iter().find(|of| of.name == unit).map(|of| of.factor)
}

/// Masses come out in tonnes; any other word is a cargo's unit.
fn amount(unit: &str) -> Option<(f64, String)> {
    match factor(MASSES, unit) {
        Some(kilograms) => Some((kilograms / 1e3, "t".to_owned())),
        None => is_cargo_unit(unit).then(|| (1.0, unit.to_owned())),
    }
}

fn is_cargo_unit(unit: &str) -> bool {
    let fixed = [LENGTHS, SPEEDS].iter().any(|table| unit != "m" && factor(table, unit).is_some());
    let taken = fixed || milliseconds(unit).is_some() || unit == "%";
    !taken
        && !unit.contains("USD")
        && !unit.contains('/')
        && unit.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter))
}

fn rate(unit: &str) -> Option<(f64, String)> {
    let (what, per) = unit.rsplit_once('/')?;
    let (amount, word) = amount(what.trim())?;
    Some((amount / hours(per.trim())?, word))
}

/// Hours of a unit of time that a rate may be per.
fn hours(unit: &str) -> Option<f64> {
    milliseconds(unit).map(|ms| ms / MS_PER_HOUR as f64).filter(|hours| *hours >= 1.0)
}

fn money_rate(unit: &str) -> Option<(f64, String)> {
    let (money, per) = unit.rsplit_once('/')?;
    Some((factor(MONEY, money).filter(|_| is_year(per))?, unit.to_owned()))
}

fn worth_of_time(unit: &str) -> Option<(f64, String)> {
    let (worth, per) = unit.rsplit_once('/')?;
    (matches!(worth, "USD/t" | "USD/tonne") && matches!(per, "d" | "day")).then(|| (1.0, unit.to_owned()))
}

fn price(unit: &str) -> Option<(f64, String)> {
    let basis = plain_unit(unit.strip_prefix("USD/")?);
    let word = basis.strip_suffix("km").unwrap_or(basis);
    (!word.is_empty() && (word == "t" || is_cargo_unit(word))).then(|| (1.0, basis.to_owned()))
}

/// A price of cargo, with `/d` where it is by time; `d`, `km` and `call` of what is not counted in cargo.
fn tariff(unit: &str) -> Option<(f64, String)> {
    let basis = unit.strip_prefix("USD/")?;
    let (what, per) = basis.rsplit_once('/').map_or((None, basis), |(what, per)| (Some(what.trim()), per.trim()));
    match (what, per) {
        (None, "km" | "call") => Some((1.0, per.to_owned())),
        (None, _) => time_charged(per).map(|a_day| (a_day, "d".to_owned())).or_else(|| price(unit)),
        (Some(what), _) => {
            let (factor, word) = price(&format!("USD/{what}"))?;
            let is_by_distance = word.ends_with("km");
            Some((factor * time_charged(per).filter(|_| !is_by_distance)?, format!("{word}/d")))
        }
    }
}

/// How many of a unit of time make a day.
fn time_charged(unit: &str) -> Option<f64> {
    hours(unit).map(|hours| 24.0 / hours)
}

fn misfit(unit: &str) -> QuantityError {
    use Dimension::{Emission, Length, Mass, Money, MoneyRate, Price, Rate, Speed, Tariff, Time, Worth, WorthOfTime};
    if unit == "%" {
        return QuantityError::OtherDimension(unit.to_owned(), "a share");
    }
    let all = [Time, Length, Speed, Mass, Money, MoneyRate, Worth, WorthOfTime, Price, Tariff, Emission, Rate];
    match all.into_iter().find(|dimension| dimension.unit(unit).is_some()) {
        Some(other) => QuantityError::OtherDimension(unit.to_owned(), other.name()),
        None => QuantityError::UnknownUnit(unit.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "these factors are exact")]
    use super::*;

    #[test]
    fn plain_synonyms_of_the_field_are_taken() {
        for (dimension, text, same) in [
            (Dimension::Time, "9 hours", "9 h"),
            (Dimension::Time, "1 hour", "1 h"),
            (Dimension::Time, "2.5 days", "2.5 d"),
            (Dimension::Time, "1 day", "1 d"),
            (Dimension::Time, "3 weeks", "3 wk"),
            (Dimension::Time, "90 minutes", "90 min"),
            (Dimension::Time, "2 a", "2 yr"),
            (Dimension::Time, "1 year", "1 yr"),
            (Dimension::Mass, "5 tonnes", "5 t"),
            (Dimension::Rate, "110 kt/a", "110 kt/yr"),
            (Dimension::Rate, "3 TEU/day", "3 TEU/d"),
            (Dimension::Rate, "3 TEU/hour", "3 TEU/h"),
            (Dimension::Rate, "7 tonnes/week", "7 t/wk"),
            (Dimension::Rate, "7 wagon / year", "7 wagon/yr"),
            (Dimension::Amount, "7 tonnes", "7 t"),
            (Dimension::Speed, "14 knots", "14 kn"),
            (Dimension::Price, "4 USD/tonne", "4 USD/t"),
        ] {
            assert_eq!(value(dimension, text), value(dimension, same), "{text}");
            if matches!(dimension, Dimension::Rate | Dimension::Amount | Dimension::Price) {
                assert_eq!(dimension.parse(text).unwrap().unit, dimension.parse(same).unwrap().unit, "{text}");
            }
        }
        assert_eq!(value(Dimension::MoneyRate, "2 MUSD/a"), 2e6);
        assert_eq!(value(Dimension::Age, "25 years"), 25.0);
        assert_eq!(value(Dimension::WorthOfTime, "12.9 USD/t/day"), 12.9);
        // There is no unit of a month, and what is a time is no cargo.
        assert!(Dimension::Rate.parse("3 TEU/month").is_err() && Dimension::Rate.parse("3 TEU/min").is_err());
        assert!(Dimension::Amount.parse("3 days").is_err());
    }

    #[test]
    fn a_rate_in_a_period_is_its_share_of_the_calendar() {
        let within =
            |text: &str, period: &str| Rate::parse(text).unwrap().within(&CalendarPeriod::parse(period).unwrap());
        assert_eq!(within("366 TEU/yr", "2024-02"), 29.0);
        assert_eq!(within("365 TEU/yr", "2023-Q1"), 90.0);
        assert_eq!(within("2 TEU/d", "2024"), 732.0);
        assert!(Rate::parse("2 TEU").is_none() && Rate::parse("2 d").is_none());
    }

    fn value(dimension: Dimension, text: &str) -> f64 {
        dimension.parse(text).unwrap().value
    }

    #[test]
    fn each_dimension_has_one_inner_unit() {
        assert_eq!(value(Dimension::Time, "9 h"), 32_400_000.0);
        assert_eq!(value(Dimension::Time, "2.5d"), 216_000_000.0);
        assert_eq!(value(Dimension::Length, "10 nmi"), 18.52);
        assert_eq!(value(Dimension::Speed, "10 kn"), 18.52);
        assert_eq!(value(Dimension::Mass, "1.2 kt"), 1_200_000.0);
        assert_eq!(value(Dimension::Money, "38 MUSD"), 38e6);
        assert_eq!(value(Dimension::Level, "-29.1 m"), -29.1);
        assert_eq!(share("20 %"), Ok(0.2));
    }

    #[test]
    fn rates_are_an_hour_and_masses_in_tonnes() {
        let rate = Dimension::Rate.parse("1.2 Mt/yr").unwrap();
        assert_eq!((rate.unit.as_str(), rate.value), ("t", 1.2e6 / 8760.0));
        assert_eq!(Dimension::Rate.parse("24 TEU/d").unwrap(), Quantity { value: 1.0, unit: "TEU".into() });
        assert_eq!(Dimension::Price.parse("600 USD/TEUkm").unwrap().unit, "TEUkm");
    }

    #[test]
    fn a_tariff_by_time_is_a_day() {
        for (text, value, unit) in [
            ("2 USD/TEU/d", 2.0, "TEU/d"),
            ("1 USD/t/h", 24.0, "t/d"),
            ("14 USD/FEU/wk", 2.0, "FEU/d"),
            ("3 USD/d", 3.0, "d"),
            ("3 USD/hour", 72.0, "d"),
            ("0.2 USD/km", 0.2, "km"),
            ("900 USD/call", 900.0, "call"),
            ("0.03 USD/tkm", 0.03, "tkm"),
            ("4 USD/tonne", 4.0, "t"),
        ] {
            assert_eq!(Dimension::Tariff.parse(text), Ok(Quantity { value, unit: unit.into() }), "{text}");
        }
        for text in ["3 USD/tkm/d", "3 USD/TEU/month", "3 USD/min", "3 USD", "3 h"] {
            assert!(Dimension::Tariff.parse(text).is_err(), "{text}");
        }
        // Elsewhere a price is of cargo alone.
        assert!(Dimension::Price.parse("3 USD/TEU/d").is_err() && Dimension::Price.parse("3 USD/d").is_err());
    }

    #[test]
    fn what_does_not_fit_says_why() {
        assert_eq!(Dimension::Time.parse("9"), Err(QuantityError::NoUnit));
        assert_eq!(Dimension::Time.parse("9 km"), Err(QuantityError::OtherDimension("km".into(), "a length")));
        assert_eq!(Dimension::Time.parse("9 month"), Err(QuantityError::UnknownUnit("month".into())));
        assert_eq!(Dimension::Time.parse("inf h"), Err(QuantityError::NotFinite));
        assert_eq!(Dimension::Time.parse("h"), Err(QuantityError::NoNumber));
        assert_eq!(Dimension::Rate.parse("9 h"), Err(QuantityError::OtherDimension("h".into(), "a duration")));
    }
}
