//! Where things stand in a picture, in pixels from its upper left corner.

use std::ops::Add;

/// A point of the picture, or the way from one point to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pixel {
    pub(super) x: i32,
    pub(super) y: i32,
}

impl Pixel {
    pub(super) const fn new(x: i32, y: i32) -> Self {
        Self { x, y }
    }
}

impl Add for Pixel {
    type Output = Self;

    fn add(self, way: Self) -> Self {
        Self::new(self.x + way.x, self.y + way.y)
    }
}

impl From<Pixel> for (i32, i32) {
    fn from(pixel: Pixel) -> Self {
        (pixel.x, pixel.y)
    }
}

/// From one pixel to another in one direction; upright ones may begin at the bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Extent {
    pub(super) const fn new(from: i32, to: i32) -> Self {
        Self { from, to }
    }

    pub(super) const fn middle(self) -> i32 {
        i32::midpoint(self.from, self.to)
    }
}

/// The room of one bar: its middle, and half its thickness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) middle: i32,
    pub(super) half: i32,
}
