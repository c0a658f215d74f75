//! The first value of a parameter that keeps a service.

use crate::analysis::Service;
use crate::results::{Difference, Estimated, Results};

/// A service to be kept, and which of the values is the first that keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Until {
    /// The service.
    pub service: Service,
    /// Its figure's place among the measures of the sweep.
    pub measure: usize,
    /// The first point that keeps it; `None` if none does.
    pub kept: Option<Kept>,
}

/// The first point that keeps a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// By parameter, which of its values.
    pub place: Vec<usize>,
    /// The figure there.
    pub figure: Estimated,
    /// The point before it, which does not keep it; `None` if the first one does.
    pub before: Option<Before>,
    /// Whether the intervals of both figures leave out the bound.
    pub is_sure: bool,
}

/// The point before the one that keeps the service.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// By parameter, which of its values.
    pub place: Vec<usize>,
    /// The figure there; `None` if it falls among what is unfinished.
    pub figure: Option<Estimated>,
    /// By how much the figure is other where the service is kept, in the same years.
    pub difference: Option<Difference>,
}

/// Looks at one point after another until the service is kept.
pub(super) struct Looking {
    pub(super) until: Until,
    last: Option<(Vec<usize>, Results)>,
}

impl Looking {
    pub(super) fn of(service: Service, measure: usize) -> Self {
        Self { until: Until { service, measure, kept: None }, last: None }
    }

    /// Takes in a point with the service's figure and its results; true if it keeps the service, after which there is nothing more to look at.
    pub(super) fn is_kept_at(&mut self, place: &[usize], figure: Option<Estimated>, results: Results) -> bool {
        let service = &self.until.service;
        let Some(figure) = figure.filter(|figure| service.is_kept(figure.value)) else {
            self.last = Some((place.to_vec(), results));
            return false;
        };
        let before = self.last.take().map(|(place, last)| Before {
            place,
            figure: service.figure.of_results(&last),
            difference: service.figure.difference(&results, &last),
        });
        let is_sure = is_sure(service, figure)
            && before.as_ref().is_none_or(|before| before.figure.is_none_or(|figure| is_sure(service, figure)));
        self.until.kept = Some(Kept { place: place.to_vec(), figure, before, is_sure });
        true
    }
}

/// Whether the interval of a figure leaves out the bound.
fn is_sure(service: &Service, figure: Estimated) -> bool {
    figure.half_width.is_some_and(|half_width| (figure.value - service.bound).abs() > half_width)
}
