//! The frame of the results as a text in the metadata of a Parquet file: JSON, deflated and in base64, a twentieth as long.

use std::io::{self, Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// Most bytes of a frame that is read: that of a matrix of many thousand flows with rows for each.
const MOST: u64 = 1 << 30;

/// A frame for a file.
///
/// # Errors
/// None that memory does not have.
pub fn packed_frame(json: &[u8]) -> io::Result<String> {
    let mut deflated = DeflateEncoder::new(Vec::new(), Compression::default());
    deflated.write_all(json)?;
    Ok(STANDARD.encode(deflated.finish()?))
}

/// The frame of a file.
pub(super) fn unpacked_frame(text: &str) -> Result<Vec<u8>, String> {
    let deflated = STANDARD.decode(text).map_err(|error| error.to_string())?;
    let mut json = Vec::new();
    let read = DeflateDecoder::new(&*deflated).take(MOST + 1).read_to_end(&mut json);
    match read.map_err(|error| error.to_string())? as u64 {
        length if length > MOST => Err(format!("it has more than {} MB", MOST >> 20)),
        _ => Ok(json),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_back_and_nonsense_does_not() {
        let json = "[\"section_time\"]".repeat(1000);
        let packed = packed_frame(json.as_bytes()).unwrap();
        assert!(packed.len() < json.len() / 20, "{}", packed.len());
        assert_eq!(unpacked_frame(&packed), Ok(json.into_bytes()));
        for wrong in ["{", "AAAA", &packed[..packed.len() / 2]] {
            assert!(unpacked_frame(wrong).is_err(), "{wrong}");
        }
    }
}
