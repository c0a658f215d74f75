//! What a shipment goes through on a route: steps with the draws and needs of each.

use std::ops::Range;

use crate::ids::{
    CellId, FlowId, FormerId, LegId, LineId, NodeId, PoolId, ProgramId, RouteId, SectionId, StationId, StorageId,
};
use crate::random::{Distribution, StreamId};
use crate::units::Size;

/// What a body does, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The flow of its shipments.
    pub flow: FlowId,
    /// The route of that flow.
    pub route: RouteId,
    /// The steps; the last is [`Step::Deliver`].
    pub steps: Vec<Step>,
    /// Section clocks that start or stop at a step, in order of the step.
    pub marks: Vec<Mark>,
    /// What is asked at nearly every step, found once: by step, and at the end of all.
    standings: Vec<Standing>,
}

/// Where a body stands before a step.
#[derive(Clone, Debug, Default, PartialEq)]
struct Standing {
    node: Option<NodeId>,
    storage: Option<StorageId>,
    /// The storage that may hold back who takes at this step.
    ahead: Option<StorageId>,
    /// Marks of this step.
    marks: Range<u32>,
}

impl Program {
    /// A program of these steps, with its takings of things per amount, each with the storage that is the next to be entered.
    pub fn new(flow: FlowId, route: RouteId, steps: Vec<Step>, marks: Vec<Mark>, ahead: &[Ahead]) -> Self {
        let standings = standings(&steps, &marks, ahead);
        Self { flow, route, steps, marks, standings }
    }

    /// The node at which a body stands before a step.
    #[inline]
    pub fn node_before(&self, step: u32) -> Option<NodeId> {
        self.standings[step as usize].node
    }

    /// The storage in which a body stands that is at a step.
    #[inline]
    pub fn stored_before(&self, step: u32) -> Option<StorageId> {
        self.standings[step as usize].storage
    }

    /// The section clocks that start or stop at a step.
    #[inline]
    pub fn marks_at(&self, step: u32) -> &[Mark] {
        self.marks_of(&self.standings[step as usize])
    }

    /// The node at which a body stands before a step, and the section clocks that start or stop at the step.
    #[inline]
    pub fn node_and_marks(&self, step: u32) -> (Option<NodeId>, &[Mark]) {
        let standing = &self.standings[step as usize];
        (standing.node, self.marks_of(standing))
    }

    #[inline]
    fn marks_of(&self, standing: &Standing) -> &[Mark] {
        let marks = &standing.marks;
        // Most steps have none, which is then seen without a look at the list.
        if marks.is_empty() { &[] } else { &self.marks[marks.start as usize..marks.end as usize] }
    }

    /// The storage that may hold back who takes at a step.
    #[inline]
    pub fn ahead_of(&self, step: u32) -> Option<StorageId> {
        self.standings[step as usize].ahead
    }

    /// What a body that waits to enter a storage at a step gives back inside.
    pub fn given_inside(&self, step: u32) -> &[Giving] {
        let stays =
            |step: &&Step| !matches!(step, Step::Line { .. } | Step::Run { .. } | Step::Board(_) | Step::Take(_));
        let here = self.steps[step as usize..].iter().take_while(stays);
        let mut givings =
            here.filter_map(|step| if let Step::Give(givings) = step { Some(&givings[..]) } else { None });
        givings.next().unwrap_or_default()
    }
}

fn standings(steps: &[Step], marks: &[Mark], ahead: &[Ahead]) -> Vec<Standing> {
    let (mut node, mut storage) = (None, None);
    let before = |step: usize| marks.partition_point(|mark| (mark.step as usize) < step) as u32;
    let mut standings = Vec::with_capacity(steps.len() + 1);
    for step in 0..=steps.len() {
        let ahead = ahead.iter().find(|ahead| ahead.step as usize == step).map(|ahead| ahead.storage);
        standings.push(Standing { node, storage, ahead, marks: before(step)..before(step + 1) });
        match steps.get(step) {
            Some(Step::Arrive { node: at, .. }) => (node, storage) = (Some(*at), None),
            Some(Step::Enter(at) | Step::EnterOver(at)) => storage = Some(*at),
            _ => {}
        }
    }
    standings
}

