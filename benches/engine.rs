//! Events a second of the engine on three corridors: one server, twelve stations in a row, the small freight corridor
//! of `scenarios/w3-benchmark.toml`; and a year of `baseline-2024`.
//!
//! `cargo bench --bench engine`. Criterion reports throughput in elements a second: an element is one event of the
//! engine. The machines that run this are shared: compare only ratios taken in one run.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use midcor::engine::{Limits, Silent, simulate};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::scenario::{Contents, ScenarioReader};

/// So many stations of so many servers in a row, each 80 % busy.
fn tandem(stations: usize, servers: usize) -> String {
    let mut text = format!(
        "schema = 1\ntitle = \"Tandem\"\n[run]\nhorizon = \"2000 d\"\ndrain = \"0 d\"\n[cargo.box]\nunit = \"box\"\n\
         tonnes-per-unit = 1\n[node.a]\n[node.b]\n[link.ab]\nfrom = \"a\"\nto = \"b\"\nmode = \"rail\"\ntime = \"1 h\"\n\
         [flow.f]\ncargo = \"box\"\nfrom = \"a\"\nto = \"b\"\nshipment = \"1 box\"\nvolume = \"{} box/h\"\n",
        0.8 * servers as f64
    );
    for station in 0..stations {
        let _ = write!(
            text,
            "[node.b.facility.s{station}]\nkind = \"crane\"\nservers = {servers}\n\
             time = {{ dist = \"exponential\", mean = \"1 h\" }}\n"
        );
    }
    text
}

fn plan_of(text: &str) -> Plan {
    let scenario = Contents::parse(text, "bench").into_contents().expect("the bench's scenario is right");
    Plan::of(&scenario).expect("the bench's scenario compiles")
}

fn shipped(name: &str) -> Plan {
    let scenario = ScenarioReader::default().read(name, &[]).into_contents().expect("shipped scenarios are right");
    Plan::of(&scenario).expect("shipped scenarios compile")
}

fn year(plan: &Plan, replication: u64) -> u64 {
    let random = RandomNumbers::new(20_260_101, replication, Domain::Production);
    simulate(plan, random, Limits::default(), &mut Silent).expect("the books balance").events
}

fn engine(criterion: &mut Criterion) {
    let plans = [
        ("one-server", plan_of(&tandem(1, 1))),
        ("tandem", plan_of(&tandem(12, 2))),
        ("w3", shipped("w3-benchmark")),
        ("baseline-2024", shipped("baseline-2024")),
    ];
    let mut group = criterion.benchmark_group("engine");
    group.sample_size(10);
    for (name, plan) in &plans {
        group.throughput(Throughput::Elements(year(plan, 0)));
        group.bench_function(*name, |bencher| bencher.iter(|| year(black_box(plan), 0)));
    }
    group.finish();
}

fn compile(criterion: &mut Criterion) {
    criterion.bench_function("load-and-compile-baseline-2024", |bencher| bencher.iter(|| shipped("baseline-2024")));
}

criterion_group!(benches, engine, compile);
criterion_main!(benches);
