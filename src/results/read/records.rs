//! The values of each replication.

use parquet::file::reader::SerializedFileReader;

use super::Found;
use super::columns::{Group, groups};
use super::stored::Stored;
use crate::results::catalogue::Catalogue;
use crate::results::files::REPLICATIONS_IN_GROUP;
use crate::results::manifest::Run;
use crate::results::packed::Shelf;
use crate::results::record::{Own, Record};

/// The records without their histograms, in order, of which a group is in memory at a time.
pub(super) fn read<'r>(
    reader: &'r SerializedFileReader<Stored>,
    catalogue: &'r Catalogue,
    run: &'r Run,
) -> impl Iterator<Item = Found<Record>> + use<'r> {
    let (mut groups, mut numbers) = (groups(reader), run.numbers());
    let mut of_group = Vec::new().into_iter();
    std::iter::from_fn(move || {
        loop {
            if let Some(record) = of_group.next() {
                return Some(Ok(record));
            }
            let Some(group) = groups.next() else {
                let missing = numbers.next()?;
                return Some(Err(format!("replication {missing} is missing, which summary.json counts")));
            };
            let columns = group.and_then(|group| Columns::of(&group, catalogue));
            match columns.and_then(|columns| columns.records(catalogue, &mut numbers)) {
                Ok(records) => of_group = records.into_iter(),
                Err(what) => return Some(Err(what)),
            }
        }
    })
}

/// The columns of a row group, whole.
struct Columns {
    replications: Vec<u64>,
    counts: Vec<Option<u64>>,
    values: Vec<f64>,
    percentiles: [Vec<f64>; 4],
}

impl Columns {
    fn of(group: &Group<'_>, catalogue: &Catalogue) -> Found<Self> {
        let (rows, each) = (group.rows(), catalogue.rows.len());
        if rows > REPLICATIONS_IN_GROUP.saturating_mul(each) || !rows.is_multiple_of(each) {
            return Err(format!("a group has {rows} rows, which are not {each} for each replication"));
        }
        let real = |name| group.reals(name)?.next(rows);
        Ok(Self {
            replications: group.wholes("replication")?.next(rows)?,
            counts: group.wholes("count")?.next_known(rows)?,
            values: real("value")?,
            percentiles: [real("p5")?, real("p50")?, real("p90")?, real("p95")?],
        })
    }

    /// The replications of the group, which are to have the numbers that come next.
    fn records(&self, catalogue: &Catalogue, numbers: &mut impl Iterator<Item = u32>) -> Found<Vec<Record>> {
        let mut records = Vec::new();
        let each = catalogue.rows.len();
        for start in (0..self.values.len()).step_by(each) {
            let rows = start..start + each;
            let expected = numbers.next();
            let is_other = |number: &&u64| Some(**number) != expected.map(u64::from);
            if let Some(number) = self.replications[rows.clone()].iter().find(is_other) {
                let told = expected.map_or_else(|| "none".to_owned(), |expected| expected.to_string());
                return Err(format!("`replication` is {number} where summary.json counts {told}"));
            }
            records.push(Record {
                replication: expected.unwrap_or_default(),
                own: self.own(catalogue, start)?,
                values: self.values[rows].iter().copied().collect(),
                histograms: Shelf::default(),
            });
        }
        Ok(records)
    }

    /// What a replication says of durations, which have a mean where they have shipments.
    fn own(&self, catalogue: &Catalogue, start: usize) -> Found<Vec<Own>> {
        let of = |row: u32| {
            let at = start + row as usize;
            let key = &catalogue.rows[row as usize];
            let told = |what: &str| format!("{what} in a row of {} of {}", key.measure, key.subject);
            let count = self.counts[at].ok_or_else(|| told("`count` is empty"))?;
            if (count == 0) != self.values[at].is_nan() {
                return Err(told(&format!("`count` is {count}, `value` is {}", self.values[at])));
            }
            let percentiles = self.percentiles.each_ref().map(|column| column[at]);
            let known = percentiles.iter().filter(|value| !value.is_nan());
            if known.clone().is_sorted() {
                Ok(Own { count, percentiles })
            } else {
                Err(told("percentiles do not rise"))
            }
        };
        catalogue.pooled.iter().map(|pooled| of(pooled.row)).collect()
    }
}
