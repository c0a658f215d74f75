//! What a figure of two runs with common random numbers differs by.

use super::measure::MeasureRef;
use super::record::PERCENTILES;
use super::summary::Results;
use crate::stats::{Paired, order_quantile};

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
    /// Of means, and of percentiles of shipments, the mean of the replications' own differences with its paired t interval,
    /// over the replications in which both have a value; where a percentile of a single replication falls among the
    /// unfinished, the difference of the pooled percentiles without an interval. None where one of the two is not known.
    /// Equal runs differ by exactly 0 ± 0.
    pub fn difference(&self, results: &Results, base: &Results) -> Option<Difference> {
        let common = common(results, base);
        let slots = self.slot(results).zip(self.slot(base));
        let whole = |difference: f64| Difference { difference, half_width: None };
        match (self.statistic.percentile(), slots) {
            (Some(place), Some((one, other))) => {
                let (owns, bases) = (results.records.own(one), base.records.own(other));
                let is_unknown = |places: &Places| {
                    [owns[places.own], bases[places.base]].iter().any(|own| own.is_among_unfinished(place))
                };
                if !common.iter().any(is_unknown) {
                    return self.of_pairs(&common, results, base);
                }
                let first = results.percentile(one, common.iter().map(|places| places.own), PERCENTILES[place])?;
                let second = base.percentile(other, common.iter().map(|places| places.base), PERCENTILES[place])?;
                Some(whole(first - second))
            }
            (Some(place), None) => {
                let first = self.over_years(place, results, common.iter().map(|places| places.own))?;
                let second = self.over_years(place, base, common.iter().map(|places| places.base))?;
                Some(whole(first - second))
            }
            (None, _) => self.of_pairs(&common, results, base),
        }
    }

    fn over_years(&self, place: usize, results: &Results, records: impl Iterator<Item = usize>) -> Option<f64> {
        let all = self.values(results);
        let mut values: Vec<f64> = records.filter_map(|record| all[record]).collect();
        values.sort_by(f64::total_cmp);
        order_quantile(&values, PERCENTILES[place])
    }

    fn slot(&self, results: &Results) -> Option<usize> {
        results.slot_of(results.index_of(&self.key)?)
    }

    fn of_pairs(&self, common: &[Places], results: &Results, base: &Results) -> Option<Difference> {
        let (ones, others) = (self.values(results), self.values(base));
        let both = |places: &Places| ones[places.own].zip(others[places.base]);
        let (first, second): (Vec<f64>, Vec<f64>) = common.iter().filter_map(both).unzip();
        if let Some(paired) = Paired::of(&first, &second, results.manifest.run.level) {
            return Some(Difference { difference: paired.mean, half_width: Some(paired.half_width) });
        }
        let difference = first.first()? - second.first()?;
        Some(Difference { difference, half_width: None })
    }
}

/// Where the records of one replication stand in both runs.
struct Places {
    own: usize,
    base: usize,
}

/// The replications that both runs have: a run that was stopped has fewer.
fn common(results: &Results, base: &Results) -> Vec<Places> {
    let numbers: Vec<u32> = base.records.numbers().collect();
    let records = results.records.numbers().enumerate();
    records.filter_map(|(own, number)| Some(Places { own, base: numbers.binary_search(&number).ok()? })).collect()
}

#[cfg(test)]
mod tests {
    use super::super::synthetic;
    use super::*;

    fn reference(text: &str) -> MeasureRef {
        MeasureRef::parse(text, &synthetic::results(1).catalogue.rows).unwrap()
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
        for record in more.records.in_memory() {
            let plus = |(place, value): (usize, f64)| if place == row { value + 1024.0 } else { value };
            record.values = record.values.iter().enumerate().map(plus).collect();
        }
        let difference = throughput.difference(&more, &base).unwrap();
        assert!((difference.difference - 1024.0).abs() < 1e-6);
        assert!(difference.half_width.unwrap() < 1e-6);
    }
}
