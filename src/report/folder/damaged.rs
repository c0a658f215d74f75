//! Folders that are damaged, or made to harm: every one is refused in words that name the file and the field.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::report::{Claim, Place, Study, write_bins, write_folder, write_histograms, write_replications};
use crate::results::files::{BINS, HISTOGRAMS, REPLICATIONS, SCENARIO, SUMMARY, digest_of, seal};
use crate::results::synthetic;
use crate::results::{BinCount, Packed, Results, Shelf};
use crate::stats::{Bin, Histogram};

/// Results that are whole.
static WHOLE: LazyLock<TempDir> = LazyLock::new(|| {
    let place = tempfile::tempdir().unwrap();
    let claimed = Place::begin(place.path(), Study::RUN, Claim::Own).unwrap();
    let results = synthetic::results(3);
    write_folder(claimed, &results, &results.summary(), synthetic::SCENARIO).unwrap();
    place
});

/// A folder of whole results, to be damaged.
fn whole() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    for path in fs::read_dir(WHOLE.path()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        fs::copy(&path, place.path().join(path.file_name().unwrap())).unwrap();
    }
    place
}

fn said(folder: &Path) -> String {
    Results::read(folder).expect_err("it is damaged").to_string()
}

/// Changes the summary, and seals it anew as one who wants to deceive would.
fn resealed(folder: &Path, change: impl FnOnce(&mut Value)) {
    let path = folder.join(SUMMARY);
    let mut value: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let names: Vec<String> = value["files"].as_object().unwrap().keys().cloned().collect();
    for name in names {
        let file = fs::File::open(folder.join(&name)).unwrap();
        value["files"][name] = digest_of(file).unwrap().into();
    }
    change(&mut value);
    value.as_object_mut().unwrap().remove("digest");
    let text = value.to_string();
    let text = format!("{},\n", text.strip_suffix('}').unwrap());
    fs::write(&path, format!("{text}{}", seal(&digest_of(text.as_bytes()).unwrap()))).unwrap();
}

/// What is said of results that were written so, with all digests right.
fn of_written(change: impl FnOnce(&mut Results)) -> String {
    let place = whole();
    let mut results = synthetic::results(3);
    change(&mut results);
    let create = |name: &str| fs::File::create(place.path().join(name)).unwrap();
    write_replications(&results, create(REPLICATIONS)).unwrap();
    write_histograms(&results, create(HISTOGRAMS)).unwrap();
    write_bins(&results, create(BINS)).unwrap();
    resealed(place.path(), |_| {});
    said(place.path())
}

#[test]
fn resealing_alone_changes_nothing() {
    let place = whole();
    resealed(place.path(), |_| {});
    let read = Results::read(place.path()).unwrap();
    // As text: values that are not there do not equal themselves.
    assert!(format!("{read:?}") == format!("{:?}", synthetic::results(3)));
}

#[test]
fn every_byte_of_every_file_counts() {
    let place = whole();
    let files: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut guarded = 0;
    for path in files.into_iter().filter(|path| path.is_file() && !path.ends_with("files.txt")) {
        let bytes = fs::read(&path).unwrap();
        for at in [0, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1 << (at % 8);
            fs::write(&path, damaged).unwrap();
            let said = said(place.path());
            assert!(said.contains(&*path.file_name().unwrap().to_string_lossy()), "{said}");
        }
        fs::remove_file(&path).unwrap();
        let said = said(place.path());
        assert!(said.contains(if path.ends_with(SUMMARY) { "incomplete" } else { "missing" }), "{said}");
        fs::write(&path, bytes).unwrap();
        guarded += 1;
    }
    assert_eq!(guarded, 12);
    assert!(Results::read(place.path()).is_ok());
}

#[test]
fn form_and_version_come_first() {
    let place = whole();
    let path = place.path().join(SUMMARY);
    let text = fs::read_to_string(&path).unwrap();
    // Of another form nothing else is known, not even where its digest stands.
    fs::write(&path, "{\"schema\": 99}").unwrap();
    assert!(said(place.path()).contains("`schema` is 99"), "{}", said(place.path()));
    fs::write(&path, text.replace("\"midcor\":\"0", "\"midcor\":\"9.9.9-0")).unwrap();
    assert!(said(place.path()).contains("midcor 9.9.9-0"), "{}", said(place.path()));
    fs::write(&path, text.replace("\"midcor\":\"0", "\"midcor\":\"\\u001b[31m")).unwrap();
    assert!(!said(place.path()).contains('\u{1b}'));
}

#[test]
fn a_folder_that_holds_no_results_is_told_as_what_it_is() {
    let place = tempfile::tempdir().unwrap();
    assert!(said(place.path()).contains("holds no results"), "{}", said(place.path()));
    assert!(said(&place.path().join("none")).contains("cannot read"));
    fs::write(place.path().join("replications.parquet"), "half").unwrap();
    let incomplete = said(place.path());
    assert!(incomplete.contains("is incomplete") && incomplete.contains("simulate again"), "{incomplete}");
    fs::write(place.path().join("comparison.json"), "{}").unwrap();
    assert!(said(place.path()).contains("results of a comparison"), "{}", said(place.path()));
}

#[test]
fn another_scenario_is_noticed_whatever_the_digests_say() {
    let place = whole();
    fs::write(place.path().join(SCENARIO), "schema = 1\n").unwrap();
    assert!(said(place.path()).contains("not as it was written"));
    resealed(place.path(), |_| {});
    assert!(said(place.path()).contains("results of another scenario"), "{}", said(place.path()));
}

