//! Scenarios compared under common random numbers.
//!
//! Base and what-ifs are simulated with the same replications, so that each meets the same shipments and the same storms;
//! what is compared is the difference of each pair. [`Comparing`] takes one what-if after another and keeps only what the
//! whole needs, so that a comparison of many scenarios holds two of them in memory at a time. [`Comparison`] is what
//! comes of it: an [`Outcome`] on one figure, [`Difference`]s with their intervals, an [`Explanation`] of where the days of a
//! section went, and each scenario against the best of the others.
//!
//! What comes from changing a residual delay (a calibrated delay without a mechanism) is *assumed*; the rest is
//! *simulated*. The two are told apart by a third simulation of the what-if with its residual delays as in the base.

mod answer;
mod choices;
mod contest;
mod difference;
mod explanation;
mod gains;
mod pair;
mod price;
mod response;
mod spread;
mod weights;

#[cfg(test)]
mod tests;

use crate::results::{Burden, Circle, Fall, GrowingQueue, Manifest, MeasureRef, Network, Results, RowKey};
use crate::stats::holm;
use crate::words::{Measure, Period, Statistic, Subject};

pub use answer::{Elsewhere, Lead, Outcome};
pub use choices::{AlternativeTaken, ChoiceTaken, RoutesTaken, Shippers, Who};
pub use contest::{Contest, Place};
pub use difference::Difference;
pub use explanation::{Explanation, Part};
pub use gains::{Change, Gain};
pub use price::{Price, Worth};
pub use response::{Responded, Response};
pub use spread::{Foundation, InputDraws, InputShare, Spread, foundation};

use pair::Pair;

/// A what-if as it was simulated.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Its name.
    pub name: &'a str,
    /// What people call it; where its part before a colon is of no other, that part is enough.
    pub title: &'a str,
    /// Its results, of the same replications as the base's.
    pub results: &'a Results,
    /// The base that it is compared with, where that is another than the one of the whole comparison.
    pub own_base: Option<&'a Results>,
    /// The same with all residual delays as in the base; `None` where the what-if changes none.
    pub simulated_alone: Option<&'a Results>,
    /// What it costs, where it is a measure.
    pub price: Option<Price>,
}

/// What a comparison says of one what-if.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What the run was.
    pub manifest: Manifest,
    /// The scenario that it is compared with, where that is not the base of the comparison.
    pub against: Option<String>,
    /// What it changes, by measure; months left out.
    pub differences: Vec<Difference>,
    /// Where the days of each section went.
    pub explanations: Vec<Explanation>,
    /// Which inputs make the spread of the headline differences, where inputs are drawn.
    pub spreads: Vec<Spread>,
    /// What its effects cost.
    pub worth: Option<Worth>,
    /// Its queues that grow all the time: days behind them belong to the length of the run.
    pub growing: Vec<GrowingQueue>,
    /// Circles of things held, where its backlog grows.
    pub circles: Vec<Circle>,
    /// Less is carried than in the base though more is asked for.
    pub fall: Option<Fall>,
}

impl WhatIf {
    /// The difference of a measure over the horizon.
    pub fn difference(&self, measure: Measure, subject: &Subject, statistic: Statistic) -> Option<&Difference> {
        self.difference_during(&Period::Horizon, measure, subject, statistic)
    }

    /// The difference of a measure over a period.
    pub fn difference_during(
        &self,
        period: &Period,
        measure: Measure,
        subject: &Subject,
        statistic: Statistic,
    ) -> Option<&Difference> {
        self.differences.iter().find(|difference| {
            let of = (difference.measure, &difference.subject, &difference.period);
            of == (measure, subject, period) && difference.statistic == statistic && !difference.is_by_size()
        })
    }
}

/// Scenarios compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What the run of the base was.
    pub base: Manifest,
    /// Names and positions.
    pub network: Network,
    /// The queues of the base that grow all the time.
    pub growing: Vec<GrowingQueue>,
    /// Circles of things held, where the base's backlog grows.
    pub circles: Vec<Circle>,
    /// In the order in which they were added.
    pub what_ifs: Vec<WhatIf>,
    /// What they come to on the figure that all share; `None` where the base has nothing that could be one.
    pub outcome: Option<Outcome>,
    /// Each scenario against the best of the others, where there are three or more.
    pub contests: Vec<Contest>,
    /// What-ifs at the demand that they induce, where that was asked for.
    pub responses: Vec<Response>,
    /// What shippers choose in each what-if, where routes are free.
    pub routes: Vec<RoutesTaken>,
}

/// A comparison to which what-ifs are being added.
#[derive(Debug)]
pub struct Comparing<'a> {
    base: &'a Results,
    draws: InputDraws,
    what_ifs: Vec<WhatIf>,
    responses: Vec<Response>,
    routes: Vec<RoutesTaken>,
    leads: contest::Leads,
    options: Option<answer::Options>,
    /// Of which rows alone the differences are wanted; of all where there is nothing.
    only: Option<fn(&RowKey) -> bool>,
}

