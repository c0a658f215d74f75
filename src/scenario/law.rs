//! Distributions as the format writes them.

use super::quantity::Dimension;
use super::tree::Node;
use crate::random::Distribution;

/// A family with its parameters.
pub(super) struct Family {
    /// Its name, the value of `dist`.
    pub(super) name: &'static str,
    /// Parameters that must be there; the mean of a factor is 1 and may be left out.
    pub(super) needed: &'static [&'static str],
    /// Parameters that may be there.
    pub(super) optional: &'static [&'static str],
}

impl Family {
    /// Its name with `a` or `an`.
    pub(super) fn with_article(&self) -> String {
        format!(
            "{} {}",
            if self.name.starts_with(['e', 'u']) && self.name != "uniform" { "an" } else { "a" },
            self.name
        )
    }
}

/// The families of the format.
pub(super) const FAMILIES: &[Family] = &[
    Family { name: "constant", needed: &["mean"], optional: &[] },
    Family { name: "uniform", needed: &["low", "high"], optional: &[] },
    Family { name: "triangular", needed: &["low", "mode", "high"], optional: &[] },
    Family { name: "pert", needed: &["low", "mode", "high"], optional: &[] },
    Family { name: "exponential", needed: &["mean"], optional: &[] },
    Family { name: "erlang", needed: &["mean", "k"], optional: &[] },
    Family { name: "gamma", needed: &["mean", "cv"], optional: &[] },
    Family { name: "lognormal", needed: &["mean", "cv"], optional: &[] },
    Family { name: "weibull", needed: &["mean", "cv"], optional: &[] },
    Family { name: "empirical", needed: &["values"], optional: &["weights"] },
];

/// The family of a name.
pub(super) fn family(name: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.name == name)
}

/// Whether a parameter has the dimension of the law, as means and bounds have.
pub(super) fn has_dimension(parameter: &str) -> bool {
    matches!(parameter, "mean" | "low" | "mode" | "high" | "values")
}

/// A value of a law in the inner unit, and its unit word.
pub(super) fn value(node: &Node, of: Dimension) -> Option<(f64, String)> {
    if of == Dimension::Factor {
        return node.number().map(|number| (number, String::new()));
    }
    of.parse(node.text()?).ok().map(|quantity| (quantity.value, quantity.unit))
}

/// Builds the law, with a factor that turns the written unit into the wanted one; none where a part does not read.
pub(super) fn build(
    node: &Node,
    of: Dimension,
    scale: &impl Fn(&str) -> Option<f64>,
) -> Option<Result<Distribution, String>> {
    let read = |node: &Node| value(node, of).and_then(|(value, unit)| Some(value * scale(&unit)?));
    let get = |key: &str| node.get(key).and_then(&read);
    let number = |key: &str| node.get(key).and_then(Node::number);
    let mean = || if of == Dimension::Factor { get("mean").or(Some(1.0)) } else { get("mean") };
    let made = match node.get("dist")?.text()? {
        "constant" => Distribution::constant(mean()?),
        "uniform" => Distribution::uniform(get("low")?, get("high")?),
        "triangular" => Distribution::triangular(get("low")?, get("mode")?, get("high")?),
        "pert" => Distribution::pert(get("low")?, get("mode")?, get("high")?),
        "exponential" => Distribution::exponential(mean()?),
        "erlang" => Distribution::erlang(mean()?, number("k")? as u32),
        "gamma" => Distribution::gamma(mean()?, number("cv")?),
        "lognormal" => Distribution::lognormal(mean()?, number("cv")?),
        "weibull" => Distribution::weibull(mean()?, number("cv")?),
        "empirical" => {
            let values: Vec<f64> = node.get("values")?.list()?.iter().map(read).collect::<Option<_>>()?;
            let given = node.get("weights").map(|weights| weights.items().iter().filter_map(Node::number).collect());
            Distribution::empirical(&values, &given.unwrap_or_else(|| vec![1.0; values.len()]))
        }
        _ => return None,
    };
    Some(made.map_err(|error| error.to_string()))
}
