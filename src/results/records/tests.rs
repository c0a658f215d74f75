use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::results::packed::{BinCount, Packed};
use crate::results::{Results, synthetic};

/// Records as text, in which values that are not there equal themselves.
fn text<T: std::fmt::Debug>(of: T) -> String {
    format!("{of:?}")
}

/// The same records within so many bytes.
fn held(records: &[Record], bound: usize) -> Records {
    Records::from(records.to_vec()).spilled(bound)
}

/// The same results with their records within so many bytes.
fn spilled(results: &Results, bound: usize) -> Results {
    let records = results.records.spilled(bound);
    assert!(!records.blocks.is_empty(), "nothing is in a scratch file");
    Results { records, ..results.clone() }
}

/// A part of records as text.
fn sides(records: &[Cow<'_, Record>], part: Part) -> [String; 2] {
    let values = |record: &Cow<'_, Record>| (record.replication, record.values.clone(), record.own.clone());
    let histograms = |record: &Cow<'_, Record>| (record.replication, record.histograms.clone());
    let all = |is_wanted: bool| if is_wanted { records } else { &[] };
    let values = text(all(part != Part::Histograms).iter().map(values).collect::<Vec<_>>());
    [values, text(all(part != Part::Values).iter().map(histograms).collect::<Vec<_>>())]
}

/// Whether two stores answer all that may be asked of them alike.
fn assert_alike(one: &Records, other: &Records) {
    assert_eq!(one.len(), other.len());
    assert_eq!(text(one.numbers().collect::<Vec<_>>()), text(other.numbers().collect::<Vec<_>>()));
    assert_eq!(text(one.iter().collect::<Vec<_>>()), text(other.iter().collect::<Vec<_>>()));
    for size in [1, 3, 16] {
        let groups =
            |records: &Records, part| text(records.groups(size, part).map(|of| sides(&of, part)).collect::<Vec<_>>());
        for part in [Part::All, Part::Values, Part::Histograms] {
            assert_eq!(groups(one, part), groups(other, part));
        }
    }
    let Some(first) = one.iter().next() else { return };
    for row in 0..first.values.len() {
        let bits = |records: &Records| records.column(row).into_iter().map(f64::to_bits).collect::<Vec<_>>();
        assert_eq!(bits(one), bits(other));
    }
    (0..first.own.len()).for_each(|slot| assert_eq!(text(one.own(slot)), text(other.own(slot))));
    for series in 0..first.histograms.len() {
        let (ones, others) = (one.histograms(series), other.histograms(series));
        assert!(ones.iter().map(Vec::from_iter).eq(others.iter().map(Vec::from_iter)));
    }
    assert!(one.check().is_ok() && other.check().is_ok());
}

/// Bounds at which each record is a block, some are, and the last ones are in memory.
fn bounds(results: &Results) -> [usize; 3] {
    let one = results.records.iter().next().unwrap().bytes();
    [0, 2 * one, 3 * one]
}

#[test]
fn records_in_a_scratch_file_answer_as_those_in_memory() {
    let results = synthetic::results(8);
    for bound in bounds(&results) {
        let spilled = spilled(&results, bound);
        assert_alike(&spilled.records, &results.records);
        assert_eq!(spilled.summary(), results.summary());
        let mut drawn = [spilled, results.clone()];
        for results in &mut drawn {
            results.manifest.run.years_per_draw = Some(2);
        }
        assert_eq!(drawn[0].summary(), drawn[1].summary());
    }
}

/// Blocks are full, and the last records wait in memory for theirs.
#[test]
fn records_go_to_the_scratch_file_by_the_block() {
    let one = Vec::from(synthetic::results(1).records).remove(0);
    let record = |replication| Record { replication, ..one.clone() };
    let records: Vec<Record> = (0..3 * IN_BLOCK as u32 + 5).map(record).collect();
    let held = held(&records, IN_BLOCK * one.bytes());
    let sizes: Vec<usize> = held.blocks.iter().map(|block| block.numbers().len()).collect();
    assert_eq!((sizes, held.in_memory.len()), (vec![IN_BLOCK, 1, IN_BLOCK, IN_BLOCK], 4));
    assert!(held.column(0).into_iter().eq(std::iter::repeat_n(one.values.get(0), records.len())));
}

#[test]
fn a_clone_goes_its_own_way() {
    let all = Vec::from(synthetic::results(6).records);
    let mut one = held(&all[..4], 0);
    let mut other = one.clone();
    one.push(all[4].clone()).unwrap();
    other.push(all[5].clone()).unwrap();
    assert_alike(&one, &Records::from(all[..5].to_vec()));
    assert_alike(&other, &Records::from([&all[..4], &all[5..]].concat()));
}

#[test]
fn merged_records_are_those_of_one_run_wherever_they_are() {
    let whole = synthetic::results(7);
    let [one, other] = [synthetic::shard(0..4), synthetic::shard(4..7)];
    for (is_first, is_second) in [(true, true), (true, false), (false, true)] {
        let of = |shard: &Results, is_spilled| if is_spilled { spilled(shard, 0) } else { shard.clone() };
        let merged = Results::merge(vec![of(&other, is_second), of(&one, is_first)]).unwrap();
        assert_alike(&merged.records, &whole.records);
        assert_eq!(text(merged.summary()), text(whole.summary()));
    }
}

#[test]
fn a_scratch_file_that_cannot_be_is_told() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("none");
    let mut records = Records::within(Space::of(0, Some(folder.clone())));
    let all = Vec::from(synthetic::results(2).records);
    for record in &all {
        let error = records.push(record.clone()).unwrap_err();
        let said = error.to_string();
        assert!(matches!(error, ScratchError::Write { .. }) && said.contains(folder.to_str().unwrap()), "{said}");
    }
    // What could not be written is in memory still.
    assert_alike(&records, &Records::from(all));
}

