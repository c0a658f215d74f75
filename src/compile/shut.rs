//! Routes that nothing can pass: a node or link of them is out of service in all of the simulated time.

use jiff::civil::DateTime;

use super::flow_route::FlowRoute;
use super::frame::{Frame, Wanted, wanted};
use crate::model::Remark;
use crate::scenario::types::Contents;
use crate::units::SimTime;

/// Routes that pass something that never opens, each told where it stands. What a timeline opens later is no such thing.
pub(super) fn remarks(frame: &Frame<'_>) -> Vec<Remark> {
    let written = frame.base().flow.iter().flat_map(|(id, flow)| wanted(id, flow));
    written.zip(&frame.routes).filter_map(|(wanted, route)| remark(frame, &wanted, route)).collect()
}

fn remark(frame: &Frame<'_>, wanted: &Wanted<'_>, route: &FlowRoute) -> Option<Remark> {
    let thing = shut_thing(frame, route)?;
    Some(Remark {
        path: wanted.path.clone(),
        code: "never-open",
        message: format!(
            "`{}` passes `{thing}`, which is not open at any time of the run (`open-from`, `open-until`): nothing will arrive \
             by it",
            wanted.path
        ),
        is_note: false,
    })
}

/// The first node, or else link, of a route that no stage of the timeline opens.
fn shut_thing(frame: &Frame<'_>, route: &FlowRoute) -> Option<String> {
    let always = |is_shut: &dyn Fn(&Contents) -> bool| frame.stages.iter().all(|stage| is_shut(stage.scenario));
    let shut = |from, until| is_shut(frame, from, until);
    let nodes = route.route.nodes.iter().filter_map(|node| frame.base().node.get_index(node.index()));
    let mut nodes = nodes.filter(|(id, _)| {
        always(&|stage| stage.node.get(*id).is_some_and(|node| shut(node.open_from, node.open_until)))
    });
    let links = route.route.hops.iter().filter_map(|hop| frame.base().link.get_index(hop.link.index()));
    let mut links = links.filter(|(id, _)| {
        always(&|stage| stage.link.get(*id).is_some_and(|link| shut(link.open_from, link.open_until)))
    });
    let node = nodes.next().map(|(id, _)| format!("node.{id}"));
    node.or_else(|| links.next().map(|(id, _)| format!("link.{id}")))
}

/// Whether something with these dates is shut from the beginning of the clock to its end.
fn is_shut(frame: &Frame<'_>, from: Option<DateTime>, until: Option<DateTime>) -> bool {
    let spells = frame.calendar.shut(from, until);
    spells.iter().any(|spell| spell.from == SimTime::ZERO && spell.until >= frame.calendar.clock.end)
}

#[cfg(test)]
mod tests {
    use crate::compile::warnings;
    use crate::model::Plan;
    use crate::scenario::Contents;

    fn told(node: &str, link: &str) -> String {
        let text = format!(
            "schema = 1\ntitle = \"A port to come\"\n[run]\nstart = 2024-01-01\nhorizon = \"100 d\"\n[cargo.boxes]\nunit = \"TEU\"\n\
             tonnes-per-unit = 14\n[node.west]\n[node.east]\n{node}\n[link.line]\nfrom = \"west\"\nto = \"east\"\nmode = \"rail\"\n\
             time = \"9 h\"\n{link}\n[flow.boxes]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"1 TEU/d\"\n\
             shipment = \"1 TEU\"\nvia = [\"link.line\"]\n"
        );
        let loaded = Contents::parse(&text, "port");
        let plan = Plan::of(loaded.scenario.as_ref().unwrap()).unwrap();
        warnings(&plan.remarks, &loaded.tree).iter().map(|finding| loaded.sources.render(finding)).collect()
    }

    #[test]
    fn a_route_over_what_never_opens_is_told() {
        let port = told("open-from = 2029-01-01", "");
        assert!(port.contains("never-open") && port.contains("passes `node.east`"), "{port}");
        assert!(told("", "open-until = 2020-01-01").contains("passes `link.line`"));
    }

    #[test]
    fn a_route_over_what_opens_in_time_is_not() {
        assert_eq!(told("open-from = 2024-03-01", "open-until = 2024-03-02"), "");
        assert_eq!(told("", ""), "");
    }
}