/// Where who takes things per amount goes with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Index of the step that takes.
    pub step: u32,
    /// The storage that is the next to be entered by land.
    pub storage: StorageId,
}

/// A section's clock starts or stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index of the step.
    pub step: u32,
    /// The section.
    pub section: SectionId,
    /// Starts the clock, or stops it.
    pub starts: bool,
}

/// One step of a program. Marks fire when an `Arrive` is executed, and for the moving steps (`Line`, `Run`,
/// `Board`) at the moment of setting out.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The body is at a node (also the first step of every route). A body carried by a vessel arrives when the vessel does.
    Arrive {
        /// Where.
        node: NodeId,
        /// How many times it was there before.
        visit: u32,
    },
    /// Pass a station.
    Serve(Visit),
    /// Pass several stations side by side; the body goes on after the last.
    Together(Vec<Visit>),
    /// Take pools, all or none; those already held are not named here.
    Take(Vec<Need>),
    /// Give pools back.
    Give(Vec<Giving>),
    /// Wait for space and take it (by land). A body that waits outside has given back what it holds per body and will
    /// give back here; what it holds per amount it keeps, and may have to lend.
    Enter(StorageId),
    /// Take space that may overflow (from a vessel).
    EnterOver(StorageId),
    /// Give space back.
    Leave(StorageId),
    /// Wait to be part of one body; that body executes the steps up to its `Break`.
    Form(FormerId),
    /// The same for a part of a shipment that was split; a whole one passes and stays a body of its own.
    FormParts(FormerId),
    /// The body is broken up; each shipment goes on by its own program.
    Break,
    /// Wait for a path and a place on a line, then run.
    Line {
        /// The line.
        line: LineId,
        /// 0: from the link's `from`; 1: back.
        direction: u8,
        /// Running time.
        law: Draw,
    },
    /// Run without waiting.
    Run {
        /// Running time.
        law: Draw,
        /// Where it is booked.
        cell: CellId,
    },
    /// A shipment may go on by another program from here on: what was to do on arrival is done, and nothing of the next
    /// leg is taken.
    Switch,
    /// From here on a shipment goes in bodies of at most this size, each with what is behind; the last has the rest.
    Cut(Size),
    /// Wait for a vessel, cross, be unloaded. The next step is the `Arrive` at the other port.
    Board(LegId),
    /// The end of the route.
    Deliver,
}

impl Step {
    /// Whether it passes a link: the nth that does passes the nth link of the route.
    pub const fn moves(&self) -> bool {
        matches!(self, Self::Line { .. } | Self::Run { .. } | Self::Board(_))
    }
}

/// One passage through a station.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Visit {
    /// The station.
    pub station: StationId,
    /// Name of the node for identities.
    pub node: StreamId,
    /// How many times the body was at the node before.
    pub number: u32,
}

/// A duration of the law table drawn for a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Index into [`Model::laws`](super::Model).
    pub law: u32,
    /// How many times the body used this link before.
    pub number: u32,
}

/// A duration with the stream that it is drawn from.
#[derive(Clone, Debug)]
pub struct Law {
    /// Milliseconds.
    pub time: Distribution,
    /// The named source of the draws.
    pub stream: StreamId,
}

/// Things of a pool that a body takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// The pool.
    pub pool: PoolId,
    /// Size served by one thing; `None`: one a body.
    pub per: Option<Size>,
}

/// A pool given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Giving {
    /// The pool.
    pub pool: PoolId,
    /// The program by which the things go home as cargo (its flow is one that only pools make).
    pub home: Option<ProgramId>,
}
