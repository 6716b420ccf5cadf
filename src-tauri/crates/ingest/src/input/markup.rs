//! Finds the records in a stream of XML: where each one stands in the file, and what its elements say.

use super::window::Window;
use crate::IngestError;
use change_ledger_model::record::{Place, Span};
use quick_xml::{Reader, events::Event};
use std::{borrow::Cow, io::Read};

/// Levels of elements that are followed. Real exports have fewer than ten.
const DEPTH_LIMIT: usize = 64;

/// An element with what it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// Its own text, without that of its children.
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// Reads one element; `None` when the text is none, or nests deeper than [`DEPTH_LIMIT`].
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text);
        let mut open: Vec<Self> = Vec::new();
        loop {
            match reader.read_event().ok()? {
                // Each level is one more call when it is dropped.
                Event::Start(_) if open.len() >= DEPTH_LIMIT => return None,
                Event::Start(start) => open.push(Self::begun(&start)?),
                Event::Empty(start) => match open.last_mut() {
                    Some(parent) => parent.children.push(Self::begun(&start)?),
                    None => return Self::begun(&start),
                },
                Event::End(_) => {
                    let done = open.pop()?;
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Some(done),
                    }
                }
                Event::Text(said) => open.last_mut()?.text.push_str(&said),
                Event::CData(said) => open.last_mut()?.text.push_str(&said),
                Event::GeneralRef(named) => open.last_mut()?.text.push_str(&character(&named)),
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    fn begun(start: &quick_xml::events::BytesStart<'_>) -> Option<Self> {
        let mut element = Self { name: start.name().0.to_owned(), ..Self::default() };
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let value = quick_xml::escape::unescape(&attribute.value).unwrap_or(Cow::Borrowed(&attribute.value));
            element.attributes.push((attribute.key.0.to_owned(), value.into_owned()));
        }
        Some(element)
    }

    /// Its first child of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of a name.
    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// What its first child of a name says; `None` when there is none or it says nothing.
    pub(crate) fn said(&self, name: &str) -> Option<&str> {
        self.child(name)?.own()
    }

    /// What it says itself; `None` when that is nothing.
    pub(crate) fn own(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }

    /// The value of an attribute; `None` when there is none or it is empty.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|v| !v.is_empty())
    }
}

/// The character that `&name;` stands for; a name that XML does not know stays as it is written.
fn character(named: &quick_xml::events::BytesRef<'_>) -> String {
    let written = format!("&{};", &**named);
    quick_xml::escape::unescape(&written).map_or_else(|_| written.clone(), Cow::into_owned)
}

/// Whether an element is a record, by the names of the elements around it, outermost first, and its own.
pub(crate) type IsRecord = fn(&[String], &str) -> bool;

/// One record, or what there is of one.
#[derive(Debug)]
pub(crate) enum MarkupItem<'a> {
    /// The bytes of an element, as UTF-8 where the file is UTF-8 or UTF-16.
    Record { place: Place, text: &'a [u8] },
    /// The file ends in the middle of it.
    Cut { place: Place },
    /// It nests deeper than any real one.
    TooDeep { place: Place },
}

/// What stands between `<` and `>`.
#[derive(Debug, PartialEq, Eq)]
enum Tag {
    Open(String),
    Empty(String),
    Close,
    /// A comment, a declaration, an instruction, character data.
    Other,
}

/// The walk through one stream of XML.
pub(crate) struct MarkupRecords<'r> {
    window: Window<'r>,
    is_record: IsRecord,
    around: Vec<String>,
    finished_with: usize,
    rows: u64,
    truncated: bool,
}

impl<'r> MarkupRecords<'r> {
    pub(crate) fn new(source: Box<dyn Read + 'r>, file: &str, is_record: IsRecord) -> Result<Self, IngestError> {
        let window = Window::new(source, file)?;
        Ok(Self { window, is_record, around: Vec::new(), finished_with: 0, rows: 0, truncated: false })
    }

