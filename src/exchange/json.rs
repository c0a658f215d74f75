//! Parameters and whole scenarios as JSON.

use serde_json::{Map, Value as Json, json};

use crate::scenario::tree::{Node, Value};
use crate::scenario::types::Grade;
use crate::scenario::{Literal, Parameter};

/// A parameter with what is known of it: `number` and `unit` where it is one number, `value` as TOML writes it.
pub fn parameter_json(parameter: &Parameter) -> Json {
    let (number, unit) = match parameter.literal() {
        Literal::Number { number, unit } => (Some(number), Some(unit)),
        Literal::Text(_) | Literal::Toml(_) => (None, None),
    };
    json!({
        "path": parameter.path,
        "value": parameter.value,
        "number": number,
        "unit": unit,
        "meaning": parameter.doc,
        "grade": parameter.grade.map(Grade::word),
        "source": parameter.source,
        "note": parameter.note,
        "range": parameter.range,
        "set_by": parameter.place,
        "is_default": parameter.is_default,
    })
}

/// A value of a scenario.
pub fn tree_json(node: &Node) -> Json {
    match &node.value {
        Value::Text(text) | Value::Date(text) => json!(text),
        Value::Whole(number) => json!(number),
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::List(items) => items.iter().map(tree_json).collect(),
        Value::Table(entries) => {
            let entries = entries.iter().map(|(key, entry)| (key.clone(), tree_json(entry)));
            Json::Object(entries.collect::<Map<_, _>>())
        }
    }
}
