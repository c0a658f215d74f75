//! What a page holds for its scripts, in few characters.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::cli::exit::Failure;

/// Packs bytes (gzip) and writes them in base64, as the script `web/page/common.js` reads them.
pub(super) fn packed(bytes: &[u8]) -> Result<String, Failure> {
    let mut packing = GzEncoder::new(Vec::new(), Compression::best());
    let packed = packing.write_all(bytes).and_then(|()| packing.finish());
    Ok(STANDARD.encode(packed.map_err(Failure::files("cannot pack"))?))
}
