//! Texts of shipped scenarios with things in them changed.

use midcor::random::{Domain, Entity, RandomNumbers, StreamId};
use midcor::scenario::{Embedded, FileError, Files, embedded};

/// Choices of one mutation: the same number, the same choices.
pub(crate) struct Dice {
    random: RandomNumbers,
    entity: Entity,
    next: u64,
}

impl Dice {
    pub(crate) fn new(number: u64) -> Self {
        Self { random: RandomNumbers::new(20_260_101, 0, Domain::Tests), entity: Entity::ordinal(number), next: 0 }
    }

    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.next += 1;
        let u = self.random.uniform(StreamId::of("tests/fuzz"), self.entity, self.next);
        ((u * most as f64) as usize).min(most.saturating_sub(1))
    }

    pub(crate) fn of<'a, T: ?Sized>(&mut self, words: &[&'a T]) -> &'a T {
        words[self.below(words.len())]
    }
}

/// Numbers and words that break things.
const NUMBERS: [&str; 30] = [
    "0",
    "-1",
    "1",
    "2",
    "1e18",
    "1e-18",
    "1e300",
    "-1e300",
    "1e-320",
    "9223372036854775807",
    "-9223372036854775808",
    "4294967295",
    "4294967296",
    "0.0001",
    "1000000",
    "99999",
    "nan",
    "inf",
    "-inf",
    "0.5",
    "1.0000001",
    "100",
    "365",
    "12",
    "13",
    "0.999",
    "3.15e13",
    "1e9",
    "+7",
    "0x7fffffffffffffff",
];
/// Numbers that a scenario may well have.
const PLAUSIBLE: [&str; 14] = ["0.1", "0.25", "0.5", "0.9", "1", "2", "3", "4", "6", "10", "24", "60", "150", "1000"];
const UNITS: [&str; 32] = [
    "h", "d", "wk", "yr", "ms", "s", "min", "km", "m", "nmi", "km/h", "kn", "t", "kt", "Mt", "kg", "TEU", "wagon",
    "truck", "TEU/h", "TEU/yr", "Mt/yr", "wagon/d", "USD", "MUSD", "USD/t", "USD/tkm", "USD/TEU", "%", "g/tkm", "",
    "USD/t/d",
];
const WORDS: [&str; 30] = [
    "\"unlimited\"",
    "\"origin\"",
    "\"destination\"",
    "\"transit\"",
    "\"enters\"",
    "\"leaves\"",
    "\"unit\"",
    "\"shipment\"",
    "\"train\"",
    "\"hold\"",
    "\"divert\"",
    "\"vessel\"",
    "\"rail\"",
    "\"sea\"",
    "\"road\"",
    "\"pipeline\"",
    "\"block-train\"",
    "\"vehicle\"",
    "\"empty\"",
    "\"spread\"",
    "\"regular\"",
    "true",
    "false",
    "[]",
    "{}",
    "2024-02-30",
    "\"0001-01-01\"",
    "\"9999-12-31\"",
    "\"22:00-06:00\"",
    "\"*\"",
];
/// Lines that make a thing of another kind where they fit.
const LINES: [&str; 30] = [
    "per = \"unit\"",
    "per = \"shipment\"",
    "servers = 1",
    "servers = 0",
    "room = 1",
    "when-full = \"divert\"",
    "whole = true",
    "batch = 1000000",
    "priority = 1",
    "tonnes-per-unit = 0",
    "vessels = 0",
    "vessels = 1000",
    "share = 0",
    "share = \"99.99 %\"",
    "advance = 1",
    "min-load = 0",
    "max-idle = \"0 d\"",
    "max-wait = \"0 d\"",
    "sailing = \"0 h\"",
    "time = \"0 h\"",
    "mtbf = \"1 ms\"\nmttr = \"1 ms\"",
    "open = \"1 ms\"",
    "closed = \"0 h\"",
    "size = 1",
    "trains-at-once = 1",
    "one-way = true",
    "arrivals = { every = \"1 min\" }",
    "timetable.port = { every = \"1 ms\" }",
    "hours = \"00:00-00:01\"",
    "growth = 10.0",
];

