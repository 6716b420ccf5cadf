//! `git log` in a format of its own: commits with a control character before each and between their fields.
//!
//! Messages may hold anything that people type, so nothing that people type can separate them.

use super::{Context, Fault, SourceEntry, supporting::message_of, tally::Tally};
use crate::{
    Input, Options, Reading, Recognition, Row, Sink, Summary,
    error::IngestError,
    input::window::Window,
    value::json::{Text, person_of_address},
};
use change_ledger_model::{
    record::{CodeCommit, Place, Record, Reject, Span},
    source::{Fact, SourceKind},
};
use std::{borrow::Cow, io::Read};

pub(crate) const ENTRY: SourceEntry = SourceEntry {
    kind: SourceKind::GitLog,
    title: "git log of a release branch",
    command: "git log --first-parent --since=2026-07-01 main --format=\"%x1e%H%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%s%x1f%b\" > commits.log, and import it with --repository OWNER/REPO",
    facts: &[Fact::Commits, Fact::Author, Fact::Text],
    cannot_tell: "as `github-commits`",
    traps: &[
        "the repository is not in the file",
        "both dates are set by whoever commits and can be backdated",
        "messages hold quotation marks, commas and line ends",
        "Windows PowerShell writes UTF-16",
    ],
};

/// Before each commit.
const RECORD: u8 = 0x1E;
/// Between its fields.
const FIELD: char = '\u{1F}';

/// Why a file that begins so is such a log, as a sentence; `None` when it is not.
pub(crate) fn recognise(sample: &[u8]) -> Option<&'static str> {
    let text: Vec<u8> =
        sample.iter().copied().filter(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)).take(80).collect();
    let rest = text.trim_ascii_start().strip_prefix(&[RECORD])?;
    let name = rest.split(|byte| u32::from(*byte) == u32::from(FIELD)).next()?;
    (name.len() >= 40 && name.len() < rest.len() && name.iter().all(u8::is_ascii_hexdigit)).then_some(
        "Its records begin with a commit between control characters, as the documented format of git log does.",
    )
}

/// Settles the encoding and the repository.
pub(crate) fn prepare(input: &dyn Input, recognition: Recognition, options: &Options) -> Result<Reading, IngestError> {
    let mut reading = Reading::new(input.name(), recognition, options);
    let source = input.open().map_err(|cause| IngestError::NotReadable { file: input.name().to_owned(), cause })?;
    reading.encoding = Window::new(source, input.name())?.encoding();
    if reading.repository.is_none() {
        return Err(IngestError::RepositoryUnknown { file: input.name().to_owned() });
    }
    Ok(reading)
}

/// Reads a log to its end.
pub(crate) fn read(input: Box<dyn Read + '_>, reading: &Reading, sink: &mut dyn Sink) -> Result<Summary, IngestError> {
    let mut window = Window::new(input, &reading.file)?;
    let mut tally = Tally::default();
    let mut rows = 0;
    while let Some(length) = next_record(&mut window)? {
        rows += 1;
        let raw = window.bytes().get(..length).unwrap_or_default();
        let place = Place {
            row: rows,
            line: Some(window.line()),
            span: Span { offset: window.offset(), length: window.length_in_file(raw) },
        };
        let flow = match commit(&text_of(raw, &mut tally), &Context::of(reading), &mut tally) {
            Ok(commit) => sink.accept(Row { place, records: vec![Record::Commit(Box::new(commit))] }),
            Err(fault) => sink.reject(Reject { place, field: fault.field, reason: format!("{}.", fault.reason) }),
        };
        if flow.is_break() {
            return Err(IngestError::Cancelled);
        }
        window.consume(length);
    }
    Ok(tally.summary(reading, rows))
}

/// Reads one commit again from its bytes.
pub(crate) fn reread(raw: &[u8], reading: &Reading) -> Result<Vec<Record>, IngestError> {
    let mut window = Window::new(Box::new(raw), &reading.file)?;
    while window.fill()? {}
    let mut tally = Tally::default();
    let text = text_of(window.bytes(), &mut tally).into_owned();
    let commit = commit(&text, &Context::of(reading), &mut tally);
    commit
        .map(|commit| vec![Record::Commit(Box::new(commit))])
        .map_err(|fault| IngestError::NotRereadable { reason: fault.reason })
}

/// Moves to the next commit, behind the character that stands before it; its length, `None` at the end.
fn next_record(window: &mut Window<'_>) -> Result<Option<usize>, IngestError> {
    let is_between = |byte: u8| byte == RECORD || byte.is_ascii_whitespace();
    while window.byte(0)?.is_some_and(is_between) {
        window.consume(1);
    }
    let mut seen = 0;
    loop {
        let rest = window.bytes().get(seen..).unwrap_or_default();
        if let Some(step) = memchr::memchr(RECORD, rest) {
            return Ok(Some(seen + step));
        }
        seen += rest.len();
        if !window.fill()? {
            return Ok((seen > 0).then_some(seen));
        }
    }
}

fn text_of<'t>(raw: &'t [u8], tally: &mut Tally) -> Cow<'t, str> {
    match std::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            tally.not_utf8 += 1;
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw).0
        }
    }
}

