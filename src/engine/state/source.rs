//! The state of a source.

use crate::ids::{CargoId, FlowId, ProgramId, RouteId};
use crate::model::{Arrivals, Cargo, Flow, Model, Outsiders, Plan, RatePiece, Taken, Volume};
use crate::random::{Entity, RandomNumbers, StreamId, exponential_draw};
use crate::units::{Duration, Mass, SimTime, Size};

/// The state of a source: of a flow as given, or of a copy that it gained.
#[derive(Debug)]
pub(in crate::engine) struct SourceState {
    pub(in crate::engine) flow: usize,
    /// 0 is the flow as given.
    copy: u32,
    /// Those of the flow's market that are outside the corridor in the base, by their place in the flow's choice.
    outsiders: Option<usize>,
    /// The priority of its flow.
    pub(in crate::engine) priority: u8,
    /// Whether its gaps are exponential, as those of most are.
    pub(in crate::engine) is_poisson: bool,
    /// Named source of its gaps.
    pub(in crate::engine) gap_stream: StreamId,
    /// Its gaps are the flow's own divided by this.
    pub(in crate::engine) often: f64,
    /// Ordinal of its first arrival, and of its first shipment.
    first: u64,
    pub(in crate::engine) arrivals: u64,
    /// Position on the scale of expected arrivals.
    expected: f64,
    pace: Pace,
    /// Shipments that had their turn, whether they came or not.
    turns: u64,
    /// Units that rounding took from earlier occasions of a timetable, or less than zero, gave them.
    pub(in crate::engine) carried: f64,
    pub(in crate::engine) alike: Alike,
}

/// What all shipments of a source have in common while an epoch lasts.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Alike {
    /// How many come at an arrival, where that is always as many: outsiders on a timetable make up their number in the long run.
    pub(in crate::engine) batch: Option<u64>,
    /// Identity: shipments are (this, ordinal).
    pub(in crate::engine) key: StreamId,
    /// Share of them that comes.
    pub(in crate::engine) share: f64,
    /// Their size, where it is not drawn.
    pub(in crate::engine) size: Option<Size>,
    /// The route of all, where none is drawn or chosen.
    pub(in crate::engine) taken: Option<Taken>,
    /// What each is made after, where nothing is drawn of them.
    pub(in crate::engine) pattern: Option<Pattern>,
}

/// What a shipment is made after: all but its identity.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Pattern {
    pub(in crate::engine) flow: FlowId,
    pub(in crate::engine) cargo: CargoId,
    pub(in crate::engine) program: ProgramId,
    pub(in crate::engine) route: RouteId,
    pub(in crate::engine) priority: u8,
    pub(in crate::engine) size: Size,
    pub(in crate::engine) mass: Mass,
}

impl Pattern {
    /// A shipment of the flow of a program.
    pub(in crate::engine) fn new(model: &Model, program: ProgramId, size: Size) -> Self {
        let of = &model.programs[program.index()];
        let flow = &model.flows[of.flow.index()];
        let mass = model.cargoes[flow.cargo.index()].mass(size);
        Self { flow: of.flow, cargo: flow.cargo, program, route: of.route, priority: flow.priority, size, mass }
    }
}

impl SourceState {
    /// A source a flow, in their order, and then those of copies, and of outsiders.
    pub(in crate::engine) fn all(model: &Model) -> Vec<Self> {
        let flows = || model.flows.iter().enumerate();
        let own = flows().map(|(flow, _)| Self::new(model, flow, 0, None));
        let copies = flows()
            .flat_map(|(flow, law)| (1..=law.volume.copies()).map(move |copy| Self::new(model, flow, copy, None)));
        let outside = flows().flat_map(|(flow, law)| {
            let outsiders = law.chooses.as_ref().map_or(0, |chooses| chooses.outsiders.len());
            (0..outsiders).map(move |place| Self::new(model, flow, 0, Some(place)))
        });
        own.chain(copies).chain(outside).collect()
    }

    fn new(model: &Model, flow: usize, copy: u32, outsiders: Option<usize>) -> Self {
        let law = &model.flows[flow];
        let of = outsiders_of(law, outsiders);
        Self {
            flow,
            copy,
            outsiders,
            priority: law.priority,
            is_poisson: matches!(law.arrivals, Arrivals::Poisson),
            gap_stream: of.map_or_else(|| law.gap_stream_of(copy), |of| of.gap_stream),
            often: of.map_or(1.0, |of| of.per_shipment),
            first: Volume::ordinal(copy, 0),
            arrivals: 0,
            expected: head_start(law, copy),
            pace: Pace::new(&law.rate),
            turns: 0,
            carried: 0.0,
            alike: Alike::new(model, law, copy, of),
        }
    }

