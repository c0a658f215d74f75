//! What a container stands for where cargo is counted otherwise.

/// Tonnes that a TEU stands for where cargo is not counted in TEU.
const TONNES_PER_TEU: f64 = 14.0;
/// Dollars that the day of a TEU is worth where nothing else is said, the median.
pub(super) const USD_PER_TEU_DAY: f64 = 60.0;

/// TEU that a unit of cargo stands for: itself, or its tonnes at 14 t a TEU; 1 for cargo without mass.
pub(super) fn teu_per_unit(unit: &str, tonnes: f64) -> f64 {
    if unit == "TEU" || tonnes <= 0.0 { 1.0 } else { tonnes / TONNES_PER_TEU }
}
