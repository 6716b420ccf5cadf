//! A file that the ledger holds: nothing new, or the same bytes to be read in another way.

use super::{evidence, read_as::ReadAs};
use crate::{
    error::{AppError, ErrorCode},
    texts,
};
use change_ledger_ingest::{Flow, Input, Options, Reading, Row, Sink};
use change_ledger_model::{Timestamp, import::ImportManifest, record::Reject};
use change_ledger_store::{Arrival, ContentHash, Ledger};
use std::ops::ControlFlow;

/// What to do with a file.
pub(super) enum Plan {
    /// The ledger holds it, and reading it again would say nothing else.
    Unchanged(Box<ImportManifest>),
    /// Read it.
    Read {
        reading: Box<Reading>,
        /// The run that read the same bytes in another way.
        supersedes: Option<i64>,
    },
}

/// Whether a person answered any of the questions that a file can leave open.
const fn names_anything(options: &Options) -> bool {
    options.source.is_some()
        || options.profile.is_some()
        || options.timezone.is_some()
        || options.date_order.is_some()
        || options.repository.is_some()
}

/// Settles how a file is to be read, and whether it has to be.
pub(super) fn plan(ledger: &Ledger, input: &dyn Input, read_as: &ReadAs<'_>, now: Timestamp) -> Result<Plan, AppError> {
    let options = read_as.options;
    // Hashing is much cheaper than importing, and the same size suggests the same file. Where the size is not known
    // beforehand, the end of an import finds out, unless the file may have to be read in another way.
    let may_be_known = match input.len() {
        Some(bytes) => ledger.knows_size(bytes)?,
        None => names_anything(options),
    };
    if may_be_known {
        let sha256 = evidence::fingerprint(input).map_err(|error| super::pipeline::not_readable(input, &error))?;
        if let (Some(earlier), Some(manifest)) =
            (ledger.knows_artifact(&sha256)?, ledger.unchanged_manifest(&sha256, input.name(), now)?)
        {
            let other = if names_anything(options) { another_reading(ledger, input, options, earlier)? } else { None };
            return Ok(match other {
                Some(reading) => Plan::Read { reading: Box::new(reading), supersedes: Some(earlier) },
                None => Plan::Unchanged(Box::new(manifest)),
            });
        }
    }
    Ok(Plan::Read { reading: Box::new(read_as.one(input).prepare(input)?), supersedes: None })
}

/// How the options make a known file be read, if that changes what it says. What they leave open stays as it was.
fn another_reading(
    ledger: &Ledger,
    input: &dyn Input,
    options: &Options,
    earlier: i64,
) -> Result<Option<Reading>, AppError> {
    let known = texts::reading(&ledger.reading_of(earlier)?)?;
    let mut reading = change_ledger_ingest::prepare(input, &completed(options, &known))?;
    if reading.kind == known.kind {
        reading.recognised_by.clone_from(&known.recognised_by);
    }
    let same = Reading { file: known.file.clone(), timezone_assumed: known.timezone_assumed, ..reading.clone() };
    if same == known {
        return Ok(None);
    }
    let said_before = ledger.content_of(earlier)?;
    let (says_now, zone_used) = content(input, &reading)?;
    // Another zone may happen to say the same of these times, but the ledger would go on naming the first one.
    let other_zone = zone_used && reading.timezone != known.timezone;
    Ok((other_zone || said_before.as_ref() != Some(&says_now)).then_some(reading))
}

/// The options, and for those that nobody named what the file was read with before.
fn completed(options: &Options, known: &Reading) -> Options {
    let same_columns = options.source.is_none_or(|kind| kind == known.kind) && options.profile.is_none();
    Options {
        source: options.source.or_else(|| options.profile.is_none().then_some(known.kind)),
        profile: options.profile.clone().or_else(|| known.profile.clone().filter(|_| same_columns)),
        timezone: options.timezone.or_else(|| (!known.timezone_assumed).then_some(known.timezone)),
        default_timezone: known.timezone,
        date_order: options.date_order.or_else(|| known.date_order.filter(|_| same_columns)),
        repository: options.repository.clone().or_else(|| known.repository.clone()),
    }
}

/// What a file says when it is read in this way, as one hash; and whether it has times without an offset.
fn content(input: &dyn Input, reading: &Reading) -> Result<(String, bool), AppError> {
    struct Content(ContentHash);
    impl Sink for Content {
        fn accept(&mut self, row: Row) -> Flow {
            let arrivals: Vec<_> = row.records.into_iter().map(|record| Arrival::new(record, &[])).collect();
            self.0.row(&arrivals);
            ControlFlow::Continue(())
        }
        fn reject(&mut self, reject: Reject) -> Flow {
            self.0.reject(&reject);
            ControlFlow::Continue(())
        }
    }
    let mut content = Content(ContentHash::default());
    let source = input.open().map_err(|error| {
        AppError::new(ErrorCode::UnreadableInput, format!("{} cannot be read: {error}", input.name()))
    })?;
    let summary = change_ledger_ingest::read(source, reading, &mut content)?;
    Ok((content.0.finish(), summary.timezone_used.is_some()))
}
