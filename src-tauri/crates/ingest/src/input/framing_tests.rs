use super::*;
use proptest::prelude::*;
use std::io::{self, Cursor};

const RULES: Rules = Rules {
    lists: &["issues", "data", "items", "nodes", "edges"],
    via: &["data", "repository", "pullRequests", "node", "pull_request"],
    marks: &["title", "author"],
    context: &["repo"],
};

/// What is found, one line each: records by their text, the rest by why.
fn walk(source: impl Read) -> Vec<String> {
    let mut records = Records::new(Box::new(source), "x.json", RULES).unwrap();
    let mut found = Vec::new();
    while let Some(item) = records.next().unwrap() {
        found.push(match item {
            Item::Record { place, text } => format!("{} {}", place.row, String::from_utf8_lossy(text)),
            Item::Broken { place, why, text } => format!("{} {why:?} {}", place.row, String::from_utf8_lossy(text)),
            Item::Context { key, text } => format!("{key}={}", String::from_utf8_lossy(text)),
        });
    }
    if records.truncated() {
        found.push("truncated".to_owned());
    }
    found
}

/// Every way in which tools put records `1`, `2`, ... into a stream.
fn framings() -> Vec<(&'static str, String, Vec<String>)> {
    let [a, b, c] = [
        r#"{"title":"a ] } \" \\"}"#,
        r#"{"number":2,"author":{"x":[1,{"title":3}]}}"#,
        r#"{"title":null,"nodes":[{"title":9}]}"#,
    ];
    let three: Vec<String> = [a, b, c].iter().enumerate().map(|(row, text)| format!("{} {text}", row + 1)).collect();
    let with_repo: Vec<String> = std::iter::once("repo=\"x/y\"".to_owned()).chain(three.iter().cloned()).collect();
    vec![
        ("one list", format!("[{a},{b},{c}]"), three.clone()),
        ("pretty", format!("\n[\n  {a},\n\n  {b} ,\n  {c}\n]\n"), three.clone()),
        ("lists after lists", format!("[{a}][{b},{c}][]"), three.clone()),
        ("files after files", format!("\u{FEFF}[{a}]\n\u{FEFF}[{b},{c}]"), three.clone()),
        ("objects after objects", format!("{a}{b}{c}"), three.clone()),
        ("lines", format!("{a}\n{b}\r\n{c}"), three.clone()),
        ("record separators", format!("\u{1e}{a}\n\u{1e}{b}\n\u{1e}{c}\n"), three.clone()),
        ("pages of lists", format!("[[{a},{b}],[],[{c}]]"), three.clone()),
        (
            "a list under a key",
            format!(r#"{{"total":3,"labels":[{{"title":7}}],"issues":[{a},{b},{c}],"more":false}}"#),
            three.clone(),
        ),
        ("pages of wrappers", format!(r#"[{{"issues":[{a}],"n":1}},{{"issues":[{b},{c}]}}]"#), three.clone()),
        ("wrappers after wrappers", format!(r#"{{"items":[{a}]}}{{"n":[1],"items":[{b},{c}]}}"#), three.clone()),
        ("context", format!(r#"{{"repo":"x/y","issues":[{a}],"items":[{b},{c}]}}"#), with_repo),
        (
            "nodes",
            format!(r#"{{"data":{{"repository":{{"pullRequests":{{"pageInfo":{{"x":1}},"nodes":[{a},{b},{c}]}}}}}}}}"#),
            three.clone(),
        ),
        (
            "edges",
            format!(
                r#"{{"data":{{"repository":{{"pullRequests":{{"edges":[{{"node":{a}}},{{"cursor":"q","node":{b}}},{{"node":{c}}}]}}}}}}}}"#
            ),
            three.clone(),
        ),
        (
            "stream wrappers",
            format!(
                r#"{{"stream":"p","data":{a},"emitted_at":1}}{{"stream":"p","data":{b}}}{{"stream":"p","data":{c}}}"#
            ),
            three.clone(),
        ),
        (
            "webhooks",
            [a, b, c]
                .map(|pull| {
                    format!(r#"{{"action":"closed","number":1,"pull_request":{pull},"repository":{{"name":"y"}}}}"#)
                })
                .join("\n"),
            three,
        ),
    ]
}

#[test]
fn every_framing_yields_the_same_records() {
    for (name, stream, expected) in framings() {
        assert_eq!(walk(Cursor::new(&stream)), expected, "{name}: {stream}");
    }
}

#[test]
fn what_is_no_record_is_said_and_passed() {
    let check = |stream: &str, expected: &[&str]| assert_eq!(walk(Cursor::new(stream)), expected, "{stream}");
    check("", &[]);
    check("[]", &[]);
    check(r#"{"issues":[]}"#, &[]);
    check(
        r#"[{"title":1},null,7,"x",{"title":2}]"#,
        &[r#"1 {"title":1}"#, "2 Plain null", "3 Plain 7", "4 Plain \"x\"", r#"5 {"title":2}"#],
    );
    check(r#"[{"title":1},{"title":"cu"#, &[r#"1 {"title":1}"#, r#"2 Cut {"title":"cu"#, "truncated"]);
    check(r#"[{"title":1},"#, &[r#"1 {"title":1}"#, "truncated"]);
    check(r#"[{"title":1},{"title":[2}},{"title":3}]"#, &[r#"1 {"title":1}"#, r#"2 Brackets {"title":[2"#]);
    check(
        "{\"title\":1}\n{\"title\":[}\n{\"title\":3}",
        &[r#"1 {"title":1}"#, r#"2 Brackets {"title":[}"#, r#"3 {"title":3}"#],
    );
    check("oops\n{\"title\":1}", &["1 NotJson oops", r#"2 {"title":1}"#]);
    check("{}", &["1 {}"]);
    check(r#"{"issues":[{"title":1}],"x":"#, &[r#"1 {"title":1}"#, r#"2 Cut "x":"#, "truncated"]);
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!(r#"[{{"title":{}{}}},{{"title":2}}]"#, "[".repeat(300), "]".repeat(300));
    let found = walk(Cursor::new(&deep));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("1 TooDeep"), "{found:?}");
    assert_eq!(found[1], r#"2 {"title":2}"#);
    let lists = "[".repeat(100_000);
    assert!(walk(Cursor::new(&lists))[0].starts_with("1 TooDeep"));
    let wrappers = r#"{"data":"#.repeat(100_000);
    assert!(!walk(Cursor::new(&wrappers)).is_empty());
}

#[test]
fn an_endless_value_ends_with_an_error() {
    let endless = Cursor::new(&b"[{\"title\":\""[..]).chain(io::repeat(b'a'));
    let mut records = Records::new(Box::new(endless), "x.json", RULES).unwrap();
    assert!(matches!(records.next(), Err(IngestError::TooLarge { offset: 1, .. })));
}

#[test]
fn places_are_offsets_of_the_file_in_every_encoding() {
    let text = "[\n {\"title\":\"ä€𝄞\"},\n {\"title\":\"b\"}]";
    let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    for (name, bytes) in [
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8 marked", marked(&[0xEF, 0xBB, 0xBF], text.as_bytes())),
        ("utf-16le marked", marked(&[0xFF, 0xFE], &utf16(u16::to_le_bytes))),
        ("utf-16be marked", marked(&[0xFE, 0xFF], &utf16(u16::to_be_bytes))),
        ("utf-16le", utf16(u16::to_le_bytes)),
    ] {
        let mut records = Records::new(Box::new(Cursor::new(&bytes)), "x.json", RULES).unwrap();
        let encoding = records.encoding();
        let mut found = Vec::new();
        while let Some(Item::Record { place, .. }) = records.next().unwrap() {
            let (from, length) =
                (usize::try_from(place.span.offset).unwrap(), usize::try_from(place.span.length).unwrap());
            let raw = &bytes[from..from + length];
            let read = match encoding {
                crate::Encoding::Utf16Le => encoding_rs::UTF_16LE.decode_without_bom_handling(raw).0,
                crate::Encoding::Utf16Be => encoding_rs::UTF_16BE.decode_without_bom_handling(raw).0,
                _ => String::from_utf8_lossy(raw),
            };
            found.push((place.line, read.into_owned()));
        }
        assert_eq!(
            found,
            [(Some(2), "{\"title\":\"ä€𝄞\"}".to_owned()), (Some(3), "{\"title\":\"b\"}".to_owned())],
            "{name}"
        );
    }
}

/// Gives bytes in pieces of the given sizes, over and over.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: std::iter::Cycle<std::vec::IntoIter<usize>>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes.next().unwrap_or(1).min(buffer.len());
        self.bytes.by_ref().take(size as u64).read(buffer)
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<i64>().prop_map(serde_json::Value::from),
        "[a-z\"\\\\{}\\[\\],:ä\n]{0,12}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::from),
            prop::collection::hash_map("[a-z\"\\\\{}]{0,5}", inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn a_value_ends_where_it_was_written_to_end(value in any_json(), more in "[ ,\n\\]}]") {
        let text = value.to_string();
        let mut scan = ValueScan::default();
        let stream = format!("{text}{more}");
        prop_assert_eq!(scan.advance(stream.as_bytes()), Scan::Ends(text.len()));
        // Byte by byte.
        let mut scan = ValueScan::default();
        let found = (1..=stream.len()).map(|end| scan.advance(&stream.as_bytes()[..end])).find(|found| *found != Scan::More);
        prop_assert_eq!(found, Some(Scan::Ends(text.len())));
    }

    #[test]
    fn any_split_of_reads_yields_the_same(sizes in prop::collection::vec(1_usize..40, 1..8), cut in 0_usize..400) {
        for (name, stream, _) in framings() {
            let bytes = stream.as_bytes();
            let bytes = &bytes[..bytes.len().min(cut.max(1))];
            let pieces = Pieces { bytes, sizes: sizes.clone().into_iter().cycle() };
            prop_assert_eq!(walk(pieces), walk(Cursor::new(bytes)), "{}", name);
        }
    }

    #[test]
    fn any_bytes_are_walked_to_their_end(bytes in prop::collection::vec(prop::sample::select(b"{}[]\":,\\ \n1adt\xff\0".to_vec()), 0..200)) {
        let mut records = Records::new(Box::new(Cursor::new(&bytes)), "x.json", RULES).unwrap();
        let mut last_end = 0;
        while let Some(item) = records.next().unwrap() {
            if let Item::Record { place, .. } | Item::Broken { place, .. } = item {
                prop_assert!(place.span.offset >= last_end, "spans overlap");
                last_end = place.span.offset + place.span.length;
                prop_assert!(last_end <= bytes.len() as u64);
            }
        }
    }
}
