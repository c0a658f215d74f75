//! Charts in a results folder; none where the program is built without them.

use std::path::Path;

use super::FolderError;
use crate::analysis::Bottlenecks;
use crate::analysis::routes::RouteAnswer;
use crate::analysis::stress::Stress;
use crate::analysis::sweep::Sweep;
use crate::comparison::Comparison;
use crate::report::CapacityReport;
#[cfg(feature = "charts")]
use crate::report::chart::{self, Chart, ChartError};
use crate::results::Summary;
use crate::validation::Validation;

macro_rules! pictures {
    ($($name:ident($of:ty) => $draw:ident;)*) => {$(
        #[cfg(feature = "charts")]
        pub(super) fn $name(dir: &Path, of: &$of) -> Result<(), FolderError> {
            draw(dir, |dir| chart::$draw(of, dir))
        }

        #[cfg(not(feature = "charts"))]
        pub(super) fn $name(_: &Path, _: &$of) -> Result<(), FolderError> {
            Ok(())
        }
    )*};
}

pictures! {
    of_run(Summary) => draw_all;
    of_validation(Validation) => draw_validation;
    of_bottlenecks(Bottlenecks) => draw_bottlenecks;
    of_capacity(CapacityReport) => draw_capacity;
    of_sweep(Sweep) => draw_sweep;
    of_stress(Stress) => draw_stress;
    of_comparison(Comparison) => draw_comparison;
    of_routes(RouteAnswer) => draw_routes;
}

#[cfg(feature = "charts")]
const CHARTS: &str = "charts";

#[cfg(feature = "charts")]
fn draw(dir: &Path, draw: impl FnOnce(&Path) -> Result<(), ChartError>) -> Result<(), FolderError> {
    let dir = dir.join(CHARTS);
    std::fs::create_dir_all(&dir).map_err(FolderError::at(&dir))?;
    draw(&dir).map_err(|source| FolderError::Chart { path: dir, source })
}

/// The files of a chart of a run.
#[cfg(feature = "charts")]
pub(super) fn names(chart: Chart) -> [std::path::PathBuf; 2] {
    ["svg", "png"].map(|ending| Path::new(CHARTS).join(format!("{}.{ending}", chart.name())))
}
