//! The routing what-ifs: each resolves, has the choices that it is about, and moves shippers in the direction that its
//! description says.
//!
//! One simulated year of base and what-if each, and shippers who go by its times once: a direction, no equilibrium. That
//! the directions are no chance of that year is tested over twenty paired years, on demand.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use midcor::experiment::{Routes, base_terms, by_alternative};
use midcor::model::{Labels, Plan, RouteTerms};
use midcor::results::{Records, Results};
use midcor::scenario::{Embedded, ScenarioReader, embedded};
use midcor::stats::{Moments, t_half_width};

use crate::lab::Lab;

const BASE: &str = "routes-2024";
/// Of paired scenarios, and the level of their interval.
const YEARS: u64 = 20;
const LEVEL: f64 = 0.95;

#[derive(Clone, Copy, Debug)]
enum Goes {
    Up,
    Down,
    /// By less than three points: by chance, as far as one year tells.
    Hardly,
    /// No share moves by a thousandth.
    Nowhere,
}

/// What-if, choice, alternative, and where its share goes.
const LINES: &[(&str, &str, &str, Goes)] = &[
    ("northern-half-price", "china-europe", "northern-rail", Goes::Up),
    ("northern-half-price", "china-europe", "cn-eu-box-poti.poti", Goes::Down),
    ("northern-half-price", "china-caucasus", "ocean-poti", Goes::Nowhere),
    ("northern-closed", "china-europe", "northern-rail", Goes::Down),
    ("northern-closed", "china-europe", "ocean-europe", Goes::Up),
    ("ocean-suez", "china-caucasus", "ocean-poti", Goes::Up),
    ("ocean-suez", "china-caucasus", "cn-az-box.altynkol", Goes::Down),
    ("ocean-dear", "china-caucasus", "ocean-poti", Goes::Down),
    ("ocean-dear", "china-turkey", "cn-tr-box.kars", Goes::Up),
    ("kuryk-two-ferries", "metals-poti", "kz-metals-poti", Goes::Up),
    ("kuryk-two-ferries", "grain-azerbaijan", "kz-grain-az-ship.kuryk", Goes::Up),
    ("aktau-two-feeders", "china-caucasus", "cn-az-box.altynkol", Goes::Up),
    ("turkmenbashi-cheaper", "uzbek-goods", "uz-general-poti.turkmenbashi", Goes::Up),
    ("dostyk-second-track", "china-caucasus", "cn-az-box.dostyk", Goes::Hardly),
    ("kars-line-5-mt", "china-turkey", "cn-tr-box.kars", Goes::Hardly),
    ("zangezur", "china-turkey", "cn-tr-box.zangezur", Goes::Up),
    ("gyumri-kars", "china-turkey", "cn-tr-box.gyumri", Goes::Up),
    ("anaklia", "china-europe", "cn-eu-box-poti.anaklia", Goes::Up),
    ("bakhty-ayagoz", "china-caucasus", "cn-az-box.bakhty", Goes::Up),
    ("hormuz-shut", "china-iran", "ocean-gulf", Goes::Down),
    ("hormuz-shut", "china-iran", "cn-ir-box", Goes::Up),
    ("hormuz-shut", "china-caucasus", "ocean-poti", Goes::Down),
    ("hormuz-shut", "china-europe", "northern-rail", Goes::Up),
    ("kuryk-boxes", "china-caucasus", "cn-az-box.kuryk", Goes::Up),
    ("aktau-two-dry-ships", "grain-azerbaijan", "kz-grain-az-ship.alat", Goes::Up),
    ("kuryk-two-ferries", "uzbek-goods", "uz-general-poti.kuryk", Goes::Up),
    ("poti-feeder-twice", "china-europe", "cn-eu-box-poti.poti", Goes::Up),
    ("batumi-feeder-twice", "china-europe", "cn-eu-box-poti.batumi", Goes::Up),
    ("kars-line-5-mt", "metals-turkey", "kz-metals-tr.kars", Goes::Hardly),
    ("kuryk-two-ropax", "trucks-uzbekistan", "tr-truck-uz.kuryk", Goes::Up),
    ("turkmenbashi-two-ropax", "trucks-uzbekistan", "tr-truck-uz.turkmenbashi", Goes::Up),
    ("altynkol-gauge-one-hour", "china-caucasus", "cn-az-box.altynkol", Goes::Hardly),
    ("ocean-cape-cheap", "china-europe", "ocean-europe", Goes::Up),
    ("ocean-cape-cheap", "china-europe", "northern-rail", Goes::Down),
    ("makhachkala-shut", "crude-aktau", "kz-crude-other", Goes::Up),
    ("cpc-dearer", "crude-tengiz", "kz-crude-tengiz", Goes::Up),
];

