//! How traffic grows: all counted flows alike, or by a mix.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::beside::Beside;
use crate::diagnostic::{Diagnostics, FileId, did_you_mean};
use crate::scenario::Contents;

/// How much each flow grows as traffic does.
///
/// With a growth factor of 1.2 the volume of a flow of weight 1 is multiplied by 1.2, that of a flow of weight 2 by
/// 1.4, and that of weight 0 stays. No volume falls below 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    weights: BTreeMap<String, f64>,
    is_proportional: bool,
}

type Weights = BTreeMap<Spanned<String>, Spanned<f64>>;

/// The file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// By id of a flow.
    #[serde(default)]
    flow: Weights,
    /// By id of a cargo: all its counted flows.
    #[serde(default)]
    cargo: Weights,
}

impl Mix {
    /// All counted flows grow alike; the others stay.
    pub fn proportional(scenario: &Contents) -> Self {
        let counted = scenario.flow.iter().filter(|(_, flow)| flow.counted);
        Self { weights: counted.map(|(id, _)| (id.clone(), 1.0)).collect(), is_proportional: true }
    }

    /// Reads weights by flow and by cargo from TOML:
    ///
    /// ```toml
    /// [cargo]
    /// containers = 1        # all counted flows of this cargo
    /// [flow]
    /// kz-grain-az = 2.5     # goes before its cargo; may name a flow that is not counted
    /// ```
    ///
    /// What is not named stays.
    ///
    /// # Errors
    /// All that does not fit, each with its place: the text is no TOML of this form, names a flow or a cargo that the
    /// scenario does not have, has a weight below 0 or one that is no finite number, or lets nothing grow.
    pub fn read(text: &str, file: FileId, scenario: &Contents) -> Result<Self, Diagnostics> {
        let (beside, mut found) = (Beside { file, text }, Diagnostics::default());
        let read: File = beside.read(&["flow", "cargo"]).map_err(|error| found.push(error)).unwrap_or_default();
        check("cargo", &read.cargo, &scenario.cargo.keys().map(String::as_str).collect(), beside, &mut found);
        check("flow", &read.flow, &scenario.flow.keys().map(String::as_str).collect(), beside, &mut found);
        let mut weights = BTreeMap::new();
        for (id, flow) in scenario.flow.iter().filter(|(_, flow)| flow.counted) {
            let of_cargo = read.cargo.iter().find(|(cargo, _)| *cargo.get_ref() == flow.cargo);
            weights.extend(of_cargo.map(|(_, weight)| (id.clone(), *weight.get_ref())));
        }
        weights.extend(read.flow.into_iter().map(|(id, weight)| (id.into_inner(), weight.into_inner())));
        weights.retain(|_, weight| *weight > 0.0);
        if weights.is_empty() && !found.has_errors() {
            found.push(beside.error("mix", "the mix lets no flow grow", 0..text.len()));
        }
        if found.has_errors() { Err(found) } else { Ok(Self { weights, is_proportional: false }) }
    }

    /// Whether all counted flows grow alike.
    pub const fn is_proportional(&self) -> bool {
        self.is_proportional
    }

    /// Multiplies volumes.
    pub fn grow(&self, scenario: &mut Contents, factor: f64) {
        for (id, weight) in &self.weights {
            if let Some(flow) = scenario.flow.get_mut(id) {
                flow.volume.scale((1.0 + weight * (factor - 1.0)).max(0.0));
            }
        }
    }
}

fn check(what: &str, weights: &Weights, known: &Vec<&str>, beside: Beside<'_>, found: &mut Diagnostics) {
    for (id, weight) in weights {
        if !known.contains(&id.get_ref().as_str()) {
            let message = format!("the scenario has no {what} `{}`", id.get_ref());
            let near = did_you_mean(id.get_ref(), known.iter().copied());
            found.push(beside.error("unknown-id", &message, id.span()).maybe_help(near));
        }
        let value = *weight.get_ref();
        if !value.is_finite() || value < 0.0 {
            let message = format!("`{}` has the weight {value}", id.get_ref());
            found.push(beside.error("out-of-range", &message, weight.span()).help("it wants a number of 0 or more"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceFiles, SourceKind};
    use crate::scenario::ScenarioReader;

    fn tutorial() -> Contents {
        ScenarioReader::default().read("baseline-2024", &[]).into_contents().unwrap()
    }

    #[test]
    fn counted_flows_grow_by_their_weights() {
        let scenario = tutorial();
        let (id, _) = scenario.flow.iter().find(|(_, flow)| flow.counted && flow.cargo == "grain").unwrap();
        let text = format!("[cargo]\ncontainers = 1\ngrain = 1\n[flow]\n{id} = 2.5\n");
        let mix = Mix::read(&text, FileId::default(), &scenario).unwrap();
        let mut grown = scenario.clone();
        mix.grow(&mut grown, 1.2);
        for (flow, now) in &grown.flow {
            let before = &scenario.flow[flow];
            let factor = match before.cargo.as_str() {
                _ if flow == id => 1.5,
                "containers" | "grain" if before.counted => 1.2,
                _ => 1.0,
            };
            let mut wanted = before.volume.clone();
            wanted.scale(factor);
            assert_eq!(now.volume, wanted, "{flow}");
        }
    }

    #[test]
    fn slips_are_told() {
        let scenario = tutorial();
        for (text, part) in [
            ("[cargo]\ncontaners = 1", "did you mean `containers`"),
            ("[flow]\nnobody = 1", "no flow `nobody`"),
            ("[cargo]\ncontainers = -1", "a number of 0 or more"),
            ("[cargo]\ncontainers = 0", "no flow grow"),
            ("[cargoes]\ncontainers = 1", "did you mean `cargo`"),
            ("containers: 1", "mix.toml:1:"),
        ] {
            let mut sources = SourceFiles::default();
            let file = sources.add("mix.toml", text, SourceKind::File);
            let error = Mix::read(text, file, &scenario).unwrap_err().render(&sources);
            assert!(error.contains(part) && error.contains("mix.toml:"), "{text}: {error}");
        }
    }
}
