//! Plans at other volumes than those given.

use super::super::Problem;
use super::{CROSSING, ONE_CRANE, model, plan};

#[test]
fn volumes_are_shared_out_among_copies() {
    let plan = plan(ONE_CRANE);
    let shares = |factor: f64| -> Vec<f64> {
        let plan = plan.with_volume_factors(&[factor]).unwrap();
        let volume = &model(&plan).flows[0].volume;
        (0..=volume.copies()).map(|copy| (volume.share(copy) * 1e9).round() / 1e9).collect()
    };
    assert_eq!(shares(0.0), [0.0]);
    assert_eq!(shares(0.7), [0.7]);
    assert_eq!(shares(1.0), [1.0]);
    assert_eq!(shares(1.3), [1.0, 0.3]);
    assert_eq!(shares(2.0), [1.0, 1.0]);
    assert_eq!(shares(3.25), [1.0, 1.0, 1.0, 0.25]);
}

#[test]
fn flows_without_a_factor_and_plans_before_stay_as_given() {
    let plan = plan(CROSSING);
    let other = plan.with_volume_factors(&[2.0]).unwrap();
    let factors = |plan| model(plan).flows.iter().map(|flow| flow.volume.factor).collect::<Vec<f64>>();
    assert_eq!(factors(&other), [2.0, 1.0]);
    assert_eq!(factors(&plan), [1.0, 1.0]);
    assert_eq!(factors(&other.with_volume_factors(&[1.0]).unwrap()), [1.0, 1.0]);
}

#[test]
fn a_timeline_has_the_factor_in_each_epoch() {
    let text = format!(
        "{ONE_CRANE}\n[timeline.more]\non = \"2024-07-01\"\nset = {{ \"flow.demo.volume\" = \"9000 TEU/yr\" }}\n"
    );
    let plan = plan(&text).with_volume_factors(&[0.4]).unwrap();
    assert_eq!(plan.epochs.iter().map(|(_, model)| model.flows[0].volume.factor).collect::<Vec<f64>>(), [0.4, 0.4]);
}

#[test]
fn impossible_volumes_are_refused() {
    let plan = plan(ONE_CRANE);
    for factor in [f64::NAN, -0.1, f64::NEG_INFINITY] {
        let errors = plan.with_volume_factors(&[factor]).unwrap_err();
        assert!(matches!(errors[0].problem, Problem::Negative { .. }), "{errors:?}");
    }
    for factor in [1001.0, f64::INFINITY] {
        let errors = plan.with_volume_factors(&[factor]).unwrap_err();
        assert!(matches!(errors[0].problem, Problem::Excess { most: 1000, .. }), "{errors:?}");
        assert_eq!((errors.len(), errors[0].path.as_str()), (1, "flow.demo.response"));
    }
    let crowded = super::plan(&ONE_CRANE.replace("7884 TEU/yr", "78840000 TEU/yr").replace("1 TEU", "10 TEU"));
    let errors = crowded.with_volume_factors(&[3.0]).unwrap_err();
    assert!(errors[0].to_string().contains("shipments over the whole run"), "{errors:?}");
}
