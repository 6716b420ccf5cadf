//! Whether a text says of those whom it names that they hold a role.
//!
//! A text that only speaks of a role ("asked the CTO", "assistant to the CTO", "CTO unavailable") names no holder of it.

use super::{Roles, known_as::plain};

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

/// Words beside a role that name nobody.
const SAYS_HOW: [&str; 18] = [
    "the", "our", "by", "via", "in", "on", "over", "call", "phone", "verbally", "verbal", "mail", "email", "e",
    "slack", "chat", "person", "duty",
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

/// Whether those whom `by` names hold `role`: `people` names them for it or, where it names nobody, the text says so itself. No
/// where `people` names others, whatever title the text gives somebody, or where the text gives everybody whom it names another
/// title. A text that is the role alone means whoever holds it. `None` where nothing tells.
pub(super) fn holds(by: &str, role: &str, people: &Roles) -> Option<bool> {
    let is_account = by.starts_with('@') && !by.contains(char::is_whitespace);
    if let Some(holders) = people.holders(role) {
        let is_named = |holder: &String| if is_account { plain(by) == plain(holder) } else { designates(by, holder) };
        return Some(holders.iter().any(is_named) || !is_account && is_the_role_alone(by, role, people));
    }
    if !is_account && designates(by, role) {
        return Some(true);
    }
    // An account is only called like a title.
    (!is_account && bears_other_titles(by, people)).then_some(false)
}

/// Whether `text`, or one of the parts that it gives side by side, speaks of `role` and of nobody by name.
fn is_the_role_alone(text: &str, role: &str, people: &Roles) -> bool {
    let roles: Vec<Vec<String>> = people.0.keys().map(|role| words(role)).collect();
    let is_no_name = |segment: &Vec<String>| {
        let spoken: Vec<String> = segment.iter().filter(|word| !SAYS_HOW.contains(&word.as_str())).cloned().collect();
        spoken.is_empty() || spoken == words(role) || roles.contains(&spoken)
    };
    let givers = givers(text);
    let names_nobody = |giver: &Vec<Vec<String>>| giver.iter().all(is_no_name);
    // Of "Zoe, CTO and CISO" Zoe says to be both; "Zoe and the CISO" are two.
    let is_apart =
        |giver: &Vec<Vec<String>>| giver.first().and_then(|words| words.first()).is_some_and(|word| word == "the");
    let nobody_is_named = givers.iter().all(names_nobody);
    givers.iter().filter(|giver| names_nobody(giver) && (nobody_is_named || is_apart(giver))).any(|giver| {
        let role = words(role);
        giver.iter().any(|segment| segment_designates(segment, &role))
    })
}

/// Those whom a text names side by side, each as its parts.
fn givers(text: &str) -> Vec<Vec<Vec<String>>> {
    let parts = text.split([';', '&', '+', '/']).flat_map(|part| part.split(" and "));
    parts.map(segments).filter(|segments| !segments.is_empty()).collect()
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
    let givers = givers(text);
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
        // An account is no other that begins like it.
        check("@kim", Some(true));
        check("@kim-lee", Some(false));
    }

    #[test]
    fn nobody_gives_themselves_a_role_that_the_policy_names_others_for() {
        let named = |role: &str, who: &str| (role.to_owned(), vec![who.to_owned()]);
        let people = Roles(BTreeMap::from([named("CISO", "kim"), named("engineering lead", "leo")]));
        let check = |by: &str, expected: bool| assert_eq!(holds(by, "CISO", &people), Some(expected), "{by}");
        for by in ["the CISO", "CISO", "our CISO, verbally", "CISO by phone", "the CISO and the engineering lead"] {
            check(by, true);
        }
        for by in ["Kim, CISO", "Zoe and Kim", "Zoe and the CISO", "CISO / engineering lead"] {
            check(by, true);
        }
        for by in ["Zoe, CISO", "CISO Zoe", "CISO: Zoe", "Zoe (CISO)", "Zoe, engineering lead and CISO"] {
            check(by, false);
        }
        for by in ["@ciso", "asked the CISO", "CISO (unavailable)", "the engineering lead"] {
            check(by, false);
        }
    }
}
