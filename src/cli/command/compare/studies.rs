//! Simulations of one comparison.

use super::chosen::{Chosen, WhatIf};
use super::routes::taken;
use crate::cli::args::{CompareArgs, Drawing};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::loading::Ready;
use crate::cli::memory::tell_need;
use crate::cli::progress::Bar;
use crate::cli::simulation::{failed, lab_of};
use crate::comparison::{Answer, Answering, Candidate, Comparing, InputDraws, RoutesTaken};
use crate::results::Results;
use crate::scenario::Inputs;
use crate::study::{BaseTerms, Freedom, Lab, Simulated, World, Years};

/// Replications in which volumes are sought.
const YEARS_OF_AN_ANSWER: u64 = 20;
/// Searches for an equilibrium of routes, from different times.
const SEARCHES: usize = 3;
/// Replications from which it is judged how many the differences want.
const PILOT: u64 = 20;
/// More replications than this are not made for a precision.
const MOST: u64 = 10_000;

/// How the scenarios of a comparison are simulated.
pub(super) struct Studies<'a> {
    pub(super) lab: Lab<'static>,
    console: &'a Console,
}

impl<'a> Studies<'a> {
    /// As the call and the base ask; where they ask for a precision of the differences, after a pilot of all scenarios.
    pub(super) fn of(
        args: &CompareArgs,
        drawing: Drawing,
        (base, chosen): (&Ready, &Chosen),
        console: &'a Console,
    ) -> Result<Self, Failure> {
        let run = &base.world.scenario.run;
        let precision = args.simulation.precision.or(run.precision);
        let precision = precision.filter(|_| args.simulation.replications.is_none());
        let mut studies = Self { lab: lab_of(&args.simulation, run, drawing, None)?, console };
        tell_need(&base.world, &studies.lab, console);
        if let Some(precision) = precision {
            studies.lab.years = studies.years_for(precision, drawing, base, chosen)?;
        }
        Ok(studies)
    }

    pub(super) fn simulate(&self, name: &str, world: &World) -> Result<Simulated, Failure> {
        let bar = Bar::new(self.console);
        bar.is_about(name);
        self.lab.watched(&bar, &cancel_on_ctrl_c()).simulate(world).map_err(failed)
    }

    /// The years that a precision of the differences wants, from a pilot.
    fn years_for(&self, precision: f64, drawing: Drawing, base: &Ready, chosen: &Chosen) -> Result<Years, Failure> {
        let (pilot, per_draw) = match (drawing, &self.lab.years) {
            (Drawing::Drawn, Years::Drawn { years, .. }) => {
                (Years::Drawn { draws: PILOT / years, years: *years }, *years)
            }
            _ => (Years::Fixed(0..PILOT), 1),
        };
        let pilot = Self { lab: self.lab.over(pilot), console: self.console };
        let of_base = pilot.simulate("base, pilot", &base.world)?;
        let mut comparing = Comparing::with(&of_base.results, InputDraws::default());
        for group in chosen.groups() {
            let own = group.own_base.map(|(name, own)| pilot.simulate(name, &own.world)).transpose()?;
            for what_if in group.what_ifs {
                let simulated = pilot.simulate(&format!("{}, pilot", what_if.name), &what_if.ready.world)?;
                comparing.add(&Candidate {
                    name: &what_if.name,
                    results: &simulated.results,
                    own_base: own.as_ref().map(|own| &own.results),
                    simulated_alone: None,
                    price: None,
                });
            }
        }
        let wanted = comparing.replications_for(precision).unwrap_or(0);
        if wanted > MOST {
            self.console.warning(&format!(
                "differences known to {} % of the base want {wanted} simulated years; {MOST} are made",
                precision * 100.0
            ));
        }
        let years = wanted.clamp(PILOT, MOST).div_ceil(per_draw);
        self.console.say(format_args!("after a pilot of {PILOT} years {} are simulated", years * per_draw));
        Ok(match drawing {
            Drawing::Drawn => Years::Drawn { draws: years, years: per_draw },
            Drawing::Fixed => Years::Fixed(0..years),
        })
    }

