//! The servers of a station.

use super::customer::CustomerId;
use crate::units::{Duration, SimTime};

#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Server {
    pub(in crate::engine) taken: bool,
    /// Whom it serves.
    pub(in crate::engine) customer: Option<CustomerId>,
    /// When the service ends.
    pub(in crate::engine) ends: SimTime,
    /// How long it has been interrupted by failures.
    pub(in crate::engine) interrupted: Duration,
    pub(in crate::engine) failed: bool,
    pub(in crate::engine) failed_since: SimTime,
    pub(in crate::engine) failures: u64,
    /// When it fails next; never, while that is not known.
    pub(in crate::engine) next_failure: SimTime,
}

impl Server {
    /// One that is free.
    const NEW: Self = Self {
        taken: false,
        customer: None,
        ends: SimTime::ZERO,
        interrupted: Duration::ZERO,
        failed: false,
        failed_since: SimTime::ZERO,
        failures: 0,
        next_failure: SimTime::MAX,
    };

    /// Failed, and not held by a customer who is done.
    const fn is_down(&self) -> bool {
        self.failed && (!self.taken || self.customer.is_some())
    }

    pub(in crate::engine) const fn is_free(&self) -> bool {
        !self.taken && !self.failed
    }
}

/// The servers of a station; none where their number has no limit.
#[derive(Debug, Default)]
pub(in crate::engine) struct Servers {
    all: Vec<Server>,
    /// A bit for each server that is free: a station may have a million.
    free: Vec<u64>,
    /// Servers that are down.
    down: u32,
}

impl Servers {
    pub(in crate::engine) const fn len(&self) -> usize {
        self.all.len()
    }

    /// How many are down.
    pub(in crate::engine) const fn down(&self) -> u32 {
        self.down
    }

    pub(in crate::engine) fn iter(&self) -> impl Iterator<Item = &Server> {
        self.all.iter()
    }

    /// Adds free servers until there are so many.
    pub(super) fn grow(&mut self, servers: u32) {
        let had = self.all.len() as u32;
        self.all.resize(servers as usize, Server::NEW);
        self.free.resize(servers.div_ceil(64) as usize, 0);
        (had..servers).for_each(|server| self.change(server, |_| {}));
    }

    /// Changes a server, and what is known of all together; without a limit there are none.
    #[inline]
    pub(in crate::engine) fn change(&mut self, server: u32, change: impl FnOnce(&mut Server)) {
        let Some(record) = self.all.get_mut(server as usize) else { return };
        let was_down = record.is_down();
        change(record);
        self.down = self.down + u32::from(record.is_down()) - u32::from(was_down);
        let (word, bit) = (&mut self.free[server as usize / 64], 1 << (server % 64));
        *word = if record.is_free() { *word | bit } else { *word & !bit };
    }

    /// A free server takes a customer, whose service ends at a moment; without a limit there are none.
    #[inline]
    pub(in crate::engine) fn take(&mut self, server: u32, customer: CustomerId, ends: SimTime) {
        let Some(record) = self.all.get_mut(server as usize) else { return };
        (record.taken, record.customer) = (true, Some(customer));
        (record.ends, record.interrupted) = (ends, Duration::ZERO);
        self.free[server as usize / 64] &= !(1 << (server % 64));
    }

    /// How long the service of a server has been interrupted.
    #[inline]
    pub(in crate::engine) fn interrupted(&self, server: u32) -> Duration {
        self.all.get(server as usize).map_or(Duration::ZERO, |record| record.interrupted)
    }

    /// A server is done with its customer, who may hold it still.
    #[inline]
    pub(in crate::engine) fn serves_nobody(&mut self, server: u32) {
        match self.all.get_mut(server as usize) {
            Some(record) if !record.failed => record.customer = None,
            _ => self.change(server, |record| record.customer = None),
        }
    }

    /// A server is no longer taken.
    #[inline]
    pub(in crate::engine) fn give_up(&mut self, server: u32) {
        match self.all.get_mut(server as usize) {
            Some(record) if !record.failed => {
                (record.taken, record.customer) = (false, None);
                self.free[server as usize / 64] |= 1 << (server % 64);
            }
            _ => self.change(server, |record| (record.taken, record.customer) = (false, None)),
        }
    }

    /// A server that a customer has goes to another one, where servers do not fail, so that nobody asks when the service ends.
    #[inline]
    pub(in crate::engine) fn hand_over(&mut self, server: u32, customer: CustomerId) {
        if let Some(record) = self.all.get_mut(server as usize) {
            record.customer = Some(customer);
        }
    }

    /// The first free server of so many.
    #[inline]
    pub(in crate::engine) fn first_free(&self, limit: u32) -> Option<u32> {
        // Nearly all stations have so few that one word holds them.
        if let [word] = self.free[..] {
            return Some(word.trailing_zeros()).filter(|server| *server < limit.min(64));
        }
        let (at, word) = self.free.iter().enumerate().find(|(_, word)| **word != 0)?;
        Some(at as u32 * 64 + word.trailing_zeros()).filter(|server| *server < limit)
    }
}

impl std::ops::Index<u32> for Servers {
    type Output = Server;
    fn index(&self, server: u32) -> &Server {
        &self.all[server as usize]
    }
}

impl std::ops::IndexMut<u32> for Servers {
    fn index_mut(&mut self, server: u32) -> &mut Server {
        &mut self.all[server as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::super::customer::ANY_SERVER;
    use super::*;

    #[test]
    fn the_first_free_server_and_those_that_are_down() {
        let mut servers = Servers::default();
        servers.grow(130);
        (0..129).for_each(|server| servers.change(server, |record| record.taken = true));
        assert_eq!((servers.first_free(130), servers.first_free(129)), (Some(129), None));
        servers.change(129, |record| record.failed = true);
        assert_eq!((servers.first_free(130), servers.down), (None, 1));
        // Whoever is done and held up keeps a failed server busy; once it is given up, it is down.
        servers.change(70, |record| record.failed = true);
        assert_eq!(servers.down, 1);
        servers.change(70, |record| record.taken = false);
        assert_eq!((servers.first_free(130), servers.down), (None, 2));
        servers.change(70, |record| record.failed = false);
        assert_eq!((servers.first_free(130), servers.down), (Some(70), 1));
        servers.grow(200);
        assert_eq!(servers.first_free(200), Some(70));
        servers.change(ANY_SERVER, |record| record.taken = true);
    }
}
