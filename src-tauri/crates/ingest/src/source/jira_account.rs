//! Accounts of Jira. A file knows them by an id or a login, by the name that they show, or by both. Two people may show one name, so
//! an account goes by its id wherever there is one. Whose a lone name is, a ledger works out from all of its files.

use change_ledger_model::person::{JIRA, Person, PersonKind};

/// The account with this `id`, which shows this `name`; `None` where the file says neither. Jira calls an account that was
/// deleted or made anonymous a former user.
pub(super) fn person(id: Option<&str>, name: Option<&str>, is_app: bool) -> Option<Person> {
    let said = |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let (id, name) = (said(id), said(name));
    if name.as_deref().is_some_and(is_former) {
        return Some(Person::deleted());
    }
    let lone = |said: &String| Person::named(said, None, is_app);
    let Some(id) = id else { return name.as_ref().map(lone) };
    // A name may be one that only bots have.
    let is_bot = [Some(&id), name.as_ref()].into_iter().flatten().any(|said| lone(said).kind == PersonKind::Bot);
    let person = Person::named(&format!("{JIRA}{id}"), name.as_deref(), is_bot);
    Some(Person { name, ..person })
}

fn is_former(name: &str) -> bool {
    ["former user", "anonymous"].iter().any(|former| name.eq_ignore_ascii_case(former))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_goes_by_its_id_and_by_its_name_only_without_one() {
        let check = |id: Option<&str>, name: Option<&str>, expected: Option<(&str, Option<&str>, PersonKind)>| {
            let person = person(id, name, false);
            let told = person.as_ref().map(|person| (person.handle.as_str(), person.name.as_deref(), person.kind));
            assert_eq!(told, expected, "{id:?} {name:?}");
        };
        let human = |handle, name| Some((handle, name, PersonKind::Human));
        check(Some("712020:AA-bb"), Some("Lin Eze"), human("jira:712020:aa-bb", Some("Lin Eze")));
        check(Some("712020:cc-dd"), Some("Lin Eze"), human("jira:712020:cc-dd", Some("Lin Eze")));
        check(Some("leze"), Some("Lin Eze"), human("jira:leze", Some("Lin Eze")));
        check(Some("712020:aa-bb"), None, human("jira:712020:aa-bb", None));
        check(None, Some("Lin Eze"), human("lin eze", Some("Lin Eze")));
        check(Some(" "), Some("Lin Eze"), human("lin eze", Some("Lin Eze")));
        check(None, None, None);
        check(Some("712020:aa-bb"), Some("Former user"), Some(("", None, PersonKind::Deleted)));
        let bot = Some(("jira:557058:f5[bot]", Some("dependabot"), PersonKind::Bot));
        check(Some("557058:f5"), Some("dependabot"), bot);
    }
}
