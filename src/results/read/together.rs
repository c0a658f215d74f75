//! The histograms of all replications together, which say what those of each add up to.

use parquet::file::reader::SerializedFileReader;

use super::Found;
use super::columns::{Wholes, groups};
use super::histograms::{Key, key, named, next_bins, next_keys, numbers, series_from, texts, told};
use super::stored::Stored;
use crate::results::catalogue::Catalogue;
use crate::results::packed::BinCount;
use crate::results::pool::unfinished_bin;
use crate::results::records::Records;
use crate::results::total;
use crate::stats::{Bin, Histogram, bin_of};

pub(super) fn read(
    reader: &SerializedFileReader<Stored>,
    catalogue: &Catalogue,
    records: &Records,
) -> Found<Vec<Histogram>> {
    let mut reading = Reading { catalogue, together: vec![Histogram::new(); catalogue.series.len()], series: 0 };
    for group in groups(reader) {
        let group = group?;
        let (mut of, mut held) = (texts(&group)?, numbers(&group)?);
        let mut times = [group.wholes("least")?, group.wholes("greatest")?, group.wholes("sum")?];
        for rows in group.steps() {
            let (texts, bins) = (next_keys(&mut of, rows)?, next_bins(&mut held, rows)?);
            let times = next_times(&mut times, rows)?;
            let rows = bins.into_iter().zip(times).enumerate();
            rows.into_iter().try_for_each(|(row, (bin, times))| reading.add(key(&texts, row), bin, times))?;
        }
    }
    for (of, (whole, series)) in reading.together.iter().zip(&catalogue.series).enumerate() {
        check_sums(whole, records, of).map_err(|what| format!("{what} in {}", named(series)))?;
    }
    total::check(catalogue, std::iter::once(reading.together.as_slice()))?;
    Ok(reading.together)
}

/// Least, greatest and sum of a bin; the unfinished have none.
type Times = [Option<u64>; 3];

fn next_times([least, greatest, sums]: &mut [Wholes; 3], rows: usize) -> Found<Vec<Times>> {
    let least = least.next_known(rows)?.into_iter();
    let times = least.zip(greatest.next_known(rows)?).zip(sums.next_known(rows)?);
    Ok(times.map(|((least, greatest), sum)| [least, greatest, sum]).collect())
}

struct Reading<'f> {
    catalogue: &'f Catalogue,
    together: Vec<Histogram>,
    /// The series that is being read.
    series: usize,
}

impl Reading<'_> {
    fn add(&mut self, key: Key<'_>, bin: BinCount, times: Times) -> Found<()> {
        let series = series_from(self.catalogue, self.series, key);
        self.series = series.ok_or_else(|| format!("{} is not a series that follows", told(key)))?;
        let histogram = &mut self.together[self.series];
        if let Some(last) = histogram.iter().next_back().filter(|last| last.bin >= bin.bin) {
            return Err(format!("`bin` is {} after {} in {}", bin.bin, last.bin, told(key)));
        }
        histogram.add_bin(&with_times(bin, times).map_err(|what| format!("{what} in {}", told(key)))?);
        Ok(())
    }
}

/// A bin with what its values reach over.
fn with_times(BinCount { bin, count, mass }: BinCount, times: Times) -> Found<Bin> {
    let unfinished = i64::MAX.unsigned_abs();
    match times {
        [None, None, None] if bin == unfinished_bin() => {
            let sum = unfinished.saturating_mul(count);
            Ok(Bin { bin, count, mass, least: unfinished, greatest: unfinished, sum })
        }
        [Some(least), Some(greatest), Some(sum)] if bin < unfinished_bin() => {
            let sums = u128::from(least) * u128::from(count)..=u128::from(greatest) * u128::from(count);
            let is_within = least <= greatest && [least, greatest].map(bin_of) == [bin, bin];
            if is_within && sums.contains(&u128::from(sum)) {
                return Ok(Bin { bin, count, mass, least, greatest, sum });
            }
            Err(format!(
                "`least` {least}, `greatest` {greatest} and `sum` {sum} are not of {count} values of bin {bin}"
            ))
        }
        _ => Err(format!("`least`, `greatest` or `sum` of bin {bin} is empty or should be")),
    }
}

/// Whether the records have together what a histogram of all of them has.
fn check_sums(whole: &Histogram, records: &Records, of: usize) -> Found<()> {
    let mut sums: Vec<(u128, u128)> = Vec::new();
    for bin in records.histograms(of).iter().flatten() {
        let place = bin.bin as usize;
        if sums.len() <= place {
            sums.resize(place + 1, (0, 0));
        }
        sums[place] = (sums[place].0 + u128::from(bin.count), sums[place].1 + u128::from(bin.mass));
    }
    let sums = (0_u32..).zip(sums).filter(|(_, (count, _))| *count > 0);
    let held = whole.iter().map(|bin| (bin.bin, (u128::from(bin.count), u128::from(bin.mass))));
    if sums.eq(held) { Ok(()) } else { Err("`count` or `mass` is not that of histograms.parquet".to_owned()) }
}
