//! `stress.csv`, `years.csv` and `backlog.csv`.

use jiff::civil::DateTime;

use crate::analysis::stress::{Band, Case, Row, Stress, Year};
use crate::report::sheet::{Column, Sheet, column, sheet};

/// A closure, of the base or of a what-if.
#[derive(Clone, Copy)]
struct OfCase<'s> {
    what_if: &'s str,
    case: &'s Case,
}

/// The closures of the base, then those of each what-if.
fn all_cases(stress: &Stress) -> impl Iterator<Item = OfCase<'_>> {
    let own = stress.cases.iter().map(|case| OfCase { what_if: "", case });
    own.chain(
        stress
            .what_ifs
            .iter()
            .flat_map(|what_if| what_if.cases.iter().map(|case| OfCase { what_if: &what_if.name, case })),
    )
}

/// One row a closure, measure and subject.
pub(super) fn effects(stress: &Stress) -> Box<dyn Sheet + '_> {
    let rows = all_cases(stress).flat_map(|of| stress.rows(of.case).into_iter().map(move |row| (of, row)));
    sheet("stress.csv", of_effects(), rows)
}

fn of_effects<'s>() -> Vec<Column<(OfCase<'s>, Row)>> {
    type Of<'r> = (OfCase<'r>, Row);
    vec![
        column("what_if", "", "The what-if; empty of the scenario itself.", |row: &Of<'_>| row.0.what_if.into()),
        column("from", "", "Beginning of the closure.", |row: &Of<'_>| row.0.case.from.to_string().into()),
        column("until", "", "Its end.", |row: &Of<'_>| row.0.case.until.to_string().into()),
        column("measure", "", "The effect.", |row: &Of<'_>| row.1.measure.word().into()),
        column("subject", "", "The corridor, or a cargo.", |row: &Of<'_>| row.1.subject.as_str().into()),
        column("unit", "", "The unit of the figures.", |row: &Of<'_>| row.1.unit.into()),
        column("n", "", "Replications.", |row: &Of<'_>| row.1.n.into()),
        column("mean", "", "Mean over replications.", |row: &Of<'_>| row.1.mean.into()),
        column("sd", "", "Standard deviation between replications.", |row: &Of<'_>| row.1.sd.into()),
        column("half_width", "", "Half the width of the interval of the mean.", |row: &Of<'_>| row.1.half_width.into()),
        column("level", "", "Level of the intervals.", |row: &Of<'_>| row.1.level.into()),
        column("p5", "", "The 5th percentile over replications.", |row: &Of<'_>| row.1.p5.into()),
        column("p50", "", "The median.", |row: &Of<'_>| row.1.p50.into()),
        column("p50_half_width", "", "Half the width of its interval.", |row: &Of<'_>| row.1.p50_half_width.into()),
        column("p90", "", "The 90th percentile.", |row: &Of<'_>| row.1.p90.into()),
        column("p95", "", "The 95th percentile.", |row: &Of<'_>| row.1.p95.into()),
    ]
}

/// Every replication of every closure; `days_to_clear` is empty where the backlog is not gone.
pub(super) fn years(stress: &Stress) -> Box<dyn Sheet + '_> {
    let rows = all_cases(stress).flat_map(|of| of.case.years.iter().map(move |year| (of, year)));
    sheet("years.csv", of_years(), rows)
}

fn of_years<'s>() -> Vec<Column<(OfCase<'s>, &'s Year)>> {
    type Of<'r> = (OfCase<'r>, &'r Year);
    vec![
        column("what_if", "", "The what-if; empty of the scenario itself.", |row: &Of<'_>| row.0.what_if.into()),
        column("from", "", "Beginning of the closure.", |row: &Of<'_>| row.0.case.from.to_string().into()),
        column("replication", "", "Number of the simulated year.", |row: &Of<'_>| row.1.replication.into()),
        column("late_t_d", "t d", "Tonnes times the days by which they are late.", |row: &Of<'_>| {
            row.1.late_t_d.into()
        }),
        column("late_teu_d", "TEU d", "TEU times the days by which they are late.", |row: &Of<'_>| {
            row.1.late_teu_d.into()
        }),
        column("cost_of_delay_usd", "USD", "Worth of the time lost.", |row: &Of<'_>| row.1.cost_usd.into()),
        column("refused_t", "t", "Tonnes refused.", |row: &Of<'_>| row.1.refused_t.into()),
        column("lost_to_outside_t", "t", "Tonnes diverted to routes outside.", |row: &Of<'_>| row.1.lost_t.into()),
        column("backlog_peak_t", "t", "The greatest backlog.", |row: &Of<'_>| row.1.backlog_peak_t.into()),
        column("days_to_clear", "d", "Days until the backlog is gone; empty if it is not.", |row: &Of<'_>| {
            row.1.days_to_clear.into()
        }),
        column("not_gone", "", "1 if the backlog is not gone, else 0.", |row: &Of<'_>| {
            u32::from(row.1.days_to_clear.is_none()).into()
        }),
        column("stabled_peak", "trains", "Most trains that stood before full storages.", |row: &Of<'_>| {
            row.1.stabled_peak.into()
        }),
        column("stabled_more", "trains", "More trains stabled than without the closure.", |row: &Of<'_>| {
            row.1.stabled_more.into()
        }),
        column("other_routes_t", "t", "Tonnes that took another route.", |row: &Of<'_>| row.1.other_routes_t.into()),
        column("other_routes_share", "1", "Their share.", |row: &Of<'_>| row.1.other_routes_share.into()),
    ]
}

/// The backlog day by day, over replications.
pub(super) fn backlogs(stress: &Stress) -> Box<dyn Sheet + '_> {
    let days = stress.cases.iter().flat_map(|case| case.backlog().into_iter().map(move |backlog| (case, backlog)));
    let rows = days.flat_map(|(case, backlog)| {
        let of = |unit, band| BacklogRow { from: case.from, day: backlog.day, unit, band };
        [Some(of("t", backlog.tonnes)), stress.has_teu.then(|| of("TEU", backlog.teu))].into_iter().flatten()
    });
    sheet("backlog.csv", of_backlog(), rows)
}

struct BacklogRow {
    from: DateTime,
    day: usize,
    unit: &'static str,
    band: Band,
}

fn of_backlog() -> Vec<Column<BacklogRow>> {
    vec![
        column("from", "", "Beginning of the closure.", |row: &BacklogRow| row.from.to_string().into()),
        column("day", "d", "Days since then.", |row: &BacklogRow| row.day.into()),
        column("unit", "", "The unit of the figures.", |row: &BacklogRow| row.unit.into()),
        column("mean", "", "Mean over replications.", |row: &BacklogRow| row.band.mean.into()),
        column("p5", "", "The 5th percentile.", |row: &BacklogRow| row.band.p5.into()),
        column("p50", "", "The median.", |row: &BacklogRow| row.band.p50.into()),
        column("p95", "", "The 95th percentile.", |row: &BacklogRow| row.band.p95.into()),
    ]
}
