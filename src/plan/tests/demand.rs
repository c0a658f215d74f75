//! Rates of flows and times of timetables.

use super::super::model::Arrivals;
use super::{ONE_CRANE, model, plan};
use crate::units::{MS_PER_DAY, SimTime};

fn arrivals(text: &str, days: i64) -> f64 {
    let plan = plan(text);
    let rate = &model(&plan).flows[0].rate;
    let time = days * MS_PER_DAY;
    let piece = rate[rate.partition_point(|piece| piece.start.ms() <= time) - 1];
    piece.before + (time - piece.start.ms()) as f64 * piece.per_ms
}

#[test]
fn a_flat_year_has_its_volume() {
    assert!((arrivals(ONE_CRANE, 365) - 7884.0).abs() < 1e-6);
    let plan = plan(ONE_CRANE);
    assert_eq!(model(&plan).flows[0].rate.len(), 1);
}

#[test]
fn seasons_shift_but_keep_the_volume() {
    let text = format!(
        "{}season = [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]\n",
        ONE_CRANE.replace("[run]", "[run]\nstart = \"2023-01-01\"")
    );
    assert!((arrivals(&text, 365) - 7884.0).abs() < 1e-6);
    assert!((arrivals(&text, 31) - 2.0 * 7884.0 * 31.0 / 365.0).abs() < 1e-6);
}

#[test]
fn growth_steps_on_new_year_and_not_in_the_warm_up() {
    let text = format!(
        "{}growth = \"10 %\"\n",
        ONE_CRANE.replace("[run]", "[run]\nstart = \"2023-01-01\"\nwarm-up = \"31 d\"")
    );
    let daily = 7884.0 / 365.0;
    assert!((arrivals(&text, 31) - 31.0 * daily).abs() < 1e-6);
    assert!((arrivals(&text, 396 + 10) - (396.0 * daily + 11.0 * daily)).abs() < 1e-6);
}

#[test]
fn a_flow_has_its_dates() {
    let text = format!("{ONE_CRANE}from-date = \"2024-02-01\"\nuntil-date = \"2024-03-01\"\n");
    assert!(arrivals(&text, 31).abs() < 1e-9);
    assert!((arrivals(&text, 300) - 29.0 * 7884.0 / 365.0).abs() < 1e-6);
}

#[test]
fn a_timetable_has_its_times() {
    let text = format!("{ONE_CRANE}arrivals = {{ days = [\"mon\"], at = \"06:00\" }}\n");
    let plan = plan(&text);
    let flow = &model(&plan).flows[0];
    let Arrivals::Times(times) = &flow.arrivals else { panic!("a timetable") };
    // 2024-01-01 was a Monday.
    assert_eq!(times[0], SimTime::from_ms(6 * 3_600_000));
    assert_eq!(times[1], SimTime::from_ms(6 * 3_600_000 + 7 * MS_PER_DAY));
    assert!((flow.size.mean() - 7884.0 * 7.0 / 365.0).abs() < 1e-9);
}

#[test]
fn months_cover_the_clock() {
    let plan = plan(&ONE_CRANE.replace("[run]", "[run]\nwarm-up = \"20 d\""));
    let months = &plan.clock.months;
    assert_eq!((months[0].year, months[0].month0), (2023, 11));
    assert_eq!(months[0].start, SimTime::from_ms(-11 * MS_PER_DAY));
    assert_eq!(months[1].start, plan.clock.start);
    assert!(months.last().unwrap().start < plan.clock.end);
}
