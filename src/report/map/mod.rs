//! A network on a map: what each link carries, how much of it is used, where is waited; or what a what-if changes.
//!
//! Lambert's conformal conic projection of Natural Earth's coasts and borders, drawn as SVG by what is here alone: a map is lines,
//! rings and names, for which no library of charts is made.

mod drawing;
mod figures;
mod frame;
mod inset;
mod labels;
mod land;
mod layer;
mod legend;
mod line;
mod palette;
mod projection;
mod shown;
mod view;

pub(super) use drawing::{Map, of_run};
pub(super) use layer::Layer;
