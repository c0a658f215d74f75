//! Asking what what-ifs change.

use super::adding::Adding;
use super::keep::{Keeper, OneOf};
use super::question::{Compare, CompareTerms, Routing};
use super::simulations::Simulations;
use crate::comparison::Comparing;
use crate::experiment::Remark;
use crate::questions::run::tell_empty;
use crate::questions::{Question, QuestionError};
use crate::report::{Compared, Shortfall, Study};
use crate::results::files::BASE;
use crate::study::{Lab, Scenario, Years};

impl Compare<'_> {
    /// As [`Question::ask`]; `keep` gets the results of each scenario when they are there. What was finished is in the answer
    /// whatever becomes of the rest.
    ///
    /// # Errors
    /// Nothing came of it; see [`Question::ask`].
    pub fn ask_keeping(&self, lab: &Lab<'_>, keep: &Keeper<'_>) -> Result<Compared, QuestionError> {
        if self.terms.routes == Routing::Free && matches!(lab.years, Years::Drawn { .. }) {
            // What shippers choose by is itself an input.
            let why = "free routes want inputs as written: `--inputs fixed`, and no draws";
            return Err(QuestionError::wrong(why));
        }
        let simulations = Simulations::of(self, lab)?;
        let of_base = simulations.simulate(BASE, self.base)?;
        tell_empty(&of_base.results, lab);
        let base = OneOf { name: BASE, scenario: self.base, results: &of_base.results };
        keep(&base).map_err(QuestionError::NotKept)?;
        let mut comparing = Comparing::with(&of_base.results, simulations.draws());
        let adding = Adding { compare: self, searching: simulations.searching(), simulations, keep };
        let rest = if of_base.is_complete { adding.all(&mut comparing) } else { Ok(false) };
        let comparison = comparing.finish();
        self.tell_idle(&comparison, lab);
        let shortfall = match rest {
            Ok(true) => None,
            Ok(false) => Some(Shortfall::stopped_after(of_base.results.records.len())),
            Err(error) => Some(Shortfall::Failed(error.to_string())),
        };
        Ok(Compared { comparison, period: self.period.clone(), shortfall })
    }
}

impl Question for Compare<'_> {
    type Answer = Compared;

    const STUDY: Study = Study::COMPARISON;

    fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    fn ask(&self, lab: &Lab<'_>) -> Result<Compared, QuestionError> {
        self.ask_keeping(lab, &|_| Ok(()))
    }
}

/// Simulates a base and named what-ifs with the same shipments and storms: what each changes. [`Compare`] asks for more.
///
/// # Errors
/// A what-if cannot be compared with the base, or a simulation failed or was stopped.
pub fn compare<'n>(
    base: &Scenario,
    what_ifs: impl IntoIterator<Item = (&'n str, Scenario)>,
    lab: &Lab<'_>,
) -> Result<Compared, QuestionError> {
    let what_ifs = what_ifs.into_iter().map(|(name, scenario)| (name.to_owned(), scenario)).collect();
    Compare::of(base, what_ifs, CompareTerms::default())?.ask(lab)
}
