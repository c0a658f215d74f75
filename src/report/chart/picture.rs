//! A picture that can be had as SVG or PNG, in memory.

use plotters::backend::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters::drawing::IntoDrawingArea;

use super::canvas::Canvas;
use super::error::ChartError;
use super::theme;

/// Width and height in pixels.
const SIZE: (u32, u32) = (1600, 900);

/// Red, green and blue.
const BYTES_A_PIXEL: usize = 3;

/// A picture, plotted when it is asked for.
pub struct Picture<'a> {
    name: String,
    plotted: Box<dyn Rendered + 'a>,
}

impl<'a> Picture<'a> {
    pub(super) fn new(name: impl Into<String>, plotted: impl Plot + 'a) -> Self {
        Self { name: name.into(), plotted: Box::new(plotted) }
    }

    /// Its name: that of its files, without the ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The picture as SVG.
    ///
    /// # Errors
    /// If it cannot be plotted.
    pub fn svg(&self) -> Result<String, ChartError> {
        self.plotted.svg().map_err(|reason| self.failed(reason))
    }

    /// The picture as a PNG file of 1600 × 900 pixels.
    ///
    /// # Errors
    /// If it cannot be plotted.
    pub fn png(&self) -> Result<Vec<u8>, ChartError> {
        self.plotted.png().map_err(|reason| self.failed(reason))
    }

    fn failed(&self, reason: String) -> ChartError {
        ChartError { name: self.name.clone(), reason }
    }
}

/// What can be plotted on any backend.
pub(super) trait Plot {
    fn plot_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String>;
}

impl<T: Plot> Plot for &T {
    fn plot_on<B: DrawingBackend>(&self, canvas: &Canvas<'_, B>) -> Result<(), String> {
        (**self).plot_on(canvas)
    }
}

/// What can be plotted in both forms, whatever it is.
trait Rendered {
    fn svg(&self) -> Result<String, String>;
    fn png(&self) -> Result<Vec<u8>, String>;
}

impl<T: Plot> Rendered for T {
    fn svg(&self) -> Result<String, String> {
        let mut text = String::new();
        on(SVGBackend::with_string(&mut text, SIZE), self)?;
        Ok(text)
    }

    fn png(&self) -> Result<Vec<u8>, String> {
        let mut pixels = vec![0; SIZE.0 as usize * SIZE.1 as usize * BYTES_A_PIXEL];
        on(BitMapBackend::with_buffer(&mut pixels, SIZE), self)?;
        encoded(&pixels)
    }
}

fn on<B: DrawingBackend>(backend: B, picture: &impl Plot) -> Result<(), String> {
    theme::register()?;
    let area = backend.into_drawing_area();
    let canvas = Canvas::new(&area)?;
    picture.plot_on(&canvas)?;
    area.present().map_err(|error| error.to_string())
}

fn encoded(pixels: &[u8]) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIZE.0, SIZE.1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(pixels)?;
        writer.finish()
    });
    written.map_err(|error| error.to_string())?;
    Ok(bytes)
}
