//! Textbook cases: the program against theory, and the index of cases against theory computed anew.

mod theory;

use midcor::ids::CargoId;
use midcor::network::{ItineraryWords, Network, Traveller};
use midcor::scenario::Contents;
use midcor::scenario::types::Service;
use midcor::verify::{CaseResult, Check, Index, Length, Options, Rule, Verdict, verify, write_table};
use theory::{
    General, Line, Mmc, allen_cunneen, birth_death, bulk, erlang_b, fixed_service_wait_law, fixed_services_wait,
    full_only, machine_repair, mean_values, network_analyzer, pollaczek, walk,
};

fn short(filter: &str) -> Vec<CaseResult> {
    let options = Options { filters: vec![filter.to_owned()], ..Options::all(Length::Short) };
    verify(&options, &mut |_| ()).expect("the index reads")
}

fn all_pass(filter: &str) {
    let results = short(filter);
    assert!(!results.is_empty(), "no case fits {filter}");
    let mut failed: Vec<CaseResult> = results;
    failed.retain(|case| case.verdict() != Verdict::Passed);
    let mut text = Vec::new();
    write_table(&failed, &mut text).expect("a table can be written");
    assert!(failed.is_empty(), "{}", String::from_utf8_lossy(&text));
}

#[test]
fn queues_are_as_theory_says() {
    all_pass("QUE-");
}

#[test]
fn networks_are_as_theory_says() {
    all_pass("NET-");
}

#[test]
fn transport_is_as_theory_says() {
    all_pass("TRN-");
}

#[test]
fn loops_keep_the_rate_of_their_bottleneck() {
    all_pass("LOP-");
}

#[test]
fn flow_through_a_cut_is_as_theory_says() {
    all_pass("ROU-");
}

#[test]
fn comparisons_are_as_theory_says() {
    all_pass("MET-");
}

#[test]
fn the_number_of_threads_makes_no_difference() {
    let with = |threads| {
        let options = Options { filters: vec!["TRN-16".to_owned()], threads, ..Options::all(Length::Short) };
        verify(&options, &mut |_| ()).expect("the index reads")
    };
    assert_eq!(with(1), with(3));
}

/// Shares of a stormy October closed, in which exponential spells of 40 h alternate with open ones of 60 h, after a
/// September that was closed 5 %, 5 % and 0 % of the time; then two places under common storms that together were closed
/// 10 % of it, of which each storm of September shut the first with 1/2, and each of October the second with 1/4.
fn closed_after_a_calm_month() -> [f64; 5] {
    let fading = |hours: f64| hours / 744.0 * (1.0 - (-744.0 / hours).exp());
    let from = |before: f64| 0.4 + (before - 0.4) * fading(24.0);
    // Storms of September that last into October.
    let old = 0.1 * fading(40.0);
    let new = from(0.1) - old;
    [from(0.05), from(0.05), from(0.0), 0.5 * old + new, old + 0.25 * new]
}

/// The checks of a case whose expected values are exact.
fn exact(index: &Index, id: &str) -> Vec<Check> {
    let case = index.cases.iter().find(|case| case.id == id).unwrap_or_else(|| panic!("there is no case {id}"));
    let is_exact = |check: &&Check| check.error == 0.0 && check.expected.is_some();
    case.check.iter().filter(is_exact).cloned().collect()
}

/// Compares the expected values of a case, in order, with theory.
fn agrees(id: &str, theory: &[f64]) {
    let index = Index::embedded().expect("the index reads");
    let checks = exact(&index, id);
    assert_eq!(checks.len(), theory.len(), "{id}");
    for (check, theory) in checks.iter().zip(theory) {
        let expected = check.expected.expect("an exact check has a value");
        let near = (expected - theory).abs() <= 1e-9 * theory.abs().max(1e-3);
        assert!(near, "{id} {}: {expected} is written, {theory} is right", check.name());
    }
}

fn mm1() -> Mmc {
    Mmc { rate: 0.8, service: 1.0, servers: 1 }
}

#[test]
fn one_exponential_server_is_written_right() {
    let queue = mm1();
    let sojourn_p95 = 20.0_f64.ln() / 0.2;
    agrees(
        "QUE-01",
        &[4.0, queue.queue(), queue.number(), queue.sojourn(), 0.8, queue.waits(), 0.95, sojourn_p95, queue.wait_p95()],
    );
    let faster = Mmc { service: 1.05, ..mm1() };
    agrees("MET-09", &[queue.wait() - faster.wait()]);
}

