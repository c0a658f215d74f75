//! The what-ifs of a call, ready to be simulated.

use std::collections::BTreeMap;

use super::reaction::{changed, listed, nothing_reacts};
use crate::cli::args::{CompareArgs, Routing, ScenarioArgs};
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::loading::{Ready, ready, tell_changes};
use crate::comparison::Comparison;
use crate::report::file_name;
use crate::results::Detail;
use crate::scenario::{Embedded, Inputs, Loaded, date_text, embedded};
use crate::study::World;
use crate::units::Duration;

/// A what-if, ready to be simulated.
pub(super) struct WhatIf {
    pub(super) name: String,
    pub(super) ready: Ready,
    /// The same with its residual delays as in the base, where it changes any.
    pub(super) alone: Option<(Loaded, World)>,
    /// The key of the base that it has of its own.
    own_base: Option<String>,
}

/// The what-ifs of a call.
pub(super) struct Chosen {
    what_ifs: Vec<WhatIf>,
    /// Bases of what-ifs that change another scenario of another time.
    own_bases: BTreeMap<String, Ready>,
    /// Down to what results have rows, as those of the base.
    detail: Detail,
}

/// What-ifs that are compared with the same base.
pub(super) struct Group<'a> {
    /// Its name and itself; none: the base of the call.
    pub(super) own_base: Option<(&'a str, &'a Ready)>,
    pub(super) what_ifs: Vec<&'a WhatIf>,
}

impl Chosen {
    /// All what-ifs of the call; whatever is wrong with them is told before anything is simulated.
    pub(super) fn of(args: &CompareArgs, base: &Ready, console: &Console) -> Result<Self, Failure> {
        let detail = base.world.detail;
        let mut chosen = Self { what_ifs: Vec::new(), own_bases: BTreeMap::new(), detail };
        let is_pattern = args.others.iter().any(|name| name.contains('*'));
        for (name, ready) in all(args, detail, console)? {
            match chosen.base_of(&name, &ready, base, (args, console))? {
                Stand::Of(own_base) => chosen.what_ifs.push(WhatIf { name, ready, alone: None, own_base }),
                Stand::Not(why) if is_pattern => console.warning(&format!("{name} is left out: {why}")),
                Stand::Not(why) => return Err(Failure::Wrong(format!("`{name}` cannot be compared: {why}"))),
            }
        }
        if chosen.what_ifs.is_empty() {
            let message = "there is nothing to compare with: name a scenario or give a --what-if";
            return Err(Failure::Wrong(message.to_owned()));
        }
        chosen.tell(base, args.routes, console)?;
        chosen.find_alone(base)?;
        Ok(chosen)
    }

    /// What a what-if is compared with.
    fn base_of(
        &mut self,
        name: &str,
        what_if: &Ready,
        base: &Ready,
        (args, console): (&CompareArgs, &Console),
    ) -> Result<Stand, Failure> {
        let [own, given] = [what_if, base].map(|ready| window(&ready.world));
        if own == given {
            return Ok(Stand::Of(None));
        }
        if let Some(ancestor) = self.ancestor_of(what_if, &args.scenario, console)? {
            console.say(format_args!("{name} changes {ancestor} and is compared with that"));
            return Ok(Stand::Of(Some(ancestor)));
        }
        if own.is_as_long_as(&given) {
            let (own, given) = (date_text(own.start), date_text(given.start));
            console.say(format_args!("{name} begins on {own}, the base on {given}: same draws, other dates"));
            return Ok(Stand::Of(None));
        }
        Ok(Stand::Not(
            "its warm-up, horizon or drain is not as long as that of the base, nor are both horizons whole years",
        ))
    }

    /// The last of the scenarios that a what-if extends, one over the other, that is of the same time as it.
    fn ancestor_of(
        &mut self,
        what_if: &Ready,
        args: &ScenarioArgs,
        console: &Console,
    ) -> Result<Option<String>, Failure> {
        let mut last = None;
        for name in &what_if.loaded.extends {
            if !self.own_bases.contains_key(name) {
                self.own_bases.insert(name.clone(), ready(&args.of(name), Some(self.detail), console)?);
            }
            if window(&self.own_bases[name].world) != window(&what_if.world) {
                break;
            }
            last = Some(name.clone());
        }
        Ok(last)
    }

