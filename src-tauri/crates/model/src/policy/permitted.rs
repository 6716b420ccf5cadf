//! Whether an authorisation was given by those whom the policy permits, and in time.

use super::{Authorisation, Roles, holding::holds};
use crate::Timestamp;

/// An authorisation on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'a> {
    /// Who gave it, as the text names them: a name, a handle, a role, or several of these; `None` where nobody knows.
    pub by: Option<&'a str>,
    /// When it was written down, where that is dated.
    pub at: Option<Timestamp>,
}

impl Authorisation {
    /// Whether those who gave an authorisation hold the roles that are asked for, and wrote it down by `due` (which is `None`
    /// where no time is set). `None` where the texts and `people` do not tell.
    #[must_use]
    pub fn permits(&self, given: &[Given<'_>], people: &Roles, due: Option<Timestamp>) -> Option<bool> {
        given_by_roles((&self.roles, self.every_role), given, people, due)
    }
}

/// Whether holders of `roles`, of any one or of each of them (`every_role`), gave something, and by `due` where a time is set;
/// without roles, whether anybody did. `None` where the texts and `people` do not tell.
#[must_use]
pub fn given_by_roles(
    (roles, every_role): (&[String], bool),
    given: &[Given<'_>],
    people: &Roles,
    due: Option<Timestamp>,
) -> Option<bool> {
    let by_holder_of = |role: &String| {
        any(given.iter().map(|one| every([by_holder(one, role, people), in_time(one, due)].into_iter())))
    };
    if roles.is_empty() {
        return any(given.iter().map(|one| in_time(one, due)));
    }
    let answers = roles.iter().map(by_holder_of);
    if every_role { every(answers) } else { any(answers) }
}

/// Whether at least `wanted` of those who gave something hold `role`; `None` where that depends on people of whom neither the
/// texts nor `people` tell.
#[must_use]
pub fn given_by_as_many(wanted: u32, role: &str, given: &[Given<'_>], people: &Roles) -> Option<bool> {
    let answers: Vec<Option<bool>> = given.iter().map(|one| by_holder(one, role, people)).collect();
    let at_least = |counts: fn(&&Option<bool>) -> bool| answers.iter().filter(counts).count() >= wanted as usize;
    if at_least(|answer| **answer == Some(true)) {
        return Some(true);
    }
    if at_least(|answer| **answer != Some(false)) { None } else { Some(false) }
}

/// Whether the one who gave it holds `role`.
fn by_holder(given: &Given<'_>, role: &str, people: &Roles) -> Option<bool> {
    holds(given.by?, role, people)
}

fn in_time(given: &Given<'_>, due: Option<Timestamp>) -> Option<bool> {
    due.map_or(Some(true), |due| given.at.map(|at| at <= due))
}

/// Yes where any is; unknown where any may be.
fn any(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    decided_by(true, answers)
}

/// No where any is not; unknown where any may not be.
fn every(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    decided_by(false, answers)
}

/// `decisive` where any answer is that; else the opposite where all are known.
fn decided_by(decisive: bool, answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let answers: Vec<Option<bool>> = answers.collect();
    if answers.contains(&Some(decisive)) {
        return Some(decisive);
    }
    answers.iter().all(Option::is_some).then_some(!decisive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const NOBODY: &[(&str, &[&str])] = &[];
    const NAMED: &[(&str, &[&str])] = &[("CISO", &["@ines"]), ("engineering lead", &["leo", "lia"])];

    fn permitted(roles: &[&str], every_role: bool, people: &[(&str, &[&str])], by: &[&str]) -> Option<bool> {
        let owned = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let rule =
            Authorisation { roles: owned(roles), every_role, within: None, sign_off: Vec::new(), markers: Vec::new() };
        let people: BTreeMap<_, _> = people.iter().map(|(role, who)| ((*role).to_owned(), owned(who))).collect();
        let given: Vec<Given<'_>> = by.iter().map(|by| Given { by: Some(by), at: None }).collect();
        rule.permits(&given, &Roles(people), None)
    }

    #[test]
    fn a_role_is_held_where_the_text_says_so_or_the_policy_names_the_person() {
        let any_of = |people, by: &[&str], expected| {
            assert_eq!(permitted(&["CISO", "engineering lead"], false, people, by), expected, "{by:?}");
        };
        any_of(NOBODY, &["Ines Roth, CISO"], Some(true));
        any_of(NOBODY, &["the Engineering Lead on call"], Some(true));
        any_of(NOBODY, &["Ines Roth"], None);
        any_of(NOBODY, &["precisor"], None);
        any_of(NAMED, &["@Ines"], Some(true));
        any_of(NAMED, &["lia, by phone"], Some(true));
        any_of(NAMED, &["liam"], Some(false));
        any_of(&NAMED[..1], &["leo"], None);
        any_of(&NAMED[..1], &["leo", "ines"], Some(true));
        any_of(NAMED, &[], Some(false));
        assert_eq!(permitted(&[], false, NOBODY, &["anybody"]), Some(true));
    }

    #[test]
    fn every_role_must_be_among_those_who_gave_it_where_the_policy_says_so() {
        let each_of = |people, by: &[&str], expected| {
            assert_eq!(permitted(&["CISO", "engineering lead"], true, people, by), expected, "{by:?}");
        };
        each_of(NAMED, &["ines and leo"], Some(true));
        each_of(NAMED, &["ines", "leo"], Some(true));
        each_of(NAMED, &["ines"], Some(false));
        each_of(NOBODY, &["the CISO"], Some(false));
        each_of(NOBODY, &["the CISO", "Leo"], None);
        each_of(NOBODY, &["the CISO and the engineering lead"], Some(true));
    }

    #[test]
    fn an_authorisation_may_be_asked_for_in_time() {
        let rule = Authorisation {
            roles: Vec::new(),
            every_role: false,
            within: None,
            sign_off: Vec::new(),
            markers: Vec::new(),
        };
        let check = |at: Option<i64>, expected| {
            let given = [Given { by: None, at: at.and_then(Timestamp::from_millis) }];
            assert_eq!(rule.permits(&given, &Roles::default(), Timestamp::from_millis(100)), expected, "{at:?}");
        };
        check(Some(100), Some(true));
        check(Some(101), Some(false));
        check(None, None);
    }

    #[test]
    fn as_many_holders_as_asked_are_among_those_who_gave_it() {
        let people = Roles(BTreeMap::from([("senior".to_owned(), vec!["ines".to_owned()])]));
        let check = |wanted: u32, people: &Roles, by: &[&str], expected: Option<bool>| {
            let given: Vec<Given<'_>> = by.iter().map(|by| Given { by: Some(by), at: None }).collect();
            assert_eq!(given_by_as_many(wanted, "senior", &given, people), expected, "{wanted} {by:?}");
        };
        check(1, &people, &["ines", "leo"], Some(true));
        check(1, &people, &["leo", "lia"], Some(false));
        check(2, &people, &["ines", "leo"], Some(false));
        check(1, &Roles::default(), &["ines"], None);
        check(2, &Roles::default(), &["ines"], Some(false));
        check(0, &Roles::default(), &[], Some(true));
    }
}
