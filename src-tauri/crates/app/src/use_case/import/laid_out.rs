//! What chosen files are and say, before anything is written.

mod content;
mod table;

use super::{
    options,
    paths::{Found, expand, link_left_out},
};
use crate::{
    app::App,
    error::{AppError, ErrorCode},
    host::Host,
    import_file::{Onlooker, ReadAs, fingerprint},
    wire::{FileQuestion, ImportFailure, ImportRequest, Job, LaidOutFile, LaidOutFiles, LocalTimeExample, Recognised},
};
use change_ledger_ingest::{FileInput, IngestError, Input, LocalTime, Options, Reading};
use change_ledger_model::source::SourceKind;

/// Looks at files and folders: what each is recognised as, its first rows, and what it leaves open. Nothing is written.
///
/// A table that nobody knows is read through the saved profile that names only columns of it, when there is one.
///
/// # Errors
/// When the request makes no sense, the ledger cannot be read, or the person stopped it. Files that cannot be read are in the
/// answer.
pub fn lay_out(app: &App, host: &dyn Host, request: ImportRequest) -> Result<LaidOutFiles, AppError> {
    let as_of = app.as_of(host);
    let zone = app.read(|ledger| Ok(ledger.policy_history()?.at(as_of).policy.period.timezone))?;
    let job = app.jobs().begin(Job::Look);
    let options = options(&request, zone)?;
    let look = Look {
        app,
        onlooker: Onlooker { host, job: Job::Look, cancel: &job.cancelled },
        read_as: ReadAs { options: &options, saved: &crate::use_case::profile::saved(host) },
        named_profile: request.profile.as_deref(),
    };
    let mut files = Vec::new();
    for found in expand(&request.paths)? {
        match found {
            Found::File { path, in_folder } => look.file(&FileInput::new(&path), in_folder, &mut files)?,
            Found::LeftOut(ImportFailure { file, error }) => {
                files.push(LaidOutFile { error: Some(error), ..unknown(&file, &file, true, None) });
            }
            Found::Unreadable(ImportFailure { file, error }) => {
                files.push(LaidOutFile { error: Some(error), ..unknown(&file, &file, false, None) });
            }
        }
    }
    Ok(LaidOutFiles { files })
}

/// A file of which nothing is known yet.
fn unknown(path: &str, file: &str, among_others: bool, bytes: Option<u64>) -> LaidOutFile {
    LaidOutFile {
        path: path.to_owned(),
        file: file.to_owned(),
        among_others,
        bytes,
        known_as: None,
        recognised: None,
        content: None,
        questions: Vec::new(),
        table: None,
        error: None,
    }
}

/// What files are looked at with.
struct Look<'a> {
    app: &'a App,
    onlooker: Onlooker<'a>,
    read_as: ReadAs<'a>,
    /// The profile that the person named.
    named_profile: Option<&'a str>,
}

impl Look<'_> {
    /// Looks at a file, and at each that it holds where it is an archive or a workbook.
    fn file(&self, file: &FileInput, in_folder: bool, files: &mut Vec<LaidOutFile>) -> Result<(), AppError> {
        let look = &self.onlooker;
        match look.look(file, |file| Ok(change_ledger_ingest::members(file)))? {
            Ok(None) => files.push(look.look(file, |input| self.at(input, file.name(), in_folder))?),
            Ok(Some(members)) => {
                for member in members.files {
                    files.push(look.look(&member, |input| self.at(input, file.name(), true))?);
                }
                files.extend(members.links.iter().map(|link| {
                    let left_out = link_left_out(link);
                    LaidOutFile { error: Some(left_out.error), ..unknown(file.name(), link, true, None) }
                }));
            }
            Err(error) => {
                let laid_out = unknown(file.name(), file.name(), in_folder, file.len());
                files.push(LaidOutFile { error: Some(error.into()), ..laid_out });
            }
        }
        Ok(())
    }

    fn at(&self, input: &dyn Input, path: &str, among_others: bool) -> Result<LaidOutFile, AppError> {
        let mut laid_out = unknown(path, input.name(), among_others, input.len());
        laid_out.known_as = self.known_as(input)?;
        let read_as = self.read_as.one(input);
        let saved_as = read_as.saved.map(|saved| saved.path.as_str()).or(self.named_profile);
        match read_as.prepare(input) {
            Ok(reading) => {
                laid_out.recognised = Some(recognised(&reading));
                if reading.kind == SourceKind::GenericCsv {
                    laid_out.table = table::of(input, reading.profile.as_ref(), saved_as.map(str::to_owned));
                }
                match content::of(input, &reading) {
                    Ok(content) => {
                        laid_out.questions.extend(zone_question(input, &reading, content.timezone_used));
                        laid_out.content = Some(content.answer);
                    }
                    Err(error) => laid_out.error = Some(error),
                }
            }
            Err(error) => {
                laid_out.recognised = kind_of(input, &read_as.options);
                laid_out.questions.extend(question(&error));
                if let IngestError::NotRecognised { .. } | IngestError::BadProfile { .. } = &error {
                    laid_out.table = table::of(input, read_as.options.profile.as_ref(), None);
                    laid_out.questions.extend(laid_out.table.is_some().then_some(FileQuestion::Columns));
                }
                laid_out.error = Some(error.into());
            }
        }
        Ok(laid_out)
    }

    /// The import that brought the same bytes.
    fn known_as(&self, input: &dyn Input) -> Result<Option<i64>, AppError> {
        let Some(bytes) = input.len() else { return Ok(None) };
        if !self.app.read(|ledger| Ok(ledger.knows_size(bytes)?))? {
            return Ok(None);
        }
        // A file that cannot be read says so when it is recognised.
        let Ok(sha256) = fingerprint(input) else { return Ok(None) };
        self.app.read(|ledger| Ok(ledger.knows_artifact(&sha256)?))
    }
}

/// What a file is that leaves something open.
fn kind_of(input: &dyn Input, options: &Options) -> Option<Recognised> {
    let recognition = change_ledger_ingest::recognise(input, options).ok()?;
    let source = recognition.kind.tool().to_owned();
    Some(Recognised { source, kind: recognition.kind, reason: recognition.reason })
}

fn recognised(reading: &Reading) -> Recognised {
    let source = reading.kind.tool().to_owned();
    Recognised { source, kind: reading.kind, reason: reading.recognised_by.clone() }
}

/// What an answer would have to settle before the file can be read.
fn question(error: &IngestError) -> Option<FileQuestion> {
    match error {
        IngestError::AmbiguousDates { column, example, day_first, month_first, .. } => Some(FileQuestion::DateOrder {
            column: column.clone(),
            example: example.clone(),
            day_first: day_first.clone(),
            month_first: month_first.clone(),
        }),
        IngestError::RepositoryUnknown { .. } => Some(FileQuestion::Repository),
        _ => None,
    }
}

fn zone_question(input: &dyn Input, reading: &Reading, used: bool) -> Option<FileQuestion> {
    if !(used && reading.timezone_assumed) {
        return None;
    }
    // Without an example the question stands all the same.
    let example = LocalTime::first_of(input, reading).ok().flatten();
    let example = example.map(|time| LocalTimeExample { column: time.column, text: time.text, at: time.at });
    Some(FileQuestion::TimeZone { assumed: reading.timezone.name().to_owned(), example })
}

/// The error for bytes that stop coming.
fn not_readable(input: &dyn Input, cause: &std::io::Error) -> AppError {
    AppError::new(ErrorCode::UnreadableInput, format!("{} cannot be read: {cause}", input.name()))
}

#[cfg(test)]
#[path = "laid_out/tests.rs"]
mod tests;
