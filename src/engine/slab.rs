//! A table whose places are used again.

/// A table whose places are used again, the last freed first.
#[derive(Debug)]
pub(super) struct Slab<T> {
    items: Vec<T>,
    free: Vec<u32>,
    live: Vec<bool>,
}

impl<T> Slab<T> {
    pub(super) const fn new() -> Self {
        Self { items: Vec::new(), free: Vec::new(), live: Vec::new() }
    }

    /// Puts an item in and returns its place.
    #[inline]
    pub(super) fn insert(&mut self, item: T) -> u32 {
        if let Some(place) = self.free.pop() {
            self.items[place as usize] = item;
            self.live[place as usize] = true;
            return place;
        }
        self.items.push(item);
        self.live.push(true);
        (self.items.len() - 1) as u32
    }

    /// A place with what was last left in it, or something new; made for a place.
    #[inline]
    pub(super) fn claim(&mut self, new: impl FnOnce(u32) -> T) -> u32 {
        if let Some(place) = self.free.pop() {
            self.live[place as usize] = true;
            return place;
        }
        let place = self.items.len() as u32;
        self.items.push(new(place));
        self.live.push(true);
        place
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
    pub(super) fn most(&self) -> usize {
        self.items.len()
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
        self.items.iter().enumerate().filter(|(place, _)| self.live[*place]).map(|(place, item)| (place as u32, item))
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
