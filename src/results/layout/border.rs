//! Rows of border work as CAREC's corridor performance measurement has them: of a crossing (a place where border work is
//! done), and of a journey with all its crossings.

use std::sync::Arc;

use super::builder::{Builder, Group, Stretch};
use crate::results::catalogue::RowKey;
use crate::results::facts::{BorderWork, Facts};
use crate::words::{FixedUnit, Measure, Subject, SubjectKind};

type Of = fn(&BorderWork) -> f64;

const MEASURES: [(Measure, Of); 2] = [
    (Measure::BorderTime, BorderWork::hours_per_crossing),
    (Measure::BorderTimePerJourney, BorderWork::hours_per_journey),
];

pub(super) fn add(builder: &mut Builder<'_>) {
    let periods = builder.periods();
    let whole = builder.whole();
    for group in builder.groups() {
        // Of single flows there are no months, as of their traffic.
        let is_flow = group.subject.is(SubjectKind::Flow);
        let shown = periods.iter().filter(|period| !(is_flow && period.id.is_month()));
        for period in std::iter::once(&whole).chain(shown) {
            of_flows(builder, &group, period);
        }
    }
    for (section, label) in builder.labels.sections.iter().enumerate() {
        for period in std::iter::once(&whole).chain(&periods) {
            let subject = Subject::of(SubjectKind::Section, &label.id);
            rows(builder, &subject, period, move |facts| vec![facts.section_borders[section].as_slice()]);
        }
    }
}

fn of_flows(builder: &mut Builder<'_>, group: &Group, period: &Stretch) {
    let flows: Arc<[usize]> = builder.comparable(group).into();
    rows(builder, &group.subject, period, move |facts| {
        flows.iter().map(|&flow| facts.borders[flow].as_slice()).collect()
    });
}

fn rows(
    builder: &mut Builder<'_>,
    subject: &Subject,
    period: &Stretch,
    by_month: impl for<'f> Fn(&'f Facts<'_>) -> Vec<&'f [BorderWork]> + Send + Sync + 'static,
) {
    let by_month = Arc::new(by_month);
    for (measure, compute) in MEASURES {
        let (months, by_month) = (Arc::clone(&period.months), Arc::clone(&by_month));
        builder.value(RowKey::new(measure, subject, FixedUnit::Hours).during(&period.id), move |facts| {
            let mut total = BorderWork::default();
            for of in by_month(facts) {
                for &month in months.iter() {
                    total.add(&of[month]);
                }
            }
            compute(&total)
        });
    }
}
