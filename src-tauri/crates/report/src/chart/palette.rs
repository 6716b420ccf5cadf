//! The colours of the charts: four states, one accent, greys; and the patterns that say the same without colour.
//!
//! Hues follow the colour-blind safe set of Okabe and Ito ("Color Universal Design", 2008), darkened until each stands
//! out from white by at least 3 : 1 (WCAG 2.2, 1.4.11).

use serde::Serialize;

/// Red, green, blue.
pub(super) type Rgb = (u8, u8, u8);

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As the policy wants it.
    Good,
    /// Needs attention.
    Warn,
    /// Against the policy.
    Bad,
    /// The imported files cannot tell.
    Unknown,
    /// The subject of the chart, without judgement.
    Accent,
    /// Context.
    Neutral,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 6] = [Self::Good, Self::Warn, Self::Bad, Self::Unknown, Self::Accent, Self::Neutral];

    /// The class of shapes filled with this tone: `tone-good`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "tone-good",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
            Self::Unknown => "tone-unknown",
            Self::Accent => "tone-accent",
            Self::Neutral => "tone-neutral",
        }
    }

    /// The class of lines of this tone: `tone-good-line`.
    #[must_use]
    pub const fn line_class(self) -> &'static str {
        match self {
            Self::Good => "tone-good-line",
            Self::Warn => "tone-warn-line",
            Self::Bad => "tone-bad-line",
            Self::Unknown => "tone-unknown-line",
            Self::Accent => "tone-accent-line",
            Self::Neutral => "tone-neutral-line",
        }
    }

    /// Red, green and blue on paper.
    #[must_use]
    pub const fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Good => (0x0B, 0x7A, 0x5E),
            Self::Warn => (0xC2, 0x7C, 0x00),
            Self::Bad => (0xB4, 0x2F, 0x0E),
            Self::Unknown => (0x76, 0x80, 0x8C),
            Self::Accent => (0x1F, 0x5F, 0xA8),
            Self::Neutral => (0x7C, 0x87, 0x94),
        }
    }
}

/// How an area is filled, so that areas differ without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// Filled.
    Solid,
    /// Filled, with thin rising lines.
    Rising,
    /// Filled, with thin crossing lines.
    Crossed,
    /// Filled, with light dots.
    Dotted,
    /// Only an outline.
    Hollow,
}

impl Pattern {
    /// Every pattern.
    pub const ALL: [Self; 5] = [Self::Solid, Self::Rising, Self::Crossed, Self::Dotted, Self::Hollow];

    /// `rising`.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Rising => "rising",
            Self::Crossed => "crossed",
            Self::Dotted => "dotted",
            Self::Hollow => "hollow",
        }
    }

    /// Side of the repeated square in pixels and the path drawn in it in light lines, for the patterns that need one.
    pub(super) const fn tile(self) -> Option<(u8, &'static str)> {
        match self {
            Self::Solid | Self::Hollow => None,
            Self::Rising => Some((8, "M-1 1L1-1M0 8L8 0M7 9L9 7")),
            Self::Crossed => Some((8, "M0 8L8 0M0 0L8 8")),
            Self::Dotted => Some((5, "M2 2.5h1.2")),
        }
    }
}

/// The greys of frame and words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// Words and values.
    Text,
    /// Axis labels, foot rows.
    Muted,
    /// Words on a dark tone.
    OnTone,
    /// Horizontal lines behind the marks.
    Grid,
    /// The base line.
    Axis,
    /// Behind the category that the page is about.
    Focus,
    /// Behind a category without a value, or apart from the axis.
    Gap,
    /// Between the limits of a curve.
    Band,
    /// The page itself.
    Surface,
}

impl Ink {
    /// The class for style sheets.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Muted => "text-muted",
            Self::OnTone => "text-on-tone",
            Self::Grid => "grid-line",
            Self::Axis => "axis-line",
            Self::Focus => "focus-band",
            Self::Gap => "gap-band",
            Self::Band => "confidence-band",
            Self::Surface => "surface",
        }
    }

    /// The colour on paper.
    pub(super) const fn rgb(self) -> Rgb {
        match self {
            Self::Text => (0x1B, 0x27, 0x33),
            Self::Muted => (0x56, 0x62, 0x6E),
            Self::OnTone | Self::Surface => (0xFF, 0xFF, 0xFF),
            Self::Grid => (0xE3, 0xE7, 0xEB),
            Self::Axis => (0x76, 0x80, 0x8C),
            Self::Focus => (0xF0, 0xF5, 0xFA),
            Self::Gap => (0xF4, 0xF5, 0xF7),
            Self::Band => (0xDB, 0xE8, 0xF5),
        }
    }
}

/// `#1F5FA8`.
pub(super) fn hex((red, green, blue): Rgb) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance((red, green, blue): Rgb) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn tones_stand_out_from_paper_and_words_from_their_ground() {
        let white = Ink::Surface.rgb();
        for tone in Tone::ALL {
            assert!(contrast(tone.rgb(), white) >= 3.0, "{tone:?}");
        }
        for ground in [Ink::Surface, Ink::Focus, Ink::Gap, Ink::Band] {
            for text in [Ink::Text, Ink::Muted] {
                assert!(contrast(text.rgb(), ground.rgb()) >= 4.5, "{text:?} on {ground:?}");
            }
        }
        for tone in [Tone::Good, Tone::Bad, Tone::Accent] {
            assert!(contrast(tone.rgb(), Ink::OnTone.rgb()) >= 4.5, "{tone:?}");
        }
    }

    #[test]
    fn colours_are_written_in_six_digits() {
        assert_eq!(hex((0, 10, 255)), "#000AFF");
    }
}