    /// Records so far, readable or not.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether the stream ended before its outermost element did.
    pub(crate) fn truncated(&self) -> bool {
        self.truncated
    }

    pub(crate) fn encoding(&self) -> crate::Encoding {
        self.window.encoding()
    }

    /// The next record; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<MarkupItem<'_>>, IngestError> {
        self.window.consume(std::mem::take(&mut self.finished_with));
        loop {
            let Some(start) = self.find(0, b"<")? else {
                self.truncated |= !self.around.is_empty();
                return Ok(None);
            };
            self.window.consume(start);
            let Some((tag, length)) = self.tag(0)? else {
                self.truncated = true;
                return Ok(None);
            };
            match tag {
                Tag::Open(name) | Tag::Empty(name) if (self.is_record)(&self.around, &name) => {
                    return self.record().map(Some);
                }
                Tag::Open(name) if self.around.len() < DEPTH_LIMIT => self.around.push(name),
                Tag::Close => {
                    self.around.pop();
                }
                Tag::Open(_) | Tag::Empty(_) | Tag::Other => {}
            }
            self.window.consume(length);
        }
    }

    /// The element that begins here, to its end.
    fn record(&mut self) -> Result<MarkupItem<'_>, IngestError> {
        let (mut at, mut depth, mut deepest) = (0, 0_usize, 0);
        let complete = loop {
            let Some(start) = self.find(at, b"<")? else { break false };
            let Some((tag, length)) = self.tag(start)? else { break false };
            at = start + length;
            match tag {
                Tag::Open(_) => depth += 1,
                Tag::Close => depth = depth.saturating_sub(1),
                Tag::Empty(_) | Tag::Other => {}
            }
            deepest = deepest.max(depth);
            if depth == 0 && !matches!(tag, Tag::Other) {
                break true;
            }
        };
        let length = if complete { at } else { self.window.bytes().len() };
        self.rows += 1;
        self.truncated |= !complete;
        self.finished_with = length;
        let text = self.window.bytes().get(..length).unwrap_or_default();
        let span = Span { offset: self.window.offset(), length: self.window.length_in_file(text) };
        let place = Place { row: self.rows, line: Some(self.window.line()), span };
        Ok(match (complete, deepest > DEPTH_LIMIT) {
            (false, _) => MarkupItem::Cut { place },
            (true, true) => MarkupItem::TooDeep { place },
            (true, false) => MarkupItem::Record { place, text },
        })
    }

    /// The tag at `start`, which is a `<`, and its length; `None` when the file ends in it.
    fn tag(&mut self, start: usize) -> Result<Option<(Tag, usize)>, IngestError> {
        // The longest of what tells the kinds apart, `<![CDATA[`, may not be held yet.
        self.window.byte(start + 8)?;
        let held = self.window.bytes().get(start..).unwrap_or_default();
        let ends_with: &[u8] = if held.starts_with(b"<!--") {
            b"-->"
        } else if held.starts_with(b"<![CDATA[") {
            b"]]>"
        } else if held.starts_with(b"<?") {
            b"?>"
        } else if held.starts_with(b"<!") || held.starts_with(b"</") {
            b">"
        } else {
            return self.open_tag(start);
        };
        let tag = if held.starts_with(b"</") { Tag::Close } else { Tag::Other };
        Ok(self.find(start, ends_with)?.map(|end| (tag, end + ends_with.len() - start)))
    }

    /// `<name attribute="may hold >">`.
    fn open_tag(&mut self, start: usize) -> Result<Option<(Tag, usize)>, IngestError> {
        let mut quote = None;
        let mut at = start + 1;
        while let Some(byte) = self.window.byte(at)? {
            match (quote, byte) {
                (Some(open), byte) if open == byte => quote = None,
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'>') => {
                    let written = self.window.bytes().get(start + 1..at).unwrap_or_default();
                    let end = written.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
                    let name = written.get(..end.unwrap_or(written.len())).unwrap_or_default();
                    let name = String::from_utf8_lossy(name).into_owned();
                    let tag = if written.ends_with(b"/") { Tag::Empty(name) } else { Tag::Open(name) };
                    return Ok(Some((tag, at + 1 - start)));
                }
                _ => {}
            }
            at += 1;
        }
        Ok(None)
    }

    /// Where `wanted` stands next, from `from` on.
    fn find(&mut self, from: usize, wanted: &[u8]) -> Result<Option<usize>, IngestError> {
        let mut from = from;
        loop {
            let held = self.window.bytes().get(from..).unwrap_or_default();
            if let Some(step) = memchr::memmem::find(held, wanted) {
                return Ok(Some(from + step));
            }
            from += held.len().saturating_sub(wanted.len() - 1);
            if !self.window.fill()? {
                return Ok(None);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn records(xml: &[u8]) -> (Vec<String>, bool) {
        let is_record = |around: &[String], _: &str| around.len() == 1;
        let mut walk = MarkupRecords::new(Box::new(Cursor::new(xml.to_vec())), "x.xml", is_record).unwrap();
        let mut found = Vec::new();
        while let Some(item) = walk.next().unwrap() {
            found.push(match item {
                MarkupItem::Record { place, text } => {
                    let start = usize::try_from(place.span.offset).unwrap();
                    assert_eq!(&xml[start..start + usize::try_from(place.span.length).unwrap()], text);
                    String::from_utf8_lossy(text).into_owned()
                }
                MarkupItem::Cut { .. } => "cut".to_owned(),
                MarkupItem::TooDeep { .. } => "too deep".to_owned(),
            });
        }
        (found, walk.truncated())
    }

    #[test]
    fn records_are_cut_out_whole() {
        let check = |xml: &str, expected: &[&str], truncated: bool| {
            assert_eq!(
                records(xml.as_bytes()),
                (expected.iter().map(|&text| text.to_owned()).collect(), truncated),
                "{xml}"
            );
        };
        check("<x><a>1</a> <a/></x>", &["<a>1</a>", "<a/>"], false);
        check("\u{FEFF}<?xml version='1.0'?><!-- <a> --><x><a><b/></a></x>", &["<a><b/></a>"], false);
        check("<x><a t=\"1>2\"><![CDATA[</a>]]></a></x>", &["<a t=\"1>2\"><![CDATA[</a>]]></a>"], false);
        check("<x><a><a>in</a></a></x>", &["<a><a>in</a></a>"], false);
        check("<x><a>1</a><a>2", &["<a>1</a>", "cut"], true);
        check("<x><a>1</a>", &["<a>1</a>"], true);
        check("<x><!-- never closed", &[], true);
        check("no markup", &[], false);
        let deep = format!("<x>{}{}</x>", "<a>".repeat(70), "</a>".repeat(70));
        check(&deep, &["too deep"], false);
    }

    #[test]
    fn elements_are_read_with_their_characters() {
        let element =
            Element::parse("<a k='1 &amp; 2'>x &lt;p&gt; &#8211;&nbsp;<b><![CDATA[<raw>]]></b><b> 2 </b></a>").unwrap();
        assert_eq!((element.name.as_str(), element.attribute("k")), ("a", Some("1 & 2")));
        assert_eq!(element.text, "x <p> \u{2013}&nbsp;");
        assert_eq!(element.all("b").map(Element::own).collect::<Vec<_>>(), [Some("<raw>"), Some("2")]);
        assert_eq!(Element::parse("<a><b></a>"), None);
        assert_eq!(Element::parse("plain"), None);
        let nested = |levels: usize| ["<a>".repeat(levels), "</a>".repeat(levels)].concat();
        assert!(Element::parse(&nested(DEPTH_LIMIT)).is_some());
        assert_eq!(Element::parse(&nested(DEPTH_LIMIT + 1)), None);
    }
}
