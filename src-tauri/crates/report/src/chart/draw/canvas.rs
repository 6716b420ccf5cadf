//! The drawing area of one chart: the whole sheet in pixels, and the plot in values.

use super::{
    Medium,
    domain::Domain,
    layout::Layout,
    svg::{Begin, End, Scope, SvgBackend, UNITS},
};
use crate::chart::{
    ChartSpec,
    palette::{Ink, Rgb},
    typeface::{SANS, Typeface},
};
use plotters::{
    chart::ChartBuilder,
    coord::{Shift, cartesian::Cartesian2d},
    drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea},
    element::{Drawable, PathElement, PointCollection, Polygon, Rectangle, Text},
    style::{
        Color, FontStyle, RGBColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};
use std::convert::Infallible;

/// Why Plotters refuses.
pub(super) type Refusal = DrawingAreaErrorKind<Infallible>;

type Plane = Cartesian2d<Domain, Domain>;

/// How words are set.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// Font size in pixels.
    pub(super) size: f64,
    /// Semi-bold instead of regular.
    pub(super) strong: bool,
    /// Colour.
    pub(super) ink: Ink,
    /// Which end of the words the position is.
    pub(super) side: HPos,
    /// Whether they get a rim in the colour of the page.
    pub(super) rim: bool,
}

impl Words {
    /// Regular words of `size` pixels, starting at their position.
    pub(super) const fn new(size: f64, ink: Ink) -> Self {
        Self { size, strong: false, ink, side: HPos::Left, rim: false }
    }

    pub(super) const fn centred(self) -> Self {
        Self { side: HPos::Center, ..self }
    }

    pub(super) const fn ending(self) -> Self {
        Self { side: HPos::Right, ..self }
    }

    pub(super) const fn starting(self) -> Self {
        Self { side: HPos::Left, ..self }
    }

    pub(super) const fn strong(self, strong: bool) -> Self {
        Self { strong, ..self }
    }

    pub(super) const fn rimmed(self) -> Self {
        Self { rim: true, ..self }
    }

    /// Width of `text` in pixels.
    pub(super) fn width(self, text: &str) -> f64 {
        let face = if self.strong { Typeface::SemiBold } else { Typeface::Regular };
        face.width(text, self.size)
    }
}

/// A point of the sheet in pixels.
pub(super) type Point = (f64, f64);

/// The drawing area of one chart.
pub(super) struct Canvas<'a> {
    pub(super) chart: &'a ChartSpec,
    pub(super) layout: &'a Layout,
    pub(super) medium: Medium,
    sheet: DrawingArea<SvgBackend<'a>, Shift>,
    plot: DrawingArea<SvgBackend<'a>, Plane>,
}

impl<'a> Canvas<'a> {
    /// Lays the plane of `places` and `values` into the plot of `layout`.
    pub(super) fn new(
        chart: &'a ChartSpec,
        layout: &'a Layout,
        medium: Medium,
        out: &'a mut String,
        (places, values): (Domain, Domain),
    ) -> Result<Self, Refusal> {
        let (width, height) = (f64::from(layout.size.width), f64::from(layout.size.height));
        let size = (units(width).unsigned_abs(), units(height).unsigned_abs());
        let sheet = SvgBackend::new(out, size).into_drawing_area();
        let plot = ChartBuilder::on(&sheet)
            .margin_left(units(layout.left))
            .margin_top(units(layout.top))
            .margin_right(units(width - layout.right))
            .margin_bottom(units(height - layout.bottom))
            .build_cartesian_2d(places, values)?
            .plotting_area()
            .clone();
        Ok(Self { chart, layout, medium, sheet, plot })
    }

    /// Where a place and a value lie on the sheet.
    pub(super) fn at(&self, place: f64, value: f64) -> Point {
        let (x, y) = self.plot.map_coordinate(&(place, value));
        (f64::from(x) / f64::from(UNITS), f64::from(y) / f64::from(UNITS))
    }

    /// Width of one place in pixels.
    pub(super) fn column(&self) -> f64 {
        self.at(1.0, 0.0).0 - self.at(0.0, 0.0).0
    }

    /// Draws what `inside` draws under `scope`.
    pub(super) fn scoped(
        &self,
        scope: Scope,
        inside: impl FnOnce(&Self) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.sheet.draw(&Begin(scope))?;
        inside(self)?;
        self.sheet.draw(&End)
    }

    /// Draws an element whose points are units of the sheet.
    pub(super) fn on_sheet<'e, E>(&self, element: &'e E) -> Result<(), Refusal>
    where
        &'e E: PointCollection<'e, (i32, i32)>,
        E: for<'b> Drawable<SvgBackend<'b>>,
    {
        self.sheet.draw(element)
    }

    /// A filled rectangle between two points of the plot, given as (place, value).
    pub(super) fn bar(&self, one: Point, other: Point, color: Rgb) -> Result<(), Refusal> {
        self.plot.draw(&Rectangle::new([one, other], fill(color)))
    }

    /// A filled area around points of the plot, given as (place, value).
    pub(super) fn area(&self, points: Vec<Point>, color: Rgb) -> Result<(), Refusal> {
        self.plot.draw(&Polygon::new(points, fill(color)))
    }

    /// A line through points of the plot, given as (place, value); `width` in pixels.
    pub(super) fn line(&self, points: Vec<Point>, color: Rgb, width: f64) -> Result<(), Refusal> {
        self.plot.draw(&PathElement::new(points, stroke(color, width)))
    }

    /// A filled rectangle between two points of the sheet.
    pub(super) fn block(&self, one: Point, other: Point, color: Rgb) -> Result<(), Refusal> {
        self.on_sheet(&Rectangle::new([spot(one), spot(other)], fill(color)))
    }

    /// A line through points of the sheet; `width` in pixels.
    pub(super) fn stroke(&self, points: &[Point], color: Rgb, width: f64) -> Result<(), Refusal> {
        let points: Vec<(i32, i32)> = points.iter().copied().map(spot).collect();
        self.on_sheet(&PathElement::new(points, stroke(color, width)))
    }

    /// Words, vertically centred on a point of the sheet.
    pub(super) fn words(&self, text: &str, position: Point, words: Words) -> Result<(), Refusal> {
        let (red, green, blue) = words.ink.rgb();
        let ink = RGBColor(red, green, blue);
        let style = if words.strong { FontStyle::Bold } else { FontStyle::Normal };
        let style = TextStyle::from((SANS, words.size * f64::from(UNITS), style))
            .color(&ink)
            .pos(Pos::new(words.side, VPos::Center));
        let class =
            if words.strong { format!("{} text-strong", words.ink.class()) } else { words.ink.class().to_owned() };
        self.scoped(Scope { class, rim: words.rim, ..Scope::default() }, |canvas| {
            canvas.sheet.draw(&Text::new(text, spot(position), style))
        })
    }
}

/// Pixels as units of the backend.
pub(super) fn units(pixels: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "sizes of drawings are at most a few thousand pixels")]
    let units = (pixels * f64::from(UNITS)).round() as i32;
    units
}

/// A point in units of the backend.
pub(super) fn spot((x, y): Point) -> (i32, i32) {
    (units(x), units(y))
}

/// A solid fill.
pub(super) fn fill((red, green, blue): Rgb) -> ShapeStyle {
    RGBColor(red, green, blue).filled()
}

fn stroke((red, green, blue): Rgb, width: f64) -> ShapeStyle {
    RGBColor(red, green, blue).stroke_width(units(width).unsigned_abs())
}
