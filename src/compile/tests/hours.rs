//! Opening hours on the clock.

use super::{model, plan};
use crate::model::Hours;
use crate::units::{MS_PER_HOUR, SimTime};

/// Hours of a gate for two weeks, where it has any.
fn gate(hours: &str, place: &str, start: &str) -> Option<Hours> {
    let text = format!(
        "schema = 1\ntitle = \"Hours\"\n[run]\nstart = {start}\nhorizon = \"14 d\"\ndrain = \"0 d\"\n[cargo.wagons]\nunit = \"wagon\"\n\
         tonnes-per-unit = 1\n[node.border]\n{place}\nfacility.gate = {{ kind = \"border\", servers = 1, time = \"1 h\", {hours} }}\n\
         [node.inland]\n[link.line]\nfrom = \"border\"\nto = \"inland\"\nmode = \"rail\"\ntime = \"1 h\"\n[flow.wagons]\ncargo = \"wagons\"\n\
         from = \"border\"\nto = \"inland\"\nvolume = \"1 wagon/d\"\nshipment = \"1 wagon\"\n"
    );
    model(&plan(&text)).stations[0].hours.clone()
}

/// The spells in which it is open, from a Monday on.
fn open(hours: &str, place: &str, start: &str) -> Vec<(f64, f64)> {
    let in_hours = |time: SimTime| time.ms() as f64 / MS_PER_HOUR as f64;
    let gate = gate(hours, place, start).expect("it has hours");
    gate.open().iter().map(|spell| (in_hours(spell.from), in_hours(spell.until))).collect()
}

#[test]
fn spans_of_a_day_and_days_of_a_week_follow_each_other() {
    // The first of January 2024 is a Monday.
    let found =
        open("hours = [\"Mon-Fri 09:00-13:00\", \"Mon-Fri 14:00-18:00\", \"Sat 09:00-12:00\"]", "", "2024-01-01");
    assert_eq!(found.len(), 2 * 11);
    assert_eq!(found[..3], [(9.0, 13.0), (14.0, 18.0), (33.0, 37.0)]);
    assert_eq!(found[10], (5.0 * 24.0 + 9.0, 5.0 * 24.0 + 12.0));
    assert_eq!(found[11], (7.0 * 24.0 + 9.0, 7.0 * 24.0 + 13.0));
}

#[test]
fn hours_are_those_of_the_place() {
    let found = open("hours = \"09:00-18:00\"", "time-zone = \"+05:00\"", "2024-01-01");
    assert_eq!(found[..2], [(4.0, 13.0), (28.0, 37.0)]);
    // Across midnight, and cut at both ends of the clock.
    let found = open("hours = \"22:00-06:00\"", "", "2024-01-01");
    assert_eq!((found[0], found[1], found.last().copied()), ((0.0, 6.0), (22.0, 30.0), Some((334.0, 342.0))));
    // A start at noon: the clock begins there.
    let found = open("hours = \"09:00-18:00\"", "", "2024-01-01T12:00");
    assert_eq!(found[..2], [(0.0, 6.0), (21.0, 30.0)]);
}

#[test]
fn clocks_that_change_move_the_hours() {
    // Summer time began in Berlin on the 31st of March 2024.
    let found = open("hours = \"09:00-17:00\"", "time-zone = \"Europe/Berlin\"", "2024-03-30");
    assert_eq!(found[..2], [(8.0, 16.0), (31.0, 39.0)]);
}

#[test]
fn holidays_are_shut_and_what_is_always_open_has_no_hours() {
    let found = open("holidays = [\"01-03\", \"2024-01-08..2024-01-09\"]", "", "2024-01-01");
    assert_eq!(found[..2], [(0.0, 48.0), (72.0, 168.0)]);
    assert_eq!(found[2..3], [(216.0, found[2].1)]);
    assert_eq!(gate("hours = \"00:00-24:00\"", "", "2024-01-01"), None);
    assert_eq!(gate("hours = \"Mon-Fri 00:00-24:00\"", "", "2024-01-01").map(|hours| hours.open().len()), Some(2));
}
