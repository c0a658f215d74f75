//! Results: what replications left, as measures with their errors.
//!
//! [`Layout::of`] fixes, from the plan alone, which rows there are and how each is computed. [`Record::of`] applies it
//! to the outcome of one replication and keeps little: one number a row, the exact percentiles of its durations, and how
//! many of them lie in each bin. [`Kept`] has the bins of all replications together with the least and the greatest value
//! of each, between which pooled quantiles are interpolated. [`Records`] hold those of any number of replications in little memory. [`Results`] are the records in order of replication with a [`Manifest`] and the
//! [`Catalogue`] that names their columns; [`Results::summary`] turns them into [`SummaryRow`]s. Shards merge to what one
//! run would have given, to the bit, because only records are merged and everything else is computed from them.
//!
//! Who asks for one figure names it as people do, `section.altynkol-poti P95`: [`MeasureRef`] finds it.
//!
//! Conventions. Rates are per 365 days whatever the period is. Months count whole, even where the horizon cuts them.
//! `corridor`, `cargo.ID` and `tag.NAME.VALUE` are of counted flows, `all` of all demand; what pools make to bring
//! things home is in neither. Times of several flows together leave out flows without mass, unless none has any.
//! A quantile that falls among unfinished shipments is not known and is left empty.

mod bills;
mod burden;
mod catalogue;
mod difference;
mod distribution;
mod facts;
pub mod files;
#[cfg(feature = "parquet")]
mod frame;
mod growth;
mod kept;
mod layout;
mod manifest;
mod measure;
mod merge;
mod packed;
mod pool;
#[cfg(feature = "parquet")]
mod read;
mod record;
mod records;
mod sparse;
mod study;
mod summary;
#[cfg(test)]
pub(crate) mod synthetic;
mod total;
mod widths;

pub use burden::{Burden, Circle, Fall, FallBetween, Holding};
pub use catalogue::{
    Catalogue, Network, NetworkLink, NetworkName, NetworkNode, NetworkPeriod, NetworkSection, Pooled, RowKey, SeriesKey,
};
pub use difference::Difference;
pub use distribution::Slice;
#[cfg(feature = "parquet")]
pub use frame::packed_frame;
pub use growth::{GrowingQueue, Growth, QueueYears, growing_among};
pub use kept::Kept;
pub use layout::{Detail, Layout, MOST_FLOWS_WITH_ROWS};
pub use manifest::{Manifest, Materiality, Run, ScenarioIdentity, Window, time_zones};
pub use measure::{Estimated, MeasureError, MeasureRef};
pub use merge::{MergeError, merging_order};
pub use packed::{BinCount, Packed, Shelf};
pub use pool::{Pool, Quantile, unfinished_bin};
#[cfg(feature = "parquet")]
pub use read::{ReadError, StoredRow, StoredTable};
pub use record::{Own, PERCENTILES, Record};
pub use records::{Histograms, Part, Records, ScratchError, Space};
pub use sparse::Sparse;
pub use study::Study;
pub use summary::{Results, Summary, SummaryFrame, SummaryRow, draws_of, ms_per_unit};
