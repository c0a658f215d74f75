//! What a language has a phrase for.

use crate::analysis::stress::Effect;

/// Number of the items of how it was simulated.
pub(super) const ITEMS: usize = 21;

/// The phrases of one language.
pub(in crate::report) struct Phrases {
    /// Those of maps.
    pub(in crate::report) map: MapPhrases,
    /// Those of the live part.
    pub(in crate::report) live: LivePhrases,
    /// Those of a year that is replayed.
    pub(in crate::report) replay: ReplayPhrases,
    /// Those on charts.
    #[cfg(feature = "charts")]
    pub(in crate::report) on_charts: super::on_charts::ChartPhrases,
    /// A closure in words.
    pub(in crate::report) closure: fn(&Closed) -> String,
    /// What a closure does, with its unit.
    pub(in crate::report) effect: fn(Effect) -> &'static str,
    /// What was simulated and how, item by item.
    pub(in crate::report) method: [Item; ITEMS],
    /// A section by name with its median and its slowest twentieth, in days.
    pub(in crate::report) section_takes: fn(&str, &str, &str) -> String,
    /// A difference in words.
    pub(in crate::report) change: fn(&Change) -> String,
    /// The best and the next option, by how much at least and at most, and whether that is sure.
    pub(in crate::report) best: fn(&str, &str, &str, &str, bool) -> String,
    /// Numbers of replications, first day, level of the intervals in percent.
    pub(in crate::report) simulated: fn(&str, &str, &str) -> String,
    /// Share in percent and section.
    pub(in crate::report) unexplained_told: fn(&str, &str) -> String,
    /// Numbers of assumptions of grade A, B, C and of none.
    pub(in crate::report) grades: fn(&[String; 4]) -> String,
    /// How many assumptions are not on the page.
    pub(in crate::report) more_in_scenario: fn(&str) -> String,
    /// The first link of the page.
    pub(in crate::report) to_content: &'static str,
    /// Of the list of parts.
    pub(in crate::report) contents: &'static str,
    /// Of a button.
    pub(in crate::report) larger: &'static str,
    /// Of a button.
    pub(in crate::report) smaller: &'static str,
    /// Of a button.
    pub(in crate::report) whole: &'static str,
    /// Of a button.
    pub(in crate::report) copy: &'static str,
    /// After a copy.
    pub(in crate::report) copied: &'static str,
    /// Of a group of buttons.
    pub(in crate::report) zoom: &'static str,
    /// What the page is of.
    pub(in crate::report) kind_run: &'static str,
    /// What the page is of.
    pub(in crate::report) kind_comparison: &'static str,
    /// The question of a run.
    pub(in crate::report) question_run: &'static str,
    /// The question of a comparison, before the names.
    pub(in crate::report) question_comparison: &'static str,
    /// A heading.
    pub(in crate::report) answer: &'static str,
    /// A unit.
    pub(in crate::report) days: &'static str,
    /// A unit.
    pub(in crate::report) thousand_teu: &'static str,
    /// Of a figure.
    pub(in crate::report) figure_median: &'static str,
    /// Of a figure.
    pub(in crate::report) figure_p95: &'static str,
    /// Of a figure.
    pub(in crate::report) figure_tonnes: &'static str,
    /// Of a figure.
    pub(in crate::report) figure_teu: &'static str,
    /// Of a figure.
    pub(in crate::report) figure_on_time: &'static str,
    /// Before the names of places.
    pub(in crate::report) growing: &'static str,
    /// A layer of the map.
    pub(in crate::report) traffic: &'static str,
    /// Of a choice.
    pub(in crate::report) shown: &'static str,
    /// Of a choice.
    pub(in crate::report) coloured_by: &'static str,
    /// Below the map.
    pub(in crate::report) map_caption: &'static str,
    /// A heading.
    pub(in crate::report) days_heading: &'static str,
    /// Before a table.
    pub(in crate::report) days_add_up: &'static str,
    /// Before the name of a section.
    pub(in crate::report) days_by_cause: &'static str,
    /// A caption.
    pub(in crate::report) days_by_place: &'static str,
    /// Between a what-if and a section.
    pub(in crate::report) days_changed: &'static str,
    /// Of a column.
    pub(in crate::report) days_in_base: &'static str,
    /// Of a column.
    pub(in crate::report) change_days: &'static str,
    /// Of a column.
    pub(in crate::report) cause: &'static str,
    /// Of a column.
    pub(in crate::report) place: &'static str,
    /// Of a column.
    pub(in crate::report) share: &'static str,
    /// A heading.
    pub(in crate::report) sections_heading: &'static str,
    /// A caption.
    pub(in crate::report) time_by_section: &'static str,
    /// Of a column.
    pub(in crate::report) section: &'static str,
    /// Of a column.
    pub(in crate::report) mean: &'static str,
    /// Of a column.
    pub(in crate::report) unexplained: &'static str,
    /// A caption.
    pub(in crate::report) traffic_table: &'static str,
    /// Of a column.
    pub(in crate::report) cargo: &'static str,
    /// Of a column.
    pub(in crate::report) offered: &'static str,
    /// Of a column.
    pub(in crate::report) carried: &'static str,
    /// Of a column.
    pub(in crate::report) refused: &'static str,
    /// After the name of a what-if.
    pub(in crate::report) differences: &'static str,
    /// Of a column.
    pub(in crate::report) figure: &'static str,
    /// Of a column.
    pub(in crate::report) statistic: &'static str,
    /// Of a column.
    pub(in crate::report) unit: &'static str,
    /// Of a column.
    pub(in crate::report) base: &'static str,
    /// Of a column.
    pub(in crate::report) difference: &'static str,
    /// Of a column.
    pub(in crate::report) significant: &'static str,
    /// In a table.
    pub(in crate::report) yes: &'static str,
    /// In a table.
    pub(in crate::report) no: &'static str,
    /// A heading.
    pub(in crate::report) bottlenecks: &'static str,
    /// A caption.
    pub(in crate::report) worst_places: &'static str,
    /// Of a column.
    pub(in crate::report) hours_waited: &'static str,
    /// Of a column.
    pub(in crate::report) mean_wait: &'static str,
    /// Of a column.
    pub(in crate::report) used_share: &'static str,
    /// A caption.
    pub(in crate::report) most_used: &'static str,
    /// Of a column.
    pub(in crate::report) closed: &'static str,
    /// Of a column.
    pub(in crate::report) down: &'static str,
    /// A heading.
    pub(in crate::report) charts: &'static str,
    /// Before the name of a chart.
    pub(in crate::report) chart: &'static str,
    /// A heading.
    pub(in crate::report) trust: &'static str,
    /// Where nothing is observed.
    pub(in crate::report) not_validated: &'static str,
    /// A caption.
    pub(in crate::report) observed_and_simulated: &'static str,
    /// Of a column.
    pub(in crate::report) class: &'static str,
    /// Of an observed figure.
    pub(in crate::report) class_input: &'static str,
    /// Of an observed figure.
    pub(in crate::report) class_tuned: &'static str,
    /// Of an observed figure.
    pub(in crate::report) class_tested: &'static str,
    /// Of a column.
    pub(in crate::report) observed: &'static str,
    /// Of a column.
    pub(in crate::report) band: &'static str,
    /// Of a column.
    pub(in crate::report) simulated_value: &'static str,
    /// Of a column.
    pub(in crate::report) in_band: &'static str,
    /// Of a column.
    pub(in crate::report) source: &'static str,
    /// Where inputs are as written.
    pub(in crate::report) inputs_fixed: &'static str,
    /// Where inputs are drawn.
    pub(in crate::report) inputs_drawn: &'static str,
    /// A caption.
    pub(in crate::report) inputs_of_spread: &'static str,
    /// Of a column.
    pub(in crate::report) input: &'static str,
    /// Of a column.
    pub(in crate::report) what_if: &'static str,
    /// Of a column.
    pub(in crate::report) of_what: &'static str,
    /// A heading.
    pub(in crate::report) assumptions: &'static str,
    /// A caption.
    pub(in crate::report) weakest: &'static str,
    /// A caption.
    pub(in crate::report) all_others: &'static str,
    /// Of a column.
    pub(in crate::report) value: &'static str,
    /// Of a column.
    pub(in crate::report) range: &'static str,
    /// Of a column.
    pub(in crate::report) grade: &'static str,
    /// A heading.
    pub(in crate::report) method_heading: &'static str,
    /// Before the items.
    pub(in crate::report) method_intro: &'static str,
    /// Of an item.
    pub(in crate::report) left_to_people: &'static str,
    /// Of an item.
    pub(in crate::report) no_what_ifs: &'static str,
    /// A heading.
    pub(in crate::report) repeat_heading: &'static str,
    /// Before the command.
    pub(in crate::report) repeat_told: &'static str,
    /// A caption.
    pub(in crate::report) what_was_run: &'static str,
    /// Of a row.
    pub(in crate::report) scenario: &'static str,
    /// Of a row.
    pub(in crate::report) hash: &'static str,
    /// Of a row.
    pub(in crate::report) seed: &'static str,
    /// Of a row.
    pub(in crate::report) version: &'static str,
}

