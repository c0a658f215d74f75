//! The what-ifs of a comparison, and what each is compared with.

use std::collections::BTreeMap;

use super::change::{changed, listed, nothing_reacts};
use super::question::{Compare, CompareTerms};
use super::what_if::WhatIf;
use super::window::Window;
use crate::comparison::Comparison;
use crate::experiment::Remark;
use crate::questions::QuestionError;
use crate::questions::period::named_period;
use crate::questions::what_if::title;
use crate::report::file_name;
use crate::scenario::date_text;
use crate::study::{Lab, Scenario};

impl<'a> Compare<'a> {
    /// Asks what the named what-ifs change. What is wrong with any of them is told before anything is simulated.
    ///
    /// # Errors
    /// There is no what-if, one cannot be compared with the base, or two have one name for files.
    pub fn of(
        base: &'a Scenario,
        what_ifs: Vec<(String, Scenario)>,
        terms: CompareTerms,
    ) -> Result<Self, QuestionError> {
        let catalogue = base.prepared().layout.catalogue();
        let period = named_period(terms.period.as_deref(), catalogue, |key| !key.period.is_month())?;
        let (own_bases, remarks) = (BTreeMap::new(), Vec::new());
        let mut compare = Self { base, what_ifs: Vec::new(), own_bases, terms, period, remarks };
        for (name, scenario) in what_ifs {
            compare.add(name, scenario)?;
        }
        if compare.what_ifs.is_empty() {
            return Err(QuestionError::wrong("there is nothing to compare with: name a scenario or give a --what-if"));
        }
        compare.check_names()?;
        compare.tell_each();
        compare.find_alone()?;
        Ok(compare)
    }
}

/// Whether a what-if can be compared.
enum Stand {
    /// With the base of the comparison, or with one of its own.
    Of(Option<String>),
    /// Why it cannot.
    Not(&'static str),
}

impl Compare<'_> {
    pub(super) fn add(&mut self, name: String, scenario: Scenario) -> Result<(), QuestionError> {
        match self.base_of(&name, &scenario)? {
            Stand::Of(own_base) => {
                let title = title(&name, self.base, &scenario);
                self.what_ifs.push(WhatIf { name, title, scenario, alone: None, own_base });
            }
            Stand::Not(why) if self.terms.leaves_out => self.warn(format!("{name} is left out: {why}")),
            Stand::Not(why) => return Err(QuestionError::Wrong(format!("`{name}` cannot be compared: {why}"))),
        }
        Ok(())
    }

    fn warn(&mut self, text: String) {
        self.remarks.push(Remark::Warning(text));
    }

    fn note(&mut self, text: String) {
        self.remarks.push(Remark::Note(text));
    }

    /// What a what-if is compared with.
    fn base_of(&mut self, name: &str, what_if: &Scenario) -> Result<Stand, QuestionError> {
        let [own, given] = [what_if, self.base].map(|scenario| Window::of(&scenario.contents().run));
        if own == given {
            return Ok(Stand::Of(None));
        }
        if let Some(ancestor) = self.ancestor_of(what_if, own)? {
            self.note(format!("{name} changes {ancestor} and is compared with that"));
            return Ok(Stand::Of(Some(ancestor)));
        }
        if own.is_as_long_as(&given) {
            let (own, given) = (date_text(own.start), date_text(given.start));
            self.note(format!("{name} begins on {own}, the base on {given}: same random numbers, other dates"));
            return Ok(Stand::Of(None));
        }
        Ok(Stand::Not(
            "its warm-up, horizon or drain is not as long as that of the base, nor are both horizons whole years",
        ))
    }

    /// The last of the scenarios that a what-if extends, one over the other, that is of the same time as it.
    fn ancestor_of(&mut self, what_if: &Scenario, window: Window) -> Result<Option<String>, QuestionError> {
        let mut last = None;
        for name in &what_if.reading().extends {
            if !self.own_bases.contains_key(name) {
                self.own_bases.insert(name.clone(), self.base.beside(name)?);
            }
            if Window::of(&self.own_bases[name].contents().run) != window {
                break;
            }
            last = Some(name.clone());
        }
        Ok(last)
    }

    /// Two what-ifs may not have one name for files.
    pub(super) fn check_names(&self) -> Result<(), QuestionError> {
        // Some file systems do not tell capitals; the charts have a folder too.
        let mut folders = BTreeMap::from([("charts".to_owned(), "charts")]);
        for name in self.names() {
            if let Some(other) = folders.insert(file_name(name).to_lowercase(), name) {
                let message = format!("`{other}` and `{name}` would have one folder; give one of them another name");
                return Err(QuestionError::Wrong(message));
            }
        }
        Ok(())
    }

    /// Says what each what-if touches.
    pub(super) fn tell_each(&mut self) {
        let told: Vec<Remark> = self.what_ifs.iter().flat_map(|what_if| self.told_of(what_if)).collect();
        self.remarks.extend(told);
    }

    fn told_of(&self, what_if: &WhatIf) -> Vec<Remark> {
        let why = nothing_reacts(self.base_of_one(what_if), &what_if.scenario, self.terms.routes);
        let idle = why.map(|why| Remark::Warning(format!("{}: {why}", what_if.name)));
        let changes = what_if.scenario.changes_in_words(&what_if.name).into_iter().map(Remark::Note);
        idle.into_iter().chain(changes).chain(self.companions(what_if)).collect()
    }

    /// Says which of the others a measure rules out, and which it needs that are not there.
    fn companions(&self, what_if: &WhatIf) -> Vec<Remark> {
        let Some(cost) = &what_if.scenario.contents().measure else { return Vec::new() };
        let (name, is_chosen) = (&what_if.name, |name: &&String| self.what_ifs.iter().any(|one| one.name == **name));
        let excluded = cost.excludes.iter().filter(is_chosen);
        let excluded = excluded.map(|other| format!("{name} rules {other} out: their effects do not add up"));
        let missing = cost.requires.iter().filter(|name| !is_chosen(name));
        let missing = missing.map(|other| format!("{name} needs {other}, which is not compared"));
        excluded.chain(missing).map(Remark::Warning).collect()
    }

    /// Says which of the what-ifs that were simulated have every figure of their base.
    pub(super) fn tell_idle(&self, comparison: &Comparison, lab: &Lab<'_>) {
        for what_if in &self.what_ifs {
            let found = comparison.what_ifs.iter().find(|found| found.name == what_if.name);
            let is_idle = found.is_some_and(|found| found.differences.iter().all(|row| row.difference == 0.0));
            let base = self.base_of_one(what_if);
            if is_idle && nothing_reacts(base, &what_if.scenario, self.terms.routes).is_none() {
                let paths = listed(&changed(base, &what_if.scenario));
                let text = format!("{}: no figure differs from the base: nothing reacts to {paths}", what_if.name);
                lab.progress.remark(&Remark::Warning(text));
            }
        }
    }

    /// Each what-if with its residual delays as in its base, where it changes any.
    pub(super) fn find_alone(&mut self) -> Result<(), QuestionError> {
        let alone = |what_if: &WhatIf| {
            what_if.scenario.with_residual_delays_of(self.base_of_one(what_if)).map_err(|rejected| {
                let why = rejected.findings().next().map(|found| found.message.to_owned()).unwrap_or_default();
                QuestionError::Wrong(format!("`{}` without what it assumes cannot run: {why}", what_if.name))
            })
        };
        let all = self.what_ifs.iter().map(alone).collect::<Result<Vec<_>, _>>()?;
        for (what_if, alone) in self.what_ifs.iter_mut().zip(all) {
            what_if.alone = alone;
        }
        Ok(())
    }
}
