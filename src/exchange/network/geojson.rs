//! Maps as tables, and tables as maps (`GeoJSON`, RFC 7946): points are nodes, lines are links.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::build::TableOf;
use super::family::families;
use super::heading::is_key;
use super::write::Written;
use crate::tables::RawTable;

/// Why a map cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeoJsonError {
    /// It is no JSON.
    #[error("it is no JSON: {0}")]
    NotJson(String),
    /// It is no collection of features.
    #[error("it is no FeatureCollection of GeoJSON")]
    NoFeatures,
}

/// The key of the points along a link.
const SHAPE: &str = "shape";
/// Two places nearer than this are one, in kilometres.
const SAME_PLACE_KM: f64 = 1.0;

/// The points and lines of a map, as tables of nodes and links. Ends that a line does not name are the points at its ends;
/// a length that it does not give is that of its shape, which is kept where it has more than two points. Properties that are no keys of
/// the format are left alone.
///
/// # Errors
/// The text is no map.
pub fn from_geojson(file: &str, text: &str) -> Result<Vec<TableOf>, GeoJsonError> {
    let map: Value = serde_json::from_str(text).map_err(|error| GeoJsonError::NotJson(error.to_string()))?;
    let features = map["features"].as_array().ok_or(GeoJsonError::NoFeatures)?;
    let of = |kind: &str| features.iter().filter(|feature| feature["geometry"]["type"] == kind).collect::<Vec<_>>();
    let points: Vec<Placed> = of("Point").into_iter().map(point).collect();
    let lines: Vec<CellsByName> = of("LineString").into_iter().map(|feature| line(feature, &points)).collect();
    let nodes: Vec<CellsByName> = points.iter().map(|row| row.cells.clone()).collect();
    let tables = [("nodes", nodes), ("links", lines)].into_iter().filter(|(_, rows)| !rows.is_empty());
    Ok(tables.map(|(name, rows)| TableOf { name: name.to_owned(), table: table(file, name, &rows) }).collect())
}

type CellsByName = IndexMap<String, String>;

/// A node with its position.
struct Placed {
    cells: CellsByName,
    at: Option<[f64; 2]>,
}

fn point(feature: &Value) -> Placed {
    let mut cells = properties(feature, "node");
    let at = position(&feature["geometry"]["coordinates"]);
    if let Some([lon, lat]) = at {
        cells.insert("lat".to_owned(), lat.to_string());
        cells.insert("lon".to_owned(), lon.to_string());
    }
    Placed { cells, at }
}

fn line(feature: &Value, points: &[Placed]) -> CellsByName {
    let mut cells = properties(feature, "link");
    let shape: Vec<[f64; 2]> =
        feature["geometry"]["coordinates"].as_array().into_iter().flatten().filter_map(position).collect();
    for (key, end) in [("from", shape.first()), ("to", shape.last())] {
        let near = end.and_then(|end| nearest(*end, points));
        if let Some(id) = near.filter(|_| !cells.contains_key(key)) {
            cells.insert(key.to_owned(), id);
        }
    }
    let length = cells.shift_remove("length_km").map(|km| format!("{km} km"));
    let of_shape = || {
        let km: f64 = shape.windows(2).map(|ends| great_circle_km(ends[0], ends[1])).sum();
        (km > 0.0).then(|| format!("{} km", (km * 10.0).round() / 10.0))
    };
    if !cells.contains_key("length")
        && let Some(length) = length.or_else(of_shape)
    {
        cells.insert("length".to_owned(), length);
    }
    // A line of two points says where its ends are, and no more.
    if shape.len() > 2 {
        cells.insert(SHAPE.to_owned(), json!(shape).to_string());
    }
    cells
}

fn properties(feature: &Value, family: &str) -> CellsByName {
    let family = families().into_iter().find(|one| one.key == family);
    let is_known = |key: &str| key == "length_km" || family.as_ref().is_some_and(|family| is_key(key, family));
    let mut cells = CellsByName::new();
    if let Some(id) = feature.get("id").filter(|id| id.is_string()) {
        cells.insert("id".to_owned(), plain(id));
    }
    for (key, value) in feature["properties"].as_object().into_iter().flatten() {
        if is_known(key) && !value.is_null() {
            cells.insert(key.clone(), plain(value));
        }
    }
    cells
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| text.replace(['\t', '\n', '\r'], " "))
}

