//! Demand comes as it was asked for: rates of periods, rounded sizes, counted amounts, dates with an offset.
#![expect(clippy::float_cmp, reason = "what is counted exactly must be the very same")]

use midcor::model::{Flow, Plan, RatePiece};
use midcor::results::{Layout, Results, RowKey};
use midcor::scenario::{ScenarioReader, Setting};
use midcor::units::SimTime;
use midcor::words::{Cause, Measure, Period, Unit};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::lab::Lab;
use crate::program::{midcor, out};

/// One box of 10 t a day over a line to a gate.
const LINE: &str = r#"schema = 1
title = "A box a day"

[run]
start = "2024-01-16"
warm-up = "15 d"
horizon = "45 d"
drain = "60 d"

[cargo.boxes]
unit = "TEU"
tonnes-per-unit = 10

[node.west]
[node.east]
facility.gate = { kind = "customs", servers = 1, time = "0 h", when = "destination" }

[link.line]
from = "west"
to = "east"
mode = "rail"
time = "10 h"

[flow.demo]
cargo = "boxes"
from = "west"
to = "east"
volume = "1 TEU/d"
shipment = "1 TEU"
arrivals = "regular"
"#;

/// Every value of a measure of the corridor in one unit, by period.
fn rates(results: &Results, measure: &str, unit: &str) -> Vec<(Period, f64)> {
    let is = |key: &RowKey| key.measure.word() == measure && key.subject.is_corridor() && key.unit.to_string() == unit;
    let rows = results.catalogue.rows.iter().enumerate().filter(|(_, key)| is(key));
    rows.map(|(row, key)| (key.period.clone(), results.records.column(row)[0])).collect()
}

fn rate(results: &Results, measure: &str, unit: &str, period: &str) -> f64 {
    let all = rates(results, measure, unit);
    all.iter().find(|(own, _)| own.text() == period).unwrap_or_else(|| panic!("{measure} {period}: {all:?}")).1
}

#[test]
fn part_of_a_month_has_the_rate_of_the_whole() {
    let results = Lab::new(LINE).results(0..1, 1);
    // 10 t a day are 3,660 t of a leap year.
    for period in ["2024-01", "2024-02", "horizon"] {
        let offered = rate(&results, "offered", "t/yr", period);
        assert!((offered - 3660.0).abs() < 1e-6, "{period}: {offered}");
    }
    // Each box arrives on the day on which it came.
    assert!((rate(&results, "carried", "t/yr", "2024-02") - 3660.0).abs() < 1e-6);
}

#[test]
fn what_is_given_by_the_day_shows_its_days() {
    let text = LINE.replace("2024-01-16", "2023-01-01").replace("\"45 d\"", "\"731 d\"");
    let results = Lab::new(&text).results(0..1, 1);
    assert_eq!(rate(&results, "offered", "t/yr", "2023"), 3650.0);
    assert_eq!(rate(&results, "offered", "t/yr", "2024"), 3660.0);
    assert!((rate(&results, "offered", "t/yr", "2023-02") - 3650.0).abs() < 1e-6);
    assert!((rate(&results, "offered", "t/yr", "horizon") - 3655.0).abs() < 1e-6);
}

#[test]
fn a_volume_a_year_is_that_of_each_calendar_year() {
    let text = LINE.replace("1 TEU/d", "7320 TEU/yr").replace("2024-01-16", "2023-01-01");
    let results = Lab::new(&text.replace("\"45 d\"", "\"731 d\"")).results(0..1, 1);
    let offered = rates(&results, "offered", "t/yr");
    assert_eq!(offered.len(), 1 + 24 + 2);
    for (period, offered) in offered {
        // One box of 10 t more or less; the first of the whole clock comes with a full gap.
        assert!((offered - 73_200.0).abs() <= 135.0, "{period}: {offered}");
    }
    for year in ["2023", "2024"] {
        assert!((rate(&results, "offered", "t/yr", year) - 73_200.0).abs() <= 10.0);
    }
}

