//! Vehicles: how much of a cargo goes on a road as one body.

use super::error::Problem;
use super::register::Register;
use crate::ids::LinkId;
use crate::scenario::types::{Contents, Service, Vehicle};
use crate::units::Size;

/// The unit of what is a vehicle already.
const TRUCK: &str = "truck";

/// What a vehicle takes of a flow's cargo on a road: what the flow says, then the link, then the cargo.
pub(super) fn size(scenario: &Contents, flow: &str, cargo: &str, link: LinkId) -> Option<Size> {
    let cargo = scenario.cargo.get(cargo)?;
    let of_flow = scenario.flow.get(flow).and_then(|flow| flow.vehicle.as_ref());
    let said = [of_flow, scenario.link[link.index()].vehicle.as_ref(), cargo.vehicle.as_ref()];
    said.into_iter().flatten().find_map(|vehicle: &Vehicle| vehicle.takes(cargo))
}

/// Whether shipments are vehicles as they are.
pub(super) fn is_whole(scenario: &Contents, cargo: &str, service: Service) -> bool {
    service == Service::Vehicle || scenario.cargo.get(cargo).is_some_and(|cargo| cargo.unit == TRUCK)
}

/// Without a word on vehicles only single units change to a road.
pub(super) fn must_be_small(scenario: &Contents, register: &mut Register, flow: &str, link: LinkId) {
    let Some(spec) = scenario.flow.get(flow) else { return };
    let largest = spec.shipment.highest();
    if largest > 1.0 {
        let unit = scenario.cargo.get(&spec.cargo).map_or("t", |cargo| cargo.unit.as_str());
        let road = scenario.link.get_index(link.index()).map_or("", |(id, _)| id);
        register
            .fail(format!("flow.{flow}.shipment"), Problem::NoVehicle { road: road.to_owned(), unit: unit.to_owned() });
    }
}