#[test]
fn several_exponential_servers_are_written_right() {
    let bronson = Mmc { rate: 300.0, service: 182.5, servers: 3 };
    let b = &bronson;
    agrees("QUE-02", &[b.wait(), b.sojourn(), b.queue(), b.number(), b.waits(), b.utilisation(), b.wait_p95()]);
    assert!(
        (b.queue() - 0.352).abs() < 5e-4 && (b.wait() - 0.001_175).abs() < 5e-7,
        "Bronson prints 0.352 and 0.001175"
    );
    let wait = [b.wait(), b.waits(), b.queue()];
    let load = b.rate / b.service;
    let stored = [b.wait(), b.rate * b.waits(), b.queue(), load / 3.0];
    agrees("TRN-18", &[&wait[..], &[load / 3.0], &wait[..], &[load], &stored[..]].concat());
    let ten = Mmc { rate: 8.0, service: 1.0, servers: 10 };
    agrees("QUE-03", &[ten.waits(), ten.wait(), ten.queue(), ten.number(), ten.sojourn(), 0.8, ten.wait_p95()]);
}

#[test]
fn fixed_services_are_written_right() {
    let law = |time| fixed_service_wait_law(0.8, time);
    let wait = pollaczek(0.8, 1.0, 0.0);
    agrees("TRN-19", &[wait, wait, 0.8, 0.8 * wait, 20.0, 0.8]);
    agrees("QUE-04", &[pollaczek(0.8, 1.0, 0.0), 3.0, 1.6, 2.4, 1.0 - law(0.0), law(1.0), law(2.0), law(5.0)]);
    for (id, servers) in [("QUE-05", 2), ("QUE-06", 10)] {
        let rate = 0.8 * f64::from(servers);
        let (queue, _) = walk(rate, servers);
        agrees(id, &[queue / rate, queue, fixed_services_wait(rate, servers as usize)]);
    }
}

#[test]
fn general_services_are_written_right() {
    let single = |rate, variation| {
        let wait = pollaczek(rate, 1.0, variation);
        [wait, wait + 1.0, rate * wait, rate * (wait + 1.0)]
    };
    agrees("QUE-07", &single(0.7, 2.0));
    agrees("QUE-08", &single(0.75, 0.5));
    agrees("QUE-09", &single(0.6, 4.0));
    agrees("QUE-15", &[allen_cunneen(3.4, 4, 1.0 / 3.0, 0.5)]);
    agrees("QUE-16", &[allen_cunneen(2.4, 3, 2.0, 1.5)]);
}

#[test]
fn limited_room_is_written_right() {
    let one = |load: f64, servers: u32| {
        let lost = erlang_b(load, servers);
        [load * lost, load * (1.0 - lost) / f64::from(servers)]
    };
    agrees("QUE-10", &[one(10.0, 10), one(10.0, 10), one(12.0, 20), one(12.0, 20)].concat());
    let p = birth_death(8, |_| 4.0, |n| f64::from(n.min(3)));
    let number: f64 = (0..).zip(&p).map(|(n, p)| f64::from(n) * p).sum();
    let (lost, carried) = (4.0 * p[8], 4.0 * (1.0 - p[8]));
    let queue = number - carried;
    agrees("QUE-11", &[lost, carried, number, queue, number / carried, queue / carried, carried / 3.0]);
}

#[test]
fn batches_classes_and_delays_are_written_right() {
    let number = 0.8 * 11.0 / (2.0 * 0.2);
    let wait = number / 0.8 - 1.0;
    agrees("QUE-12", &[number, wait, number, wait, wait + 1.0]);
    // Cobham (1954): the mean work in service is the sum of rate x E[S^2] / 2 = 0.7.
    let (urgent, other) = (0.7 / 0.7, 0.7 / (0.7 * 0.3));
    let together = (0.3 * urgent + 0.4 * other) / 0.7;
    agrees("QUE-13", &[urgent, other, together, 0.7 * (together + 1.0)]);
    assert!((together - Mmc { rate: 0.7, service: 1.0, servers: 1 }.wait()).abs() < 1e-12, "the conservation law");
    agrees("QUE-17", &[6.0, 2.0, 4.0, 3.0, 12.0]);
    agrees("QUE-18", &[(1000.1_f64 / 0.8).floor(), (1000.1_f64 - 0.8).floor(), 1250.0 - 999.0]);
}