/// The phrases of maps.
pub(in crate::report) struct MapPhrases {
    /// What stands between whole digits and tenths.
    pub(in crate::report) decimal_mark: char,
    /// The heading of the map.
    pub(in crate::report) map: &'static str,
    /// A unit.
    pub(in crate::report) million_tonnes: &'static str,
    /// Before a share.
    pub(in crate::report) used: &'static str,
    /// Before a time.
    pub(in crate::report) waits: &'static str,
    /// After a number of trains and shipments.
    pub(in crate::report) waiting: &'static str,
    /// A unit.
    pub(in crate::report) km: &'static str,
    /// A unit.
    pub(in crate::report) hours: &'static str,
    /// What widths mean.
    pub(in crate::report) map_tonnes: &'static str,
    /// What widths mean in a difference.
    pub(in crate::report) map_tonnes_change: &'static str,
    /// Of a thin line.
    pub(in crate::report) map_idle: &'static str,
    /// Of a thin line in a difference.
    pub(in crate::report) map_no_change: &'static str,
    /// What colours mean.
    pub(in crate::report) map_used: &'static str,
    /// What colours mean.
    pub(in crate::report) map_wait: &'static str,
    /// Of a plain line.
    pub(in crate::report) map_no_limit: &'static str,
    /// What colours mean in a difference.
    pub(in crate::report) map_change: &'static str,
    /// Of a colour.
    pub(in crate::report) map_more: &'static str,
    /// Of a colour.
    pub(in crate::report) map_less: &'static str,
    /// What rings mean.
    pub(in crate::report) map_rings: &'static str,
    /// What rings mean in a difference.
    pub(in crate::report) map_rings_change: &'static str,
    /// After the title of a scenario.
    pub(in crate::report) map_title: &'static str,
    /// Of the inset.
    pub(in crate::report) map_enlarged: &'static str,
    /// Whose coasts they are.
    pub(in crate::report) map_source: &'static str,
}

