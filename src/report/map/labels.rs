//! Names on a map, none over another.

use super::projection::Point;
use super::view::Rect;

/// Height of the letters.
pub(super) const SIZE: f64 = 12.0;
/// Mean width of a letter, as a share of its height.
const WIDTH: f64 = 0.56;
/// Room above the foot of the letters, as a share of their height.
const ABOVE: f64 = 0.85;

/// A name that is wanted at a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    /// The node.
    pub(super) at: Point,
    /// How far from the node nothing may stand.
    pub(super) radius: f64,
    /// Those with more come first.
    pub(super) weight: f64,
}

/// On which side of its point a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Where a name stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed {
    /// Which of the names that were wanted.
    pub(super) of: usize,
    /// The foot of the text.
    pub(super) at: Point,
    pub(super) anchor: Anchor,
}

/// Places as many names as there is room for, heavy ones first, beside their nodes and over no node, no other name and nothing
/// that is reserved.
pub(super) fn placed(wanted: &[Wanted<'_>], nodes: &[Point], frame: Rect, reserved: &[Rect]) -> Vec<Placed> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&one, &other| wanted[other].weight.total_cmp(&wanted[one].weight));
    let mut taken: Vec<Rect> = nodes.iter().map(|node| around(*node, 3.0)).chain(reserved.iter().copied()).collect();
    let mut all = Vec::new();
    for of in order {
        let name = wanted[of];
        let free = |rect: &Rect| rect.within(&frame) && !taken.iter().any(|other| other.overlaps(rect));
        let found = candidates(name).into_iter().find(|(at, anchor)| free(&covered(name.name, *at, *anchor)));
        if let Some((at, anchor)) = found {
            taken.push(covered(name.name, at, anchor));
            all.push(Placed { of, at, anchor });
        }
    }
    all
}

fn around(point: Point, radius: f64) -> Rect {
    Rect { x: point.x - radius, y: point.y - radius, width: 2.0 * radius, height: 2.0 * radius }
}

/// Width of a text of so many letters.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * WIDTH
}

/// What a text covers.
fn covered(name: &str, at: Point, anchor: Anchor) -> Rect {
    let width = width(name, SIZE);
    let x = match anchor {
        Anchor::Start => at.x,
        Anchor::Middle => at.x - width / 2.0,
        Anchor::End => at.x - width,
    };
    Rect { x, y: at.y - SIZE * ABOVE, width, height: SIZE }
}

/// Where a name may stand, the best first: right, left, above, below, then at the corners.
fn candidates(name: Wanted<'_>) -> [(Point, Anchor); 8] {
    let Point { x, y } = name.at;
    let away = name.radius + 3.0;
    let (slant, middle) = (away * 0.75, SIZE * 0.35);
    [
        (Point::new(x + away, y + middle), Anchor::Start),
        (Point::new(x - away, y + middle), Anchor::End),
        (Point::new(x, y - away), Anchor::Middle),
        (Point::new(x, y + away + SIZE * ABOVE), Anchor::Middle),
        (Point::new(x + slant, y - slant), Anchor::Start),
        (Point::new(x + slant, y + slant + SIZE * ABOVE), Anchor::Start),
        (Point::new(x - slant, y - slant), Anchor::End),
        (Point::new(x - slant, y + slant + SIZE * ABOVE), Anchor::End),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_name_stands_over_another_or_over_a_node(
            nodes in prop::collection::vec((0.0..500.0_f64, 0.0..300.0_f64, 1_usize..14), 1..60),
        ) {
            let frame = Rect { x: 0.0, y: 0.0, width: 500.0, height: 300.0 };
            let reserved = Rect { x: 0.0, y: 250.0, width: 200.0, height: 50.0 };
            let names: Vec<String> = nodes.iter().map(|node| "x".repeat(node.2)).collect();
            let points: Vec<Point> = nodes.iter().map(|node| Point::new(node.0, node.1)).collect();
            let wanted = |at: usize| Wanted { name: &names[at], at: points[at], radius: 4.0, weight: at as f64 };
            let wanted: Vec<Wanted<'_>> = (0..nodes.len()).map(wanted).collect();
            let found = placed(&wanted, &points, frame, &[reserved]);
            let rects: Vec<Rect> = found.iter().map(|one| covered(wanted[one.of].name, one.at, one.anchor)).collect();
            for (place, one) in rects.iter().enumerate() {
                prop_assert!(!reserved.overlaps(one));
                prop_assert!(one.within(&frame));
                prop_assert!(rects[..place].iter().all(|other| !other.overlaps(one)));
                prop_assert!(points.iter().all(|node| !around(*node, 3.0).overlaps(one)));
            }
        }
    }

    #[test]
    fn a_lone_node_has_its_name_and_of_two_the_heavier() {
        let frame = Rect { x: 0.0, y: 0.0, width: 90.0, height: 16.0 };
        let at = Point::new(10.0, 8.0);
        let wanted = |name, weight| Wanted { name, at, radius: 4.0, weight };
        let found = placed(&[wanted("Kuryk", 1.0), wanted("Aktau", 2.0)], &[at], frame, &[]);
        assert_eq!(found.iter().map(|one| one.of).collect::<Vec<_>>(), [1]);
    }
}
