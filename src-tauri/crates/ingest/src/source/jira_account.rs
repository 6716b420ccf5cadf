//! Accounts of Jira. A file knows them by an id or a login, by the name that they show, or by both. Most tables have names alone, so
//! the name stands for the account wherever there is one: else the author of a change in one file and whoever approves it in
//! another would be two people, and an approval of one's own would count.

use change_ledger_model::person::Person;

/// The account with this `id`, which shows this `name`; `None` where the file says neither. Jira calls an account that was
/// deleted or made anonymous a former user.
pub(super) fn person(id: Option<&str>, name: Option<&str>, is_app: bool) -> Option<Person> {
    let said = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let (id, name) = (said(id), said(name));
    if name.as_deref().is_some_and(is_former) {
        return Some(Person::deleted());
    }
    match (id, name) {
        (_, Some(name)) => Some(Person::named(&name, None, is_app)),
        (Some(id), None) => Some(Person::named(&id, None, is_app)),
        (None, None) => None,
    }
}

fn is_former(name: &str) -> bool {
    ["former user", "anonymous"].iter().any(|former| name.eq_ignore_ascii_case(former))
}

#[cfg(test)]
mod tests {
    use super::*;
    use change_ledger_model::person::PersonKind;

    #[test]
    fn a_name_stands_for_an_account_and_an_id_only_without_one() {
        let check = |id: Option<&str>, name: Option<&str>, expected: Option<(&str, Option<&str>, PersonKind)>| {
            let person = person(id, name, false);
            let told = person.as_ref().map(|person| (person.handle.as_str(), person.name.as_deref(), person.kind));
            assert_eq!(told, expected, "{id:?} {name:?}");
        };
        let human = |handle, name| Some((handle, name, PersonKind::Human));
        check(Some("712020:aa-bb"), Some("Lin Eze"), human("lin eze", Some("Lin Eze")));
        check(Some("712020:aa-bb"), None, human("712020:aa-bb", None));
        check(None, Some("Lin Eze"), human("lin eze", Some("Lin Eze")));
        check(Some(" "), Some("Lin Eze"), human("lin eze", Some("Lin Eze")));
        check(None, None, None);
        check(Some("712020:aa-bb"), Some("Former user"), Some(("", None, PersonKind::Deleted)));
    }
}