/// The 95th percentile of a sum of three exponential times with unlike rates.
fn hypoexponential_p95(rates: [f64; 3]) -> f64 {
    let [a, b, c] = rates;
    let weight = |one: f64, two: f64, three: f64| two * three / ((two - one) * (three - one));
    let above =
        |t: f64| weight(a, b, c) * (-a * t).exp() + weight(b, a, c) * (-b * t).exp() + weight(c, a, b) * (-c * t).exp();
    let (mut low, mut high) = (0.0, 1000.0);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if above(middle) > 0.05 { low = middle } else { high = middle }
    }
    low
}

#[test]
fn open_networks_are_written_right() {
    let numbers = [1.0, 1.25, 1.6].map(|service| Mmc { rate: 0.8, service, servers: 1 }.number());
    let total = numbers.iter().sum::<f64>() / 0.8;
    let stations = [(1, 0.7, 1.0), (2, 1.6, 0.5), (1, 0.6, 2.0)];
    let stations = stations.map(|(servers, mean, variation)| General { servers, mean, variation });
    // Traffic equations: 2 + 0.2 b = a, 1 + 0.5 a = b.
    let (a, b) = (2.2 / 0.9, 2.0 / 0.9);
    let (at_a, at_b) = (Mmc { rate: a, service: 1.0 / 0.3, servers: 1 }, Mmc { rate: b, service: 4.0, servers: 1 });
    let both = at_a.number() + at_b.number();
    agrees("NET-02", &[at_a.number(), at_b.number(), both / 3.0, at_a.utilisation(), at_b.utilisation()]);
    agrees("NET-09", &network_analyzer(0.5, &stations));
    agrees("NET-01", &[numbers[0], numbers[1], numbers[2], total, 0.95, hypoexponential_p95([0.2, 0.45, 0.8])]);
}

#[test]
fn closed_fleets_are_written_right() {
    let one = machine_repair(5, 1, 2.0);
    agrees("NET-03", &[one.throughput, one.number, one.number - one.throughput, one.wait, one.throughput]);
    let two = machine_repair(6, 2, 4.0);
    let each = [two.throughput, two.number, two.wait, two.throughput / 2.0];
    agrees("NET-04", &[each, each, each].concat());
    let (throughput, _) = mean_values(8, 48.0, &[12.0, 10.0, 6.0]);
    agrees("NET-06", &[throughput, 12.0 * throughput, 10.0 * throughput, 6.0 * throughput]);
    let (central, queues) = mean_values(3, 15.0, &[0.605, 2.1, 1.35]);
    assert!((central - 0.151_516_492_347).abs() < 1e-12, "Lazowska's demands: {central}");
    assert!((queues[1] - 0.394_656_554_667).abs() < 1e-12, "{}", queues[1]);
}

#[test]
fn blocking_lines_are_written_right() {
    let line = |service: &[f64], room: &[usize]| Line { service, room }.throughput();
    let hunt = [line(&[1.0, 1.0], &[1]), line(&[1.0, 1.0, 1.0], &[1, 1]), line(&[1.0, 1.0], &[5])];
    assert!((hunt[0] - 2.0 / 3.0).abs() < 1e-12 && (hunt[1] - 22.0 / 39.0).abs() < 1e-12, "Hunt: {hunt:?}");
    agrees("NET-07", &hunt);
    agrees("NET-08", &[line(&[1.0, 1.2, 1.1], &[3, 4])]);
}

#[test]
fn vessels_are_written_right() {
    let (wait, sailings) = bulk(4.0, 2.0, 10, 10);
    assert!((wait - full_only(4.0, 2.0, 10)).abs() < 1e-8, "chain and roots: {wait}");
    for (id, least) in [("TRN-01", 10), ("TRN-02", 5), ("TRN-03", 1)] {
        let (wait, sailings) = bulk(4.0, 2.0, least, 10);
        agrees(id, &[wait, sailings, 4.0 / sailings / 10.0]);
    }
    assert!((sailings - 0.4).abs() < 1e-9);
    let (left, none) = walk(8.0, 10);
    agrees("TRN-04", &[left / 8.0 + 0.5, 0.8, 1.0 - none]);
    agrees("TRN-05", &[3.0, 5.7, 0.95]);
    agrees("TRN-06", &[3.0 * (1.0 + 0.36), 3.0 * 2.0]);
    let year = std::f64::consts::TAU / 365.0;
    agrees("TRN-14", &[10.0, 10.0 + 5.0 * (1.0 - (90.0 * year).cos()) / year / 90.0]);
    agrees("TRN-12", &[360.0 * 24.0 / 60.0 * 3.0, 432.0 * 52.0, 1.0]);
}

