//! Golden results: literal numbers, so that any change of streams, identities or draws is noticed. They say nothing
//! of what is right. A change here changes every stored result and belongs in the changelog.

use midcor::scenario::embedded;
use midcor::words::{Measure, Subject};

use crate::lab::Lab;

#[test]
fn three_years_of_the_smallest_scenario() {
    let file = embedded().iter().find(|file| file.name() == "smallest").unwrap();
    let lab = Lab::new(file.text);
    let summary = lab.results(0..3, 1).summary();
    for (measure, subject, mean) in [
        ("offered", "corridor", 110_678.400_000_000_01),
        ("carried", "corridor", 110_322.761_643_835_62),
        ("under_way", "corridor", 354.666_666_666_666_7),
        ("transit_time", "corridor", 0.826_174_361_060_974),
        ("transit_time_delivered", "corridor", 0.824_508_703_835_551_1),
        ("waiting_time", "node.east.facility.crane", 8.783_766_636_291_334),
        ("queue_length", "node.east.facility.crane", 7.925_852_084_136_648),
        ("queue_max", "node.east.facility.crane", 40.0),
        ("utilisation", "node.east.facility.crane", 0.902_463_756_606_206_7),
    ] {
        assert_eq!(
            summary.row(measure.parse().unwrap(), &Subject::at(subject)).unwrap().mean,
            Some(mean),
            "{measure} {subject}"
        );
    }
    let time = summary.row(Measure::TransitTime, &Subject::corridor()).unwrap();
    assert_eq!((time.count, time.half_width), (Some(23_652), Some(0.293_675_890_012_979_33)));
    assert_eq!((time.p50, time.p95), (Some(0.707_457_834_221_207_6), Some(1.628_464_604_552_469_3)));
}
