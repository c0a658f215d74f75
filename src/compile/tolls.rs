//! What cargo passes and pays at single nodes and links, while its route is not yet known.

use super::PlanError;
use super::calendar::Calendar;
use super::conditions::{Neighbour, Passage, passed};
use super::frame::{Epoch, Frame};
use super::money::{Travelled, facility_charge, link_charges};
use super::register::Register;
use crate::ids::{FlowId, LegId, LineId, NodeId, RouteId, StationId};
use crate::model::{Program, RouteCharge};
use crate::network::{Hop, Network, Route};
use crate::scenario::types::{Cargo, Contents, Service};
use crate::units::SimTime;

/// Who asks: a flow's id (or any other word), its cargo, and how it moves.
#[derive(Clone, Copy, Debug)]
pub struct Payer<'a> {
    /// Conditions of facilities may name flows.
    pub flow: &'a str,
    /// Id of the cargo.
    pub cargo_id: &'a str,
    /// The cargo.
    pub cargo: &'a Cargo,
    /// How it moves.
    pub service: Service,
}

/// Facilities and charges of a scenario, as its clock begins.
pub struct Tolls<'a> {
    frame: Frame<'a>,
    payer: Payer<'a>,
    nowhere: (Program, Route),
}

impl<'a> Tolls<'a> {
    /// Of a scenario that can be compiled.
    ///
    /// # Errors
    /// The network does not hold together, or a flow has no route.
    pub fn new(scenario: &'a Contents, payer: Payer<'a>) -> Result<Self, Vec<PlanError>> {
        let frame = Frame::new(Calendar::new(&scenario.run), vec![Epoch { scenario, from: SimTime::ZERO }], scenario)?;
        let program = Program::new(FlowId::new(0), RouteId::new(0), Vec::new(), Vec::new(), &[]);
        Ok(Self { frame, payer, nowhere: (program, Route::default()) })
    }

    /// The network of the scenario.
    pub fn network(&self) -> &Network {
        &self.frame.network
    }

    /// Tonnes of a unit.
    pub fn tonnes_per_unit(&self) -> f64 {
        self.payer.cargo.mass_per_unit.tonnes()
    }

    /// Stations that a body passes at a node between two links.
    pub fn stations(&self, node: NodeId, before: Option<Hop>, after: Option<Hop>) -> Vec<StationId> {
        let base = self.frame.base();
        let passage = Passage {
            node,
            number: 0,
            before: before.map(|hop| self.neighbour(hop, self.network().ends(hop).0)),
            after: after.map(|hop| self.neighbour(hop, self.network().ends(hop).1)),
            country: base.node[node.index()].country.as_deref(),
            cargo: self.payer.cargo_id,
            service: self.payer.service,
            flow: self.payer.flow,
        };
        passed(&self.frame, base, &passage).into_iter().map(|facility| facility.station).collect()
    }

    fn neighbour(&self, hop: Hop, other: NodeId) -> Neighbour<'_> {
        let country = self.frame.base().node[other.index()].country.as_deref();
        Neighbour { hop, mode: self.network().link(hop.link).mode, country }
    }

    /// What a unit pays at a node between two links.
    pub fn node_charges(&self, node: NodeId, before: Option<Hop>, after: Option<Hop>) -> Vec<RouteCharge> {
        let travel = self.travel();
        self.stations(node, before, after).into_iter().filter_map(|station| facility_charge(travel, station)).collect()
    }

    /// What a unit pays for a link; vessels excluded.
    pub fn link_charges(&self, hop: Hop) -> Vec<RouteCharge> {
        link_charges(self.travel(), hop, &mut Register::default())
    }

    /// The leg of a hop, where vessels sail it.
    pub fn leg(&self, hop: Hop) -> Option<LegId> {
        self.frame.leg(hop)
    }

    /// The line of a hop, where trains wait for it.
    pub fn line(&self, hop: Hop) -> Option<LineId> {
        self.frame.line(hop.link)
    }

    fn travel(&self) -> Travelled<'_> {
        Travelled {
            frame: &self.frame,
            scenario: self.frame.base(),
            program: &self.nowhere.0,
            route: &self.nowhere.1,
            cargo_id: self.payer.cargo_id,
            cargo: self.payer.cargo,
            service: self.payer.service,
        }
    }
}
