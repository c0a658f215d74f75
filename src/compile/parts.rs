//! What programs share: laws of running times, formers, ways home of pools.

use super::error::Problem;
use super::register::Register;
use super::streams;
use crate::ids::{CellId, FormerId, LinkId, NodeId, PoolId, ProgramId};
use crate::model::{Former, Law, Step};
use crate::network::{Route, speed_of};
use crate::random::Distribution;
use crate::scenario::types::{self, Contents, Mode, Returns, Service};
use crate::units::MS_PER_HOUR;
use crate::words::Cause;

/// A yard: its node, and its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct YardAt {
    pub(super) node: NodeId,
    pub(super) position: usize,
}

/// The route by which a pool's things go home.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WayHome {
    pub(super) pool: PoolId,
    pub(super) route: Route,
}

/// Tables that grow while programs are written.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) laws: Vec<Law>,
    laws_of: Vec<(LinkId, Service)>,
    pub(super) formers: Vec<Former>,
    formers_of: Vec<(YardAt, Vec<Step>)>,
    /// Their programs follow those of the flows' routes.
    pub(super) homes: Vec<WayHome>,
    /// Number of routes of flows.
    pub(super) routes: usize,
}

impl Parts {
    pub(super) fn new(routes: usize) -> Self {
        Self { routes, ..Self::default() }
    }

    /// The running time of a service on a link, and the cell where it is booked.
    pub(super) fn running(
        &mut self,
        scenario: &Contents,
        register: &mut Register,
        link: LinkId,
        service: Service,
    ) -> (u32, CellId) {
        let id = scenario.link.get_index(link.index()).map_or("", |(id, _)| id);
        let spec = &scenario.link[link.index()];
        let cell = register.cell(&format!("link.{id}"), moving(spec.mode));
        let known = self.laws_of.iter().position(|law| *law == (link, service));
        let index = known.unwrap_or_else(|| {
            let stream = streams::thing(register, "link", id, spec.key.as_ref(), "running");
            let time = running_time(spec, service, register, &format!("link.{id}"));
            self.laws.push(Law { time, stream });
            self.laws_of.push((link, service));
            self.laws.len() - 1
        });
        (index as u32, cell)
    }

    /// The program by which a pool's things go home as cargo, where they do.
    pub(super) fn home(&mut self, scenario: &Contents, pool: PoolId, stretch: Route) -> Option<ProgramId> {
        if !matches!(scenario.pool[pool.index()].returns, Returns::As(_)) {
            return None;
        }
        let wanted = WayHome { pool, route: stretch };
        let position = self.homes.iter().position(|home| *home == wanted).unwrap_or_else(|| {
            self.homes.push(wanted);
            self.homes.len() - 1
        });
        Some(ProgramId::new(self.routes + position))
    }

    /// The former of a yard for bodies that share all steps from `after_form` up to their `Break`.
    pub(super) fn former(
        &mut self,
        scenario: &Contents,
        register: &mut Register,
        yard: YardAt,
        after_form: &[Step],
    ) -> FormerId {
        let length = after_form.iter().position(|step| *step == Step::Break).map_or(after_form.len(), |at| at + 1);
        let shared = &after_form[..length];
        if let Some(known) = self.formers_of.iter().position(|(at, steps)| *at == yard && steps == shared) {
            return FormerId::new(known);
        }
        let spec = &scenario.node[yard.node.index()].yard[yard.position];
        let wait = register.cell(&yard_path(scenario, yard), Cause::WaitTrain);
        self.formers.push(Former { full: spec.train, max_wait: spec.max_wait, length: length as u32, wait });
        self.formers_of.push((yard, shared.to_vec()));
        FormerId::new(self.formers.len() - 1)
    }
}

fn yard_path(scenario: &Contents, YardAt { node, position }: YardAt) -> String {
    let node_id = scenario.node.get_index(node.index()).map_or("", |(id, _)| id);
    let id = scenario.node[node.index()].yard.get_index(position).map_or("", |(id, _)| id);
    format!("node.{node_id}.yard.{id}")
}

/// The cause of moving by a mode.
pub(super) const fn moving(mode: Mode) -> Cause {
    if matches!(mode, Mode::Sea) { Cause::Sailing } else { Cause::Running }
}

/// The time of a link: its own, else length ÷ speed × spread.
pub(super) fn link_time(link: &types::Link, service: Service) -> Option<Distribution> {
    if let Some(time) = &link.time {
        return Some(time.clone());
    }
    let hours = link.length?.get() / speed_of(link, service)?;
    (hours.is_finite() && hours >= 0.0).then(|| link.spread.scaled(hours * MS_PER_HOUR as f64))
}

fn running_time(link: &types::Link, service: Service, register: &mut Register, path: &str) -> Distribution {
    link_time(link, service).unwrap_or_else(|| {
        register.fail(path, Problem::Missing { what: "`time`, or `length` and `speed` above zero," });
        register.constant(path, 0.0)
    })
}
