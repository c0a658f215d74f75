//! What all parts of the compiler write into: cells of the time table, names of streams, errors.

use std::collections::BTreeMap;

use super::error::{PlanError, Problem};
use crate::ids::{CellId, PlaceId};
use crate::model::{CellLabel, Remark};
use crate::random::{Distribution, StreamId};
use crate::words::{Cause, Subject};

/// Cells, streams and errors over all epochs, so that an index means the same in each.
#[derive(Debug, Default)]
pub(super) struct Register {
    pub(super) places: Vec<Subject>,
    pub(super) cells: Vec<CellLabel>,
    place_ids: BTreeMap<String, PlaceId>,
    cell_ids: BTreeMap<(PlaceId, Cause), CellId>,
    streams: BTreeMap<StreamId, (String, String)>,
    errors: Vec<PlanError>,
    pub(super) remarks: Vec<Remark>,
}

impl Register {
    /// The cell of a place (a parameter path) and cause.
    pub(super) fn cell(&mut self, place: &str, cause: Cause) -> CellId {
        let place = self.place(place);
        let next = CellId::new(self.cells.len());
        let id = *self.cell_ids.entry((place, cause)).or_insert(next);
        if id == next {
            self.cells.push(CellLabel { place, cause });
        }
        id
    }

    fn place(&mut self, path: &str) -> PlaceId {
        if let Some(&id) = self.place_ids.get(path) {
            return id;
        }
        let id = PlaceId::new(self.places.len());
        self.places.push(Subject::at(path));
        self.place_ids.insert(path.to_owned(), id);
        id
    }

    /// The stream of a name, on behalf of the thing at `owner`. No two things may own one stream.
    pub(super) fn stream(&mut self, owner: &str, name: &str) -> StreamId {
        let name = name.to_ascii_lowercase();
        let id = StreamId::of(&name);
        let entry = self.streams.entry(id).or_insert_with(|| (name.clone(), owner.to_owned()));
        if *entry != (name.clone(), owner.to_owned()) {
            let problem = Problem::SameStream { name, other: entry.1.clone() };
            self.fail(owner, problem);
        }
        id
    }

    /// Names of all streams, in alphabetical order.
    #[cfg(test)]
    pub(super) fn stream_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.streams.values().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// Notes an error; each is noted once.
    pub(super) fn fail(&mut self, path: impl Into<String>, problem: Problem) {
        self.note(PlanError::new(path, problem));
    }

    pub(super) fn note(&mut self, error: PlanError) {
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    /// Notes what should be told of a scenario that can run; each is noted once.
    pub(super) fn remark(&mut self, remark: Remark) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// A constant law; nothing for a value that is not finite, which is an error.
    pub(super) fn constant(&mut self, path: &str, value: f64) -> Distribution {
        match Distribution::constant(value) {
            Ok(law) => law,
            Err(error) => {
                self.fail(path, error.into());
                Distribution::constant(0.0).unwrap_or_else(|_| unreachable!("zero is finite"))
            }
        }
    }

    /// The errors so far.
    pub(super) fn errors(&mut self) -> Vec<PlanError> {
        std::mem::take(&mut self.errors)
    }
}

/// The identity of a thing in stream names: its `key`, else its id.
pub(super) fn identity<'a>(id: &'a str, key: Option<&'a String>) -> &'a str {
    key.map_or(id, String::as_str)
}
