//! What closures stop, and whether anything stops a link at times.

use crate::ids::LinkId;
use crate::scenario::types::{Contents, Mode, Stops};

/// Whether a closure with these words stops a kind of work.
pub(super) fn stops(words: &[Stops], what: Stops) -> bool {
    words.is_empty() || words.contains(&what)
}

/// What a closure must stop for nothing to set out on a link of a mode.
pub(super) const fn setting_out_by(mode: Mode) -> Stops {
    if matches!(mode, Mode::Sea) { Stops::Sailings } else { Stops::Trains }
}

/// Whether something stops bodies from setting out on a link at times.
pub(super) fn is_shut_at_times(scenario: &Contents, link: LinkId) -> bool {
    let Some((id, spec)) = scenario.link.get_index(link.index()) else { return false };
    let ends = [&spec.from, &spec.to];
    let dated = spec.open_from.is_some() || spec.open_until.is_some();
    let dated_end = ends
        .iter()
        .filter_map(|end| scenario.node.get(*end))
        .any(|node| node.open_from.is_some() || node.open_until.is_some());
    let closed = scenario.closure.values().any(|closure| {
        stops(&closure.stops, setting_out_by(spec.mode))
            && closure
                .of
                .iter()
                .any(|of| *of == format!("link.{id}") || ends.iter().any(|end| *of == format!("node.{end}")))
    });
    dated || dated_end || closed
}
