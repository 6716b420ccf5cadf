//! The jobs that run now, each with a switch of its own that stops it.

use crate::wire::Job;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

/// The switch of one job.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    /// Whether the person stopped the job.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The jobs that run now.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<Vec<(Job, Cancelled)>>);

/// A job that runs until this is dropped.
#[derive(Debug)]
pub(crate) struct RunningJob<'a> {
    jobs: &'a Jobs,
    pub(crate) cancelled: Cancelled,
}

impl Jobs {
    /// A new job begins; what was stopped before does not concern it.
    pub(crate) fn begin(&self, job: Job) -> RunningJob<'_> {
        let cancelled = Cancelled::default();
        self.running().push((job, cancelled.clone()));
        RunningJob { jobs: self, cancelled }
    }

    /// Stops the jobs of one kind that run now.
    pub(crate) fn cancel(&self, job: Job) {
        for (_, cancelled) in self.running().iter().filter(|(running, _)| *running == job) {
            cancelled.0.store(true, Ordering::Relaxed);
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Vec<(Job, Cancelled)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for RunningJob<'_> {
    fn drop(&mut self) {
        self.jobs.running().retain(|(_, cancelled)| !Arc::ptr_eq(&cancelled.0, &self.cancelled.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_stopped_alone_and_a_later_one_is_not() {
        let jobs = Jobs::default();
        let (import, check) = (jobs.begin(Job::Import), jobs.begin(Job::Verify));
        jobs.cancel(Job::Import);
        let later = jobs.begin(Job::Import);
        let set = |job: &RunningJob<'_>| job.cancelled.is_set();
        assert_eq!((set(&import), set(&check), set(&later)), (true, false, false));
        drop(import);
        jobs.cancel(Job::Verify);
        assert_eq!((set(&check), set(&later)), (true, false));
    }
}
