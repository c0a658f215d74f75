//! Charts of the spreadsheet's own, in the colours of the pictures.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartErrorBars, ChartErrorBarsType, ChartFont, ChartFormat, ChartLegendPosition,
    ChartLine, ChartSolidFill, ChartType, Color, IntoChartRange as _,
};

use super::book::Cells;

/// The colours of series, told apart by everyone and in print.
pub(super) const SERIES: [u32; 9] =
    [0x00_72_B2, 0x56_B4_E9, 0x00_9E_73, 0xF0_E4_42, 0xE6_9F_00, 0xD5_5E_00, 0xCC_79_A7, 0x4D_4D_4D, 0xA6_A6_A6];

/// Height of a bar with its distance to the next, in pixels.
const BAR: u32 = 26;

/// What a series shows.
pub(super) struct Series<'a> {
    pub(super) name: &'a str,
    pub(super) values: Cells<'a>,
    /// Half-widths of intervals, which stand as black lines.
    pub(super) half_widths: Option<Cells<'a>>,
    /// Its place among [`SERIES`].
    pub(super) colour: usize,
}

/// A chart with lying bars: names at the left, the first row on top.
pub(super) struct Bars<'a> {
    pub(super) title: &'a str,
    /// What the numbers are, with their unit.
    pub(super) axis: &'a str,
    pub(super) names: Cells<'a>,
    pub(super) series: Vec<Series<'a>>,
    pub(super) is_stacked: bool,
    /// Bars of amounts begin at 0; differences may lie on either side of it.
    pub(super) is_of_amounts: bool,
}

impl Bars<'_> {
    pub(super) fn chart(&self) -> Chart {
        let mut chart = Chart::new(if self.is_stacked { ChartType::BarStacked } else { ChartType::Bar });
        for series in &self.series {
            self.add(&mut chart, series);
        }
        let rows = self.names.3 - self.names.1 + 1;
        let bars = if self.is_stacked { 1 } else { self.series.len() as u32 };
        chart.set_width(760).set_height(170 + rows * (BAR + 14 * (bars - 1)));
        chart.title().set_name(self.title).set_font(ChartFont::new().set_size(13).set_bold());
        // The first row of the table stands on top, and the numbers stay at the bottom.
        chart.y_axis().set_reverse();
        let line = ChartLine::new().set_color(Color::RGB(0xD9_D9_D9)).clone();
        chart
            .x_axis()
            .set_name(self.axis)
            .set_label_position(ChartAxisLabelPosition::High)
            .set_major_gridlines_line(&line);
        if self.is_of_amounts {
            chart.x_axis().set_min(0);
        }
        chart.y_axis().set_label_position(ChartAxisLabelPosition::Low);
        if self.series.len() > 1 {
            chart.legend().set_position(ChartLegendPosition::Bottom);
        } else {
            chart.legend().set_hidden();
        }
        chart.set_alt_text(format!("{}: {}", self.title, self.axis));
        chart
    }

    fn add(&self, chart: &mut Chart, series: &Series<'_>) {
        let fill = ChartSolidFill::new().set_color(Color::RGB(SERIES[series.colour % SERIES.len()])).clone();
        let one = chart.add_series();
        one.set_name(series.name).set_categories(self.names).set_values(series.values);
        one.set_format(ChartFormat::new().set_solid_fill(&fill)).set_gap(60);
        if self.is_stacked {
            one.set_overlap(100);
        }
        if let Some(cells) = series.half_widths {
            let range = || cells.new_chart_range();
            let mut bars = ChartErrorBars::new();
            bars.set_type(ChartErrorBarsType::Custom(range(), range()));
            one.set_x_error_bars(&bars);
        }
    }
}
