//! Sections in the order of travel: tables name them in the order of the file.

use super::flow_route::FlowRoute;
use crate::ids::NodeId;
use crate::model::Remark;
use crate::scenario::types::{Contents, Section};

/// A note where sections do not come in the order in which the longest of them passes their places.
pub(super) fn remarks(scenario: &Contents, routes: &[FlowRoute]) -> Vec<Remark> {
    let Some((longest, nodes)) = longest(scenario, routes) else { return Vec::new() };
    let along =
        scenario.section.iter().filter_map(|(id, section)| Some((id.as_str(), place(scenario, section, nodes)?)));
    // A section of the whole way begins where every other may: it may stand first or last.
    let along: Vec<(&str, Stretch)> = along.filter(|(_, stretch)| stretch.length + 1 < nodes.len()).collect();
    let late = along.windows(2).find(|pair| pair[1].1.first < pair[0].1.first);
    let note = late.map(|pair| Remark {
        path: format!("section.{}", pair[1].0),
        code: "order-of-sections",
        message: format!(
            "`section.{}` comes after `section.{}` in the file and before it on the way of `section.{longest}`: tables follow \
             the file",
            pair[1].0, pair[0].0
        ),
        is_note: true,
    });
    note.into_iter().collect()
}

/// Where a section lies on a way, in whichever direction it runs.
#[derive(Clone, Copy)]
struct Stretch {
    first: usize,
    length: usize,
}

/// The section that passes most nodes, with these.
fn longest<'a>(scenario: &'a Contents, routes: &'a [FlowRoute]) -> Option<(&'a str, &'a [NodeId])> {
    let of = |(id, section): (&'a String, &Section)| {
        let passed = routes.iter().filter_map(|route| passed(scenario, section, &route.route.nodes));
        Some((id.as_str(), passed.max_by_key(|nodes| nodes.len())?))
    };
    // Of equals the first.
    scenario.section.iter().filter_map(of).rev().max_by_key(|(_, nodes)| nodes.len())
}

/// The nodes of a route from the beginning of a section to its end.
fn passed<'a>(scenario: &Contents, section: &Section, nodes: &'a [NodeId]) -> Option<&'a [NodeId]> {
    let at = |id: &str, nodes: &[NodeId]| {
        let index = scenario.node.get_index_of(id)?;
        nodes.iter().position(|node| node.index() == index)
    };
    let first = at(&section.from, nodes)?;
    let last = first + at(&section.to, &nodes[first..])?;
    Some(&nodes[first..=last])
}

/// Where a section lies on a way, if both of its ends do.
fn place(scenario: &Contents, section: &Section, nodes: &[NodeId]) -> Option<Stretch> {
    let at = |id: &str| {
        let index = scenario.node.get_index_of(id)?;
        nodes.iter().position(|node| node.index() == index)
    };
    let (from, to) = (at(&section.from)?, at(&section.to)?);
    Some(Stretch { first: from.min(to), length: from.abs_diff(to) })
}

#[cfg(test)]
mod tests {
    use crate::model::Plan;
    use crate::scenario::Contents;

    const LINE: &str = "schema = 1\ntitle = \"A line\"\n[run]\nhorizon = \"10 d\"\n[cargo.boxes]\nunit = \"TEU\"\n\
        tonnes-per-unit = 1\n[node.a]\n[node.b]\n[node.c]\n[node.d]\n[link.ab]\nfrom = \"a\"\nto = \"b\"\nmode = \"rail\"\n\
        time = \"1 h\"\n[link.bc]\nfrom = \"b\"\nto = \"c\"\nmode = \"rail\"\ntime = \"1 h\"\n[link.cd]\nfrom = \"c\"\n\
        to = \"d\"\nmode = \"rail\"\ntime = \"1 h\"\n[flow.all]\ncargo = \"boxes\"\nfrom = \"a\"\nto = \"d\"\n\
        volume = \"10 TEU/yr\"\nshipment = \"1 TEU\"\n";

    fn notes(sections: &[(&str, &str)]) -> Vec<String> {
        let section = |(from, to): &(&str, &str)| format!("[section.{from}{to}]\nfrom = \"{from}\"\nto = \"{to}\"\n");
        let text = format!("{LINE}{}", sections.iter().map(section).collect::<String>());
        let scenario = Contents::parse(&text, "line").into_contents().unwrap();
        let remarks = Plan::of(&scenario).unwrap().remarks;
        remarks.into_iter().filter(|one| one.code == "order-of-sections").map(|one| one.path).collect()
    }

    #[test]
    fn sections_that_jump_back_are_noted() {
        assert!(notes(&[("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("a", "d")]).is_empty());
        assert!(notes(&[("a", "d"), ("a", "b"), ("c", "d")]).is_empty());
        assert_eq!(notes(&[("c", "d"), ("a", "b"), ("a", "d")]), ["section.ab"]);
        assert!(notes(&[("c", "d")]).is_empty());
        assert!(notes(&[]).is_empty());
    }
}
