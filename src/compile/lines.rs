//! Links for which trains wait.

use super::error::Problem;
use super::frame::Frame;
use super::parts::moving;
use super::register::Register;
use crate::model::{Line, LineCells};
use crate::scenario::types::{Contents, Link};
use crate::units::{Duration, MS_PER_DAY};
use crate::words::Cause;

/// All lines.
pub(super) fn lines(frame: &Frame<'_>, scenario: &Contents, register: &mut Register) -> Vec<Line> {
    let links = frame.lines.iter().filter_map(|link| scenario.link.get_index(link.index()));
    links.map(|(id, link)| line(register, id, link)).collect()
}

fn line(register: &mut Register, id: &str, link: &Link) -> Line {
    let place = format!("link.{id}");
    let cells = LineCells {
        running: register.cell(&place, moving(link.mode)),
        wait: register.cell(&place, Cause::WaitPath),
        closed: register.cell(&place, Cause::Closed),
    };
    Line { headway: headway(register, &place, link), at_once: link.trains_at_once, cells }
}

/// 24 h ÷ the paths that are left; nothing where paths are not limited.
fn headway(register: &mut Register, place: &str, link: &Link) -> Duration {
    match (link.paths_per_day, paths_left(link)) {
        (None, _) => Duration::ZERO,
        (Some(_), Some(left)) if left > 0.0 => Duration::from_real_ms(MS_PER_DAY as f64 / left),
        (Some(paths), _) => {
            register.fail(format!("{place}.paths-per-day"), Problem::NoPaths { paths, other: link.other_trains });
            Duration::ZERO
        }
    }
}

/// Paths a day of one direction that other traffic leaves.
pub(super) fn paths_left(link: &Link) -> Option<f64> {
    link.paths_per_day.map(|paths| paths - link.other_trains)
}
