//! Routes that turn back: places that `via` names are passed in order, wherever they lie.

use super::flow_route::FlowRoute;
use super::frame::{Wanted, wanted};
use crate::model::Remark;
use crate::scenario::types::Contents;

/// Routes that pass a node twice, each told where its `via` stands.
pub(super) fn remarks(scenario: &Contents, routes: &[FlowRoute]) -> Vec<Remark> {
    let written = scenario.flow.iter().flat_map(|(id, flow)| wanted(id, flow));
    let turning = written.zip(routes).filter(|(wanted, _)| !wanted.via.is_empty());
    let remark = |(wanted, route): (Wanted<'_>, &FlowRoute)| {
        let nodes = &route.route.nodes;
        let twice = nodes.iter().enumerate().find(|(place, node)| nodes[..*place].contains(node))?.1;
        let name = |place: usize| scenario.node.get_index(place).map_or("", |(id, _)| id.as_str());
        let all: Vec<&str> = nodes.iter().map(|node| name(node.index())).collect();
        Some(Remark {
            path: format!("{}.via", wanted.path),
            code: "turns-back",
            message: format!(
                "`{}.via`: the route turns back and passes `{}` twice ({}): name the link by which it should go on, as in \
                 `link.ID`, or the places in the order of the way",
                wanted.path,
                name(twice.index()),
                all.join(" – "),
            ),
            is_note: false,
        })
    };
    turning.filter_map(remark).collect()
}

#[cfg(test)]
mod tests {
    use crate::compile::warnings;
    use crate::model::Plan;
    use crate::scenario::Contents;

    /// West, middle and east in a row, and a port beside the middle.
    const TEXT: &str = "schema = 1\ntitle = \"A port beside the line\"\n[run]\nhorizon = \"10 d\"\n[cargo.boxes]\nunit = \"TEU\"\n\
        tonnes-per-unit = 14\n[node.west]\n[node.middle]\n[node.port]\n[node.east]\n\
        [link.wm]\nfrom = \"west\"\nto = \"middle\"\nmode = \"rail\"\ntime = \"9 h\"\n\
        [link.mp]\nfrom = \"middle\"\nto = \"port\"\nmode = \"rail\"\ntime = \"2 h\"\n\
        [link.me]\nfrom = \"middle\"\nto = \"east\"\nmode = \"rail\"\ntime = \"9 h\"\n\
        [flow.boxes]\ncargo = \"boxes\"\nfrom = \"west\"\nto = \"east\"\nvolume = \"1 TEU/d\"\nshipment = \"1 TEU\"\n";

    fn told(via: &str) -> String {
        let loaded = Contents::parse(&format!("{TEXT}{via}"), "port");
        let plan = Plan::of(loaded.scenario.as_ref().unwrap()).unwrap();
        let found = warnings(&plan.remarks, &loaded.tree);
        found.iter().map(|finding| loaded.sources.render(finding)).collect()
    }

    #[test]
    fn a_route_that_turns_back_is_told_where_its_via_stands() {
        let plain = told("via = [\"port\"]\n");
        assert!(plain.contains("turns-back") && plain.contains("passes `middle` twice"), "{plain}");
        assert!(
            plain.contains("via = [\"port\"]") && plain.contains("west – middle – port – middle – east"),
            "{plain}"
        );
        let named = told(
            "route.north = { via = [\"port\"], share = \"40 %\" }\nroute.south = { via = [\"middle\"], share = \"60 %\" }\n",
        );
        assert!(named.contains("flow.boxes.route.north.via") && !named.contains("south"), "{named}");
    }

    #[test]
    fn a_route_straight_on_is_not() {
        assert_eq!(told("via = [\"middle\"]\n"), "");
    }
}
