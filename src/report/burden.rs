//! Words of circles, and of traffic that falls as demand grows.

use std::io::{self, Write};

use super::rounding::round_to;
use crate::results::{Circle, Fall, Holding, Network};

/// What is held by those who wait in a circle, a sentence a circle; of what, where several worlds are told of.
pub(super) fn write_circles(
    circles: &[Circle],
    network: &Network,
    of: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let of = of.map_or_else(String::new, |of| format!(" ({of})"));
    for circle in circles {
        let links: Vec<String> = circle.iter().map(|holding| held(holding, network)).collect();
        writeln!(out, "\nwarning: a circle while the backlog grows{of}: {}", links.join("; "))?;
    }
    Ok(())
}

/// Who holds what, in words.
fn held(holding: &Holding, network: &Network) -> String {
    format!(
        "{:.0} % of {} is held by those who wait for {}",
        holding.share * 100.0,
        network.place_name(&holding.subject),
        network.place_name(&holding.place)
    )
}

/// Traffic that falls as demand grows, and what is spent on what does not arrive.
pub(super) fn write_fall(
    fall: &Fall,
    (less, more): (&str, &str),
    network: &Network,
    out: &mut dyn Write,
) -> io::Result<()> {
    let round = |value: f64| round_to(value, Some(fall.half_width));
    let spent = fall.spent.as_ref().map(|spent| format!("; {} and moves nothing", held(spent, network)));
    writeln!(
        out,
        "\nwarning: traffic falls as demand grows: {} t/yr are carried at {more}, {} at {less}{}",
        round(fall.after),
        round(fall.before),
        spent.unwrap_or_default()
    )
}