#[test]
fn what_cannot_be_read_back_is_no_figure() {
    let results = spilled(&synthetic::results(3), 0);
    assert!(results.check().is_ok());
    results.records.lose();
    assert!(results.records.column(0).iter().all(|value| value.is_nan()));
    let said = results.check().unwrap_err().to_string();
    assert!(said.contains("cannot read back"), "{said}");
    let summary = results.summary();
    assert!(summary.rows.iter().all(|row| row.count.is_none_or(|count| count == 0)));
    assert!(results.records.iter().all(|record| record.own.iter().all(|own| own.count == 0)));
}

#[test]
fn the_scratch_file_stands_where_results_will() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(Space::beside(&place.path().join("a/b")).folder(), place.path());
    assert_eq!(Space::beside(std::path::Path::new("none-of-this-name")).folder(), PathBuf::from("."));
}

fn arbitrary(rows: usize, slots: usize, series: usize) -> impl Strategy<Value = Record> {
    let value = prop_oneof![3 => Just(0.0), 1 => Just(f64::NAN), 2 => -1e9..1e9];
    let own = (0_u64..9, prop::array::uniform4(prop_oneof![Just(f64::NAN), 0.0..1e6]));
    let bin = (0_u32..40, 1_u64..5, 0_u64..3);
    let histogram = prop::collection::vec(bin, 0..4).prop_map(|bins| {
        let (mut next, mut all) = (0, Vec::new());
        for (gap, count, mass) in bins {
            all.push(BinCount { bin: next + gap, count, mass });
            next += gap + 1;
        }
        Packed::of(all.into_iter())
    });
    let values = prop::collection::vec(value, rows);
    let own = prop::collection::vec(own, slots);
    (values, own, prop::collection::vec(histogram, series)).prop_map(|(values, own, histograms)| Record {
        replication: 0,
        values: values.into_iter().collect(),
        own: own.into_iter().map(|(count, percentiles)| Own { count, percentiles }).collect(),
        histograms: histograms.into_iter().collect(),
    })
}

/// Records of one layout, numbered.
fn of_one_layout() -> impl Strategy<Value = Vec<Record>> {
    let layout = (1_usize..140, 0_usize..4, 0_usize..4);
    let records =
        layout.prop_flat_map(|(rows, slots, series)| prop::collection::vec(arbitrary(rows, slots, series), 1..80));
    records.prop_map(|mut records| {
        records.iter_mut().zip(0..).for_each(|(record, number)| record.replication = number);
        records
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_records_come_back(records in of_one_layout(), share in 0.0..1.2_f64) {
        let bytes: usize = records.iter().map(Record::bytes).sum();
        assert_alike(&held(&records, (bytes as f64 * share) as usize), &Records::from(records));
    }
}
