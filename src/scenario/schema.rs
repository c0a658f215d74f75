//! The format as a JSON Schema, so that editors complete and check.

use serde_json::{Map, Value, json};

use super::format::{Allowed, Field, Format, Keys, Kind};
use super::law::{FAMILIES, Family, has_dimension};
use super::quantity::Dimension;
use super::types::{PROVENANCE, SCENARIO};

/// The schema of scenario files, overlays and parts included: what must be there is checked by the program, since
/// an overlay may leave out anything.
pub fn schema() -> Value {
    let mut definitions = Definitions::default();
    let mut root = definitions.object(SCENARIO);
    definitions.add_format(PROVENANCE);
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    root["title"] = json!("midcor scenario");
    root["$defs"] = Value::Object(definitions.all);
    root
}

#[derive(Default)]
struct Definitions {
    all: Map<String, Value>,
}

impl Definitions {
    fn object(&mut self, format: &'static Format) -> Value {
        let mut properties: Map<String, Value> =
            format.fields.iter().map(|field| (field.key.to_owned(), self.field(field))).collect();
        for field in PROVENANCE.fields.iter().filter(|field| format.field(field.key).is_none()) {
            let value = if field.key == "why" {
                json!({ "type": "object", "description": field.doc })
            } else {
                self.field(field)
            };
            properties.insert(field.key.to_owned(), value);
        }
        json!({ "type": "object", "description": format.doc, "properties": properties, "additionalProperties": false })
    }

    fn add_format(&mut self, format: &'static Format) {
        if !self.all.contains_key(format.name) {
            // Taken before it is described, so that no format is described twice.
            self.all.insert(format.name.to_owned(), Value::Null);
            let object = self.object(format);
            self.all.insert(format.name.to_owned(), object);
        }
    }

    fn reference(&mut self, format: &'static Format) -> Value {
        self.add_format(format);
        json!({ "$ref": format!("#/$defs/{}", format.name) })
    }

    fn field(&mut self, field: &'static Field) -> Value {
        let mut value = self.kind(&field.kind);
        let needed = if field.required { " Needed." } else { "" };
        value["description"] = json!(format!("{}{needed}", field.doc));
        if field.key == "change" {
            value = change();
        }
        if let Some(default) = field.default {
            value["description"] = json!(format!("{} Default {default}.", field.doc));
        }
        value
    }

    fn kind(&mut self, kind: &'static Kind) -> Value {
        match kind {
            Kind::Table(format) => self.reference(format),
            Kind::Things(_, format) => json!({ "type": "object", "additionalProperties": self.reference(format) }),
            Kind::Map(Keys::Words(words), of) => self.words_to(words, of),
            Kind::Map(_, of) => json!({ "type": "object", "additionalProperties": self.kind(of) }),
            Kind::List(of) => json!({ "type": "array", "items": self.kind(of) }),
            Kind::Exactly(count, of) => {
                json!({ "type": "array", "items": self.kind(of), "minItems": count, "maxItems": count })
            }
            Kind::OneOrMore(of) => {
                let one = self.kind(of);
                json!({ "anyOf": [one, { "type": "array", "items": one }] })
            }
            Kind::Either(kinds) => json!({ "anyOf": kinds.iter().map(|kind| self.kind(kind)).collect::<Vec<_>>() }),
            Kind::Random(dimension, _) => self.law(*dimension),
            scalar => self::scalar(scalar),
        }
    }

    fn words_to(&mut self, words: &[Allowed], of: &'static Kind) -> Value {
        let properties: Map<String, Value> =
            words.iter().map(|allowed| (allowed.word.to_owned(), self.kind(of))).collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false })
    }

    fn law(&mut self, dimension: Dimension) -> Value {
        let name = format!("law of {}", dimension.name());
        if !self.all.contains_key(&name) {
            let bare = (dimension != Dimension::Factor).then(|| quantity(dimension));
            let laws: Vec<Value> =
                bare.into_iter().chain(FAMILIES.iter().map(|family| one_law(family, dimension))).collect();
            self.all.insert(name.clone(), json!({ "anyOf": laws }));
        }
        json!({ "$ref": format!("#/$defs/{}", name.replace(' ', "%20").replace('\'', "%27")) })
    }
}