#[test]
fn a_summary_of_no_run_is_refused() {
    for (field, value) in [
        ("level", json!(7)),
        ("level", json!(-1)),
        // A share, but one whose intervals no chart has room for.
        ("level", json!(0.999_999_999_999_999_9)),
        ("replications", json!(0)),
        ("replications", json!(4_294_967_295_u32)),
        ("first", json!(4_294_967_295_u32)),
        ("left_out", json!([9])),
        ("left_out", json!([1, 1])),
        ("years_per_draw", json!(0)),
        ("window", json!({ "start": "", "warm_up_d": 0, "horizon_d": -1, "drain_d": 0 })),
        ("window", json!({ "start": "9999-99-99", "warm_up_d": 0, "horizon_d": 1, "drain_d": 0 })),
        ("window", json!({ "start": "9".repeat(100_000), "warm_up_d": 0, "horizon_d": 1, "drain_d": 0 })),
        ("left_out", json!(vec![1; 100_000])),
        ("seed", json!(-1)),
    ] {
        let place = whole();
        resealed(place.path(), |summary| summary["run"][field] = value);
        let said = said(place.path());
        assert!(said.contains("run") || said.contains("replication"), "{field}: {said}");
        assert!(said.len() < 600, "{field}: {} bytes of message", said.len());
    }
    for field in ["name", "title"] {
        let place = whole();
        resealed(place.path(), |summary| summary["scenario"][field] = "W".repeat(100_000).into());
        assert!(said(place.path()).contains(&format!("`scenario.{field}` has 100000 characters")));
    }
    let place = whole();
    resealed(place.path(), |summary| summary["files"]["../thesis"] = json!("0"));
    assert!(said(place.path()).contains("not in this folder"));
    let place = whole();
    resealed(place.path(), |summary| drop(summary["files"].as_object_mut().unwrap().remove(BINS)));
    assert!(said(place.path()).contains("`files`: bins.parquet"), "{}", said(place.path()));
}

/// A file is as long as it likes without a byte on the disk; nobody waits until all of that is read.
#[test]
fn a_file_of_endless_zeros_is_not_read_to_its_end() {
    for name in [REPLICATIONS, "measures.csv"] {
        let place = whole();
        let file = fs::OpenOptions::new().write(true).open(place.path().join(name)).unwrap();
        if file.set_len(1 << 42).is_ok() {
            assert!(said(place.path()).contains("not as it was written"), "{}", said(place.path()));
        }
    }
}

#[test]
fn indices_of_the_frame_lead_nowhere_else() {
    let said = of_written(|results| Arc::make_mut(&mut results.catalogue).network.links[0].to = 99);
    assert!(said.contains("replications.parquet is damaged: `midcor.frame`: an index in `network.links`"), "{said}");
}

#[test]
fn values_that_no_run_gives_are_refused() {
    let value = |value: f64| {
        of_written(|results| {
            let record = &mut results.records.in_memory()[1];
            record.values = std::iter::once(value).chain(record.values.iter().skip(1)).collect();
        })
    };
    assert!(value(f64::INFINITY).contains("`value` is inf"), "{}", value(f64::INFINITY));
    let said = of_written(|results| results.records.in_memory()[0].own[0].count = 0);
    assert!(said.contains("`count` is 0"), "{said}");
    let said = of_written(|results| results.records.in_memory()[0].own[0].count += 1);
    assert!(said.contains("replications.parquet counts"), "{said}");
    let said = of_written(|results| results.records.in_memory()[0].own[0].percentiles.reverse());
    assert!(said.contains("do not rise"), "{said}");
    let said = of_written(|results| results.records.in_memory().swap(0, 1));
    assert!(said.contains("`replication` is 1"), "{said}");
    let said = of_written(|results| drop(results.records.in_memory().pop()));
    assert!(said.contains("replication 2 is missing"), "{said}");
}

#[test]
fn bins_that_no_run_fills_are_refused() {
    let alone = |bin: u32, count: u64| {
        of_written(|results| {
            let packed = Packed::of(std::iter::once(BinCount { bin, count, mass: 1 }));
            let series = results.catalogue.series.len();
            results.records.in_memory()[0].histograms = Shelf::from_iter(vec![packed; series]);
        })
    };
    assert!(alone(1 << 31, 1).contains("`bin` is 2147483648"), "{}", alone(1 << 31, 1));
    assert!(alone(5, 1 << 61).contains("`count` of a bin"), "{}", alone(5, 1 << 61));
    assert!(alone(5, 1).contains("finished shipments"), "{}", alone(5, 1));
    let said = of_written(|results| {
        let series = results.catalogue.series.len();
        results.records.in_memory()[0].histograms = Shelf::from_iter(vec![Packed::default(); series]);
    });
    assert!(said.contains("histograms.parquet") && said.contains("holds 0 finished shipments"), "{said}");
    let bins = |change: fn(&mut Bin)| {
        of_written(|results| {
            let histogram = &results.together[0];
            let mut bin = *histogram.iter().next().unwrap();
            change(&mut bin);
            let mut changed = Histogram::new();
            changed.add_bin(&bin);
            histogram.iter().skip(1).for_each(|bin| changed.add_bin(bin));
            results.together[0] = changed;
        })
    };
    assert!(
        bins(|bin| bin.greatest *= 2).contains("bins.parquet is damaged: `least`"),
        "{}",
        bins(|bin| bin.greatest *= 2)
    );
    assert!(bins(|bin| bin.sum = 0).contains("`sum` 0"), "{}", bins(|bin| bin.sum = 0));
    assert!(bins(|bin| bin.mass += 1).contains("not that of histograms.parquet"), "{}", bins(|bin| bin.mass += 1));
}
