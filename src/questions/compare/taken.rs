//! What shippers choose in a what-if, as the comparison has it.

use crate::comparison::{AlternativeTaken, ChoiceTaken, RoutesTaken, Shippers};
use crate::experiment::Chosen;
use crate::model::{ChoiceLabel, RouteTerms, moves};
use crate::study::Answered;

/// The choices of a what-if that came to `chosen`, by choice of its `labels`.
pub(super) fn taken(
    what_if: &str,
    with_response: bool,
    labels: &[ChoiceLabel],
    answered: &Answered,
    chosen: &Chosen,
) -> RoutesTaken {
    let choices = labels.iter().zip(&answered.base_terms).enumerate();
    RoutesTaken {
        what_if: what_if.to_owned(),
        with_response,
        rounds: chosen.rounds,
        is_settled: chosen.is_settled,
        gap: chosen.gap,
        apart: answered.apart,
        choices: choices.map(|(place, (label, base))| choice(label, base, place, chosen)).collect(),
    }
}

fn choice(label: &ChoiceLabel, base: &[RouteTerms], place: usize, chosen: &Chosen) -> ChoiceTaken {
    let weights = &chosen.weights[place];
    let shares: Vec<f64> = label.alternatives.iter().map(|one| one.share).collect();
    let alternatives = label.alternatives.iter().enumerate().map(|(at, one)| AlternativeTaken {
        name: one.name.clone(),
        title: one.title.clone(),
        is_outside: one.route.is_none(),
        share: [one.share, chosen.shares[place][at]],
        days: [base[at].days, chosen.terms[place][at].days],
        usd: [base[at].usd, chosen.terms[place][at].usd],
    });
    let alternatives: Vec<AlternativeTaken> = alternatives.collect();
    let moves = moves(&shares, weights, &label.values_of_time);
    let gain_usd = label.gain(weights);
    ChoiceTaken {
        id: label.id.clone(),
        title: label.title.clone(),
        unit: label.unit.clone(),
        market_per_year: label.market_per_year,
        gain_usd,
        gain_usd_per_year: gain_usd.map(|gain| gain * label.market_per_year),
        shippers: Shippers::of(&alternatives, &moves, label.market_per_year),
        alternatives,
        moves,
    }
}
