//! Bytes as hexadecimal digits.

/// Lower-case digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// What a byte is worth as a lower-case digit; `NO_DIGIT` when it is none.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it, and would refuse an index that is not there")]
const WORTH: [u8; 256] = {
    let mut worth = [NO_DIGIT; 256];
    let mut value = 0_u8;
    while value < 16 {
        let digit = if value < 10 { b'0' + value } else { b'a' + value - 10 };
        worth[digit as usize] = value;
        value += 1;
    }
    worth
};
const NO_DIGIT: u8 = 0xff;

/// The `N` bytes of `N` pairs of lower-case digits; `None` for anything else.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let worth = |digit: u8| WORTH.get(usize::from(digit)).copied().unwrap_or(NO_DIGIT);
    let mut bytes = [0; N];
    let mut any_wrong = 0;
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let (high, low) = (worth(*high), worth(*low));
        *byte = high << 4 | low & 15;
        // A digit is worth at most 15; judging all at once leaves the loop without a branch.
        any_wrong |= high | low;
    }
    (any_wrong < 16).then_some(bytes)
}

/// A SHA-256 from 64 digits in any case.
pub(crate) fn sha256(text: &str) -> Option<[u8; 32]> {
    unhex(&text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_strictly() {
        let check = |text: &str, bytes: Option<[u8; 3]>| assert_eq!(unhex(text), bytes, "{text}");
        check("00ff1a", Some([0, 255, 26]));
        check("", None);
        check("00ff1", None);
        check("00ff1a00", None);
        check("00ff1g", None);
        check("00FF1A", None);
        check("00ff+1", None);
        check("00ff\u{e4}", None);
        assert_eq!(hex(&[0, 255, 26]), "00ff1a");
        assert_eq!(sha256(&"aB".repeat(32)), Some([0xab; 32]));
        assert_eq!(sha256("ab"), None);
    }
}
