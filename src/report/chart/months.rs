//! What a closure does by the month in which it falls.

use super::heat::{Cell, Heat, shades};
use crate::analysis::stress::{Case, Effect, Stress};
use crate::report::stress::{closure, moment, words};
use crate::report::thousands;

/// The heat map: measures by beginning, each measure shaded within its own row.
pub(super) fn heat(stress: &Stress) -> Heat {
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
        rows.push(match effect {
            Effect::StabledMore => "Stabled more than without, trains".to_owned(),
            Effect::OtherRoutesShare => "On other routes, of the closed days' traffic".to_owned(),
            _ => words(effect).to_owned(),
        });
        let values: Vec<Option<f64>> = stress.cases.iter().map(|case| of(case).mean).collect();
        cells.push(row(&values, |value| short(effect, value)));
    }
    Heat {
        manifest: stress.manifest.clone(),
        title: format!("With and without {}", closure(stress)),
        how: "means over replications but for P50 and P90; shaded within each row, from its least to its greatest"
            .to_owned(),
        names: (String::new(), "Closed from".to_owned()),
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
