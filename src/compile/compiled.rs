//! An epoch, compiled.

use crate::model::Model;
use crate::network::Route;

/// One epoch, compiled.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) model: Model,
    /// By gate: the path that it is shown under.
    pub(super) gate_paths: Vec<String>,
    /// By program: its route.
    pub(super) routes: Vec<Route>,
}
