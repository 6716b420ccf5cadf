//! The many ways to write nothing.

/// Whether a cell says nothing: empty, `null`, `None`, `N/A`, `?`, `-` and the like.
#[must_use]
pub(crate) fn is_null(text: &str) -> bool {
    let text = text.trim();
    const WORDS: [&str; 9] = ["null", "none", "n/a", "na", "nil", "?", "-", "--", "\u{2013}"];
    text.is_empty() || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::is_null;

    #[test]
    fn knows_the_spellings_of_nothing() {
        for nothing in ["", "  ", "null", "NULL", "None", "N/A", "?", "-"] {
            assert!(is_null(nothing), "{nothing:?}");
        }
        for something in ["0", "no", "False", "Nullable", "NA-1"] {
            assert!(!is_null(something), "{something:?}");
        }
    }
}