#[test]
fn months_add_up_to_years_and_years_to_the_horizon() {
    let growing = "volume = \"7320 TEU/yr\"\ngrowth = \"20 %\"\nseason = \"autumn\"";
    let text = LINE
        .replace("volume = \"1 TEU/d\"", growing)
        .replace("arrivals = \"regular\"\n", "")
        .replace("2024-01-16", "2023-04-10")
        .replace("\"45 d\"", "\"800 d\"");
    let season = "\n[season.autumn]\nfactors = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.3, 1.2]\n";
    let lab = Lab::new(&format!("{text}{season}"));
    let (layout, results) = (Layout::of(&lab.plan), lab.results(0..1, 1));
    for (measure, unit) in
        [("offered", "t/yr"), ("carried", "t/yr"), ("throughput", "t/yr"), ("throughput_teu", "TEU/yr")]
    {
        let amounts = |is_part: &dyn Fn(&Period) -> bool| -> f64 {
            let parts = rates(&results, measure, unit);
            let parts = parts.iter().filter(|(period, _)| is_part(period));
            parts.map(|(period, rate)| rate * layout.span(period).unwrap().years).sum()
        };
        let whole = amounts(&|period| period.is_horizon());
        assert!(whole > 0.0, "{measure}");
        for year in [2023, 2024, 2025] {
            let year_alone = amounts(&|period| *period == Period::Year(year));
            let months = amounts(&|period| matches!(period, Period::Month(of, _) if *of == year));
            assert!((months - year_alone).abs() < 1e-6 * whole, "{measure} {year}: {months} {year_alone}");
        }
        let years = amounts(&|period| matches!(period, Period::Year(_)));
        assert!((years - whole).abs() < 1e-6 * whole, "{measure}: {years} {whole}");
    }
}

/// Three times as much comes in February as in January, over a line of two days: what is under way grows, and nothing queues.
#[test]
fn capacity_is_of_the_mean_of_what_was_counted() {
    let place = tempfile::tempdir().unwrap();
    let counted = "volumes = { \"2024-01\" = \"372 TEU\", \"2024-02\" = \"1044 TEU\" }";
    let text = LINE
        .replace("volume = \"1 TEU/d\"", counted)
        .replace(
            "start = \"2024-01-16\"\nwarm-up = \"15 d\"\nhorizon = \"45 d\"",
            "start = \"2024-01-01\"\nwarm-up = \"15 d\"\nhorizon = \"60 d\"",
        )
        .replace("servers = 1, time = \"0 h\"", "servers = 1, time = \"0.5 h\"")
        .replace("time = \"10 h\"", "time = \"2 d\"");
    std::fs::write(place.path().join("line.toml"), text).unwrap();
    let call = "capacity line.toml --replications 2 --format json";
    let told: serde_json::Value = serde_json::from_str(&out(&midcor(place.path(), call).success())).unwrap();
    assert_eq!(told["levelled"], serde_json::json!(["flow.demo"]));
    // 1,416 in sixty days are 23.6 a day; the gate takes 48.
    let factor = told["capacity"]["factor"].as_f64().unwrap();
    assert!((1.9..=2.3).contains(&factor), "{}", told["search"]);
}

fn some() -> ProptestConfig {
    ProptestConfig {
        cases: 12,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_101),
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(some())]

    /// One offered rate in every month, year and named period, whatever start, warm-up, length and drain.
    #[test]
    fn a_constant_flow_has_one_rate(
        first in 0..1461_i64,
        length in 3..500_u32,
        warm_up in 0..70_u32,
        drain in 0..70_u32,
        hour in 0..24_u32,
    ) {
        let day = jiff::civil::date(2022, 6, 1).saturating_add(jiff::Span::new().days(first));
        let text = LINE
            .replace("2024-01-16", &format!("{day}T{hour:02}:00:00Z"))
            .replace("\"15 d\"", &format!("\"{warm_up} d\""))
            .replace("\"45 d\"", &format!("\"{length} d\""))
            .replace("\"60 d\"", &format!("\"{drain} d\""))
            .replace("1 TEU/d", "7300 TEU/yr");
        let lab = Lab::new(&format!("{text}\n[period.winter]\nmonths = [12, 1, 2]\n"));
        let layout = Layout::of(&lab.plan);
        let results = lab.results(0..1, 1);
        let offered = rates(&results, "offered", "t/yr");
        prop_assert!(offered.len() > 1);
        for (period, offered) in offered {
            // Counts are whole: one box of 10 t more or less in each stretch of months.
            let stretches = if matches!(period, Period::Named(_)) { 3.0 } else { 1.0 };
            let off_by = 10.1 * stretches / layout.span(&period).unwrap().years;
            prop_assert!((offered - 73_000.0).abs() <= off_by, "{} {}", period, offered);
        }
    }
}

