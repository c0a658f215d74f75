//! The state of a source.

use crate::model::{Arrivals, Flow, Model, Outsiders};
use crate::units::{Duration, SimTime};

/// The state of a source: of a flow as given, or of a copy that it gained.
#[derive(Debug, Default)]
pub(in crate::engine) struct SourceState {
    pub(in crate::engine) flow: usize,
    /// 0 is the flow as given.
    pub(in crate::engine) copy: u32,
    /// Those of the flow's market that are outside the corridor in the base, by their place in the flow's choice.
    pub(in crate::engine) outsiders: Option<usize>,
    pub(in crate::engine) arrivals: u64,
    /// Position on the scale of expected arrivals.
    pub(in crate::engine) expected: f64,
    pub(in crate::engine) piece: usize,
    /// Shipments that had their turn, whether they came or not.
    pub(in crate::engine) turns: u64,
    /// Shipments of the flow made, by whichever source; kept at the flow's own.
    pub(in crate::engine) made: u64,
    /// Units that rounding took from earlier occasions of a timetable, or less than zero, gave them.
    pub(in crate::engine) carried: f64,
}

impl SourceState {
    /// A source a flow, in their order, and then those of copies.
    pub(in crate::engine) fn all(model: &Model) -> Vec<Self> {
        let own = (0..model.flows.len()).map(|flow| Self { flow, ..Self::default() });
        let copies = model.flows.iter().enumerate().flat_map(|(flow, law)| {
            (1..=law.volume.copies()).map(move |copy| Self {
                flow,
                copy,
                expected: head_start(law, copy),
                ..Self::default()
            })
        });
        let outside = model.flows.iter().enumerate().flat_map(|(flow, law)| {
            let outsiders = law.chooses.as_ref().map_or(0, |chooses| chooses.outsiders.len());
            (0..outsiders).map(move |place| Self { flow, outsiders: Some(place), ..Self::default() })
        });
        own.chain(copies).chain(outside).collect()
    }

    /// Whom this source makes, where it makes those outside.
    pub(in crate::engine) fn outsiders<'f>(&self, flow: &'f Flow) -> Option<&'f Outsiders> {
        flow.chooses.as_ref()?.outsiders.get(self.outsiders?)
    }

    pub(in crate::engine) const fn flow(&self) -> usize {
        self.flow
    }

    /// The moment at which so many arrivals are expected; never, where the rate has ended.
    pub(in crate::engine) fn moment(&mut self, flow: &Flow) -> SimTime {
        while let Some(next) = flow.rate.get(self.piece + 1) {
            if next.before > self.expected {
                break;
            }
            self.piece += 1;
        }
        match flow.rate.get(self.piece) {
            Some(piece) if piece.per_ms > 0.0 => {
                let wait = (self.expected - piece.before) / piece.per_ms;
                piece.start.after(Duration::from_real_ms(wait))
            }
            _ => SimTime::MAX,
        }
    }
}

/// Where a copy begins on the scale of expected arrivals. Copies of a regular flow come between those that are there,
/// at 1/2, 1/4, 3/4, 1/8 … of a gap (van der Corput), and not at the same moments.
fn head_start(flow: &Flow, copy: u32) -> f64 {
    match flow.arrivals {
        Arrivals::Regular => f64::from(copy.reverse_bits()) / (u64::from(u32::MAX) + 1) as f64,
        _ => 0.0,
    }
}
