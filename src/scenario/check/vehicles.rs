//! What vehicles take on roads.

use super::Check;
use crate::scenario::types::Vehicle;

impl Check<'_> {
    pub(super) fn vehicles(&mut self) {
        for (id, flow) in &self.scenario.flow {
            self.vehicle(&["flow", id, "vehicle"], flow.vehicle.as_ref(), Some(&flow.cargo));
        }
        for (id, cargo) in &self.scenario.cargo {
            self.vehicle(&["cargo", id, "vehicle"], cargo.vehicle.as_ref(), Some(id));
        }
        for (id, link) in &self.scenario.link {
            self.vehicle(&["link", id, "vehicle"], link.vehicle.as_ref(), None);
        }
    }

    /// An amount above zero, in the unit of the cargo or in tonnes.
    fn vehicle(&mut self, path: &[&str], vehicle: Option<&Vehicle>, cargo: Option<&str>) {
        let Some(vehicle) = vehicle else { return };
        if vehicle.amount <= 0.0 {
            self.error("out-of-range", path, format!("`{}` must be above zero", path.join(".")));
        }
        let cargo = cargo.and_then(|id| self.scenario.cargo.get_key_value(id));
        if let Some((id, cargo)) = cargo.filter(|(_, cargo)| vehicle.takes(cargo).is_none()) {
            let message =
                format!("`{}` is in {}, but `{id}` is counted in {}", path.join("."), vehicle.unit, cargo.unit);
            self.error_help("other-unit", path, message, &format!("write it in {} or in tonnes", cargo.unit));
        }
    }
}
