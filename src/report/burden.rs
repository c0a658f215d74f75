//! Words of circles, and of traffic that falls as demand grows.

use std::io::{self, Write};

use super::rounding::round_to;
use super::screen::Screen;
use crate::results::{Circle, Fall, Holding, Network};

/// What is held by those who wait in a circle, a sentence a circle; of what, where several scenarios are told of.
pub(super) fn write_circles(
    circles: &[Circle],
    network: &Network,
    of: Option<&str>,
    out: &mut Screen<'_>,
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
    less: &str,
    more: &str,
    network: &Network,
    out: &mut Screen<'_>,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Subject;

    #[test]
    fn a_circle_is_told_by_its_links_in_their_order() {
        let network = Network::default();
        let holding = |subject: &str, place: &str, share| Holding {
            subject: Subject::at(subject),
            place: Subject::at(place),
            share,
        };
        let yard = "node.port.storage.yard";
        let circle = vec![holding("pool.flat-wagons", yard, 0.42), holding(yard, "pool.flat-wagons", 0.87)];
        let told = |of| {
            let mut out = Vec::new();
            write_circles(std::slice::from_ref(&circle), &network, of, &mut Screen::new(&mut out, 200)).unwrap();
            String::from_utf8(out).unwrap()
        };
        let links = "42 % of flat wagons is held by those who wait for port, yard; 87 % of port, yard is held by those who wait \
                     for flat wagons";
        assert_eq!(told(None), format!("\nwarning: a circle while the backlog grows: {links}\n"));
        assert_eq!(told(Some("1.2 ×")), format!("\nwarning: a circle while the backlog grows (1.2 ×): {links}\n"));
    }
}
