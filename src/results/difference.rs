//! What a figure of two runs with common random numbers differs by.

use super::measure::MeasureRef;
use super::summary::{Results, SECTIONS, ms_per_unit};
use crate::stats::{Paired, order_quantile, section_half_width, sections};

/// The difference of a figure between two runs that share their random numbers, replication by replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// First minus second, in the unit of the figure.
    pub difference: f64,
    /// Half the width of its interval at the level of the run; none from one replication, and none for percentiles
    /// over years.
    pub half_width: Option<f64>,
}

impl MeasureRef {
    /// By how much the figure of `results` is above that of `base`, over the replications that both have.
    ///
    /// Of means, the paired t interval over the replications in which both have a value. Of percentiles of shipments,
    /// the difference of the pooled percentiles, with the interval from the differences of paired sections
    /// ([`section_half_width`]). None where one of the two is not known. Equal runs differ by exactly 0 ± 0.
    pub fn difference(&self, results: &Results, base: &Results) -> Option<Difference> {
        let [one, other] = common(results, base);
        match (self.statistic.probability(), one.index_of(&self.key).and_then(|index| one.slot_of(index))) {
            (Some(p), Some(_)) => self.of_pooled(p, &one, &other),
            (Some(p), None) => {
                let quantile = |results: &Results| {
                    let mut values: Vec<f64> = self.values(results).into_iter().flatten().collect();
                    values.sort_by(f64::total_cmp);
                    order_quantile(&values, p)
                };
                Some(Difference { difference: quantile(&one)? - quantile(&other)?, half_width: None })
            }
            (None, _) => self.of_means(&one, &other),
        }
    }

    fn of_means(&self, one: &Results, other: &Results) -> Option<Difference> {
        let pairs = self.values(one).into_iter().zip(self.values(other));
        let (first, second): (Vec<f64>, Vec<f64>) = pairs.filter_map(|(first, second)| Some((first?, second?))).unzip();
        if let Some(paired) = Paired::of(&first, &second, one.manifest.run.level) {
            return Some(Difference { difference: paired.mean, half_width: Some(paired.half_width) });
        }
        let difference = first.first()? - second.first()?;
        Some(Difference { difference, half_width: None })
    }

    fn of_pooled(&self, p: f64, one: &Results, other: &Results) -> Option<Difference> {
        let quantile = |results: &Results, range: std::ops::Range<usize>| {
            let slot = results.slot_of(results.index_of(&self.key)?)?;
            let pool = results.pool(range, &results.frame.pooled[slot].series);
            pool.quantile(p).map(|ms| ms / ms_per_unit(&self.key))
        };
        let n = one.records.len();
        let within = |range: std::ops::Range<usize>| Some(quantile(one, range.clone())? - quantile(other, range)?);
        let difference = within(0..n)?;
        let each: Option<Vec<f64>> = sections(n, SECTIONS).into_iter().map(within).collect();
        let half_width = each.and_then(|each| section_half_width(difference, &each, one.manifest.run.level));
        Some(Difference { difference, half_width })
    }
}

/// The replications that both runs have: a run that was stopped has fewer.
fn common(one: &Results, other: &Results) -> [Results; 2] {
    let has = |results: &Results, replication| {
        results.records.binary_search_by_key(&replication, |record| record.replication).is_ok()
    };
    let cut = |from: &Results, to: &Results| {
        let records = from.records.iter().filter(|record| has(to, record.replication)).cloned().collect();
        Results { manifest: from.manifest.clone(), frame: from.frame.clone(), records }
    };
    [cut(one, other), cut(other, one)]
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;

    fn reference(text: &str) -> MeasureRef {
        MeasureRef::parse(text, &synthetic::results(1).frame.rows).unwrap()
    }

    #[test]
    fn a_run_differs_from_itself_by_exactly_nothing() {
        let results = synthetic::results(7);
        for text in ["throughput", "section.altynkol-poti P50", "corridor P95", "corridor", "throughput P50"] {
            let difference = reference(text).difference(&results, &results).unwrap();
            assert!(difference.difference.abs() <= 0.0, "{text}");
            assert!(difference.half_width.is_none_or(|half_width| half_width == 0.0), "{text}");
            assert_eq!(difference.half_width.is_none(), text == "throughput P50");
        }
    }

    #[test]
    fn only_common_replications_count() {
        let (all, few) = (synthetic::results(7), synthetic::shard(2..5));
        let difference = reference("throughput").difference(&all, &few).unwrap();
        assert_eq!((difference.difference, difference.half_width), (0.0, Some(0.0)));
        assert_eq!(reference("throughput").difference(&synthetic::shard(0..2), &few), None);
    }

    #[test]
    fn what_is_added_to_each_year_is_the_difference() {
        let base = synthetic::results(5);
        let throughput = reference("throughput");
        let row = base.index_of(&throughput.key).unwrap();
        let mut more = base.clone();
        for record in &mut more.records {
            let plus = |(place, value): (usize, f64)| if place == row { value + 1024.0 } else { value };
            record.values = record.values.iter().enumerate().map(plus).collect();
        }
        let difference = throughput.difference(&more, &base).unwrap();
        assert!((difference.difference - 1024.0).abs() < 1e-6);
        assert!(difference.half_width.unwrap() < 1e-6);
    }
}
