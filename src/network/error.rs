//! Why a network cannot be built, or a flow has no route.

use std::fmt;

use thiserror::Error;

/// Why a network cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// A link ends at a node that does not exist.
    #[error("link.{link}: there is no node `{node}`")]
    NoNode {
        /// Id of the link.
        link: String,
        /// What it names.
        node: String,
    },
    /// A fleet sails between ports that no sea link joins.
    #[error("fleet.{fleet}: no sea link leads from `{from}` to `{to}`")]
    NoSeaLink {
        /// Id of the fleet.
        fleet: String,
        /// Port.
        from: String,
        /// Next port.
        to: String,
    },
}

/// Why a link cannot be used in a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Against a one-way link.
    OneWay,
    /// The link's `carries` does not name the cargo (road and pipeline need it).
    NotCarried,
    /// No fleet has its ends as consecutive ports, and it has no time of its own.
    NoFleet,
    /// Fleets serve it, but none carries the cargo.
    FleetsCarryOther,
    /// It has neither a time nor length and speed.
    NoTime,
    /// It, or a node at its end, is not open over the whole clock.
    NotAlwaysOpen,
    /// The flow's `avoid` names it or the node at its end.
    Avoided,
}

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OneWay => "is one-way the other way",
            Self::NotCarried => "does not carry it",
            Self::NoFleet => "is served by no fleet with both ends as consecutive ports, and has no `time`",
            Self::FleetsCarryOther => "is served by fleets that do not carry it",
            Self::NoTime => "has neither `time` nor `length` and `speed`",
            Self::NotAlwaysOpen => "is not open over the whole run",
            Self::Avoided => "is to be avoided, or the node to which it leads",
        })
    }
}

impl Closed {
    /// What would open the link.
    pub const fn help(self) -> &'static str {
        match self {
            Self::OneWay => "remove `one-way`, or lead the route round by `via`",
            Self::NotCarried => "add the cargo to the link's `carries`",
            Self::NoFleet => "add both ports to the `ports` of a fleet, one after the other, or give the link a `time`",
            Self::FleetsCarryOther => "add the cargo to the `carries` of a fleet there",
            Self::NoTime => "give the link a `time`, or a `length` and a `speed`",
            Self::NotAlwaysOpen => "name the link or both of its ends in `via`, or lead the route round",
            Self::Avoided => "take it from `avoid`, or add links that lead round it",
        }
    }
}

/// A flow, or a part of it, has no route.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{path}: {message}")]
pub struct RouteError {
    /// Parameter path of what has no route: `flow.F` or `flow.F.route.W`.
    pub path: String,
    /// Where the route ends, and why.
    pub message: String,
    /// What would help.
    pub help: String,
}
