//! The fonts that the product ships: their bytes, what they can show, and how wide a text becomes.

use ab_glyph::{Font as _, FontRef};
use std::{borrow::Cow, sync::LazyLock};

/// Family name of the text faces.
pub const SANS: &str = "IBM Plex Sans";
/// Family name of the face for fingerprints and file names.
pub const MONO: &str = "IBM Plex Mono";
/// What stands for a character that a face cannot show.
pub const REPLACEMENT: char = '\u{FFFD}';

/// One of the shipped faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Typeface {
    /// Running text, weight 400.
    Regular,
    /// Emphasis and headings, weight 600.
    SemiBold,
    /// Titles, weight 700.
    Bold,
    /// Fixed width, weight 400.
    Mono,
}

static PARSED: LazyLock<[Option<FontRef<'static>>; 4]> =
    LazyLock::new(|| Typeface::ALL.map(|face| FontRef::try_from_slice(face.bytes()).ok()));

impl Typeface {
    /// Every face.
    pub const ALL: [Self; 4] = [Self::Regular, Self::SemiBold, Self::Bold, Self::Mono];
    /// Those that set words. The fixed-width face has fewer characters; what it lacks is set in [`Typeface::Regular`].
    const OF_WORDS: [Self; 3] = [Self::Regular, Self::SemiBold, Self::Bold];

    /// The TrueType file.
    #[must_use]
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf"),
            Self::SemiBold => include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf"),
            Self::Bold => include_bytes!("../../assets/fonts/IBMPlexSans-Bold.ttf"),
            Self::Mono => include_bytes!("../../assets/fonts/IBMPlexMono-Regular.ttf"),
        }
    }

    /// The CSS font weight.
    #[must_use]
    pub const fn weight(self) -> u16 {
        match self {
            Self::Regular | Self::Mono => 400,
            Self::SemiBold => 600,
            Self::Bold => 700,
        }
    }

    fn parsed(self) -> Option<&'static FontRef<'static>> {
        PARSED.get(self as usize)?.as_ref()
    }

    /// Whether the face has a glyph for `character`.
    #[must_use]
    pub fn covers(self, character: char) -> bool {
        self.parsed().is_some_and(|font| font.glyph_id(character).0 != 0)
    }

    /// The width of `text` in the unit of `size`, the font size: the sum of the glyphs' advances, without kerning.
    #[must_use]
    pub fn width(self, text: &str, size: f64) -> f64 {
        let Some(font) = self.parsed() else { return 0.0 };
        let em = f64::from(font.units_per_em().unwrap_or(1000.0));
        let units: f64 =
            text.chars().map(|character| f64::from(font.h_advance_unscaled(font.glyph_id(character)))).sum();
        units / em * size
    }
}

/// Whether every face that sets words can show `character`. Line feed and tab count as shown, other controls do not.
#[must_use]
pub fn is_shown(character: char) -> bool {
    matches!(character, '\n' | '\t')
        || (!character.is_control() && Typeface::OF_WORDS.into_iter().all(|face| face.covers(character)))
}

/// `text` with [`REPLACEMENT`] for every character that [is not shown](is_shown). PDF/UA-1 (ISO 14289-1, 7.21.8) forbids
/// the missing-glyph glyph.
#[must_use]
pub fn showable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_shown) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_shown(c) { c } else { REPLACEMENT }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_parses_and_has_the_characters_that_the_charts_use() {
        for face in Typeface::ALL {
            for character in "0123456789%,.–—…≤≥·×→<>()/'’\u{FFFD}\u{A0}äßéŁ".chars() {
                assert!(face.covers(character), "{face:?} {character:?}");
            }
        }
    }

    #[test]
    fn widths_follow_the_advances() {
        // Plex Sans: figures are 600 units of 1000 wide.
        for face in [Typeface::Regular, Typeface::SemiBold, Typeface::Bold, Typeface::Mono] {
            assert!((face.width("0000", 10.0) - 24.0).abs() < 0.01, "{face:?}");
        }
        assert!(Typeface::Regular.width("iiii", 10.0) < Typeface::Regular.width("MMMM", 10.0));
        assert_eq!(Typeface::Regular.width("", 10.0), 0.0);
    }

    #[test]
    fn what_no_face_shows_is_replaced() {
        let check = |text: &str, expected: &str| assert_eq!(showable(text), expected, "{text:?}");
        check("Plain – text, naïve Łódź", "Plain – text, naïve Łódź");
        check("Αθήνα, Київ", "Αθήνα, Київ");
        check("事故 fix", "\u{FFFD}\u{FFFD} fix");
        check("a\u{202E}b\u{7}c", "a\u{FFFD}b\u{FFFD}c");
        check("🚒", "\u{FFFD}");
        check("two\nlines\tand tab", "two\nlines\tand tab");
    }
}
