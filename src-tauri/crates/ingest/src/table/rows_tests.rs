use super::*;
use crate::{input::encoding::ascii_compatible, table::test_support::bytes_of};
use proptest::prelude::*;

/// Hands out its bytes in pieces of one size.
struct Dribble<'b> {
    bytes: &'b [u8],
    piece: usize,
}

impl Read for Dribble<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.piece.min(buffer.len()).min(self.bytes.len());
        let (now, later) = self.bytes.split_at(count);
        buffer[..count].copy_from_slice(now);
        self.bytes = later;
        Ok(count)
    }
}

type ReadRows = Vec<(RowPlace, Vec<String>)>;

fn rows(bytes: &[u8], encoding: Encoding, piece: usize) -> ReadRows {
    let (source, mark) = ascii_compatible(Box::new(Dribble { bytes, piece }), encoding).unwrap();
    let mut reader = RowReader::new("t.csv", source, encoding, b',', mark as u64);
    let mut cells = Cells::default();
    let mut found = Vec::new();
    while let Some(place) = reader.next_row(&mut cells).unwrap() {
        found.push((place, cells.iter().map(str::to_owned).collect()));
    }
    found
}

#[test]
fn rows_stand_where_they_say() {
    let check = |text: &str, expected: &[(u64, &str, &[&str])]| {
        let found: Vec<_> = rows(text.as_bytes(), Encoding::Utf8, 1 << 20)
            .into_iter()
            .map(|(place, cells)| {
                let raw = std::str::from_utf8(bytes_of(place.span, text.as_bytes())).unwrap();
                (place.line, raw, cells)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(line, raw, cells)| (*line, *raw, cells.iter().map(|&cell| cell.to_owned()).collect()))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check("a,b\n1,2\n", &[(1, "a,b", &["a", "b"]), (2, "1,2", &["1", "2"])]);
    check("a,b\r\n1,2", &[(1, "a,b", &["a", "b"]), (2, "1,2", &["1", "2"])]);
    check("a\rb\r", &[(1, "a", &["a"]), (2, "b", &["b"])]);
    check("\u{FEFF}a,b\n", &[(1, "a,b", &["a", "b"])]);
    check("a\n\u{FEFF}\"b, c\"\n", &[(1, "a", &["a"]), (2, "\"b, c\"", &["b, c"])]);
    check("a\n\r\n\nb\n", &[(1, "a", &["a"]), (4, "b", &["b"])]);
    check("\"x\r\ny\",2\n3,4\n", &[(1, "\"x\r\ny\",2", &["x\ny", "2"]), (3, "3,4", &["3", "4"])]);
    check("\"say \"\"hi\"\"\",\n", &[(1, "\"say \"\"hi\"\"\",", &["say \"hi\"", ""])]);
    check("5\" disk,b\n", &[(1, "5\" disk,b", &["5\" disk", "b"])]);
    check("", &[]);
}

#[test]
fn an_open_quote_is_seen_at_the_end() {
    let check = |text: &str, expected: &[bool]| {
        let found: Vec<_> =
            rows(text.as_bytes(), Encoding::Utf8, 3).into_iter().map(|(place, _)| place.unclosed).collect();
        assert_eq!(found, expected, "{text:?}");
    };
    check("a,b\n1,\"two\nthree\n", &[false, true]);
    check("a,b\n1,\"two\"", &[false, false]);
    check("a,b\n1,", &[false, false]);
}

#[test]
fn spans_of_wide_text_are_bytes_of_the_file() {
    let text = "Clé,Résumé\n\"A–1\",🚀\nB-2,x";
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let raws: Vec<String> = rows(&wide, Encoding::Utf16Le, 7)
        .into_iter()
        .map(|(place, _)| {
            let raw = bytes_of(place.span, &wide);
            let units: Vec<u16> = raw.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).unwrap()
        })
        .collect();
    assert_eq!(raws, text.lines().collect::<Vec<_>>());
}

#[test]
fn tables_beyond_every_limit_are_refused() {
    let read_all = |bytes: &mut dyn Read| {
        let mut reader = RowReader::new("t.csv", Box::new(bytes), Encoding::Utf8, b',', 0);
        let mut cells = Cells::default();
        while reader.next_row(&mut cells)?.is_some() {}
        Ok::<_, IngestError>(())
    };
    let wide = ",".repeat(100_000);
    assert!(matches!(read_all(&mut wide.as_bytes()), Err(IngestError::TooManyColumns { .. })));
    let mut long = std::io::repeat(b'x').take(80 << 20);
    assert!(matches!(read_all(&mut long), Err(IngestError::TooLarge { offset: 0, .. })));
}

proptest! {
    #[test]
    fn any_size_of_reads_gives_the_same_rows(text in "[ab,\"\r\nü]{0,60}", piece in 1_usize..9) {
        prop_assert_eq!(rows(text.as_bytes(), Encoding::Utf8, piece), rows(text.as_bytes(), Encoding::Utf8, 1 << 20));
    }

    #[test]
    fn a_row_read_alone_says_the_same(text in "[ab,\"\r\nü]{0,60}") {
        for (place, cells) in rows(text.as_bytes(), Encoding::Utf8, 1 << 20) {
            let raw = bytes_of(place.span, text.as_bytes());
            let again = rows(raw, Encoding::Utf8, 1 << 20);
            prop_assert_eq!(again.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>(), vec![cells]);
        }
    }
}
