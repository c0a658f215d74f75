//! Rates of flows and times of timetables.
#![expect(clippy::float_cmp, reason = "sizes in steps are exact")]

use super::{ONE_CRANE, model, plan};
use crate::model::Arrivals;
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
    assert!((arrivals(ONE_CRANE, 366) - 7884.0).abs() < 1e-6);
    let text = ONE_CRANE.replace("[run]", "[run]\nstart = \"2023-01-01\"");
    assert!((arrivals(&text, 365) - 7884.0).abs() < 1e-6);
    // The drain lies in a leap year, whose days bring less.
    let plan = plan(&text);
    let [common, leap] = &model(&plan).flows[0].rate[..] else { panic!("two years") };
    assert!((common.per_ms / leap.per_ms - 366.0 / 365.0).abs() < 1e-12);
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
    let leap = 1.1 * 7884.0 / 366.0;
    assert!((arrivals(&text, 396 + 10) - (396.0 * daily + 10.0 * leap)).abs() < 1e-6);
}

#[test]
fn a_volume_by_the_day_knows_no_years() {
    let text = ONE_CRANE.replace("7884 TEU/yr", "2 TEU/d");
    assert!((arrivals(&text, 366) - 732.0).abs() < 1e-6);
    let seasonal = format!("{text}season = [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    assert!((arrivals(&seasonal, 366) - 732.0).abs() < 1e-6);
}

fn counted(volumes: &str, more: &str) -> String {
    let run = "[run]\nstart = \"2024-01-01\"\nwarm-up = \"31 d\"";
    let text = ONE_CRANE.replace("volume = \"7884 TEU/yr\"", &format!("volumes = {{ {volumes} }}"));
    format!("{}{more}", text.replace("[run]", run).replace("\"365 d\"", "\"731 d\""))
}

#[test]
fn counted_amounts_come_in_their_periods() {
    let text = counted(r#""2024-01" = "310 TEU", "2024-Q2" = "910 TEU", "2025" = "730 TEU""#, "");
    let from = |first: i64, end: i64| arrivals(&text, 31 + end) - arrivals(&text, 31 + first);
    let close = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6, "{found} {wanted}");
    // The first holds before as a rate, and in the gap until the next.
    close(from(-31, 0), 310.0);
    close(from(0, 31), 310.0);
    close(from(31, 91), 600.0);
    close(from(91, 182), 910.0);
    // The rate of the quarter until the counted year, that year, and its rate after it.
    close(from(182, 366), 1840.0);
    close(from(366, 731), 730.0);
    close(from(731, 741), 20.0);
}

#[test]
fn seasons_shape_quarters_and_years_but_not_months() {
    let season = "season = [2, 1, 1, 4, 2, 1, 1, 1, 1, 1, 1, 1]\n";
    let text = counted(r#""2024-01" = "310 TEU", "2024-02" = "290 TEU", "2024-Q2" = "910 TEU""#, season);
    let from = |first: i64, end: i64| arrivals(&text, 31 + end) - arrivals(&text, 31 + first);
    let close = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6, "{found} {wanted}");
    close(from(0, 31), 310.0);
    close(from(31, 60), 290.0);
    close(from(91, 182), 910.0);
    // April has four times the rate of June.
    close(from(91, 121), 4.0 * from(152, 182));
}

#[test]
fn the_rate_is_that_of_rounded_sizes() {
    let of = |shipment: &str, whole: &str| {
        let text = ONE_CRANE.replace("shipment = \"1 TEU\"", &format!("shipment = {shipment}"));
        let plan = plan(&text.replace("tonnes-per-unit = 14", &format!("tonnes-per-unit = 14\n{whole}")));
        let flow = &model(&plan).flows[0];
        (flow.mean_size, flow.rate[0].per_ms * 366.0 * MS_PER_DAY as f64 * flow.mean_size)
    };
    assert_eq!(of("\"2.5 TEU\"", "whole = true").0, 3.0);
    assert_eq!(of("\"2.5 TEU\"", "").0, 2.5);
    assert_eq!(of("\"0.2 TEU\"", "whole = true").0, 1.0);
    let spread = "{ dist = \"exponential\", mean = \"0.7 TEU\" }";
    for (shipment, whole) in [("\"2.5 TEU\"", "whole = true"), (spread, "whole = true"), (spread, "")] {
        assert!((of(shipment, whole).1 - 7884.0).abs() < 1e-6, "{shipment} {whole}");
    }
}

#[test]
fn a_year_of_53_occasions_brings_what_one_of_52_brings() {
    let text = format!("{ONE_CRANE}arrivals = {{ every = \"7 d\", first = \"2024-01-01T06:00+06:00\" }}\n");
    let plan = plan(&text.replace("\"365 d\"", "\"731 d\""));
    let Arrivals::Times(times) = &model(&plan).flows[0].arrivals else { panic!("a timetable") };
    assert_eq!(times[0].time, SimTime::ZERO);
    let in_year = |from: i64, end: i64| -> f64 {
        let year = SimTime::from_ms(from * MS_PER_DAY)..SimTime::from_ms(end * MS_PER_DAY);
        times.iter().filter(|occasion| year.contains(&occasion.time)).map(|occasion| occasion.units).sum()
    };
    assert!((in_year(0, 366) - 7884.0).abs() < 1e-6 && (in_year(366, 731) - 7884.0).abs() < 1e-6);
}

#[test]
fn a_flow_has_its_dates() {
    let text = format!("{ONE_CRANE}from-date = \"2024-02-01\"\nuntil-date = \"2024-03-01\"\n");
    assert!(arrivals(&text, 31).abs() < 1e-9);
    assert!((arrivals(&text, 300) - 29.0 * 7884.0 / 366.0).abs() < 1e-6);
}

#[test]
fn a_timetable_has_its_times() {
    let text = format!("{ONE_CRANE}arrivals = {{ days = [\"mon\"], at = \"06:00\" }}\n");
    let plan = plan(&text);
    let flow = &model(&plan).flows[0];
    let Arrivals::Times(times) = &flow.arrivals else { panic!("a timetable") };
    // 2024-01-01 was a Monday.
    assert_eq!(times[0].time, SimTime::from_ms(6 * 3_600_000));
    assert_eq!(times[1].time, SimTime::from_ms(6 * 3_600_000 + 7 * MS_PER_DAY));
    // 2024 has 53 Mondays.
    assert!((flow.size.mean() - 1.0).abs() < 1e-9 && (times[0].units - 7884.0 / 53.0).abs() < 1e-9);
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
