//! Where scenarios are read from.

use std::sync::Arc;

use super::files::Files;
use super::library::Embedded;

/// Files, the scenarios that come with the program, and how far files may lead.
#[derive(Clone)]
pub(super) struct Origin {
    pub(super) files: Arc<dyn Files + Send + Sync>,
    pub(super) embedded: &'static [Embedded],
    /// Whether `include` and `extends` may name files outside the folder of the scenario.
    pub(super) anywhere: bool,
}
