//! `midcor chart`: the pictures of results, drawn again.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::args::language;
use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::not_written;
use crate::cli::results_folder::ComparedFolder;
use crate::diagnostic::did_you_mean;
use crate::report::{Chart, FolderError, PictureStyle, Study, Theme, comparison_pictures, redraw, redraw_pictures};
use crate::results::Results;
use crate::words::{Language, Measure, Subject};

#[cfg(all(feature = "charts", feature = "parquet"))]
#[derive(Debug, Args)]
pub(super) struct ChartArgs {
    /// Folders with results, of scenarios or of comparisons
    #[arg(required = true)]
    results: Vec<PathBuf>,

    /// Draw these charts only (of a scenario)
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = chart_of)]
    only: Vec<Chart>,

    /// Draw how many wait at this place, such as node.aktau.facility.crane, in place of the longest queues (repeatable)
    #[arg(long, value_name = "PATH")]
    place: Vec<String>,

    /// Width and height in pixels [default: 1600 wide, as high as what is shown needs]
    #[arg(long, value_name = "WxH", value_parser = size_of)]
    size: Option<(u32, u32)>,

    /// Height of the letters of labels in pixels
    #[arg(long, value_name = "PIXELS", default_value_t = PictureStyle::default().font)]
    font: u32,

    /// Colours: on white, on black, or black and white with hatched areas
    #[arg(long, value_name = "THEME", default_value = Theme::Light.word(), value_parser = theme_of)]
    theme: Theme,

    /// Language: en or ru
    #[arg(long, value_name = "LANGUAGE", value_parser = language, default_value = "en")]
    lang: Language,
}

impl ChartArgs {
    fn style(&self) -> Result<PictureStyle, Failure> {
        PictureStyle { size: self.size, font: self.font, theme: self.theme, language: self.lang }
            .checked()
            .map_err(Failure::Wrong)
    }

    fn charts(&self) -> &[Chart] {
        if self.only.is_empty() { &Chart::ALL } else { &self.only }
    }
}

fn chart_of(text: &str) -> Result<Chart, String> {
    named(&Chart::ALL, Chart::name, text)
}

fn theme_of(text: &str) -> Result<Theme, String> {
    named(&Theme::ALL, Theme::word, text)
}

/// The thing of a name.
fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, text: &str) -> Result<T, String> {
    let names = || all.iter().map(|&one| name(one)).collect::<Vec<_>>().join(", ");
    all.iter().copied().find(|&one| name(one) == text).ok_or_else(|| format!("there are {}", names()))
}

fn size_of(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', '×']).and_then(|(width, height)| width.parse().ok().zip(height.parse().ok()));
    sides
        .filter(|&(width, height)| width > 0 && height > 0)
        .ok_or_else(|| "write width and height, as in 1200x675".to_owned())
}

pub(super) fn chart(args: &ChartArgs, console: &mut Console) -> Result<(), Failure> {
    let style = args.style()?;
    args.results.iter().try_for_each(|folder| {
        match Study::found(|name| folder.join(name).is_file()) {
            Some(Study::COMPARISON) if !args.only.is_empty() => {
                return Err(Failure::Wrong("of a comparison all charts are drawn: leave out --only".to_owned()));
            }
            Some(Study::COMPARISON) => draw_comparison(folder, style)?,
            _ => draw(folder, args, style)?,
        }
        Ok(writeln!(console.out(), "{}", folder.join("charts").display())?)
    })
}

fn draw(folder: &Path, args: &ChartArgs, style: PictureStyle) -> Result<(), Failure> {
    let results = Results::read(folder).map_err(|error| Failure::Wrong(error.to_string()))?;
    let places = args.place.iter().map(|path| queue(&results, path)).collect::<Result<Vec<_>, Failure>>()?;
    let cancel = cancel_files_on_ctrl_c();
    ended(redraw(folder, &results, args.charts(), &places, style, || cancel.is_requested()))
}

/// The place of a path, at which somebody may wait.
fn queue<'r>(results: &'r Results, path: &str) -> Result<&'r Subject, Failure> {
    let rows = results.catalogue.rows.iter().filter(|row| row.measure == Measure::HoursWaited && row.is_whole());
    let places: Vec<&Subject> = rows.map(|row| &row.subject).collect();
    let wrong = || {
        let near = did_you_mean(path, places.iter().map(|place| place.as_str()));
        let hint = near.unwrap_or_else(|| "`midcor list parameters` has the paths of things".to_owned());
        Failure::Wrong(format!("--place: nobody waits at `{path}` in these results; {hint}"))
    };
    places.iter().find(|place| place.as_str() == path).copied().ok_or_else(wrong)
}

fn draw_comparison(folder: &Path, style: PictureStyle) -> Result<(), Failure> {
    let compared = ComparedFolder::read(folder)?;
    let cancel = cancel_files_on_ctrl_c();
    ended(redraw_pictures(folder, &comparison_pictures(&compared.comparison), style, || cancel.is_requested()))
}

/// Whether all were drawn.
fn ended(drawn: Result<bool, FolderError>) -> Result<(), Failure> {
    if drawn.map_err(not_written)? { Ok(()) } else { Err(Failure::Stopped) }
}
