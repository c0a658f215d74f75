//! A picture that can be had as SVG or PNG, in memory. The PNG is made from the SVG, so that both show the same.

use maud::{PreEscaped, html};

use super::canvas::{Canvas, Frame};
use super::error::ChartError;
use super::hatching;
use super::placed::Texts;
use super::style::PictureStyle;
use super::theme::Theme;

/// A picture, plotted when it is asked for.
pub struct Picture<'a> {
    name: String,
    plotted: Box<dyn Plot + 'a>,
}

impl<'a> Picture<'a> {
    pub(super) fn new(name: impl Into<String>, plotted: impl Plot + 'a) -> Self {
        Self { name: name.into(), plotted: Box::new(plotted) }
    }

    /// Its name: that of its files, without the ending.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The picture as SVG, with letters as outlines, so that it looks alike everywhere.
    ///
    /// # Errors
    /// If it cannot be plotted.
    pub fn svg(&self, style: PictureStyle) -> Result<String, ChartError> {
        self.plotted(style).and_then(|drawn| drawn.into_svg(&self.name, style)).map_err(|reason| self.failed(reason))
    }

    /// The picture of an SVG as PNG.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn png(&self, svg: &str) -> Result<Vec<u8>, ChartError> {
        png(svg).map_err(|reason| self.failed(reason))
    }

    fn plotted(&self, style: PictureStyle) -> Result<Drawn, String> {
        let (width, height) = style.room();
        let height = height.map_or_else(|| self.plotted.height(), |height| height as i32);
        on(Frame { width: width as i32, height, theme: style.theme, language: style.language }, &*self.plotted)
    }

    fn failed(&self, reason: String) -> ChartError {
        ChartError { name: self.name.clone(), reason }
    }
}

/// The usual height of a picture that is 1600 wide.
pub(super) const HEIGHT: i32 = 900;

/// What can be plotted.
pub(super) trait Plot {
    /// Its height where none is asked for, in a picture 1600 wide.
    fn height(&self) -> i32 {
        HEIGHT
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String>;
}

impl<T: Plot> Plot for &T {
    fn height(&self) -> i32 {
        (**self).height()
    }

    fn plot_on(&self, canvas: &Canvas<'_>) -> Result<(), String> {
        (**self).plot_on(canvas)
    }
}

/// Shapes, and the texts that lie over them.
struct Drawn {
    frame: Frame,
    shapes: String,
    texts: Texts,
}

fn on(frame: Frame, picture: &dyn Plot) -> Result<Drawn, String> {
    let mut shapes = String::new();
    let canvas = Canvas::new(&mut shapes, frame)?;
    picture.plot_on(&canvas)?;
    let texts = canvas.finish()?;
    Ok(Drawn { frame, shapes, texts })
}

impl Drawn {
    fn into_svg(self, name: &str, style: PictureStyle) -> Result<String, String> {
        let shapes = self.shapes.split_once('>').and_then(|(_, rest)| rest.rsplit_once("</svg>"));
        let (shapes, _) = shapes.ok_or("the library drew no picture")?;
        let name = &identifier(name);
        let (shapes, patterns) = match style.theme {
            Theme::Print => hatching::fill(shapes, name),
            Theme::Light | Theme::Dark => (shapes.to_owned(), String::new()),
        };
        let Frame { width, height, .. } = self.frame;
        let pixels = style.size.unwrap_or_else(|| {
            let pixels = |side: i32| (f64::from(side) * style.scale()).round() as u32;
            (pixels(width), pixels(height))
        });
        let (letters, texts) = (self.texts.definitions(name)?, self.texts.svg(name, style.theme)?);
        let svg = html! {
            svg width=(pixels.0) height=(pixels.1) viewBox=(format!("0 0 {width} {height}"))
                xmlns="http://www.w3.org/2000/svg" role="img" {
                title { (self.texts.title()) } "\n"
                defs { (PreEscaped(patterns)) (letters) } "\n"
                (PreEscaped(shapes.trim())) "\n"
                (texts)
            }
        };
        Ok(svg.into_string())
    }
}

/// A name of which the names of parts of the picture are made: on a page with several pictures they are unlike each other.
fn identifier(name: &str) -> String {
    name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect()
}

fn png(svg: &str) -> Result<Vec<u8>, String> {
    let tree = resvg::usvg::Tree::from_str(svg, &resvg::usvg::Options::default()).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size();
    let mut pixels = resvg::tiny_skia::Pixmap::new(size.width(), size.height()).ok_or("the picture has no size")?;
    resvg::render(&tree, resvg::tiny_skia::Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}