#[test]
fn closures_and_breakdowns_are_written_right() {
    let fails = 1.0 - (-0.2_f64).exp();
    let round = 10.0 + 20.0 * fails;
    agrees("TRN-20", &[10.0 / round, 20.0 * fails / round]);
    let wait = 0.2 * (4.0 * 2.0) / (2.0 * 2.0);
    agrees("TRN-07", &[wait, wait, 0.2, 0.2, 0.2, 0.2]);
    agrees("TRN-21", &closed_after_a_calm_month());
    // The mean of 0.8 + 0.2 exp(-0.625 t) over ten days is open.
    let open = 0.8 + 0.2 * (1.0 - (-6.25_f64).exp()) / 6.25;
    agrees("TRN-09", &[1.0 - open]);
    let (rate, service, fails, repairs) = (0.6, 1.0, 0.05, 0.2);
    let both: f64 = fails + repairs;
    let number = rate * (both * both + fails * service) / (both * (repairs * service - rate * both));
    agrees("TRN-08", &[number, number / rate, fails / both, rate / service]);
    agrees("TRN-10", &[49.0 / 10.0, 49.0 / 10.0, 0.1]);
    let mean = 3.0 * (1.0 + 0.5 + 1.0 / 3.0 + 0.25);
    let p95 = -3.0 * (1.0 - 0.95_f64.powf(0.25)).ln();
    agrees("TRN-11", &[mean, 0.95, p95, mean, 0.95, p95]);
    let closed = [(5.0, 1.0), (4.0, 15.0), (1.0, 63.0)];
    let squares: f64 = closed.iter().map(|(times, hours)| times * hours * hours).sum();
    agrees("TRN-22", &[squares / 2.0 / 168.0, 128.0 / 168.0]);
    agrees("TRN-17", &[12.0 * 12.0 / 2.0 / 24.0, 0.5, 0.95, 0.45 * 24.0]);
}

#[test]
fn loops_have_the_rates_of_their_ships() {
    // 40 TEU every 56 hours, a year of 365 days; the slow port has 20 TEU every 112 hours.
    let ship = 40.0 / 56.0 * 24.0 * 365.0;
    agrees("LOP-01", &[ship, ship]);
    agrees("LOP-03", &[ship, ship, 20.0 / 112.0 * 24.0 * 365.0]);
    agrees("LOP-04", &[60.0 * 365.0]);
    agrees("LOP-05", &[2.0 * ship, ship]);
    agrees("LOP-06", &[ship, ship]);
}

/// There is no formula for a port with a tug and storms: the values are those that two independent programs found.
#[test]
fn ports_are_compared_with_what_other_programs_found() {
    let index = Index::embedded().expect("the index reads");
    let expected = |id: &str| {
        let case = index.cases.iter().find(|case| case.id == id).expect("the case is there");
        case.check.iter().filter_map(|check| check.expected).collect::<Vec<f64>>()
    };
    assert_eq!(expected("TRN-23"), [23.13, 29.10, 41.13, 0.828]);
    assert_eq!(expected("TRN-24"), [40.23, 46.17, 58.05, 42.65, 0.966]);
}

/// Mean value analysis of a closed network of one server and a delay (Reiser and Lavenberg 1980): who comes meets the queue that
/// one vessel less would leave.
#[test]
fn vessels_that_share_a_quay_crane_are_a_closed_network() {
    const VESSELS: u32 = 3;
    let (service, elsewhere) = (10.0, 20.0);
    let (mut queue, mut stay, mut rate) = (0.0, 0.0, 0.0);
    for vessels in 1..=VESSELS {
        stay = service * (1.0 + queue);
        rate = f64::from(vessels) / (stay + elsewhere);
        queue = rate * stay;
    }
    agrees("TRN-26", &[rate, rate * service, stay - service]);
}

