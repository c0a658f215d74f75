//! Comparisons of made-up results, whose differences are known.

use super::*;
use crate::results::synthetic;
use crate::words::{Cause, Measure, Statistic, Subject, SubjectKind};

fn compared(base: &Results, candidates: &[Candidate<'_>]) -> Comparison {
    let mut comparing = Comparing::with(base, InputDraws::default());
    for candidate in candidates {
        comparing.add(candidate);
    }
    comparing.finish()
}

fn candidate<'a>(name: &'a str, results: &'a Results) -> Candidate<'a> {
    Candidate { name, title: name, results, own_base: None, simulated_alone: None, price: None }
}

/// The same years with all values of some rows multiplied.
fn scaled(base: &Results, factor: f64, of: impl Fn(&crate::results::RowKey) -> bool) -> Results {
    let mut results = base.clone();
    for record in results.records.in_memory() {
        let values = record.values.iter().zip(&base.catalogue.rows);
        record.values = values.map(|(value, key)| if of(key) { value * factor } else { value }).collect();
    }
    results
}

#[test]
fn a_scenario_against_itself_differs_by_exactly_nothing() {
    let base = synthetic::results(8);
    let comparison = compared(&base, &[candidate("null", &base)]);
    let null = &comparison.what_ifs[0];
    assert!(null.differences.len() > 20);
    for difference in &null.differences {
        assert_eq!((difference.difference, difference.variance_reduction), (0.0, None), "{difference:?}");
        assert_eq!((difference.simulated, difference.assumed), (Some(0.0), Some(0.0)));
    }
    assert!(null.explanations.iter().all(|explanation| explanation.difference == 0.0));
    assert_eq!(comparison.outcome.as_ref().unwrap().elsewhere, []);
}

#[test]
fn the_parts_of_an_explanation_add_up_to_the_difference() {
    let base = synthetic::results(8);
    let slower = scaled(&base, 1.5, |key| {
        key.measure == Measure::Time && key.cause == Some(Cause::WaitVessel) || {
            key.measure == Measure::SectionTime && key.period.is_horizon()
        }
    });
    let comparison = compared(&base, &[candidate("slower ships", &slower)]);
    for explanation in &comparison.what_ifs[0].explanations {
        let sum: f64 = explanation.parts.iter().map(|part| part.difference).sum();
        assert!((sum - explanation.difference).abs() < 1e-9);
        let waiting = explanation.parts.iter().filter(|part| part.cause == Cause::WaitVessel);
        assert!(waiting.clone().all(|part| (part.what_if - 1.5 * part.base).abs() < 1e-9));
        assert!((explanation.what_if - explanation.base - explanation.difference).abs() < 1e-9);
    }
}

#[test]
fn what_residual_delays_bring_is_assumed() {
    let base = synthetic::results(8);
    let is_throughput = |key: &crate::results::RowKey| key.measure == Measure::Throughput && key.subject.is_corridor();
    let (both, alone) = (scaled(&base, 1.3, is_throughput), scaled(&base, 1.1, is_throughput));
    let of = Candidate { simulated_alone: Some(&alone), ..candidate("both", &both) };
    let comparison = compared(&base, &[of]);
    let row = comparison.what_ifs[0].difference(Measure::Throughput, &Subject::corridor(), Statistic::Mean).unwrap();
    assert!((row.simulated.unwrap() - 0.1 * row.base).abs() < 1e-6 * row.base);
    assert!((row.assumed.unwrap() - 0.2 * row.base).abs() < 1e-6 * row.base);
    assert!(row.is_significant(0.95) && row.variance_reduction.unwrap() > 1.0);
}

#[test]
fn three_scenarios_are_held_against_the_best() {
    let base = synthetic::results(8);
    let is_throughput = |key: &crate::results::RowKey| key.measure == Measure::Throughput && key.subject.is_corridor();
    let (more, less) = (scaled(&base, 1.5, is_throughput), scaled(&base, 0.5, is_throughput));
    let comparison = compared(&base, &[candidate("more", &more), candidate("less", &less)]);
    let contest = comparison.contests.iter().find(|contest| contest.measure == Measure::Throughput).unwrap();
    let order: Vec<&str> = contest.places.iter().map(|place| place.scenario.as_str()).collect();
    assert_eq!(order, ["more", "base", "less"]);
    assert_eq!(contest.places[0].standing, "best");
    assert_eq!(contest.places[2].standing, "not best");
}

#[test]
fn p_values_hold_over_all_what_ifs_together() {
    let base = synthetic::results(8);
    let other = scaled(&base, 1.000_1, |key| key.measure == Measure::Throughput);
    let p_of = |comparison: &Comparison| {
        comparison.what_ifs[0]
            .difference(Measure::Throughput, &Subject::corridor(), Statistic::Mean)
            .unwrap()
            .p_value
            .unwrap()
    };
    let alone = p_of(&compared(&base, &[candidate("one", &other)]));
    let among_two = p_of(&compared(&base, &[candidate("one", &other), candidate("null", &base)]));
    assert!((among_two - (2.0 * alone).min(1.0)).abs() < 1e-12, "{alone} {among_two}");
}

#[test]
fn draws_of_the_inputs_give_a_band_and_its_inputs() {
    let mut base = synthetic::results(8);
    base.manifest.run.years_per_draw = Some(2);
    let more = scaled(&base, 1.2, |key| key.measure == Measure::Throughput);
    let draws = InputDraws {
        names: vec!["a".to_owned(), "b".to_owned()],
        deviates: (0..4).map(|draw| vec![f64::from(draw), f64::from(draw * draw % 3)]).collect(),
    };
    let mut comparing = Comparing::with(&base, draws);
    comparing.add(&candidate("more", &more));
    let comparison = comparing.finish();
    let what_if = &comparison.what_ifs[0];
    let row = what_if.difference(Measure::Throughput, &Subject::corridor(), Statistic::Mean).unwrap();
    assert!(row.low.unwrap() <= row.difference && row.difference <= row.high.unwrap());
    assert_eq!(row.same_sign, Some((4, 4)));
    let spread = what_if.spreads.iter().find(|spread| spread.measure == Measure::Throughput).unwrap();
    assert_eq!(spread.inputs.len(), 2);
}

/// Draws that differ much and years that hardly do: the interval is of the years, the p-value of the draws.
#[test]
fn sampling_error_and_inputs_are_told_apart() {
    let mut base = synthetic::results(12);
    base.manifest.run.years_per_draw = Some(3);
    let is_traffic = |key: &crate::results::RowKey| key.measure == Measure::Throughput && key.subject.is_corridor();
    let mut other = base.clone();
    for record in other.records.in_memory() {
        let factor = [1.5, 0.4, 1.9, 0.7][record.replication as usize / 3];
        let values = record.values.iter().zip(&base.catalogue.rows);
        record.values = values.map(|(value, key)| if is_traffic(key) { value * factor } else { value }).collect();
    }
    let comparison = compared(&base, &[candidate("draws", &other)]);
    let row = comparison.what_ifs[0].difference(Measure::Throughput, &Subject::corridor(), Statistic::Mean).unwrap();
    let (half_width, low, high) = (row.half_width.unwrap(), row.low.unwrap(), row.high.unwrap());
    assert!(low < 0.0 && 0.0 < high && half_width < 0.2 * (high - low), "{half_width} {low} {high}");
    assert!(row.p_value.unwrap() > 0.3, "{:?}", row.p_value);
}

#[test]
fn background_traffic_does_not_move_the_corridor() {
    let mut base = synthetic::results(4);
    let catalogue = std::sync::Arc::make_mut(&mut base.catalogue);
    let place = |subject: &str| {
        let is_it =
            |key: &crate::results::RowKey| key.measure == Measure::TransitTime && key.subject.as_str() == subject;
        catalogue.rows.iter().position(is_it).unwrap() as u32
    };
    let (whole, metals) = (place("corridor"), place("flow.kz-metals"));
    let of_metals = catalogue.pooled.iter().find(|pooled| pooled.row == metals).unwrap().series.clone();
    let corridor = catalogue.pooled.iter_mut().find(|pooled| pooled.row == whole).unwrap();
    corridor.series.retain(|series| !of_metals.contains(series));
    for (flow, moves) in [("flow.kz-metals", false), ("flow.kz-grain", true)] {
        let slower = scaled(&base, 2.0, |key| key.measure == Measure::TransitTime && key.subject.as_str() == flow);
        let comparison = compared(&base, &[candidate("slower", &slower)]);
        let row =
            comparison.what_ifs[0].difference(Measure::TransitTime, &Subject::corridor(), Statistic::Mean).unwrap();
        assert_eq!(row.difference != 0.0, moves, "{flow}: {}", row.difference);
    }
}

/// Of many flows single ones have no rows: then cargoes have the weights.
#[test]
fn where_flows_have_no_rows_cargoes_make_up_the_corridor() {
    let slower = |base: &Results| {
        scaled(base, 2.0, |key| key.subject.is(SubjectKind::Cargo) && key.measure == Measure::TransitTime)
    };
    let relative = |base: &Results| {
        let comparison = compared(base, &[candidate("slower", &slower(base))]);
        let row =
            comparison.what_ifs[0].difference(Measure::TransitTime, &Subject::corridor(), Statistic::Mean).unwrap();
        row.difference / row.base
    };
    let mut base = synthetic::results(4);
    assert!(relative(&base).abs() < 1e-12, "{}", relative(&base));
    let rows = &mut std::sync::Arc::make_mut(&mut base.catalogue).rows;
    for key in rows.iter_mut() {
        if key.subject.is(SubjectKind::Flow) {
            key.subject = Subject::of(SubjectKind::Flows, key.subject.id());
        }
    }
    assert!((relative(&base) - 1.0).abs() < 1e-9, "{}", relative(&base));
}

#[test]
fn a_price_is_a_cost_over_effects() {
    let price = Price { annual: Some(18.0), annuity: 0.125 };
    let base = synthetic::results(8);
    let more = scaled(&base, 1.5, |key| key.measure == Measure::Throughput && key.subject.is_corridor());
    let comparison = compared(&base, &[Candidate { price: Some(price), ..candidate("more", &more) }]);
    let worth = comparison.what_ifs[0].worth.as_ref().unwrap();
    let ratio = worth.usd_per_extra_tonne.unwrap();
    assert!((ratio * worth.extra_tonnes - worth.annual_cost.unwrap()).abs() < 1e-9);
    assert_eq!((worth.teu_days_saved, worth.usd_per_teu_day), (0.0, None));
}

/// All times of a section, of the replications and of each one's own shipments, multiplied.
fn faster(base: &Results, factor: f64) -> Results {
    let mut results = scaled(base, factor, |key| key.measure == Measure::SectionTime);
    for own in results.records.in_memory().iter_mut().flat_map(|record| &mut record.own) {
        own.percentiles = own.percentiles.map(|value| value * factor);
    }
    results
}

#[test]
fn options_are_ranked_on_one_figure_and_the_best_is_held_against_the_next() {
    let base = synthetic::results(8);
    let (much, little) = (faster(&base, 0.5), faster(&base, 0.9));
    let comparison = compared(&base, &[candidate("little", &little), candidate("much", &much)]);
    let outcome = comparison.outcome.unwrap();
    assert_eq!((outcome.figure.key.measure, outcome.figure.statistic), (Measure::SectionTime, Statistic::P50));
    assert_eq!(outcome.ranked, [1, 0]);
    let lead = outcome.lead.unwrap();
    assert_eq!((lead.best.as_str(), lead.next.as_str()), ("much", "little"));
    assert!(lead.difference < 0.0 && lead.p_value < 0.05, "{lead:?}");
    let elsewhere: Vec<_> =
        outcome.elsewhere.iter().map(|one| &comparison.what_ifs[one.what_if].differences[one.difference]).collect();
    assert!(
        elsewhere
            .iter()
            .all(|row| row.subject != outcome.figure.key.subject && row.is_worth_naming(&base.manifest.run))
    );
}

#[test]
fn equal_options_lead_by_nothing() {
    let base = synthetic::results(8);
    let much = faster(&base, 0.5);
    let outcome = compared(&base, &[candidate("one", &much), candidate("two", &much)]).outcome.unwrap();
    let lead = outcome.lead.unwrap();
    assert_eq!((lead.difference, lead.p_value), (0.0, 1.0));
}
