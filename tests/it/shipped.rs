//! In every scenario that comes with the program every table of parts adds up to its whole.

use std::collections::BTreeSet;

use midcor::model::Plan;
use midcor::results::{Summary, SummaryRow};
use midcor::scenario::{ScenarioReader, embedded};
use midcor::units::Duration;
use midcor::words::{FixedUnit, Measure, Period, Subject, SubjectKind};

use super::lab::Lab;

/// Days that are simulated of each, at most: sums do not want long runs.
const WARM_UP: f64 = 30.0;
const HORIZON: f64 = 75.0;
const DRAIN: f64 = 20.0;
/// Rounding of sums of reals.
const ROUNDING: f64 = 1e-9;

#[test]
fn parts_add_up_to_their_wholes() {
    let (mut simulated, mut with_times) = (0, 0);
    for file in embedded().iter().filter(|file| file.is_scenario()) {
        let Ok(mut scenario) = ScenarioReader::default().read(file.name(), &[]).into_contents() else { continue };
        let run = &mut scenario.run;
        for (time, most) in [(&mut run.warm_up, WARM_UP), (&mut run.horizon, HORIZON), (&mut run.drain, DRAIN)] {
            *time = (*time).min(Duration::from_days(most));
        }
        let run = scenario.run.clone();
        for epoch in &mut scenario.epochs {
            epoch.scenario.run = run.clone();
        }
        let plan = Plan::of(&scenario).unwrap_or_else(|errors| panic!("{}: {errors:?}", file.name()));
        let lab = Lab::of_plan(plan);
        let summary = lab.results(0..1, 1).summary();
        let of = Sums { name: file.name(), summary: &summary };
        with_times += of.time();
        of.revenue();
        of.books();
        of.groups(&lab.plan);
        of.server_states();
        of.months(&lab.plan);
        simulated += 1;
    }
    assert!(simulated > 20 && with_times > 100, "{simulated} scenarios with times of {with_times} subjects");
}

struct Sums<'a> {
    name: &'a str,
    summary: &'a Summary,
}

impl Sums<'_> {
    fn add_up(&self, what: &str, parts: f64, whole: f64) {
        let scale = whole.abs().max(1e-6);
        assert!((parts - whole).abs() <= ROUNDING * scale, "{}: {what}: parts {parts}, whole {whole}", self.name);
    }

    /// The mean of a row over the horizon in a unit.
    fn mean(&self, measure: Measure, subject: &Subject, unit: FixedUnit) -> Option<f64> {
        let is = |row: &&SummaryRow| {
            let key = &row.key;
            key.subject == *subject && key.unit == unit && key.place.is_none() && key.cause.is_none()
        };
        self.summary.of(measure).find(is)?.mean
    }

    fn subjects(&self, measure: Measure) -> BTreeSet<Subject> {
        self.summary.of(measure).map(|row| row.key.subject.clone()).collect()
    }

    /// Days by place and cause are the days; of how many subjects.
    fn time(&self) -> usize {
        let mut checked = 0;
        for subject in self.subjects(Measure::Time) {
            let whole = if subject.is(SubjectKind::Section) { Measure::SectionTime } else { Measure::TransitTime };
            let Some(whole) = self.mean(whole, &subject, FixedUnit::Days) else { continue };
            let rows = self.summary.of(Measure::Time).filter(|row| row.key.subject == subject);
            self.add_up(&format!("time of {subject}"), rows.filter_map(|row| row.mean).sum(), whole);
            checked += 1;
        }
        checked
    }

    /// What is paid is somebody's revenue, in some country, and what is emitted is emitted in one.
    fn revenue(&self) {
        for (measure, whole, unit) in [
            (Measure::Revenue, Measure::FreightCharge, FixedUnit::UsdPerYear),
            (Measure::Emissions, Measure::Emissions, FixedUnit::TonnesPerYear),
        ] {
            let Some(whole) = self.mean(whole, &Subject::corridor(), unit) else { continue };
            // What emits need not have an operator, but is in a country.
            for of in [SubjectKind::Operator, SubjectKind::Country]
                .into_iter()
                .skip(usize::from(measure == Measure::Emissions))
            {
                let rows = self.summary.of(measure).filter(|row| row.key.subject.is(of));
                self.add_up(&format!("{measure} by {of}"), rows.filter_map(|row| row.mean).sum(), whole);
            }
        }
    }

    /// What was offered was carried, refused, lost, or is under way besides what was before.
    fn books(&self) {
        for subject in self.subjects(Measure::Backlog) {
            let of = |measure| self.mean(measure, &subject, FixedUnit::TonnesPerYear).unwrap_or(0.0);
            let ends = [Measure::Carried, Measure::Refused, Measure::LostToOutside, Measure::Backlog];
            let parts = ends.map(of).into_iter().sum();
            self.add_up(&format!("what was offered of {subject}"), parts, of(Measure::Offered));
        }
    }

    /// Cargoes, and tags that every counted flow has, are the corridor.
    fn groups(&self, plan: &Plan) {
        let counted = || plan.labels.flows.iter().filter(|flow| flow.counted);
        let tags: BTreeSet<&str> = counted().flat_map(|flow| &flow.tags).map(|tag| tag.0.as_str()).collect();
        let of_all = tags.iter().filter(|name| counted().all(|flow| flow.tags.iter().any(|tag| tag.0 == **name)));
        let kinds = of_all.map(|name| format!("tag.{name}.")).chain(["cargo.".to_owned()]);
        for kind in kinds {
            for measure in
                [Measure::Offered, Measure::Carried, Measure::Refused, Measure::LostToOutside, Measure::Backlog]
            {
                let Some(whole) = self.mean(measure, &Subject::corridor(), FixedUnit::TonnesPerYear) else { continue };
                let parts = self.subjects(measure).into_iter().filter(|subject| subject.as_str().starts_with(&kind));
                let parts = parts.filter_map(|subject| self.mean(measure, &subject, FixedUnit::TonnesPerYear)).sum();
                self.add_up(&format!("{measure} by {kind}"), parts, whole);
            }
        }
    }

    /// A server is busy, blocked, down, closed or idle.
    fn server_states(&self) {
        for subject in
            self.subjects(Measure::SpareCapacity).into_iter().filter(|subject| subject.as_str().contains(".facility."))
        {
            let states =
                [Measure::Utilisation, Measure::Blocked, Measure::Down, Measure::Closed, Measure::SpareCapacity];
            let known: Vec<f64> =
                states.iter().filter_map(|&state| self.mean(state, &subject, FixedUnit::One)).collect();
            if known.len() == states.len() {
                self.add_up(&format!("states of {subject}"), known.iter().sum(), 1.0);
            }
        }
    }

    /// Months, weighted by the days that the horizon has of them, are the horizon.
    fn months(&self, plan: &Plan) {
        let is_alike = |row: &&SummaryRow| match row.key.measure {
            Measure::Closed => row.key.subject.is(SubjectKind::Closure),
            // Ships from outside have no rows of months.
            Measure::Voyages | Measure::MissedDepartures => !row.key.subject.is(SubjectKind::Visit),
            // Where the number of servers changes, months weigh as many as there are.
            Measure::Utilisation => plan.epochs.len() == 1 && !row.key.subject.is(SubjectKind::Link),
            _ => false,
        };
        let whole = self.summary.rows.iter().filter(|row| row.key.period.is_horizon()).filter(is_alike);
        for row in whole.filter(|row| row.mean.is_some()) {
            let (mut parts, mut days) = (0.0, 0.0);
            for (month, length) in months(plan) {
                let is_it = |other: &&SummaryRow| {
                    let (one, other) = (&row.key, &other.key);
                    (&one.subject, &one.place, &one.unit) == (&other.subject, &other.place, &other.unit)
                };
                let part = self.summary.during(row.key.measure, &month).find(is_it);
                let part = part.unwrap_or_else(|| panic!("{}: {:?} has no row in {month}", self.name, row.key));
                parts += part.mean.unwrap_or(0.0) * length;
                days += length;
            }
            self.add_up(
                &format!("{} of {} by months", row.key.measure, row.key.subject),
                parts / days,
                row.mean.unwrap(),
            );
        }
    }
}

