//! What the author of a choice should know.

use crate::model::{AlternativeLabel, ChoiceLabel, ChoiceModel, Remark};

/// Routes outside the corridor that are cheaper than every route of it, even if nothing waited there.
pub(in crate::compile) fn remarks(choices: &[ChoiceLabel]) -> Vec<Remark> {
    choices.iter().flat_map(cheap_outsides).collect()
}

fn cheap_outsides(choice: &ChoiceLabel) -> Vec<Remark> {
    let Some(&value) = choice.values_of_time.get(choice.values_of_time.len() / 2) else { return Vec::new() };
    let cost = |one: &AlternativeLabel| one.terms.usd + value * one.terms.days;
    let open = || choice.alternatives.iter().filter(|one| one.terms.is_open);
    let inside = open().filter(|one| one.route.is_some());
    let Some(cheapest) = inside.min_by(|one, other| cost(one).total_cmp(&cost(other))) else { return Vec::new() };
    let cheaper = open().filter(|one| one.route.is_none() && cost(one) < cost(cheapest));
    cheaper.map(|outside| remark(choice, outside, cheapest, value)).collect()
}

/// Where base shares count, they hold what charge and time leave out; otherwise nearly all would be outside.
fn remark(choice: &ChoiceLabel, outside: &AlternativeLabel, inside: &AlternativeLabel, value: f64) -> Remark {
    let by_costs = matches!(choice.model, ChoiceModel::Logit | ChoiceModel::PathSize);
    let terms =
        |one: &AlternativeLabel| format!("{:.0} USD/{} and {:.1} d", one.terms.usd, choice.unit, one.terms.days);
    let then = if by_costs {
        "most shippers will be outside"
    } else {
        "the base shares count, which stand for what charge and time leave out"
    };
    Remark {
        path: format!("choice.{}.outside.{}", choice.id, outside.name),
        code: "cheap-outside",
        message: format!(
            "`outside.{}` ({}) is cheaper than every route of `choice.{}`, even without any waiting (`{}`: {}, a day at {value:.0} \
             USD/{}): {then}",
            outside.name,
            terms(outside),
            choice.id,
            inside.name,
            terms(inside),
            choice.unit,
        ),
        is_note: !by_costs,
    }
}
