//! Golden results: literal numbers, so that any change of streams, identities or draws is noticed. They say nothing
//! of what is right. A change here changes every stored result and belongs in the changelog.

use midcor::scenario::embedded;

use crate::lab::Lab;

#[test]
fn three_years_of_the_smallest_scenario() {
    let file = embedded().iter().find(|file| file.name() == "smallest").unwrap();
    let lab = Lab::new(file.text);
    let summary = lab.results(0..3, 1).summary();
    for (measure, subject, mean) in [
        ("offered", "corridor", 110_782.0),
        ("carried", "corridor", 110_338.666_666_666_67),
        ("under_way", "corridor", 443.333_333_333_333_3),
        ("transit_time", "corridor", 0.836_637_676_639_685_1),
        ("transit_time_delivered", "corridor", 0.834_034_439_334_367_3),
        ("waiting_time", "node.east.facility.crane", 9.011_792_662_184_238),
        ("queue_length", "node.east.facility.crane", 8.154_048_337_423_896),
        ("queue_max", "node.east.facility.crane", 42.666_666_666_666_664),
        ("utilisation", "node.east.facility.crane", 0.905_118_935_132_335_5),
    ] {
        assert_eq!(summary.row(measure, subject).unwrap().mean, Some(mean), "{measure} {subject}");
    }
    let time = summary.row("transit_time", "corridor").unwrap();
    assert_eq!((time.count, time.half_width), (Some(23_739), Some(0.301_181_768_736_038_36)));
    assert_eq!((time.p50, time.p95), (Some(0.714_524_432_870_370_4), Some(1.668_740_729_166_666_7)));
}
