//! How files are to be read: what a person said of them, and the column profiles that were saved for tables of unknown tools.

use crate::use_case::profile::SavedProfile;
use change_ledger_ingest::{IngestError, Input, Options, Reading, TableStart};
use std::borrow::Cow;

/// What a person said of files, and the saved profiles.
pub(crate) struct ReadAs<'a> {
    pub(crate) options: &'a Options,
    pub(crate) saved: &'a [SavedProfile],
}

/// The same for one file.
pub(crate) struct ReadOneAs<'a> {
    pub(crate) options: Cow<'a, Options>,
    /// The saved profile that explains the file where nothing else does.
    pub(crate) saved: Option<&'a SavedProfile>,
}

impl<'a> ReadAs<'a> {
    /// What holds for `input`: a table that nobody knows is read through the saved profile that names only columns of it,
    /// unless the person named a kind or a profile.
    pub(crate) fn one(&self, input: &dyn Input) -> ReadOneAs<'a> {
        let saved = self.saved_for(input);
        let options = match saved {
            Some(saved) => Cow::Owned(Options { profile: Some(saved.profile.clone()), ..self.options.clone() }),
            None => Cow::Borrowed(self.options),
        };
        ReadOneAs { options, saved }
    }

    fn saved_for(&self, input: &dyn Input) -> Option<&'a SavedProfile> {
        if self.saved.is_empty() || self.options.profile.is_some() || self.options.source.is_some() {
            return None;
        }
        let known = change_ledger_ingest::recognise(input, self.options);
        if !matches!(known, Err(IngestError::NotRecognised { .. })) {
            return None;
        }
        let columns = TableStart::of(input, 1).ok().flatten()?.columns;
        self.saved.iter().find(|saved| saved.profile.fits(&columns))
    }
}

impl ReadOneAs<'_> {
    /// Recognises and surveys the file.
    ///
    /// # Errors
    /// When it cannot be read, or leaves something open.
    pub(crate) fn prepare(&self, input: &dyn Input) -> Result<Reading, IngestError> {
        let mut reading = change_ledger_ingest::prepare(input, &self.options)?;
        if let Some(saved) = self.saved {
            let name = &saved.profile.name;
            reading.recognised_by =
                format!("It is a table, and the saved profile \"{name}\" says what its columns mean.");
        }
        Ok(reading)
    }
}
