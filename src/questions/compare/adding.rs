//! What-ifs on their way into a comparison.

use super::keep::{Keeper, OneOf};
use super::question::{Compare, Group, Routing};
use super::simulations::{Rerouted, Simulations};
use super::what_if::WhatIf;
use crate::comparison::{Candidate, Comparing};
use crate::questions::QuestionError;
use crate::results::Results;
use crate::study::{BaseTerms, Prepared, Scenario, Simulated};

/// What adds the what-ifs of a comparison, one after another.
pub(super) struct Adding<'a> {
    pub(super) compare: &'a Compare<'a>,
    pub(super) simulations: Simulations<'a>,
    /// With these the routes are found that shippers choose.
    pub(super) searching: Simulations<'a>,
    pub(super) keep: &'a Keeper<'a>,
}

/// A base with the results that a comparison with it stands on.
struct OwnBase {
    simulated: Simulated,
    /// Those of the search for routes, where they are free.
    of_search: Option<Results>,
}

impl Adding<'_> {
    /// Adds all what-ifs, and what demand makes of them where that is asked; false if it was stopped.
    pub(super) fn all(&self, comparing: &mut Comparing<'_>) -> Result<bool, QuestionError> {
        let terms = &self.compare.terms;
        let of_search = self.search(self.compare.base.prepared())?;
        for group in self.compare.groups() {
            if !self.group(&group, of_search.as_ref(), comparing)? {
                return Ok(false);
            }
        }
        if terms.response && terms.routes == Routing::Given {
            for response in self.simulations.responses(self.compare)? {
                comparing.add_response(response);
            }
        }
        Ok(true)
    }

    fn group(
        &self,
        group: &Group<'_>,
        of_search: Option<&Results>,
        comparing: &mut Comparing<'_>,
    ) -> Result<bool, QuestionError> {
        let own = group.own_base.map(|own| self.own_base(own)).transpose()?;
        if own.as_ref().is_some_and(|own| !own.simulated.is_complete) {
            return Ok(false);
        }
        let labels = &group.own_base.unwrap_or(self.compare.base).prepared().plan.labels;
        let of_search = own.as_ref().map_or(of_search, |own| own.of_search.as_ref());
        let own_base = own.as_ref().map(|own| &own.simulated.results);
        for what_if in &group.what_ifs {
            let response = self.compare.terms.response;
            let base = of_search.map(|results| BaseTerms { labels, results });
            let routes = base.map(|base| self.searching.routes(what_if, base, response));
            if !self.add(what_if, own_base, routes.transpose()?.flatten(), comparing)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A base of what-ifs of its own, with what the search for routes stands on.
    fn own_base(&self, own: &Scenario) -> Result<OwnBase, QuestionError> {
        let simulated = self.simulations.simulate(own.name(), own)?;
        self.keep(own.name(), own, &simulated.results)?;
        let of_search = if simulated.is_complete { self.search(own.prepared())? } else { None };
        Ok(OwnBase { simulated, of_search })
    }

    /// Results on which the search for routes stands, where they are free.
    fn search(&self, prepared: &Prepared) -> Result<Option<Results>, QuestionError> {
        match self.compare.terms.routes {
            Routing::Given => Ok(None),
            Routing::Free => Ok(Some(self.searching.simulate_as_written("base, for routes", prepared)?.results)),
        }
    }

    /// Simulates a what-if, with the routes that shippers choose where they are free, and adds it to the comparison; false if
    /// it was stopped.
    fn add(
        &self,
        what_if: &WhatIf,
        own_base: Option<&Results>,
        routes: Option<Rerouted>,
        comparing: &mut Comparing<'_>,
    ) -> Result<bool, QuestionError> {
        let simulated = match &routes {
            Some(routes) => self.simulations.simulate_as_written(&what_if.name, &routes.prepared)?,
            None => self.simulations.simulate(&what_if.name, &what_if.scenario)?,
        };
        let alone = what_if.alone.as_ref().map(|alone| self.simulations.simulate(&what_if.name, alone)).transpose()?;
        comparing.add(&Candidate {
            name: &what_if.name,
            title: &what_if.title,
            results: &simulated.results,
            own_base,
            simulated_alone: alone.as_ref().map(|alone| &alone.results),
            price: what_if.price(self.compare.terms.interest),
        });
        if let Some(routes) = routes {
            comparing.take_routes(routes.taken);
        }
        self.keep(&what_if.name, &what_if.scenario, &simulated.results)?;
        Ok(simulated.is_complete && alone.is_none_or(|alone| alone.is_complete))
    }

    fn keep(&self, name: &str, scenario: &Scenario, results: &Results) -> Result<(), QuestionError> {
        (self.keep)(&OneOf { name, scenario, results }).map_err(QuestionError::NotKept)
    }
}
