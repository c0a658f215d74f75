//! Simulated years that can be replayed on the page of their results.

use clap::ValueEnum;

use super::packed::packed;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_on_ctrl_c;
use crate::cli::one_year::OneYear;
use crate::cli::results_folder::ResultsFolder;
use crate::replay::{Chosen, Recorder, Replay, Years};
use crate::report::{ReplayPart, ReplayedYear};
use crate::results::{Record, RowKey};
use crate::words::Measure;

/// Which simulated years can be replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Wanted {
    /// The worst and the median one
    Both,
    /// The worst one
    Worst,
    /// The median one
    Median,
    /// None: the page is smaller
    None,
}

impl Wanted {
    /// The years that are wanted, the worst first, and whether each is the worst; one that is both is there once.
    fn among(self, years: &Years) -> Vec<(Chosen, bool)> {
        let (worst, median) = ((years.worst, true), (years.median, false));
        match self {
            Self::Both if years.worst.replication == years.median.replication => vec![worst],
            Self::Both => vec![worst, median],
            Self::Worst => vec![worst],
            Self::Median => vec![median],
            Self::None => Vec::new(),
        }
    }
}

/// Years of a folder, simulated again.
pub(super) struct Replayed {
    years: Vec<ReplayedYear>,
    of: usize,
    by: Measure,
}

impl Replayed {
    /// The years of a folder that are wanted; none where there is no map, as of a comparison no years are kept, or where no
    /// year is as it was.
    pub(super) fn of(held: &ResultsFolder, wanted: Wanted, console: &Console) -> Result<Option<Self>, Failure> {
        let is_mapped = held.summary.network.nodes.iter().any(|node| node.position.is_some());
        let Some(years) = held.results.as_ref().and_then(Years::of).filter(|_| is_mapped) else {
            return Ok(None);
        };
        let mut replayed = Vec::new();
        for (chosen, is_worst) in wanted.among(&years) {
            if let Some(replay) = again(held, &years.key, chosen, console)? {
                let Chosen { replication, value } = chosen;
                replayed.push(ReplayedYear { is_worst, replication, value, packed: packed(&replay.packed())? });
            }
        }
        let (of, by) = (years.of, years.key.measure);
        Ok((!replayed.is_empty()).then_some(Self { years: replayed, of, by }))
    }

    pub(super) fn part(&self) -> ReplayPart<'_> {
        ReplayPart { years: &self.years, of: self.of, by: self.by }
    }
}

/// Simulates a year again before the eyes of a recorder; `None` where it does not come out as it was.
fn again(held: &ResultsFolder, key: &RowKey, chosen: Chosen, console: &Console) -> Result<Option<Replay>, Failure> {
    let (scenario, replication) = (&held.scenario, chosen.replication);
    let year = OneYear { scenario, seed: held.summary.manifest.run.seed, replication };
    let mut recorder = Recorder::of(year.plan());
    let outcome = year.observe(&cancel_on_ctrl_c(), &mut recorder)?;
    let layout = &scenario.prepared().layout;
    let record = Record::of(layout, replication, &outcome);
    let value = layout.catalogue().rows.iter().position(|row| row == key).map(|row| record.values.get(row));
    if value == Some(chosen.value) {
        return Ok(Some(recorder.finish()));
    }
    console.warning(&format!(
        "year {replication} cannot be replayed: scenario.toml alone does not make it again, as where inputs were drawn or shippers answered"
    ));
    Ok(None)
}
