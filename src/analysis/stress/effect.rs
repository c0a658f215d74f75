//! What a closure does over many replications.

use serde::{Serialize, Serializer};

use super::year::Amount;
use super::{Case, Stress, WhatIf, Year};
use crate::stats::{Estimate, Paired, order_interval, order_quantile, wilson};
use crate::words::{Subject, SubjectKind};

/// What is said of a closure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Tonne-days late.
    Late,
    /// TEU-days late.
    LateTeu,
    /// Cost of delay.
    Cost,
    /// Refused.
    Refused,
    /// Lost to outside.
    Lost,
    /// The largest backlog.
    BacklogPeak,
    /// Days from reopening until the backlog is gone.
    DaysToClear,
    /// Share of years in which the backlog is not gone by the end of the clock.
    NotGone,
    /// Most stabled at once.
    StabledPeak,
    /// How many more that is than without the closure.
    StabledMore,
    /// On other routes.
    OtherRoutes,
    /// The same as a share of the traffic of the closed days.
    OtherRoutesShare,
}

impl Effect {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Late,
        Self::LateTeu,
        Self::Cost,
        Self::Refused,
        Self::Lost,
        Self::BacklogPeak,
        Self::DaysToClear,
        Self::NotGone,
        Self::StabledPeak,
        Self::StabledMore,
        Self::OtherRoutes,
        Self::OtherRoutesShare,
    ];

    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Late | Self::LateTeu => "late",
            Self::Cost => "cost_of_delay",
            Self::Refused => "refused",
            Self::Lost => "lost_to_outside",
            Self::BacklogPeak => "backlog_peak",
            Self::DaysToClear => "days_to_clear",
            Self::NotGone => "not_gone",
            Self::StabledPeak => "stabled_peak",
            Self::StabledMore => "stabled_more",
            Self::OtherRoutes | Self::OtherRoutesShare => "other_routes",
        }
    }

    /// Its unit.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Late => "t d",
            Self::LateTeu => "TEU d",
            Self::Cost => "USD",
            Self::Refused | Self::Lost | Self::BacklogPeak | Self::OtherRoutes => "t",
            Self::DaysToClear => "d",
            Self::NotGone | Self::OtherRoutesShare => "1",
            Self::StabledPeak | Self::StabledMore => "trains",
        }
    }

    fn value(self, year: &Year) -> f64 {
        match self {
            Self::Late => year.late_t_d,
            Self::LateTeu => year.late_teu_d,
            Self::Cost => year.cost_usd,
            Self::Refused => year.refused_t,
            Self::Lost => year.lost_t,
            Self::BacklogPeak => year.backlog_peak_t,
            // What is not gone is slower than all that is.
            Self::DaysToClear => year.days_to_clear.unwrap_or(f64::INFINITY),
            Self::NotGone => f64::from(u8::from(year.days_to_clear.is_none())),
            Self::StabledPeak => year.stabled_peak,
            Self::StabledMore => year.stabled_more,
            Self::OtherRoutes => year.other_routes_t,
            Self::OtherRoutesShare => year.other_routes_share,
        }
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// An effect over replications. What falls among years without an end of the backlog is absent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What is said.
    pub measure: Effect,
    /// The corridor, or a cargo.
    pub subject: Subject,
    /// The unit.
    pub unit: &'static str,
    /// Replications.
    pub n: u64,
    /// Mean over replications.
    pub mean: Option<f64>,
    /// Standard deviation between replications.
    pub sd: Option<f64>,
    /// Half-width of the interval of the mean; of a share of years, that of Wilson's interval.
    pub half_width: Option<f64>,
    /// Level of the intervals.
    pub level: f64,
    /// Percentiles over replications.
    pub p5: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// Half-width of its interval.
    pub p50_half_width: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// 95th percentile.
    pub p95: Option<f64>,
}

/// A quantity over replications at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    /// Mean.
    pub mean: f64,
    /// 5th percentile.
    pub p5: f64,
    /// Median.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
}

/// The backlog so many whole days after the beginning of the closure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Backlog {
    /// Days.
    pub day: usize,
    /// In tonnes.
    pub tonnes: Band,
    /// In TEU, of cargo counted in TEU.
    pub teu: Band,
}

