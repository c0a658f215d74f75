//! English phrases.

use super::list::{Change, Closed, ITEMS, Item, LivePhrases, MapPhrases, Phrases, ReplayPhrases};
use crate::analysis::stress::Effect;

pub(super) const PHRASES: Phrases = Phrases {
    map: MAP,
    live: LIVE,
    replay: REPLAY,
    #[cfg(feature = "charts")]
    on_charts: super::on_charts::english::PHRASES,
    closure,
    effect,
    method: METHOD,
    section_takes,
    change,
    best,
    simulated,
    unexplained_told,
    grades,
    more_in_scenario,
    to_content: "Skip to the content",
    contents: "Contents",
    larger: "Larger",
    smaller: "Smaller",
    whole: "Whole map",
    copy: "Copy",
    copied: "Copied",
    zoom: "Size of the map",
    kind_run: "One scenario",
    kind_comparison: "What-ifs against a base",
    question_run: "How much does it carry, how long does that take, and how sure is it?",
    question_comparison: "What changes with:",
    answer: "Answer",
    days: "days",
    thousand_teu: "thousand TEU a year",
    figure_median: "Half arrive within",
    figure_p95: "Nineteen in twenty within",
    figure_tonnes: "Carried",
    figure_teu: "Containers carried",
    figure_on_time: "On time",
    growing: "Queues grow all the year, so that the days behind them belong to the length of the run, at:",
    traffic: "Traffic and use",
    shown: "Shown",
    coloured_by: "Coloured by",
    map_caption: "Lines are as wide as what they carry is heavy. Rings are at the places where trains and shipments wait. The figures of a line or ring appear when it is pointed at.",
    days_heading: "Where the days go",
    days_add_up: "The parts add up to the mean time of the section.",
    days_by_cause: "Mean days by cause:",
    days_by_place: "Places where most of the time is spent",
    days_changed: "where days change",
    days_in_base: "base, days",
    change_days: "change, days",
    cause: "cause",
    place: "place",
    share: "share",
    sections_heading: "Times and traffic",
    time_by_section: "Time by section, days",
    section: "section",
    mean: "mean",
    unexplained: "unexplained",
    traffic_table: "Traffic, thousand t a year; demand is given",
    cargo: "cargo",
    offered: "offered",
    carried: "carried",
    refused: "refused",
    differences: "differences from the base",
    figure: "figure",
    statistic: "statistic",
    unit: "unit",
    base: "base",
    difference: "difference",
    significant: "statistically significant",
    yes: "yes",
    no: "no",
    bottlenecks: "Bottlenecks",
    worst_places: "Places where most hours are waited",
    hours_waited: "hours waited a year",
    mean_wait: "mean wait, h",
    used_share: "used",
    most_used: "What is used most",
    closed: "closed",
    down: "out of order",
    charts: "Charts",
    chart: "Chart",
    trust: "How far to trust it",
    not_validated: "These results have no observed figures beside them; midcor validate puts them there.",
    observed_and_simulated: "Observed and simulated: what was given, fitted and tested",
    class: "used for",
    class_input: "given",
    class_tuned: "fitted",
    class_tested: "tested",
    observed: "observed",
    band: "band",
    simulated_value: "simulated",
    in_band: "in its band",
    source: "source",
    inputs_fixed: "Inputs are as written: the intervals are of chance alone, not of what is not known about the inputs. --inputs drawn shows both.",
    inputs_drawn: "Inputs were drawn as far as they may be wrong.",
    inputs_of_spread: "The inputs that make most of the spread",
    input: "input",
    what_if: "what-if",
    of_what: "of",
    assumptions: "Assumptions",
    weakest: "The least known",
    all_others: "All others",
    value: "value",
    range: "range",
    grade: "grade",
    method_heading: "What was simulated, and how",
    method_intro: "The items of STRESS-DES, the guideline for reporting simulations, as far as a program can fill them.",
    left_to_people: "To be said by the author of the study.",
    no_what_ifs: "The scenario alone.",
    repeat_heading: "Repeat it",
    repeat_told: "This command gives the same figures to the last digit, on any machine and any number of threads.",
    what_was_run: "What was run",
    scenario: "scenario",
    hash: "hash of its content",
    seed: "seed",
    version: "version",
};