/// The phrases of the live part of a page.
pub(in crate::report) struct LivePhrases {
    /// Level of the intervals in percent.
    pub(in crate::report) sampling: fn(&str) -> String,
    /// Share of the main section's time in percent.
    pub(in crate::report) residual: fn(&str) -> String,
    /// Why an option is not simulated that moves a residual delay, and the command that does it.
    pub(in crate::report) residual_moved: fn(&str) -> String,
    /// The heading of the section.
    pub(in crate::report) heading: &'static str,
    /// Before the sliders.
    pub(in crate::report) intro: &'static str,
    /// Where the browser runs no scripts.
    pub(in crate::report) wants_script: &'static str,
    /// Of the form.
    pub(in crate::report) sliders: &'static str,
    /// Of a button.
    pub(in crate::report) reset: &'static str,
    /// Before today's value.
    pub(in crate::report) today: &'static str,
    /// Of a switch.
    pub(in crate::report) off_today: &'static str,
    /// Of a value.
    pub(in crate::report) grade_a: &'static str,
    /// Of a value.
    pub(in crate::report) grade_b: &'static str,
    /// Of a value.
    pub(in crate::report) grade_c: &'static str,
    /// Of a value.
    pub(in crate::report) no_grade: &'static str,
    /// Of a choice.
    pub(in crate::report) years: &'static str,
    /// Between years done and years wanted.
    pub(in crate::report) of: &'static str,
    /// While the engine starts.
    pub(in crate::report) starting: &'static str,
    /// Before anything is moved.
    pub(in crate::report) ready: &'static str,
    /// Before the number of years.
    pub(in crate::report) simulating: &'static str,
    /// After the last year.
    pub(in crate::report) done: &'static str,
    /// After a stop.
    pub(in crate::report) stopped: &'static str,
    /// Before what went wrong.
    pub(in crate::report) failed: &'static str,
    /// Of a button.
    pub(in crate::report) stop: &'static str,
    /// Of a button.
    pub(in crate::report) go: &'static str,
    /// Of a button.
    pub(in crate::report) keep: &'static str,
    /// Of a list.
    pub(in crate::report) kept: &'static str,
    /// Of a button.
    pub(in crate::report) remove: &'static str,
    /// Of a button.
    pub(in crate::report) link: &'static str,
    /// Of a button.
    pub(in crate::report) save: &'static str,
    /// Before the command.
    pub(in crate::report) repeat: &'static str,
    /// Of a switch in a name.
    pub(in crate::report) on: &'static str,
    /// The name of what is not changed.
    pub(in crate::report) as_today: &'static str,
    /// Before the figures of today's scenario.
    pub(in crate::report) figures_today: &'static str,
    /// Heading of what the answer rests on.
    pub(in crate::report) assumed: &'static str,
    /// Of what is not simulated.
    pub(in crate::report) given: &'static str,
    /// Before the link to the assumptions.
    pub(in crate::report) weak: &'static str,
    /// A caption.
    pub(in crate::report) changes: &'static str,
    /// Of a column.
    pub(in crate::report) option: &'static str,
    /// Of a column.
    pub(in crate::report) median: &'static str,
    /// Of a column.
    pub(in crate::report) slowest: &'static str,
    /// Of a column.
    pub(in crate::report) tonnes: &'static str,
    /// Of a column.
    pub(in crate::report) teu: &'static str,
    /// A caption.
    pub(in crate::report) days_by_cause: &'static str,
    /// Of a column.
    pub(in crate::report) today_days: &'static str,
}

