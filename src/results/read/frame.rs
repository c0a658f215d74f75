//! What stands in the metadata of a file.

use parquet::file::reader::{FileReader, SerializedFileReader};
use serde::de::DeserializeOwned;

use super::Found;
use super::stored::Stored;
use crate::results::frame::unpacked_frame;

/// What stands under a key.
pub(super) fn read<T: DeserializeOwned>(reader: &SerializedFileReader<Stored>, key: &str) -> Found<T> {
    let metadata = reader.metadata().file_metadata().key_value_metadata();
    let entry = metadata.into_iter().flatten().find(|entry| entry.key == key);
    let text = entry.and_then(|entry| entry.value.as_ref()).ok_or_else(|| format!("`{key}` is missing"))?;
    let json = unpacked_frame(text).map_err(|what| of(key, &what))?;
    serde_json::from_slice(&json).map_err(|error| of(key, &error.to_string()))
}

/// What is wrong with what stands under a key.
pub(super) fn of(key: &str, what: &str) -> String {
    format!("`{key}`: {what}")
}