impl<'a> Comparing<'a> {
    /// Begins with the base and the draws of its inputs (none where they are not drawn).
    pub fn with(base: &'a Results, draws: InputDraws) -> Self {
        Self {
            base,
            draws,
            what_ifs: Vec::new(),
            responses: Vec::new(),
            routes: Vec::new(),
            leads: contest::Leads::of(base),
            options: MeasureRef::headline_of(&base.catalogue).map(|figure| answer::Options::of(base, figure)),
            only: None,
        }
    }

    /// The differences of these rows alone, as they are among all, and no explanations: for those who ask after every replication.
    #[must_use]
    pub fn only(self, is_wanted: fn(&RowKey) -> bool) -> Self {
        Self { only: Some(is_wanted), ..self }
    }

    /// Adds a what-if. Replications that one of the two lacks are left out. One with a base of its own stands in no
    /// contest with the others.
    pub fn add(&mut self, candidate: &Candidate<'_>) {
        let base = candidate.own_base.unwrap_or(self.base);
        let pair = Pair::of(base, candidate.results);
        let alone = candidate.simulated_alone.map(|results| Pair::of(base, results));
        let mut differences = difference::differences(candidate.name, &pair, self.only);
        difference::tell_assumed_apart(&mut differences, alone.as_ref());
        let (of_base, burden) = (Burden::of(base), Burden::of(candidate.results));
        if candidate.own_base.is_none() {
            self.leads.add(candidate.name, candidate.results);
            let place = self.what_ifs.len();
            self.options.iter_mut().for_each(|options| options.add(place, candidate.results));
        }
        self.what_ifs.push(WhatIf {
            name: candidate.name.to_owned(),
            title: candidate.title.to_owned(),
            manifest: candidate.results.manifest.clone(),
            against: candidate.own_base.map(|base| base.manifest.scenario.name.clone()),
            explanations: if self.only.is_some() { Vec::new() } else { explanation::explanations(&pair) },
            spreads: spread::spreads(&pair, &self.draws),
            worth: candidate.price.as_ref().map(|price| Worth::of(price, &pair, &differences)),
            differences,
            growing: candidate.results.growing(),
            fall: burden.falls_from(&of_base),
            circles: burden.circles,
        });
    }

    /// The replications that the headline differences (mean section times, throughput of the corridor) want to be known
    /// to a share of the base's values, judging by those that were made: half-widths fall with the root of their number
    /// (the second of the two stages of Stein, 1945). `None` without intervals.
    pub fn replications_for(&self, precision: f64) -> Option<u64> {
        let differences = self.what_ifs.iter().flat_map(|what_if| &what_if.differences);
        let wanted = differences.filter(|difference| difference.is_headline()).filter_map(|difference| {
            let allowed = (precision * difference.base).abs();
            let times = difference.half_width? / allowed;
            (allowed > 0.0).then_some((difference.n as f64 * times * times).ceil())
        });
        wanted.reduce(f64::max).map(|wanted| wanted as u64)
    }

    /// Adds what demand makes of a what-if.
    pub fn add_response(&mut self, response: Response) {
        self.responses.push(response);
    }

    /// Adds what shippers choose in a what-if.
    pub fn take_routes(&mut self, routes: RoutesTaken) {
        self.routes.push(routes);
    }

    /// What the comparison says: p-values of one measure hold over all what-ifs together.
    pub fn finish(self) -> Comparison {
        let mut what_ifs = self.what_ifs;
        let outcome = self.options.map(|options| options.outcome(&what_ifs));
        adjust(&mut what_ifs);
        shorten_titles(&mut what_ifs);
        let contests = self.leads.contests();
        Comparison {
            base: self.base.manifest.clone(),
            network: self.base.catalogue.network.clone(),
            growing: self.base.growing(),
            circles: Burden::of(self.base).circles,
            what_ifs,
            outcome,
            contests,
            responses: self.responses,
            routes: self.routes,
        }
    }
}

/// What stands before the colon of a title is enough where it is of no other.
fn shorten_titles(what_ifs: &mut [WhatIf]) {
    let begin = |title: &str| title.split_once(": ").map_or(title, |parts| parts.0).to_owned();
    let short: Vec<String> = what_ifs.iter().map(|what_if| begin(&what_if.title)).collect();
    for (what_if, title) in what_ifs.iter_mut().zip(&short) {
        // A change that stands as its own name, such as `feeders: vessels += 2`, needs both.
        if !title.contains('=')
            && !what_if.title.contains('=')
            && short.iter().filter(|other| *other == title).count() == 1
        {
            what_if.title.clone_from(title);
        }
    }
}

/// Holm's p-values: over the what-ifs, for each measure.
fn adjust(what_ifs: &mut [WhatIf]) {
    let mut families = std::collections::BTreeMap::<_, Vec<(usize, usize, f64)>>::new();
    for (place, what_if) in what_ifs.iter().enumerate() {
        for (row, difference) in what_if.differences.iter().enumerate() {
            if let Some(p) = difference.p_value {
                families.entry(difference.key()).or_default().push((place, row, p));
            }
        }
    }
    for family in families.into_values() {
        let p_values: Vec<f64> = family.iter().map(|member| member.2).collect();
        for ((place, row, _), p) in family.iter().zip(holm(&p_values)) {
            what_ifs[*place].differences[*row].p_value = Some(p);
        }
    }
}
