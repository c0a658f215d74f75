//! Distributions as the format writes them.

use super::quantity::Dimension;
use super::tree::Node;
use crate::random::{Distribution, DistributionError};

/// A family with its parameters.
pub(super) struct Family {
    /// Its name, the value of `dist`.
    pub(super) name: &'static str,
    /// Parameters that must be there; the mean of a factor is 1 and may be left out.
    pub(super) needed: &'static [&'static str],
    /// Parameters that may be there.
    pub(super) optional: &'static [&'static str],
    /// Makes the law of its parameters; `None` where one of them does not read.
    make: fn(&Written<'_>) -> Option<Made>,
}

type Made = Result<Distribution, DistributionError>;

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
    Family {
        name: "constant",
        needed: &["mean"],
        optional: &[],
        make: |law| Some(Distribution::constant(law.mean()?)),
    },
    Family {
        name: "uniform",
        needed: &["low", "high"],
        optional: &[],
        make: |law| Some(Distribution::uniform(law.value("low")?, law.value("high")?)),
    },
    Family {
        name: "triangular",
        needed: &["low", "mode", "high"],
        optional: &[],
        make: |law| Some(Distribution::triangular(law.value("low")?, law.value("mode")?, law.value("high")?)),
    },
    Family {
        name: "pert",
        needed: &["low", "mode", "high"],
        optional: &[],
        make: |law| Some(Distribution::pert(law.value("low")?, law.value("mode")?, law.value("high")?)),
    },
    Family {
        name: "exponential",
        needed: &["mean"],
        optional: &[],
        make: |law| Some(Distribution::exponential(law.mean()?)),
    },
    Family {
        name: "erlang",
        needed: &["mean", "k"],
        optional: &[],
        make: |law| Some(Distribution::erlang(law.mean()?, law.number("k")? as u32)),
    },
    Family {
        name: "gamma",
        needed: &["mean", "cv"],
        optional: &[],
        make: |law| Some(Distribution::gamma(law.mean()?, law.number("cv")?)),
    },
    Family {
        name: "lognormal",
        needed: &["mean", "cv"],
        optional: &[],
        make: |law| Some(Distribution::lognormal(law.mean()?, law.number("cv")?)),
    },
    Family {
        name: "weibull",
        needed: &["mean", "cv"],
        optional: &[],
        make: |law| Some(Distribution::weibull(law.mean()?, law.number("cv")?)),
    },
    Family {
        name: "empirical",
        needed: &["values"],
        optional: &["weights"],
        make: |law| law.values().map(|values| Distribution::empirical(&values, &law.weights(values.len()))),
    },
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

/// A law as it stands in the file, and the unit that its values are wanted in.
struct Written<'a> {
    node: &'a Node,
    of: Dimension,
    /// The factor that turns a unit word of the file into the wanted unit.
    scale: &'a dyn Fn(&str) -> Option<f64>,
}

impl Written<'_> {
    fn read(&self, node: &Node) -> Option<f64> {
        let (value, unit) = value(node, self.of)?;
        Some(value * (self.scale)(&unit)?)
    }

    fn value(&self, key: &str) -> Option<f64> {
        self.read(self.node.get(key)?)
    }

    /// The mean, which is 1 for a factor that does not say it.
    fn mean(&self) -> Option<f64> {
        let given = self.value("mean");
        if self.of == Dimension::Factor { given.or(Some(1.0)) } else { given }
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.node.get(key).and_then(Node::number)
    }

    fn values(&self) -> Option<Vec<f64>> {
        self.node.get("values")?.list()?.iter().map(|node| self.read(node)).collect()
    }

    /// The weights of so many values; all alike where the file gives none.
    fn weights(&self, number: usize) -> Vec<f64> {
        let given = self.node.get("weights").map(|weights| weights.items().iter().filter_map(Node::number).collect());
        given.unwrap_or_else(|| vec![1.0; number])
    }
}

/// Builds the law, with a factor that turns the written unit into the wanted one; `None` where a part does not read.
pub(super) fn build(
    node: &Node,
    of: Dimension,
    scale: &dyn Fn(&str) -> Option<f64>,
) -> Option<Result<Distribution, String>> {
    let family = family(node.get("dist")?.text()?)?;
    let made = (family.make)(&Written { node, of, scale })?;
    Some(made.map_err(|error| error.to_string()))
}
