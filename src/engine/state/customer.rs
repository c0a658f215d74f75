//! The customers of stations, and how each spends its time there.

use crate::ids::StationId;
use crate::random::Entity;
use crate::units::{Duration, Load, Mass, SimTime, Size};

/// Index of a server where there is no limit.
pub(in crate::engine) const ANY_SERVER: u32 = u32::MAX;

/// Who is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Owner {
    Body(u32),
    Vessel(u32),
}

/// A customer of a station: a body or a vessel that is one by itself, as nearly all are, or a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct CustomerId(u32);

/// The same, told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Customer {
    Body(u32),
    Vessel(u32),
    Token(u32),
}

impl Default for CustomerId {
    fn default() -> Self {
        Self::NOBODY
    }
}

impl CustomerId {
    /// Marks tokens: no table has so many records.
    const TOKEN: u32 = 1 << 31;
    /// Marks vessels.
    const VESSEL: u32 = 1 << 30;
    /// Stands for no customer.
    pub(in crate::engine) const NOBODY: Self = Self(u32::MAX);

    #[inline]
    pub(in crate::engine) const fn is_nobody(self) -> bool {
        self.0 == Self::NOBODY.0
    }

    /// A body as one customer.
    #[inline]
    pub(in crate::engine) const fn body(body: u32) -> Self {
        Self(body)
    }

    /// A vessel as one customer.
    #[inline]
    pub(in crate::engine) const fn vessel(vessel: u32) -> Self {
        Self(vessel | Self::VESSEL)
    }

    /// One of several customers of an owner.
    #[inline]
    pub(in crate::engine) const fn token(token: u32) -> Self {
        Self(token | Self::TOKEN)
    }

    #[inline]
    pub(in crate::engine) const fn told_apart(self) -> Customer {
        if self.0 < Self::VESSEL {
            Customer::Body(self.0)
        } else if self.0 < Self::TOKEN {
            Customer::Vessel(self.0 & !Self::VESSEL)
        } else {
            Customer::Token(self.0 & !Self::TOKEN)
        }
    }

    /// Tells it from all others.
    #[cfg(test)]
    pub(in crate::engine) const fn number(self) -> u32 {
        self.0
    }
}

/// A customer that is not a body or a vessel by itself: mostly one of several for which its owner waits.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Token {
    pub(in crate::engine) owner: Owner,
    pub(in crate::engine) load: Load,
    pub(in crate::engine) join: Option<u32>,
    pub(in crate::engine) stay: StayAt,
}

impl Token {
    /// A record that nobody has.
    pub(in crate::engine) fn empty() -> Self {
        let load = Load { size: Size::ZERO, mass: Mass::ZERO };
        Self { owner: Owner::Body(0), load, join: None, stay: StayAt::default() }
    }
}

/// A customer's stay at a station.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct StayAt {
    pub(in crate::engine) station: StationId,
    pub(in crate::engine) server: u32,
    /// Whose draws it has.
    pub(in crate::engine) entity: Entity,
    pub(in crate::engine) joined: SimTime,
    pub(in crate::engine) started: SimTime,
    /// While it waits: who stands behind it, and its turn and order of coming.
    pub(in crate::engine) behind: CustomerId,
    pub(in crate::engine) rank: (i64, u64),
    /// While it waits, the station's clock of hindrances when it joined; then for how long they kept it waiting.
    /// Where nothing ever hinders services, what an earlier stay had.
    pub(in crate::engine) hindered: Hindrances,
    /// Invalidates the end of a service that was interrupted; it goes on with whoever has the record next.
    pub(in crate::engine) generation: u32,
}

impl Default for StayAt {
    fn default() -> Self {
        Self {
            station: StationId::new(0),
            server: ANY_SERVER,
            entity: Entity::ordinal(0),
            joined: SimTime::ZERO,
            started: SimTime::ZERO,
            behind: CustomerId::NOBODY,
            rank: (0, 0),
            hindered: Hindrances::default(),
            generation: 0,
        }
    }
}

/// How a customer spent its time at a station.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Spent {
    pub(in crate::engine) wait: Duration,
    pub(in crate::engine) hindered: Hindrances,
    pub(in crate::engine) service: Duration,
    /// Within the service, interrupted.
    pub(in crate::engine) interrupted: Duration,
}

impl StayAt {
    /// It begins now, at a station where nothing hinders services.
    #[inline]
    pub(in crate::engine) const fn begin(&mut self, station: StationId, entity: Entity, now: SimTime) {
        (self.station, self.entity, self.joined, self.behind) = (station, entity, now, CustomerId::NOBODY);
    }

    /// How the time was spent, as a service ends that was interrupted for so long.
    #[inline]
    pub(in crate::engine) fn spent(&self, now: SimTime, interrupted: Duration) -> Spent {
        let Hindrances { closed, hours, down } = self.hindered;
        Spent {
            wait: self.started.since(self.joined) - closed - hours - down,
            hindered: self.hindered,
            service: now.since(self.started) - interrupted,
            interrupted,
        }
    }
}

/// Time for which no service could start, by reason.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Hindrances {
    pub(in crate::engine) closed: Duration,
    pub(in crate::engine) hours: Duration,
    pub(in crate::engine) down: Duration,
}

impl Hindrances {
    /// What of it passed since an earlier state of the same clock.
    #[inline]
    pub(in crate::engine) fn since(self, earlier: Self) -> Self {
        Self { closed: self.closed - earlier.closed, hours: self.hours - earlier.hours, down: self.down - earlier.down }
    }

    /// Whether there was any.
    #[inline]
    pub(in crate::engine) fn is_any(self) -> bool {
        self.closed.ms() | self.hours.ms() | self.down.ms() != 0
    }
}

/// Several customers that make one body wait.
#[derive(Debug)]
pub(in crate::engine) struct Join {
    pub(in crate::engine) left: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_are_told_apart() {
        let customers = [
            (CustomerId::body(7), Customer::Body(7)),
            (CustomerId::vessel(7), Customer::Vessel(7)),
            (CustomerId::token(7), Customer::Token(7)),
        ];
        for (id, customer) in customers {
            assert_eq!(id.told_apart(), customer);
            assert!(!id.is_nobody());
        }
        assert!(CustomerId::NOBODY.is_nobody());
    }
}
