//! What routes are worth to each other: where they tie, and what time and money do to shares.

use serde::Serialize;

use super::RouteAnswer;
use super::found::FoundRoute;

/// Change of the logarithm of a route's odds for one dollar a TEU where no choice says another: a day at 60 USD is 5.2 %, as
/// measured of trade on corridors (Eurasian Development Bank, 2024).
pub(super) const SCALE: f64 = 0.000_85;
/// Tonnes that stand for one TEU where a cargo is counted otherwise.
const TONNES_PER_TEU: f64 = 14.0;
/// Worth of a day of standard deviation against a day of mean (reliability ratio): a middle value, and a low and a high one.
const RELIABILITY: (f64, f64, f64) = (0.6, 0.1, 1.2);
/// Standard deviations between the median and P95 of a normal distribution.
const P95_IN_SD: f64 = 1.644_853_626_951_472_2;

/// What routes are worth to each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pay {
    /// What time is worth.
    pub day: Day,
    /// Pairs of routes of which one is dearer and faster.
    pub ties: Vec<Tie>,
    /// By route.
    pub margins: Vec<Margin>,
}

/// What a day is worth, to one unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Day {
    /// A day less, USD.
    pub mean: f64,
    /// A day less between median and P95, USD: middle, low and high.
    pub reliability: (f64, f64, f64),
    /// What a day less multiplies the odds of a route by, less 1.
    pub odds: f64,
}

/// The value of time at which two routes cost the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tie {
    /// Name of the faster and dearer one.
    pub faster: String,
    /// Name of the other.
    pub cheaper: String,
    /// USD a unit and day; above it the faster one is the better one.
    pub value_of_time: f64,
}

/// How far a route's charge can rise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Margin {
    /// Name of the route.
    pub name: String,
    /// Its charge, USD a unit.
    pub freight_charge: f64,
    /// The charge at which its generalised cost is that of the best other route.
    pub charge_at_par: Option<f64>,
    /// The highest charge that keeps half of its share, by the logit: where the flow has other routes.
    pub charge_at_half: Option<f64>,
}

pub(super) fn pay(answer: &RouteAnswer) -> Pay {
    let scale = scale(answer);
    let day = answer.value_of_time;
    let reliability = |ratio: f64| ratio * day / P95_IN_SD;
    Pay {
        day: Day {
            mean: day,
            reliability: (reliability(RELIABILITY.0), reliability(RELIABILITY.1), reliability(RELIABILITY.2)),
            odds: libm::expm1(scale * day),
        },
        ties: ties(&answer.routes),
        margins: answer.routes.iter().map(|route| margin(route, answer, scale)).collect(),
    }
}

/// The scale for a dollar a unit of the cargo.
fn scale(answer: &RouteAnswer) -> f64 {
    if answer.unit == "TEU" {
        answer.scale
    } else if answer.tonnes_per_unit > 0.0 {
        answer.scale * TONNES_PER_TEU / answer.tonnes_per_unit
    } else {
        0.0
    }
}

fn ties(routes: &[FoundRoute]) -> Vec<Tie> {
    let mut ties = Vec::new();
    for (place, one) in routes.iter().enumerate() {
        for other in &routes[place + 1..] {
            let (faster, cheaper) = if one.days < other.days { (one, other) } else { (other, one) };
            let (saved, dearer) = (cheaper.days - faster.days, faster.freight_charge - cheaper.freight_charge);
            if saved > 0.0 && dearer > 0.0 {
                ties.push(Tie {
                    faster: faster.name.clone(),
                    cheaper: cheaper.name.clone(),
                    value_of_time: dearer / saved,
                });
            }
        }
    }
    ties
}

fn margin(route: &FoundRoute, answer: &RouteAnswer, scale: f64) -> Margin {
    let others = answer.routes.iter().filter(|other| other.name != route.name);
    let best = others.map(|other| other.generalised_cost).reduce(f64::min);
    let half = route.share.filter(|&share| share > 0.0 && share < 1.0 && scale > 0.0).map(|share| {
        let odds = |share: f64| share / (1.0 - share);
        route.freight_charge + libm::log(odds(share) / odds(share / 2.0)) / scale
    });
    Margin {
        name: route.name.clone(),
        freight_charge: route.freight_charge,
        charge_at_par: best.map(|best| best - route.time_cost),
        charge_at_half: half,
    }
}
