//! `comparison.json`.

use std::io::{self, Write};

use serde::Serialize;

use super::sentences::sentence;
use super::table::headline;
use crate::comparison::{
    Comparison, Contest, Difference, Explanation, Gain, Lead, Response, RoutesTaken, Spread, WhatIf, Worth,
};
use crate::report::{Headline, SCHEMA};
use crate::results::{Circle, Fall, GrowingQueue, Run, ScenarioIdentity};
use crate::words::{Measure, Period, Statistic, Subject};

#[derive(Serialize)]
struct File<'a> {
    schema: u32,
    scenario: &'a ScenarioIdentity,
    run: &'a Run,
    headline: Headline,
    growing: &'a [GrowingQueue],
    circles: &'a [Circle],
    what_ifs: Vec<Head<'a>>,
    outcome: Option<Told<'a>>,
    contests: &'a [Contest],
    answers: &'a [Response],
    routes: &'a [RoutesTaken],
    gains: Vec<Gain>,
    explanations: Vec<Explained<'a>>,
    spreads: Vec<Spreads<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    differences: Option<Vec<&'a Difference>>,
}

/// What the comparison comes to.
#[derive(Serialize)]
struct Told<'a> {
    measure: Measure,
    subject: &'a Subject,
    statistic: Statistic,
    ranked: Vec<&'a str>,
    lead: Option<&'a Lead>,
    elsewhere: Vec<&'a Difference>,
}

impl<'a> Told<'a> {
    fn of(comparison: &'a Comparison) -> Option<Self> {
        let outcome = comparison.outcome.as_ref()?;
        let elsewhere = outcome.elsewhere.iter();
        Some(Self {
            measure: outcome.figure.key.measure,
            subject: &outcome.figure.key.subject,
            statistic: outcome.figure.statistic,
            ranked: outcome.ranked.iter().map(|place| comparison.what_ifs[*place].name.as_str()).collect(),
            lead: outcome.lead.as_ref(),
            elsewhere: elsewhere.map(|one| &comparison.what_ifs[one.what_if].differences[one.difference]).collect(),
        })
    }
}

#[derive(Serialize)]
struct Head<'a> {
    name: &'a str,
    title: &'a str,
    scenario: &'a ScenarioIdentity,
    against: Option<&'a str>,
    verdict: String,
    worth: Option<&'a Worth>,
    growing: &'a [GrowingQueue],
    circles: &'a [Circle],
    fall: Option<&'a Fall>,
}

#[derive(Serialize)]
struct Explained<'a> {
    what_if: &'a str,
    #[serde(flatten)]
    explanation: &'a Explanation,
}

#[derive(Serialize)]
struct Spreads<'a> {
    what_if: &'a str,
    #[serde(flatten)]
    spread: &'a Spread,
}

/// What is listed to the last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    /// All differences, the document being all that there is.
    Differences,
    /// Nothing: the differences stand in a table beside it.
    Nothing,
}

/// Writes the comparison with all digits; `null` where nothing is known.
///
/// # Errors
/// If the output cannot be written.
pub(super) fn write_comparison_json(comparison: &Comparison, listed: Listed, out: &mut dyn Write) -> io::Result<()> {
    let what_ifs = &comparison.what_ifs;
    let file = File {
        schema: SCHEMA,
        scenario: &comparison.base.scenario,
        run: &comparison.base.run,
        headline: headline(comparison, &Period::Horizon),
        growing: &comparison.growing,
        circles: &comparison.circles,
        what_ifs: what_ifs
            .iter()
            .map(|what_if| Head {
                name: &what_if.name,
                title: &what_if.title,
                scenario: &what_if.manifest.scenario,
                against: what_if.against.as_deref(),
                verdict: sentence(comparison, what_if),
                worth: what_if.worth.as_ref(),
                growing: &what_if.growing,
                circles: &what_if.circles,
                fall: what_if.fall.as_ref(),
            })
            .collect(),
        outcome: Told::of(comparison),
        contests: &comparison.contests,
        answers: &comparison.responses,
        routes: &comparison.routes,
        gains: what_ifs.iter().flat_map(WhatIf::gains).collect(),
        explanations: all(
            what_ifs,
            |what_if| &what_if.explanations,
            |what_if, explanation| Explained { what_if, explanation },
        ),
        spreads: all(what_ifs, |what_if| &what_if.spreads, |what_if, spread| Spreads { what_if, spread }),
        differences: (listed == Listed::Differences)
            .then(|| what_ifs.iter().flat_map(|what_if| &what_if.differences).collect()),
    };
    serde_json::to_writer(&mut *out, &file)?;
    writeln!(out)
}

/// What each what-if has of a kind, with the what-if's name.
fn all<'a, T: 'a, U>(
    what_ifs: &'a [WhatIf],
    of: impl Fn(&'a WhatIf) -> &'a Vec<T>,
    named: impl Fn(&'a str, &'a T) -> U,
) -> Vec<U> {
    let pairs = what_ifs.iter().flat_map(|what_if| of(what_if).iter().map(|item| (what_if.name.as_str(), item)));
    pairs.map(|(name, item)| named(name, item)).collect()
}
