//! The terms of the field as this program uses them.

/// A word with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub word: &'static str,
    /// What it means, in a sentence.
    pub meaning: &'static str,
}

const fn term(word: &'static str, meaning: &'static str) -> Term {
    Term { word, meaning }
}

/// Terms, in the order of the alphabet.
pub const TERMS: &[Term] = &[
    term("background", "Traffic that takes the same ships, ports and lines and is not counted as the corridor's."),
    term(
        "backlog",
        "By how much more is under way at the end of the horizon than at its beginning: what could not be carried.",
    ),
    term("base", "The scenario that what-ifs are compared with."),
    term(
        "block train",
        "A shipment that is a train by itself and passes the yards where others are formed into trains.",
    ),
    term("bottleneck", "The capacity that limits what the whole carries."),
    term("choice", "Routes, and routes outside the corridor, among which shippers choose by cost and time."),
    term(
        "common random numbers",
        "The same random shipments, storms and times in base and what-if, so that their difference is precise.",
    ),
    term(
        "confidence interval",
        "Where the true figure lies, at 95 % unless another level is asked for; printed as ± half its width. See sampling error.",
    ),
    term("deck", "The room of a ship for cargo."),
    term(
        "drain",
        "Time after the horizon in which slow shipments still arrive; nothing of it is counted but their times.",
    ),
    term("dwell time", "Time at a node, from coming to setting out again."),
    term("equilibrium", "Volumes or shares of routes that are those induced by the times and costs they bring about."),
    term("FEU", "Forty-foot equivalent unit: a box of 40 feet; two TEU."),
    term("generalised cost", "The freight charge and the worth of the time, in money."),
    term(
        "grade",
        "How good the source of a value is: A an official page, B press that quotes officials or companies, C inference.",
    ),
    term("headline", "The figure of one section on which answers begin and what-ifs are ranked."),
    term("headway", "The least time between two trains of one direction."),
    term(
        "history matching",
        "Ruling out values of unknown parameters at which the simulation is too far from what was observed; a space is left, not a point.",
    ),
    term("horizon", "The time over which results are counted."),
    term(
        "implausibility",
        "Standard deviations between an observed and a simulated figure; above 3 it rules the values out that were simulated.",
    ),
    term("logsum", "What shippers expect of the best of their routes, in money; its change is their gain."),
    term(
        "materiality",
        "From when on a difference is worth naming, where it is statistically significant besides: [run] materiality.",
    ),
    term("median", "P50: half of the shipments are faster, half slower. See percentile."),
    term("overlay", "A file that changes another scenario."),
    term(
        "parameter uncertainty",
        "How far a result may be wrong because inputs are not known exactly; more replications do not lessen it.",
    ),
    term("path", "A slot in which a train may use a line; and the name of a value, such as fleet.feeder.vessels."),
    term(
        "percentile",
        "P90 is the time that 90 % of the shipments do not exceed; P50 is the median, P95 leaves out the slowest twentieth.",
    ),
    term("practical capacity", "The most traffic with no growing backlog and the services kept that were asked for."),
    term("replication", "One simulated run of the horizon with random numbers of its own."),
    term("residual", "A calibrated delay that stands for what no mechanism explains."),
    term(
        "sampling error",
        "How far a result may be wrong because only so many replications were made; ± is half its interval.",
    ),
    term(
        "section",
        "A part of the way, from a place to another, whose passage is timed: a row of every table of results.",
    ),
    term(
        "seed",
        "The number from which all random numbers are made: the same seed, scenario and version give the same results.",
    ),
    term("shipment", "What a flow makes and what moves: so many units of a cargo."),
    term("significance", "See statistically significant."),
    term(
        "statistically significant",
        "Beyond sampling error: the interval of a difference, corrected for the number of differences looked at, leaves out zero.",
    ),
    term("tag", "A word by which flows are grouped in results, such as direction or trade."),
    term("TEU", "Twenty-foot equivalent unit: a box of 20 feet is one, one of 40 feet two."),
    term("transit time", "Time from when a shipment comes to its arrival."),
    term("warm-up", "Time before the horizon in which queues and fleets come to where they usually are."),
    term("what-if", "A scenario that changes the base, or a change on the command line."),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_word_stands_once_and_each_meaning_is_a_sentence() {
        let words: BTreeSet<&str> = TERMS.iter().map(|term| term.word).collect();
        assert_eq!(words.len(), TERMS.len());
        assert!(TERMS.iter().all(|term| term.meaning.ends_with('.')));
        assert!(TERMS.is_sorted_by_key(|term| term.word.to_lowercase()));
    }
}
