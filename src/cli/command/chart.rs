//! `midcor chart`: the pictures of results, drawn again.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::console::Console;
use crate::cli::exit::Failure;
use crate::cli::interrupt::cancel_files_on_ctrl_c;
use crate::cli::output::not_written;
use crate::report::{Chart, PictureStyle, Theme, redraw};
use crate::results::Results;
use crate::words::Language;

#[cfg(all(feature = "charts", feature = "parquet"))]
#[derive(Debug, Args)]
pub(super) struct ChartArgs {
    /// Folders with results
    #[arg(required = true)]
    results: Vec<PathBuf>,

    /// Draw these charts only
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = chart_of)]
    only: Vec<Chart>,

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
    #[arg(long, value_name = "LANGUAGE", default_value = "en", value_parser = language)]
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

fn language(text: &str) -> Result<Language, String> {
    named(&Language::ALL, Language::word, text)
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
    args.results.iter().try_for_each(|folder| draw(folder, args.charts(), style, console))
}

fn draw(folder: &Path, charts: &[Chart], style: PictureStyle, console: &mut Console) -> Result<(), Failure> {
    let results = Results::read(folder).map_err(|error| Failure::Wrong(error.to_string()))?;
    let cancel = cancel_files_on_ctrl_c();
    if !redraw(folder, &results, charts, style, || cancel.is_requested()).map_err(not_written)? {
        return Err(Failure::Stopped);
    }
    Ok(writeln!(console.out(), "{}", folder.join("charts").display())?)
}