fn one_law(family: &Family, dimension: Dimension) -> Value {
    let value = || if dimension == Dimension::Factor { json!({ "type": "number" }) } else { quantity(dimension) };
    let parameter = |key: &str| match key {
        "values" => json!({ "type": "array", "items": value() }),
        "weights" => json!({ "type": "array", "items": { "type": "number", "minimum": 0 } }),
        "k" => json!({ "type": "integer", "minimum": 1 }),
        key if has_dimension(key) => value(),
        _ => json!({ "type": "number", "minimum": 0 }),
    };
    let mut properties = Map::from_iter([("dist".to_owned(), json!({ "const": family.name }))]);
    properties.extend(family.needed.iter().chain(family.optional).map(|key| ((*key).to_owned(), parameter(key))));
    for key in ["source", "grade", "note", "vary-with"] {
        properties.insert(key.to_owned(), json!({ "type": "string" }));
    }
    let needed = family.needed.iter().filter(|key| **key != "mean" || dimension != Dimension::Factor);
    let required: Vec<&str> = ["dist"].into_iter().chain(needed.copied()).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

const NUMBER: &str = r"^\s*[+-]?[0-9._]+([eE][+-]?[0-9]+)?\s*";

fn quantity(dimension: Dimension) -> Value {
    let unit = match dimension {
        Dimension::Length => "(km|m|nmi|NM)",
        Dimension::Level => "m",
        Dimension::Speed => "(km/h|kn|knots)",
        Dimension::Time => "(ms|s|seconds?|min|minutes?|h|hr|hours?|d|days?|wk|weeks?|yr|a|years?)",
        Dimension::Mass => "(kg|t|tonnes?|kt|Mt)",
        Dimension::Amount => "[^/%]+",
        Dimension::Rate | Dimension::Frequency => "[^/%]+/ *(h|hr|hours?|d|days?|wk|weeks?|yr|a|years?)",
        Dimension::Money => "(k|M|bn)?USD",
        Dimension::MoneyRate => "(k|M|bn)?USD/(yr|a|years?)",
        Dimension::Price => "USD/[^/]+",
        Dimension::Tariff => "USD/[^/]+(/ *(h|hr|hours?|d|days?|wk|weeks?|yr|a|years?))?",
        Dimension::Worth => "USD/(t|tonne)",
        Dimension::WorthOfTime => "USD/(t|tonne)/(d|day)",
        Dimension::Emission => "g/tkm",
        Dimension::Age => "(yr|a|years?)",
        Dimension::Factor => "",
    };
    json!({ "type": "string", "pattern": format!("{NUMBER}{unit}\\s*$") })
}

fn scalar(kind: &Kind) -> Value {
    match kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Number(least, most) => json!({ "type": "number", "minimum": least, "maximum": most }),
        Kind::Share(least, most) => {
            json!({ "anyOf": [{ "type": "string", "pattern": format!("{NUMBER}%\\s*$") }, { "type": "number", "minimum": least, "maximum": most }] })
        }
        Kind::Word(words) => {
            let word = |allowed: &Allowed| json!({ "const": allowed.word, "description": allowed.meaning });
            json!({ "oneOf": words.iter().map(word).collect::<Vec<_>>() })
        }
        Kind::Quantity(dimension) => quantity(*dimension),
        Kind::Hours => json!({ "type": "string", "pattern": "^([A-Za-z,-]+ )?[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$" }),
        Kind::Holidays => {
            json!({ "type": "string", "pattern": "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$" })
        }
        Kind::TimeOfDay => json!({ "type": "string", "pattern": "^[0-9]{2}:[0-9]{2}" }),
        Kind::Series => json!({
            "type": "object",
            "patternProperties": { "^[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$": quantity(Dimension::Amount) },
            "additionalProperties": false,
            "minProperties": 1,
        }),
        Kind::Settings => json!({ "type": "object" }),
        Kind::Other => json!({}),
        // Dates are texts to most editors' TOML plugins.
        _ => json!({ "type": "string" }),
    }
}

fn change() -> Value {
    let any = json!({});
    let properties = json!({
        "path": { "type": "string" }, "set": any, "multiply": { "type": "number" }, "add": any, "remove": { "const": true },
        "note": { "type": "string" }, "source": { "type": "string" },
    });
    json!({
        "type": "array",
        "description": "Changes applied in order after the overlay was merged.",
        "items": { "type": "object", "properties": properties, "required": ["path"], "additionalProperties": false },
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Set `MIDCOR_WRITE` to write the file anew.
    #[test]
    fn the_committed_schema_is_in_step() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/schema.json");
        let text = format!("{}\n", serde_json::to_string_pretty(&super::schema()).unwrap());
        if std::env::var_os("MIDCOR_WRITE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "run the tests with MIDCOR_WRITE=1 to write scenarios/schema.json anew");
    }
}
