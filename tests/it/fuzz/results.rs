//! Hostile results: the files of a folder with bytes and fields changed, left so or with all digests made right. Reading
//! them ends in results or in a message.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::Value;

use super::mutation::Dice;
use super::{message, number};
use crate::found::target::{FILES, SEALED, read_through, results, seal_anew, write_whole};

/// Values for a field of any kind.
const VALUES: [&str; 16] = [
    "null",
    "0",
    "-1",
    "7",
    "1e308",
    "-1e-308",
    "0.5",
    "4294967295",
    "2147483648",
    "18446744073709551615",
    "[]",
    "{}",
    "[4294967295]",
    "\"\"",
    "\"../../x\"",
    "\"2024-00\"",
];

/// Bytes of a file changed, by the same rule as in the fuzzer.
fn changed_bytes(dice: &mut Dice) -> Vec<u8> {
    let which = dice.below(FILES.len()) as u8 | if dice.below(4) > 0 { SEALED } else { 0 };
    let patches = (0..=dice.below(3)).flat_map(|_| {
        let place = (dice.below(1 << 24) as u32).to_le_bytes();
        [place[0], place[1], place[2], dice.below(256) as u8]
    });
    [vec![which], patches.collect()].concat()
}

/// A field of the summary changed, wherever it stands; the first rows of the measures stand for all.
fn change_field(folder: &Path, dice: &mut Dice) {
    let path = folder.join(FILES[0]);
    let text = fs::read_to_string(&path).unwrap();
    let head = text.split_once(",\n\"growing\"").unwrap().0;
    let mut value: Value = serde_json::from_str(&format!("{head}}}")).unwrap();
    let top = ["schema", "scenario", "run"];
    replace_one(&mut value[*dice.of(&[&top[0], &top[1], &top[2], &top[2], &top[2]])], dice);
    let changed = value.to_string();
    let changed = changed.strip_suffix('}').unwrap();
    fs::write(&path, format!("{changed}{}", &text[head.len()..])).unwrap();
    seal_anew(folder);
}

fn replace_one(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let place = dice.below(fields.len());
            replace_one(fields.values_mut().nth(place).unwrap(), dice);
        }
        value => *value = serde_json::from_str(dice.of(&VALUES)).unwrap(),
    }
}

/// Copies a whole folder to one that is to be damaged.
fn copy(whole: &Path, damaged: &Path) {
    for path in fs::read_dir(whole).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
        fs::copy(&path, damaged.join(path.file_name().unwrap())).unwrap();
    }
}

fn fuzz(numbers: std::ops::Range<u64>) {
    let place = tempfile::tempdir().unwrap();
    let (whole, damaged) = (place.path().join("whole"), place.path().join("damaged"));
    write_whole(&whole);
    fs::create_dir(&damaged).unwrap();
    let mut broken = Vec::new();
    for number in numbers {
        let mut dice = Dice::new(number);
        let ended = catch_unwind(AssertUnwindSafe(|| {
            if number.is_multiple_of(3) {
                copy(&whole, &damaged);
                change_field(&damaged, &mut dice);
                read_through(&damaged);
            } else {
                results(&changed_bytes(&mut dice), &whole, &damaged);
            }
        }));
        if let Err(panic) = ended {
            broken.push(format!("damage {number} panicked: {}", message(&panic)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_damage_to_results_panics() {
    fuzz(0..300);
}

/// `MIDCOR_FUZZ=100000 cargo test --profile fuzz --test it fuzz::results::long -- --ignored`
#[test]
#[ignore = "minutes; see the line before"]
fn long() {
    let from = number("MIDCOR_FUZZ_FROM").unwrap_or(0);
    fuzz(from..from + number("MIDCOR_FUZZ").unwrap_or(100_000));
}