    /// A model takes the place of the one before.
    pub(in crate::engine) fn follow(&mut self, model: &Model) {
        let law = &model.flows[self.flow];
        self.alike = Alike::new(model, law, self.copy, self.outsiders(law));
    }

    /// Whom this source makes, where it makes those outside.
    pub(in crate::engine) fn outsiders<'f>(&self, flow: &'f Flow) -> Option<&'f Outsiders> {
        outsiders_of(flow, self.outsiders)
    }

    /// Those outside at the arrival that is now: they come at the flow's own times, and make up their number in the long run.
    pub(in crate::engine) fn outsiders_now(&self, flow: &Flow) -> u64 {
        let each = self.outsiders(flow).map_or(1.0, |outsiders| outsiders.per_shipment);
        let until = |arrivals: u64| (arrivals as f64 * f64::from(flow.batch) * each) as u64;
        until(self.arrivals + 1) - until(self.arrivals)
    }

    /// Identity of the next shipment that has its turn.
    #[inline]
    pub(in crate::engine) fn take_turn(&mut self) -> Entity {
        let entity = Entity::shipment(self.alike.key, self.first + self.turns);
        self.turns += 1;
        entity
    }

    /// Identity of the gap before the next arrival.
    #[inline]
    pub(in crate::engine) const fn next_gap(&self) -> Entity {
        Entity::ordinal(self.first + self.arrivals)
    }

    /// The gap before the next arrival where gaps are exponential, on the flow's own scale.
    #[expect(clippy::inline_always, reason = "a part of each arrival; the other caller is rare")]
    #[inline(always)]
    pub(in crate::engine) fn exponential_gap(&self, random: &RandomNumbers) -> f64 {
        exponential_draw(random.first(self.gap_stream, self.next_gap()))
    }

    /// The moment of the next arrival, a gap of the flow's own scale after the last; never, where the rate has ended.
    #[inline]
    pub(in crate::engine) fn moment_after(&mut self, gap: f64, plan: &Plan) -> SimTime {
        // So many times as often as the flow's own, on the flow's scale.
        self.expected += gap / self.often;
        if self.expected >= self.pace.until {
            self.pace.turn(&plan.epochs[0].1.flows[self.flow].rate, self.expected);
        }
        self.pace.moment(self.expected)
    }
}

/// The piece of a rate in which a position on the scale of expected arrivals lies.
#[derive(Debug)]
struct Pace {
    piece: RatePiece,
    /// Its place among all pieces.
    number: usize,
    /// Where the next one begins on that scale.
    until: f64,
}

impl Pace {
    /// The first piece; one without arrivals where there is none.
    fn new(rate: &[RatePiece]) -> Self {
        let piece = rate.first().copied().unwrap_or(RatePiece { start: SimTime::ZERO, before: 0.0, per_ms: 0.0 });
        Self { piece, number: 0, until: end_of_piece(rate, 0) }
    }

    /// Goes on to the piece of a later position.
    #[inline(never)]
    fn turn(&mut self, rate: &[RatePiece], expected: f64) {
        while expected >= self.until {
            self.number += 1;
            self.piece = rate[self.number];
            self.until = end_of_piece(rate, self.number);
        }
    }

    /// The moment at which so many arrivals are expected; never, where the rate has ended.
    #[inline]
    fn moment(&self, expected: f64) -> SimTime {
        let RatePiece { start, before, per_ms } = self.piece;
        if per_ms > 0.0 { start.after(Duration::from_real_ms((expected - before) / per_ms)) } else { SimTime::MAX }
    }
}

/// Where a piece of a rate ends on the scale of expected arrivals.
fn end_of_piece(rate: &[RatePiece], number: usize) -> f64 {
    rate.get(number + 1).map_or(f64::INFINITY, |next| next.before)
}

