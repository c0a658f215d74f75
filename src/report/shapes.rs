//! What a map shows: nodes as points, links as lines of their shape, curved where it is not known.

#[cfg(feature = "parquet")]
use crate::results::Summary;
use crate::results::{Network, NetworkLink};
#[cfg(feature = "parquet")]
use crate::words::{Measure, Subject, SubjectKind};

/// Pieces of a curved line.
const PIECES: usize = 16;
/// How far the first of several links between the same two nodes bows out, as a share of their distance, where their shape is not
/// known: lines that bow can be told apart.
const BOW: f64 = 0.03;

/// A shape, longitude before latitude.
#[cfg(feature = "parquet")]
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A point.
    Point([f64; 2]),
    /// A line.
    Line(Vec<[f64; 2]>),
}

#[cfg(feature = "parquet")]
impl Shape {
    /// Well-known binary (OGC 06-103r4), little-endian.
    pub(super) fn wkb(&self) -> Vec<u8> {
        let mut bytes = vec![1];
        let points = match self {
            Self::Point(point) => {
                bytes.extend(1_u32.to_le_bytes());
                std::slice::from_ref(point)
            }
            Self::Line(points) => {
                bytes.extend(2_u32.to_le_bytes());
                bytes.extend((points.len() as u32).to_le_bytes());
                points
            }
        };
        for number in points.iter().flatten() {
            bytes.extend(number.to_le_bytes());
        }
        bytes
    }
}

/// The line of a link: its shape, with its nodes at both ends, or a curve; `None` where an end has no position.
pub(super) fn line_of(network: &Network, link: &NetworkLink) -> Option<Vec<[f64; 2]>> {
    let end = |node: usize| network.nodes.get(node)?.position.map(|(lat, lon)| [lon, lat]);
    if !link.shape.is_empty() {
        let mut points = [vec![end(link.from)?], link.shape.clone(), vec![end(link.to)?]].concat();
        points.dedup();
        return Some(points);
    }
    let ends = |link: &NetworkLink| (link.from.min(link.to), link.from.max(link.to));
    let before = network.links.iter().take_while(|other| other.id != link.id).filter(|other| ends(other) == ends(link));
    let (from, to) = (end(link.from)?, end(link.to)?);
    // Every second one bows to the other side, and the next ones farther out.
    let place = before.count();
    let side = if place % 2 == 0 { 1.0 } else { -1.0 };
    let turned = if link.from <= link.to { 1.0 } else { -1.0 };
    Some(curve(from, to, BOW * (1 + place / 2) as f64 * side * turned))
}

/// A quadratic curve whose middle stands off the straight line by a share of its length.
fn curve(from: [f64; 2], to: [f64; 2], bow: f64) -> Vec<[f64; 2]> {
    let along = [to[0] - from[0], to[1] - from[1]];
    let control =
        [f64::midpoint(from[0], to[0]) - along[1] * bow * 2.0, f64::midpoint(from[1], to[1]) + along[0] * bow * 2.0];
    let at = |piece: usize, axis: usize| {
        let t = piece as f64 / PIECES as f64;
        let value = (1.0 - t) * (1.0 - t) * from[axis] + 2.0 * t * (1.0 - t) * control[axis] + t * t * to[axis];
        // A metre is more than enough, and short numbers are the same on every machine.
        (value * 1e5).round() / 1e5
    };
    let inner = (1..PIECES).map(|piece| [at(piece, 0), at(piece, 1)]);
    std::iter::once(from).chain(inner).chain([to]).collect()
}

/// A node or link of the map.
#[cfg(feature = "parquet")]
pub(super) struct Feature<'a> {
    pub(super) kind: &'static str,
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) country: &'a str,
    pub(super) locode: &'a str,
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) mode: &'a str,
    pub(super) length_km: Option<f64>,
    /// Tonnes a year of a link.
    pub(super) throughput: Option<f64>,
    pub(super) utilisation: Option<f64>,
    pub(super) shape: Shape,
}

/// All nodes and links that have positions.
#[cfg(feature = "parquet")]
pub(super) fn features(summary: &Summary) -> Vec<Feature<'_>> {
    let network = &summary.network;
    let nodes = network.nodes.iter().filter_map(|node| {
        let (lat, lon) = node.position?;
        Some(Feature {
            kind: "node",
            id: &node.id,
            name: &node.name,
            country: node.country.as_deref().unwrap_or_default(),
            locode: node.locode.as_deref().unwrap_or_default(),
            from: "",
            to: "",
            mode: "",
            length_km: None,
            throughput: None,
            utilisation: None,
            shape: Shape::Point([lon, lat]),
        })
    });
    nodes.chain(network.links.iter().filter_map(|link| line(summary, link))).collect()
}

#[cfg(feature = "parquet")]
fn line<'a>(summary: &'a Summary, link: &'a NetworkLink) -> Option<Feature<'a>> {
    let network = &summary.network;
    let subject = Subject::of(SubjectKind::Link, &link.id);
    let mean = |measure| summary.row(measure, &subject).and_then(|row| row.mean);
    Some(Feature {
        kind: "link",
        id: &link.id,
        name: "",
        country: "",
        locode: "",
        from: &network.nodes.get(link.from)?.id,
        to: &network.nodes.get(link.to)?.id,
        mode: &link.mode,
        length_km: link.length_km,
        throughput: mean(Measure::Throughput),
        utilisation: mean(Measure::Utilisation),
        shape: Shape::Line(line_of(network, link)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn lines_begin_and_end_at_their_nodes_and_links_side_by_side_differ() {
        let mut network = synthetic::results(1).catalogue.network.clone();
        let first = network.links[0].clone();
        network.links.push(NetworkLink { id: "other".to_owned(), from: first.to, to: first.from, ..first.clone() });
        let points = |link: &NetworkLink| match line_of(&network, link) {
            Some(points) => points,
            other => panic!("{other:?}"),
        };
        let (one, mut other) = (points(&first), points(network.links.last().unwrap()));
        other.reverse();
        assert_eq!((one.first(), one.last()), (other.first(), other.last()));
        assert!((one[8][0] - other[8][0]).abs() > 1e-3, "they bow to different sides");
    }

    #[test]
    fn a_line_of_known_shape_is_drawn_as_it_is() {
        let mut network = synthetic::results(1).catalogue.network.clone();
        let (latitude, longitude) = network.nodes[network.links[0].from].position.unwrap();
        network.links[0].shape = vec![[longitude, latitude], [70.0, 47.0], [60.0, 46.0]];
        let line = line_of(&network, &network.links[0]).unwrap();
        assert_eq!(line.len(), 4, "the first point is the node itself");
        assert_eq!((line[1], line[2]), ([70.0, 47.0], [60.0, 46.0]));
    }

    #[cfg(feature = "parquet")]
    #[test]
    fn geometry_is_well_known_binary() {
        let bytes = Shape::Line(vec![[1.0, 2.0], [3.0, 4.0]]).wkb();
        assert_eq!((bytes.len(), &bytes[..9]), (41, &[1, 2, 0, 0, 0, 2, 0, 0, 0][..]));
        assert_eq!(Shape::Point([1.0, 2.0]).wkb()[5..13], 1.0_f64.to_le_bytes());
    }
}
