//! What was offered and delivered of each flow, by period.

use crate::engine::outcome::{Amount, FlowTally};
use crate::units::SimTime;

/// What was offered and delivered of each flow before the horizon, in each month of it, and after it: one entry for each
/// shipment, from which all sums are made.
#[derive(Debug)]
pub(in crate::engine) struct Traffic {
    flows: usize,
    /// Where months begin; the last goes on for ever.
    months: Vec<SimTime>,
    /// By period and flow.
    passed: Vec<Passed>,
    /// The first entry of the present period, and when that ends by itself.
    row: usize,
    until: SimTime,
}

/// What was offered and delivered of a flow in a period.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Passed {
    pub(in crate::engine) offered: Amount,
    pub(in crate::engine) delivered: Amount,
}

impl Traffic {
    /// Before the horizon.
    pub(in crate::engine) fn new(flows: usize, months: Vec<SimTime>) -> Self {
        let passed = vec![Passed::default(); (months.len() + 2) * flows];
        Self { flows, months, passed, row: 0, until: SimTime::MAX }
    }

    /// The month of the horizon that holds a moment is the present period.
    pub(in crate::engine) fn turn_to(&mut self, now: SimTime) {
        let begun = self.months.partition_point(|start| *start <= now).max(1);
        self.row = begun * self.flows;
        self.until = self.months.get(begun).copied().unwrap_or(SimTime::MAX);
    }

    /// The horizon is over.
    pub(in crate::engine) fn end_horizon(&mut self) {
        self.row = (self.months.len() + 1) * self.flows;
        self.until = SimTime::MAX;
    }

    /// The entry of a flow.
    #[inline]
    pub(in crate::engine) fn of(&mut self, flow: usize, now: SimTime) -> &mut Passed {
        if now >= self.until {
            self.turn_to(now);
        }
        &mut self.passed[self.row + flow]
    }

    /// What was offered and delivered of a flow in all.
    pub(in crate::engine) fn total(&self, flow: usize) -> Passed {
        let periods = || self.passed.iter().skip(flow).step_by(self.flows);
        Passed {
            offered: periods().map(|passed| passed.offered).sum(),
            delivered: periods().map(|passed| passed.delivered).sum(),
        }
    }

    /// Enters what a flow had within the horizon into its tally.
    pub(in crate::engine) fn enter(&self, flow: usize, tally: &mut FlowTally) {
        for (month, row) in self.passed.chunks(self.flows).skip(1).take(self.months.len()).enumerate() {
            let Passed { offered, delivered } = row[flow];
            tally.offered_by_month[month] = offered;
            tally.delivered_by_month[month] = delivered;
        }
        tally.offered = tally.offered_by_month.iter().copied().sum();
        tally.cohort = tally.offered;
        tally.delivered = tally.delivered_by_month.iter().copied().sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::state::account::add;
    use crate::units::{Mass, Size};

    #[test]
    fn months_are_told_from_each_other_and_from_what_lies_outside_the_horizon() {
        let mut traffic = Traffic::new(2, [0, 100, 200].map(SimTime::from_ms).to_vec());
        let offer = |traffic: &mut Traffic, now, kg| {
            let entry = traffic.of(1, SimTime::from_ms(now));
            add(&mut entry.offered, Mass::from_kg(kg), Size::from_milli(1000), 1);
        };
        offer(&mut traffic, 120, 1);
        traffic.turn_to(SimTime::from_ms(150));
        for (now, kg) in [(150, 2), (199, 4), (200, 8), (270, 16)] {
            offer(&mut traffic, now, kg);
        }
        traffic.end_horizon();
        offer(&mut traffic, 280, 32);
        let mut tally = FlowTally {
            offered_by_month: vec![Amount::default(); 3],
            delivered_by_month: vec![Amount::default(); 3],
            ..FlowTally::default()
        };
        traffic.enter(1, &mut tally);
        assert_eq!(tally.offered_by_month.iter().map(|amount| amount.mass.kg()).collect::<Vec<_>>(), [0, 6, 24]);
        assert_eq!((tally.offered.mass.kg(), tally.offered.count, tally.cohort), (30, 4, tally.offered));
        assert_eq!((traffic.total(1).offered.mass.kg(), traffic.total(0).offered.count), (63, 0));
    }
}
