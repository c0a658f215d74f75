//! What all routes of an answer have in common.

use crate::arithmetic::Estimator;
use crate::compile::Tolls;
use crate::ids::CargoId;
use crate::model::Plan;

/// What all routes of an answer have in common.
pub(super) struct Ground<'a> {
    pub(super) plan: &'a Plan,
    pub(super) estimator: &'a Estimator<'a>,
    pub(super) tolls: &'a Tolls<'a>,
    pub(super) cargo: CargoId,
}
