//! What is asked of each thing against what it can do, by arithmetic.

use crate::arithmetic::Utilisation;
use crate::ids::NodeId;
use crate::model::Plan;
use crate::report::{Sheet, column, sheet};

struct Row<'a> {
    plan: &'a Plan,
    utilisation: &'a Utilisation,
}

impl Row<'_> {
    fn end(&self, of: impl Fn((NodeId, NodeId)) -> NodeId) -> Option<&str> {
        self.utilisation.direction.map(|ends| self.plan.labels.nodes[of(ends).index()].as_str())
    }
}

/// What is asked of the things of a plan, one a row.
pub(super) fn utilisations<'a>(plan: &'a Plan, utilisations: &'a [Utilisation]) -> Box<dyn Sheet + 'a> {
    let columns = vec![
        column("path", "", "Path of the thing.", |row: &Row<'_>| row.utilisation.path.as_str().into()),
        column("from", "", "Where the direction begins, of what has one.", |row: &Row<'_>| {
            row.end(|ends| ends.0).into()
        }),
        column("to", "", "Where it ends.", |row: &Row<'_>| row.end(|ends| ends.1).into()),
        column("asked", "", "What is asked of it on average.", |row: &Row<'_>| row.utilisation.offered.into()),
        column("possible", "", "What it can do while open and in order.", |row: &Row<'_>| {
            row.utilisation.capacity.into()
        }),
        column("bodies_a_day", "", "Trains, shipments or vehicles that come to it a day.", |row: &Row<'_>| {
            row.utilisation.bodies.into()
        }),
        column("unit", "", "The unit of both.", |row: &Row<'_>| row.utilisation.unit.as_str().into()),
        column("utilisation", "1", "Asked ÷ possible.", |row: &Row<'_>| {
            Some(row.utilisation.ratio()).filter(|ratio| ratio.is_finite()).into()
        }),
        column("verdict", "", "What comes of it.", |row: &Row<'_>| row.utilisation.verdict().into()),
    ];
    sheet("utilisations.csv", columns, utilisations.iter().map(|utilisation| Row { plan, utilisation }))
}
