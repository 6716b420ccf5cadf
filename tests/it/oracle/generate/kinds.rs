//! The ledgers that are made up are of every kind that numbers go wrong with.

use super::{BEGIN, CLOCK_CHANGES, Case, DAY, HOUR, LEAP_DAY, case};
use change_ledger_model::{
    policy::{ClockKind, Policy},
    quarter::Quarter,
    record::ReviewCoverage,
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

/// Of so many ledgers each kind is one of several.
const LEDGERS: usize = 200;
const OF_A_KIND: usize = 3;

#[test]
fn generated_ledgers_are_of_every_kind() {
    let mut runner = TestRunner::deterministic();
    let cases: Vec<Case> = (0..LEDGERS).map(|_| case().new_tree(&mut runner).unwrap().current()).collect();
    let check = |kind: &str, is_of_it: &dyn Fn(&Case) -> bool| {
        let found = cases.iter().filter(|case| is_of_it(case)).count();
        assert!(found >= OF_A_KIND, "{kind}: {found} of {LEDGERS}");
    };
    check("without any change", &|case| case.ledger.changes.is_empty());
    check("an empty quarter between others", &|case| {
        let quarters = quarters(case);
        quarters.windows(2).any(|pair| pair[1] - pair[0] > 1)
    });
    check("a quarter of which nothing but its changes is known", &|case| {
        quarters(case).into_iter().any(|quarter| {
            let mut changes = of_quarter(case, quarter).peekable();
            changes.peek().is_some() && changes.all(|change| is_untold(case, change))
        })
    });
    check("on a day on which some zone moves its clocks", &|case| {
        CLOCK_CHANGES.iter().any(|day| implemented(case).any(|at| (0..DAY).contains(&(at - BEGIN - day * DAY))))
    });
    check("on a leap day", &|case| implemented(case).any(|at| (0..DAY).contains(&(at - BEGIN - LEAP_DAY * DAY))));
    for month in [1, 2, 4, 10] {
        check("a fiscal year", &|case| in_force(case).any(|policy| policy.period.fiscal_year_start == month));
    }
    check("a policy that changes within a quarter with changes", &|case| {
        let period = &case.policies.at(case.as_of).policy.period;
        let (start, zone) = (period.fiscal_year_start, period.timezone);
        case.policies.versions().filter_map(|version| version.effective_from).any(|from| {
            let quarter = Quarter::of(from, start, zone);
            let mut changes =
                of_quarter(case, quarter.ordinal()).map(|change| case.ledger.changes.implemented_at[change]);
            let (mut before, mut after) = (false, false);
            changes.by_ref().flatten().for_each(|at| if at < from.millis() { before = true } else { after = true });
            before && after
        })
    });
    check("counted from the deployment", &|case| {
        let by_deployment = |policy: &Policy| policy.clock.implemented == ClockKind::Deployed;
        in_force(case).any(by_deployment) && case.ledger.changes.merged_at() != case.ledger.changes.implemented_at
    });
    check("something attested", &|case| !case.ledger.attestations.is_empty());
    check("a ticket that was not imported", &|case| !case.ledger.tickets_not_imported.is_empty());
    check("an incident without a severity", &|case| {
        case.ledger.incidents.iter().any(|incident| incident.opened_at.is_some() && incident.severity.is_none())
    });
    check("seen before the last change", &|case| implemented(case).any(|at| at > case.as_of.millis() + HOUR));
}

fn in_force(case: &Case) -> impl Iterator<Item = &Policy> {
    case.policies.versions().map(|version| &version.policy)
}

fn implemented(case: &Case) -> impl Iterator<Item = i64> {
    case.ledger.changes.implemented_at.iter().flatten().copied()
}

/// The quarters with changes, ascending.
fn quarters(case: &Case) -> Vec<i32> {
    let mut quarters: Vec<i32> = (0..case.ledger.changes.len()).filter_map(|change| quarter(case, change)).collect();
    quarters.sort_unstable();
    quarters.dedup();
    quarters
}

fn of_quarter(case: &Case, wanted: i32) -> impl Iterator<Item = usize> {
    (0..case.ledger.changes.len()).filter(move |change| quarter(case, *change) == Some(wanted))
}

fn quarter(case: &Case, change: usize) -> Option<i32> {
    let period = &case.policies.at(case.as_of).policy.period;
    let at = change_ledger_model::Timestamp::from_millis(case.ledger.changes.implemented_at[change]?)?;
    Some(Quarter::of(at, period.fiscal_year_start, period.timezone).ordinal())
}

fn is_untold(case: &Case, change: usize) -> bool {
    let changes = &case.ledger.changes;
    changes.review_coverage[change] == ReviewCoverage::NotCarried as u8
        && !changes.labels_known[change]
        && !changes.texts_known[change]
        && !case.ledger.reviews.change.contains(&(change as u32))
}
