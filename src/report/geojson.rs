//! `network.geojson`.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::shapes::line_of;
use crate::results::{NetworkLink, NetworkNode, Summary};
use crate::words::{Measure, Subject, SubjectKind};

/// Writes nodes as points and links as lines, in longitude and latitude (RFC 7946), with the measures that a map
/// shows. What has no position is left out.
///
/// # Errors
/// If the output cannot be written.
pub fn write_geojson(summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
    let network = &summary.network;
    let nodes = network.nodes.iter().filter_map(|node| point(summary, node));
    let links = network.links.iter().filter_map(|link| line(summary, link));
    let features: Vec<Value> = nodes.chain(links).collect();
    serde_json::to_writer(&mut *out, &json!({ "type": "FeatureCollection", "features": features }))?;
    writeln!(out)
}

fn point(summary: &Summary, node: &NetworkNode) -> Option<Value> {
    let (latitude, longitude) = node.position?;
    let mut properties = measures(summary, &Subject::of(SubjectKind::Node, &node.id), &[Measure::DwellTime]);
    properties.insert("id".to_owned(), json!(node.id));
    properties.insert("name".to_owned(), json!(node.name));
    properties.insert("country".to_owned(), json!(node.country));
    properties.insert("locode".to_owned(), json!(node.locode));
    Some(feature(&json!({ "type": "Point", "coordinates": [longitude, latitude] }), &properties))
}

fn line(summary: &Summary, link: &NetworkLink) -> Option<Value> {
    let coordinates = line_of(&summary.network, link)?;
    let subject = Subject::of(SubjectKind::Link, &link.id);
    let shown = [Measure::Throughput, Measure::Utilisation, Measure::WaitingTime, Measure::CrossingTime];
    let mut properties = measures(summary, &subject, &shown);
    let end = |node: usize| summary.network.nodes.get(node).map(|node| node.id.as_str());
    properties.insert("id".to_owned(), json!(link.id));
    properties.insert("from".to_owned(), json!(end(link.from)));
    properties.insert("to".to_owned(), json!(end(link.to)));
    properties.insert("mode".to_owned(), json!(link.mode));
    properties.insert("length_km".to_owned(), json!(link.length_km));
    Some(feature(&json!({ "type": "LineString", "coordinates": coordinates }), &properties))
}

/// Means with their half-widths and units: `throughput`, `throughput_half_width`, `throughput_unit`.
fn measures(summary: &Summary, subject: &Subject, shown: &[Measure]) -> Map<String, Value> {
    let mut properties = Map::new();
    for &measure in shown {
        if let Some(row) = summary.row(measure, subject) {
            properties.insert(measure.to_string(), json!(row.mean));
            properties.insert(format!("{measure}_half_width"), json!(row.half_width));
            properties.insert(format!("{measure}_unit"), json!(row.key.unit));
        }
    }
    properties
}

fn feature(geometry: &Value, properties: &Map<String, Value>) -> Value {
    json!({ "type": "Feature", "geometry": geometry, "properties": properties })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn longitude_comes_first() {
        let mut out = Vec::new();
        write_geojson(&synthetic::results(2).summary(), &mut out).unwrap();
        let map: Value = serde_json::from_slice(&out).unwrap();
        let aktau = map["features"].as_array().unwrap().iter().find(|feature| feature["properties"]["id"] == "aktau");
        assert_eq!(aktau.unwrap()["geometry"]["coordinates"], json!([51.2, 43.6]));
    }
}