/// Thirty trucks a day come at once and are under way for twenty hours; two officers take an hour for each.
#[test]
fn a_train_that_goes_on_by_road_is_counted_by_hand() {
    let index = Index::embedded().expect("the index reads");
    let case = index.cases.iter().find(|case| case.id == "TRN-25").expect("the case is there");
    let waits = (0..30).map(|truck| f64::from(truck / 2)).sum::<f64>() / 30.0;
    let right = [30.0 * 20.0 / 24.0 / 40.0, 30.0 / 24.0 / 2.0, waits, 60.0 * 366.0];
    assert_eq!(case.check.len(), right.len());
    for (check, right) in case.check.iter().zip(right) {
        let (low, high) = (check.low.expect("a lower end"), check.high.expect("an upper end"));
        assert!(low < right && right < high, "{}: {low} to {high}, {right} is right", check.name());
    }
}

#[test]
fn documents_count_the_cases_that_there_are() {
    let number = Index::embedded().expect("the index reads").cases.len();
    assert!(include_str!("../../README.md").contains(&format!("{number} cases with known answers")));
    assert!(include_str!("../../docs/verification.md").contains(&format!("solve {number} cases")));
}

#[test]
fn every_case_is_compared_with_theory() {
    // These have no value: limits, the audit of books, and what is compared with itself.
    let without = ["TRN-13", "TRN-15", "TRN-16", "ROU-02", "MET-10", "MET-12", "LOP-02", "LOP-07", "TRN-25"];
    let source = include_str!("verification.rs");
    for case in &Index::embedded().expect("the index reads").cases {
        assert!(source.contains(&format!("\"{}\"", case.id)), "{} is nowhere compared with theory", case.id);
        let has_value = case.check.iter().any(|check| matches!(check.rule, Rule::Ci | Rule::Band));
        let counts = case.id == "QUE-18";
        assert!(has_value || counts || without.contains(&case.id.as_str()), "{} checks no value", case.id);
    }
}

/// The network of Yen's published example: links one way, hours as lengths.
fn yens_network() -> String {
    let links = ["C-D 3", "C-E 2", "D-F 4", "E-D 1", "E-F 2", "E-G 3", "F-G 2", "F-H 1", "G-H 2"];
    let nodes = ["C", "D", "E", "F", "G", "H"].map(|node| format!("[node.{node}]"));
    let links = links.map(|link| {
        let (ends, hours) = link.split_once(' ').expect("ends and hours");
        let (from, to) = ends.split_once('-').expect("two ends");
        let ends = format!("[link.{ends}]\nfrom = '{from}'\nto = '{to}'");
        format!("{ends}\nmode = 'rail'\none-way = true\ntime = '{hours} h'")
    });
    let head = "schema = 1\ntitle = 'Yen'\n[cargo.goods]\nunit = 't'\ntonnes-per-unit = 1";
    [head, &nodes.join("\n"), &links.join("\n")].join("\n")
}

/// Yen (1971), with ties broken by fewer links and then by their ids.
#[test]
fn the_best_paths_are_those_of_yens_example() {
    let scenario = Contents::parse(&yens_network(), "yen").into_contents().expect("the example reads");
    let network = Network::build(&scenario).expect("the example holds together");
    let who = Traveller { cargo: CargoId::new(0), service: Service::BlockTrain };
    let itinerary = network
        .itinerary("example", ItineraryWords { from: "C", to: "H", via: &[], avoid: &[] })
        .expect("the example has the nodes");
    let routes = network.routes(&itinerary, who, &network.times(who), 9);
    let named = routes.iter().map(|route| {
        let ids = route.route.nodes.iter().filter_map(|node| scenario.node.get_index(node.index()));
        let path = ids.map(|(id, _)| id.as_str()).collect::<Vec<_>>().join("-");
        (path, route.cost / 3_600_000)
    });
    let known = [
        ("C-E-F-H", 5),
        ("C-E-G-H", 7),
        ("C-D-F-H", 8),
        ("C-E-D-F-H", 8),
        ("C-E-F-G-H", 8),
        ("C-D-F-G-H", 11),
        ("C-E-D-F-G-H", 11),
    ];
    assert_eq!(named.collect::<Vec<_>>(), known.map(|(path, hours)| (path.to_owned(), hours)));
}