impl Stress {
    /// The effects that a scenario can have: without cargo in TEU none in TEU.
    pub fn effects(&self) -> impl Iterator<Item = Effect> {
        let has_teu = self.has_teu;
        Effect::ALL.into_iter().filter(move |effect| has_teu || *effect != Effect::LateTeu)
    }

    /// An effect of a case over its replications.
    pub fn row(&self, case: &Case, effect: Effect) -> Row {
        let values: Vec<f64> = case.years.iter().map(|year| effect.value(year)).collect();
        let mut row = self.row_of(effect, Subject::corridor(), &values);
        if effect == Effect::NotGone {
            let events = values.iter().filter(|&&value| value > 0.0).count() as u64;
            row.half_width = wilson(events, values.len() as u64, row.level).map(|interval| interval.half_width());
        }
        row
    }

    /// All effects of a case, and its lateness by cargo.
    pub fn rows(&self, case: &Case) -> Vec<Row> {
        let mut rows: Vec<Row> = self.effects().map(|effect| self.row(case, effect)).collect();
        for (cargo, (id, _)) in self.cargoes.iter().enumerate() {
            let values: Vec<f64> = case.years.iter().map(|year| year.late_by_cargo[cargo]).collect();
            rows.push(self.row_of(Effect::Late, Subject::of(SubjectKind::Cargo, id), &values));
        }
        rows
    }

    /// Cargoes whose delay costs nothing because the scenario has no value of time for them.
    pub fn without_value_of_time(&self) -> impl Iterator<Item = &str> {
        self.cargoes.iter().filter(|cargo| cargo.1 <= 0.0).map(|cargo| cargo.0.as_str())
    }

    fn row_of(&self, measure: Effect, subject: Subject, values: &[f64]) -> Row {
        let level = self.manifest.run.level;
        let is_known = values.iter().all(|value| value.is_finite());
        let estimate = Estimate::of(values, level).filter(|_| is_known);
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let quantile = |p: f64| order_quantile(&sorted, p).filter(|value| value.is_finite());
        let interval = order_interval(&sorted, 0.5, level).map(|interval| interval.half_width());
        Row {
            measure,
            subject,
            unit: measure.unit(),
            n: values.len() as u64,
            mean: estimate.map(|estimate| estimate.mean),
            sd: estimate.and_then(|estimate| estimate.sd),
            half_width: estimate.and_then(|estimate| estimate.half_width),
            level,
            p5: quantile(0.05),
            p50: quantile(0.5),
            p50_half_width: interval.filter(|half_width| half_width.is_finite()),
            p90: quantile(0.9),
            p95: quantile(0.95),
        }
    }
}

impl Stress {
    /// By how much an effect of a closure is other in a what-if, in pairs of the same random numbers; of days until the backlog is
    /// gone, over the years in which it is gone in both.
    pub fn apart(&self, what_if: &WhatIf, case: usize, effect: Effect) -> Option<Paired> {
        let pairs = what_if.cases.get(case)?.years.iter().zip(&self.cases.get(case)?.years);
        let values = pairs.map(|(with, without)| (effect.value(with), effect.value(without)));
        let (with, without): (Vec<f64>, Vec<f64>) =
            values.filter(|(with, without)| with.is_finite() && without.is_finite()).unzip();
        Paired::of(&with, &without, self.manifest.run.level)
    }
}

impl Case {
    /// The backlog by whole days from the beginning of the closure to the end of the clock.
    pub fn backlog(&self) -> Vec<Backlog> {
        let days = self.years.iter().map(|year| year.backlog.len()).min().unwrap_or(0);
        let each = |day: usize, of: fn(&Amount) -> f64| self.years.iter().map(move |year| of(&year.backlog[day]));
        let at = |day| Backlog {
            day,
            tonnes: band(each(day, |amount| amount.tonnes)),
            teu: band(each(day, |amount| amount.teu)),
        };
        (0..days).map(at).collect()
    }
}

fn band(values: impl Iterator<Item = f64>) -> Band {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let quantile = |p| order_quantile(&sorted, p).unwrap_or(0.0);
    let mean = crate::stats::sum(sorted.iter().copied()) / sorted.len().max(1) as f64;
    Band { mean, p5: quantile(0.05), p50: quantile(0.5), p95: quantile(0.95) }
}