    /// The names under which scenarios have a folder.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        let bases = self.groups().into_iter().filter_map(|group| group.own_base).map(|(name, _)| name);
        std::iter::once("base").chain(bases).chain(self.what_ifs.iter().map(|what_if| what_if.name.as_str()))
    }

    /// Says what each what-if touches; two may not have one folder.
    fn tell(&self, base: &Ready, routing: Routing, console: &Console) -> Result<(), Failure> {
        // Some file systems do not tell capitals; the charts have a folder too.
        let mut folders = BTreeMap::from([("charts".to_owned(), "charts")]);
        for name in self.folders() {
            if let Some(other) = folders.insert(file_name(name).to_lowercase(), name) {
                let message = format!("`{other}` and `{name}` would have one folder; give one of them another name");
                return Err(Failure::Wrong(message));
            }
        }
        for what_if in &self.what_ifs {
            if let Some(why) = nothing_reacts(self.base_of_one(what_if, base), &what_if.ready, routing) {
                console.warning(&format!("{}: {why}", what_if.name));
            }
            tell_changes(&what_if.name, &what_if.ready.loaded, console);
            self.tell_companions(what_if, console);
        }
        Ok(())
    }

    /// What a what-if is compared with.
    pub(super) fn base_of_one<'a>(&'a self, what_if: &WhatIf, base: &'a Ready) -> &'a Ready {
        what_if.own_base.as_ref().map_or(base, |root| &self.own_bases[root])
    }

    /// Says which of the what-ifs that were simulated have every figure of their base.
    pub(super) fn tell_idle(&self, comparison: &Comparison, (base, routing): (&Ready, Routing), console: &Console) {
        for what_if in &self.what_ifs {
            let found = comparison.what_ifs.iter().find(|found| found.name == what_if.name);
            let is_idle = found.is_some_and(|found| found.differences.iter().all(|row| row.difference == 0.0));
            let base = self.base_of_one(what_if, base);
            if is_idle && nothing_reacts(base, &what_if.ready, routing).is_none() {
                let paths = listed(&changed(base, &what_if.ready));
                console
                    .warning(&format!("{}: no figure differs from the base: nothing reacts to {paths}", what_if.name));
            }
        }
    }

    /// Says which of the others a measure rules out, and which it needs that are not there.
    fn tell_companions(&self, what_if: &WhatIf, console: &Console) {
        let Some(cost) = &what_if.ready.world.scenario.measure else { return };
        let is_chosen = |name: &&String| self.what_ifs.iter().any(|other| other.name == **name);
        for other in cost.excludes.iter().filter(is_chosen) {
            console.warning(&format!("{} rules {other} out: their effects do not add up", what_if.name));
        }
        for other in cost.requires.iter().filter(|name| !is_chosen(name)) {
            console.warning(&format!("{} needs {other}, which is not compared", what_if.name));
        }
    }

    /// Each what-if with its residual delays as in its base, where it changes any.
    fn find_alone(&mut self, base: &Ready) -> Result<(), Failure> {
        for what_if in &mut self.what_ifs {
            let base = what_if.own_base.as_ref().map_or(base, |root| &self.own_bases[root]);
            let Some(mut loaded) = what_if.ready.loaded.with_residual_delays_of(&base.loaded) else { continue };
            let Some(scenario) = loaded.scenario.take() else { continue };
            let world = World::with(&loaded, scenario, Some(self.detail)).map_err(|errors| {
                let why = errors.first().map(ToString::to_string).unwrap_or_default();
                Failure::Wrong(format!("`{}` without what it assumes cannot run: {why}", what_if.name))
            })?;
            what_if.alone = Some((loaded, world));
        }
        Ok(())
    }

    /// Lets all of them draw their inputs as the base does.
    pub(super) fn draw_beside(&mut self, inputs: &Inputs) {
        let own_bases = self.own_bases.values_mut();
        for Ready { loaded, world } in own_bases.chain(self.what_ifs.iter_mut().map(|what_if| &mut what_if.ready)) {
            world.inputs = Some(loaded.inputs_beside(inputs));
        }
        for (loaded, world) in self.what_ifs.iter_mut().filter_map(|what_if| what_if.alone.as_mut()) {
            world.inputs = Some(loaded.inputs_beside(inputs));
        }
    }

    /// The what-ifs by what they are compared with, those of the call's base first.
    pub(super) fn groups(&self) -> Vec<Group<'_>> {
        let of = |root: Option<&str>| {
            let is_of = |what_if: &&WhatIf| what_if.own_base.as_deref() == root;
            self.what_ifs.iter().filter(is_of).collect::<Vec<_>>()
        };
        let own = self.own_bases.iter().map(|(root, ready)| Group {
            own_base: Some((ready.world.scenario.name.as_str(), ready)),
            what_ifs: of(Some(root)),
        });
        let given = Group { own_base: None, what_ifs: of(None) };
        std::iter::once(given).chain(own).filter(|group| !group.what_ifs.is_empty()).collect()
    }
}

