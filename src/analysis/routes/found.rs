//! One route with its figures.

use crate::words::{Cause, Subject};
use serde::Serialize;

use super::RoutesError;
use super::by_use::by_use;
use super::candidates::{Extended, Known};
use super::charge::Charge;
use super::ground::Ground;
use super::profile::{Point, profile};
use crate::arithmetic::{Estimate, Estimator};
use crate::compile::{Payer, Tolls};
use crate::ids::{NodeId, RouteId};
use crate::model::{Plan, RouteCharge, RouteLabel, Step};

const GRAMS_PER_KG: f64 = 1000.0;

/// A place that a route passes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// Id of the node.
    pub node: String,
    /// Its name.
    pub name: String,
    /// Cargo changes mode here, or a border lies here: what tells routes apart.
    pub is_marked: bool,
}

/// Kilometres by a mode.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Kilometres {
    /// `rail`, `sea`, `road`, `pipeline`.
    pub mode: String,
    /// Length.
    pub km: f64,
}

/// Expected time at a place for a cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Minutes {
    /// Parameter path of the place.
    pub place: Subject,
    /// Why.
    pub cause: Cause,
    /// Days.
    pub days: f64,
}

/// A route with its figures, for one unit of the cargo.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundRoute {
    /// What people call it: the places that tell it apart.
    pub name: String,
    /// Id in the scenario, where the flow takes it and it has one.
    pub id: Option<String>,
    /// Share of the flow's shipments, where it is one of its routes.
    pub share: Option<f64>,
    /// Places in order.
    pub places: Vec<Place>,
    /// Ids of the links in order.
    pub links: Vec<String>,
    /// Kilometres by mode.
    pub km: Vec<Kilometres>,
    /// Expected days.
    pub days: f64,
    /// Their standard deviation.
    pub sd_days: f64,
    /// Where and why, in the order of the route.
    pub times: Vec<Minutes>,
    /// What is paid, by operator.
    pub charges: Vec<Charge>,
    /// Their sum, USD.
    pub freight_charge: f64,
    /// The worth of the expected days, USD.
    pub time_cost: f64,
    /// Both, USD.
    pub generalised_cost: f64,
    /// Kilograms of CO2 equivalent.
    pub kg_co2e: f64,
    /// Distance, days and dollars along the route.
    pub profile: Vec<Point>,
}

impl FoundRoute {
    /// All kilometres.
    pub fn total_km(&self) -> f64 {
        self.km.iter().map(|part| part.km).sum()
    }

    /// Whether it passes what `via` and `avoid` name: `node.ID`, `link.ID`, or the id of either.
    pub(super) fn passes(&self, word: &str) -> bool {
        let is_node = |id: &str| self.places.iter().any(|place| place.node == id);
        let is_link = |id: &str| self.links.iter().any(|link| link == id);
        match (word.strip_prefix("node."), word.strip_prefix("link.")) {
            (Some(id), _) => is_node(id),
            (_, Some(id)) => is_link(id),
            _ => is_node(word) || is_link(word),
        }
    }
}

/// The figures of all candidates.
pub(super) fn all(
    plan: &Plan,
    estimator: &Estimator<'_>,
    extended: &Extended,
    known: &[Known],
) -> Result<Vec<FoundRoute>, RoutesError> {
    let (id, flow) =
        extended.scenario.flow.get_key_value(&extended.flow).ok_or_else(|| RoutesError::Plan(Vec::new()))?;
    let cargo = &extended.scenario.cargo[&flow.cargo];
    let payer = Payer { flow: id, cargo_id: &flow.cargo, cargo, service: flow.service };
    let tolls = Tolls::new(&extended.scenario, payer).map_err(RoutesError::Plan)?;
    let index = extended.scenario.flow.get_index_of(id).unwrap_or_default();
    let ground = Ground { plan, estimator, tolls: &tolls, cargo: extended.cargo };
    let routes = &plan.labels.flows[index].routes;
    Ok(routes.iter().zip(known).map(|(&route, known)| ground.found(route, known)).collect())
}

