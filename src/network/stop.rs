//! What a route is asked to pass or to leave aside: nodes and links by name.

use super::error::RouteError;
use super::graph::Network;
use crate::ids::{LinkId, NodeId};

/// A node, or a link in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// A node.
    Node(NodeId),
    /// A link.
    Link(LinkId),
}

/// Where a route leads: from its first stop through the others to its last, without some things.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Itinerary {
    /// Where it begins, what it passes in order, and where it ends.
    pub stops: Vec<Stop>,
    /// What it may not pass.
    pub avoid: Vec<Stop>,
}

impl Itinerary {
    /// Reads the words of a scenario or of the command line: `via` and `avoid` hold `"aktau"`, `"node.aktau"`,
    /// `"beyneu-mangystau"` or `"link.beyneu-mangystau"`.
    ///
    /// # Errors
    /// A word names nothing, or both a node and a link.
    pub fn read(
        network: &Network,
        path: &str,
        (from, to): (&str, &str),
        (via, avoid): (&[String], &[String]),
    ) -> Result<Self, RouteError> {
        let node = |id: &str| network.node(id).map(Stop::Node).ok_or_else(|| unknown(path, id));
        let mut stops = vec![node(from)?];
        for word in via {
            stops.push(network.stop(path, word)?);
        }
        stops.push(node(to)?);
        let avoid = avoid.iter().map(|word| network.stop(path, word)).collect::<Result<_, _>>()?;
        Ok(Self { stops, avoid })
    }

    pub(super) fn avoids(&self, stop: Stop) -> bool {
        self.avoid.contains(&stop)
    }
}

impl Network {
    /// The node or link that a word names.
    fn stop(&self, path: &str, word: &str) -> Result<Stop, RouteError> {
        let (node, link) = match word.split_once('.') {
            Some(("node", id)) => (self.node(id), None),
            Some(("link", id)) => (None, self.link_named(id)),
            _ => (self.node(word), self.link_named(word)),
        };
        match (node, link) {
            (Some(node), None) => Ok(Stop::Node(node)),
            (None, Some(link)) => Ok(Stop::Link(link)),
            (None, None) => Err(unknown(path, word)),
            (Some(_), Some(_)) => Err(RouteError {
                path: path.to_owned(),
                message: format!("`{word}` is both a node and a link"),
                help: format!("write \"node.{word}\" or \"link.{word}\""),
            }),
        }
    }
}

fn unknown(path: &str, word: &str) -> RouteError {
    RouteError {
        path: path.to_owned(),
        message: format!("there is no node or link `{word}`"),
        help: "name a node or a link".to_owned(),
    }
}
