//! How what checks amount to at the commits of a change goes on as their runs end.

use std::slice::ChunkBy;

/// One run of a check at a commit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// Stands for its tool and its name.
    pub(super) check: u32,
    /// Of when it was, for telling which run of a check was the last; `None` where no file says.
    pub(super) at: Option<i64>,
    /// When it ended, as far as a file says.
    pub(super) ended: Option<i64>,
    pub(super) is_scan: bool,
    pub(super) passed: Option<bool>,
}

/// Whether tests passed, and whether scans were clean.
pub(super) type Answers = (Option<bool>, Option<bool>);

/// What checks amount to before each moment at which a run ended, earliest first, and after the last of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Course {
    pub(super) before: Vec<(i64, Answers)>,
    pub(super) now: Answers,
}

impl Course {
    /// By the runs at the head of the branch or, where none ended there, at the merge; both [`grouped`].
    pub(super) fn of(head: &[Run], merge: &[Run]) -> Self {
        let mut ends: Vec<i64> = head.iter().chain(merge).filter_map(|run| run.ended).collect();
        ends.sort_unstable();
        ends.dedup();
        let (mut head, mut merge) = (AtCommit::new(head), AtCommit::new(merge));
        let mut answers = |until: i64| {
            head.go_on_to(until);
            merge.go_on_to(until);
            let tests = head.tests.answer().or_else(|| merge.tests.answer()).flatten();
            (tests, head.scans.answer().or_else(|| merge.scans.answer()).flatten())
        };
        let before = ends.into_iter().map(|until| (until, answers(until))).collect();
        Self { before, now: answers(i64::MAX) }
    }

    /// What was so before each run ended, where that is not what was so afterwards.
    pub(super) fn turns(&self) -> impl Iterator<Item = (i64, Answers)> {
        let afterwards = self.before.iter().skip(1).map(|(_, answers)| *answers).chain([self.now]);
        self.before.iter().copied().zip(afterwards).filter(|((_, before), after)| before != after).map(|(turn, _)| turn)
    }
}

/// Puts the runs of each check beside each other, in the order in which they were.
pub(super) fn grouped(runs: &mut [Run]) {
    runs.sort_by_key(|run| run.check);
}

fn by_check(runs: &[Run]) -> ChunkBy<'_, Run, impl FnMut(&Run, &Run) -> bool> {
    runs.chunk_by(|one, next| one.check == next.check)
}

/// What checks amount to at one commit before a moment that moves on.
struct AtCommit<'a> {
    checks: Vec<Check<'a>>,
    /// When a run ended, with the place of its check; the earliest last.
    to_come: Vec<(i64, usize)>,
    tests: Tally,
    scans: Tally,
}

/// The runs of one check, and what those that ended amount to.
struct Check<'a> {
    runs: &'a [Run],
    newest: Option<Run>,
}

impl<'a> AtCommit<'a> {
    fn new(runs: &'a [Run]) -> Self {
        let checks: Vec<Check<'a>> = by_check(runs).map(|runs| Check { runs, newest: None }).collect();
        let ends = checks
            .iter()
            .enumerate()
            .flat_map(|(place, check)| check.runs.iter().filter_map(move |run| run.ended.map(|ended| (ended, place))));
        let mut to_come: Vec<(i64, usize)> = ends.collect();
        to_come.sort_unstable_by(|one, other| other.cmp(one));
        let places = 0..checks.len();
        let mut all = Self { checks, to_come, tests: Tally::default(), scans: Tally::default() };
        // What ended nobody knows when counts from the beginning.
        places.for_each(|place| all.count_anew(place, i64::MIN));
        all
    }

    /// Counts the runs that ended before `until`, which is never earlier than the time before.
    fn go_on_to(&mut self, until: i64) {
        while let Some((_, place)) = self.to_come.pop_if(|(ended, _)| *ended < until) {
            self.count_anew(place, until);
        }
    }