impl Ground<'_> {
    fn found(&self, route: RouteId, known: &Known) -> FoundRoute {
        let labels = &self.plan.labels;
        // Route n has program n.
        let estimate = self.estimator.route(crate::ids::ProgramId::new(route.index()));
        let label = &labels.routes[route.index()];
        let (mut paid, grams) = self.fares(route);
        paid.extend(by_use(self, route, &estimate));
        let charges = by_operator(&labels.prices[0].routes[route.index()], &paid);
        let freight_charge: f64 = charges.iter().map(|charge| charge.usd).sum();
        let (tonnes, worth) = (self.tolls.tonnes_per_unit(), labels.cargo_values[self.cargo.index()].1);
        let time_cost = tonnes * worth * estimate.mean_days();
        FoundRoute {
            name: String::new(),
            id: known.taken.as_ref().and_then(|taken| taken.0.clone()),
            share: known.taken.as_ref().map(|taken| taken.1),
            places: self.places(label),
            links: label.links.iter().map(|link| labels.links[link.index()].id.clone()).collect(),
            km: self.kilometres(label),
            days: estimate.mean_days(),
            sd_days: estimate.sd_days(),
            times: self.times(&estimate),
            profile: profile(self, &known.route, &estimate, freight_charge),
            freight_charge,
            time_cost,
            generalised_cost: freight_charge + time_cost,
            kg_co2e: (label.grams_per_unit + grams) / GRAMS_PER_KG,
            charges,
        }
    }

    /// What vessels are paid and emit on a route: charges by leg, and grams of all.
    fn fares(&self, route: RouteId) -> (Vec<Charge>, f64) {
        let (mut fares, mut grams) = (Vec::new(), 0.0);
        for step in self.estimator.steps(crate::ids::ProgramId::new(route.index())) {
            let Step::Board(leg) = step else { continue };
            for (fleet, call, share) in self.estimator.carriers(*leg, self.cargo) {
                let (label, prices) = (&self.plan.labels.fleets[fleet], &self.plan.labels.prices[0].fleets[fleet]);
                let usd = share * prices.usd_per_unit[self.cargo.index()][call];
                fares.push(Charge { operator: label.operator.clone(), usd });
                grams += share * prices.grams_per_unit[self.cargo.index()][call];
            }
        }
        (fares, grams)
    }

    fn places(&self, label: &RouteLabel) -> Vec<Place> {
        let labels = &self.plan.labels;
        let place = |(position, node): (usize, &NodeId)| Place {
            node: labels.nodes[node.index()].clone(),
            name: labels.node_names[node.index()].clone(),
            is_marked: self.is_marked(label, position),
        };
        label.nodes.iter().enumerate().map(place).collect()
    }

    /// A change of mode, or the first node of a country.
    fn is_marked(&self, label: &RouteLabel, position: usize) -> bool {
        let (Some(before), Some(after)) =
            (position.checked_sub(1).and_then(|p| label.links.get(p)), label.links.get(position))
        else {
            return false;
        };
        let labels = &self.plan.labels;
        let country = |position: usize| &labels.countries[label.nodes[position].index()];
        labels.links[before.index()].mode != labels.links[after.index()].mode
            || country(position - 1) != country(position)
    }

    fn kilometres(&self, label: &RouteLabel) -> Vec<Kilometres> {
        let mut km: Vec<Kilometres> = Vec::new();
        for link in &label.links {
            let link = &self.plan.labels.links[link.index()];
            let length = link.length.map_or(0.0, crate::units::Kilometres::get);
            match km.iter_mut().find(|known| known.mode == link.mode) {
                Some(known) => known.km += length,
                None => km.push(Kilometres { mode: link.mode.to_owned(), km: length }),
            }
        }
        km
    }

    fn times(&self, estimate: &Estimate) -> Vec<Minutes> {
        let labels = &self.plan.labels;
        let time = |part: &crate::arithmetic::Part| {
            let cell = labels.cells[part.cell.index()];
            Minutes {
                place: labels.places[cell.place.index()].clone(),
                cause: cell.cause,
                days: part.mean / crate::units::MS_PER_DAY as f64,
            }
        };
        estimate.parts.iter().map(time).collect()
    }
}

fn by_operator(of_route: &[RouteCharge], fares: &[Charge]) -> Vec<Charge> {
    let mut charges: Vec<Charge> = Vec::new();
    let paid = of_route.iter();
    let paid = paid.map(|charge| Charge { operator: charge.operator.clone(), usd: charge.usd_per_unit });
    for charge in paid.chain(fares.iter().cloned()).filter(|charge| charge.usd != 0.0) {
        match charges.iter_mut().find(|known| known.operator == charge.operator) {
            Some(known) => known.usd += charge.usd,
            None => charges.push(charge),
        }
    }
    charges
}

/// Most places in a name.
const NAMED: usize = 4;
/// Most legs by which a route is told from others of its name.
const MOST_LEGS: usize = 3;

/// Names each route by marked places that not all routes pass, else by its marked places; routes with one name by the
/// links that tell them apart.
pub(super) fn name(routes: &mut [FoundRoute]) {
    let names: Vec<String> = routes.iter().map(|route| by_places(route, routes)).collect();
    let all: Vec<String> = names
        .iter()
        .zip(&*routes)
        .map(|(name, route)| {
            let alike: Vec<&FoundRoute> =
                names.iter().zip(&*routes).filter(|(other, _)| *other == name).map(|(_, route)| route).collect();
            if alike.len() > 1 { told_apart(name, route, &alike) } else { name.clone() }
        })
        .collect();
    for (route, name) in routes.iter_mut().zip(all) {
        route.name = name;
    }
}