/// The months of a horizon, with the days that it has of each.
fn months(plan: &Plan) -> Vec<(Period, f64)> {
    let clock = &plan.clock;
    let part = |(place, month): (usize, &midcor::model::Month)| {
        let next = clock.months.get(place + 1).map_or(clock.end, |next| next.start);
        let (from, until) = (month.start.max(clock.start), next.min(clock.horizon_end));
        let days = if until > from { until.since(from).days() } else { 0.0 };
        (Period::Month(month.year, month.month0 + 1), days)
    };
    clock.months.iter().enumerate().map(part).filter(|month| month.1 > 0.0).collect()
}

#[test]
fn every_measure_of_every_scenario_has_its_meaning_and_units() {
    let mut found = BTreeSet::new();
    for file in embedded().iter().filter(|file| file.is_scenario()) {
        let Ok(scenario) = ScenarioReader::default().read(file.name(), &[]).into_contents() else { continue };
        let plan = Plan::of(&scenario).unwrap_or_else(|errors| panic!("{}: {errors:?}", file.name()));
        let units: BTreeSet<&str> = scenario.cargo.values().map(|cargo| cargo.unit.as_str()).collect();
        for key in &midcor::results::Layout::of(&plan).catalogue().rows {
            let unit = key.unit.to_string();
            let is_unit = |known: &&str| match known.strip_prefix("UNIT") {
                Some(rest) => unit.strip_suffix(rest).is_some_and(|unit| units.contains(unit)),
                None => **known == unit,
            };
            assert!(key.measure.units().iter().any(is_unit), "{}: {key:?} is in no unit of its measure", file.name());
            found.insert(key.measure);
        }
    }
    let unused = Measure::ALL.into_iter().filter(|measure| !found.contains(measure));
    let unused: Vec<&str> = unused.map(Measure::word).collect();
    assert_eq!(unused, Vec::<&str>::new(), "no scenario has these");
}

#[test]
fn no_route_passes_a_node_twice() {
    let mut wrong = BTreeSet::new();
    for file in embedded().iter().filter(|file| file.is_scenario() && !file.is_textbook()) {
        let Ok(scenario) = ScenarioReader::default().read(file.name(), &[]).into_contents() else { continue };
        let plan = Plan::of(&scenario).unwrap_or_else(|errors| panic!("{}: {errors:?}", file.name()));
        for route in &plan.labels.routes {
            let nodes: BTreeSet<usize> = route.nodes.iter().map(|node| node.index()).collect();
            if nodes.len() < route.nodes.len() {
                let flow = &plan.labels.flows[route.flow.index()].id;
                wrong.insert(format!("{}: {flow} {}", file.name(), route.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
