use super::{
    super::{subject::Subject, table::Table},
    changes::signal_column,
    word,
};
use change_ledger_model::{
    judgement::{Signal, Signals},
    policy::Detection,
};

/// One row per detection rule of each policy version.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let rules: Vec<(i64, i64, Signals)> = (0_i64..)
        .zip(subject.policies.versions())
        .flat_map(|(version, policy)| {
            // A rule that a policy names twice is one.
            let mut known: Vec<Signals> = Vec::new();
            for rule in policy.policy.detection.iter().map(Detection::signals) {
                if !known.contains(&rule) {
                    known.push(rule);
                }
            }
            (0_i64..).zip(known).map(move |(place, rule)| (version, place, rule))
        })
        .collect();
    let table =
        Table::new("rules", "One row per rule that finds emergencies nobody labelled: all its signals must hold")
            .integer("policy_version", "The policy", rules.iter().map(|(version, ..)| Some(*version)))
            .integer("rule", "Place of the rule in the policy, from 0", rules.iter().map(|(_, rule, _)| Some(*rule)))
            .text(
                "signals",
                "Its signals, with + between them",
                rules.iter().map(|(.., signals)| Some(named(*signals))),
            );
    Signal::ALL.into_iter().fold(table, |table, signal| {
        let needed: Vec<Option<bool>> = rules.iter().map(|(.., signals)| Some(signals.has(signal))).collect();
        let column = signal_column("signal", signal);
        table.boolean(&signal_column("needs", signal), &format!("Whether {column} must hold"), needed.into_iter())
    })
}

fn named(signals: Signals) -> String {
    signals.iter().filter_map(|signal| word(Some(signal))).collect::<Vec<_>>().join("+")
}
