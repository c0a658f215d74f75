//! Memory: what a call allows, what a machine has, what a run will want.

use super::console::Console;
use crate::study::{Lab, Prepared, Years, memory_need};

/// Of the memory that a call allows, what replications under way may take; the rest is for the scenario and for results.
const FOR_REPLICATIONS: f64 = 0.8;

/// Simulated years that are counted where a precision says how many there will be.
const FIRST_LOOK: u64 = 20;

/// An amount of memory, as `4GB`, `500 MB`, `2GiB`.
pub(super) fn memory(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no amount of memory, such as 4GB or 500MB");
    let trimmed = text.trim();
    let at = trimmed.find(|character: char| character.is_ascii_alphabetic()).ok_or_else(wrong)?;
    let number: f64 = trimmed[..at].trim().parse().map_err(|_| wrong())?;
    let unit = match trimmed[at..].to_ascii_lowercase().as_str() {
        "kb" => 1e3,
        "mb" => 1e6,
        "gb" => 1e9,
        "tb" => 1e12,
        "kib" => 1024.0,
        "mib" => 1024.0 * 1024.0,
        "gib" => 1024.0 * 1024.0 * 1024.0,
        _ => return Err(wrong()),
    };
    let bytes = number * unit;
    if (1e6..1e18).contains(&bytes) { Ok(bytes as u64) } else { Err(format!("{}: at least 1 MB", wrong())) }
}

/// What a replication may take where so many run at once.
pub(super) fn share(memory: Option<u64>, threads: usize, replications: u64) -> Option<u64> {
    let at_once = at_once(threads, replications) as f64;
    memory.map(|bytes| (bytes as f64 * FOR_REPLICATIONS / at_once) as u64)
}

fn at_once(threads: usize, replications: u64) -> u64 {
    let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads = if threads == 0 { cores() } else { threads };
    (threads as u64).min(replications).max(1)
}

/// The number of replications, as far as it is known before they are made.
pub(super) fn number_of(years: &Years) -> u64 {
    match years {
        Years::Fixed(range) => range.end.saturating_sub(range.start),
        Years::Drawn { draws, .. } => draws.end.saturating_sub(draws.start),
        Years::Precise(_) => u64::MAX,
    }
}

/// Warns where a run will want more memory than the machine has free. Nothing else depends on what it has.
pub(super) fn tell_need(prepared: &Prepared, lab: &Lab<'_>, console: &Console) {
    let number = match &lab.years {
        // How many it will be is not known; the first look is after these.
        Years::Precise(_) => FIRST_LOOK,
        years => number_of(years),
    };
    let at_once = at_once(lab.threads, number);
    let need = memory_need(&prepared.plan, prepared.layout.catalogue());
    let bytes = need.of_all(number, at_once);
    let Some(free) = free_memory().filter(|free| bytes > *free as f64) else { return };
    let queue = need.queue.map(|path| format!(", most of them at {path}")).unwrap_or_default();
    let times = if at_once == 1 { String::new() } else { format!(" in each of {at_once} simulated years at once") };
    console.warning(&format!(
        "this may want {} of memory, and {} are free: {:.0} shipments wait at the end{queue}{times}; fewer --threads want less, and --memory ends a simulated year that takes more than allowed",
        gigabytes(bytes),
        gigabytes(free as f64),
        need.waiting,
    ));
}

fn gigabytes(bytes: f64) -> String {
    format!("{:.1} GB", bytes / 1e9)
}

/// What Linux says is free for programs; unknown elsewhere.
fn free_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        assert_eq!(memory("4GB"), Ok(4_000_000_000));
        assert_eq!(memory(" 1.5 gib "), Ok(1_610_612_736));
        for wrong in ["4", "GB", "4 bananas", "-1GB", "nanGB", "0GB", "infGB", "10 kB"] {
            assert!(memory(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn replications_at_once_share_it() {
        assert_eq!(share(Some(1_000_000_000), 4, 100), Some(200_000_000));
        assert_eq!(share(Some(1_000_000_000), 4, 1), Some(800_000_000));
        assert_eq!(share(None, 4, 1), None);
    }
}
