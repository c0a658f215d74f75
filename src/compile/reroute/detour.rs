//! Detours: routes that begin as one and go on as another.

use crate::compile::flow_route::FlowRoute;
use crate::ids::NodeId;
use crate::network::Hop;

/// The detours of all flows, and where each program may switch.
#[derive(Clone, Debug, Default)]
pub(in crate::compile) struct Detours {
    /// Their programs follow those of the flows' routes.
    pub(in crate::compile) all: Vec<Detour>,
    /// By program, of flows' routes and of detours: where it may switch.
    pub(in crate::compile) switches: Vec<Vec<SwitchAt>>,
    /// By program: the places of its route at which it has a switching point, also those that it has left behind.
    pub(super) points: Vec<Vec<usize>>,
}

impl Detours {
    /// The places of a program's route at which it has a switching point: its own, and of a detour those up to its last switch.
    pub(in crate::compile) fn positions(&self, program: usize) -> Vec<usize> {
        self.points.get(program).cloned().unwrap_or_default()
    }

    /// The switches of a program that follows so many routes of flows.
    pub(in crate::compile) fn switched(&self, routes: usize, program: usize) -> &[Switched] {
        let detour = program.checked_sub(routes).and_then(|at| self.all.get(at));
        detour.map(|detour| detour.switched.as_slice()).unwrap_or_default()
    }
}

/// A route that begins as one and goes on as another.
#[derive(Clone, Debug)]
pub(in crate::compile) struct Detour {
    pub(in crate::compile) route: FlowRoute,
    pub(in crate::compile) switched: Vec<Switched>,
}

/// A place of a detour where it leaves the route that it came by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::compile) struct Switched {
    /// Place among the nodes.
    pub(in crate::compile) position: usize,
    /// The hop by which it was to go on.
    pub(in crate::compile) meant: Hop,
    /// The node to which that leads.
    pub(in crate::compile) to: NodeId,
}

/// A switching point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::compile) struct SwitchAt {
    /// Place among the nodes of the route.
    pub(in crate::compile) position: usize,
    /// The programs by which one may go on, each with the name of the route that is taken.
    pub(in crate::compile) onwards: Vec<(usize, String)>,
}
