//! A plan and outcomes made up for tests: three flows from Altynkol to Poti with a sea crossing.

use std::ops::Range;
use std::sync::Arc;

use super::files;
use super::{Kept, Layout, Manifest, Materiality, Results, Run, ScenarioIdentity, Window};
use crate::engine::outcome::{
    Amount, Bill, FleetTally, FlowTally, Journey, LegTally, LineTally, Loading, MonthUse, Outcome, Passage, PoolTally,
    Queue, RouteTally, StationTally, Stay, StorageTally, Waits,
};
use crate::ids::{CargoId, CellId, FleetId, FlowId, LegId, LinkId, NodeId, PlaceId, RouteId, SectionId};
use crate::model::{
    BerthTime, Call, Cargo, CellLabel, Clock, Fleet, FleetLabel, FleetPrices, FlowLabel, Labels, LinkLabel, Meters,
    Model, Month, Plan, PoolLabel, Prices, RouteCharge, RouteLabel, SectionLabel, StationLabel,
};
use crate::random::{StreamId, mix64};
use crate::units::{Duration, Kilometres, Mass, SimTime, Size};
use crate::words::{Cause, Statistic, Subject, SubjectKind};

/// The text of which the results are said to be.
pub(crate) const SCENARIO: &str = "schema = 1\ntitle = \"A\"\n[run]\nseed = 1\nreplications = 5\n";

const NODES: [(&str, &str, &str, f64, f64); 6] = [
    ("altynkol", "Altynkol", "KZ", 44.2, 80.3),
    ("aktau", "Aktau", "KZ", 43.6, 51.2),
    ("alat", "Alat", "AZ", 39.9, 49.4),
    ("boyuk-kesik", "Böyük Kəsik", "AZ", 41.2, 45.4),
    ("tbilisi", "Tbilisi", "GE", 41.7, 44.9),
    ("poti", "Poti", "GE", 42.1, 41.7),
];
const LINKS: [(&str, &str, f64); 5] = [
    ("altynkol-aktau", "rail", 3100.0),
    ("aktau-alat", "sea", 470.0),
    ("alat-boyuk-kesik", "rail", 430.0),
    ("boyuk-kesik-tbilisi", "rail", 60.0),
    ("tbilisi-poti", "rail", 320.0),
];
const CARGOES: [(&str, &str, i64); 4] =
    [("boxes", "TEU", 14_000), ("grain", "t", 1_000), ("metals", "wagon", 65_000), ("empty-wagons", "wagon", 0)];