const LIVE: LivePhrases = LivePhrases {
    residual_moved,
    sampling,
    residual,
    heading: "Try it",
    intro: "Move a slider: the corridor is simulated as it would be then, in the same shipments and storms as today's, year after year. The answer sharpens with every year.",
    wants_script: "Sliders want a browser that runs the scripts of this page; everything below is there without them.",
    sliders: "What can be changed",
    reset: "Back to today",
    today: "today",
    off_today: "today off",
    grade_a: "grade A, official",
    grade_b: "grade B, press",
    grade_c: "grade C, inferred",
    no_grade: "no grade",
    years: "Years",
    of: "of",
    starting: "The simulator starts …",
    ready: "Today's corridor. Move a slider.",
    simulating: "Simulated years:",
    done: "Done. Simulated years:",
    stopped: "Stopped. Simulated years:",
    failed: "That cannot be simulated:",
    stop: "Stop",
    go: "Go on",
    keep: "Keep and compare with another",
    kept: "Options kept",
    remove: "Remove",
    link: "Copy a link to this",
    save: "Save as a scenario file",
    repeat: "The same figures, to the last digit, from the program:",
    on: "on",
    as_today: "today",
    figures_today: "Today, in the same years:",
    assumed: "What this rests on",
    given: "Demand and routes are given: nobody sends more because it is faster. Inputs are as written.",
    weak: "Values of grade C are inferred; all stand with their sources under",
    changes: "What changes, with intervals. An arrow stands where the change is seen.",
    option: "option",
    median: "median, days",
    slowest: "slowest twentieth, days",
    tonnes: "thousand t a year",
    teu: "thousand TEU a year",
    days_by_cause: "where the mean days of the section change",
    today_days: "today, days",
};

fn sampling(level: &str) -> String {
    format!(
        "Intervals hold {level} % of the time, for chance between years alone; looked at again and again, one leaves zero by chance more often."
    )
}

fn residual(share: &str) -> String {
    format!("{share} % of the section's time is delay without a known mechanism, which no slider changes.")
}

const MAP: MapPhrases = MapPhrases {
    decimal_mark: '.',
    map: "Map",
    million_tonnes: "million t a year",
    used: "line capacity used",
    waits: "wait",
    waiting: "waiting on average",
    km: "km",
    hours: "h",
    map_tonnes: "Carried, million t a year",
    map_tonnes_change: "Change, million t a year",
    map_idle: "carries nothing",
    map_no_change: "no significant change",
    map_used: "Line capacity used",
    map_wait: "Mean wait for the line or vessel",
    map_no_limit: "no limit",
    map_change: "Difference from the base",
    map_more: "more",
    map_less: "less",
    map_rings: "Waiting on average: trains, shipments",
    map_rings_change: "Change of those waiting on average",
    map_title: "traffic, use and waiting",
    map_enlarged: "Enlarged",
    map_source: "Coasts and borders: Natural Earth, made simpler; they take no side in any dispute",
};

const REPLAY: ReplayPhrases = ReplayPhrases {
    chosen: replay_chosen,
    worst: replay_worst,
    median: replay_median,
    heading: "A simulated year, day by day",
    drawn: "One simulated year is one of many that could come, and none that was. Every train, group of wagons and ship is drawn, to a quarter of an hour; between two nodes it is placed by the share of its running time that has passed. Ships from outside are seen in port alone. Rings are tonnes that wait, looked at every six hours; their area grows with the tonnes.",
    days: "days",
    tonnes: "t",
    year: "Year",
    play: "Play",
    pause: "Pause",
    speed: "Days a second",
    leave: "Back to the means",
    time: "Day of the year",
    train: "train or group of wagons",
    lorry: "lorry",
    ship: "ship at sea",
    moored: "ship in port",
    waiting: "tonnes waiting",
    closed: "closed",
    trains: "on rails",
    lorries: "on roads",
    at_sea: "ships at sea",
    in_port: "in port",
    waits: "tonnes waiting",
    nothing: "nothing",
};

fn replay_chosen(of: &str, section: Option<&str>) -> String {
    match section {
        Some(section) => format!(
            "Of {of} simulated years, the worst is the one with the longest mean time of {section}; the median year is in the middle."
        ),
        None => {
            format!(
                "Of {of} simulated years, the worst is the one that carries least; the median year is in the middle."
            )
        }
    }
}

fn replay_worst(number: &str, value: &str) -> String {
    format!("the worst (number {number}: {value})")
}

fn replay_median(number: &str, value: &str) -> String {
    format!("the median one (number {number}: {value})")
}

fn residual_moved(command: &str) -> String {
    format!(
        "a residual delay is moved, which was calibrated and has no mechanism, so that what comes of it is assumed and not simulated. The page does not tell the two apart; this command does: {command}"
    )
}

