//! The days of the main section by groups of causes, today and as options have them.

use maud::{Markup, html};

use crate::report::page::contents::Page;
use crate::report::page::table::{Cell, Table};
use crate::report::rounding::signed;
use crate::words::{CauseGroup, name};

/// What an option changes of the days of a group of causes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CauseChange {
    /// The group.
    pub group: CauseGroup,
    /// Days today.
    pub today: f64,
    /// The option's days less today's.
    pub difference: f64,
    /// Half the width of the interval of the difference.
    pub half_width: Option<f64>,
}

impl CauseChange {
    /// Whether the interval leaves out zero, and the difference is worth naming.
    fn is_seen(&self, least: f64) -> bool {
        self.difference.abs() >= least && self.half_width.is_some_and(|half_width| self.difference.abs() > half_width)
    }
}

/// The table of one option.
pub(super) fn table(page: &Page<'_>, option: &str, changes: &[CauseChange]) -> Markup {
    let phrases = page.phrases();
    let most = changes.iter().map(|change| change.today).fold(0.0, f64::max);
    let least = page.summary.manifest.run.materiality.days;
    let line = |change: &CauseChange| {
        let text = phrases.number(&signed(change.difference, change.half_width).to_string());
        let seen = if change.is_seen(least) { arrow(change.difference) } else { "" };
        vec![
            Cell::text(name(change.group, page.language)),
            Cell::value(change.today, None, phrases).with_bar(change.today / most),
            Cell::sorted(format!("{seen}{text}"), change.difference),
        ]
    };
    let caption = format!("{option}: {}", phrases.live.days_by_cause);
    let head = vec![phrases.cause, phrases.live.today_days, phrases.change_days];
    html! { (Table { caption: &caption, head, rows: changes.iter().map(line).collect() }.markup()) }
}

/// Which way a difference goes whose interval leaves out zero.
pub(super) const fn arrow(difference: f64) -> &'static str {
    if difference < 0.0 { "▼ " } else { "▲ " }
}