/// What is shut, without and with switching under way.
const SHOCKS: [[&str; 2]; 2] = [["khorgos-shut", "khorgos-shut-rerouted"], ["kuryk-shut", "kuryk-shut-rerouted"]];

struct Year {
    labels: Labels,
    results: Results,
}

impl Year {
    fn of(name: &str) -> Self {
        Self::several(name, 1)
    }

    fn several(name: &str, years: u64) -> Self {
        let mut reading = ScenarioReader::default().read(name, &[]);
        let findings = reading.rendered();
        let scenario = reading.scenario.take().unwrap_or_else(|| panic!("{findings}"));
        let plan = Plan::of(&scenario).unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
        let labels = plan.labels.clone();
        Self { labels, results: Lab::of_plan(plan).results(0..years, 2) }
    }

    /// Shares by choice and alternative, where shippers go once by the times of these of its years, and of the same of the
    /// base.
    fn shares(&self, base: &Self, years: Range<usize>) -> Vec<Vec<f64>> {
        let of = |results: &Results| {
            let records = results.records.iter().skip(years.start).take(years.len());
            Records::from(records.map(Cow::into_owned).collect::<Vec<_>>())
        };
        let of_base = &of(&base.results);
        let base: Vec<Vec<RouteTerms>> = base_terms(&base.results.catalogue, of_base, &base.labels, &self.labels);
        let mut routes = Routes::new(&self.labels.choices, &base, &base);
        routes.see(&by_alternative(&self.results.catalogue, &of(&self.results), &self.labels));
        routes.chosen.shares
    }

    /// Where an alternative of a choice stands.
    fn place(&self, choice: &str, alternative: &str) -> (usize, usize) {
        let at = self.labels.choices.iter().position(|label| label.id == choice).unwrap();
        let alternatives = &self.labels.choices[at].alternatives;
        (at, alternatives.iter().position(|one| one.name == alternative).unwrap())
    }
}

fn base() -> &'static Year {
    static YEAR: OnceLock<Year> = OnceLock::new();
    YEAR.get_or_init(|| Year::of(BASE))
}

fn names() -> BTreeSet<&'static str> {
    embedded().iter().map(Embedded::name).filter_map(|name| name.strip_prefix("routing/")).collect()
}

