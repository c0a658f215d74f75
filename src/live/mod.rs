//! What the live page asks: today's scenario and options beside it, simulated year by year in the same random numbers, and what
//! they come to so far.
//!
//! Who simulates is left open: the page gives years to workers and brings what they kept back ([`World::take`]), `midcor serve`
//! simulates where it stands. What comes of it is the [`Comparison`] that `midcor compare` makes of the same years, to the last digit.

mod ask;
mod causes;
mod command;
mod wanted;
mod world;

use std::sync::Arc;

use crate::comparison::{Candidate, Comparing, Comparison, InputDraws};
use crate::diagnostic::Rejected;
use crate::report::{LiveFigures, LiveFragments, quoted, residual_told};
use crate::results::RowKey;
use crate::scenario::{Movable, Setting, saved};
use crate::study::{Scenario, StudyError};
use crate::words::{Language, Measure};

pub use ask::{Ask, Found, YearOf};
pub use wanted::{Wanted, WantedError};
pub use world::World;

/// A scenario with options beside it.
pub struct Live {
    language: Language,
    /// The name or path by which a command reads the scenario.
    source: String,
    movables: Vec<Movable>,
    today: Arc<World>,
    options: Vec<Arc<World>>,
}

/// Why the page gets no answer.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The scenario cannot run, by itself or as an option has it.
    #[error("{0}")]
    Rejected(#[from] Rejected),
    /// An option asks for what there is not.
    #[error(transparent)]
    Wanted(#[from] WantedError),
    /// What was asked is no question.
    #[error("the page asks for what there is not: {0}")]
    Unread(String),
    /// An option changes a residual delay; why that is not for the page, in its language.
    #[error("{0}")]
    Residual(String),
    /// A year could not be simulated.
    #[error(transparent)]
    Study(#[from] StudyError),
}

impl Live {
    /// A scenario without options; `source` is the name or path by which a command reads it, such as `baseline-2024`.
    pub fn of(scenario: Scenario, language: Language, source: impl Into<String>) -> Self {
        let movables = scenario.reading().sliders(&scenario.contents().slider);
        let today = Arc::new(World::of(String::new(), scenario, Vec::new()));
        Self { language, source: source.into(), movables, today, options: Vec::new() }
    }

    /// The sliders of the scenario.
    pub fn movables(&self) -> &[Movable] {
        &self.movables
    }

    /// Takes other options. One that is there already keeps its years.
    ///
    /// # Errors
    /// An option names a slider or a position that there is not, or the scenario cannot run with it.
    pub fn choose(&mut self, wanted: &[Wanted]) -> Result<(), LiveError> {
        let of = |one: &Wanted| {
            let settings = one.settings(&self.movables)?;
            let known = self.options.iter().find(|known| known.settings() == settings && known.name() == one.name);
            match known {
                Some(known) => Ok(Arc::clone(known)),
                None => self.option(&one.name, settings),
            }
        };
        self.options = wanted.iter().map(of).collect::<Result<_, LiveError>>()?;
        Ok(())
    }

    fn option(&self, name: &str, settings: Vec<Setting>) -> Result<Arc<World>, LiveError> {
        let scenario = self.today.scenario().with(&settings)?;
        if scenario.with_residual_delays_of(self.today.scenario())?.is_some() {
            let command = format!("midcor compare {} {}", quoted(&self.source), command::what_if(name, &settings));
            return Err(LiveError::Residual(residual_told(self.language, &command)));
        }
        Ok(Arc::new(World::of(name.to_owned(), scenario, settings)))
    }

    /// Today's scenario, number 0, or an option, from 1 on.
    pub fn world(&self, number: usize) -> Option<&Arc<World>> {
        if number == 0 { Some(&self.today) } else { self.options.get(number - 1) }
    }

    /// How many years all of them have, from the first on.
    pub fn years(&self) -> usize {
        self.worlds().map(|world| world.years()).min().unwrap_or(0)
    }

    fn worlds(&self) -> impl Iterator<Item = &Arc<World>> {
        std::iter::once(&self.today).chain(&self.options)
    }

    /// What the years so far come to in what the page shows; `None` before the first.
    pub fn comparison(&self) -> Option<Comparison> {
        let years = self.years();
        if years == 0 {
            return None;
        }
        self.today.with_results(years, |base| {
            let mut comparing = Comparing::with(base, InputDraws::default()).only(is_compared);
            for option in &self.options {
                option.with_results(years, |results| {
                    comparing.add(&Candidate {
                        name: option.name(),
                        title: option.name(),
                        results,
                        own_base: None,
                        simulated_alone: None,
                        price: None,
                    });
                });
            }
            Some(comparing.finish())
        })
    }

    /// The parts of the page that change with every year.
    pub fn fragments(&self) -> Option<LiveFragments> {
        let comparison = self.comparison()?;
        let years = self.years();
        let causes = self.options.iter().map(|option| self.causes(option, years)).collect();
        self.today.with_results(years, |base| {
            let figures = LiveFigures { language: self.language, base, comparison: &comparison, causes };
            Some(figures.fragments())
        })
    }

    fn causes(&self, option: &World, years: usize) -> Vec<crate::report::CauseChange> {
        self.today.with_results(years, |base| option.with_results(years, |other| causes::changes(base, other)))
    }

    /// The command that repeats the years so far; without options a run.
    pub fn command(&self) -> String {
        let seed = self.today.scenario().contents().run.seed;
        let end = format!("--seed {seed} --replications {}", self.years().max(1));
        let verb = if self.options.is_empty() { "run" } else { "compare" };
        let what_ifs = self.options.iter().map(|option| command::what_if(option.name(), option.settings()));
        let words = [format!("midcor {verb} {}", quoted(&self.source))].into_iter().chain(what_ifs).chain([end]);
        words.collect::<Vec<_>>().join(" ")
    }

    /// An option as a scenario file that extends today's; numbers are those of [`Self::world`].
    pub fn overlay(&self, number: usize) -> Option<String> {
        let option = self.world(number).filter(|_| number > 0)?;
        Some(saved(option.name(), &self.source, option.settings()))
    }
}

/// Whether the page shows what options change of a row: each year brings all of them anew.
fn is_compared(key: &RowKey) -> bool {
    let is_compared = matches!(
        key.measure,
        Measure::SectionTime
            | Measure::Throughput
            | Measure::ThroughputTeu
            | Measure::GeneralisedCost
            | Measure::HoursWaited
    );
    is_compared && key.period.is_horizon()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Cancel;
    use crate::study::{Lab, Years};

    const SLIDERS: &str = r#"
[section.whole]
from = "west"
to = "east"

[slider.cranes]
name = "Cranes"
path = "node.east.facility.crane.servers"
range = [1, 4]
step = 1

[slider.demand]
name = "Demand"
path = "flow.demo.volume"
factor = true
range = ["50 %", "150 %"]
step = "10 %"
"#;

    fn scenario() -> Scenario {
        let text = format!("{}{SLIDERS}", include_str!("../../scenarios/smallest.toml"));
        let scenario = Scenario::parse(&text, "crane").unwrap();
        scenario.set("run.horizon", "60 d").unwrap()
    }

    fn wanted(name: &str, at: &[(&str, usize)]) -> Wanted {
        Wanted { name: name.to_owned(), at: at.iter().map(|(id, place)| ((*id).to_owned(), *place)).collect() }
    }

    fn simulate(live: &Live, years: &[u32]) {
        for number in 0.. {
            let Some(world) = live.world(number) else { break };
            for &year in years {
                world.take(year, world.simulate(year, &Cancel::default()).unwrap());
            }
        }
    }

    #[test]
    fn years_in_any_order_come_to_what_a_comparison_of_them_does() {
        let mut live = Live::of(scenario(), Language::English, "crane.toml");
        assert!(
            live.fragments().is_none()
                && live.found().command == "midcor run crane.toml --seed 20260101 --replications 1"
        );
        live.choose(&[wanted("two cranes", &[("cranes", 1)]), wanted("more", &[("demand", 7)])]).unwrap();
        simulate(&live, &[3, 1, 2, 0]);
        let two = scenario().set("node.east.facility.crane.servers", 2).unwrap();
        let more = scenario().change("flow.demo.volume *= 1.2").unwrap();
        let lab = Lab::new(Years::Fixed(0..4), 20_260_101);
        let compared = crate::compare(&scenario(), [("two cranes", two), ("more", more)], &lab).unwrap();
        let (told, whole) = (live.comparison().unwrap(), compared.comparison);
        assert_eq!(told.outcome.map(|outcome| outcome.lead), whole.outcome.map(|outcome| outcome.lead));
        for (of_page, of_all) in told.what_ifs.iter().zip(&whole.what_ifs) {
            assert!(
                of_page.differences.len() > 10
                    && of_page.differences.iter().all(|row| of_all.differences.contains(row))
            );
        }
        let found = live.found();
        assert_eq!(found.years, 4);
        assert_eq!(
            found.command,
            "midcor compare crane.toml --what-if 'two cranes: node.east.facility.crane.servers = 2' --what-if 'more: \
             flow.demo.volume *= 1.2' --seed 20260101 --replications 4"
        );
        assert!(found.overlays[1].contains("path = \"flow.demo.volume\"\nmultiply = 1.2"));
        let parts = found.parts.unwrap();
        assert!(parts.answer.contains("data-difference=\"-") && parts.days.contains("▼"), "{}", parts.days);
    }

    #[test]
    fn what_a_year_leaves_out_is_not_seen_on_the_page() {
        let live = |is_whole: bool| {
            let mut live = Live::of(scenario(), Language::English, "crane.toml");
            live.choose(&[wanted("two cranes", &[("cranes", 1)])]).unwrap();
            let mut bytes = 0;
            for (world, year) in [0, 1, 2].into_iter().flat_map(|year| [(0, year), (1, year)]) {
                let world = live.world(world).unwrap();
                let lab = Lab { threads: 1, ..Lab::new(Years::Fixed(year..year + 1), 20_260_101) };
                let results = lab.simulate(world.scenario().prepared()).unwrap().results;
                let whole = crate::results::Kept { records: results.records, together: results.together };
                let kept = if is_whole { whole } else { world.simulate(year as u32, &Cancel::default()).unwrap() };
                bytes += kept.records.iter().next().unwrap().histograms.bytes();
                world.take(year as u32, kept);
            }
            (bytes, live.comparison(), serde_json::to_string(&live.found()).unwrap())
        };
        let (whole, part) = (live(true), live(false));
        assert!(part.0 < whole.0, "{} {}", part.0, whole.0);
        assert!(whole.2.contains("data-difference") && (part.1, part.2) == (whole.1, whole.2));
    }

    #[test]
    fn an_option_that_stays_keeps_its_years_and_a_new_one_has_none() {
        let mut live = Live::of(scenario(), Language::Russian, "crane.toml");
        let two = wanted("two cranes", &[("cranes", 1)]);
        live.choose(std::slice::from_ref(&two)).unwrap();
        simulate(&live, &[0, 1]);
        let before = live.comparison();
        live.choose(&[two.clone(), wanted("three cranes", &[("cranes", 2)])]).unwrap();
        assert_eq!((live.years(), live.world(1).unwrap().years()), (0, 2));
        live.choose(&[two]).unwrap();
        assert_eq!((live.years(), live.comparison()), (2, before));
    }

    #[test]
    fn groups_of_causes_add_up_to_the_mean_time() {
        let mut live = Live::of(Scenario::open("tutorial").unwrap(), Language::English, "tutorial");
        live.choose(&[wanted("the same", &[])]).unwrap();
        simulate(&live, &[0, 1]);
        let changes = live.causes(live.world(1).unwrap(), 2);
        let days: f64 = changes.iter().map(|change| change.today).sum();
        assert!(days > 1.0 && changes.iter().all(|change| change.difference == 0.0), "{changes:?}");
    }

    #[test]
    fn who_moves_a_residual_delay_is_told_the_command_that_does_it() {
        let held = r#"
[slider.hold]
name = "Hold"
path = "node.west.facility.hold.time"
factor = true
range = ["50 %", "100 %"]
step = "10 %"
"#;
        let facility = "[node.west]\nfacility.hold = { kind = \"documents\", servers = \"unlimited\", time = \"1 d\", residual = true, when = \"origin\" }";
        let text = include_str!("../../scenarios/smallest.toml").replace("[node.west]", facility);
        for (language, word) in [(Language::English, "mechanism"), (Language::Russian, "механизма")] {
            let mut live =
                Live::of(Scenario::parse(&format!("{text}{held}"), "crane").unwrap(), language, "crane.toml");
            let told = live.choose(&[wanted("half", &[("hold", 0)])]).unwrap_err().to_string();
            assert!(told.contains(word), "{told}");
            assert!(
                told.ends_with("midcor compare crane.toml --what-if 'half: node.west.facility.hold.time *= 0.5'"),
                "{told}"
            );
        }
    }

    #[test]
    fn what_there_is_not_is_an_error() {
        let mut live = Live::of(scenario(), Language::English, "crane.toml");
        for wrong in
            [wanted("a", &[("crane", 1)]), wanted("a", &[("cranes", 9)]), wanted("'; rm", &[]), wanted(" ", &[])]
        {
            assert!(matches!(live.choose(&[wrong]), Err(LiveError::Wanted(_))));
        }
        assert!(matches!(Live::read("{\"load\": 3}"), Err(LiveError::Unread(_))));
        assert_eq!(
            Live::read("{\"run\": {\"world\": 1, \"year\": 7}}").unwrap(),
            Ask::Run(YearOf { world: 1, year: 7 })
        );
    }
}
