//! How traffic grows: all counted flows alike, or by a mix.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::did_you_mean;
use crate::scenario::Scenario;

/// How much each flow grows as traffic does.
///
/// With a growth factor of 1.2 the volume of a flow of weight 1 is multiplied by 1.2, that of a flow of weight 2 by
/// 1.4, and that of weight 0 stays. No volume falls below 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Mix {
    weights: BTreeMap<String, f64>,
    is_proportional: bool,
}

/// Why a text is no mix.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MixError(String);

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// By id of a flow.
    #[serde(default)]
    flow: BTreeMap<String, f64>,
    /// By id of a cargo: all its counted flows.
    #[serde(default)]
    cargo: BTreeMap<String, f64>,
}

impl Mix {
    /// All counted flows grow alike; the others stay.
    pub fn proportional(scenario: &Scenario) -> Self {
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
    /// The text is no TOML of this form, names a flow or a cargo that the scenario does not have, has a weight below 0
    /// or one that is no finite number, or lets nothing grow.
    pub fn read(text: &str, scenario: &Scenario) -> Result<Self, MixError> {
        let file: File = toml::from_str(text).map_err(|error| MixError(error.to_string().trim_end().to_owned()))?;
        let wrong = file.flow.iter().chain(&file.cargo).find(|(_, weight)| !weight.is_finite() || **weight < 0.0);
        if let Some((id, weight)) = wrong {
            return Err(MixError(format!("`{id}` has the weight {weight}: it wants a number of 0 or more")));
        }
        known("cargo", file.cargo.keys(), &scenario.cargo.keys())?;
        known("flow", file.flow.keys(), &scenario.flow.keys())?;
        let mut weights = BTreeMap::new();
        for (id, flow) in scenario.flow.iter().filter(|(_, flow)| flow.counted) {
            if let Some(&weight) = file.cargo.get(&flow.cargo) {
                weights.insert(id.clone(), weight);
            }
        }
        weights.extend(file.flow);
        weights.retain(|_, weight| *weight > 0.0);
        if weights.is_empty() {
            return Err(MixError("the mix lets no flow grow".to_owned()));
        }
        Ok(Self { weights, is_proportional: false })
    }

    /// Whether all counted flows grow alike.
    pub const fn is_proportional(&self) -> bool {
        self.is_proportional
    }

    /// Multiplies volumes.
    pub fn grow(&self, scenario: &mut Scenario, factor: f64) {
        for (id, weight) in &self.weights {
            if let Some(flow) = scenario.flow.get_mut(id) {
                flow.volume.scale((1.0 + weight * (factor - 1.0)).max(0.0));
            }
        }
    }
}

fn known<'a>(
    what: &str,
    named: impl Iterator<Item = &'a String>,
    there: &(impl Iterator<Item = &'a String> + Clone),
) -> Result<(), MixError> {
    for id in named {
        if !there.clone().any(|known| known == id) {
            let near = did_you_mean(id, there.clone().map(String::as_str)).map(|near| format!("; {near}"));
            return Err(MixError(format!("the scenario has no {what} `{id}`{}", near.unwrap_or_default())));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Loader;

    fn tutorial() -> Scenario {
        Loader::default().load("baseline-2024", &[]).into_scenario().unwrap()
    }

    #[test]
    fn counted_flows_grow_by_their_weights() {
        let scenario = tutorial();
        let (id, _) = scenario.flow.iter().find(|(_, flow)| flow.counted && flow.cargo == "grain").unwrap();
        let mix = Mix::read(&format!("[cargo]\ncontainers = 1\ngrain = 1\n[flow]\n{id} = 2.5\n"), &scenario).unwrap();
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
            ("[cargoes]\ncontainers = 1", "unknown field"),
            ("containers: 1", "TOML parse error"),
        ] {
            let error = Mix::read(text, &scenario).unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
