//! Whether a text says of those whom it names that they hold a role.
//!
//! A text that only speaks of a role ("asked the CTO", "assistant to the CTO", "CTO unavailable") names no holder of it.

use super::Roles;

/// Before a name or a role: whoever is meant is somebody else, or nobody.
const DENIES_WHAT_FOLLOWS: [&str; 35] = [
    "for",
    "to",
    "of",
    "behalf",
    "asked",
    "told",
    "informed",
    "notified",
    "called",
    "with",
    "without",
    "not",
    "no",
    "non",
    "never",
    "instead",
    "pending",
    "awaiting",
    "waiting",
    "needs",
    "requires",
    "required",
    "until",
    "unless",
    "if",
    "than",
    "deputy",
    "vice",
    "assistant",
    "former",
    "ex",
    "associate",
    "junior",
    "from",
    "cc",
];

/// After a name or a role: they are not those who did it.
const DENIES_WHAT_PRECEDES: [&str; 27] = [
    "informed",
    "notified",
    "asked",
    "told",
    "unavailable",
    "absent",
    "unreachable",
    "declined",
    "refused",
    "rejected",
    "denied",
    "not",
    "never",
    "pending",
    "was",
    "is",
    "were",
    "has",
    "have",
    "will",
    "to",
    "office",
    "delegate",
    "deputy",
    "assistant",
    "required",
    "tbd",
];

/// Words of titles that people bear in a company, besides the roles that a policy names.
const TITLES: [&str; 42] = [
    "engineer",
    "engineers",
    "developer",
    "developers",
    "director",
    "manager",
    "head",
    "lead",
    "leader",
    "officer",
    "chief",
    "president",
    "vp",
    "svp",
    "evp",
    "cto",
    "ciso",
    "cio",
    "cfo",
    "ceo",
    "coo",
    "cso",
    "cpo",
    "architect",
    "analyst",
    "administrator",
    "admin",
    "owner",
    "sre",
    "dba",
    "tester",
    "qa",
    "intern",
    "contractor",
    "consultant",
    "operator",
    "technician",
    "specialist",
    "designer",
    "colleague",
    "supervisor",
    "principal",
];

/// Whether those whom `by` names hold `role`: the text says so itself, or `people` names them for it. No where `people` names
/// others, or where the text gives everybody whom it names another title. `None` where neither tells.
pub(super) fn holds(by: &str, role: &str, people: &Roles) -> Option<bool> {
    let is_account = by.starts_with('@') && !by.contains(char::is_whitespace);
    if !is_account && designates(by, role) {
        return Some(true);
    }
    if let Some(holders) = people.holders(role) {
        return Some(holders.iter().any(|holder| designates(by, holder)));
    }
    // An account is only called like a title.
    (!is_account && bears_other_titles(by, people)).then_some(false)
}

/// Whether `text` names `name`, a role or a person, as somebody who did something.
fn designates(text: &str, name: &str) -> bool {
    let name = words(name);
    let segments: Vec<Vec<String>> = segments(text);
    !name.is_empty()
        && segments.iter().enumerate().any(|(at, segment)| {
            let is_denied_after = segments.get(at + 1).is_some_and(|next| denies(next.first(), &DENIES_WHAT_PRECEDES));
            !is_denied_after && segment_designates(segment, &name)
        })
}

fn segment_designates(segment: &[String], name: &[String]) -> bool {
    segment.windows(name.len()).enumerate().filter(|(_, found)| *found == name).any(|(at, _)| {
        let before = segment.get(..at).unwrap_or_default();
        let after = segment.get(at + name.len()..).unwrap_or_default();
        !before.iter().any(|word| denies(Some(word), &DENIES_WHAT_FOLLOWS))
            && !denies(after.first(), &DENIES_WHAT_PRECEDES)
    })
}

fn denies(word: Option<&String>, denying: &[&str]) -> bool {
    word.is_some_and(|word| denying.contains(&word.as_str()))
}

/// Whether everybody whom `text` names bears a title: of "Kim and the director", Kim may hold any role.
fn bears_other_titles(text: &str, people: &Roles) -> bool {
    let roles: Vec<Vec<String>> = people.0.keys().map(|role| words(role)).collect();
    let is_title = |segment: &Vec<String>| {
        let is_one = |word: Option<&String>| word.is_some_and(|word| TITLES.contains(&word.as_str()));
        let speaks_of_another = segment.iter().any(|word| denies(Some(word), &DENIES_WHAT_FOLLOWS));
        is_one(segment.first())
            || is_one(segment.last()) && !speaks_of_another
            || roles.iter().any(|role| segment_designates(segment, role))
    };
    let givers: Vec<Vec<Vec<String>>> = text
        .split([';', '&', '+', '/'])
        .flat_map(|part| part.split(" and "))
        .map(segments)
        .filter(|segments| !segments.is_empty())
        .collect();
    !givers.is_empty() && givers.iter().all(|segments| segments.iter().any(is_title))
}

/// The parts of a text between commas, brackets and the like, each as its words.
fn segments(text: &str) -> Vec<Vec<String>> {
    let parts = text.split([',', ';', '(', ')', '[', ']', '/', '&', '+', '|', ':', '–', '—', '\n']);
    parts.flat_map(|part| part.split(" and ")).map(words).filter(|words| !words.is_empty()).collect()
}

/// Words in lower case; hyphens part words as spaces do, full stops only at the end of one.
fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '_'));
    let bare = |part: &str| part.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    parts.map(bare).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_text_names_a_holder_only_where_it_does_not_speak_of_somebody_else() {
        let check =
            |by: &str, expected: Option<bool>| assert_eq!(holds(by, "CTO", &Roles::default()), expected, "{by}");
        for by in
            ["the CTO", "Kim, CTO", "Kim (CTO)", "CTO Kim Bauer", "Kim Bauer CTO", "cto by phone", "our CTO, verbally"]
        {
            check(by, Some(true));
        }
        check("leo and the CTO", Some(true));
        check("CISO (unavailable), CTO", Some(true));
        for by in
            ["Kim", "kim.bauer", "@kim", "@cto", "@ops-lead", "asked the CTO", "asked Kim, who knows the CTO's number"]
        {
            check(by, None);
        }
        for by in
            ["director", "an engineer", "Kim, software engineer", "on-call engineer", "the CISO", "head of operations"]
        {
            check(by, Some(false));
        }
        for by in [
            "assistant to the CTO",
            "asked the CTO",
            "not the CTO",
            "CTO unavailable",
            "CTO (not reached)",
            "Deputy CTO",
        ] {
            assert_ne!(holds(by, "CTO", &Roles::default()), Some(true), "{by}");
        }
    }

    #[test]
    fn whom_the_policy_names_for_a_role_holds_it() {
        let people = Roles(BTreeMap::from([("CTO".to_owned(), vec!["@kim".to_owned(), "j.doe".to_owned()])]));
        let check = |by: &str, expected: Option<bool>| assert_eq!(holds(by, "cto", &people), expected, "{by}");
        check("Kim, by phone", Some(true));
        check("j.doe", Some(true));
        check("kimberly", Some(false));
        check("on behalf of Kim", Some(false));
        assert_eq!(holds("kim", "CISO", &people), None);
    }
}
