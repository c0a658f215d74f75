//! The corridor's what-ifs: each resolves, touches what it names, and moves the measure that it is about in the direction
//! that its description says, in the same simulated years as its base.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use midcor::compile::Dated;
use midcor::engine::Limits;
use midcor::experiment::{Cancel, Job, Quiet, replicate};
use midcor::model::Plan;
use midcor::random::Domain;
use midcor::results::{Catalogue, Layout, Record, Records};
use midcor::scenario::{ScenarioReader, embedded};

/// Simulated years. They are the same for base and what-if, so that few tell a direction.
const YEARS: u64 = 3;
/// January to May.
const TO_MAY: [&str; 5] = ["2022-01", "2022-02", "2022-03", "2022-04", "2022-05"];

/// What a description promises.
#[derive(Clone, Copy, Debug)]
enum Moves {
    /// Up in every year.
    Up,
    /// Down in every year.
    Down,
    /// Nowhere: equal in every year.
    Nowhere,
    /// By between so much and so much in the mean.
    By(f64, f64),
    /// To so many times the base in the mean.
    Times(f64, f64),
}

use Moves::{By, Down, Nowhere, Times, Up};

/// A what-if, the measure and subject that it is about, and where that goes.
type Line = (&'static str, &'static str, &'static str, Moves);

const SHIPS: &[Line] = &[
    ("azerbaijani-ships", "section_time", "section.aktau-alat", Down),
    ("asco-hulls-moved", "section_time", "section.kuryk-alat-wagons", Down),
    ("asco-hulls-moved", "transit_time", "flow.tm-wagons-west", Up),
    ("ferries-timetable", "section_time", "section.kuryk-alat-wagons", Up),
    ("ferries-timetable", "section_time", "section.kuryk-alat", Up),
    ("ferries-timetable", "missed_departures", "fleet.kuryk-alat-rail-ferry", Up),
    ("ferries-when-full", "load_factor", "fleet.kuryk-alat-rail-ferry", Up),
    ("ferries-when-full", "load_factor", "fleet.kuryk-alat-ropax", Up),
    ("ferries-longest-wait", "load_factor", "fleet.kuryk-alat-rail-ferry", Up),
    ("ferries-longest-wait", "load_factor", "fleet.kuryk-alat-ropax", Up),
    ("aktau-dredging", "left_behind", "fleet.aktau-sangachal-tanker", Down),
    ("aktau-dredging", "left_behind", "fleet.aktau-alat-dry", Times(0.6, 0.97)),
    ("aktau-dredging", "throughput", "cargo.crude-oil", Times(0.99, 1.01)),
];

const LAND: &[Line] = &[
    ("joint-venture", "section_time", "section.alat-poti", Down),
    ("azerbaijan-locomotives", "utilisation", "pool.ady-locomotives", Down),
    ("azerbaijan-locomotives", "section_time", "section.alat-poti", Nowhere),
    ("box-stock", "acceptance_wait", "flow.cn-az-box", Up),
    ("box-stock", "section_time", "section.aktau-altynkol", Up),
    ("one-stop", "border_time", "section.altynkol-poti", Down),
    ("one-stop-fibre", "border_time", "section.altynkol-poti", Down),
    ("btk-5-mt", "waiting_time", "link.marabda-akhalkalaki", Down),
    ("btk-5-mt", "transit_time", "flow.btk-other", Down),
    ("alat-phase-2", "waiting_time", "node.alat.facility.container-crane", Down),
    ("aktau-container-hub", "waiting_time", "node.aktau.facility.container-crane", Down),
    ("darbaza-maktaaral", "utilisation", "node.saryagash.facility.exit-customs", Down),
    ("trains-for-ships", "section_time", "section.aktau-alat", Down),
    ("trains-for-ships", "acceptance_wait", "flow.cn-az-box", Up),
    ("dostyk-mointy", "speed_without_delay", "flow.cn-az-box-dostyk", Up),
];

const DEMAND: &[Line] = &[
    ("oil-1500-kt", "throughput", "cargo.crude-oil", By(370e3, 470e3)),
    ("oil-2200-kt", "throughput", "cargo.crude-oil", By(1070e3, 1170e3)),
    ("cereals-azerbaijan", "throughput", "cargo.grain", By(90e3, 180e3)),
    ("hundred-export-items", "throughput", "corridor", By(200e3, 400e3)),
    ("trade-billion", "throughput", "corridor", By(300e3, 500e3)),
    ("package-2030", "throughput", "corridor", Times(2.85, 3.05)),
    ("package-2030", "section_time", "section.altynkol-poti", Down),
];

const NATURE: &[Line] = &[
    ("caspian-lower-25-cm", "deck_factor", "fleet.aktau-makhachkala-tanker", Times(0.93, 0.998)),
    ("caspian-lower-50-cm", "voyages", "fleet.aktau-sangachal-tanker", Up),
    ("caspian-lower-50-cm", "section_time", "section.aktau-alat", Up),
    ("caspian-lower-100-cm", "voyages", "fleet.aktau-sangachal-tanker", Up),
    ("caspian-lower-100-cm", "section_time", "section.aktau-alat", Up),
    ("stormy-year", "section_time", "section.aktau-alat", By(0.1, 6.0)),
    ("stormy-year", "throughput", "corridor", Times(0.97, 1.03)),
    ("aktau-closed", "section_time", "section.aktau-alat", By(0.05, 6.0)),
];

/// Over the seven years of the outlook.
const OUTLOOK: &[Line] = &[
    ("caspian-falls-faster", "section_time", "section.altynkol-poti", Up),
    // It departs from the outlook in its last two years alone: three replications of seven years tell no more than this.
    ("caspian-falls-until-2028", "section_time", "section.altynkol-poti", By(-30.0, 5.0)),
];

/// One scenario simulated.
struct Simulated {
    catalogue: Arc<Catalogue>,
    records: Records,
}

impl Simulated {
    fn of(name: &str) -> Self {
        let scenario = ScenarioReader::default().read(name, &[]).into_contents().unwrap();
        let first = std::iter::once((scenario.run.start, &scenario));
        let epochs: Vec<_> =
            first.chain(scenario.at_dates()).map(|(date, scenario)| Dated { date, scenario }).collect();
        let plan = Plan::compile(&epochs).unwrap();
        let layout = Layout::of(&plan);
        let job = Job {
            plan: &plan,
            seed: scenario.run.seed,
            replications: 0..YEARS,
            domain: Domain::Production,
            threads: 1,
            limits: Limits::default(),
        };
        let turn = |number: u64, outcome: &midcor::engine::Outcome| Record::of(&layout, number as u32, outcome);
        let mut records = Records::default();
        let keep = |record: &Record| records.push(record.clone());
        replicate(&job, turn, keep, &Quiet, &Cancel::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        Self { catalogue: Arc::clone(layout.catalogue()), records }
    }

    /// One scenario for all tests, simulated once.
    fn base(name: &'static str) -> Arc<Self> {
        static BASES: OnceLock<Mutex<BTreeMap<&'static str, Arc<Simulated>>>> = OnceLock::new();
        let mut bases = BASES.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(bases.entry(name).or_insert_with(|| Arc::new(Self::of(name))))
    }

    /// A measure by year.
    fn by_year(&self, measure: &str, subject: &str, period: &str) -> Vec<f64> {
        let row = self.catalogue.rows.iter().position(|row| {
            (row.measure.word(), row.subject.as_str(), &*row.period.text()) == (measure, subject, period)
                && row.place.is_none()
                && row.cause.is_none()
        });
        let row = row.unwrap_or_else(|| panic!("there is no {measure} of {subject} in {period}"));
        self.records.column(row)
    }
}

/// Whether the years keep a promise.
fn holds(moves: Moves, base: &[f64], what_if: &[f64]) -> bool {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let mut years = base.iter().zip(what_if);
    match moves {
        Up => years.all(|(base, what_if)| what_if > base),
        Down => years.all(|(base, what_if)| what_if < base),
        Nowhere => years.all(|(base, what_if)| what_if.to_bits() == base.to_bits()),
        By(low, high) => (low..=high).contains(&(mean(what_if) - mean(base))),
        Times(low, high) => (low..=high).contains(&(mean(what_if) / mean(base))),
    }
}

/// Simulates each what-if of a table once and asks for all its lines.
fn check(base: &'static str, table: &[Line]) {
    let base = Simulated::base(base);
    let mut broken = String::new();
    for lines in table.chunk_by(|one, next| one.0 == next.0) {
        let what_if = Simulated::of(&format!("what-if/{}", lines[0].0));
        for &(name, measure, subject, moves) in lines {
            let (before, after) =
                (base.by_year(measure, subject, "horizon"), what_if.by_year(measure, subject, "horizon"));
            if !holds(moves, &before, &after) {
                let _ = writeln!(broken, "{name}: {measure} of {subject} should go {moves:?}: {before:?} → {after:?}");
            }
        }
    }
    assert!(broken.is_empty(), "{broken}");
}

#[test]
fn ships_move_what_they_are_about() {
    check("baseline-2024", SHIPS);
}

#[test]
fn railways_borders_and_cranes_move_what_they_are_about() {
    check("baseline-2024", LAND);
}

#[test]
fn demand_is_carried() {
    check("baseline-2024", DEMAND);
}

#[test]
fn water_storms_and_a_closed_port_move_what_they_are_about() {
    check("baseline-2024", NATURE);
    let (base, shut) = (Simulated::base("baseline-2024"), Simulated::of("what-if/aktau-closed"));
    let november = |run: &Simulated| run.by_year("throughput", "corridor", "2024-11");
    assert!(holds(Down, &november(&base), &november(&shut)));
}

#[test]
fn a_faster_and_a_slower_fall_of_the_water_move_the_outlook() {
    check("outlook-2030", OUTLOOK);
}

/// Papers that cross the sea take something off border time that one-stop service on land leaves.
#[test]
fn the_fibre_line_adds_to_one_stop_service() {
    check("what-if/one-stop", &[("one-stop-fibre", "border_time", "cargo.containers", Down)]);
}

/// Observed: over 1 Mt, 64 % more than in the same months of 2022.
#[test]
fn the_jump_of_2023_comes_out() {
    let (base, jump) = (Simulated::of("baseline-2022"), Simulated::of("what-if/jump-2023"));
    let to_may = |run: &Simulated| -> f64 {
        let rates = TO_MAY.iter().flat_map(|month| run.by_year("throughput", "corridor", month));
        rates.sum::<f64>() / YEARS as f64 / 12.0
    };
    let (before, after) = (to_may(&base), to_may(&jump));
    assert!((1.5..1.75).contains(&(after / before)), "{before} → {after}");
    assert!((0.9e6..1.1e6).contains(&after), "{after}");
}

/// What there is, without the folder.
fn there() -> BTreeSet<&'static str> {
    embedded().iter().filter_map(|file| file.name().strip_prefix("what-if/")).collect()
}

#[test]
fn each_what_if_is_asked() {
    let tables = [SHIPS, LAND, DEMAND, NATURE, OUTLOOK];
    let mut asked: BTreeSet<&str> = tables.iter().flat_map(|table| table.iter().map(|line| line.0)).collect();
    asked.insert("jump-2023");
    assert_eq!(asked, there());
}

#[test]
fn each_what_if_resolves_touches_something_and_says_what_it_is() {
    for name in there() {
        let reading = ScenarioReader::default().read(&format!("what-if/{name}"), &[]);
        assert!(reading.diagnostics.is_empty(), "{name}: {}", reading.rendered());
        for change in &reading.changes {
            assert!(change.touched > 0, "{name}: {}", change.path);
        }
        let scenario = reading.scenario.unwrap();
        assert!(scenario.description.len() > 100, "{name} does not say what it represents");
        assert!(scenario.measure.is_some(), "{name} does not say whose measure it is");
        // By its short name too, and with the base's own name as what it extends.
        assert_eq!(scenario, ScenarioReader::default().read(name, &[]).scenario.unwrap());
        let over = format!("schema = 1\ntitle = \"On top\"\nextends = \"what-if/{name}\"\n");
        let on_top = ScenarioReader::default().read_text(&over, "on-top", &[]);
        assert!(on_top.diagnostics.is_empty(), "{name}: {}", on_top.rendered());
    }
}

#[test]
fn what_ifs_that_need_or_exclude_others_name_what_there_is() {
    let there = there();
    for name in &there {
        let measure = ScenarioReader::default().read(name, &[]).scenario.unwrap().measure.unwrap();
        for other in measure.requires.iter().chain(&measure.excludes) {
            assert!(there.contains(other.as_str()), "{name} names {other}");
        }
    }
}