const MONTHS: usize = 15;
const MONTH_DAYS: [i64; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FACILITIES: [(usize, &str, &str); 9] = [
    (0, "gauge", "gauge-change"),
    (0, "customs", "customs"),
    (1, "crane", "crane"),
    (1, "berth", "berth"),
    (2, "crane", "crane"),
    (2, "customs", "customs"),
    (3, "border", "border"),
    (4, "yard", "yard"),
    (5, "crane", "crane"),
];

/// A uniform number that a test can repeat.
fn uniform(seed: u64) -> f64 {
    (mix64(seed) >> 12) as f64 / (1_u64 << 52) as f64
}

pub(crate) fn plan() -> Plan {
    let cargoes = CARGOES.map(|cargo| Cargo { mass_per_unit: Mass::from_kg(cargo.2), whole: false });
    let model = Model { cargoes: cargoes.to_vec(), fleets: vec![fleet()], ..Model::default() };
    Plan {
        clock: clock(),
        epochs: vec![(SimTime::ZERO, with_stations(model))],
        meters: Meters::default(),
        labels: labels(),
        reroutes: crate::model::Reroutes::default(),
        remarks: Vec::new(),
    }
}

fn with_stations(mut model: Model) -> Model {
    let distribution = || crate::random::Distribution::constant(1.0).expect("a constant");
    let cell = CellId::new(0);
    let cells =
        crate::model::StationCells { service: cell, wait: cell, hours: cell, closed: cell, down: cell, space: cell };
    let station = crate::model::Station {
        servers: Some(2),
        service: crate::model::Service::Time(distribution()),
        per: crate::model::Customer::Body,
        share: 1.0,
        advance: 0.0,
        sets: None,
        recognises: 0,
        hours: None,
        room: None,
        diverts: false,
        failure: None,
        held: false,
        stream: StreamId::of("station"),
        share_stream: StreamId::of("share"),
        cells,
    };
    model.stations = vec![station; FACILITIES.len()];
    model
}

fn fleet() -> Fleet {
    let call = |node: usize| Call {
        node: NodeId::new(node),
        node_stream: StreamId::of("port"),
        stations: Vec::new(),
        berths: Vec::new(),
        moors: Vec::new(),
        cranes: Vec::new(),
        load: BerthTime::None,
        unload: BerthTime::None,
        departs: Vec::new(),
        leg: LegId::new(node - 1),
        lines: vec![0],
        ever_loads: true,
        timetable: None,
        wait_berth: CellId::new(0),
        handling: CellId::new(0),
    };
    Fleet {
        calls: vec![call(1), call(2)],
        vessels: Vec::new(),
        in_service: 2,
        room_per_milli: Vec::new(),
        min_load: 1.0,
        max_wait: None,
        max_idle: None,
        priority: 2,
        failure: None,
        sailing_stream: StreamId::of("sailing"),
    }
}

/// A year from 1 January after a month and a half of warm-up, and a drain of 45 days.
fn clock() -> Clock {
    let start = SimTime::ZERO.after(Duration::from_days(45.0));
    let mut months = Vec::new();
    let mut from = SimTime::from_ms(-17 * 86_400_000);
    for index in 0..MONTHS {
        let calendar = (index + 10) % 12;
        months.push(Month {
            start: from,
            year: if index < 2 { 2023 } else { 2024 + (index as i16 - 2) / 12 },
            month0: calendar as u8,
        });
        let length = if index < 2 { [31, 31][index] } else { MONTH_DAYS[calendar] };
        from = from.after(Duration::from_days(length as f64));
    }
    let horizon_end = start.after(Duration::from_days(365.0));
    Clock { start, horizon_end, end: horizon_end.after(Duration::from_days(45.0)), months }
}

fn labels() -> Labels {
    let mut labels = Labels {
        nodes: NODES.map(|node| node.0.to_owned()).to_vec(),
        node_names: NODES.map(|node| node.1.to_owned()).to_vec(),
        countries: NODES.map(|node| Some(node.2.to_owned())).to_vec(),
        positions: NODES.map(|node| Some((node.3, node.4))).to_vec(),
        cargoes: CARGOES.map(|cargo| (cargo.0.to_owned(), cargo.1.to_owned())).to_vec(),
        cargo_values: vec![(3000.0, 4.0), (250.0, 0.3), (900.0, 0.8), (0.0, 0.0)],
        lines: [0, 2, 3, 4].map(LinkId::new).to_vec(),
        pools: vec![PoolLabel { id: "flat-wagons".to_owned() }],
        storages: vec![(Subject::at("node.aktau.storage.boxes"), 3000.0, "TEU".to_owned())],
        gates: vec![Subject::at("closure.aktau-wind")],
        bans: vec!["aktau-grain".to_owned()],
        periods: vec![("winter".to_owned(), vec![12, 1, 2])],
        legs: vec![(LinkId::new(1), NodeId::new(1), NodeId::new(2)), (LinkId::new(1), NodeId::new(2), NodeId::new(1))],
        ..Labels::default()
    };
    labels.links = LINKS.iter().enumerate().map(|(index, link)| link_label(index, link)).collect();
    labels.stations = FACILITIES.iter().map(station_label).collect();
    labels.flows = (0..4).map(flow_label).collect();
    labels.routes = (0..4).map(route_label).collect();
    labels.prices = vec![prices()];
    labels.sections = [("altynkol-poti", 0, 5), ("aktau-alat", 1, 2), ("alat-poti", 2, 5)]
        .iter()
        .enumerate()
        .map(|(index, &(id, from, to))| SectionLabel {
            id: id.to_owned(),
            ends: (NodeId::new(from), NodeId::new(to)),
            until_leaves: false,
            deadline: (index == 0).then(|| Duration::from_days(25.0)),
            index: SectionId::new(index),
        })
        .collect();
    labels.headline = Some((SectionId::new(0), Statistic::P50));
    labels.fleets = vec![FleetLabel {
        id: "feeder".to_owned(),
        index: FleetId::new(0),
        operator: Some("KMTF".to_owned()),
        countries: vec![vec![("KZ".to_owned(), 1.0)]; 2],
        room_per_unit: vec![1.0; 4],
        kilometres: vec![480.0; 2],
        capacity: (200.0, "TEU".to_owned()),
    }];
    let stations = labels.stations.iter().map(|station| station.path.clone());
    labels.queues = stations.chain(["pool.flat-wagons", "link.aktau-alat.from.aktau"].map(Subject::at)).collect();
    add_cells(&mut labels);
    labels
}

fn add_cells(labels: &mut Labels) {
    let mut add = |place: Subject, causes: &[Cause]| {
        labels.places.push(place);
        let place = PlaceId::new(labels.places.len() - 1);
        labels.cells.extend(causes.iter().map(|&cause| CellLabel { place, cause }));
    };
    for &(id, mode, _) in &LINKS {
        let sea = [Cause::Sailing, Cause::WaitBerth];
        let rail = [Cause::Running, Cause::WaitPath];
        add(Subject::of(SubjectKind::Link, id), if mode == "sea" { &sea } else { &rail });
    }
    for &(node, id, kind) in &FACILITIES {
        let service = match kind {
            "customs" => Cause::Customs,
            "border" => Cause::Border,
            "gauge-change" => Cause::GaugeChange,
            _ => Cause::Handling,
        };
        add(
            Subject::of(SubjectKind::Node, format_args!("{}.facility.{id}", NODES[node].0)),
            &[service, Cause::WaitServer],
        );
    }
    add(Subject::at("node.aktau"), &[Cause::WaitVessel, Cause::Closed, Cause::Ban]);
    add(Subject::at("node.tbilisi"), &[Cause::Unexplained]);
    add(Subject::at("pool.flat-wagons"), &[Cause::WaitPool]);
    let is_at_border =
        |place: &Subject| ["gauge", "customs", "border"].iter().any(|kind| place.as_str().ends_with(kind));
    labels.border = labels.cells.iter().map(|cell| is_at_border(&labels.places[cell.place.index()])).collect();
}

fn link_label(index: usize, &(id, mode, length): &(&str, &'static str, f64)) -> LinkLabel {
    LinkLabel {
        id: id.to_owned(),
        ends: (NodeId::new(index), NodeId::new(index + 1)),
        mode,
        length: Some(Kilometres::new(length)),
        shape: Vec::new(),
        paths_per_day: (mode == "rail").then_some(12.0),
        operator: None,
    }
}

fn station_label(&(node, id, kind): &(usize, &str, &'static str)) -> StationLabel {
    StationLabel {
        path: Subject::of(SubjectKind::Node, format_args!("{}.facility.{id}", NODES[node].0)),
        node: NodeId::new(node),
        kind,
        vessels: kind == "berth",
    }
}

fn flow_label(flow: usize) -> FlowLabel {
    FlowLabel {
        id: ["cn-boxes", "kz-grain", "kz-metals", "pool.flat-wagons.return"][flow].to_owned(),
        cargo: CargoId::new(flow),
        counted: flow < 3,
        of_pool: flow == 3,
        stock: false,
        tags: vec![("direction".to_owned(), if flow == 3 { "east" } else { "west" }.to_owned())],
        deadline: (flow == 0).then(|| Duration::from_days(25.0)),
        response: None,
        routes: vec![RouteId::new(flow)],
    }
}

fn prices() -> Prices {
    let of_fleet = FleetPrices {
        usd_per_unit: vec![vec![400.0, 300.0], vec![15.0, 15.0], vec![900.0, 900.0], vec![0.0, 0.0]],
        grams_per_unit: vec![vec![50_000.0; 2]; 4],
    };
    Prices {
        from: SimTime::ZERO,
        routes: (0..4).map(charges).collect(),
        fleets: vec![of_fleet],
        meters: Vec::new(),
        dues: Vec::new(),
    }
}

fn charges(flow: usize) -> Vec<RouteCharge> {
    vec![
        RouteCharge {
            operator: Some("KTZ".to_owned()),
            country: "KZ".to_owned(),
            usd_per_unit: [1200.0, 40.0, 3000.0, 0.0][flow],
            border: false,
            tonne_km_per_unit: 14_000.0,
            grams_per_unit: 600_000.0,
        },
        RouteCharge {
            operator: Some("ADY".to_owned()),
            country: "AZ".to_owned(),
            usd_per_unit: 10.0,
            border: true,
            tonne_km_per_unit: 7_000.0,
            grams_per_unit: 300_000.0,
        },
    ]
}

fn route_label(flow: usize) -> RouteLabel {
    RouteLabel {
        flow: FlowId::new(flow),
        id: "only".to_owned(),
        nodes: (0..NODES.len()).map(NodeId::new).collect(),
        links: (0..LINKS.len()).map(LinkId::new).collect(),
        borders: vec![0, 2, 3],
        grams_per_unit: 900_000.0,
        usd_per_unit: 0.0,
        length: Kilometres::new(LINKS.iter().map(|link| link.2).sum()),
        free_flow_ms: 9.0 * 86.4e6,
    }
}

/// An outcome whose books and times hold together.
pub(crate) fn outcome(replication: u32) -> Outcome {
    let labels = labels();
    let mut outcome = Outcome {
        time: vec![vec![0; labels.cells.len()]; 4],
        section_time: vec![vec![0; labels.cells.len()]; 3],
        flows: vec![FlowTally::default(); 4],
        routes: vec![RouteTally::default(); 4],
        ..Outcome::default()
    };
    for flow in 0..3 {
        for number in 0..[400, 300, 200][flow] {
            shipment(&mut outcome, &labels, flow, u64::from(replication) << 32 | (flow as u64) << 20 | number);
        }
    }
    tallies(&mut outcome, &labels, u64::from(replication));
    outcome
}

fn shipment(outcome: &mut Outcome, labels: &Labels, flow: usize, seed: u64) {
    let year = uniform(seed ^ 1) * 365.0;
    let made = SimTime::ZERO.after(Duration::from_days(45.0 + year));
    let units = [60.0, 1500.0, 12.0][flow] * (1.0 + 0.4 * libm::cos(year / 58.0));
    let size = Size::from_units(units);
    let mass = Mass::from_kg(size.milli() * CARGOES[flow].2 / 1000);
    let mut total = Duration::ZERO;
    let (mut part, mut border, mut at_borders) = ([Duration::ZERO; 3], [Duration::ZERO; 3], Duration::ZERO);
    for (cell, label) in labels.cells.iter().enumerate() {
        let time = spell(label.cause, seed ^ ((cell as u64) << 8));
        total += time;
        at_borders += if labels.border[cell] { time } else { Duration::ZERO };
        outcome.time[flow][cell] += i128::from(time.ms()) * i128::from(mass.kg());
        for section in sections_at(labels.places[label.place.index()].as_str()) {
            part[section] += time;
            border[section] += if labels.border[cell] { time } else { Duration::ZERO };
            outcome.section_time[section][cell] += i128::from(time.ms()) * i128::from(mass.kg());
        }
    }
    let flow_id = FlowId::new(flow);
    let acceptance = Duration::from_hours(6.0 * uniform(seed ^ 3));
    outcome.journeys.push(Journey {
        flow: flow_id,
        route: RouteId::new(flow),
        made,
        time: total,
        acceptance,
        border: at_borders,
        mass,
        size,
        in_cohort: true,
        in_horizon: true,
    });
    outcome.completions.push((flow_id, total, mass));
    for (section, time) in part.into_iter().enumerate() {
        outcome.passages.push(Passage {
            section: SectionId::new(section),
            flow: flow_id,
            made,
            time,
            route: RouteId::new(flow),
            border: border[section],
            mass,
            size,
        });
    }
    for node in 0..NODES.len() {
        let time = Duration::from_hours(30.0 * uniform(seed ^ (node as u64 + 50)));
        outcome.stays.push(Stay { node: NodeId::new(node), flow: flow_id, made, time, mass, size });
    }
    books(&mut outcome.flows[flow], Amount { mass, size, count: 1 }, clock().month_at(made));
    let route = &mut outcome.routes[flow].delivered;
    (route.mass, route.size, route.count) = (route.mass + mass, route.size + size, route.count + 1);
}

/// Sections in which time at a place falls.
fn sections_at(place: &str) -> Vec<usize> {
    let eastern = ["alat", "kesik", "tbilisi", "poti"].iter().any(|name| place.contains(name));
    match place {
        "link.aktau-alat" | "node.aktau" => vec![0, 1],
        _ if place.contains("aktau.") => vec![0, 1],
        _ if eastern => vec![0, 2],
        _ => vec![0],
    }
}

fn spell(cause: Cause, seed: u64) -> Duration {
    let mean = match cause {
        Cause::Running => 30.0,
        Cause::Sailing => 26.0,
        Cause::WaitVessel => 60.0,
        Cause::WaitServer => 5.0,
        Cause::Closed => 14.0,
        Cause::Ban => 0.0,
        Cause::Unexplained => 20.0,
        _ => 8.0,
    };
    Duration::from_hours(-mean * libm::log(1.0 - 0.999 * uniform(seed)) * 0.5 + mean * 0.5)
}

fn books(tally: &mut FlowTally, amount: Amount, month: usize) {
    let add = |to: &mut Amount| {
        to.mass += amount.mass;
        to.size += amount.size;
        to.count += amount.count;
    };
    tally.offered_by_month.resize(MONTHS, Amount::default());
    tally.delivered_by_month.resize(MONTHS, Amount::default());
    for to in [&mut tally.offered, &mut tally.delivered, &mut tally.cohort] {
        add(to);
    }
    add(&mut tally.offered_by_month[month]);
    add(&mut tally.delivered_by_month[month]);
    tally.trains += 1;
}

fn tallies(outcome: &mut Outcome, labels: &Labels, replication: u64) {
    let year = Duration::from_days(365.0);
    for station in 0..labels.stations.len() as u64 {
        let use_ = 0.1 * station as f64 + 0.08 * uniform(replication ^ (station << 40));
        let busy = Duration::from_days(365.0 * use_);
        let waits: Vec<Duration> = (0..900)
            .map(|n| {
                Duration::from_hours((8.0 * use_ / (1.02 - use_) * (uniform(n ^ station ^ replication) - 0.4)).max(0.0))
            })
            .collect();
        let mut waiting = Waits::default();
        for &wait in &waits {
            waiting.add(wait);
        }
        outcome.stations.push(StationTally {
            busy,
            idle: year - busy,
            served: 900,
            waiting,
            waits,
            ..StationTally::default()
        });
    }
    let line = LineTally {
        trains: [2500, 2400],
        mass: [Mass::from_kg(2_000_000_000); 2],
        waiting: Waits { ended: 4900, took_time: 500, time: year },
        ..LineTally::default()
    };
    outcome.lines = vec![line; 4];
    outcome.pools = vec![PoolTally {
        taken: 6,
        returning: 3,
        size: 10,
        waiting: Waits { ended: 900, took_time: 0, time: year },
        turn: (year, 20),
        ..PoolTally::default()
    }];
    outcome.storages = vec![StorageTally {
        room: i128::from(year.ms()) * 1_500_000_000_000,
        stabled: 400,
        waiting: Waits { ended: 400, took_time: 0, time: year },
        ..StorageTally::default()
    }];
    let amount = Amount { mass: Mass::from_kg(500_000_000), size: Size::from_units(30_000.0), count: 900 };
    let crossings = (0..300).map(|n| {
        (
            FlowId::new(0),
            Duration::from_hours(20.0 + 15.0 * uniform(n ^ replication)),
            Mass::from_kg(800_000),
            Size::from_units(60.0),
        )
    });
    outcome.legs = vec![
        LegTally {
            boarded: amount,
            waiting: Waits { ended: 900, took_time: 400, time: year },
            crossings: crossings.collect(),
            ..LegTally::default()
        };
        2
    ];
    outcome.fleets = vec![FleetTally {
        voyages: vec![90, 90],
        missed: vec![0, 0],
        in_port: vec![(year, 90), (year, 90)],
        loaded: [80, 30].map(|deck| Loading { deck, filled: deck + 10, offered: 100 }).to_vec(),
        at_sea: year,
        at_berth: year,
        loading: Duration::from_days(90.0),
        for_cargo: Duration::from_days(30.0),
        ..FleetTally::default()
    }];
    outcome.bills = vec![bill(outcome, amount)];
    queues(outcome, labels);
    outcome.months = vec![MonthUse::default(); MONTHS];
    outcome.gates = vec![Duration::from_days(40.0)];
    outcome.gates_by_month = vec![vec![Duration::from_days(3.0); MONTHS]];
    outcome.bans = vec![Duration::from_days(3.0)];
}

/// Of what was delivered, and carried aboard.
fn bill(outcome: &Outcome, carried: Amount) -> Bill {
    Bill {
        delivered: outcome.routes.iter().map(|route| route.delivered).collect(),
        carried: vec![vec![vec![carried; 4]; 2]],
        ..Bill::default()
    }
}

/// A few wait at each station; at the port more from month to month.
fn queues(outcome: &mut Outcome, labels: &Labels) {
    let year = Duration::from_days(365.0);
    let queue = |number: usize| {
        let (before, after) = if number == labels.stations.len() + 1 { (10, 60) } else { (3, 3) };
        let standing = (0..after).map(|n| Duration::from_hours(2.0 * f64::from(n + 1))).collect();
        Queue { integral: i128::from(year.ms()) * 3, left: 900, before, standing }
    };
    outcome.queues = (0..labels.queues.len()).map(queue).collect();
}

pub(crate) fn results(replications: u32) -> Results {
    shard(0..replications)
}

pub(crate) fn shard(range: Range<u32>) -> Results {
    let layout = Layout::of(&plan());
    let window = Window { start: "2024-01-01".to_owned(), warm_up_d: 45.0, horizon_d: 365.0, drain_d: 45.0 };
    let run = Run {
        materiality: Materiality::default(),
        midcor: env!("CARGO_PKG_VERSION").to_owned(),
        time_zones: crate::results::time_zones(),
        seed: 20_260_101,
        first: range.start,
        replications: range.end - range.start,
        left_out: Vec::new(),
        years_per_draw: None,
        level: 0.95,
        window,
    };
    let scenario = ScenarioIdentity {
        name: "baseline-2024".to_owned(),
        title: "Middle Corridor, 2024".to_owned(),
        hash: files::digest_of(SCENARIO.as_bytes()).expect("memory can be read"),
    };
    let mut kept = Kept::default();
    for replication in range {
        kept.append(&Kept::of(&layout, replication, &outcome(replication))).unwrap();
    }
    Results::of(Manifest { scenario, run }, Arc::clone(layout.catalogue()), kept)
}
