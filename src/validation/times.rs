//! Observed mean times beside what the simulated ones are made of.

use serde::{Deserialize, Serialize};

use super::assign::Assigned;
use super::class::Class;
use crate::results::Summary;
use crate::words::{Cause, Measure};

/// An observed mean time, in days, with the simulated one by cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValidatedTime {
    /// What it is of, by its name for people.
    pub name: String,
    /// What the observed figure was used for.
    pub class: Class,
    /// As observed.
    pub observed: f64,
    /// The observed band, where there is one.
    pub band: Option<(f64, f64)>,
    /// The simulated mean by cause; the parts add up to it.
    pub simulated: Vec<(Cause, f64)>,
}

impl ValidatedTime {
    /// `None` where the figure is no time over the horizon whose parts are kept, or nobody arrived.
    pub(super) fn of(assigned: &Assigned, summary: &Summary) -> Option<Self> {
        let Assigned { observation, row, factor } = assigned;
        let is_kept = matches!(row.measure, Measure::SectionTime | Measure::TransitTime) && row.is_whole();
        let simulated = by_cause(summary, assigned);
        (is_kept && !simulated.is_empty()).then(|| Self {
            name: summary.network.subject_name(&row.subject),
            class: observation.class,
            observed: observation.value / factor,
            band: observation.band.map(|(low, high)| (low / factor, high / factor)),
            simulated,
        })
    }
}

fn by_cause(summary: &Summary, assigned: &Assigned) -> Vec<(Cause, f64)> {
    let parts = || summary.of(Measure::Time).filter(|part| part.key.subject == assigned.row.subject);
    let days = |cause: Cause| -> f64 {
        parts().filter(|part| part.key.cause == Some(cause)).filter_map(|part| part.mean).sum()
    };
    Cause::ALL.into_iter().map(|cause| (cause, days(cause))).filter(|(_, days)| *days > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use crate::validation::synthetic_validation;

    #[test]
    fn times_have_their_parts_in_days_and_traffic_has_none() {
        let validation = synthetic_validation();
        let names: Vec<&str> = validation.times.iter().map(|time| time.name.as_str()).collect();
        assert_eq!(names[..2], ["Altynkol–Poti", "Aktau–Alat"]);
        let first = &validation.times[0];
        let simulated: f64 = first.simulated.iter().map(|part| part.1).sum();
        let figure = validation.figures.iter().find(|figure| figure.subject.id() == "altynkol-poti").unwrap();
        assert!((simulated / figure.simulated.unwrap() - 1.0).abs() < 1e-6, "{simulated} {figure:?}");
        assert_eq!((first.observed, first.band), (20.0, Some((18.0, 22.0))));
    }
}
