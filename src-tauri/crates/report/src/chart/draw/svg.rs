//! A Plotters backend that writes SVG with classes, groups and data attributes.
//!
//! Plotters counts in whole units; here a unit is a tenth of a pixel, so that nothing jumps to the pixel grid.

use super::markup::{decimal, leaf_text, open};
use crate::chart::{
    palette::{Ink, hex},
    typeface::{Typeface, showable},
};
use plotters::element::{Drawable, PointCollection};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::{HPos, VPos},
};
use std::convert::Infallible;

/// Units of the backend in one pixel.
pub(super) const UNITS: i32 = 10;
/// Height of a capital letter of the text face, as a share of the font size.
const CAPITALS: f64 = 0.698;

/// How shapes are written until the scope ends; optionally a group around them.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// Attributes of a `<g>` around everything in the scope.
    pub(super) group: Option<Vec<(&'static str, String)>>,
    /// `<title>` of that group.
    pub(super) title: Option<String>,
    /// Class of each shape and text.
    pub(super) class: String,
    /// Fill of shapes instead of their colour: `url(#pattern)`.
    pub(super) fill: Option<String>,
    /// Stroke of filled shapes, as class and colour.
    pub(super) outline: Option<(&'static str, String)>,
    /// `stroke-dasharray` of lines.
    pub(super) dash: Option<&'static str>,
    /// Whether shapes are invisible but felt by a pointer.
    pub(super) hit: bool,
    /// Whether shapes and texts get a rim in the colour of the page, to stand off from what is behind.
    pub(super) rim: bool,
}

/// Element without extent: begins a [`Scope`].
pub(super) struct Begin(pub(super) Scope);

/// Element without extent: ends the innermost scope.
pub(super) struct End;

/// Writes SVG into a string.
pub(super) struct SvgBackend<'a> {
    out: &'a mut String,
    size: (u32, u32),
    scopes: Vec<Scope>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> SvgBackend<'a> {
    /// A backend of `size` units that appends to `out`.
    pub(super) fn new(out: &'a mut String, size: (u32, u32)) -> Self {
        Self { out, size, scopes: Vec::new() }
    }

    fn begin(&mut self, scope: &Scope) {
        if let Some(attributes) = &scope.group {
            open(self.out, "g", attributes);
            self.out.push('>');
            if let Some(title) = &scope.title {
                leaf_text(self.out, "title", &[], title);
            }
        }
        self.scopes.push(scope.clone());
    }

    fn end(&mut self) {
        if self.scopes.pop().is_some_and(|scope| scope.group.is_some()) {
            self.out.push_str("</g>\n");
        }
    }

    fn scope(&self) -> Scope {
        self.scopes.last().cloned().unwrap_or_default()
    }

    /// Writes a filled or stroked shape under the innermost scope.
    fn shape(&mut self, name: &str, geometry: Vec<(&'static str, String)>, color: BackendColor, stroke: Option<u32>) {
        let scope = self.scope();
        let mut attributes = geometry;
        let mut class = scope.class;
        if scope.hit {
            attributes.extend([("fill", "none".to_owned()), ("pointer-events", "all".to_owned())]);
        } else if let Some(width) = stroke {
            attributes.extend([
                ("fill", "none".to_owned()),
                ("stroke", hex(color.rgb)),
                ("stroke-width", units(width)),
            ]);
            attributes.extend(scope.dash.map(|dash| ("stroke-dasharray", dash.to_owned())));
        } else {
            attributes.push(("fill", scope.fill.unwrap_or_else(|| hex(color.rgb))));
            if let Some((line, color)) = scope.outline {
                attributes.extend([("stroke", color), ("stroke-width", "1.2".to_owned())]);
                class = format!("{class} {line}");
            } else if scope.rim {
                attributes.extend([("stroke", hex(Ink::Surface.rgb())), ("stroke-width", "1.5".to_owned())]);
                class.push_str(" rim");
            }
        }
        if !class.is_empty() {
            attributes.push(("class", class.trim_start().to_owned()));
        }
        open(self.out, name, &attributes);
        self.out.push_str("/>\n");
    }
}

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + UNITS, point.1 + UNITS), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, one: BackendCoord, other: BackendCoord, style: &S, fill: bool) -> Drawn {
        let (left, right) = (one.0.min(other.0), one.0.max(other.0));
        let (top, bottom) = (one.1.min(other.1), one.1.max(other.1));
        let geometry = vec![("x", px(left)), ("y", px(top)), ("width", px(right - left)), ("height", px(bottom - top))];
        self.shape("rect", geometry, style.color(), (!fill).then(|| style.stroke_width()));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.shape("path", vec![("d", outline(path, false))], style.color(), Some(style.stroke_width()));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let geometry = vec![("cx", px(center.0)), ("cy", px(center.1)), ("r", units(radius))];
        self.shape("circle", geometry, style.color(), (!fill).then(|| style.stroke_width()));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        self.shape("path", vec![("d", outline(corners, true))], style.color(), None);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, position: BackendCoord) -> Drawn {
        let scope = self.scope();
        let size = style.size() / f64::from(UNITS);
        let anchor = style.anchor();
        let down = match anchor.v_pos {
            VPos::Top => CAPITALS,
            VPos::Center => CAPITALS / 2.0,
            VPos::Bottom => 0.0,
        } * size;
        let baseline = f64::from(position.1) / f64::from(UNITS) + down;
        let mut attributes = vec![("x", px(position.0)), ("y", decimal(baseline)), ("font-size", decimal(size))];
        match anchor.h_pos {
            HPos::Left => {}
            HPos::Center => attributes.push(("text-anchor", "middle".to_owned())),
            HPos::Right => attributes.push(("text-anchor", "end".to_owned())),
        }
        if matches!(style.style(), FontStyle::Bold) {
            attributes.push(("font-weight", Typeface::SemiBold.weight().to_string()));
        }
        attributes.push(("fill", hex(style.color().rgb)));
        let mut class = scope.class;
        if scope.rim {
            let rim = [("paint-order", "stroke".to_owned()), ("stroke", hex(Ink::Surface.rgb()))];
            attributes.extend(rim);
            attributes.extend([("stroke-width", "3".to_owned()), ("stroke-linejoin", "round".to_owned())]);
            class.push_str(" rim");
        }
        if !class.is_empty() {
            attributes.push(("class", class.trim_start().to_owned()));
        }
        leaf_text(self.out, "text", &attributes, text);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let face = if matches!(style.style(), FontStyle::Bold) { Typeface::SemiBold } else { Typeface::Regular };
        Ok((ceiling(face.width(&showable(text), style.size())), ceiling(style.size() * CAPITALS)))
    }
}

