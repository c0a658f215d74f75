//! What can be simulated and is hardly meant: lengths against positions, speeds, country codes, things that nothing uses.

use super::Check;
use crate::diagnostic::Diagnostic;
use crate::scenario::types::{Link, Mode, Node};
use crate::units::{MS_PER_HOUR, great_circle_km};

/// A line may be shorter than the straight way between the positions of its ends by this share: positions are of towns, and the
/// earth is no sphere.
const SHORTER: f64 = 0.95;
/// A line on land is hardly longer than so many straight ways, though it winds through hills.
const LONGER: f64 = 2.25;
/// A ship may have to go round a land.
const LONGER_AT_SEA: f64 = 4.0;
/// Below it, in kilometres, positions of towns say nothing of lengths.
const SHORTEST: f64 = 40.0;

impl Check<'_> {
    pub(super) fn plausible(&mut self) {
        for (id, link) in &self.scenario.link {
            self.length(id, link);
            self.speed(id, link);
        }
        self.country_codes();
        self.unused();
    }

    fn length(&mut self, id: &str, link: &Link) {
        let (Some(length), Some((from, to))) = (link.length, self.end_nodes(link)) else { return };
        let (Some(one), Some(other)) = (position(from), position(to)) else { return };
        let (length, straight) = (length.get(), great_circle_km(one, other));
        let longer = if link.mode == Mode::Sea { LONGER_AT_SEA } else { LONGER };
        let fits = |straight: f64| length >= straight * SHORTER && length <= straight * longer;
        if straight.max(length) < SHORTEST || fits(straight) {
            return;
        }
        let what = if length < straight { "less than" } else { "more than twice" };
        let message =
            format!("`link.{id}.length` is {length} km, {what} the {straight:.0} km straight between its ends");
        let swapped = [
            (&link.from, great_circle_km((one.1, one.0), other)),
            (&link.to, great_circle_km(one, (other.1, other.0))),
        ];
        let swapped = swapped.into_iter().find(|(_, straight)| fits(*straight));
        let help = match swapped {
            Some((node, _)) => format!("are `lat` and `lon` of `node.{node}` swapped?"),
            None => "look at the length, its unit, and the positions of both ends".to_owned(),
        };
        let span = self.span(&["link", id, "length"]);
        self.found.push(Diagnostic::warning("length", message, span).help(help));
    }

    fn end_nodes(&self, link: &Link) -> Option<(&Node, &Node)> {
        Some((self.scenario.node.get(&link.from)?, self.scenario.node.get(&link.to)?))
    }

    /// A speed that is given, or that of a length with its time.
    fn speed(&mut self, id: &str, link: &Link) {
        let (mode, (least, most)) = range(link.mode);
        let given = link.speed.iter().map(|(_, speed)| speed.get());
        let of_time =
            link.length.zip(link.time.as_ref()).map(|(length, time)| length.get() / (time.mean() / MS_PER_HOUR as f64));
        // What takes no time is a place in two parts.
        let strange =
            given.chain(of_time.filter(|speed| speed.is_finite())).find(|speed| *speed < least || *speed > most);
        if let Some(speed) = strange {
            let key = if link.speed.is_empty() { "time" } else { "speed" };
            let message = format!("`link.{id}` is passed at {speed:.1} km/h; by {mode} that is {least} to {most} km/h");
            self.warning("speed", &["link", id, key], message);
        }
    }

    /// Countries are told apart by their codes: two forms of one country are two countries.
    fn country_codes(&mut self) {
        let is_code = |code: &str| code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase());
        let countries = || self.scenario.node.iter().filter_map(|(id, node)| Some((id, node.country.as_deref()?)));
        if !countries().any(|(_, country)| is_code(country)) {
            return;
        }
        let others: Vec<(String, String)> = countries()
            .filter(|(_, country)| !is_code(country))
            .map(|(id, country)| (id.clone(), country.to_owned()))
            .collect();
        for (id, country) in others {
            let message = format!("`node.{id}.country` is `{country}`, and other nodes have codes of two letters");
            let span = self.span(&["node", &id, "country"]);
            let help = "ISO 3166-1 alpha-2, such as KZ; another word is another country";
            self.found.push(Diagnostic::warning("country", message, span).help(help));
        }
    }

    /// Things of the scenario's own file; files that several scenarios share hold what only some of them use.
    fn unused(&mut self) {
        let scenario = self.scenario;
        let is_linked = |id: &String| scenario.link.values().any(|link| link.from == *id || link.to == *id);
        for id in scenario.node.keys().filter(|id| !is_linked(id)) {
            if self.is_own(&["node", id]) && !scenario.link.is_empty() {
                self.warning("unused", &["node", id], format!("no link leads to `node.{id}`"));
            }
        }
        let is_moved = |id: &String| scenario.flow.values().any(|flow| flow.cargo == *id);
        let comes_back =
            |id: &String| self.tree.get("pool").is_some_and(|pools| pools.to_string().contains(id.as_str()));
        let idle: Vec<&String> = scenario.cargo.keys().filter(|id| !is_moved(id) && !comes_back(id)).collect();
        for id in idle {
            if self.is_own(&["cargo", id]) && !scenario.flow.is_empty() {
                self.warning("unused", &["cargo", id], format!("no flow is of `cargo.{id}`"));
            }
        }
    }
}

