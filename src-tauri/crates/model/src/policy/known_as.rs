//! The people whom a policy names, by every handle and name of theirs.

use super::Policy;

impl Policy {
    /// The same policy, in which whoever holds a role or is in a team is named by every handle and name of that person. Each of
    /// `people` is what one person is known by: which of these the policy names makes no difference.
    #[must_use]
    pub fn naming_in_full(&self, people: &[Vec<String>]) -> Self {
        let mut policy = self.clone();
        let holders = policy.people.0.values_mut();
        let members = policy.groups.teams.values_mut().map(|team| &mut team.people);
        holders.chain(members).for_each(|named| name_in_full(named, people));
        policy
    }
}

fn name_in_full(named: &mut Vec<String>, people: &[Vec<String>]) {
    let written: Vec<String> = named.iter().map(|name| plain(name)).collect();
    let is_meant = |names: &&Vec<String>| names.iter().any(|name| written.contains(&plain(name)));
    for names in people.iter().filter(is_meant) {
        named.extend(names.iter().filter(|name| !written.contains(&plain(name))).cloned());
    }
}

/// In lower case, without the `@` of a handle.
pub(super) fn plain(name: &str) -> String {
    name.trim().trim_start_matches('@').to_lowercase()
}

#[cfg(test)]
mod tests {
    use crate::policy::{PolicyHistory, Roles, Team};
    use std::collections::BTreeMap;

    #[test]
    fn whoever_is_named_by_one_name_is_named_by_all() {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let people = [owned(&["leo", "leo.k", "Leo Kern"]), owned(&["mia", "mia.s"])];
        let check = |named: &[&str], expected: &[&str]| {
            let mut policy = PolicyHistory::initial().unwrap().versions().next().unwrap().policy.clone();
            policy.people = Roles(BTreeMap::from([("CTO".to_owned(), owned(named))]));
            let team = Team { people: owned(named), ..Team::default() };
            policy.groups.teams = BTreeMap::from([("Pay".to_owned(), team)]);
            let found = policy.naming_in_full(&people);
            assert_eq!(found.people.holders("CTO").unwrap(), expected);
            assert_eq!(found.groups.teams["Pay"].people, expected);
        };
        check(&["@Leo.K"], &["@Leo.K", "leo", "Leo Kern"]);
        check(&["leo kern", "bob"], &["leo kern", "bob", "leo", "leo.k"]);
        check(&["le", "leonie"], &["le", "leonie"]);
    }
}
