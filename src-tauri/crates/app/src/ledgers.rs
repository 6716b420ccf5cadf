//! The connections to the open ledger: one that writes, and as many readers as work at the same time.

use crate::error::AppError;
use change_ledger_model::Timestamp;
use change_ledger_store::{Access, Ledger};
use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Readers that are kept for the next question; more are closed after their answer.
const READERS_KEPT: usize = 4;

/// How the file is opened when it is first needed.
type Opening<'a> = &'a dyn Fn(&Path) -> Result<Ledger, AppError>;

/// The ledger that is open now.
#[derive(Debug)]
pub(crate) struct Ledgers {
    place: Mutex<Place>,
    /// Held while something is written; taken before `place` where both are needed.
    writer: Mutex<Option<(u64, Ledger)>>,
}

/// Which file it is, and the readers that wait.
#[derive(Debug)]
struct Place {
    path: PathBuf,
    /// Set for the sample workspace, whose story ends at a fixed moment.
    sample_as_of: Option<Timestamp>,
    /// Counts how often another file was opened or the file closed: a reader of an earlier count is not kept.
    opening: u64,
    /// Whether the file was opened for writing, which makes it where it is absent and upgrades an older format.
    is_prepared: bool,
    readers: Vec<Ledger>,
}

impl Ledgers {
    /// The ledger at `path`, opened when it is first needed.
    pub(crate) const fn at(path: PathBuf) -> Self {
        let place = Place { path, sample_as_of: None, opening: 0, is_prepared: false, readers: Vec::new() };
        Self { place: Mutex::new(place), writer: Mutex::new(None) }
    }

    /// Where the ledger is, and the moment at which the sample's story ends, where it is the sample.
    pub(crate) fn location(&self) -> (PathBuf, Option<Timestamp>) {
        let place = lock(&self.place);
        (place.path.clone(), place.sample_as_of)
    }

    /// Makes another file the open one.
    pub(crate) fn switch_to(&self, path: &Path, sample_as_of: Option<Timestamp>) {
        let mut writer = lock(&self.writer);
        let mut place = lock(&self.place);
        *writer = None;
        let opening = place.opening + 1;
        *place = Place { path: path.to_owned(), sample_as_of, opening, is_prepared: false, readers: Vec::new() };
    }

    /// Closes the file, so that it can be replaced; the next use opens it again.
    pub(crate) fn close(&self) {
        let (path, sample_as_of) = self.location();
        self.switch_to(&path, sample_as_of);
    }

    /// Works with a reader of its own: others read and write meanwhile.
    pub(crate) fn read<T>(
        &self,
        open: Opening<'_>,
        work: impl FnOnce(&Ledger) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let (opening, reader) = self.reader(open)?;
        let answer = work(&reader);
        let mut place = lock(&self.place);
        if place.opening == opening && place.readers.len() < READERS_KEPT {
            place.readers.push(reader);
        }
        answer
    }

    fn reader(&self, open: Opening<'_>) -> Result<(u64, Ledger), AppError> {
        loop {
            let (opening, path, is_prepared) = {
                let mut place = lock(&self.place);
                if let Some(reader) = place.readers.pop() {
                    return Ok((place.opening, reader));
                }
                (place.opening, place.path.clone(), place.is_prepared)
            };
            if is_prepared {
                return Ok((opening, Ledger::open(&path, Access::ReadOnly)?));
            }
            self.write(open, |_| Ok(()))?;
        }
    }

    /// Works with the one connection that writes.
    pub(crate) fn write<T>(
        &self,
        open: Opening<'_>,
        work: impl FnOnce(&mut Ledger) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        let mut writer = lock(&self.writer);
        let (opening, path) = {
            let place = lock(&self.place);
            (place.opening, place.path.clone())
        };
        let ledger = match writer.take().filter(|(of, _)| *of == opening) {
            Some((_, ledger)) => ledger,
            None => open(&path)?,
        };
        lock(&self.place).is_prepared = true;
        let (_, ledger) = writer.insert((opening, ledger));
        work(ledger)
    }

    /// Whether the file was opened; a watcher must not be the first to make it.
    pub(crate) fn is_open(&self) -> bool {
        lock(&self.place).is_prepared
    }
}

/// A thread that failed while it held the lock left nothing half-done behind: every change to the state is one assignment.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn two_readers_work_at_the_same_time_and_a_writer_beside_them() {
        let folder = tempfile::tempdir().unwrap();
        let ledgers = Ledgers::at(folder.path().join("ledger.db"));
        let open = |path: &Path| Ok(Ledger::create_or_open(path)?);
        // A ledger that is still to be made keeps everybody waiting.
        ledgers.write(&open, |_| Ok(())).unwrap();
        // Nobody passes before all three are inside: with one connection for all, this would never end.
        let inside = Barrier::new(3);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    ledgers.read(&open, |ledger| {
                        inside.wait();
                        Ok(ledger.data_version()?)
                    })
                });
            }
            scope.spawn(|| {
                ledgers.write(&open, |ledger| {
                    inside.wait();
                    Ok(ledger.data_version()?)
                })
            });
        });
        assert_eq!(lock(&ledgers.place).readers.len(), 2);
    }

    #[test]
    fn a_reader_of_another_file_is_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let ledgers = Ledgers::at(folder.path().join("one.db"));
        let open = |path: &Path| Ok(Ledger::create_or_open(path)?);
        let other = folder.path().join("other.db");
        let read = ledgers.read(&open, |ledger| {
            ledgers.switch_to(&other, None);
            Ok(ledger.path().map(Path::to_owned))
        });
        assert_eq!(read.unwrap(), Some(folder.path().join("one.db")));
        let path = |ledger: &Ledger| Ok(ledger.path().map(Path::to_owned));
        assert_eq!(ledgers.read(&open, path).unwrap(), Some(other));
    }
}
