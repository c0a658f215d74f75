//! Statistics of replications and of what happens inside them.
//!
//! The replication is the unit of inference: an [`Estimate`] comes from one value per replication, in index order, and
//! never without its interval. What happens inside a replication is kept exactly, in integers, by [`Histogram`] and
//! [`Binned`], so that pooling replications is associative and gives the same bytes on any number of threads.
//! Comparisons of scenarios that share their random numbers go through [`Paired`] and [`Comparison`].
//!
//! Nothing here knows units or the corridor.

mod averages;
mod binned;
mod drivers;
mod estimate;
mod group_share;
mod halves;
mod histogram;
mod interval;
mod memo;
mod moments;
mod multiple;
mod nested;
mod order;
mod paired;
mod quadrature;
mod quantile;
mod ratio;
mod share;
mod stopping;
mod student;
mod sum;
mod warmup;

pub use averages::{Averages, Step};
pub use binned::{Binned, Binner, PooledSeries};
pub use drivers::{Driver, Drivers};
pub use estimate::Estimate;
pub use group_share::GroupShare;
pub use halves::{half_sample_width, halves};
pub use histogram::{Bin, Histogram, bin_of, lower, middle, upper};
pub use interval::{Interval, johnson_shift, t_half_width, t_interval, wilson, wilson_share};
pub use moments::{Moments, lag_one_autocorrelation};
pub use multiple::{Comparison, Standing, bonferroni_level, compare_with_best, holm, mcb_constant};
pub use nested::Nested;
pub use order::{QuantileRanks, order_interval, order_quantile, quantile_ranks, section_half_width, sections};
pub use paired::{Paired, Welch};
pub use quantile::{Reached, Sample, reaching, reaching_each};
pub use ratio::Ratio;
pub use share::share_interval;
pub use stopping::Precision;
pub use student::{student_cdf, student_quantile, two_sided_p};
pub use sum::{Sum, sum};
pub use warmup::{Truncation, mser5};