/// Expected arrivals from the clock's zero until a moment.
fn expected(rate: &[RatePiece], time: SimTime) -> f64 {
    let piece = rate.iter().rev().find(|piece| piece.start <= time);
    piece.map_or(0.0, |piece| piece.before + piece.per_ms * time.since(piece.start).ms() as f64)
}

/// Units a calendar year that a flow is expected to bring in the part of a month that lies in the horizon.
fn units_a_year(plan: &Plan, flow: &Flow, month: usize) -> Option<f64> {
    let clock = &plan.clock;
    let span = clock.span([month]);
    let (from, until) = (clock.months[month].start.max(clock.start), clock.month_end(month).min(clock.horizon_end));
    let arrivals = expected(&flow.rate, until) - expected(&flow.rate, from);
    (span.years > 0.0).then(|| arrivals * f64::from(flow.batch) * flow.mean_size / span.years)
}

#[test]
fn constant_flows_of_the_shipped_scenarios_have_one_rate_in_every_month() {
    let windows: [&[&str]; 3] = [
        &["run.start=2023-11-17T05:00+05:00", "run.warm-up=20 d", "run.horizon=400 d", "run.drain=33 d"],
        &["run.start=2024-02-29", "run.warm-up=0 d", "run.horizon=10 d", "run.drain=0 d"],
        &["run.start=2024-07-05", "run.end=2026-01-01", "run.warm-up=250 d"],
    ];
    for name in ["tutorial", "baseline-2024", "baseline-2022", "w3-benchmark"] {
        for window in windows {
            let level = "flow.*.season=[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]";
            let settings: Vec<Setting> =
                window.iter().chain([&level]).map(|text| Setting::parse(text).unwrap()).collect();
            let scenario = ScenarioReader::default().read(name, &settings).into_contents().unwrap();
            let plan = Plan::of(&scenario).unwrap();
            let yearly = |id: &str| match scenario.flow[id].volume {
                midcor::scenario::types::Volume::PerYear(units) => Some(units),
                _ => None,
            };
            for (flow, label) in
                plan.epochs[0].1.flows.iter().zip(&plan.labels.flows).filter(|(_, label)| !label.of_pool)
            {
                let spec = &scenario.flow[&label.id];
                let Some(units) = yearly(&label.id).filter(|_| spec.from_date.is_none() && spec.until_date.is_none())
                else {
                    continue;
                };
                for month in 0..plan.clock.months.len() {
                    let Some(found) = units_a_year(&plan, flow, month) else { continue };
                    assert!((found / units - 1.0).abs() < 1e-9, "{name} {window:?} {}: {found}", label.id);
                }
            }
        }
    }
}

#[test]
fn rounding_keeps_the_volume() {
    let crane = LINE
        .replace("arrivals = \"regular\"\n", "")
        .replace("tonnes-per-unit = 10", "tonnes-per-unit = 10\nwhole = true")
        .replace("\"45 d\"", "\"366 d\"")
        .replace("2024-01-16", "2024-01-01");
    for shipment in [
        "\"2.5 TEU\"",
        "\"0.3 TEU\"",
        "{ dist = \"exponential\", mean = \"0.8 TEU\" }",
        "{ dist = \"uniform\", low = \"0.6 TEU\", high = \"3.4 TEU\" }",
    ] {
        let text = crane.replace("volume = \"1 TEU/d\"", "volume = \"7884 TEU/yr\"");
        let text = text.replace("shipment = \"1 TEU\"", &format!("shipment = {shipment}"));
        let results = Lab::new(&text).results(0..10, 1);
        let row = results.catalogue.rows.iter().position(|key| {
            key.measure == Measure::Offered
                && key.subject.is_corridor()
                && key.unit == Unit::teu_per_year()
                && key.period.is_horizon()
        });
        let values: Vec<f64> = results.records.column(row.unwrap());
        let mean = values.iter().sum::<f64>() / 10.0;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 9.0;
        assert!((mean - 7884.0).abs() < 4.0 * (variance / 10.0).sqrt(), "{shipment}: {mean}");
    }
}

