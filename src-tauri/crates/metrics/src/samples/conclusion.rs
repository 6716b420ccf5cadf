//! What the answers about a sample amount to, attribute by attribute.

use super::limits::{Confidence, real, upper_limit};
use change_ledger_model::samples::{
    AnswerResult, Attribute, Conclusion, Examination, Stratum, StratumCount, StratumSize,
};
use std::collections::BTreeSet;

/// An item that is still in the sample, with the last answer to each question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExaminedItem {
    /// The stratum from which it was drawn.
    pub stratum: Stratum,
    /// The stratum in which the population has it, which decides what is asked of it.
    pub kind: Stratum,
    /// What was answered.
    pub answers: Vec<(Attribute, AnswerResult)>,
}

/// Concludes from the items that are still in a sample: for every stratum that gave any, every attribute. `kinds` says how many
/// changes of each kind the population holds.
#[must_use]
pub fn conclude(strata: &[StratumSize], kinds: &[StratumCount], items: &[ExaminedItem]) -> Vec<Conclusion> {
    let drawn = strata.iter().filter(|size| size.drawn > 0);
    drawn
        .flat_map(|size| {
            let of_stratum: Vec<&ExaminedItem> = items.iter().filter(|item| item.stratum == size.stratum).collect();
            Attribute::ALL.map(|attribute| of_attribute(size.stratum, attribute, kinds, &of_stratum))
        })
        .collect()
}