    /// The same with as few years as a search for an equilibrium wants.
    pub(super) fn searching(&self) -> Self {
        let years = match &self.lab.years {
            Years::Fixed(range) => range.start..range.end.min(range.start + YEARS_OF_AN_ANSWER),
            Years::Drawn { draws, years } => 0..(draws * years).min(YEARS_OF_AN_ANSWER),
            Years::Precise(_) => 0..YEARS_OF_AN_ANSWER,
        };
        Self { lab: self.lab.over(Years::Fixed(years)), console: self.console }
    }

    /// The routes, and with them the volumes where they answer too, that a what-if's own times call forth; `None` where it
    /// has no choice. `of_base` are results of the years of this search.
    pub(super) fn routes(
        &self,
        what_if: &WhatIf,
        (base, of_base): (&World, &Results),
        with_response: bool,
    ) -> Result<Option<(World, RoutesTaken)>, Failure> {
        let world = &what_if.ready.world;
        let bar = Bar::new(self.console);
        bar.is_about(&format!("{}: routes are chosen", what_if.name));
        let freedom = Freedom { volumes: with_response, routes: true };
        let base = BaseTerms { labels: &base.plan.labels, results: of_base };
        let lab = self.lab.watched(&bar, &cancel_on_ctrl_c());
        let answered = lab.answer(world, base, (freedom, SEARCHES)).map_err(failed)?;
        let Some(answered) = answered.filter(|answered| answered.equilibrium.routes.is_some()) else {
            let why = "the scenario has no `[choice.ID]`, so routes stay as given";
            self.console.warning(&format!("{}: {why}", what_if.name));
            return Ok(None);
        };
        if let Some(warning) = &answered.warning {
            self.console.warning(&format!("{}: {warning}", what_if.name));
        }
        let found = answered
            .equilibrium
            .routes
            .as_ref()
            .map(|chosen| taken((&what_if.name, with_response), &world.plan.labels.choices, &answered, chosen));
        Ok(found.map(|found| (answered.world, found)))
    }

    /// What demand makes of each what-if, in a few replications with inputs as written.
    pub(super) fn answers(&self, base: &Ready, chosen: &Chosen) -> Result<Vec<Answer>, Failure> {
        let fixed = self.searching();
        let mut answers = Vec::new();
        for group in chosen.groups() {
            let (name, base) = group.own_base.unwrap_or(("base", base));
            let of_base = fixed.simulate(name, &base.world)?.results;
            for what_if in group.what_ifs {
                answers.extend(fixed.answer(what_if, &of_base)?);
            }
        }
        Ok(answers)
    }

    /// What demand makes of a what-if; nothing where no flow answers.
    fn answer(&self, what_if: &WhatIf, of_base: &Results) -> Result<Option<Answer>, Failure> {
        let given = self.simulate(&what_if.name, &what_if.ready.world)?.results;
        let bar = Bar::new(self.console);
        bar.is_about(&format!("{}: demand answers", what_if.name));
        let (world, lab) = (&what_if.ready.world, self.lab.watched(&bar, &cancel_on_ctrl_c()));
        let freedom = Freedom { volumes: true, routes: false };
        let base = BaseTerms { labels: &world.plan.labels, results: of_base };
        let answered = lab.answer(world, base, (freedom, 1)).map_err(failed)?;
        let Some(answered) = answered else {
            self.console.warning(&format!("{}: no flow has a `response`, so demand stays as given", what_if.name));
            return Ok(None);
        };
        if let Some(warning) = &answered.warning {
            self.console.warning(&format!("{}: {warning}", what_if.name));
        }
        let simulated = lab.simulate_answered(&answered, of_base).map_err(failed)?;
        let volumes = &answered.equilibrium.volumes;
        Ok(Some(Answer::of(&Answering {
            what_if: &what_if.name,
            base: of_base,
            given: &given,
            answered: &simulated.results,
            rounds: (volumes.rounds, volumes.is_settled),
        })))
    }
}

/// The draws of the inputs, where they are drawn.
pub(super) fn draws(inputs: Option<&Inputs>, lab: &Lab<'_>) -> InputDraws {
    let (Some(inputs), Years::Drawn { draws, .. }) = (inputs, &lab.years) else { return InputDraws::default() };
    InputDraws {
        names: inputs.groups().map(str::to_owned).collect(),
        deviates: (0..*draws).map(|draw| inputs.deviates(lab.seed, draw)).collect(),
    }
}