impl Alike {
    fn new(model: &Model, flow: &Flow, copy: u32, outsiders: Option<&Outsiders>) -> Self {
        let on_timetable = matches!(flow.arrivals, Arrivals::Times(_));
        let is_drawn = on_timetable || !flow.size.is_constant();
        let share = outsiders.map_or_else(|| flow.volume.share(copy), |_| 1.0);
        let size = (!is_drawn).then(|| size_made(flow.size.mean(), model.cargoes[flow.cargo.index()]));
        let taken = taken_by_all(model, flow, outsiders);
        let pattern = match (size, taken) {
            (Some(size), Some(Taken::Route(program))) if share >= 1.0 => Some(Pattern::new(model, program, size)),
            _ => None,
        };
        Self {
            batch: (outsiders.is_none() || !on_timetable).then(|| flow.batch.into()),
            key: outsiders.map_or_else(|| flow.key_of(copy), |of| of.key),
            share,
            size,
            taken,
            pattern,
        }
    }
}

/// What all shipments of a source take, if that is the same and none of them draws.
fn taken_by_all(model: &Model, flow: &Flow, outsiders: Option<&Outsiders>) -> Option<Taken> {
    let only = if let [(_, program)] = flow.routes[..] { Some(Taken::Route(program)) } else { None };
    let Some(chooses) = &flow.chooses else { return only };
    let choice = &model.choices[chooses.choice as usize];
    let given = outsiders.map_or_else(|| only.map(|_| chooses.first), |of| Some(of.alternative))?;
    choice.is_at_base().then(|| choice.alternatives[given as usize].taken)
}

/// The least size that is made of a cargo, and what sizes are multiples of: a unit where it is whole.
pub(in crate::engine) const fn step(cargo: Cargo) -> Size {
    Size::from_milli(if cargo.whole { 1000 } else { 1 })
}

/// The multiple of a step nearest to a number of units, halves up.
pub(in crate::engine) fn in_steps(units: f64, step: Size) -> Size {
    let milli = step.milli();
    Size::from_milli((units * 1000.0 / milli as f64 + 0.5) as i64 * milli)
}

/// The size that is made of a number of units.
pub(in crate::engine) fn size_made(units: f64, cargo: Cargo) -> Size {
    in_steps(units, step(cargo)).max(step(cargo))
}

fn outsiders_of(flow: &Flow, place: Option<usize>) -> Option<&Outsiders> {
    flow.chooses.as_ref()?.outsiders.get(place?)
}

/// Where a copy begins on the scale of expected arrivals. Copies of a regular flow come between those that are there,
/// at 1/2, 1/4, 3/4, 1/8 … of a gap (van der Corput), and not at the same moments.
fn head_start(flow: &Flow, copy: u32) -> f64 {
    match flow.arrivals {
        Arrivals::Regular => f64::from(copy.reverse_bits()) / (u64::from(u32::MAX) + 1) as f64,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten arrivals in the first hundred milliseconds, none in the next hundred, then one each, and none from 400 on.
    #[test]
    fn arrivals_come_at_the_moments_of_the_piece_in_which_they_are_expected() {
        let piece = |start, before, per_ms| RatePiece { start: SimTime::from_ms(start), before, per_ms };
        let rate = [piece(0, 0.0, 0.1), piece(100, 10.0, 0.0), piece(200, 10.0, 1.0), piece(400, 210.0, 0.0)];
        let mut pace = Pace::new(&rate);
        let mut moment = |expected| {
            pace.turn(&rate, expected);
            pace.moment(expected).ms()
        };
        assert_eq!([0.5, 9.9, 10.0, 15.0, 209.0].map(&mut moment), [5, 99, 200, 205, 399]);
        assert_eq!(moment(210.0), SimTime::MAX.ms());
        assert_eq!(Pace::new(&[]).moment(1.0), SimTime::MAX);
    }

    #[test]
    fn sizes_are_of_whole_units_where_the_cargo_is_and_a_step_at_least() {
        let [wagons, oil] = [true, false].map(|whole| Cargo { mass_per_unit: Mass::from_kg(1000), whole });
        let made = |units, cargo| size_made(units, cargo).milli();
        assert_eq!([0.2, 1.4, 2.5].map(|units| made(units, wagons)), [1000, 1000, 3000]);
        assert_eq!([0.0002, 1.4, 2.0005].map(|units| made(units, oil)), [1, 1400, 2001]);
        assert_eq!([0.2, 0.5].map(|units| in_steps(units, step(wagons)).milli()), [0, 1000]);
    }
}