/// Whether a what-if can be compared.
enum Stand {
    /// With the base of the call, or with one of its own.
    Of(Option<String>),
    /// Why it cannot.
    Not(&'static str),
}

/// When a scenario is simulated.
#[derive(Clone, Copy, PartialEq)]
struct Window {
    start: jiff::civil::DateTime,
    /// Warm-up, horizon and drain.
    lengths: [Duration; 3],
    /// Whether the horizon is of whole calendar years.
    is_of_whole_years: bool,
}

impl Window {
    /// Whether what happens in both can be compared: horizons of as many days, or both of whole calendar years, whose
    /// amounts are then compared as rates.
    fn is_as_long_as(&self, other: &Self) -> bool {
        let [[warm_up, horizon, drain], [other_warm_up, other_horizon, other_drain]] = [self.lengths, other.lengths];
        let whole_years = self.is_of_whole_years && other.is_of_whole_years;
        warm_up == other_warm_up && drain == other_drain && (horizon == other_horizon || whole_years)
    }
}

fn window(world: &World) -> Window {
    let run = &world.scenario.run;
    Window {
        start: run.start,
        lengths: [run.warm_up, run.horizon, run.drain],
        is_of_whole_years: run.is_of_whole_years(),
    }
}

/// The scenarios of the call and the changes that are written in it.
fn all(args: &CompareArgs, detail: Detail, console: &Console) -> Result<Vec<(String, Ready)>, Failure> {
    let ready = |scenario: &ScenarioArgs| ready(scenario, Some(detail), console);
    let others = named(&args.others)?;
    let files = others.iter().map(|scenario| {
        let wanted = args.scenario.of(scenario);
        ready(&wanted).map(|ready| (ready.world.scenario.name.clone(), ready))
    });
    let written = args
        .what_if
        .iter()
        .map(|what_if| ready(&args.scenario.with(&what_if.settings)).map(|ready| (what_if.name.clone(), ready)));
    files.chain(written).collect()
}

/// Scenario names, with patterns such as `what-if/*` spelt out to the scenarios that come with the program.
fn named(others: &[String]) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for other in others {
        let Some((before, after)) = other.split_once('*') else {
            names.push(other.clone());
            continue;
        };
        let fits = |name: &&str| name.len() >= other.len() - 1 && name.starts_with(before) && name.ends_with(after);
        let scenarios = embedded().iter().filter(|file| file.is_scenario() && !file.is_textbook());
        let found: Vec<String> = scenarios.map(Embedded::name).filter(fits).map(str::to_owned).collect();
        if found.is_empty() {
            return Err(Failure::Wrong(format!("no scenario that comes with the program fits `{other}`")));
        }
        names.extend(found);
    }
    Ok(names)
}
