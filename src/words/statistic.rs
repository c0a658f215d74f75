//! Which number of a row.

use super::word::words;

words! {
    /// Which number of a row.
    Statistic "statistic":
    Mean "mean" "The mean of the replications' values.";
    P5 "P5" "The 5th percentile, of what the row's `over` says.";
    P50 "P50" "The median.";
    P90 "P90" "The 90th percentile.";
    P95 "P95" "The 95th percentile.";
}

words! {
    /// Of what `sd` and the percentiles of a row are.
    Over "spread":
    Shipments "shipments" "Of all shipments pooled.";
    Years "years" "Of replications.";
}

impl Statistic {
    /// Its place among the percentiles that are kept; `None` of the mean.
    pub(crate) const fn percentile(self) -> Option<usize> {
        match self {
            Self::Mean => None,
            Self::P5 => Some(0),
            Self::P50 => Some(1),
            Self::P90 => Some(2),
            Self::P95 => Some(3),
        }
    }
}