/// The phrases of a simulated year that is replayed.
pub(in crate::report) struct ReplayPhrases {
    /// Number of years; name of a section, or nothing where years are told apart by tonnes carried.
    pub(in crate::report) chosen: fn(&str, Option<&str>) -> String,
    /// Number of the replication, and its days or tonnes.
    pub(in crate::report) worst: fn(&str, &str) -> String,
    /// Number of the replication, and its days or tonnes.
    pub(in crate::report) median: fn(&str, &str) -> String,
    /// The heading.
    pub(in crate::report) heading: &'static str,
    /// What is drawn, and how near it is to what was simulated.
    pub(in crate::report) drawn: &'static str,
    /// A unit.
    pub(in crate::report) days: &'static str,
    /// A unit.
    pub(in crate::report) tonnes: &'static str,
    /// Of a choice.
    pub(in crate::report) year: &'static str,
    /// Of a button.
    pub(in crate::report) play: &'static str,
    /// Of a button.
    pub(in crate::report) pause: &'static str,
    /// Of a choice.
    pub(in crate::report) speed: &'static str,
    /// Of a button.
    pub(in crate::report) leave: &'static str,
    /// Of the time bar.
    pub(in crate::report) time: &'static str,
    /// Of a sign.
    pub(in crate::report) train: &'static str,
    /// Of a sign.
    pub(in crate::report) lorry: &'static str,
    /// Of a sign.
    pub(in crate::report) ship: &'static str,
    /// Of a sign.
    pub(in crate::report) moored: &'static str,
    /// Of a sign.
    pub(in crate::report) waiting: &'static str,
    /// Of a sign, and before what is closed.
    pub(in crate::report) closed: &'static str,
    /// Before a number.
    pub(in crate::report) trains: &'static str,
    /// Before a number.
    pub(in crate::report) lorries: &'static str,
    /// Before a number.
    pub(in crate::report) at_sea: &'static str,
    /// Before a number.
    pub(in crate::report) in_port: &'static str,
    /// Before a number of tonnes.
    pub(in crate::report) waits: &'static str,
    /// Where nothing is closed.
    pub(in crate::report) nothing: &'static str,
}

/// An item of how it was simulated; what is in braces is filled in.
pub(in crate::report) struct Item {
    /// Its number in the guideline.
    pub(in crate::report) number: &'static str,
    pub(in crate::report) name: &'static str,
    pub(in crate::report) told: &'static str,
}

/// A closure as its words need it.
pub(in crate::report) struct Closed {
    /// What is closed.
    pub(in crate::report) things: String,
    /// What that stops; nothing where it stops all.
    pub(in crate::report) stops: String,
    /// The day on which it begins; none of several.
    pub(in crate::report) from: Option<String>,
    pub(in crate::report) length: String,
}

/// A difference as its words need it.
pub(in crate::report) struct Change {
    /// Without its sign.
    pub(in crate::report) amount: String,
    /// The ends of its interval; of a difference that is seen both without their sign, the lesser first.
    pub(in crate::report) low: String,
    pub(in crate::report) high: String,
    /// Whether it is of a time and not of an amount.
    pub(in crate::report) is_time: bool,
    pub(in crate::report) is_less: bool,
    /// Whether it is statistically significant and worth naming.
    pub(in crate::report) is_seen: bool,
}

impl Phrases {
    /// A number as the language writes it.
    pub(in crate::report) fn number(&self, text: &str) -> String {
        self.map.number(text)
    }
}

impl MapPhrases {
    /// A number as the language writes it.
    pub(in crate::report) fn number(&self, text: &str) -> String {
        text.replace('.', &self.decimal_mark.to_string()).replace('-', "\u{2212}")
    }
}
