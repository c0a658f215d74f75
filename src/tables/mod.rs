//! Tables of others: CSV as spreadsheets write it, and sheets of workbooks, as cells that know their place.
//!
//! A [`RawTable`] is a text of CSV or a sheet. [`read`] checks its first line against the columns that it may have and
//! goes through the rows below; every finding names file, line and column, or file, sheet and cell.

#[cfg(feature = "xlsx")]
mod book;
mod cell;
mod csv;
mod encoding;
mod lines;
mod numbers;
mod raw;

#[cfg(feature = "xlsx")]
pub use book::{BookError, sheets};
pub use cell::Cell;
pub use encoding::{Undecodable, decoded};
pub use lines::{Columns, Line, Lines, read, read_lines};
pub use numbers::{NumberError, decimal_mark, number};
pub use raw::RawTable;