/// Stretches of a text that satisfy a condition.
fn runs(text: &str, fits: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in text.char_indices().filter(|(_, letter)| fits(*letter)) {
        match runs.last_mut().filter(|run| run.1 == at) {
            Some(run) => run.1 = at + letter.len_utf8(),
            None => runs.push((at, at + letter.len_utf8())),
        }
    }
    runs
}

fn put(text: &mut String, runs: &[(usize, usize)], dice: &mut Dice, with: &str) {
    if !runs.is_empty() {
        let (from, until) = runs[dice.below(runs.len())];
        text.replace_range(from..until, with);
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

pub(crate) fn mutate(text: &mut String, other: &str, dice: &mut Dice) {
    let digits = |letter: char| letter.is_ascii_digit() || letter == '.';
    match dice.below(28) {
        0..=1 => {
            let with = dice.of(&NUMBERS);
            put(text, &runs(text, digits), dice, with);
        }
        2..=3 => {
            let with = dice.of(&PLAUSIBLE);
            put(text, &runs(text, digits), dice, with);
        }
        4 => {
            let numbers = runs(text, digits);
            if let Some(&(from, until)) = numbers.get(dice.below(numbers.len().max(1))) {
                let with = text[from..until].to_owned();
                put(text, &numbers, dice, &with);
            }
        }
        5 => {
            let with = format!("{} {}", dice.of(&NUMBERS), dice.of(&UNITS));
            put(text, &quoted(text), dice, &with);
        }
        6 => {
            let with = dice.of(&UNITS);
            put(text, &units(text), dice, with);
        }
        7 => {
            let with = dice.of(&WORDS);
            put(text, &values(text), dice, with);
        }
        8 => {
            let with = dice.of(&LINES);
            insert_line(text, with, dice);
        }
        9 => on_lines(text, |lines| drop((!lines.is_empty()).then(|| lines.remove(dice.below(lines.len()))))),
        10 => on_lines(text, |lines| {
            let line = lines[dice.below(lines.len())].clone();
            lines.insert(dice.below(lines.len()), line);
        }),
        11 => on_lines(text, |lines| {
            let (one, two) = (dice.below(lines.len()), dice.below(lines.len()));
            lines.swap(one, two);
        }),
        12 => {
            let names = quoted(text);
            if let Some(&(from, until)) = names.get(dice.below(names.len().max(1))) {
                let with = text[from..until].to_owned();
                put(text, &names, dice, &with);
            }
        }
        13 => {
            let at = boundary(text, dice.below(text.len() + 1));
            text.insert_str(
                at,
                dice.of(&["\"", "[", "]", "{", "}", "=", "\u{0}", "\u{202e}", "ж", ".", ",", "\n", "*"]),
            );
        }
        14 => text.truncate(boundary(text, dice.below(text.len() + 1))),
        16..=27 => like_another(text, other, dice),
        _ => {
            let from = boundary(other, dice.below(other.len() + 1));
            let until = boundary(other, (from + dice.below(400)).min(other.len()));
            let at = boundary(text, dice.below(text.len() + 1));
            text.insert_str(at, &other[from..until.max(from)]);
        }
    }
}

/// Gives a key the value that some other table has for it: what the checks let pass more often than not.
fn like_another(text: &mut String, other: &str, dice: &mut Dice) {
    let places = pairs(text);
    let Some(&(key, from, until)) = places.get(dice.below(places.len().max(1))) else { return };
    let own = places.iter().filter(|place| place.0 == key).map(|&(_, from, until)| &text[from..until]);
    let known: Vec<&str> = own
        .chain(pairs(other).iter().filter(|place| place.0 == key).map(|&(_, from, until)| &other[from..until]))
        .collect();
    let with = known[dice.below(known.len())].to_owned();
    text.replace_range(from..until, &with);
}

/// Keys with the places of their values, those of tables within lines too.
fn pairs(text: &str) -> Vec<(&str, usize, usize)> {
    let pair = |(at, _): (usize, &str)| {
        let key = text[..at].rsplit([' ', '\n', '{', '.', '"']).next()?;
        let from = at + 3;
        let (mut depth, mut quoted) = (0_i32, false);
        let ends = |letter: char| {
            quoted ^= letter == '"';
            let open = depth > 0 || quoted;
            depth += i32::from("[{".contains(letter) && !quoted) - i32::from("]}".contains(letter) && !quoted);
            letter == '\n' || depth < 0 || !open && ", #".contains(letter) && depth == 0
        };
        let until = text[from..].find(ends).map_or(text.len(), |end| from + end);
        (!key.is_empty()).then_some((key, from, until))
    };
    text.match_indices(" = ").filter_map(pair).collect()
}

fn on_lines(text: &mut String, change: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if !lines.is_empty() {
        change(&mut lines);
    }
    *text = lines.join("\n");
}

fn insert_line(text: &mut String, line: &str, dice: &mut Dice) {
    on_lines(text, |lines| lines.insert(dice.below(lines.len()), line.to_owned()));
}

/// What stands between quotes.
fn quoted(text: &str) -> Vec<(usize, usize)> {
    let quotes: Vec<usize> = text.match_indices('"').map(|(at, _)| at + 1).collect();
    quotes.chunks_exact(2).map(|pair| (pair[0], pair[1] - 1)).collect()
}

/// The units of quoted quantities.
fn units(text: &str) -> Vec<(usize, usize)> {
    let with_unit = |&(from, until): &(usize, usize)| {
        let (number, unit) = text[from..until].split_once(' ')?;
        number.parse::<f64>().ok().map(|_| (until - unit.len(), until))
    };
    quoted(text).iter().filter_map(with_unit).collect()
}

/// What stands after `=`.
fn values(text: &str) -> Vec<(usize, usize)> {
    let ends = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end);
    text.match_indices(" = ").map(|(at, _)| (at + 3, ends(at + 3))).collect()
}

/// A file of the scenarios' folder, perhaps changed.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    fn of(file: &Embedded) -> Self {
        Self { path: file.path.to_owned(), text: file.text.to_owned() }
    }

    /// The scenario that shows it: itself, or a year of the corridor of which it is a part.
    pub(super) fn scenario(&self) -> &str {
        if self.path.starts_with("corridor/") { "baseline-2024.toml" } else { &self.path }
    }

    /// Whether it needs the whole corridor.
    pub(super) fn is_large(&self) -> bool {
        self.path.starts_with("corridor/") || self.path.starts_with("baseline")
    }

    /// Whether it is a textbook case.
    pub(super) fn is_textbook(&self) -> bool {
        self.path.starts_with("verify/")
    }
}

