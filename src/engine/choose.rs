//! The choice of a route by a shipment: an exponential race whose winner at the base weights is known.

use super::observer::Observer;
use super::world::World;
use crate::model::{Choice, Taken};
use crate::random::{Entity, StreamId};

impl<O: Observer> World<'_, O> {
    /// What a shipment does that takes `given`, an alternative of its choice, at the base weights.
    pub(super) fn choose(&self, choice: &Choice, given: usize, entity: Entity) -> Taken {
        if choice.is_at_base() {
            return choice.alternatives[given].taken;
        }
        let value = choice.value_of_time.draw(&self.random, choice.value_stream, entity);
        let first = if choice.is_given { self.exponential(choice.first_stream, entity) } else { 0.0 };
        let mut best = (f64::INFINITY, choice.alternatives[given].taken);
        for (place, alternative) in choice.alternatives.iter().enumerate() {
            let own = if choice.is_given && place == given {
                first * alternative.share
            } else {
                let share = if choice.is_given { alternative.share } else { 0.0 };
                first * share + self.exponential(alternative.stream, entity)
            };
            // Own is the time in the base times its share; a weight of 0 never comes in.
            let time = own * libm::exp(-alternative.weight.at(value));
            if time < best.0 {
                best = (time, alternative.taken);
            }
        }
        best.1
    }

    fn exponential(&self, stream: StreamId, entity: Entity) -> f64 {
        -libm::log1p(-self.random.uniform(stream, entity, 0))
    }
}