fn position(value: &Value) -> Option<[f64; 2]> {
    Some([value.get(0)?.as_f64()?, value.get(1)?.as_f64()?])
}

fn nearest(at: [f64; 2], points: &[Placed]) -> Option<String> {
    let far = |row: &&Placed| row.at.map_or(f64::INFINITY, |other| great_circle_km(at, other));
    let nearest = points.iter().min_by(|one, other| far(one).total_cmp(&far(other)))?;
    nearest.cells.get("id").filter(|_| far(&nearest) < SAME_PLACE_KM).cloned()
}

/// Kilometres between two positions, longitude first, on a sphere.
fn great_circle_km(one: [f64; 2], other: [f64; 2]) -> f64 {
    crate::units::great_circle_km((one[1], one[0]), (other[1], other[0]))
}

/// Rows as a table: a line a feature, behind the line of the columns.
fn table(file: &str, name: &str, rows: &[CellsByName]) -> RawTable {
    let mut head: Vec<&str> = Vec::new();
    for key in rows.iter().flat_map(IndexMap::keys) {
        if !head.contains(&key.as_str()) {
            head.push(key);
        }
    }
    let cells = |row: &CellsByName| {
        head.iter().map(|key| row.get(*key).map_or("", String::as_str)).collect::<Vec<_>>().join("\t")
    };
    let lines: Vec<String> = std::iter::once(head.join("\t")).chain(rows.iter().map(cells)).collect();
    RawTable::sheet(file, name, lines.join("\n"))
}

/// Nodes and links with positions, of the tables of a scenario: points and lines with all their columns; a line whose shape is not
/// known is straight.
pub fn to_geojson(tables: &[Written]) -> String {
    let of = |name: &str| tables.iter().find(|table| table.name == name);
    let nodes: Vec<IndexMap<&str, &str>> = of("nodes").into_iter().flat_map(named_cells).collect();
    let at = |id: &str| {
        let node = nodes.iter().find(|node| node.get("id") == Some(&id))?;
        let number = |key: &str| node.get(key)?.parse::<f64>().ok();
        Some([number("lon")?, number("lat")?])
    };
    let points = nodes.iter().filter_map(|node| {
        let coordinates = at(node.get("id")?)?;
        Some(feature("Point", &json!(coordinates), node, &["lat", "lon"]))
    });
    let joins: Vec<IndexMap<&str, &str>> = of("links").into_iter().flat_map(named_cells).collect();
    let lines = joins.iter().filter_map(|link| {
        let shape = link.get(SHAPE).and_then(|cell| serde_json::from_str::<Vec<[f64; 2]>>(cell).ok());
        let ends = || Some(vec![at(link.get("from")?)?, at(link.get("to")?)?]);
        Some(feature("LineString", &json!(shape.or_else(ends)?), link, &[SHAPE]))
    });
    let features: Vec<Value> = points.chain(lines).collect();
    format!("{}\n", json!({ "type": "FeatureCollection", "features": features }))
}

fn named_cells(table: &Written) -> impl Iterator<Item = IndexMap<&str, &str>> {
    let names = table.head.iter().map(String::as_str);
    table.rows.iter().map(move |row| {
        let cells = names.clone().zip(row.iter().map(String::as_str));
        cells.filter(|(_, cell)| !cell.is_empty()).collect()
    })
}

fn feature(kind: &str, coordinates: &Value, cells: &IndexMap<&str, &str>, left_out: &[&str]) -> Value {
    let mut properties = Map::new();
    for (name, cell) in cells.iter().filter(|(name, _)| !left_out.contains(name)) {
        match name.split_once(", ") {
            Some((key, unit)) => properties.insert(key.to_owned(), json!(format!("{cell} {unit}"))),
            None => properties.insert((*name).to_owned(), json!(cell)),
        };
    }
    json!({ "type": "Feature", "geometry": { "type": kind, "coordinates": coordinates }, "properties": properties })
}
