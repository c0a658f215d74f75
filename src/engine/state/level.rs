//! How many there are of something, and the integral of that over time.

use crate::units::SimTime;

/// A number that changes with time. Its integral is the number × now less the sum of change × moment, so that a change costs one
/// addition, and nothing is multiplied until somebody asks.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Level {
    number: u32,
    /// The number × the moment when the integral was last asked for, and since then change × moment, in milliseconds. This
    /// may wrap: only differences are of use.
    moments: i64,
}

impl Level {
    #[inline]
    pub(in crate::engine) const fn number(self) -> u32 {
        self.number
    }

    /// There is one more from now on.
    #[inline]
    pub(in crate::engine) const fn rise(&mut self, now: SimTime) {
        self.number += 1;
        self.moments = self.moments.wrapping_add(now.ms());
    }

    /// There is one less from now on.
    #[inline]
    pub(in crate::engine) const fn fall(&mut self, now: SimTime) {
        self.number -= 1;
        self.moments = self.moments.wrapping_sub(now.ms());
    }

    /// There are so many more from now on.
    #[inline]
    pub(in crate::engine) const fn rise_by(&mut self, more: u32, now: SimTime) {
        self.number += more;
        self.moments = self.moments.wrapping_add((more as i64).wrapping_mul(now.ms()));
    }

    /// There are so many less from now on.
    #[inline]
    pub(in crate::engine) const fn fall_by(&mut self, less: u32, now: SimTime) {
        self.number -= less;
        self.moments = self.moments.wrapping_sub((less as i64).wrapping_mul(now.ms()));
    }

    /// There are so many from now on.
    #[inline]
    pub(in crate::engine) const fn turn_to(&mut self, number: u32, now: SimTime) {
        let change = number as i64 - self.number as i64;
        self.number = number;
        self.moments = self.moments.wrapping_add(change.wrapping_mul(now.ms()));
    }

    /// The integral since this was last asked for, in milliseconds.
    pub(in crate::engine) const fn integral(&mut self, now: SimTime) -> i64 {
        let up_to_now = now.ms().wrapping_mul(self.number as i64);
        up_to_now.wrapping_sub(std::mem::replace(&mut self.moments, up_to_now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_integral_of_a_number_that_rises_and_falls() {
        let at = SimTime::from_ms;
        let mut level = Level::default();
        level.rise(at(10));
        level.rise(at(30));
        assert_eq!((level.number(), level.integral(at(40))), (2, 20 + 2 * 10));
        assert_eq!(level.integral(at(40)), 0);
        level.fall(at(45));
        assert_eq!(level.integral(at(100)), 2 * 5 + 55);
        level.fall(at(100));
        assert_eq!((level.number(), level.integral(at(1000))), (0, 0));
        level.rise_by(5, at(1000));
        level.fall_by(2, at(1010));
        level.turn_to(7, at(1020));
        level.turn_to(1, at(1025));
        assert_eq!((level.number(), level.integral(at(1030))), (1, 5 * 10 + 3 * 10 + 7 * 5 + 5));
    }

    #[test]
    fn what_the_moments_come_to_may_be_more_than_fits() {
        let mut level = Level { number: u32::MAX - 1, moments: 0 };
        let start = SimTime::from_ms(i64::MAX / 1000);
        level.integral(start);
        level.rise(SimTime::from_ms(start.ms() + 2));
        assert_eq!(level.integral(SimTime::from_ms(start.ms() + 3)), 3 * (i64::from(u32::MAX) - 1) + 1);
    }
}
