use midcor::engine::{simulate, Limits, Silent};
use midcor::plan::*;
use midcor::random::*;
use midcor::scenario::*;
fn main() {
    let name = std::env::args().nth(1).unwrap();
    let reps: u64 = std::env::args().nth(2).and_then(|s| s.parse().ok()).unwrap_or(1);
    let loaded = Loader::new(Disk::default()).load(&name, &[]);
    eprintln!("{}", loaded.rendered());
    let sc = loaded.into_scenario().unwrap();
    let plan = match Plan::of(&sc) { Ok(p) => p, Err(e) => { for x in e { eprintln!("{x}"); } return; } };
    let t = std::time::Instant::now();
    let mut del = 0.0; let mut mean = 0.0; let mut ev = 0;
    let mut last = None;
    for r in 0..reps {
        let out = match simulate(&plan, Draws::new(20260101, r, Domain::Production), Limits::default(), &mut Silent) { Ok(o) => o, Err(e) => { eprintln!("rep {r}: {e}"); return; } };
        let j: Vec<f64> = out.journeys.iter().filter(|j| j.in_horizon).map(|j| j.time.hours()).collect();
        del += j.len() as f64; mean += j.iter().sum::<f64>() / j.len() as f64; ev += out.events; last = Some(out);
    }
    let el = t.elapsed().as_secs_f64();
    println!("delivered {:.2} mean {:.2} h; events/rep {} ; {:.3} s/rep; {:.0} ns/event", del / reps as f64, mean / reps as f64, ev / reps, el / reps as f64, el * 1e9 / ev as f64);
    let out = last.unwrap();
    if std::env::args().nth(3).is_some() {
    for (f, l) in out.flows.iter().zip(&plan.labels.flows) { println!("{:28} off {:>10} del {:>10} uw {:>9}->{:>9} unf {}", l.id, f.offered.size, f.delivered.size, f.under_way_start.size, f.under_way_end.size, f.unfinished.size); }
    let mut secs: Vec<Vec<f64>> = vec![vec![]; plan.labels.sections.len()];
    for p in &out.passages { secs[p.section.index()].push(p.time.days()); }
    for (s, l) in secs.iter_mut().zip(&plan.labels.sections) { s.sort_by(f64::total_cmp); if s.is_empty() { println!("{} none", l.id); continue; } println!("{:28} n {:6} p50 {:.2} p95 {:.2}", l.id, s.len(), s[s.len() / 2], s[s.len() * 95 / 100]); }
    }
}