fn position(node: &Node) -> Option<(f64, f64)> {
    node.lat.zip(node.lon)
}

/// The mode in a word, and kilometres an hour that are plausible, stops included.
const fn range(mode: Mode) -> (&'static str, (f64, f64)) {
    match mode {
        Mode::Rail => ("rail", (3.0, 250.0)),
        Mode::Road => ("road", (3.0, 130.0)),
        Mode::Sea => ("sea", (3.0, 75.0)),
        Mode::Pipeline => ("pipeline", (0.1, 40.0)),
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario::types::Contents;

    const BASE: &str = "schema = 1\ntitle = \"a\"\n[cargo.boxes]\nunit = \"TEU\"\ntonnes-per-unit = 14\n\
        [node.aktau]\ncountry = \"KZ\"\nlat = 43.6\nlon = 51.2\n[node.beyneu]\ncountry = \"KZ\"\nlat = 45.3\nlon = 55.2\n\
        [link.rail]\nfrom = \"aktau\"\nto = \"beyneu\"\nmode = \"rail\"\nlength = \"403 km\"\nspeed = \"40 km/h\"\n\
        [flow.a]\ncargo = \"boxes\"\nfrom = \"aktau\"\nto = \"beyneu\"\nvolume = \"1 TEU/d\"\nshipment = \"1 TEU\"\n";

    fn found(from: &str, to: &str) -> String {
        let text = BASE.replace(from, to);
        assert!(from.is_empty() || text != BASE, "{from}");
        Contents::parse(&text, "a").rendered()
    }

    #[test]
    fn what_is_plausible_is_left_alone() {
        assert_eq!(found("", ""), "");
        assert_eq!(found("country = \"KZ\"\nlat = 43.6", "lat = 43.6"), "");
    }

    #[test]
    fn what_is_hardly_meant_is_told() {
        for (from, to, parts) in [
            ("403 km", "300 km", ["warning[length]", "less than the 369 km"]),
            ("403 km", "4030 km", ["warning[length]", "more than twice"]),
            (
                "lat = 43.6\nlon = 51.2",
                "lat = 51.2\nlon = 43.6",
                ["warning[length]", "`lat` and `lon` of `node.aktau` swapped"],
            ),
            ("country = \"KZ\"\nlat = 43.6", "country = \"KAZ\"\nlat = 43.6", ["warning[country]", "`KAZ`"]),
            ("40 km/h", "400 km/h", ["warning[speed]", "3 to 250 km/h"]),
            ("speed = \"40 km/h\"", "time = \"20 d\"", ["warning[speed]", "0.8 km/h"]),
            ("[flow.a]", "[node.lost]\n[flow.a]", ["warning[unused]", "no link leads to `node.lost`"]),
            (
                "[flow.a]",
                "[cargo.grain]\nunit = \"t\"\ntonnes-per-unit = 1\n[flow.a]",
                ["warning[unused]", "`cargo.grain`"],
            ),
        ] {
            let said = found(from, to);
            assert!(parts.iter().all(|part| said.contains(part)), "{to}: {said}");
            assert_eq!(said.matches("warning[").count(), 1, "{said}");
        }
    }
}
