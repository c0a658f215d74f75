//! The rows of results, each with the way in which it is computed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sampler::Sampler;
use crate::results::catalogue::Catalogue;
use crate::results::facts::{Facts, Shape};
use crate::units::Timespan;
use crate::words::Period;

/// How the number of a row comes about.
pub(in crate::results) enum Formula {
    /// From the facts.
    Value(Box<dyn Fn(&Facts<'_>) -> f64 + Send + Sync>),
    /// The mean of the durations of a slot of [`Catalogue::pooled`].
    Pooled(usize),
    /// The buffer index of such a slot.
    Buffer(usize),
}

/// Which rows there are and how each is computed.
///
/// Two plans of one shape (the same things under the same names) have the same layout, whatever their numbers.
pub struct Layout {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) formulas: Vec<Formula>,
    pub(super) ms_per_unit: Vec<f64>,
    pub(super) sampler: Sampler,
    pub(super) spans: BTreeMap<Period, Timespan>,
    pub(super) shape: Shape,
}

impl Layout {
    /// What the numbers of a record are.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// What the horizon has of a period of the rows.
    pub fn span(&self, period: &Period) -> Option<Timespan> {
        self.spans.get(period).copied()
    }

    pub(in crate::results) fn formulas(&self) -> &[Formula] {
        &self.formulas
    }

    pub(in crate::results) fn sampler(&self) -> &Sampler {
        &self.sampler
    }

    pub(in crate::results) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The series of each row of durations with the milliseconds of its unit.
    pub(in crate::results) fn pooled(&self) -> impl Iterator<Item = (&[u32], f64)> {
        self.catalogue.pooled.iter().zip(&self.ms_per_unit).map(|(pooled, &ms)| (pooled.series.as_slice(), ms))
    }
}

impl std::fmt::Debug for Layout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Layout").field("rows", &self.catalogue.rows.len()).finish_non_exhaustive()
    }
}