impl Drawable<SvgBackend<'_>> for Begin {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, _: I, backend: &mut SvgBackend<'_>, _: (u32, u32)) -> Drawn {
        backend.begin(&self.0);
        Ok(())
    }
}

impl Drawable<SvgBackend<'_>> for End {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, _: I, backend: &mut SvgBackend<'_>, _: (u32, u32)) -> Drawn {
        backend.end();
        Ok(())
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Begin {
    type IntoIter = std::iter::Empty<&'a C>;
    type Point = &'a C;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a End {
    type IntoIter = std::iter::Empty<&'a C>;
    type Point = &'a C;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

fn outline(points: impl IntoIterator<Item = BackendCoord>, closed: bool) -> String {
    let mut path = String::new();
    for (x, y) in points {
        path.push(if path.is_empty() { 'M' } else { 'L' });
        path.push_str(&px(x));
        path.push(' ');
        path.push_str(&px(y));
    }
    if closed {
        path.push('Z');
    }
    path
}

/// Units as pixels.
fn px(units: i32) -> String {
    decimal(f64::from(units) / f64::from(UNITS))
}

fn units(units: u32) -> String {
    decimal(f64::from(units) / f64::from(UNITS))
}

fn ceiling(value: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "widths of short texts, never negative"
    )]
    let ceiling = value.ceil() as u32;
    ceiling
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::prelude::*;

