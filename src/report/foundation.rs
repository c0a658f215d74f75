//! What the spread over draws of the inputs rests on, for people.

use std::io::{self, Write};

use super::figure_name::figure_name;
use super::rounding::round_to;
use super::screen::Screen;
use crate::comparison::Foundation;
use crate::results::{MeasureRef, Network};
use crate::words::Statistic;

/// Inputs that are named.
const NAMED: usize = 5;

/// Writes which share of the variance rests on inferred values, and which inputs to know better first.
///
/// # Errors
/// If the output cannot be written.
pub fn write_foundation(found: &Foundation, network: &Network, out: &mut Screen<'_>) -> io::Result<()> {
    let figure = MeasureRef { statistic: Statistic::Mean, ..found.figure.clone() };
    let share = round_to(100.0 * found.share.share.clamp(0.0, 1.0), Some(100.0 * found.share.half_width));
    writeln!(
        out,
        "\nOf the variance of {} over the draws of the inputs, {share} % rests on values of grade C (inferred).",
        figure_name(&figure, network)
    )?;
    let named: Vec<String> = found
        .spread
        .inputs
        .iter()
        .filter(|input| input.is_significant)
        .take(NAMED)
        .map(|input| format!("{} ({:.0} %)", network.parameter_name(&input.input), 100.0 * input.share))
        .collect();
    if named.is_empty() {
        return writeln!(
            out,
            "No input can be distinguished from chance as what makes it: that wants more draws of the inputs."
        );
    }
    writeln!(out, "Better data would help most for: {}.", named.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::{InputShare, Spread};
    use crate::results::synthetic;
    use crate::stats::GroupShare;

    fn told(significant: bool) -> String {
        let catalogue = synthetic::results(2).catalogue;
        let figure = MeasureRef::headline_of(&catalogue).unwrap();
        let input = |name: &str, share| InputShare {
            input: name.to_owned(),
            correlation: 0.5,
            share,
            is_significant: significant,
        };
        let (measure, subject) = (figure.key.measure, figure.key.subject.clone());
        let inputs = vec![input("caspian-wind", 0.31), input("flow.demo.volume", 0.12)];
        let spread = Spread { measure, subject, inputs };
        let found = Foundation { figure, share: GroupShare { share: 1.04, half_width: 0.2 }, spread };
        let mut text = Vec::new();
        write_foundation(&found, &catalogue.network, &mut Screen::new(&mut text, 200)).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn the_share_and_what_to_know_better_are_told() {
        let text = told(true);
        assert!(text.contains("100 ± 20 % rests on values of grade C"), "{text}");
        assert!(text.contains("help most for: Caspian wind (31 %); ") && text.contains("(12 %)."), "{text}");
        assert!(told(false).contains("more draws of the inputs"));
    }
}
