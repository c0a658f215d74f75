//! What is measured.

/// Whether more of a measure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither by itself.
    Neither,
}

impl Better {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Neither => "",
        }
    }
}

/// A measure: what a row of the results is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The word in results and on the command line.
    pub word: &'static str,
    /// Its units; `UNIT` stands for that of a cargo (`TEU`, `wagon`, `t`), `1` for none.
    pub units: &'static [&'static str],
    /// What it is, in a sentence.
    pub meaning: &'static str,
    /// Whether more is good.
    pub better: Better,
}

const fn of(word: &'static str, units: &'static [&'static str], better: Better, meaning: &'static str) -> Measure {
    Measure { word, units, meaning, better }
}

const AMOUNTS: &[&str] = &["t/yr", "UNIT/yr"];
const DAYS: &[&str] = &["d"];
const HOURS: &[&str] = &["h"];
const MONEY: &[&str] = &["USD/yr", "USD/t"];
const NONE: &[&str] = &["1"];

use Better::{Down, Neither, Up};

/// All measures by subject: traffic, time, queues and use, vessels, pools, money.
pub const MEASURES: &[Measure] = &[
    of("offered", AMOUNTS, Neither, "Cargo that came to the corridor within the period."),
    of("carried", AMOUNTS, Up, "Cargo that arrived within the period, whenever it had set out."),
    of(
        "throughput",
        &["t/yr"],
        Up,
        "Tonnes that arrived within the period. Of a link: what set out over it within the period, or, where the link is neither a line nor a sea leg, what arrived having passed it.",
    ),
    of(
        "throughput_teu",
        &["TEU/yr"],
        Up,
        "TEU that arrived within the period, of the cargoes that are counted in TEU.",
    ),
    of(
        "refused",
        AMOUNTS,
        Down,
        "Cargo given up at its origin because a loading ban lasted longer than the patience of its flow.",
    ),
    of(
        "lost_to_outside",
        AMOUNTS,
        Down,
        "Cargo diverted to a route outside the corridor by a facility that was full and diverts.",
    ),
    of("outside", AMOUNTS, Neither, "Cargo that chose a route outside the corridor and was never offered to it."),
    of(
        "switches",
        &["shipments/yr"],
        Neither,
        "Times that a shipment, or a part of one, went on by another route from a node.",
    ),
    of(
        "switched",
        &["t/yr"],
        Neither,
        "Of a switch: what made it. Of a flow: of what arrived, what had switched under way.",
    ),
    of("switched_share", NONE, Neither, "Share of what arrived that had switched to another route under way."),
    of("transit_time_switched", DAYS, Down, "Mean transit time of those who switched to another route under way."),
    of(
        "freight_charge_switched",
        &["USD/t"],
        Down,
        "What those who switched paid for the links that they used, crossings at the mean of the fleets that may carry them.",
    ),
    of("switching_cost", &["USD/yr"], Down, "What switching cost shippers, besides charges; it is nobody's revenue."),
    of("under_way", &["t", "UNIT"], Neither, "Cargo that had come and not arrived at the end of the horizon."),
    of("backlog", &["t/yr"], Down, "By how much more was under way at the end of the horizon than at its beginning."),
    of(
        "unfinished",
        NONE,
        Down,
        "Share of what came within the horizon that had not arrived at the end of the drain. It counts as slowest in percentiles of times and is not in means.",
    ),
    of(
        "trains",
        &["trains/yr"],
        Neither,
        "Trains, and shipments that travel alone, that set out from their origin within the horizon. Of a link: those that set out over it.",
    ),
    of("value", &["USD/yr"], Up, "Worth of the goods that arrived."),
    of("tonne_km", &["tkm/yr"], Neither, "Tonnes times kilometres of what arrived."),
    of(
        "transit_time",
        DAYS,
        Down,
        "From coming to arrival. Percentiles count what has not arrived as slowest; the mean is of what arrived.",
    ),
    of("transit_time_delivered", DAYS, Down, "From coming to arrival, of what arrived alone."),
    of(
        "acceptance_wait",
        DAYS,
        Down,
        "What was waited before the first setting out for a train, for locomotives or wagons, for room or for the end of a ban.",
    ),
    of("complete_time", DAYS, Down, "From the coming of a shipment until the last part of it arrived."),
    of("section_time", DAYS, Down, "Time between the two places of a section."),
    of("crossing_time", DAYS, Down, "From setting sail until unloaded."),
    of("dwell_time", DAYS, Down, "Time at a node, from the end of a link to the beginning of the next."),
    of(
        "time",
        DAYS,
        Neither,
        "Part of the mean time that passes at a place for a cause. The rows of a subject add up to its mean time.",
    ),
    of("border_time", HOURS, Down, "Hours at a crossing of a border, of those who were served there."),
    of("border_time_per_journey", HOURS, Down, "Hours at all crossings of borders of one journey."),
    of("unexplained_share", NONE, Down, "Share of the time that is a calibrated delay without a mechanism."),
    of("buffer_index", NONE, Down, "Time to spare for arriving in time on 95 of 100 journeys: (P95 − mean) ÷ mean."),
    of("on_time_share", NONE, Up, "Share that arrives within the deadline of its flow or section."),
    of("speed_without_delay", &["km/h"], Up, "Kilometres divided by the time in motion."),
    of("speed_with_delay", &["km/h"], Up, "Kilometres divided by the whole time."),
    of(
        "waiting_time",
        HOURS,
        Down,
        "Mean wait of those who were served, let in or boarded, those included who did not wait.",
    ),
    of("waited", NONE, Down, "Share of them that waited at all."),
    of("queue_length", NONE, Down, "Mean number that wait."),
    of("queue_max", NONE, Down, "Most that waited at once."),
    of("hours_waited", &["h/yr"], Down, "Hours that all together waited, those included who still wait."),
    of("waiting_so_far", HOURS, Down, "How long those have waited who wait at the end of the horizon."),
    of("waiting_so_far_max", HOURS, Down, "The longest of these waits."),
    of("queue_growth", NONE, Down, "By how many more wait at the end of the horizon than at its beginning."),
    of("queue_growth_share", NONE, Down, "The same as a share of those who came."),
    of(
        "held_back",
        NONE,
        Down,
        "Mean number of trains that do not set out because the storage ahead and the tracks before it are full.",
    ),
    of("held_back_max", NONE, Down, "Most of them at once."),
    of("held_waiting", NONE, Down, "Share of a pool or storage that is held by those who wait at the place."),
    of("stabled", &["trains/yr"], Down, "Trains that stood before a full storage."),
    of(
        "overflow",
        &["UNIT/yr"],
        Down,
        "Cargo that was let in over the capacity of a storage, because it stood on a vessel that could not wait.",
    ),
    of(
        "number",
        NONE,
        Neither,
        "Mean number at a place: in service or waiting at a facility, running on a line, taken of a pool.",
    ),
    of(
        "utilisation",
        NONE,
        Neither,
        "Share in use: of the time of servers, of the room of a storage, of the things of a pool, of vessels (at sea or at berth), of the paths of a line in its busier direction.",
    ),
    of("blocked", NONE, Down, "Share of the time of servers that is held by the served who cannot go on."),
    of("down", NONE, Down, "Share of the time of servers or vessels that is out of order."),
    of(
        "closed",
        NONE,
        Down,
        "Share of time that is shut: of the horizon for a closure, of the time of servers or vessels else.",
    ),
    of(
        "spare_capacity",
        &["1", "trains/d"],
        Up,
        "What is idle: share of the time of servers; of a line the paths a day that its busier direction leaves.",
    ),
    of("ban_days", &["d/yr"], Down, "Days on which a loading ban held."),
    of(
        "load_factor",
        NONE,
        Up,
        "How full ships leave, of what deck, load limit and permitted draught allow. At a port: of the ships that leave it.",
    ),
    of("deck_factor", NONE, Neither, "How full ships leave, of deck and load limit alone."),
    of("voyages", &["sailings/yr"], Neither, "Departures of ships. At a port: from it."),
    of("left_behind", &["sailings/yr"], Down, "Departures that left cargo behind which was ready."),
    of("missed_departures", &["departures/yr"], Down, "Times of the timetable at which no ship was there."),
    of(
        "returning",
        NONE,
        Neither,
        "Mean number of the things of a pool that are on their way home or not yet ready again.",
    ),
    of(
        "wagon_turn",
        DAYS,
        Down,
        "From the taking of a thing of the pool until it is free again, with the way home and what has to be done to it.",
    ),
    of(
        "empty_run_share",
        NONE,
        Down,
        "Share of the time in use in which things of the pool are on their way home or not yet ready again.",
    ),
    of("freight_charge", MONEY, Down, "What shippers pay for what arrived."),
    of("time_cost", MONEY, Down, "The worth of the time of what arrived."),
    of("generalised_cost", MONEY, Down, "Charge and worth of time together."),
    of("emissions", &["t/yr"], Down, "Tonnes of CO2 equivalent of moving what arrived."),
    of("revenue", &["USD/yr"], Neither, "What an operator, or the operators of a country, are paid by shippers."),
    of("border_cost", &["USD/20t"], Down, "Charges at a crossing of a border for 20 tonnes (CAREC CPMM)."),
    of("border_cost_per_journey", &["USD/20t"], Down, "The same of all crossings of a journey."),
    of("cost_500km_20t", &["USD"], Down, "What 20 tonnes pay over 500 kilometres (CAREC CPMM)."),
];

/// The measure of a word.
pub fn measure(word: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.word == word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_word_stands_once_and_each_meaning_is_a_sentence() {
        let words: BTreeSet<&str> = MEASURES.iter().map(|measure| measure.word).collect();
        assert_eq!(words.len(), MEASURES.len());
        assert!(MEASURES.iter().all(|measure| measure.meaning.ends_with('.') && !measure.units.is_empty()));
        assert_eq!(measure("blocked").map(|measure| measure.better), Some(Better::Down));
        assert_eq!(measure("speed"), None);
    }
}