    /// What `draw` writes on a sheet of 100 × 50 pixels.
    fn written(draw: impl FnOnce(&DrawingArea<SvgBackend<'_>, plotters::coord::Shift>)) -> String {
        let mut out = String::new();
        let sheet = SvgBackend::new(&mut out, (1000, 500)).into_drawing_area();
        draw(&sheet);
        drop(sheet);
        out
    }

    #[test]
    fn shapes_of_plotters_become_elements() {
        let check = |draw: &dyn Fn(&DrawingArea<SvgBackend<'_>, plotters::coord::Shift>), expected: &str| {
            assert_eq!(written(draw), expected);
        };
        let blue = RGBColor(0, 0, 255);
        check(
            &|sheet| sheet.draw(&Rectangle::new([(100, 205), (10, 20)], blue.filled())).unwrap(),
            "<rect x=\"1\" y=\"2\" width=\"9\" height=\"18.5\" fill=\"#0000FF\"/>\n",
        );
        check(
            &|sheet| sheet.draw(&PathElement::new([(0, 0), (15, 20)], Color::stroke_width(&blue, 12))).unwrap(),
            "<path d=\"M0 0L1.5 2\" fill=\"none\" stroke=\"#0000FF\" stroke-width=\"1.2\"/>\n",
        );
        check(
            &|sheet| sheet.draw(&Circle::new((50, 50), 40, blue.filled())).unwrap(),
            "<circle cx=\"5\" cy=\"5\" r=\"4\" fill=\"#0000FF\"/>\n",
        );
        check(
            &|sheet| sheet.draw(&Polygon::new([(0, 0), (10, 0), (0, 10)], blue.filled())).unwrap(),
            "<path d=\"M0 0L1 0L0 1Z\" fill=\"#0000FF\"/>\n",
        );
        check(
            &|sheet| sheet.draw_pixel((10, 10), &blue).unwrap(),
            "<rect x=\"1\" y=\"1\" width=\"1\" height=\"1\" fill=\"#0000FF\"/>\n",
        );
        check(
            &|sheet| sheet.draw(&Text::new("a < b", (10, 10), ("IBM Plex Sans", 100).into_font())).unwrap(),
            "<text x=\"1\" y=\"8\" font-size=\"10\" fill=\"#000000\">a &lt; b</text>\n",
        );
    }

    #[test]
    fn scopes_group_and_colour_what_is_inside() {
        let scope = Scope {
            group: Some(vec![("class", "mark".to_owned())]),
            title: Some("Q1: 3".to_owned()),
            class: "tone-bad".to_owned(),
            fill: Some("url(#p)".to_owned()),
            ..Scope::default()
        };
        let out = written(|sheet| {
            sheet.draw(&Begin(scope)).unwrap();
            sheet.draw(&Rectangle::new([(0, 0), (10, 10)], BLACK.filled())).unwrap();
            sheet.draw(&End).unwrap();
            sheet.draw(&Rectangle::new([(0, 0), (10, 10)], BLACK.filled())).unwrap();
        });
        assert_eq!(
            out,
            "<g class=\"mark\"><title>Q1: 3</title>\n\
             <rect x=\"0\" y=\"0\" width=\"1\" height=\"1\" fill=\"url(#p)\" class=\"tone-bad\"/>\n</g>\n\
             <rect x=\"0\" y=\"0\" width=\"1\" height=\"1\" fill=\"#000000\"/>\n"
        );
    }

    #[test]
    fn plotters_measures_words_with_the_shipped_font() {
        let mut out = String::new();
        let sheet = SvgBackend::new(&mut out, (1000, 500)).into_drawing_area();
        let size = |style: FontStyle| {
            let style = TextStyle::from(("IBM Plex Sans", 100, style));
            sheet.estimate_text_size("0000", &style).unwrap()
        };
        assert_eq!(size(FontStyle::Normal), (240, 70));
        assert_eq!(size(FontStyle::Bold), (240, 70));
    }
}
