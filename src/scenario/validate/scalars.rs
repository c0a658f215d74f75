//! Texts, numbers, words, dates.

use super::Validator;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::scenario::format::{Allowed, Kind};
use crate::scenario::tree::{Node, Value};
use crate::scenario::{hours, when};
use crate::text::MOST_LETTERS;

/// Most characters of a text for readers.
const MOST_PROSE: usize = 20_000;
/// Most characters of an id.
pub(super) const MOST_IN_ID: usize = 100;

impl Kind {
    /// What is wanted, in words.
    pub(in crate::scenario) fn expected(&self) -> String {
        match self {
            Self::Text
            | Self::NodeOrLink
            | Self::CargoOrUnit
            | Self::FlowPattern
            | Self::FacilityOfNode
            | Self::PathOf(_) => "a text".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Whole(..) => "a whole number".to_owned(),
            Self::Number(..) => "a number".to_owned(),
            Self::Share(..) => "a share such as \"20 %\"".to_owned(),
            Self::Date => "a date such as 2024-01-31 or 2024-01-31T06:00+05:00".to_owned(),
            Self::Hours => "hours such as \"06:00-18:00\" or \"Mon-Fri 09:00-13:00\"".to_owned(),
            Self::Holidays => "a day such as \"01-01\", \"2024-03-21\" or \"2024-03-21..2024-03-25\"".to_owned(),
            Self::Zone => "an offset such as \"+05:00\" or a time zone such as \"Asia/Almaty\"".to_owned(),
            Self::TimeOfDay => "a time such as \"06:00\"".to_owned(),
            Self::Quantity(dimension) => format!("{} in {}", dimension.name(), dimension.would_fit()),
            Self::Random(dimension, _) => format!("{} or a distribution", dimension.name()),
            Self::Word([allowed]) => format!("{:?}", allowed.word),
            Self::Word(words) => format!("one of {}", Allowed::words(words).join(", ")),
            Self::Id(thing) => format!("the id of a {}", thing.word()),
            Self::List(_) | Self::OneOrMore(_) => "a list".to_owned(),
            Self::Exactly(count, _) => format!("a list of {count}"),
            Self::Either(kinds) => kinds.iter().map(Self::expected).collect::<Vec<_>>().join(", or "),
            Self::Series => "a table of amounts by month, quarter or year".to_owned(),
            Self::Map(..) | Self::Table(_) | Self::Things(..) | Self::Settings | Self::Other => "a table".to_owned(),
        }
    }
}

impl Validator<'_> {
    pub(super) fn scalar(&mut self, node: &Node, kind: &'static Kind) {
        match (kind, &node.value) {
            (Kind::Text, Value::Text(text)) => self.length(node, text),
            (Kind::Flag, Value::Flag(_)) => {}
            (Kind::Whole(least, most), Value::Whole(number)) => {
                self.within(node, *number as f64, *least as f64, *most as f64);
            }
            (Kind::Number(least, most), Value::Whole(_) | Value::Number(_)) => {
                self.within(node, node.number().unwrap_or_default(), *least, *most);
            }
            (Kind::Word(words), Value::Text(_)) => self.word(node, &Allowed::words(words)),
            (Kind::Date, _) => self.reads(node, kind, when::moment(node).is_some()),
            (Kind::Hours, Value::Text(_)) => self.reads(node, kind, hours::span(node).is_some()),
            (Kind::Holidays, Value::Text(_)) => self.reads(node, kind, hours::holiday(node).is_some()),
            (Kind::Zone, Value::Text(text)) => self.zone(node, text),
            (Kind::TimeOfDay, _) => self.reads(node, kind, when::time_of_day(node).is_some()),
            _ => self.wrong_type(node, &kind.expected()),
        }
    }

    /// Titles and names stand in headings and charts; descriptions, notes and sources are read as they are.
    fn length(&mut self, node: &Node, text: &str) {
        let key = self.path.last().map(String::as_str).unwrap_or_default();
        let most = if matches!(key, "description" | "note" | "source" | "url") { MOST_PROSE } else { MOST_LETTERS };
        let letters = text.chars().count();
        if letters > most {
            let message = format!("`{}` has {letters} characters", self.name());
            self.push(Diagnostic::error("too-long", message, Some(node.span)).help(format!("at most {most}")));
        }
    }

    fn zone(&mut self, node: &Node, text: &str) {
        if hours::time_zone(node).is_none() {
            let message = format!("`{}` is {text:?}, which is no time zone", self.name());
            let near = hours::near_zone(text).map(|near| format!("did you mean `{near}`?"));
            let help = near.unwrap_or_else(|| Kind::Zone.expected());
            self.push(Diagnostic::error("time-zone", message, Some(node.span)).help(help));
        }
    }

    pub(super) fn word(&mut self, node: &Node, words: &[&str]) {
        let Some(text) = node.text() else { return self.wrong_type(node, &format!("one of {}", words.join(", "))) };
        if !words.contains(&text) {
            let message = format!("`{text}` does not fit `{}`", self.name());
            let all = format!("one of {}", words.join(", "));
            let help = did_you_mean(text, words.iter().copied()).unwrap_or(all);
            self.push(Diagnostic::error("unknown-word", message, Some(node.span)).help(help));
        }
    }

    pub(super) fn within(&mut self, node: &Node, number: f64, least: f64, most: f64) {
        if !number.is_finite() || (least..=most).contains(&number) {
            return;
        }
        let message = format!("`{}` is {number}, which is out of range", self.name());
        let bound = match number < least {
            _ if least >= most => format!("this program knows {least} only"),
            true if least > 0.0 && least < 1e-6 => "above 0".to_owned(),
            true => format!("at least {least}"),
            false => format!("at most {most}"),
        };
        self.push(Diagnostic::error("out-of-range", message, Some(node.span)).help(bound));
    }

    fn reads(&mut self, node: &Node, kind: &'static Kind, reads: bool) {
        if !reads {
            let message = format!("`{}` is {node}, which is not {}", self.name(), kind.expected());
            self.push(Diagnostic::error("date", message, Some(node.span)));
        }
    }
}
