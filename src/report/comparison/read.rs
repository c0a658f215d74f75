//! A comparison read back from its document.

use serde::Deserialize;

use crate::comparison::{
    Comparison, Contest, Difference, Elsewhere, Explanation, Lead, Outcome, Response, RoutesTaken, Spread, WhatIf,
    Worth,
};
use crate::report::SCHEMA;
use crate::results::{Circle, Fall, GrowingQueue, Manifest, MeasureRef, Network, RowKey, Run, ScenarioIdentity};
use crate::words::{Measure, Period, Statistic, Subject};

/// `comparison.json`, as far as a comparison is made of it.
#[derive(Deserialize)]
struct File {
    schema: u32,
    scenario: ScenarioIdentity,
    run: Run,
    growing: Vec<GrowingQueue>,
    circles: Vec<Circle>,
    what_ifs: Vec<Head>,
    outcome: Option<Told>,
    contests: Vec<Contest>,
    answers: Vec<Response>,
    routes: Vec<RoutesTaken>,
    explanations: Vec<Of<Explanation>>,
    spreads: Vec<Of<Spread>>,
}

#[derive(Deserialize)]
struct Head {
    name: String,
    title: String,
    scenario: ScenarioIdentity,
    against: Option<String>,
    worth: Option<Worth>,
    growing: Vec<GrowingQueue>,
    circles: Vec<Circle>,
    fall: Option<Fall>,
}

#[derive(Deserialize)]
struct Told {
    measure: Measure,
    subject: Subject,
    statistic: Statistic,
    ranked: Vec<String>,
    lead: Option<Lead>,
    elsewhere: Vec<Difference>,
}

#[derive(Deserialize)]
struct Of<T> {
    what_if: String,
    #[serde(flatten)]
    of: T,
}

/// The comparison that a document was written of, with the differences that stand beside it and the network of its base.
///
/// # Errors
/// What is wrong with the document, in words.
pub fn comparison_of(document: &str, differences: Vec<Difference>, network: Network) -> Result<Comparison, String> {
    let file: File = serde_json::from_str(document).map_err(|error| error.to_string())?;
    if file.schema != SCHEMA {
        return Err(format!("its schema is {}, and this version reads {SCHEMA}", file.schema));
    }
    let mut what_ifs: Vec<WhatIf> = file.what_ifs.into_iter().map(|head| what_if(head, &file.run)).collect();
    add(&mut what_ifs, differences, |one| one.what_if.clone(), |what_if| &mut what_if.differences)?;
    for Of { what_if, of } in file.explanations {
        of_name(&mut what_ifs, &what_if)?.explanations.push(of);
    }
    for Of { what_if, of } in file.spreads {
        of_name(&mut what_ifs, &what_if)?.spreads.push(of);
    }
    let outcome = file.outcome.map(|told| outcome(told, &what_ifs)).transpose()?;
    Ok(Comparison {
        base: Manifest { scenario: file.scenario, run: file.run },
        network,
        growing: file.growing,
        circles: file.circles,
        what_ifs,
        outcome,
        contests: file.contests,
        responses: file.answers,
        routes: file.routes,
    })
}

/// A what-if of which the rest is still to come; it was simulated as its base was.
fn what_if(head: Head, run: &Run) -> WhatIf {
    WhatIf {
        name: head.name,
        title: head.title,
        manifest: Manifest { scenario: head.scenario, run: run.clone() },
        against: head.against,
        differences: Vec::new(),
        explanations: Vec::new(),
        spreads: Vec::new(),
        worth: head.worth,
        growing: head.growing,
        circles: head.circles,
        fall: head.fall,
    }
}

fn add<T>(
    what_ifs: &mut [WhatIf],
    all: Vec<T>,
    name: impl Fn(&T) -> String,
    of: impl Fn(&mut WhatIf) -> &mut Vec<T>,
) -> Result<(), String> {
    all.into_iter().try_for_each(|one| {
        of(of_name(what_ifs, &name(&one))?).push(one);
        Ok(())
    })
}

fn of_name<'w>(what_ifs: &'w mut [WhatIf], name: &str) -> Result<&'w mut WhatIf, String> {
    what_ifs.iter_mut().find(|what_if| what_if.name == name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> String {
    format!("it speaks of a what-if `{name}` that is not among its own")
}

fn outcome(told: Told, what_ifs: &[WhatIf]) -> Result<Outcome, String> {
    let place = |name: &String| what_ifs.iter().position(|what_if| what_if.name == *name).ok_or_else(|| unknown(name));
    let ranked = told.ranked.iter().map(place).collect::<Result<Vec<usize>, String>>()?;
    let elsewhere = told.elsewhere.iter().map(|one| {
        let what_if = place(&one.what_if)?;
        let difference = what_ifs[what_if].differences.iter().position(|other| other == one);
        let difference =
            difference.ok_or_else(|| format!("a change elsewhere of `{}` is not in its list", one.what_if))?;
        Ok(Elsewhere { what_if, difference })
    });
    let elsewhere = elsewhere.collect::<Result<_, String>>()?;
    let row = what_ifs
        .iter()
        .flat_map(|what_if| &what_if.differences)
        .find(|row| row.measure == told.measure && row.subject == told.subject);
    let row = row.ok_or("it has no difference of the figure that it is about")?;
    let key = RowKey {
        measure: told.measure,
        subject: told.subject,
        period: Period::Horizon,
        place: None,
        cause: None,
        unit: row.unit.clone(),
        over: told.measure.over(),
    };
    Ok(Outcome { figure: MeasureRef { key, statistic: told.statistic }, ranked, lead: told.lead, elsewhere })
}
