//! Tables by column, for consumers of any kind.

use std::borrow::Cow;

use super::cell::Cell;

/// A column of a table with all its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<'a> {
    /// Its name in files.
    pub name: Cow<'static, str>,
    /// The unit of its numbers; empty for texts, numbers of things, and where another column says it.
    pub unit: &'static str,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// One value a row.
    pub values: Values<'a>,
}

/// The values of a column, all of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Values<'a> {
    /// Texts; empty where there is none.
    Texts(Vec<Cow<'a, str>>),
    /// Whole numbers.
    Wholes(Vec<Option<u64>>),
    /// Numbers; NaN where nothing is known.
    Numbers(Vec<f64>),
    /// Whether something holds.
    Flags(Vec<Option<bool>>),
}

impl<'a> Values<'a> {
    /// The values of cells: numbers where any of them is one, whole where all are, texts where any is text.
    pub(super) fn of(cells: Vec<Cell<'a>>) -> Self {
        let any = |is: fn(&Cell<'_>) -> bool| cells.iter().any(is);
        if any(|cell| matches!(cell, Cell::Text(_))) {
            return Self::Texts(cells.into_iter().map(text).collect());
        }
        if any(|cell| matches!(cell, Cell::Number(_))) {
            return Self::Numbers(cells.iter().map(number).collect());
        }
        if any(|cell| matches!(cell, Cell::Flag(_))) {
            return Self::Flags(cells.iter().map(flag).collect());
        }
        if any(|cell| matches!(cell, Cell::Whole(_))) {
            return Self::Wholes(cells.iter().map(whole).collect());
        }
        Self::Numbers(vec![f64::NAN; cells.len()])
    }

    /// The values as numbers; `None` if they are not numbers with a fraction.
    pub fn numbers(&self) -> Option<&[f64]> {
        if let Self::Numbers(values) = self { Some(values) } else { None }
    }

    /// The values as whole numbers; `None` if they are none.
    pub fn wholes(&self) -> Option<&[Option<u64>]> {
        if let Self::Wholes(values) = self { Some(values) } else { None }
    }

    /// The values as texts; `None` if they are none.
    pub fn texts(&self) -> Option<&[Cow<'a, str>]> {
        if let Self::Texts(values) = self { Some(values) } else { None }
    }

    /// The number of rows.
    pub const fn len(&self) -> usize {
        match self {
            Self::Texts(values) => values.len(),
            Self::Wholes(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Flags(values) => values.len(),
        }
    }

    /// Whether there is no row.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A cell as it stands in a file, without the quotes.
fn text(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => text,
        Cell::Empty => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    }
}

fn number(cell: &Cell<'_>) -> f64 {
    match cell {
        Cell::Number(number) => *number,
        Cell::Whole(number) => *number as f64,
        _ => f64::NAN,
    }
}

const fn whole(cell: &Cell<'_>) -> Option<u64> {
    if let Cell::Whole(number) = cell { Some(*number) } else { None }
}

const fn flag(cell: &Cell<'_>) -> Option<bool> {
    if let Cell::Flag(holds) = cell { Some(*holds) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_of_one_kind() {
        let numbers = Values::of(vec![Cell::Number(0.5), Cell::Empty, Cell::Whole(2)]);
        let values = numbers.numbers().unwrap();
        assert_eq!((values[0].to_bits(), values[2].to_bits()), (0.5_f64.to_bits(), 2.0_f64.to_bits()));
        assert!(values[1].is_nan());
        assert_eq!(Values::of(vec![Cell::Whole(7), Cell::Empty]).wholes(), Some(&[Some(7), None][..]));
        let texts = Values::of(vec![Cell::Empty, Cell::Text("=a".into()), Cell::Whole(1)]);
        assert_eq!(texts.texts().unwrap(), ["", "=a", "1"]);
        assert_eq!(Values::of(vec![Cell::Flag(true), Cell::Empty]), Values::Flags(vec![Some(true), None]));
        assert!(Values::of(vec![Cell::Empty]).numbers().unwrap()[0].is_nan() && Values::of(Vec::new()).is_empty());
    }
}
