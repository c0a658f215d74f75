//! Numbers as people and spreadsheets write them.

/// Why a text is not read as a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// It is none.
    #[error("digits, such as 1485000, 45.5 or 1 485 000,5, without a unit")]
    None,
    /// A mark may stand before decimals or between thousands.
    #[error("it may mean {0} or {1}; write one of them")]
    Ambiguous(String, String),
}

/// What stands between thousands, besides a point or a comma: blanks that do not break, narrow ones, apostrophes.
const BETWEEN: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// The number of a text. A lone mark before three digits is taken for what it is elsewhere in the same table: `decimal` says
/// which mark stands before decimals there, if that can be seen.
///
/// # Errors
/// It is no finite number, or may be one of two.
pub fn number(text: &str, decimal: Option<char>) -> Result<f64, NumberError> {
    let joined = without_blanks(text).ok_or(NumberError::None)?;
    let joined = joined.strip_prefix('−').map_or(joined.clone(), |rest| format!("-{rest}"));
    let marks: Vec<(usize, char)> = joined.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    match marks[..] {
        [] => plain(&joined),
        [(at, mark)] => single(&joined, at, mark, decimal),
        _ => grouped(&joined),
    }
}

/// Without the blanks between thousands, each of which stands before three digits.
fn without_blanks(text: &str) -> Option<String> {
    let mut parts = text.trim().split(BETWEEN);
    let mut joined = parts.next()?.to_owned();
    for part in parts {
        let digits = part.split(['.', ',', 'e', 'E']).next().unwrap_or_default();
        let is_group = digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit());
        if !is_group || !joined.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        joined.push_str(part);
    }
    Some(joined)
}

fn plain(text: &str) -> Result<f64, NumberError> {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    text.parse::<f64>().ok().filter(|number| has_digit && number.is_finite()).ok_or(NumberError::None)
}

/// One mark: of decimals, unless it stands before a group of three and the table has another mark of decimals.
fn single(text: &str, at: usize, mark: char, decimal: Option<char>) -> Result<f64, NumberError> {
    let as_decimal = text.replace(mark, ".");
    let (before, after) = (&text[..at], &text[at + 1..]);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let may_group = after.len() == 3 && digits(after) && is_group_head(before);
    // The point is the mark of decimals wherever nothing says otherwise.
    if !may_group || decimal == Some(mark) || (mark == '.' && decimal.is_none()) {
        return plain(&as_decimal);
    }
    let as_group = format!("{before}{after}");
    match (plain(&as_decimal), plain(&as_group)) {
        (Ok(_), Ok(_)) => Err(NumberError::Ambiguous(as_decimal, as_group)),
        _ => Err(NumberError::None),
    }
}

/// One to three digits of which the first is not 0, perhaps behind a sign.
fn is_group_head(text: &str) -> bool {
    let digits = text.trim_start_matches(['-', '+']);
    (1..=3).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Several marks: groups of three, and perhaps the other mark once before decimals.
fn grouped(text: &str) -> Result<f64, NumberError> {
    let last = text.rfind(['.', ',']).ok_or(NumberError::None)?;
    let mark = text[..last].chars().find(|c| matches!(c, '.' | ',')).ok_or(NumberError::None)?;
    let (whole, decimals) =
        if text[last..].starts_with(mark) { (text, "") } else { (&text[..last], &text[last + 1..]) };
    let mut groups = whole.split(mark);
    let is_head = groups.next().is_some_and(is_group_head);
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    if !is_head || !groups.all(is_group) {
        return Err(NumberError::None);
    }
    plain(&format!("{}.{decimals}", whole.replace(mark, "")))
}

/// The mark before decimals that texts of a table show: a comma where one of them has a comma that can be nothing else and none
/// has such a point.
pub fn decimal_mark<'a>(texts: impl Iterator<Item = &'a str>) -> Option<char> {
    let mut seen = [false; 2];
    for text in texts.filter(|text| text.contains(['.', ','])) {
        for (mark, seen) in ['.', ','].into_iter().zip(&mut seen) {
            *seen |= surely_decimal(text, mark);
        }
    }
    match seen {
        [true, false] => Some('.'),
        [false, true] => Some(','),
        _ => None,
    }
}

/// Whether a mark stands before decimals whatever the other marks of the table are.
fn surely_decimal(text: &str, mark: char) -> bool {
    let Some(joined) = without_blanks(text) else { return false };
    let Some((before, after)) = joined.rsplit_once(mark) else { return false };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let head = before.trim_start_matches(['-', '+', '−']).replace(['.', ','], "");
    let is_alone = !before.contains(mark);
    is_alone
        && is_digits(after)
        && is_digits(&head)
        && (after.len() != 3 || !is_group_head(before) || before.contains(['.', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_habit_are_read() {
        for (text, decimal, value) in [
            ("1485000", None, 1_485_000.0),
            ("45.5", None, 45.5),
            ("45,5", None, 45.5),
            ("-45,5", Some(','), -45.5),
            ("−3", None, -3.0),
            ("1 485 000,5", None, 1_485_000.5),
            ("1\u{a0}485\u{a0}000", None, 1_485_000.0),
            ("1\u{202f}485,25", Some(','), 1485.25),
            ("1.485.000,5", None, 1_485_000.5),
            ("1,485,000.5", None, 1_485_000.5),
            ("1,485,000", None, 1_485_000.0),
            ("1'485'000", None, 1_485_000.0),
            ("4,484", Some(','), 4.484),
            ("4.484", None, 4.484),
            ("0,125", None, 0.125),
            ("1e3", None, 1000.0),
        ] {
            assert_eq!(number(text, decimal), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_numbers_or_none_is_not_read() {
        let two = |one: &str, other: &str| Err(NumberError::Ambiguous(one.to_owned(), other.to_owned()));
        assert_eq!(number("4,484", None), two("4.484", "4484"));
        assert_eq!(number("4.484", Some(',')), two("4.484", "4484"));
        for text in
            ["", "12 kt", "nan", "inf", "1 2", "12 34", "1,2,3", "1.234,5.6", "--1", "1 234 56", "0x10", "e5", ","]
        {
            assert_eq!(number(text, None), Err(NumberError::None), "{text}");
        }
    }

    #[test]
    fn a_table_shows_its_mark_of_decimals() {
        let mark = |texts: &[&str]| decimal_mark(texts.iter().copied());
        assert_eq!(mark(&["4,484", "12,5"]), Some(','));
        assert_eq!(mark(&["4,484", "12.5"]), Some('.'));
        assert_eq!(mark(&["1.234,5"]), Some(','));
        assert_eq!(mark(&["4,484"]), None);
        assert_eq!(mark(&["1,5", "1.5"]), None);
        assert_eq!(mark(&["section.altynkol-poti", "2024-01-01", "a, b"]), None);
    }
}