#[test]
fn shippers_move_as_the_descriptions_say() {
    let mut wrong = Vec::new();
    for name in names() {
        let year = Year::of(&format!("routing/{name}"));
        let shares = year.shares(base(), 0..1);
        for (_, choice, alternative, goes) in LINES.iter().filter(|line| line.0 == name) {
            let (at, place) = year.place(choice, alternative);
            let (before, after) = (year.labels.choices[at].alternatives[place].share, shares[at][place]);
            let holds = match goes {
                Goes::Up => after > before,
                Goes::Down => after < before,
                // What chance makes of one year; twenty have to stay within three points.
                Goes::Hardly => (after - before).abs() < 0.1,
                Goes::Nowhere => (after - before).abs() < 0.001,
            };
            if !holds {
                wrong.push(format!("{name}: {choice}, {alternative} goes from {before} to {after}, not {goes:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same over paired years: what-if and base of one year are one scenario, and the interval is that of their differences.
///
/// `cargo test --release --test it -- --ignored --nocapture directions_hold_over_paired_years`
#[test]
#[ignore = "simulates 20 years of each routing what-if"]
fn directions_hold_over_paired_years() {
    let base = Year::several(BASE, YEARS);
    let mut wrong = Vec::new();
    for name in names().into_iter().filter(|name| LINES.iter().any(|line| line.0 == *name)) {
        let years = Year::several(&format!("routing/{name}"), YEARS);
        let shares: Vec<_> = (0..YEARS as usize).map(|year| years.shares(&base, year..year + 1)).collect();
        for (_, choice, alternative, goes) in LINES.iter().filter(|line| line.0 == name) {
            let (at, place) = years.place(choice, alternative);
            let before = years.labels.choices[at].alternatives[place].share;
            let moves: Vec<f64> = shares.iter().map(|year| year[at][place] - before).collect();
            let moves = Moments::of(&moves);
            let (mean, half_width) = (moves.mean().unwrap(), t_half_width(YEARS, moves.sd().unwrap(), LEVEL).unwrap());
            let (low, high) = (mean - half_width, mean + half_width);
            let line = format!(
                "{name:26} {choice:20} {alternative:30} {:6.2} % {:+8.3} ± {:.3} points, {goes:?}",
                100.0 * before,
                100.0 * mean,
                100.0 * half_width
            );
            eprintln!("{line}");
            let holds = match goes {
                Goes::Up => low > 0.0,
                Goes::Down => high < 0.0,
                Goes::Hardly => low > -0.03 && high < 0.03,
                Goes::Nowhere => low > -0.001 && high < 0.001,
            };
            if !holds {
                wrong.push(line);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_routing_what_if_has_a_line() {
    let told: BTreeSet<&str> = LINES.iter().map(|line| line.0).chain(SHOCKS.into_iter().flatten()).collect();
    assert_eq!(told, names());
}

#[test]
fn every_routing_what_if_says_what_it_rests_on() {
    let unsaid: Vec<&str> = embedded()
        .iter()
        .filter(|file| file.name().starts_with("routing/"))
        .filter(|file| !file.text.contains("grade = "))
        .map(Embedded::name)
        .collect();
    assert!(unsaid.is_empty(), "{unsaid:?} name no grade");
}

/// What is shut for four weeks: with switching under way, the flows that may switch take fewer days together, and no less
/// arrives.
#[test]
fn switching_under_way_spares_days_where_something_is_shut() {
    const FLOWS: [&[&str]; 2] =
        [&["cn-az-box"], &["kz-metals-poti", "kz-metals-poti-ship", "kz-fertiliser-batumi", "kz-fertiliser-ship"]];
    for ([without, with], flows) in SHOCKS.into_iter().zip(FLOWS) {
        let years = [without, with].map(|name| Year::several(&format!("routing/{name}"), 5));
        let together = |year: &Year, measure: &str| -> f64 {
            let of = |flow: &&str| {
                let subject = format!("flow.{flow}");
                mean(&year.results, measure, &subject, "d") * mean(&year.results, "carried", &subject, "t/yr")
            };
            flows.iter().map(of).sum()
        };
        let carried = |year: &Year| -> f64 {
            flows.iter().map(|flow| mean(&year.results, "carried", &format!("flow.{flow}"), "t/yr")).sum()
        };
        let [days, days_with] = [&years[0], &years[1]].map(|year| together(year, "transit_time") / carried(year));
        assert!(days_with < days, "{with}: {days_with} d and {days} d without");
        assert!(carried(&years[1]) > 0.98 * carried(&years[0]), "{with}: less arrives");
        let switched = mean(&years[1].results, "switched_share", &format!("flow.{}", flows[0]), "1");
        assert!(switched > 0.005, "{with}: {switched} of {} switch", flows[0]);
    }
}

fn mean(results: &Results, measure: &str, subject: &str, unit: &str) -> f64 {
    let summary = results.summary();
    let is_row = |key: &midcor::results::RowKey| {
        (key.measure.word(), key.subject.as_str(), key.unit.to_string().as_str()) == (measure, subject, unit)
            && key.period.is_horizon()
            && key.place.is_none()
    };
    let row = summary.rows.iter().find(|row| is_row(&row.key));
    row.and_then(|row| row.mean).unwrap_or_else(|| panic!("no {measure} of {subject}"))
}
