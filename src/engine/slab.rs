//! A table whose places are used again.

/// A table whose places are used again, the last freed first.
#[derive(Debug)]
pub(super) struct Slab<T> {
    /// Of each place that was ever used, in this replication or in one before it.
    items: Vec<T>,
    free: Vec<u32>,
    /// Of each place that was used in this replication.
    live: Vec<bool>,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self { items: Vec::new(), free: Vec::new(), live: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// Puts an item in and returns its place.
    #[inline]
    pub(super) fn insert(&mut self, item: T) -> u32 {
        let place = self.take_freed().unwrap_or_else(|| self.take_unused());
        match self.items.get_mut(place as usize) {
            Some(left) => *left = item,
            None => self.items.push(item),
        }
        place
    }

    /// A place with what was last left in it, or something new; made for a place.
    #[inline]
    pub(super) fn claim(&mut self, new: impl FnOnce(u32) -> T) -> u32 {
        self.take_freed().unwrap_or_else(|| self.claim_unused(new))
    }

    /// The place that was freed last. Which place is given out next is the same whether something was left in places or not.
    #[inline]
    fn take_freed(&mut self) -> Option<u32> {
        let place = self.free.pop()?;
        self.live[place as usize] = true;
        Some(place)
    }

    /// The first place that was not used yet.
    fn take_unused(&mut self) -> u32 {
        self.live.push(true);
        self.live.len() as u32 - 1
    }

    /// Apart, as hardly a place is.
    #[inline(never)]
    fn claim_unused(&mut self, new: impl FnOnce(u32) -> T) -> u32 {
        let place = self.take_unused();
        if place as usize == self.items.len() {
            self.items.push(new(place));
        }
        place
    }

    /// Gives all places back at once, as if none had been used yet.
    pub(super) fn clear(&mut self) {
        self.live.clear();
        self.free.clear();
    }

    /// Two items at once.
    pub(super) fn pair(&mut self, one: u32, other: u32) -> (&mut T, &mut T) {
        let [one, other] = self.items.get_disjoint_mut([one as usize, other as usize]).expect("two different places");
        (one, other)
    }

    /// Whether a place has an item.
    pub(super) fn is_live(&self, place: u32) -> bool {
        self.live[place as usize]
    }

    /// The most items that were there at one time.
    pub(super) const fn most(&self) -> usize {
        self.live.len()
    }

    /// Gives a place back. What is left in it is overwritten by the next insertion.
    #[inline]
    pub(super) fn remove(&mut self, place: u32) {
        debug_assert!(self.live[place as usize], "a place is freed once");
        self.live[place as usize] = false;
        self.free.push(place);
    }

    /// The live items with their places, in order of places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        let places = self.items.iter().zip(&self.live).enumerate();
        places.filter(|(_, (_, is_live))| **is_live).map(|(place, (item, _))| (place as u32, item))
    }
}

impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;
    #[inline]
    fn index(&self, place: u32) -> &T {
        &self.items[place as usize]
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    #[inline]
    fn index_mut(&mut self, place: u32) -> &mut T {
        &mut self.items[place as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else a replication would depend on which one had the table before it.
    #[test]
    fn a_table_that_was_cleared_gives_out_the_places_of_a_new_one() {
        let places = |slab: &mut Slab<char>| {
            let first = [slab.insert('a'), slab.claim(|_| 'b'), slab.insert('c')];
            slab.remove(first[1]);
            slab.remove(first[0]);
            [first.to_vec(), vec![slab.insert('d'), slab.claim(|_| 'e'), slab.insert('f')]].concat()
        };
        let mut slab = Slab::default();
        let expected = places(&mut slab);
        assert_eq!(expected, [0, 1, 2, 0, 1, 3]);
        slab.clear();
        assert_eq!((slab.most(), slab.iter().count()), (0, 0));
        assert_eq!(places(&mut slab), expected);
        assert_eq!(slab.iter().map(|(place, item)| (place, *item)).collect::<Vec<_>>()[2..], [(2, 'c'), (3, 'f')]);
    }
}
