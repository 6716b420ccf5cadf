use super::*;
use crate::{
    error::ErrorCode,
    host::scripted::{Scripted, pulls},
    jobs::Jobs,
    wire::Job,
};
use change_ledger_ingest::{MemoryInput, Options};
use change_ledger_model::import::ImportStatus;
use std::{
    io::{self, Cursor, Read},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Times without an offset: what they mean depends on the zone that the file is read with.
const TICKETS: &str = "Issue key,Summary,Issue Type,Status,Created,Resolved\n\
    CHG-1,Resize the pool,Change,Done,16/Jul/26 9:30 AM,16/Jul/26 11:00 AM\n";

fn in_berlin() -> Options {
    Options { timezone: Some(chrono_tz::Europe::Berlin), ..Options::default() }
}

fn waiting(input: impl Input + Send + Sync + 'static) -> Waiting {
    Waiting { input: Box::new(input), container: None, among_others: false }
}

fn file(name: &str, content: impl Into<String>) -> Waiting {
    waiting(MemoryInput::new(name, content.into().into_bytes()))
}

/// Runs a sequence and says of each file what became of it; `after` is called after each with its place, from 0.
fn run(
    ledger: &mut Ledger,
    jobs: &Jobs,
    files: &[Waiting],
    options: &Options,
    after: impl Fn(usize),
) -> (Vec<String>, Result<(), ErrorCode>) {
    let (host, job) = (Scripted::quiet(), jobs.begin(Job::Import));
    let policies = ledger.policy_history().unwrap();
    let mut import = FileImport { ledger, host: &host, cancel: &job.cancelled, dry_run: false, policies: &policies };
    let mut seen = Vec::new();
    let outcome = import.run(files, &ReadAs { options, saved: &[] }, |file, outcome| {
        let stop = outcome.as_ref().err().filter(|error| error.code == ErrorCode::Cancelled).cloned();
        let became = match outcome {
            Ok(run) if run.status == ImportStatus::Unchanged => "unchanged".to_owned(),
            Ok(run) => format!("run {} of {} rows", run.id.unwrap(), run.rows.read),
            Err(error) => format!("{:?}", error.code),
        };
        seen.push(format!("{}: {became}", file.input.name()));
        after(seen.len() - 1);
        stop.map_or(ControlFlow::Continue(()), ControlFlow::Break)
    });
    (seen, outcome.map_err(|error| error.code))
}

fn runs(ledger: &Ledger) -> Vec<(String, bool)> {
    let runs = ledger.imports().unwrap();
    runs.into_iter().map(|run| (run.file, run.superseded_by.is_some())).collect()
}

fn is_sound(ledger: &Ledger) {
    assert_eq!(ledger.verify(&mut |_| {}).unwrap().findings, []);
}

/// A file that another program changes: from the opening with this number on (from 0), it is what `then` says.
struct Changing {
    now: Vec<u8>,
    then: Option<Vec<u8>>,
    at: usize,
    opened: Arc<AtomicUsize>,
}

impl Input for Changing {
    fn name(&self) -> &str {
        "changing"
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let now = self.opened.fetch_add(1, Ordering::Relaxed) < self.at;
        let bytes = if now { Some(&self.now) } else { self.then.as_ref() };
        let bytes = bytes.ok_or_else(|| io::Error::other("the disk is gone"))?;
        Ok(Box::new(Cursor::new(bytes.clone())))
    }

    fn len(&self) -> Option<u64> {
        Some(self.now.len() as u64)
    }
}

#[test]
fn a_file_that_cannot_be_settled_keeps_nobody_out() {
    let mut ledger = Ledger::in_memory().unwrap();
    let files = [
        file("a", pulls(1..3)),
        file("b", "no export of anything\n"),
        file("c", ""),
        file("d", pulls(3..8)),
        file("e", "nor this"),
    ];
    let (seen, outcome) = run(&mut ledger, &Jobs::default(), &files, &Options::default(), |_| {});
    let expected =
        ["a: run 1 of 2 rows", "b: NotRecognised", "c: UnreadableInput", "d: run 2 of 5 rows", "e: NotRecognised"];
    assert_eq!((seen, outcome), (expected.map(str::to_owned).to_vec(), Ok(())));
    is_sound(&ledger);
}

#[test]
fn a_file_that_changes_or_is_lost_while_it_is_read_keeps_nobody_out() {
    let check = |then: Option<Vec<u8>>, expected: &str| {
        let mut last = None;
        // The first round counts how often the file is opened; in the second it changes before the last time, which is when
        // it is imported.
        for round in 0..2 {
            let mut ledger = Ledger::in_memory().unwrap();
            let first = [file("changing", TICKETS)];
            assert_eq!(run(&mut ledger, &Jobs::default(), &first, &Options::default(), |_| {}).1, Ok(()));
            let opened = Arc::new(AtomicUsize::new(0));
            let at = last.map_or(usize::MAX, |opened: usize| opened - 1);
            let changing = Changing { now: TICKETS.into(), then: then.clone(), at, opened: Arc::clone(&opened) };
            let files = [waiting(changing), file("next", pulls(1..4)), file("last", pulls(4..9))];
            let (seen, outcome) = run(&mut ledger, &Jobs::default(), &files, &in_berlin(), |_| {});
            assert_eq!(outcome, Ok(()));
            last = Some(opened.load(Ordering::Relaxed));
            if round == 0 {
                assert_eq!(seen, ["changing: run 2 of 1 rows", "next: run 3 of 3 rows", "last: run 4 of 5 rows"]);
            } else {
                assert_eq!(seen, [expected, "next: run 2 of 3 rows", "last: run 3 of 5 rows"]);
                assert_eq!(runs(&ledger)[0], ("changing".to_owned(), false), "the first reading still counts");
            }
            is_sound(&ledger);
        }
    };
    // Everything is written when it shows that the bytes are others, and the next file is being read by then.
    check(Some(TICKETS.replace("11:00", "12:00").into()), "changing: LedgerUnavailable");
    check(None, "changing: UnreadableInput");
}

#[test]
fn stopping_with_the_next_file_begun_leaves_what_is_in() {
    let mut ledger = Ledger::in_memory().unwrap();
    let jobs = Jobs::default();
    let files = [file("a", pulls(1..3)), file("b", pulls(3..8)), file("c", pulls(8..9))];
    let stop = |place| {
        if place == 0 {
            jobs.cancel(Job::Import);
        }
    };
    let (seen, outcome) = run(&mut ledger, &jobs, &files, &Options::default(), stop);
    assert_eq!(outcome, Err(ErrorCode::Cancelled));
    assert_eq!(seen, ["a: run 1 of 2 rows", "b: Cancelled"]);
    assert_eq!(runs(&ledger), [("a".to_owned(), false)]);
    is_sound(&ledger);
    // The rest can be brought in later.
    let (seen, _) = run(&mut ledger, &jobs, &files, &Options::default(), |_| {});
    assert_eq!(seen, ["a: unchanged", "b: run 2 of 5 rows", "c: run 3 of 1 rows"]);
}

#[test]
fn settling_how_to_read_a_file_ends_when_the_import_is_stopped() {
    /// Bytes that come for ever, until somebody stops the import.
    struct Endless(Arc<Jobs>);
    impl Input for Endless {
        fn name(&self) -> &str {
            "endless"
        }
        fn open(&self) -> io::Result<Box<dyn Read + Send>> {
            self.0.cancel(Job::Import);
            Ok(Box::new(io::repeat(b' ')))
        }
        fn len(&self) -> Option<u64> {
            Some(pulls(1..3).len() as u64)
        }
    }
    let (mut ledger, jobs) = (Ledger::in_memory().unwrap(), Arc::new(Jobs::default()));
    let first = [file("a", pulls(1..3))];
    assert_eq!(run(&mut ledger, &jobs, &first, &Options::default(), |_| {}).1, Ok(()));
    // A file of a known size is hashed first, to its end.
    let files = [waiting(Endless(Arc::clone(&jobs))), file("b", pulls(3..8))];
    let (seen, outcome) = run(&mut ledger, &jobs, &files, &Options::default(), |_| {});
    assert_eq!((seen, outcome), (vec!["endless: Cancelled".to_owned()], Err(ErrorCode::Cancelled)));
}

#[test]
fn the_same_bytes_twice_land_once() {
    let mut ledger = Ledger::in_memory().unwrap();
    let twice = || [file("a", TICKETS), file("copy of a", TICKETS)];
    let check = |ledger: &mut Ledger, options: &Options, expected: [&str; 2]| {
        let (seen, outcome) = run(ledger, &Jobs::default(), &twice(), options, |_| {});
        assert_eq!((seen, outcome), (expected.map(str::to_owned).to_vec(), Ok(())));
        is_sound(ledger);
    };
    check(&mut ledger, &Options::default(), ["a: run 1 of 1 rows", "copy of a: unchanged"]);
    // Read in another zone, the first of the two takes the place of the earlier reading, and the second says the same.
    check(&mut ledger, &in_berlin(), ["a: run 2 of 1 rows", "copy of a: unchanged"]);
    check(&mut ledger, &in_berlin(), ["a: unchanged", "copy of a: unchanged"]);
    assert_eq!(runs(&ledger), [("a".to_owned(), true), ("a".to_owned(), false)]);
}