#[test]
fn a_timetable_carries_what_rounding_cuts_to_the_next_occasion() {
    // 1,000 boxes a year on 53 Mondays, 52 Thursdays of 2024: 9.52 on each, in whole boxes.
    let text = LINE
        .replace("arrivals = \"regular\"", "arrivals = { days = [\"mon\", \"thu\"], at = \"06:00\" }")
        .replace("tonnes-per-unit = 10", "tonnes-per-unit = 10\nwhole = true")
        .replace("1 TEU/d", "1000 TEU/yr")
        .replace("start = \"2024-01-16\"\nwarm-up = \"15 d\"\nhorizon = \"45 d\"", "horizon = \"366 d\"");
    let offered = |text: &str| rate(&Lab::new(text).results(0..1, 1), "offered", "TEU/yr", "horizon");
    assert!((offered(&text) - 1000.0).abs() <= 1.0, "{}", offered(&text));
    // Less than one at an occasion: most bring nothing, and all together what was asked for.
    let few = text.replace("1000 TEU/yr", "30 TEU/yr");
    assert!((offered(&few) - 30.0).abs() <= 1.0, "{}", offered(&few));
    // In steps of a thousandth nothing is lost.
    let fine = text.replace("whole = true", "");
    assert!((offered(&fine) - 1000.0).abs() < 0.002, "{}", offered(&fine));
}

#[test]
fn a_closure_stands_on_the_day_of_its_offset() {
    let closed_hours = |window: &str| {
        let text =
            LINE.replace("start = \"2024-01-16\"\nwarm-up = \"15 d\"\nhorizon = \"45 d\"", "horizon = \"366 d\"");
        let closure =
            format!("[closure.c]\nof = [\"node.east.facility.gate\"]\nstops = [\"handling\"]\nwindow = {window}\n");
        let results = Lab::new(&format!("{text}\n{closure}")).results(0..1, 1);
        let is_closed = |key: &RowKey| {
            key.measure == Measure::Time
                && key.subject.is_corridor()
                && key.cause == Some(Cause::Closed)
                && key.period.is_horizon()
        };
        let row = results.catalogue.rows.iter().position(is_closed).unwrap();
        // Days of the mean shipment, of which 365 came within the horizon (the first with a full gap).
        let shipments = rate(&results, "offered", "TEU/yr", "horizon");
        24.0 * shipments * results.records.column(row)[0]
    };
    // Boxes reach the gate at 10:00 UTC. Of a day of Kazakh time the one of the day before 19:00 is spared.
    let utc = closed_hours("[\"2024-02-29\", \"2024-03-01\"]");
    let kazakh = closed_hours("[\"2024-02-29T00:00+05:00\", \"2024-03-01T00:00:00+05:00\"]");
    assert!((utc - 14.0).abs() < 1e-6 && (kazakh - 9.0).abs() < 1e-6, "{utc} {kazakh}");
}

#[test]
fn flows_timelines_and_openings_keep_their_hour() {
    let text =
        LINE.replace("2024-01-16", "2024-01-01").replace("warm-up = \"15 d\"", "").replace("1 TEU/d", "24 TEU/d");
    let text = text.replace("\"45 d\"", "\"10 d\"").replace("\"60 d\"", "\"0 d\"");
    let made = |more: &str| Lab::new(&format!("{text}{more}\n")).outcome(0).flows[0].offered.count;
    // One box an hour, 10 d: what comes before the hour of the date stays away.
    assert_eq!(made(""), 239);
    assert_eq!(made("from-date = \"2024-01-09T18:00+05:00\""), 34);
    assert_eq!(made("until-date = 2024-01-01T18:00:00+05:00"), 12);
    let timeline = "\n[timeline.less]\non = \"2024-01-10T12:00Z\"\nset = { \"flow.demo.volume\" = \"0 TEU/d\" }";
    assert_eq!(made(timeline), 227);
}

#[test]
fn a_timetable_may_begin_on_a_date() {
    let text =
        LINE.replace("arrivals = \"regular\"", "arrivals = { every = \"7 d\", first = \"2024-01-18T02:00+05:00\" }");
    let plan = crate::lab::plan(&text);
    let midcor::model::Arrivals::Times(times) = &plan.epochs[0].1.flows[0].arrivals else { panic!("times") };
    let hours = times[0].time.since(plan.clock.start).hours();
    assert_eq!(hours, 24.0 + 21.0);
}