fn of_attribute(stratum: Stratum, attribute: Attribute, kinds: &[StratumCount], items: &[&ExaminedItem]) -> Conclusion {
    let (mut examined, mut deviations, mut not_applicable, mut open, mut answered) = (0, 0, 0, 0, 0);
    let mut asked_of: BTreeSet<Stratum> =
        Stratum::DIVIDED.into_iter().filter(|kind| attribute.applies_to(*kind)).collect();
    for item in items {
        let answer = item.answers.iter().rev().find(|(about, _)| *about == attribute).map(|(_, result)| *result);
        answered += u64::from(answer.is_some());
        match answer {
            Some(AnswerResult::NotApplicable) => not_applicable += 1,
            None if !attribute.applies_to(item.kind) => not_applicable += 1,
            None => open += 1,
            Some(result) => {
                examined += 1;
                deviations += u64::from(result.deviates());
                // An auditor who asks it of such a change all the same asks it of all of them.
                asked_of.insert(item.kind);
            }
        }
    }
    let belongs = |kind: Stratum| stratum == Stratum::All || kind == stratum;
    let population =
        kinds.iter().filter(|of| belongs(of.stratum) && asked_of.contains(&of.stratum)).map(|of| of.changes).sum();
    let examination = match (answered, open) {
        (0, _) => Examination::NotTested,
        (_, 0) => Examination::Concluded,
        _ => Examination::Open,
    };
    let limit = |confidence| upper_limit(deviations, examined, population, confidence);
    let limits = match examination {
        Examination::Concluded => Confidence::ALL.into_iter().filter_map(limit).collect(),
        Examination::NotTested | Examination::Open => Vec::new(),
    };
    Conclusion {
        attribute,
        stratum,
        examination,
        population,
        examined,
        deviations,
        not_applicable,
        open,
        rate: (examined > 0).then(|| real(deviations) / real(examined)),
        limits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AnswerResult::{Deviation, NotApplicable, NotExaminable, Pass};

    /// Attribute `about` of a routine stratum of 400 changes, of which so many are drawn as there are answers.
    fn concluded(about: Attribute, answers: &[Option<AnswerResult>]) -> Conclusion {
        let drawn = answers.len() as u64;
        let size = StratumSize { stratum: Stratum::Routine, changes: 400, asked: drawn, drawn };
        let items: Vec<ExaminedItem> = answers
            .iter()
            .map(|answer| ExaminedItem {
                stratum: Stratum::Routine,
                kind: Stratum::Routine,
                answers: answer.iter().map(|result| (about, *result)).collect(),
            })
            .collect();
        let kinds = [StratumCount { stratum: Stratum::Routine, changes: 400 }];
        conclude(&[size], &kinds, &items).into_iter().find(|conclusion| conclusion.attribute == about).unwrap()
    }

    #[test]
    fn answers_are_counted_by_what_they_mean() {
        let check = |answers: &[Option<AnswerResult>], counts: [u64; 4], examination| {
            let found = concluded(Attribute::C, answers);
            let Conclusion { examined, deviations, not_applicable, open, .. } = found;
            assert_eq!(
                ([examined, deviations, not_applicable, open], found.examination),
                (counts, examination),
                "{answers:?}"
            );
        };
        check(&[None, None], [0, 0, 0, 2], Examination::NotTested);
        check(&[Some(Pass), None], [1, 0, 0, 1], Examination::Open);
        check(&[Some(Pass), Some(Deviation)], [2, 1, 0, 0], Examination::Concluded);
        check(&[Some(Pass), Some(NotExaminable)], [2, 1, 0, 0], Examination::Concluded);
        check(&[Some(Pass), Some(NotApplicable)], [1, 0, 1, 0], Examination::Concluded);
    }

    #[test]
    fn limits_wait_for_the_last_answer() {
        let mut answers = vec![Some(Pass); 24];
        answers.push(None);
        assert_eq!(concluded(Attribute::C, &answers).limits, []);
        answers.pop();
        answers.push(Some(Deviation));
        let limits = concluded(Attribute::C, &answers).limits;
        let rounded: Vec<_> = limits.iter().map(|limit| (limit.binomial * 1000.0).round()).collect();
        assert_eq!(rounded, [147.0, 176.0]);
        assert!(limits.iter().all(|limit| limit.hypergeometric < limit.binomial));
        assert_eq!(concluded(Attribute::C, &[Some(NotApplicable)]).limits, [], "a share of nothing is no number");
    }

    #[test]
    fn what_is_not_asked_of_a_change_needs_no_answer() {
        assert_eq!(concluded(Attribute::L, &[None, None]).not_applicable, 2);
        let emergency = |answers| ExaminedItem { stratum: Stratum::All, kind: Stratum::Emergency, answers };
        let size = StratumSize { stratum: Stratum::All, changes: 9, asked: 2, drawn: 2 };
        let items =
            [emergency(vec![(Attribute::L, Pass)]), emergency(vec![(Attribute::L, Deviation), (Attribute::L, Pass)])];
        let kinds = [StratumCount { stratum: Stratum::Emergency, changes: 9 }];
        let found = conclude(&[size], &kinds, &items);
        let late = found.iter().find(|conclusion| conclusion.attribute == Attribute::L).unwrap();
        assert_eq!(
            (late.examined, late.deviations, late.examination),
            (2, 0, Examination::Concluded),
            "the last answer counts"
        );
        let before = found.iter().find(|conclusion| conclusion.attribute == Attribute::E).unwrap();
        assert_eq!((before.not_applicable, before.open), (2, 0));
    }

    #[test]
    fn a_limit_is_about_the_changes_of_which_the_attribute_is_asked() {
        let kinds =
            [(Stratum::Emergency, 30), (Stratum::Unreviewed, 50), (Stratum::Routine, 300), (Stratum::Exempt, 20)]
                .map(|(stratum, changes)| StratumCount { stratum, changes });
        let of_kind = |stratum, kind, count, attribute| {
            let item = ExaminedItem { stratum, kind, answers: vec![(attribute, Pass)] };
            vec![item; count]
        };
        let check = |stratum: Stratum, attribute, items: Vec<ExaminedItem>, expected: u64| {
            let size = StratumSize { stratum, changes: 400, asked: 25, drawn: 25 };
            let found = conclude(&[size], &kinds, &items);
            let found = found.into_iter().find(|found| found.attribute == attribute).unwrap();
            assert_eq!(found.population, expected, "{stratum:?} {attribute:?}");
            let limit = found.limits.first().map(|limit| limit.hypergeometric);
            let plain =
                upper_limit(0, items.len() as u64, expected, Confidence::Ninety).map(|limit| limit.hypergeometric);
            assert_eq!(limit, plain, "{stratum:?} {attribute:?}");
        };
        let whole = |attribute, emergencies, routine| {
            let mut items = of_kind(Stratum::All, Stratum::Emergency, emergencies, attribute);
            items.extend(of_kind(Stratum::All, Stratum::Routine, routine, attribute));
            items
        };
        check(Stratum::All, Attribute::C, whole(Attribute::C, 5, 20), 400);
        check(Stratum::All, Attribute::E, whole(Attribute::E, 0, 20), 370);
        for attribute in [Attribute::J, Attribute::K, Attribute::L, Attribute::M] {
            check(Stratum::All, attribute, whole(attribute, 5, 0), 30);
        }
        check(Stratum::All, Attribute::E, whole(Attribute::E, 5, 20), 400);
        let strata = |stratum, attribute| of_kind(stratum, stratum, 20, attribute);
        check(Stratum::Routine, Attribute::C, strata(Stratum::Routine, Attribute::C), 300);
        check(Stratum::Emergency, Attribute::L, strata(Stratum::Emergency, Attribute::L), 30);
        check(Stratum::Routine, Attribute::L, Vec::new(), 0);
    }

    #[test]
    fn a_stratum_that_gave_nothing_is_not_concluded() {
        let empty = StratumSize { stratum: Stratum::Exempt, changes: 3, asked: 0, drawn: 0 };
        assert_eq!(conclude(&[empty], &[StratumCount { stratum: Stratum::Exempt, changes: 3 }], &[]), []);
    }
}
