//! From the units of results to those of textbooks and of observed figures.

use super::quantity::{DAYS_PER_YEAR, Duration, MS_PER_DAY, MS_PER_HOUR};

/// Units of time with their synonyms, by milliseconds.
const TIMES: [(f64, &[&str]); 7] = [
    (1.0, &["ms"]),
    (1e3, &["s", "second", "seconds"]),
    (6e4, &["min", "minute", "minutes"]),
    (MS_PER_HOUR as f64, &["h", "hr", "hour", "hours"]),
    (MS_PER_DAY as f64, &["d", "day", "days"]),
    (7.0 * MS_PER_DAY as f64, &["wk", "week", "weeks"]),
    ((DAYS_PER_YEAR * MS_PER_DAY) as f64, &["yr", "a", "year", "years"]),
];

/// Milliseconds of a unit of time; `None` where it is no such unit. A year has 365 d.
pub fn milliseconds(unit: &str) -> Option<f64> {
    TIMES.iter().find(|(_, words)| words.contains(&unit)).map(|(ms, _)| *ms)
}

/// Whether a word means the year.
pub fn is_year(unit: &str) -> bool {
    TIMES[6].1.contains(&unit)
}

/// What a rate is counted over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timespan {
    /// How long it is.
    pub length: Duration,
    /// Shares of calendar years in it: days ÷ 365 or 366.
    pub years: f64,
}

impl Timespan {
    /// How often a unit of time is in it.
    fn holds(self, unit: &str) -> Option<f64> {
        if is_year(unit) { Some(self.years) } else { Some(self.length.ms() as f64 / milliseconds(unit)?) }
    }
}

/// What a value in one unit is multiplied by to be in the other; `None` where they do not measure the same.
///
/// A rate becomes a number without time if it is counted over the span. Thousands and millions of a unit, as in `kt/yr`,
/// `MUSD` or `1000 TEU/yr`, are so many of it, and `%` is a hundredth.
pub fn factor(from: &str, to: &str, span: Timespan) -> Option<f64> {
    let (from, to) = (Multiple::of(from), Multiple::of(to));
    let factor = factor_of_units(&from.unit, &to.unit, span)?;
    #[expect(clippy::float_cmp, reason = "the same word is the same number")]
    let same = from.times == to.times;
    Some(if same { factor } else { factor * from.times / to.times })
}

/// So many of a unit.
struct Multiple {
    times: f64,
    unit: String,
}

/// Multiples that have words of their own.
const MULTIPLES: [(&str, f64, &str); 14] = [
    ("kg", 1e-3, "t"),
    ("tonne", 1.0, "t"),
    ("tonnes", 1.0, "t"),
    ("kt", 1e3, "t"),
    ("Mt", 1e6, "t"),
    ("kUSD", 1e3, "USD"),
    ("MUSD", 1e6, "USD"),
    ("bnUSD", 1e9, "USD"),
    ("kTEU", 1e3, "TEU"),
    ("FEU", 2.0, "TEU"),
    ("ktkm", 1e3, "tkm"),
    ("Mtkm", 1e6, "tkm"),
    ("bntkm", 1e9, "tkm"),
    ("%", 1e-2, "1"),
];

impl Multiple {
    /// `1000 TEU/yr`, `thousand t`, `kt/yr`, `%`.
    fn of(text: &str) -> Self {
        let (number, unit) = match text.trim().split_once(' ') {
            Some((number, unit)) => match times(number) {
                Some(times) => (times, unit.trim()),
                None => (1.0, text.trim()),
            },
            None => (1.0, text.trim()),
        };
        let (what, per) = unit.split_once('/').map_or((unit, ""), |(what, _)| (what, &unit[what.len()..]));
        let known = MULTIPLES.iter().find(|(word, ..)| *word == what.trim());
        let (times, what) = known.map_or((1.0, what), |(_, times, unit)| (*times, unit));
        Self { times: number * times, unit: format!("{}{per}", what.trim()) }
    }
}

/// How many a word before a unit means.
fn times(word: &str) -> Option<f64> {
    match word {
        "thousand" => Some(1e3),
        "million" | "mln" => Some(1e6),
        "billion" | "bln" => Some(1e9),
        _ => word.parse().ok().filter(|times: &f64| times.is_finite() && *times > 0.0),
    }
}

/// What a rate counts, and per what.
fn parts(unit: &str) -> Option<(&str, &str)> {
    unit.rsplit_once('/').map(|(what, per)| (what.trim(), per.trim()))
}

fn factor_of_units(from: &str, to: &str, span: Timespan) -> Option<f64> {
    if from == to {
        return Some(1.0);
    }
    if let (Some(from), Some(to)) = (milliseconds(from), milliseconds(to)) {
        return Some(from / to);
    }
    let (what, per) = parts(from)?;
    if what == to {
        return span.holds(per);
    }
    let (same, to_per) = parts(to)?;
    if what == same { Some(span.holds(per)? / span.holds(to_per)?) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_rates_and_counts_are_converted() {
        let span = Timespan { length: Duration::from_hours(876.0), years: 0.1 };
        let is = |from, to, value: f64| {
            let found = factor(from, to, span).unwrap();
            assert!((found - value).abs() < 1e-12 * value, "{from} to {to}: {found}");
        };
        is("1", "1", 1.0);
        is("d", "min", 1440.0);
        is("d", "hours", 24.0);
        is("wagon/yr", "wagon/h", 1.0 / 8760.0);
        is("wagon/yr", "wagon/a", 1.0);
        is("wagon/yr", "wagon", 0.1);
        is("t/yr", "kt/yr", 1e-3);
        is("t/yr", "Mt / year", 1e-6);
        is("t/yr", "million t/yr", 1e-6);
        is("TEU/yr", "1000 TEU/yr", 1e-3);
        is("TEU/yr", "kTEU", 1e-4);
        is("USD/t", "kUSD/t", 1e-3);
        is("1", "%", 100.0);
        assert_eq!(factor("t/yr", "-3 t/yr", span), None);
        assert_eq!(factor("wagon/yr", "train/h", span), None);
        assert_eq!(factor("d", "1", span), None);
    }

    #[test]
    fn a_year_is_as_long_as_the_calendar_has_it() {
        let leap = Timespan { length: Duration::from_days(366.0), years: 1.0 };
        assert_eq!((factor("t/yr", "t", leap), factor("t/yr", "t/d", leap)), (Some(1.0), Some(1.0 / 366.0)));
    }
}