/// This file among the others as they are shipped.
impl Files for File {
    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let shipped = || embedded().iter().find(|file| file.path == path).map(|file| file.text);
        let text = if path == self.path { Some(self.text.as_str()) } else { shipped() };
        text.map(|text| text.as_bytes().to_vec()).ok_or_else(|| FileError::Missing(path.to_owned()))
    }

    fn has(&self, path: &str) -> bool {
        path == self.path || embedded().iter().any(|file| file.path == path)
    }
}

/// All that a mutation may start from: each file of the corridor, each scenario, and one with every word; the large ones
/// seldom, for they take long.
pub(super) fn seeds() -> [Vec<File>; 2] {
    let files = embedded().iter().filter(|file| file.is_scenario() || file.path.starts_with("corridor/")).map(File::of);
    let (large, mut small): (Vec<File>, Vec<File>) = files.partition(File::is_large);
    // The small ones with many parts reach deep more often.
    let rich = |file: &&File| ["smallest.toml", "tutorial.toml", "w3-benchmark.toml"].contains(&file.path.as_str());
    let rich: Vec<File> = small.iter().filter(rich).cloned().collect();
    small.extend(rich.iter().cycle().take(12).cloned());
    let every_word = include_str!("../../data/every-word.toml").to_owned();
    small.extend(std::iter::repeat_n(File { path: "every-word.toml".to_owned(), text: every_word }, 6));
    [large, small]
}

/// One mutation in so many starts from a file of the large corridor.
const LARGE: usize = 16;

pub(super) fn file_of(number: u64, [large, small]: &[Vec<File>; 2]) -> File {
    let mut dice = Dice::new(number);
    let seeds = if dice.below(LARGE) == 0 { large } else { small };
    let mut file = seeds[dice.below(seeds.len())].clone();
    let other = &seeds[dice.below(seeds.len())].text;
    for _ in 0..=dice.below(3) {
        mutate(&mut file.text, other, &mut dice);
    }
    file
}
