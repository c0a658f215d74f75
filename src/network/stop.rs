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

/// An itinerary in the words of a scenario or of the command line: `via` and `avoid` hold `"aktau"`, `"node.aktau"`,
/// `"beyneu-mangystau"` or `"link.beyneu-mangystau"`.
#[derive(Clone, Copy, Debug)]
pub struct ItineraryWords<'a> {
    /// The node where it begins.
    pub from: &'a str,
    /// The node where it ends.
    pub to: &'a str,
    /// What it passes, in order.
    pub via: &'a [String],
    /// What it may not pass.
    pub avoid: &'a [String],
}

impl Itinerary {
    pub(super) fn avoids(&self, stop: Stop) -> bool {
        self.avoid.contains(&stop)
    }
}

impl Network {
    /// Reads an itinerary.
    ///
    /// # Errors
    /// A word names nothing, or both a node and a link.
    pub fn itinerary(&self, path: &str, words: ItineraryWords<'_>) -> Result<Itinerary, RouteError> {
        let node = |id: &str| self.node(id).map(Stop::Node).ok_or_else(|| unknown(path, id));
        let mut stops = vec![node(words.from)?];
        for word in words.via {
            stops.push(self.stop(path, word)?);
        }
        stops.push(node(words.to)?);
        let avoid = words.avoid.iter().map(|word| self.stop(path, word)).collect::<Result<_, _>>()?;
        Ok(Itinerary { stops, avoid })
    }

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
