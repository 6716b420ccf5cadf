//! Whether an authorisation was given by those whom the policy permits, and in time.

use super::{Authorisation, Roles};
use crate::Timestamp;

/// An authorisation on record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'a> {
    /// Who gave it, as the text names them: a name, a handle, a role, or several of these. Unknown for what a person attests.
    pub by: Option<&'a str>,
    /// When it was written down, where that is dated.
    pub at: Option<Timestamp>,
}

impl Authorisation {
    /// Whether those who gave an authorisation hold the roles that are asked for, and wrote it down by `due` (which is `None`
    /// where no time is set). `None` where the texts and `people` do not tell.
    #[must_use]
    pub fn permits(&self, given: &[Given<'_>], people: &Roles, due: Option<Timestamp>) -> Option<bool> {
        let by_holder_of = |role: &String| {
            any(given.iter().map(|one| every([holds(one, role, people), in_time(one, due)].into_iter())))
        };
        if self.roles.is_empty() {
            return any(given.iter().map(|one| in_time(one, due)));
        }
        let answers = self.roles.iter().map(by_holder_of);
        if self.every_role { every(answers) } else { any(answers) }
    }
}

/// Whether the one who gave it holds `role`: the text says so itself, or the policy names them for it.
fn holds(given: &Given<'_>, role: &str, people: &Roles) -> Option<bool> {
    let by = given.by?;
    if names(by, role) {
        return Some(true);
    }
    let holders = people.holders(role)?;
    Some(holders.iter().any(|holder| names(by, holder.trim().trim_start_matches('@'))))
}

/// Whether `text` contains `name` as whole words, in any case.
fn names(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.trim().to_lowercase());
    let is_outside = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    !name.is_empty()
        && text.match_indices(&name).any(|(at, found)| {
            let (before, after) =
                (text.get(..at).unwrap_or_default(), text.get(at + found.len()..).unwrap_or_default());
            is_outside(before.chars().next_back()) && is_outside(after.chars().next())
        })
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
        each_of(NOBODY, &["the CISO"], None);
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
}
