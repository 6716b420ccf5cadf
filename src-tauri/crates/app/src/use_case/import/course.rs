//! The course of one import: its files in their order, and what became of each.

use super::{
    paths::{Found, is_blank, link_left_out},
    preview::preview,
};
use crate::{
    error::{AppError, ErrorCode},
    import_file::{FileImport, Onlooker, ReadAs, Waiting, Watched, cancelled},
    wire::{ImportAnswer, ImportFailure, Job},
};
use change_ledger_ingest::{FileInput, Input, MemberInput};
use change_ledger_model::import::ImportManifest;
use std::ops::ControlFlow;

/// The files of one import, and the answer that grows with them.
pub(super) struct Course<'a, 'i> {
    pub(super) import: FileImport<'i>,
    pub(super) read_as: &'a ReadAs<'a>,
    pub(super) answer: ImportAnswer,
}

impl Course<'_, '_> {
    /// Imports what was found, until the end or until the person stops it.
    ///
    /// # Errors
    /// When it was stopped before anything landed; when the policies' words cannot be used.
    pub(super) fn run(mut self, found: Vec<Found>) -> Result<ImportAnswer, AppError> {
        // Files side by side are one sequence; an archive is one of its own, because it is held in memory while it is read.
        let mut side_by_side: Vec<Waiting> = Vec::new();
        let mut found = found.into_iter();
        while let Some(next) = found.next() {
            let (file, among_others) = match next {
                Found::File { path, in_folder } => (FileInput::new(&path), in_folder),
                Found::LeftOut(skipped) => {
                    self.answer.skipped.push(skipped);
                    continue;
                }
                Found::Unreadable(failure) => {
                    self.answer.failures.push(failure);
                    continue;
                }
            };
            let outcome = match change_ledger_ingest::is_archive(&file) {
                Ok(true) => match self.sequence(std::mem::take(&mut side_by_side))? {
                    ControlFlow::Continue(()) => self.archive(&file, among_others)?,
                    ControlFlow::Break(()) => {
                        self.not_begun(file.name());
                        ControlFlow::Break(())
                    }
                },
                // A file that cannot be opened says so in its place among the others.
                Ok(false) | Err(_) => {
                    side_by_side.push(Waiting { input: Box::new(file), container: None, among_others });
                    ControlFlow::Continue(())
                }
            };
            if outcome.is_break() {
                return self.stopped(found);
            }
        }
        if self.sequence(side_by_side)?.is_break() {
            return self.stopped(found);
        }
        Ok(self.answer)
    }

    /// Imports the files within an archive.
    fn archive(&mut self, file: &FileInput, among_others: bool) -> Result<ControlFlow<()>, AppError> {
        let members = change_ledger_ingest::members(&Watched::new(file, self.import.cancel));
        if self.import.cancel.is_set() {
            self.not_begun(file.name());
            return Ok(ControlFlow::Break(()));
        }
        let container = Some(file.name().to_owned());
        let member =
            |member: MemberInput| Waiting { input: Box::new(member), container: container.clone(), among_others: true };
        let files = match members {
            Ok(Some(members)) => {
                self.answer.skipped.extend(members.links.iter().map(|link| link_left_out(link)));
                members.files.into_iter().map(member).collect()
            }
            Ok(None) => vec![Waiting { input: Box::new(file.clone()), container: None, among_others }],
            Err(error) => {
                self.answer.failures.push(ImportFailure { file: file.name().to_owned(), error: error.into() });
                return Ok(ControlFlow::Continue(()));
            }
        };
        self.sequence(files)
    }

    /// Imports files in their order and puts into the answer what became of each. Breaks when the person stops it.
    fn sequence(&mut self, files: Vec<Waiting>) -> Result<ControlFlow<()>, AppError> {
        let Self { import, read_as, answer } = self;
        let (dry_run, read_as) = (import.dry_run, *read_as);
        let onlooker = Onlooker { host: import.host, job: Job::Import, cancel: import.cancel };
        let mut ended = 0;
        let outcome = import.run(&files, read_as, |file, outcome| {
            let rehearsed = |manifest: ImportManifest| {
                let look = || onlooker.look(file.input.as_ref(), |input| preview(input, read_as));
                let preview = dry_run.then(look).transpose()?;
                Ok((manifest, preview))
            };
            let failure = |error| ImportFailure { file: file.input.name().to_owned(), error };
            match outcome.and_then(rehearsed) {
                Ok((manifest, preview)) => {
                    answer.runs.push(manifest);
                    answer.previews.extend(preview);
                }
                Err(error) if error.code == ErrorCode::Cancelled => return ControlFlow::Break(error),
                Err(error) if file.among_others && is_no_export(file, &error) => answer.skipped.push(failure(error)),
                Err(error) => answer.failures.push(failure(error)),
            }
            ended += 1;
            ControlFlow::Continue(())
        });
        match outcome {
            Ok(()) => Ok(ControlFlow::Continue(())),
            Err(error) if error.code == ErrorCode::Cancelled => {
                files.iter().skip(ended).for_each(|file| self.not_begun(file.input.name()));
                Ok(ControlFlow::Break(()))
            }
            Err(error) => Err(error),
        }
    }

    fn not_begun(&mut self, file: &str) {
        self.answer.not_imported.push(file.to_owned());
    }

    /// The answer of an import that the person stopped before it came to `rest`.
    fn stopped(mut self, rest: impl Iterator<Item = Found>) -> Result<ImportAnswer, AppError> {
        for found in rest {
            match found {
                Found::File { path, .. } => self.not_begun(&path.display().to_string()),
                Found::LeftOut(skipped) => self.answer.skipped.push(skipped),
                Found::Unreadable(failure) => self.answer.failures.push(failure),
            }
        }
        if self.answer.runs.is_empty() { Err(cancelled()) } else { Ok(self.answer) }
    }
}

/// Whether a file that lies among others is simply no export.
fn is_no_export(file: &Waiting, error: &AppError) -> bool {
    error.code == ErrorCode::NotRecognised || is_blank(file.input.as_ref())
}
