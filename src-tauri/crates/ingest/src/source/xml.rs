//! The way of every XML export from bytes to rows.

use super::{Context, Fault, jira_xml, servicenow, tally::Tally};
use crate::{
    Encoding, Input, Options, Reading, Recognition, Row, Sink, Summary,
    error::IngestError,
    input::{
        head,
        markup::{Element, IsRecord, MarkupItem, MarkupRecords},
    },
    recognise::HEAD_SIZE,
};
use change_ledger_model::{
    record::{Place, Record, Reject},
    source::SourceKind,
};
use std::{
    borrow::Cow,
    io::{Cursor, Read},
};

/// The kinds that are XML, most telling first.
const KINDS: [SourceKind; 2] = [SourceKind::JiraXml, SourceKind::ServicenowXml];

/// Which elements are records of a kind.
fn is_record(kind: SourceKind) -> IsRecord {
    match kind {
        SourceKind::JiraXml => jira_xml::is_item,
        _ => servicenow::xml::is_record,
    }
}

/// Whose XML begins with `sample`; `None` when it is of no known tool.
///
/// # Errors
/// When its first record is beyond every limit.
pub(crate) fn recognise(sample: &[u8], file: &str) -> Result<Option<Recognition>, IngestError> {
    for kind in KINDS {
        let mut records = MarkupRecords::new(Box::new(Cursor::new(sample)), file, is_record(kind))?;
        let Some(MarkupItem::Record { text, .. }) = records.next()? else { continue };
        let Some(element) = Element::parse(&decoded(text)) else { continue };
        let reason = match kind {
            SourceKind::JiraXml => jira_xml::recognise(&element),
            _ => servicenow::xml::recognise(&element),
        };
        if let Some(reason) = reason {
            return Ok(Some(Recognition { kind, reason }));
        }
    }
    Ok(None)
}

/// What can be known of a file of XML beforehand: how its bytes stand for letters.
///
/// # Errors
/// When it declares entities of its own: no tool's export does, and what they stand for may be a million times as long.
pub(crate) fn prepare(input: &dyn Input, recognition: Recognition, options: &Options) -> Result<Reading, IngestError> {
    let sample = head(input, HEAD_SIZE)?;
    let mut reading = Reading::new(input.name(), recognition, options);
    let records = MarkupRecords::new(Box::new(Cursor::new(sample.as_slice())), input.name(), is_record(reading.kind))?;
    reading.encoding = records.encoding();
    if declares_entities(&reading.encoding.text_of(&sample)) {
        return Err(IngestError::NotRecognised {
            file: input.name().to_owned(),
            seen: "it declares entities of its own, which no tool's export does".to_owned(),
            hint: "Export it again, and import it as the tool wrote it.".to_owned(),
        });
    }
    Ok(reading)
}

/// Whether an entity is declared before the first element.
fn declares_entities(text: &str) -> bool {
    text.split('<')
        .skip(1)
        .take_while(|mark| !mark.starts_with(char::is_alphabetic))
        .any(|mark| mark.starts_with("!ENTITY"))
}

/// Reads a stream of XML to its end.
pub(crate) fn read(input: Box<dyn Read + '_>, reading: &Reading, sink: &mut dyn Sink) -> Result<Summary, IngestError> {
    let mut records = MarkupRecords::new(input, &reading.file, is_record(reading.kind))?;
    let context = Context::of(reading);
    let mut tally = Tally::default();
    let mut complete = 0_u64;
    while let Some(item) = records.next()? {
        let flow = match item {
            MarkupItem::Cut { place } if complete == 0 => {
                return Err(IngestError::Truncated { file: reading.file.clone(), offset: place.span.offset });
            }
            MarkupItem::Cut { place } => {
                sink.reject(rejected(place, Fault::row("the file ends in the middle of this record".to_owned())))
            }
            MarkupItem::TooDeep { place } => {
                sink.reject(rejected(place, Fault::row("the record nests deeper than any real one".to_owned())))
            }
            MarkupItem::Record { place, text } => {
                complete += 1;
                match parse(text, &context, &mut tally) {
                    Ok(found) => sink.accept(Row { place, records: found }),
                    Err(fault) => sink.reject(rejected(place, fault)),
                }
            }
        };
        if flow.is_break() {
            return Err(IngestError::Cancelled);
        }
    }
    let (rows, truncated) = (records.rows(), records.truncated());
    let mut summary = tally.summary(reading, rows);
    if truncated {
        summary.warn(
            "truncated",
            "The file ends before its list does: it was cut off, and later rows are missing. Export it again."
                .to_owned(),
        );
    }
    if let Some(warning) = super::limits::warning(reading.kind, rows) {
        summary.warn("cut_off", warning);
    }
    Ok(summary)
}

/// Reads one record again from its bytes.
pub(crate) fn reread(raw: &[u8], reading: &Reading) -> Result<Vec<Record>, IngestError> {
    let text = match reading.encoding {
        Encoding::Utf16Le => encoding_rs::UTF_16LE.decode_without_bom_handling(raw).0,
        Encoding::Utf16Be => encoding_rs::UTF_16BE.decode_without_bom_handling(raw).0,
        Encoding::Utf8 | Encoding::Windows1252 | Encoding::MacRoman => decoded(raw),
    };
    parse(text.as_bytes(), &Context::of(reading), &mut Tally::default())
        .map_err(|fault| IngestError::NotRereadable { reason: fault.reason })
}

fn parse(text: &[u8], context: &Context<'_>, tally: &mut Tally) -> Result<Vec<Record>, Fault> {
    let Some(element) = Element::parse(&decoded(text)) else {
        return Err(Fault::row("it is not a readable record: its tags do not match".to_owned()));
    };
    match context.kind {
        SourceKind::JiraXml => jira_xml::issue(&element, context, tally),
        _ => servicenow::xml::record(&element, context, tally),
    }
}

/// XML is UTF-8; where a tool wrote another code page, it is read as Windows-1252.
fn decoded(text: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(text) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(text).0,
    }
}

fn rejected(place: Place, fault: Fault) -> Reject {
    Reject { place, field: fault.field, reason: format!("{}.", fault.reason) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_its_own_are_seen_before_the_first_element() {
        let check = |text: &str, expected: bool| assert_eq!(declares_entities(text), expected, "{text}");
        check("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>", true);
        check("<!DOCTYPE x [<!ELEMENT x ANY>\n<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x/>", true);
        check("<!DOCTYPE x [<!ENTITY a \"<b>\">]><x/>", true);
        check("<!DOCTYPE rss SYSTEM \"rss.dtd\"><!-- <, > --><rss/>", false);
        check("<x><description>how to write <!ENTITY a \"b\"></description></x>", false);
        check("", false);
    }
}
