//! Lists in cells: items between semicolons.

/// What stands between the items of a list.
const BETWEEN: char = ';';

/// The items of a cell; `None` where it holds a single one.
pub(super) fn items(text: &str) -> Option<Vec<&str>> {
    text.contains(BETWEEN).then(|| text.split(BETWEEN).map(str::trim).filter(|item| !item.is_empty()).collect())
}

/// Items as a cell; `None` where they cannot be told apart in it.
pub(super) fn joined(items: &[&str]) -> Option<String> {
    let is_plain = |item: &&str| !item.is_empty() && !item.contains([BETWEEN, '[', '{', '"']) && item.trim() == *item;
    items.iter().all(is_plain).then(|| items.join("; "))
}
