//! Quantities, shares and distributions.

use super::Validator;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::scenario::format::Kind;
use crate::scenario::law;
use crate::scenario::quantity::{Dimension, Quantity, QuantityError, share};
use crate::scenario::series::CalendarPeriod;
use crate::scenario::tree::{Node, Value};

/// What a number with commas may mean: where they part groups of three digits, one of two things.
fn comma_help(text: &str) -> String {
    let with_point = text.replacen(',', ".", 1);
    let number = text.find(|c: char| !c.is_ascii_digit() && c != ',').map_or(text, |end| &text[..end]);
    let mut groups = number.split(',');
    let first = groups.next().unwrap_or_default();
    let is_in_thousands = (1..=3).contains(&first.len()) && groups.clone().all(|group| group.len() == 3);
    match groups.count() {
        1 if is_in_thousands && !text[number.len()..].starts_with('.') => {
            format!("write {:?} if it is in thousands, {with_point:?} if it is a decimal", text.replacen(',', "", 1))
        }
        more if is_in_thousands => format!("write {:?}", text.replacen(',', "", more)),
        _ => format!("decimals have a point: {with_point:?}"),
    }
}

impl Validator<'_> {
    pub(super) fn quantity(&mut self, node: &Node, dimension: Dimension) {
        if dimension == Dimension::Factor {
            return self.within_factor(node);
        }
        match &node.value {
            Value::Text(text) => match dimension.parse(text) {
                Ok(quantity) => self.sensible(node, &quantity, dimension),
                Err(error) => self.misfit(node, &error, dimension),
            },
            Value::Whole(_) | Value::Number(_) => self.misfit(node, &QuantityError::NoUnit, dimension),
            _ => self.wrong_type(node, &format!("{} with a unit", dimension.name())),
        }
    }

    fn within_factor(&mut self, node: &Node) {
        match node.number() {
            Some(number) => self.within(node, number, 0.0, f64::MAX),
            None => self.wrong_type(node, "a number"),
        }
    }

    fn sensible(&mut self, node: &Node, quantity: &Quantity, dimension: Dimension) {
        if quantity.value < 0.0 && !dimension.may_be_negative() {
            let message = format!("`{}` is {node}, but {} is not below zero", self.name(), dimension.name());
            self.push(Diagnostic::error("out-of-range", message, Some(node.span)));
        }
        let (most, in_words) = dimension.most();
        if quantity.value.abs() > most {
            let message = format!("`{}` is {node}, which is more than can be meant", self.name());
            self.push(Diagnostic::error("out-of-range", message, Some(node.span)).help(format!("at most {in_words}")));
        }
        if matches!(dimension, Dimension::Amount | Dimension::Rate | Dimension::Price | Dimension::Tariff) {
            self.known_unit(node, &quantity.unit, dimension);
        }
    }

    /// A free unit must be that of some cargo; tonnes always fit, metres measure decks.
    fn known_unit(&mut self, node: &Node, unit: &str, dimension: Dimension) {
        let is_tariff = dimension == Dimension::Tariff;
        let word = match dimension {
            Dimension::Price => unit.strip_suffix("km").unwrap_or(unit),
            Dimension::Tariff => unit.strip_suffix("km").or_else(|| unit.strip_suffix("/d")).unwrap_or(unit),
            _ => unit,
        };
        let fits = word == "t"
            || (word == "m" && dimension == Dimension::Amount)
            || (is_tariff && matches!(unit, "d" | "km" | "call"))
            || (word == "FEU" && is_tariff && self.index.units().any(|known| known == "TEU"))
            || self.index.units().any(|known| known == word);
        if !fits {
            let mut known: Vec<&str> = Vec::new();
            for unit in self.index.units().chain(["t"]) {
                if !known.contains(&unit) {
                    known.push(unit);
                }
            }
            let message = format!("`{}` is counted in `{word}`, but no cargo is", self.name());
            let help = did_you_mean(word, known.iter().copied())
                .unwrap_or_else(|| format!("units of cargo: {}", known.join(", ")));
            self.push(Diagnostic::error("unknown-unit", message, Some(node.span)).help(help));
        }
    }

    fn misfit(&mut self, node: &Node, error: &QuantityError, dimension: Dimension) {
        let (name, what) = (self.name(), dimension.name());
        let (code, message) = match error {
            QuantityError::NoNumber => ("no-number", format!("`{name}` is {node}, which does not begin with a number")),
            QuantityError::NotFinite => ("number", format!("`{name}` is {node}, which is not a finite number")),
            QuantityError::NoUnit => ("missing-unit", format!("`{name}` is {node}, without a unit")),
            QuantityError::OtherDimension(unit, other) => {
                ("wrong-unit", format!("`{unit}` in `{name}` is the unit of {other}, not of {what}"))
            }
            QuantityError::UnknownUnit(unit) if unit.starts_with(',') => {
                let message = format!("`{name}` is {node}, with a comma in its number");
                let help = comma_help(node.text().unwrap_or_default());
                return self.push(Diagnostic::error("no-number", message, Some(node.span)).help(help));
            }
            QuantityError::UnknownUnit(unit) => {
                ("unknown-unit", format!("`{unit}` in `{name}` is no unit of {}", what.trim_start_matches("a ")))
            }
        };
        self.push(
            Diagnostic::error(code, message, Some(node.span)).help(format!("it wants {}", dimension.would_fit())),
        );
    }

    /// Amounts by month, quarter or year, of which no two share a day.
    pub(super) fn series(&mut self, node: &Node) {
        let Some(entries) = node.table() else { return self.wrong_type(node, &Kind::Series.expected()) };
        if entries.is_empty() {
            let message = format!("`{}` has no amounts", self.name());
            self.push(Diagnostic::error("wrong-length", message, Some(node.span)).help("give one at least"));
        }
        let mut known: Vec<(CalendarPeriod, &String)> = Vec::new();
        for (key, entry) in entries {
            self.path.push(key.clone());
            self.quantity(entry, Dimension::Amount);
            match CalendarPeriod::parse(key) {
                None => {
                    let message = format!("`{key}` in `{}` is no period", self.place_of_series());
                    let help = format!("it wants {}", CalendarPeriod::FORM);
                    self.push(Diagnostic::error("date", message, Some(entry.key_span())).help(help));
                }
                Some(period) => {
                    if let Some((_, other)) = known.iter().find(|(other, _)| other.overlaps(&period)) {
                        let message = format!("`{key}` and `{other}` in `{}` overlap", self.place_of_series());
                        let help = "each day belongs to one amount at most";
                        self.push(Diagnostic::error("dates", message, Some(entry.key_span())).help(help));
                    }
                    known.push((period, key));
                }
            }
            self.path.pop();
        }
    }

    fn place_of_series(&self) -> String {
        self.path.split_last().map_or_else(String::new, |(_, above)| above.join("."))
    }

    pub(super) fn share(&mut self, node: &Node, least: f64, most: f64) {
        let read = match &node.value {
            Value::Text(text) => share(text),
            Value::Whole(_) | Value::Number(_) => Ok(node.number().unwrap_or_default()),
            _ => return self.wrong_type(node, "a share such as \"20 %\""),
        };
        if let Ok(share) = read {
            if !self.asks_for_percent(node, share, most) {
                self.within(node, share, least, most);
            }
            return;
        }
        let message = format!("`{}` is {node}, which is not a share", self.name());
        let help = "it wants %, such as \"20 %\", or a number such as 0.2";
        self.push(Diagnostic::error("wrong-unit", message, Some(node.span)).help(help));
    }

    /// A bare number above 1 where more than the whole is possible: 5 is 500 %, and 5 % was meant as likely.
    fn asks_for_percent(&mut self, node: &Node, share: f64, most: f64) -> bool {
        let is_doubtful = node.number().is_some() && share > 1.0 && most > 1.0;
        if is_doubtful {
            let message =
                format!("`{}` is {share}, which would be {} %: was {share} % meant?", self.name(), share * 100.0);
            let help = format!("write \"{share} %\", or \"{} %\"", share * 100.0);
            self.push(Diagnostic::error("percent", message, Some(node.span)).help(help));
        }
        is_doubtful
    }

    /// A distribution: known family, its parameters and no others, of the right dimension, that make a law.
    pub(super) fn law(&mut self, node: &Node, dimension: Dimension) {
        if dimension == Dimension::Factor && node.number().is_some() {
            return self.wrong_type(node, "a distribution such as { dist = \"lognormal\", cv = 0.2 }");
        }
        if node.table().is_none() {
            return self.quantity(node, dimension);
        }
        let Some(dist) = node.get("dist") else {
            return self.missing(node, "dist", "the family, such as \"lognormal\"");
        };
        let names: Vec<&str> = law::FAMILIES.iter().map(|family| family.name).collect();
        let Some(family) = dist.text().and_then(law::family) else {
            return self.word(dist, &names);
        };
        let errors = self.found.len();
        self.parameters(node, family, dimension);
        if self.found.len() == errors {
            self.makes_a_law(node, dimension);
        }
    }

    fn parameters(&mut self, node: &Node, family: &law::Family, dimension: Dimension) {
        let known: Vec<&str> = family.needed.iter().chain(family.optional).copied().collect();
        for (key, entry) in node.table().into_iter().flatten().filter(|(key, _)| *key != "dist") {
            self.path.push(key.clone());
            if known.contains(&key.as_str()) {
                self.parameter(key, entry, dimension);
            } else if super::PROVENANCE.field(key).is_none() {
                let message = format!("`{key}` is no parameter of {} distribution", family.with_article());
                self.push(
                    Diagnostic::error("unknown-key", message, Some(entry.key_span()))
                        .help(format!("it has {}", known.join(", "))),
                );
            }
            self.path.pop();
        }
        for key in family.needed.iter().filter(|key| node.get(key).is_none()) {
            if *key != "mean" || dimension != Dimension::Factor {
                self.missing(node, key, &format!("a parameter of {} distribution", family.with_article()));
            }
        }
    }

    fn parameter(&mut self, key: &str, entry: &Node, dimension: Dimension) {
        match key {
            "values" => entry.items().iter().for_each(|item| self.quantity(item, dimension)),
            "weights" => entry.items().iter().for_each(|item| self.within_factor(item)),
            "k" => match entry.value {
                Value::Whole(k) => self.within(entry, k as f64, 1.0, 1000.0),
                _ => self.wrong_type(entry, "a whole number"),
            },
            _ if law::has_dimension(key) => self.quantity(entry, dimension),
            _ => self.within_factor(entry),
        }
    }

    /// Bounds that do not rise, told as they are written.
    fn out_of_order(&mut self, node: &Node, dimension: Dimension) -> bool {
        let bound = |key| Some((key, node.get(key)?, law::value(node.get(key)?, dimension)?.0));
        let bounds: Vec<(&str, &Node, f64)> = ["low", "mode", "high"].into_iter().filter_map(bound).collect();
        let Some(pair) = bounds.windows(2).find(|pair| pair[0].2 > pair[1].2) else { return false };
        let ((lower, low, _), (upper, high, _)) = (pair[0], pair[1]);
        let message = format!("`{lower}` of `{}` is {low}, above `{upper}`, which is {high}", self.name());
        self.push(Diagnostic::error("distribution", message, Some(low.span)).help("low ≤ mode ≤ high"));
        true
    }

    fn makes_a_law(&mut self, node: &Node, dimension: Dimension) {
        if self.out_of_order(node, dimension) {
            return;
        }
        let same_unit = |_: &str| Some(1.0);
        match law::build(node, dimension, &same_unit) {
            Some(Ok(made)) if dimension == Dimension::Factor && (made.mean() - 1.0).abs() > 1e-6 => {
                let message = format!("`{}` has the mean {}, but a factor has the mean 1", self.name(), made.mean());
                self.push(Diagnostic::error("out-of-range", message, Some(node.span)));
            }
            Some(Err(error)) => {
                let message = format!("`{}` makes no distribution: {error}", self.name());
                self.push(Diagnostic::error("distribution", message, Some(node.span)));
            }
            _ => {}
        }
    }
}
