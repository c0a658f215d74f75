//! From the units of results to those of textbooks and of observed figures.

use super::{DAYS_PER_YEAR, Duration, MS_PER_DAY, MS_PER_HOUR};

const TIMES: [(&str, f64); 5] = [
    ("s", 1e3),
    ("min", 6e4),
    ("h", MS_PER_HOUR as f64),
    ("d", MS_PER_DAY as f64),
    ("yr", (DAYS_PER_YEAR * MS_PER_DAY) as f64),
];

fn milliseconds(unit: &str) -> Option<f64> {
    TIMES.iter().find(|(name, _)| *name == unit).map(|(_, ms)| *ms)
}

/// What a value in one unit is multiplied by to be in the other; none where they do not measure the same.
///
/// A rate becomes a number without time if it is counted over the horizon.
pub fn factor(from: &str, to: &str, horizon: Duration) -> Option<f64> {
    if from == to {
        return Some(1.0);
    }
    if let (Some(from), Some(to)) = (milliseconds(from), milliseconds(to)) {
        return Some(from / to);
    }
    let (what, per) = from.rsplit_once('/')?;
    if what == to {
        return Some(horizon.ms() as f64 / milliseconds(per)?);
    }
    let (same, to_per) = to.rsplit_once('/')?;
    if what == same { Some(milliseconds(to_per)? / milliseconds(per)?) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_rates_and_counts_are_converted() {
        let horizon = Duration::from_hours(876.0);
        assert_eq!(factor("1", "1", horizon), Some(1.0));
        assert_eq!(factor("d", "min", horizon), Some(1440.0));
        assert_eq!(factor("wagon/yr", "wagon/h", horizon), Some(1.0 / 8760.0));
        assert_eq!(factor("wagon/yr", "wagon", horizon), Some(0.1));
        assert_eq!(factor("wagon/yr", "train/h", horizon), None);
        assert_eq!(factor("d", "1", horizon), None);
    }
}
