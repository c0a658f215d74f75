//! Closures, bans, water, timelines.

use super::fields::Fields;
use super::read;
use crate::scenario::path;
use crate::scenario::tree::Node;
use crate::scenario::types::{Ban, BanWatch, ByMonth, Clock, Closure, Stops, Timeline, Water, Window};
use crate::scenario::when;

pub(super) fn closure(fields: &Fields<'_>) -> Option<Closure> {
    Some(Closure {
        of: fields.each("of", read::text)?,
        stops: stops(fields)?,
        clock: clock(fields)?,
        announced: fields.may("announced", read::duration)?.unwrap_or_default(),
        group: fields.may("group", read::text)?,
        key: fields.may("key", read::text)?,
    })
}

const STOPS: [(&str, Stops); 4] = [
    ("sailings", Stops::Sailings),
    ("berthing", Stops::Berthing),
    ("handling", Stops::Handling),
    ("trains", Stops::Trains),
];

fn stops(fields: &Fields<'_>) -> Option<Vec<Stops>> {
    let words = fields.each("stops", read::text)?;
    let is_all = words.iter().any(|word| word == "all");
    Some(
        STOPS
            .iter()
            .filter(|(word, _)| is_all || words.iter().any(|given| given == word))
            .map(|(_, stops)| *stops)
            .collect(),
    )
}

fn clock(fields: &Fields<'_>) -> Option<Clock> {
    if let Some(window) = fields.get("window") {
        return windows(window).map(|windows| Clock::Windows { windows, yearly: fields.get("every").is_some() });
    }
    let closed = by_month(fields.get("closed")?, read::time_law)?;
    if let Some(share) = fields.may("share", |node| by_month(node, read::share))? {
        return Some(Clock::Share { closed, share });
    }
    Some(Clock::Renewal { closed, open: by_month(fields.get("open")?, read::time_law)? })
}

fn by_month<T>(node: &Node, read: impl Fn(&Node) -> Option<T>) -> Option<ByMonth<T>> {
    let months: Vec<T> = node.items().iter().map(read).collect::<Option<_>>()?;
    matches!(months.len(), 1 | 12).then_some(ByMonth(months))
}

fn windows(node: &Node) -> Option<Vec<Window>> {
    let items = node.list()?;
    if items.is_empty() {
        return Some(Vec::new());
    }
    if items.iter().any(|item| item.list().is_some()) {
        items.iter().map(window).collect()
    } else {
        Some(vec![window(node)?])
    }
}

fn window(node: &Node) -> Option<Window> {
    let [from, until] = node.list()? else { return None };
    Some(Window { from: when::moment(from)?, until: when::moment(until)? })
}

pub(super) fn ban(fields: &Fields<'_>) -> Option<Ban> {
    let on = fields.need("on", read::amount)?;
    Some(Ban {
        watch: fields.need("watch", watch)?,
        on: on.value,
        off: fields.need("off", read::amount)?.value,
        unit: on.unit,
        delay: fields.need("delay", read::duration)?,
        flows: fields.flows("flows")??,
    })
}

fn watch(node: &Node) -> Option<BanWatch> {
    let keys = path::keys(node.text()?);
    match keys.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["node", node] => Some(BanWatch::Node(node.to_owned())),
        ["node", node, "storage", storage] => Some(BanWatch::Storage(node.to_owned(), storage.to_owned())),
        ["node", node, "facility", facility] => Some(BanWatch::Facility(node.to_owned(), facility.to_owned())),
        _ => None,
    }
}

pub(super) fn water(fields: &Fields<'_>) -> Option<Water> {
    Some(Water { level: fields.need("level", read::level)? })
}

pub(super) fn timeline(fields: &Fields<'_>) -> Option<Timeline> {
    Some(Timeline { on: fields.need("on", when::moment)?, set: fields.map("set", |node| Some(node.to_string()))? })
}
