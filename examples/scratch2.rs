use midcor::plan::{*, model::Step};
use midcor::scenario::*;
fn main() {
    let name = std::env::args().nth(1).unwrap();
    let flow = std::env::args().nth(2).unwrap();
    let sc = Loader::new(Disk::default()).load(&name, &[]).into_scenario().unwrap();
    let plan = Plan::of(&sc).unwrap();
    let m = &plan.epochs[0].1; let l = &plan.labels;
    for p in &m.programs { if l.flows[p.flow.index()].id != flow { continue; }
        for (i, s) in p.steps.iter().enumerate() {
            let t = match s { Step::Arrive { node, .. } => format!("Arrive {}", l.nodes[node.index()]), Step::Serve(v) => format!("  Serve {}", l.stations[v.station.index()].path), Step::Together(v) => format!("  Together {}", v.iter().map(|v| l.stations[v.station.index()].path.clone()).collect::<Vec<_>>().join(" | ")), Step::Take(n) => format!("  Take {}", n.iter().map(|n| format!("{} per {:?}", l.pools[n.pool.index()].id, n.per)).collect::<Vec<_>>().join(", ")), Step::Give(n) => format!("  Give {}", n.iter().map(|n| l.pools[n.pool.index()].id.clone()).collect::<Vec<_>>().join(", ")), Step::Enter(s) => format!("  Enter {}", l.storages[s.index()].0), Step::EnterOver(s) => format!("  EnterOver {}", l.storages[s.index()].0), Step::Leave(s) => format!("  Leave {}", l.storages[s.index()].0), Step::Form(f) => format!("  Form {:?} len {}", m.formers[f.index()].full, m.formers[f.index()].length), Step::Line { line, direction, .. } => format!("  Line {} {}", l.links[l.lines[line.index()].index()].id, direction), Step::Run { .. } => "  Run".into(), x => format!("  {x:?}") };
            let marks: Vec<String> = p.marks.iter().filter(|k| k.step == i as u32).map(|k| format!("{}{}", if k.starts { "+" } else { "-" }, l.sections[k.section.index()].id)).collect();
            println!("{i:3} {t} {}", marks.join(" "));
        }
    }
}