fn by_places(route: &FoundRoute, all: &[FoundRoute]) -> String {
    let is_common = |place: &&Place| all.iter().all(|other| other.places.iter().any(|own| own.node == place.node));
    let marked: Vec<&Place> = route.places.iter().filter(|place| place.is_marked).collect();
    let own: Vec<&Place> = marked.iter().copied().filter(|place| !is_common(place)).collect();
    let shown = if own.is_empty() { marked } else { own };
    let names: Vec<&str> = shown.iter().take(NAMED).map(|place| place.name.as_str()).collect();
    if names.is_empty() { "direct".to_owned() } else { names.join(" – ") }
}

/// Adds what the others of one name do not have: places, else up to [`MOST_LEGS`] legs, else the length.
fn told_apart(name: &str, route: &FoundRoute, alike: &[&FoundRoute]) -> String {
    let others: Vec<&FoundRoute> = alike.iter().copied().filter(|other| other.links != route.links).collect();
    let is_own = |place: &&Place| others.iter().all(|other| other.places.iter().all(|known| known.node != place.node));
    let own: Vec<&str> = route.places.iter().filter(is_own).map(|place| place.name.as_str()).take(2).collect();
    if !own.is_empty() {
        return format!("{name}, by {}", own.join(" and "));
    }
    let own = (1..=MOST_LEGS).find_map(|number| own_legs(route, &others, number, 0));
    let own: Vec<String> = own.into_iter().flatten().map(|leg| leg_name(route, leg)).collect();
    match own.split_last() {
        None => format!("{name}, {:.0} km", route.total_km()),
        Some((only, [])) => format!("{name}, by {only}"),
        Some((last, before)) => format!("{name}, by {} and {last}", before.join(", ")),
    }
}

/// The first so many legs from one on of which no other route has all.
fn own_legs(route: &FoundRoute, others: &[&FoundRoute], number: usize, from: usize) -> Option<Vec<usize>> {
    if number == 0 {
        return others.is_empty().then(Vec::new);
    }
    (from..route.links.len()).find_map(|leg| {
        let with_leg: Vec<&FoundRoute> =
            others.iter().copied().filter(|other| other.links.contains(&route.links[leg])).collect();
        let behind = own_legs(route, &with_leg, number - 1, leg + 1)?;
        Some(std::iter::once(leg).chain(behind).collect())
    })
}

/// A leg by the places that it joins.
fn leg_name(route: &FoundRoute, leg: usize) -> String {
    match (route.places.get(leg), route.places.get(leg + 1)) {
        (Some(from), Some(to)) => format!("{} – {}", from.name, to.name),
        _ => route.links[leg].clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A route over places named by letters; links by the letters of their ends.
    fn route(places: &str) -> FoundRoute {
        let names: Vec<String> = places.chars().map(String::from).collect();
        FoundRoute {
            name: String::new(),
            id: None,
            share: None,
            places: names
                .iter()
                .map(|name| Place { node: name.clone(), name: name.to_uppercase(), is_marked: false })
                .collect(),
            links: names.windows(2).map(|pair| format!("{}{}", pair[0], pair[1])).collect(),
            km: vec![Kilometres { mode: "rail".to_owned(), km: places.len() as f64 }],
            days: 1.0,
            sd_days: 0.0,
            times: Vec::new(),
            charges: Vec::new(),
            freight_charge: 0.0,
            time_cost: 0.0,
            generalised_cost: 0.0,
            kg_co2e: 0.0,
            profile: Vec::new(),
        }
    }

    fn names(all: &[&str]) -> Vec<String> {
        let mut routes: Vec<FoundRoute> = all.iter().map(|places| route(places)).collect();
        name(&mut routes);
        routes.into_iter().map(|route| route.name).collect()
    }

    #[test]
    fn routes_are_told_apart_by_places_then_by_legs_named_by_their_ends() {
        assert_eq!(names(&["awe", "axe"]), ["direct, by W", "direct, by X"]);
        // The same places in another order, and one that has a leg of each.
        assert_eq!(names(&["awxe", "axwe"]), ["direct, by A – W", "direct, by A – X"]);
        // Each of the others has two of the three legs of the first.
        let first = &names(&["abcd", "bcda", "cdab", "dabc"])[0];
        assert_eq!(first, "direct, by A – B, B – C and C – D");
    }

    #[test]
    fn no_two_routes_have_one_name() {
        for all in [["abcde", "acbde", "abdce", "acdbe", "adbce"], ["abcde", "abdce", "acbde", "acdbe", "adcbe"]] {
            let mut found = names(&all);
            found.sort();
            found.dedup();
            assert_eq!(found.len(), all.len(), "{found:?}");
        }
    }
}