const METHOD: [Item; ITEMS] = [
    Item { number: "1.1", name: "Purpose", told: "{description}" },
    Item {
        number: "1.2",
        name: "Model outputs",
        told: "Times of {sections} sections with percentiles of all shipments pooled, traffic, waiting and use of every place, charges and emissions. Means are over replications with Student's interval, shifted for skewness; intervals of percentiles come from sections of the pooled replications.",
    },
    Item { number: "1.3", name: "Aims of experimentation", told: "Scenarios: {what-ifs}" },
    Item {
        number: "2.1",
        name: "Base model overview",
        told: "The map above shows nodes, links and where shipments wait.",
    },
    Item {
        number: "2.2",
        name: "Base model logic",
        told: "Shipments follow routes; at each step they wait for servers, paths, space, wagons or vessels, are served, and go on. Vessels circle between ports. Closures, hours and loading bans stop what they name.",
    },
    Item { number: "2.3", name: "Scenario logic", told: "{what-ifs}" },
    Item {
        number: "2.4",
        name: "Algorithms",
        told: "Queues are first come, first served, by priority where the scenario gives one; trains are filled in order of coming; vessels load what waits and fits.",
    },
    Item {
        number: "2.5",
        name: "Components",
        told: "Entities: shipments of {flows} flows and {cargoes} cargoes, trains, vessels of {fleets} fleets. Activities: {links} links and {facilities} facilities at {nodes} nodes. Resources: {storages} storages, {pools} pools of wagons, locomotives and the like. Queues stand before each of them. {closures} closures.",
    },
    Item {
        number: "2.5.5",
        name: "Entry and exit",
        told: "Shipments come at the origin of their flow by its law of arrivals and leave at its destination, or are refused where acceptance fails.",
    },
    Item {
        number: "3.1",
        name: "Data sources",
        told: "{sourced} of {inputs} quantities name a source; the list of assumptions has them.",
    },
    Item {
        number: "3.2",
        name: "Preprocessing",
        told: "Notes in the list of assumptions say what was derived; the rest is to be said by the author of the study.",
    },
    Item {
        number: "3.3",
        name: "Input parameters",
        told: "{inputs} quantities, all in scenario.toml beside the results.",
    },
    Item { number: "3.4", name: "Assumptions", told: "See the list of assumptions, the least known first." },
    Item {
        number: "4.1",
        name: "Initialisation",
        told: "The model starts empty; the first {warm-up} days are left out of all figures. It has no natural end.",
    },
    Item {
        number: "4.2",
        name: "Run length",
        told: "{horizon} days from {start}, then {drain} days in which what was begun can end.",
    },
    Item {
        number: "4.3",
        name: "Estimation",
        told: "{replications} independent replications; intervals of {level} %. What-ifs meet the same random numbers as their base, and differences are taken in pairs.",
    },
    Item {
        number: "5.1",
        name: "Software",
        told: "midcor {version}, written in Rust, with the database of time zones {time-zones}.",
    },
    Item {
        number: "5.2",
        name: "Random sampling",
        told: "Philox4x64-10: each number is a function of the seed {seed}, its named source, the replication and the thing that asks; inversion where the law allows it.",
    },
    Item {
        number: "5.3",
        name: "Model execution",
        told: "Next event in whole milliseconds; events at one instant have a fixed order. Replications run in parallel, and results do not depend on the number of threads.",
    },
    Item {
        number: "5.4",
        name: "System",
        told: "Any: the same figures come from every machine. The run time is not kept, so that equal runs give equal bytes.",
    },
    Item {
        number: "6.1",
        name: "Code access",
        told: "The program is open source under the MIT licence; the scenario stands beside the results.",
    },
];

fn section_takes(section: &str, median: &str, slowest: &str) -> String {
    format!("{section}: half within {median} days, nineteen in twenty within {slowest} days")
}

fn change(change: &Change) -> String {
    let Change { amount, low, high, is_time, is_less, is_seen } = change;
    let direction = match (is_time, is_less) {
        (true, true) => "days shorter",
        (true, false) => "days longer",
        (false, true) => "less",
        (false, false) => "more",
    };
    if *is_seen {
        format!("{amount} {direction} ({low} to {high})")
    } else {
        format!("no difference that can be seen ({low} to {high})")
    }
}

fn best(best: &str, next: &str, low: &str, high: &str, is_sure: bool) -> String {
    if is_sure {
        format!("Best: {best}, ahead of {next} by {low} to {high} (sure).")
    } else {
        format!("{best} and {next} cannot be told apart.")
    }
}

fn simulated(replications: &str, start: &str, level: &str) -> String {
    format!("{replications} simulated years from {start}; ± is the half-width of the {level} % interval.")
}

fn unexplained_told(share: &str, section: &str) -> String {
    format!(
        "A calibrated delay without a mechanism makes {share} % of the time of {section}, more than of any other section: nobody knows yet why."
    )
}

fn grades(numbers: &[String; 4]) -> String {
    let [a, b, c, none] = numbers;
    format!("Grade A (official figures): {a}; B (press): {b}; C (inferred): {c}; without a grade: {none}.")
}

fn more_in_scenario(number: &str) -> String {
    format!("{number} more are in scenario.toml beside the results.")
}

fn closure(closure: &Closed) -> String {
    let Closed { things, length, .. } = closure;
    let stops = if closure.stops.is_empty() { String::new() } else { format!(" for {}", closure.stops) };
    let from = closure.from.as_ref().map_or_else(String::new, |from| format!(" from {from}"));
    format!("{things} closed{stops}{from} for {length}")
}

const fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Late => "Late, tonne-days",
        Effect::LateTeu => "Late, TEU-days",
        Effect::Cost => "Cost of delay, USD",
        Effect::Refused => "Refused, t",
        Effect::Lost => "Lost to outside, t",
        Effect::BacklogPeak => "Backlog at its peak, t",
        Effect::DaysToClear => "Backlog gone, days after reopening",
        Effect::NotGone => "Years in which it is not gone",
        Effect::StabledPeak => "Stabled at the peak, trains",
        Effect::StabledMore => "Stabled more than without, trains",
        Effect::OtherRoutes => "On other routes, t",
        Effect::OtherRoutesShare => "On other routes, of the closed days' traffic",
    }
}
