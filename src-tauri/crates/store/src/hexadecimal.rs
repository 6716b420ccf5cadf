//! Bytes as hexadecimal digits.

/// Lower-case digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of pairs of lower-case digits; `None` for anything else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks();
    let bytes = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect::<Option<_>>()?;
    rest.is_empty().then_some(bytes)
}

/// A SHA-256 from 64 digits in any case.
pub(crate) fn sha256(text: &str) -> Option<[u8; 32]> {
    unhex(&text.to_ascii_lowercase())?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_strictly() {
        let check = |text: &str, bytes: Option<&[u8]>| assert_eq!(unhex(text).as_deref(), bytes, "{text}");
        check("00ff1a", Some(&[0, 255, 26]));
        check("", Some(&[]));
        check("0", None);
        check("0g", None);
        check("FF", None);
        check("+1", None);
        check("\u{e4}", None);
        assert_eq!(hex(&[0, 255, 26]), "00ff1a");
        assert_eq!(sha256(&"aB".repeat(32)), Some([0xab; 32]));
        assert_eq!(sha256("ab"), None);
    }
}
