//! Which simulated years are worth looking at.

use crate::results::{NetworkSection, Results, RowKey};
use crate::words::Measure;

/// A simulated year, and why it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// Its number.
    pub replication: u32,
    /// What it has in the row by which it was chosen.
    pub value: f64,
}

/// The worst of the simulated years and the one in the middle, by the mean time of the main section; where there is no section, by
/// the tonnes carried.
#[derive(Clone, Debug, PartialEq)]
pub struct Years {
    /// The row by which they were chosen.
    pub row: usize,
    /// What the row is.
    pub key: RowKey,
    /// Of how many.
    pub of: usize,
    /// The year of the longest time, or of the fewest tonnes; the first of equals.
    pub worst: Chosen,
    /// The year in the middle, the worse of two.
    pub median: Chosen,
}

impl Years {
    /// Chooses among the simulated years of results; `None` where no year has a value.
    pub fn of(results: &Results) -> Option<Self> {
        let catalogue = &results.catalogue;
        let section = catalogue.network.main_section().map(NetworkSection::subject);
        let is_it = |key: &&RowKey| match &section {
            Some(section) => key.measure == Measure::SectionTime && key.subject == *section,
            None => key.measure == Measure::Throughput,
        };
        let row = catalogue.rows.iter().position(|key| key.is_headline() && is_it(&key))?;
        let key = catalogue.rows[row].clone();
        let all = results.records.numbers().zip(results.records.column(row));
        let years = all.map(|(replication, value)| Chosen { replication, value });
        let mut years: Vec<Chosen> = years.filter(|year| !year.value.is_nan()).collect();
        years.sort_by(|one, other| one.value.total_cmp(&other.value).then(other.replication.cmp(&one.replication)));
        if key.measure == Measure::Throughput {
            years.reverse();
        }
        let (worst, median) = (*years.last()?, years[years.len() / 2]);
        Some(Self { row, key, of: years.len(), worst, median })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::results::synthetic;

    #[test]
    fn no_year_is_worse_than_the_worst_and_half_are_better_than_the_one_in_the_middle() {
        let results = synthetic::results(9);
        let years = Years::of(&results).unwrap();
        let values = results.records.column(years.row);
        assert_eq!((years.key.measure, years.of), (Measure::SectionTime, 9));
        assert!(values.iter().all(|value| *value <= years.worst.value));
        assert_eq!(values.iter().filter(|value| **value < years.median.value).count(), 4);
    }

    #[test]
    fn without_a_section_the_worst_year_carries_least() {
        let mut results = synthetic::results(5);
        let network = &mut Arc::make_mut(&mut results.catalogue).network;
        network.sections.clear();
        network.headline = None;
        let years = Years::of(&results).unwrap();
        assert_eq!(years.key.measure, Measure::Throughput);
        assert!(results.records.column(years.row).iter().all(|value| *value >= years.worst.value));
    }
}