    fn count_anew(&mut self, place: usize, until: i64) {
        let Some(check) = self.checks.get_mut(place) else { return };
        let newest = newest(check.runs, until);
        let earlier = std::mem::replace(&mut check.newest, newest);
        if let Some(run) = earlier {
            let count = self.count_of(run);
            *count = count.saturating_sub(1);
        }
        if let Some(run) = newest {
            *self.count_of(run) += 1;
        }
    }

    const fn count_of(&mut self, run: Run) -> &mut usize {
        let tally = if run.is_scan { &mut self.scans } else { &mut self.tests };
        match run.passed {
            Some(true) => &mut tally.passed,
            Some(false) => &mut tally.failed,
            None => &mut tally.open,
        }
    }
}

/// How many checks of a kind came to which verdict.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    open: usize,
}

impl Tally {
    /// One failure outweighs everything; beside a success, what has no verdict leaves open whether all is well. `None` where none
    /// of the kind came to an end.
    const fn answer(&self) -> Option<Option<bool>> {
        match self {
            Self { failed: 1.., .. } => Some(Some(false)),
            Self { open: 1.., .. } => Some(None),
            Self { passed: 1.., .. } => Some(Some(true)),
            Self { .. } => None,
        }
    }
}

/// What the runs of one check that had ended before `until` amount to: a check that ran again counts as it ended last.
fn newest(runs: &[Run], until: i64) -> Option<Run> {
    let ended = runs.iter().filter(|run| run.ended.is_none_or(|ended| ended < until)).copied();
    ended.reduce(|last, run| {
        // A run that came to no verdict takes none away. Of two at one moment, or without one, nobody knows which was the
        // last, so both count.
        if last.passed.is_none() || last.at < run.at {
            Run { passed: run.passed.or(last.passed), ..run }
        } else if run.passed == Some(false) {
            Run { passed: run.passed, ..last }
        } else {
            last
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, option, prelude::*};
    use std::collections::BTreeSet;

    fn run() -> impl Strategy<Value = Run> {
        let times = (option::weighted(0.9, 0..60_i64), option::weighted(0.9, 0..150_i64));
        (0..40_u32, times, any::<bool>(), option::of(any::<bool>()))
            .prop_map(|(check, (at, ended), is_scan, passed)| Run { check, at, ended, is_scan, passed })
    }

    /// The verdict of a kind, from all runs that had ended and nothing else.
    fn plainly(runs: &[Run], is_scan: bool, until: i64) -> Option<Option<bool>> {
        let checks: BTreeSet<u32> = runs.iter().map(|run| run.check).collect();
        let mut verdicts = Vec::new();
        for check in checks {
            let mut last: Option<Run> = None;
            for run in runs.iter().filter(|run| run.check == check && run.ended.is_none_or(|ended| ended < until)) {
                last = Some(match last {
                    None => *run,
                    Some(last) if last.passed.is_none() => *run,
                    Some(last) if last.at < run.at => Run { passed: run.passed.or(last.passed), ..*run },
                    Some(last) if run.passed == Some(false) => Run { passed: Some(false), ..last },
                    Some(last) => last,
                });
            }
            verdicts.extend(last.filter(|last| last.is_scan == is_scan).map(|last| last.passed));
        }
        let has = |wanted: Option<bool>| verdicts.contains(&wanted);
        [Some(false), None, Some(true)].into_iter().find(|verdict| has(*verdict))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn what_checks_amount_to_is_what_a_plain_count_finds_at_each_moment(
            mut head in vec(run(), 0..300), mut merge in vec(run(), 0..100),
        ) {
            let answers = |until: i64| {
                let of = |is_scan| plainly(&head, is_scan, until).or_else(|| plainly(&merge, is_scan, until)).flatten();
                (of(false), of(true))
            };
            let ends: BTreeSet<i64> = head.iter().chain(&merge).filter_map(|run| run.ended).collect();
            let before: Vec<_> = ends.into_iter().map(|until| (until, answers(until))).collect();
            let expected = Course { before, now: answers(i64::MAX) };
            grouped(&mut head);
            grouped(&mut merge);
            prop_assert_eq!(Course::of(&head, &merge), expected);
        }
    }
}
