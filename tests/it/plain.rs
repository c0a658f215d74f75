//! Plain visits to stations are a short way through what happens at any station.

use std::fmt::Write;

use midcor::engine::outcome::Segment;
use midcor::engine::{Ended, Note, Observer, Outcome};

use crate::lab::Lab;

/// Every fact, in its order.
#[derive(Default)]
struct Facts(String);

impl Observer for Facts {
    fn note(&mut self, note: Note) {
        let _ = writeln!(self.0, "{note:?}");
    }

    fn ended(&mut self, ended: Ended, times: &[Segment]) {
        let _ = writeln!(self.0, "{ended:?} {times:?}");
    }
}

/// Stations in a row with queues of two priorities: some pass by, some services take no time, and numbers of servers fall, rise,
/// and lose and gain a limit.
fn row(more: &str) -> String {
    let facility = |name: &str, is: &str| format!("[node.b.facility.{name}]\nwhen = \"destination\"\n{is}\n{more}\n");
    let facilities = [
        facility("border", "kind = \"border\"\nservers = 3\ntime = { dist = \"exponential\", mean = \"2 h\" }"),
        facility("glance", "kind = \"border\"\nservers = 1\ntime = \"0 h\""),
        facility("customs", "kind = \"customs\"\nservers = 2\ntime = \"90 min\"\nshare = \"60 %\"\nadvance = \"20 %\""),
        facility(
            "papers",
            "kind = \"documents\"\nservers = \"unlimited\"\ntime = { dist = \"lognormal\", mean = \"3 h\", cv = 0.5 }",
        ),
        facility("gate", "kind = \"customs\"\nservers = 2\ntime = \"1 h\"\nrecognises = [\"b.customs\"]"),
        facility(
            "crane",
            "kind = \"crane\"\nservers = 1\nrate = \"4 box/h\"\nspread = { dist = \"lognormal\", cv = 0.4 }",
        ),
    ];
    let flow = |id: &str, priority: u8, size: &str| {
        format!(
            "[flow.{id}]\ncargo = \"box\"\nfrom = \"a\"\nto = \"b\"\nshipment = \"{size}\"\nvolume = \"1 box/h\"\n\
             priority = {priority}\n"
        )
    };
    let change = |id: &str, on: &str, set: &str| format!("[timeline.{id}]\non = {on}\nset = {{ {set} }}\n");
    let changes = [
        change("fewer", "2024-01-20", "\"node.b.facility.border.servers\" = 1, \"node.b.facility.papers.servers\" = 4"),
        change("more", "2024-02-10", "\"node.b.facility.border.servers\" = \"unlimited\""),
        change("some", "2024-02-25", "\"node.b.facility.border.servers\" = 2, \"node.b.facility.crane.servers\" = 2"),
    ];
    format!(
        "schema = 1\ntitle = \"A row of stations\"\n[run]\nstart = 2024-01-01\nhorizon = \"80 d\"\ndrain = \"10 d\"\n\
         [cargo.box]\nunit = \"box\"\ntonnes-per-unit = 10\n[node.a]\n[node.b]\n[link.line]\nfrom = \"a\"\nto = \"b\"\n\
         mode = \"rail\"\ntime = {{ dist = \"lognormal\", mean = \"10 h\", cv = 0.3 }}\n{}{}{}{}",
        facilities.concat(),
        flow("urgent", 1, "1 box"),
        flow("ordinary", 2, "3 box"),
        changes.concat()
    )
}

fn year(more: &str, replication: u64) -> (String, Outcome) {
    let mut facts = Facts::default();
    let outcome = Lab::new(&row(more)).observed(replication, &mut facts);
    (facts.0, outcome)
}

/// A station that may fail is not plain; here failures are so rare that none ever happens.
#[test]
fn what_happens_at_plain_stations_is_what_happens_at_any() {
    let never_yet =
        "mtbf = { dist = \"constant\", mean = \"100000 d\" }\nmttr = { dist = \"constant\", mean = \"1 d\" }";
    for replication in 0..3 {
        let (plain, other) = (year("", replication), year(never_yet, replication));
        let differs = plain.0.lines().zip(other.0.lines()).find(|(plain, other)| plain != other);
        assert_eq!(differs, None);
        assert_eq!(plain.0.len(), other.0.len());
        assert_eq!(format!("{:?}", plain.1), format!("{:?}", other.1));
        assert!(plain.1.stations.iter().all(|station| station.served > 300), "{:?}", plain.1.stations);
        assert!(plain.1.stations.iter().filter(|station| station.queue > 0).count() >= 4);
    }
}