fn commit(text: &str, context: &Context<'_>, tally: &mut Tally) -> Result<CodeCommit, Fault> {
    let fields: Vec<&str> = text.splitn(10, FIELD).collect();
    let &[sha, parents, author, author_mail, authored, committer, committer_mail, committed, subject, body] =
        fields.as_slice()
    else {
        return Err(Fault::row(format!(
            "the commit has {} fields instead of 10; export it in the documented format",
            fields.len()
        )));
    };
    let repository = context.repository(None)?;
    let is_name = sha.len() >= 40 && sha.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_name {
        return Err(Fault::field("%H", "it is no name of a commit".to_owned()));
    }
    let person = |name: &str, mail: &str| (!mail.trim().is_empty()).then(|| person_of_address(mail, Some(name)));
    let (title, body, mentions) = message_of(&format!("{subject}\n{body}"), &repository);
    tally.ask(ENTRY.facts);
    ENTRY.facts.iter().for_each(|fact| tally.carry(*fact));
    Ok(CodeCommit {
        id: format!("git:{}@{}", repository.to_lowercase(), sha.to_ascii_lowercase()),
        source: "git".to_owned(),
        sha: sha.to_ascii_lowercase(),
        title,
        body,
        author: person(author, author_mail),
        committer: person(committer, committer_mail),
        authored_at: context.time("%aI", Some(&Text(authored.into())), tally),
        committed_at: context.needed_time("%cI", Some(&Text(committed.into())), tally)?,
        parents: Some(parents.split_whitespace().map(str::to_owned).collect()),
        branch: None,
        change: None,
        is_direct_push: None,
        url: None,
        mentions,
        repository,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Options, table::test_support::import};
    use change_ledger_model::{
        record::{CodeCommit, MentionKind, Record},
        source::SourceKind,
    };

    const SHA: &str = "9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b4c5d";

    fn line(committed: &str, subject: &str, body: &str) -> String {
        let fields = [
            SHA,
            "1111111111111111111111111111111111111111 2222222222222222222222222222222222222222",
            "Mara Ko",
            "mara@example.com",
            "2026-09-03T03:42:11+02:00",
            "GitHub",
            "noreply@example.com",
            committed,
            subject,
            body,
        ];
        format!("\u{1e}{}\n", fields.join("\u{1f}"))
    }

    fn options() -> Options {
        Options { repository: Some("Acme/pay".to_owned()), ..Options::default() }
    }

    fn commits(records: &[Record]) -> Vec<&CodeCommit> {
        records
            .iter()
            .filter_map(|record| if let Record::Commit(commit) = record { Some(commit.as_ref()) } else { None })
            .collect()
    }

    #[test]
    fn messages_may_hold_anything() {
        let log = [
            line("2026-09-03T01:51:40Z", "Cap \"retries\", twice (#2214)", "Refs PLAT-1190\n\n\"quoted, with commas\""),
            line("2026-09-03T01:50:00Z", "Second", ""),
        ]
        .concat();
        let held = import(log.as_bytes(), &options()).unwrap();
        assert_eq!((held.reading.kind, held.rejects.len()), (SourceKind::GitLog, 0));
        let records: Vec<Record> = held.records().cloned().collect();
        let found = commits(&records);
        assert_eq!(found[0].id, format!("git:acme/pay@{SHA}"));
        assert_eq!(found[0].title, "Cap \"retries\", twice (#2214)");
        assert_eq!(found[0].author.as_ref().map(|author| author.handle.as_str()), Some("mara@example.com"));
        assert_eq!(found[0].authored_at.map(|at| at.to_string()).as_deref(), Some("2026-09-03T01:42:11Z"));
        assert_eq!(found[0].parents.as_ref().map(Vec::len), Some(2));
        let named: Vec<_> = found[0].mentions.iter().map(|mention| (mention.kind, mention.name.as_str())).collect();
        assert_eq!(named, [(MentionKind::TicketKey, "PLAT-1190"), (MentionKind::Change, "acme/pay#2214")]);
        assert_eq!(found[1].body, None);
        // Each commit is found again from its bytes alone.
        for row in &held.rows {
            let raw = crate::table::test_support::bytes_of(row.place.span, log.as_bytes());
            assert_eq!(crate::reread(raw, &held.reading).unwrap(), row.records);
        }
    }

    #[test]
    fn a_log_from_powershell_is_utf_16() {
        let log = line("2026-09-03T01:51:40Z", "Größe", "");
        let bytes: Vec<u8> = "\u{feff}".encode_utf16().chain(log.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let held = import(&bytes, &options()).unwrap();
        let records: Vec<Record> = held.records().cloned().collect();
        assert_eq!(commits(&records)[0].title, "Größe");
    }

    #[test]
    fn commits_that_cannot_be_read_and_logs_without_repository() {
        let log =
            [line("soon", "x", ""), "\u{1e}nothing\u{1f}else\n".to_owned(), line("2026-09-03T01:50:00Z", "y", "")]
                .concat();
        let held = import(log.as_bytes(), &options()).unwrap();
        let rejected: Vec<_> = held.rejects.iter().map(|reject| (reject.place.row, reject.field.as_deref())).collect();
        assert_eq!((rejected, held.rows.len()), (vec![(1, Some("%cI")), (2, None)], 1));
        let error = import(log.as_bytes(), &Options::default()).unwrap_err().to_string();
        assert!(error.contains("which repository"), "{error}");
    }
}
