//! Figures of the results in words, as sentences begin.

use crate::results::{MeasureRef, Network};
use crate::text::capital;
use crate::words::{Language, Measure, Statistic, SubjectKind, name};

/// The figure in words: `Altynkol–Poti, median`, `Carried`, `Utilisation, Aktau, crane`.
pub(super) fn figure_name(figure: &MeasureRef, network: &Network) -> String {
    let key = &figure.key;
    let of = match (key.measure, key.subject.kind()) {
        (Measure::SectionTime, _) => network.section_name(&key.subject),
        (Measure::Throughput, SubjectKind::Corridor) => "Carried".to_owned(),
        (measure, SubjectKind::Corridor) => capital(name(measure, Language::English)),
        (measure, kind) => {
            let is_place =
                matches!(kind, SubjectKind::Node | SubjectKind::Link | SubjectKind::Fleet | SubjectKind::Pool);
            let of = if is_place { network.place_name(&key.subject) } else { key.subject.id().to_owned() };
            format!("{}, {of}", capital(name(measure, Language::English)))
        }
    };
    let period = if key.period.is_horizon() { String::new() } else { format!(", {}", key.period) };
    let is_time = key.measure.is_time_of_subject();
    let statistic = match figure.statistic {
        Statistic::Mean if !is_time => String::new(),
        statistic => format!(", {}", statistic_name(statistic)),
    };
    format!("{of}{statistic}{period}")
}

/// A statistic of shipments in words.
pub(super) const fn statistic_name(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Mean => "mean",
        Statistic::P5 => "fastest twentieth",
        Statistic::P50 => "median",
        Statistic::P90 => "slowest tenth",
        Statistic::P95 => "slowest twentieth",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::synthetic;

    #[test]
    fn figures_are_named_as_people_say_them() {
        let catalogue = synthetic::results(2).catalogue;
        for (text, words) in [
            ("section.altynkol-poti P50", "Altynkol–Poti, median"),
            ("section.altynkol-poti P95", "Altynkol–Poti, slowest twentieth"),
            ("throughput", "Carried"),
        ] {
            let figure = MeasureRef::parse(text, &catalogue.rows).unwrap();
            assert_eq!(figure_name(&figure, &catalogue.network), words);
        }
    }
}
