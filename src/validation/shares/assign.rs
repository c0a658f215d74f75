//! Which choice and alternatives of a scenario a row of observed shares is about.

use super::market::Market;
use super::read::{Level, ObservedShare, ObservedShares, Row, Unit};
use super::told::{Told, Which};
use crate::diagnostic::{Diagnostic, Diagnostics, Span, did_you_mean};

/// A figure with its alternatives.
#[derive(Clone, Debug)]
pub(super) struct Placed<'r> {
    pub(super) choice: usize,
    pub(super) which: Which,
    pub(super) row: &'r Row,
    pub(super) figure: &'r ObservedShare,
}

/// All rows of a file, placed.
#[derive(Clone, Debug, Default)]
pub(super) struct Assigned<'r> {
    pub(super) figures: Vec<Placed<'r>>,
    pub(super) told: Vec<Told>,
}

/// Places all rows.
///
/// # Errors
/// All rows that fit no choice, with what is near.
pub(super) fn assign<'r>(observed: &'r ObservedShares, markets: &[Market<'_>]) -> Result<Assigned<'r>, Diagnostics> {
    let mut found = Diagnostics::default();
    let mut assigned = Assigned::default();
    for row in &observed.rows {
        if let Err(error) = place(row, markets, &mut assigned) {
            found.push(error);
        }
    }
    if found.has_errors() { Err(found) } else { Ok(assigned) }
}

fn place<'r>(row: &'r Row, markets: &[Market<'_>], assigned: &mut Assigned<'r>) -> Result<(), Diagnostic> {
    let ids: Vec<&str> = markets.iter().map(|market| market.label.id.as_str()).collect();
    let choice = named(&row.choice, &ids, "the scenario has no choice", row.spans.choice)?;
    let market = &markets[choice];
    let which = which(row, market)?;
    if row.usd.is_some() || row.days.is_some() {
        let told = told(row, choice, &which.own)?;
        if assigned.told.iter().any(|other| is_at_odds(other, &told)) {
            let message = format!("`{}` has other terms in {} in a row before", row.alternatives[0], told.period.text);
            return Err(Diagnostic::error("twice", message, Some(row.spans.terms)));
        }
        assigned.told.push(told);
    }
    if let Some(figure) = &row.figure {
        fits(figure, row, market)?;
        assigned.figures.push(Placed { choice, which, row, figure });
    }
    Ok(())
}

fn which(row: &Row, market: &Market<'_>) -> Result<Which, Diagnostic> {
    let names: Vec<&str> = market.label.alternatives.iter().map(|one| one.name.as_str()).collect();
    let what = format!("`choice.{}` has no alternative", row.choice);
    let places = |of: &[String], span| -> Result<Vec<usize>, Diagnostic> {
        of.iter().map(|name| named(name, &names, &what, span)).collect()
    };
    let own = places(&row.alternatives, row.spans.alternative)?;
    let of = places(&row.of, row.spans.of)?;
    let of = if of.is_empty() { (0..names.len()).collect() } else { of };
    if let Some(&place) = own.iter().find(|place| !of.contains(place)) {
        let message = format!("`{}` is not among those of which it is a share", names[place]);
        let help = "`of` names all alternatives that share, the one of the row with them";
        return Err(Diagnostic::error("not-among", message, Some(row.spans.of)).help(help));
    }
    if let Some(place) = own.iter().chain(&of).enumerate().find_map(|(turn, place)| {
        let before = if turn < own.len() { &own[..turn] } else { &of[..turn - own.len()] };
        before.contains(place).then_some(*place)
    }) {
        let message = format!("`{}` is named twice", names[place]);
        return Err(Diagnostic::error("twice", message, Some(row.spans.alternative)));
    }
    Ok(Which { own, of })
}

fn told(row: &Row, choice: usize, own: &[usize]) -> Result<Told, Diagnostic> {
    let [alternative] = *own else {
        let message = "`usd` and `days` are those of one alternative";
        let help = "give them in a row of each alternative; it needs no value";
        return Err(Diagnostic::error("terms", message, Some(row.spans.terms)).help(help));
    };
    Ok(Told { choice, alternative, period: row.period.clone(), usd: row.usd, days: row.days })
}

/// Whether two rows tell unlike terms of one alternative in one period.
fn is_at_odds(one: &Told, other: &Told) -> bool {
    let differ = |one: Option<Level>, other: Option<Level>| one.zip(other).is_some_and(|(one, other)| one != other);
    (one.choice, one.alternative, &one.period) == (other.choice, other.alternative, &other.period)
        && (differ(one.usd, other.usd) || differ(one.days, other.days))
}

fn fits(figure: &ObservedShare, row: &Row, market: &Market<'_>) -> Result<(), Diagnostic> {
    let unit = &market.label.unit;
    if !row.of.is_empty() && figure.unit != Unit::Share {
        let message = format!("`of` goes with a share in `%`, not with `{}`", figure.unit_text);
        let help = "amounts and changes are of the whole market: leave `of` empty";
        return Err(Diagnostic::error("unit", message, Some(row.spans.of)).help(help));
    }
    match &figure.unit {
        Unit::Amount(counted) if counted != unit && counted != "t" => {
            let message = format!("`choice.{}` is of cargo in {unit}, not in {counted}", row.choice);
            let help = format!("an amount in {unit}/yr or t/yr, a share in %, or a change such as `% on 2024`");
            Err(Diagnostic::error("unit", message, Some(row.spans.unit)).help(help))
        }
        Unit::Amount(counted) => {
            let most = market.label.market_per_year * if counted == unit { 1.0 } else { market.tonnes_per_unit };
            if figure.value < most {
                return Ok(());
            }
            let message = format!("the whole market of `choice.{}` is {most:.0} {counted}/yr", row.choice);
            let help = "volumes of the flows ÷ (1 − the shares outside); what was counted may be more than the flows";
            Err(Diagnostic::error("out-of-range", message, Some(row.spans.value)).help(help))
        }
        Unit::ChangeOn(period) if *period == row.period => {
            let message = format!("{} is compared with itself", period.text);
            Err(Diagnostic::error("unit", message, Some(row.spans.unit))
                .help("another period, such as the year before"))
        }
        Unit::Share | Unit::ChangeOn(_) => Ok(()),
    }
}

/// The place of a name among others.
fn named(name: &str, known: &[&str], what: &str, span: Span) -> Result<usize, Diagnostic> {
    known.iter().position(|known| *known == name).ok_or_else(|| {
        let all = || match known {
            [] => "it has no `[choice.ID]` at all; of those that come with the program, routes-2024 has".to_owned(),
            known => format!("there is {}", known.join(", ")),
        };
        let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(all);
        Diagnostic::error("no-such-row", format!("{what} `{name}`"), Some(span)).help(help)
    })
}
