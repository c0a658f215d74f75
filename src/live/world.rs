//! A scenario with the years of it that are there.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::is_compared;
use crate::experiment::Cancel;
use crate::report::is_on_live_page;
use crate::results::{Kept, Results, Space};
use crate::scenario::Setting;
use crate::study::{Lab, Scenario, StudyError, Years, manifest};

/// A scenario with the years of it that are there, in whatever order they came.
pub struct World {
    name: String,
    scenario: Scenario,
    settings: Vec<Setting>,
    /// The series whose percentiles the page shows.
    series: BTreeSet<usize>,
    held: Mutex<Held>,
}

/// Years by number, and the first of them together.
struct Held {
    years: Vec<Option<Kept>>,
    together: Results,
}

impl World {
    pub(super) fn of(name: String, scenario: Scenario, settings: Vec<Setting>) -> Self {
        let together = nothing(&scenario);
        let series = together.catalogue.series_of(|key| is_compared(key) || is_on_live_page(key));
        Self { name, scenario, settings, series, held: Mutex::new(Held { years: Vec::new(), together }) }
    }

    /// What people call it; nothing of today's.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn settings(&self) -> &[Setting] {
        &self.settings
    }

    pub(super) const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Simulates one year, by its number.
    ///
    /// # Errors
    /// It could not be carried through, or a stop was asked for.
    pub fn simulate(&self, year: u32, cancel: &Cancel) -> Result<Kept, StudyError> {
        let seed = self.scenario.contents().run.seed;
        let lab = Lab {
            threads: 1,
            cancel: cancel.clone(),
            ..Lab::new(Years::Fixed(u64::from(year)..u64::from(year) + 1), seed)
        };
        let results = lab.simulate(self.scenario.prepared())?.results;
        // What the page does not show is not handed about, merged and held for every year.
        Ok(Kept { records: results.records, together: results.together }.only(&self.series))
    }

    /// Takes what a year kept.
    pub fn take(&self, year: u32, kept: Kept) {
        let mut held = self.held();
        let place = year as usize;
        if held.years.len() <= place {
            held.years.resize_with(place + 1, || None);
        }
        held.years[place] = Some(kept);
    }

    /// How many years are there without a gap, from the first on.
    pub fn years(&self) -> usize {
        self.held().years.iter().take_while(|year| year.is_some()).count()
    }

    /// Shows the results of so many years, which must be there.
    pub(super) fn with_results<T>(&self, years: usize, show: impl FnOnce(&Results) -> T) -> T {
        let mut held = self.held();
        let Held { years: by_number, together } = &mut *held;
        if together.records.len() > years {
            *together = nothing(&self.scenario);
        }
        let mut kept =
            Kept { records: std::mem::take(&mut together.records), together: std::mem::take(&mut together.together) };
        let next = kept.records.len();
        // They are in memory by themselves as well, so that they stay there together.
        let mut following = by_number[next.min(years)..years].iter().flatten();
        let appended = following.try_for_each(|year| kept.append(year));
        debug_assert!(appended.is_ok(), "memory without bound has room");
        together.manifest.run.replications = kept.records.len() as u32;
        (together.records, together.together) = (kept.records, kept.together);
        show(together)
    }

    /// A year that failed leaves nothing behind, so that what is held is whole in any case.
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The results of no year.
fn nothing(scenario: &Scenario) -> Results {
    let prepared = scenario.prepared();
    let manifest = manifest(prepared, scenario.contents().run.seed, 0, 0);
    Results::of(manifest, prepared.layout.catalogue().clone(), Kept::within(&Space::unbounded()))
}
