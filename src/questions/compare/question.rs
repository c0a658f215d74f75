//! What is asked in a comparison.

use std::collections::BTreeMap;

use super::what_if::WhatIf;
use crate::experiment::Remark;
use crate::results::files::BASE;
use crate::study::Scenario;
use crate::words::Period;

/// Whether routes are free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Routing {
    /// As the scenario has them.
    #[default]
    Given,
    /// Chosen by times and charges.
    Free,
}

/// How what-ifs are compared.
#[derive(Clone, Debug)]
pub struct CompareTerms {
    /// Whether shippers keep the routes of the scenario, or choose among those of its `[choice.ID]` by what each what-if makes
    /// of their times and charges.
    pub routes: Routing,
    /// Whether to find the volumes that each what-if induces from flows with a `response`.
    pub response: bool,
    /// Interest a year for the annual cost of measures with a price.
    pub interest: f64,
    /// To which share of the base's value the headline differences are to be known; the lab's years hold where there is none.
    pub precision: Option<f64>,
    /// The named period or year of the table for people; the whole horizon where there is none.
    pub period: Option<String>,
    /// Whether what cannot be compared is left out with a remark; else it is an error.
    pub leaves_out: bool,
}

impl Default for CompareTerms {
    fn default() -> Self {
        Self {
            routes: Routing::Given,
            response: false,
            interest: 0.06,
            precision: None,
            period: None,
            leaves_out: false,
        }
    }
}

/// What what-ifs change against a base.
pub struct Compare<'a> {
    pub(super) base: &'a Scenario,
    pub(super) what_ifs: Vec<WhatIf>,
    /// Bases of what-ifs that change another scenario of another time.
    pub(super) own_bases: BTreeMap<String, Scenario>,
    pub(super) terms: CompareTerms,
    pub(super) period: Period,
    pub(super) remarks: Vec<Remark>,
}

/// What-ifs that are compared with the same base.
pub(super) struct Group<'a> {
    /// None: the base of the comparison.
    pub(super) own_base: Option<&'a Scenario>,
    pub(super) what_ifs: Vec<&'a WhatIf>,
}

impl Compare<'_> {
    /// Bases that some of the what-ifs have of their own.
    pub fn own_bases(&self) -> impl Iterator<Item = &Scenario> {
        self.own_bases.values()
    }

    /// The names under which the results of scenarios are kept.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let bases = self.groups().into_iter().filter_map(|group| group.own_base).map(Scenario::name);
        std::iter::once(BASE).chain(bases).chain(self.what_ifs.iter().map(|what_if| what_if.name.as_str()))
    }

    /// What a what-if is compared with.
    pub(super) fn base_of_one(&self, what_if: &WhatIf) -> &Scenario {
        what_if.own_base.as_ref().map_or(self.base, |root| &self.own_bases[root])
    }

    /// The what-ifs by what they are compared with, those of the comparison's base first.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let of = |root: Option<&str>| {
            let is_of = |what_if: &&WhatIf| what_if.own_base.as_deref() == root;
            self.what_ifs.iter().filter(is_of).collect::<Vec<_>>()
        };
        let own_bases = self.own_bases.iter();
        let own = own_bases.map(|(root, own)| Group { own_base: Some(own), what_ifs: of(Some(root)) });
        let given = Group { own_base: None, what_ifs: of(None) };
        std::iter::once(given).chain(own).filter(|group| !group.what_ifs.is_empty()).collect()
    }
}
