//! Reading that ends when the person stops the job, and that tells how far it is.

use super::pipeline::{cancelled, stopped};
use crate::{
    error::AppError,
    host::Host,
    jobs::Cancelled,
    wire::{Job, Progress},
};
use change_ledger_ingest::Input;
use std::{
    io::{self, Read},
    sync::mpsc::{Sender, channel},
};

/// An input whose bytes stop coming once the job is stopped: whatever looks at the file then ends with an error.
pub(crate) struct Watched<'a> {
    input: &'a dyn Input,
    cancel: &'a Cancelled,
    /// Who is told how many bytes were read since the file was opened.
    told: Option<Sender<u64>>,
}

impl<'a> Watched<'a> {
    pub(crate) const fn new(input: &'a dyn Input, cancel: &'a Cancelled) -> Self {
        Self { input, cancel, told: None }
    }
}

/// Who is shown how far a look at a file is, and who can stop it.
pub(crate) struct Onlooker<'a> {
    pub(crate) host: &'a dyn Host,
    pub(crate) job: Job,
    pub(crate) cancel: &'a Cancelled,
}

impl Onlooker<'_> {
    /// Looks at `input` on a thread of its own, and shows meanwhile how much of it was read.
    ///
    /// # Errors
    /// That of the look; [`ErrorCode::Cancelled`](crate::ErrorCode::Cancelled) when the person stopped the job.
    pub(crate) fn look<T: Send>(
        &self,
        input: &(dyn Input + Sync),
        look: impl FnOnce(&dyn Input) -> Result<T, AppError> + Send,
    ) -> Result<T, AppError> {
        let (told, read) = channel();
        let cancel = self.cancel;
        std::thread::scope(|scope| {
            let looking = scope.spawn(move || look(&Watched { input, cancel, told: Some(told) }));
            self.show(input, 0);
            // A file may be read several times from its beginning; what is shown only grows.
            let mut furthest = 0;
            for bytes in read {
                if bytes > furthest {
                    furthest = bytes;
                    self.show(input, bytes);
                }
            }
            let found = looking.join().unwrap_or_else(|_| Err(stopped()));
            if cancel.is_set() { Err(cancelled()) } else { found }
        })
    }

    fn show(&self, input: &dyn Input, bytes: u64) {
        let subject = input.name().to_owned();
        self.host.progress(&Progress { job: self.job, subject, rows: 0, bytes, total_bytes: input.len() });
    }
}

impl Input for Watched<'_> {
    fn name(&self) -> &str {
        self.input.name()
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let (source, cancel, told) = (self.input.open()?, self.cancel.clone(), self.told.clone());
        Ok(Box::new(WatchedReader { source, cancel, told, bytes: 0, said: 0 }))
    }

    fn len(&self) -> Option<u64> {
        self.input.len()
    }
}

/// After how many bytes more is told.
const TOLD_EVERY: u64 = 1 << 20;

struct WatchedReader {
    source: Box<dyn Read + Send>,
    cancel: Cancelled,
    told: Option<Sender<u64>>,
    bytes: u64,
    /// As much as was told.
    said: u64,
}

impl Read for WatchedReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_set() {
            return Err(io::Error::other("it was stopped"));
        }
        let read = self.source.read(buffer)?;
        self.bytes += read as u64;
        if let Some(told) = &self.told
            && self.bytes >= self.said + TOLD_EVERY
        {
            self.said = self.bytes;
            // Nobody may be listening any more.
            let _ = told.send(self.bytes);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorCode, host::scripted::Scripted, jobs::Jobs};
    use change_ledger_ingest::MemoryInput;
    use std::sync::Mutex;

    /// Reads all of an input, as often as it is told.
    fn read(input: &dyn Input, times: usize) -> Result<u64, AppError> {
        let read = |_| io::copy(&mut input.open()?, &mut io::sink());
        (0..times).map(read).sum::<io::Result<u64>>().map_err(|_| AppError::wrong_use("it cannot be read"))
    }

    #[test]
    fn a_look_shows_how_far_it_is_and_never_goes_back() {
        let jobs = Jobs::default();
        let job = jobs.begin(Job::Look);
        let shown = Mutex::new(Vec::new());
        let host = Scripted::at_progress(|progress| shown.lock().unwrap().push((progress.bytes, progress.total_bytes)));
        let input = MemoryInput::new("a.csv", vec![b'x'; 3 << 20]);
        let onlooker = Onlooker { host: &host, job: Job::Look, cancel: &job.cancelled };
        assert_eq!(onlooker.look(&input, |input| read(input, 2)).unwrap(), 6 << 20);
        let total = Some(3 << 20);
        assert_eq!(*shown.lock().unwrap(), [(0, total), (1 << 20, total), (2 << 20, total), (3 << 20, total)]);
    }

    #[test]
    fn a_look_that_is_stopped_ends_before_the_file_does() {
        let jobs = Jobs::default();
        let job = jobs.begin(Job::Look);
        let host = Scripted::at_progress(|_| jobs.cancel(Job::Look));
        let onlooker = Onlooker { host: &host, job: Job::Look, cancel: &job.cancelled };
        // Stopped by the first thing that is shown: endless reading ends all the same.
        let input = MemoryInput::new("a.csv", vec![b'x'; 3 << 20]);
        let stopped = onlooker.look(&input, |input| read(input, usize::MAX)).unwrap_err();
        assert_eq!(stopped.code, ErrorCode::Cancelled);
    }

    #[test]
    fn what_a_look_stumbles_over_is_told() {
        let jobs = Jobs::default();
        let job = jobs.begin(Job::Look);
        let host = Scripted::quiet();
        let onlooker = Onlooker { host: &host, job: Job::Look, cancel: &job.cancelled };
        let input = MemoryInput::new("a.csv", Vec::new());
        let error = onlooker.look(&input, |_| Err::<(), _>(AppError::wrong_use("no rows"))).unwrap_err();
        assert_eq!((error.code, error.message.as_str()), (ErrorCode::WrongUse, "no rows"));
    }
}
