//! The workloads on which the engine is measured, as scenarios.

use std::fmt::Write;

use midcor::engine::{Limits, Outcome, Silent, Workspace, simulate_in};
use midcor::model::Plan;
use midcor::random::{Domain, RandomNumbers};
use midcor::scenario::{Contents, ScenarioReader, Setting};

/// So many stations in a row, each of so many servers with exponential services of mean 1 h and so much used.
pub(crate) fn tandem(stations: usize, servers: usize, used: f64, days: u32) -> Plan {
    let mut text = format!(
        "schema = 1\ntitle = \"Tandem\"\n[run]\nhorizon = \"{days} d\"\ndrain = \"0 d\"\n[cargo.box]\nunit = \"box\"\n\
         tonnes-per-unit = 1\n[node.a]\n[node.b]\n[link.ab]\nfrom = \"a\"\nto = \"b\"\nmode = \"rail\"\ntime = \"0 h\"\n\
         [flow.f]\ncargo = \"box\"\nfrom = \"a\"\nto = \"b\"\nshipment = \"1 box\"\nvolume = \"{} box/h\"\n",
        used * servers as f64
    );
    for station in 0..stations {
        let _ = write!(
            text,
            "[node.b.facility.s{station}]\nkind = \"crane\"\nservers = {servers}\n\
             time = {{ dist = \"exponential\", mean = \"1 h\" }}\n"
        );
    }
    let scenario = Contents::parse(&text, "bench").into_contents().expect("the bench's scenario is right");
    Plan::of(&scenario).expect("the bench's scenario compiles")
}

/// A shipped scenario, changed as on the command line.
pub(crate) fn shipped(name: &str, changes: &[Setting]) -> Plan {
    let scenario = ScenarioReader::default().read(name, changes).into_contents().expect("shipped scenarios are right");
    Plan::of(&scenario).expect("shipped scenarios compile")
}

/// What is counted of one replication, which is simulated in the memory of the one before it, as in a run.
pub(crate) fn replication(workspace: &mut Workspace, plan: &Plan, number: u64, count: impl Fn(&Outcome) -> u64) -> u64 {
    let random = RandomNumbers::new(20_260_101, number, Domain::Production);
    let outcome = simulate_in(workspace, plan, random, Limits::default(), &mut Silent).expect("the books balance");
    let counted = count(&outcome);
    workspace.take_back(outcome);
    counted
}

/// Arrivals and ends of services of a row of stations.
pub(crate) fn events_of_tandem(outcome: &Outcome) -> u64 {
    outcome.flows[0].offered.count + outcome.stations.iter().map(|station| station.served).sum::<u64>()
}
