//! Records as a list of them, and the other way round.

use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeSeq as _};

use super::{Record, Records, Space};

impl From<Vec<Record>> for Records {
    /// Records in memory, whatever they take.
    fn from(records: Vec<Record>) -> Self {
        let bytes = records.iter().map(Record::bytes).sum();
        Self { in_memory: records, bytes, ..Self::within(Space::default()) }
    }
}

impl From<Records> for Vec<Record> {
    /// All records in memory.
    fn from(records: Records) -> Self {
        if records.blocks.is_empty() {
            return records.in_memory;
        }
        records.iter().map(std::borrow::Cow::into_owned).collect()
    }
}

impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        self.iter().try_for_each(|record| list.serialize_element(&*record))?;
        list.end()
    }
}

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Record>::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
impl Records {
    /// All records in memory, to be changed.
    pub(crate) fn in_memory(&mut self) -> &mut Vec<Record> {
        *self = Self::from(Vec::from(std::mem::take(self)));
        &mut self.in_memory
    }

    /// Loses what is in the scratch file, as a broken disk would.
    #[cfg(feature = "disk")]
    pub(crate) fn lose(&self) {
        self.scratch.iter().for_each(|scratch| scratch.cut());
    }

    /// The same of which so many bytes are in memory at most.
    #[cfg(feature = "disk")]
    pub(crate) fn spilled(&self, bound: usize) -> Self {
        let mut spilled = Self::within(Space::of(bound, None));
        self.iter().for_each(|record| spilled.push(record.into_owned()).unwrap());
        spilled
    }
}
