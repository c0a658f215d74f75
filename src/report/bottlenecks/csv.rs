//! `bottlenecks.csv`.

use crate::analysis::{Bottlenecks, Row};
use crate::report::sheet::{Column, Sheet, column, sheet};

/// One row a capacity or change.
pub(super) fn worths(found: &Bottlenecks) -> Box<dyn Sheet + '_> {
    let mut columns = of_capacity();
    columns.extend(of_worth());
    sheet("bottlenecks.csv", columns, &found.rows)
}

/// What a capacity is, and how it is used.
fn of_capacity<'b>() -> Vec<Column<&'b Row>> {
    type Of<'r> = &'r Row;
    vec![
        column("change", "", "What would be changed.", |row: &Of<'_>| row.change.as_str().into()),
        column("path", "", "The capacity.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.path.as_str()).into()),
        column("kind", "", "Its kind.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.kind.word()).into()),
        column("amount", "", "How much there is.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.amount).into()),
        column("step", "", "How much more is tried.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.step).into()),
        column("unit", "", "Of both.", |row: &Of<'_>| row.capacity.as_ref().map(|of| of.unit.as_str()).into()),
        column("utilisation", "1", "Utilisation by arithmetic.", |row: &Of<'_>| row.usage.utilisation.into()),
        column("busy", "1", "Share of the time in use.", |row: &Of<'_>| row.usage.busy.into()),
        column("blocked", "1", "Share held by the served who cannot go on.", |row: &Of<'_>| row.usage.blocked.into()),
        column("down", "1", "Share out of order.", |row: &Of<'_>| row.usage.down.into()),
        column("closed", "1", "Share shut.", |row: &Of<'_>| row.usage.closed.into()),
        column("waited_h_per_yr", "h/yr", "Hours that all together waited before it.", |row: &Of<'_>| {
            row.hours_waited.into()
        }),
        column("unserved_h", "h", "Hours so far of those who were never served.", |row: &Of<'_>| row.unserved.into()),
        column("waiting_h", "h", "Mean hours of the corridor's cargo before it.", |row: &Of<'_>| row.waiting.into()),
        column("waiting_share", "1", "The same as a share of the transit time.", |row: &Of<'_>| {
            row.waiting_share.into()
        }),
    ]
}

/// What one more is worth.
fn of_worth<'b>() -> Vec<Column<&'b Row>> {
    type Of<'r> = &'r Row;
    vec![
        column("tried", "", "Whether the change was simulated.", |row: &Of<'_>| row.gain.is_some().into()),
        column("rank_by_tonnes", "", "Rank by tonnes, if significant.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.rank_by_tonnes).into()
        }),
        column("rank_by_hours", "", "Rank by hours, if significant.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.rank_by_hours).into()
        }),
        column("tonnes", "t/yr", "More tonnes carried.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.tonnes).map(|effect| effect.difference.mean).into()
        }),
        column("tonnes_half_width", "t/yr", "Half the width of its interval.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.tonnes).map(|effect| effect.difference.half_width).into()
        }),
        column("tonnes_p", "", "Its p-value, all steps looked at together (Holm).", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.tonnes).map(|effect| effect.p_adjusted).into()
        }),
        column("teu", "TEU/yr", "More TEU carried.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.teu.as_ref()).map(|effect| effect.difference.mean).into()
        }),
        column("teu_half_width", "TEU/yr", "Half the width of its interval.", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.teu.as_ref()).map(|effect| effect.difference.half_width).into()
        }),
        column("teu_p", "", "Its p-value, all steps looked at together (Holm).", |row: &Of<'_>| {
            row.gain.as_ref().and_then(|gain| gain.teu.as_ref()).map(|effect| effect.p_adjusted).into()
        }),
        column("hours", "h", "More hours of mean transit.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.hours).map(|effect| effect.difference.mean).into()
        }),
        column("hours_half_width", "h", "Half the width of its interval.", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.hours).map(|effect| effect.difference.half_width).into()
        }),
        column("hours_p", "", "Its p-value, all steps looked at together (Holm).", |row: &Of<'_>| {
            row.gain.as_ref().map(|gain| &gain.hours).map(|effect| effect.p_adjusted).into()
        }),
        column(
            "variance_reduction",
            "",
            "How many times as many independent replications the pairs are worth.",
            |row: &Of<'_>| row.gain.as_ref().and_then(|gain| gain.hours.difference.variance_reduction).into(),
        ),
    ]
}
