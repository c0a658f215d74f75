//! What a closure does by the month in which it falls.

use super::canvas::Canvas;
use super::heat::{Cell, Heat, shades};
use super::picture::Plot;
use crate::analysis::stress::{Case, Effect, Stress};
use crate::report::phrases::phrases;
use crate::report::stress::{closure, moment};
use crate::report::thousands;
use crate::words::Language;

/// Several closures, a column each.
pub(super) struct Months<'a>(pub(super) &'a Stress);

impl Plot for Months<'_> {
    fn height(&self) -> i32 {
        heat(self.0, Language::English).height()
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        heat(self.0, canvas.language()).plot_on(canvas)
    }
}

/// The heat map: measures by beginning, each measure shaded within its own row.
fn heat(stress: &Stress, language: Language) -> Heat {
    let (words, phrases) = (phrases(language).effect, &phrases(language).on_charts);
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    for effect in stress.effects().filter(|effect| *effect != Effect::OtherRoutes) {
        let of = |case: &Case| stress.row(case, effect);
        if effect == Effect::DaysToClear {
            for (name, value) in
                [("P50", (|row| row.p50) as fn(&crate::analysis::stress::Row) -> Option<f64>), ("P90", |row| row.p90)]
            {
                rows.push(format!("{} {name}", words(effect)));
                let values: Vec<Option<f64>> = stress.cases.iter().map(|case| value(&of(case))).collect();
                cells.push(row(&values, |value| short(effect, value)));
            }
            continue;
        }
        rows.push(words(effect).to_owned());
        let values: Vec<Option<f64>> = stress.cases.iter().map(|case| of(case).mean).collect();
        cells.push(row(&values, |value| short(effect, value)));
    }
    Heat {
        manifest: stress.manifest.clone(),
        title: format!("{} {}", phrases.with_and_without, closure(stress, language)),
        how: phrases.months_how.to_owned(),
        names: (String::new(), phrases.closed_from.to_owned()),
        rows,
        columns: stress.cases.iter().map(moment).collect(),
        cells,
    }
}

fn row(values: &[Option<f64>], text: impl Fn(f64) -> String) -> Vec<Option<Cell>> {
    let cell = |(value, shade): (&Option<f64>, Option<f64>)| Some(Cell { shade: shade?, text: text((*value)?) });
    values.iter().zip(shades(values)).map(cell).collect()
}

/// Large numbers in thousands and millions, small ones with a digit behind the point at most: the cells are narrow.
fn short(effect: Effect, value: f64) -> String {
    let (value, unit) = match value.abs() {
        _ if effect.unit() == "1" => (value * 100.0, " %"),
        size if size >= 9.995e5 => (value / 1e6, " M"),
        size if size >= 9.995e3 => (value / 1e3, " k"),
        _ => (value, ""),
    };
    let tenths = (value * 10.0).round() / 10.0;
    if value.abs() >= 99.95 || tenths.fract() == 0.0 {
        format!("{}{unit}", thousands(value.round()))
    } else {
        format!("{tenths:.1}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let late =
            [7_123_456.0, 214_400.0, 11_200.0, 1_053.0, 26.3, 6.0, -0.5, 0.01].map(|value| short(Effect::Late, value));
        assert_eq!(late, ["7.1 M", "214 k", "11.2 k", "1 053", "26.3", "6", "-0.5", "0"]);
        assert_eq!([0.8, 0.125].map(|value| short(Effect::NotGone, value)), ["80 %", "12.5 %"]);
    }
}
