//! Bytes as text, in the encodings in which spreadsheets save it.

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undecodable {
    /// They are in another encoding.
    #[error(
        "line {line}, column {column} is not UTF-8 text; in a spreadsheet choose \"CSV UTF-8\", or save a workbook (.xlsx)"
    )]
    NotText {
        /// Line of the first byte that does not fit.
        line: usize,
        /// Its column.
        column: usize,
    },
    /// It says that it is UTF-16 and is not.
    #[error("it begins as UTF-16 text and is none; in a spreadsheet choose \"CSV UTF-8\"")]
    BrokenUtf16,
}

/// The text without the mark of its byte order: UTF-8, or UTF-16 where that mark says so (what Excel calls "Unicode text").
///
/// # Errors
/// The bytes are in another encoding.
pub fn decoded(bytes: &[u8]) -> Result<String, Undecodable> {
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, Undecodable> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let line = good.matches('\n').count() + 1;
        Undecodable::NotText { line, column: good.rsplit('\n').next().unwrap_or_default().chars().count() + 1 }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Undecodable> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().copied().map(unit)).collect::<Result<String, _>>();
    text.ok().filter(|_| rest.is_empty()).ok_or(Undecodable::BrokenUtf16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_a_spreadsheet_is_read() {
        let text = "порт;1 485 000,5\r\n";
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let little = [&[0xFF, 0xFE][..], &wide(u16::to_le_bytes)].concat();
        let big = [&[0xFE, 0xFF][..], &wide(u16::to_be_bytes)].concat();
        let marked = format!("\u{feff}{text}").into_bytes();
        for bytes in [little, big, marked, text.as_bytes().to_vec()] {
            assert_eq!(decoded(&bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        assert_eq!(decoded(b"a\nb\xcf\xee"), Err(Undecodable::NotText { line: 2, column: 2 }));
        assert_eq!(decoded(&[0xFF, 0xFE, 0x41]), Err(Undecodable::BrokenUtf16));
        assert_eq!(decoded(&[0xFF, 0xFE, 0x00, 0xD8]), Err(Undecodable::BrokenUtf16));
    }
}
