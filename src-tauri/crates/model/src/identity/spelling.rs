//! Names as people write them of themselves, and which accounts they may mean.

use crate::person::Person;
use std::collections::BTreeSet;

/// What parts a name from a role, an address or another name.
const SEPARATORS: [&str; 12] = [",", ";", "(", ")", "<", ">", "|", "/", "&", " - ", " – ", " and "];

/// A handle or display name in the one form in which spellings are compared: lower case, single spaces, no `@` before it.
#[must_use]
pub fn spelling(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").trim_start_matches('@').trim_start().to_lowercase()
}

/// Every handle or display name that stands in a name as written: `Tove Lund (@tove), engineering lead` may mean whoever goes
/// by `tove lund`, by `tove` or by `engineering lead`. Bots are named as [`Person::named`] names them. None is empty.
#[must_use]
pub fn spellings(written: &str) -> BTreeSet<String> {
    let whole = spelling(written);
    let mut parts = vec![whole];
    for separator in SEPARATORS {
        let halves = parts.iter().flat_map(|part| part.split(separator)).map(spelling).collect::<Vec<_>>();
        parts.extend(halves);
        parts.sort_unstable();
        parts.dedup();
    }
    let handles: Vec<String> = parts.iter().map(|part| Person::named(part, None, false).handle).collect();
    parts.into_iter().chain(handles).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_however_it_is_written() {
        let check = |written: &str, name: &str| {
            assert!(spellings(written).contains(name), "{name} in {written}: {:?}", spellings(written));
        };
        check("tove", "tove");
        check(" Tove ", "tove");
        check("@Tove", "tove");
        check("Tove   Lund", "tove lund");
        check("TOVE LUND, engineering lead", "tove lund");
        check("Tove Lund (@tove)", "tove");
        check("Tove Lund (@tove)", "tove lund");
        check("Tove Lund <tove+work@example.com>", "tove+work@example.com");
        check("Ilse Berg and Tove Lund", "tove lund");
        check("Ilse Berg & Tove Lund / CTO", "tove lund");
        check("Tove Lund - CTO", "tove lund");
        check("Lund, Tove", "lund, tove");
        check("Tove Lund (she/her)", "tove lund (she/her)");
        check("app/dependabot", "dependabot[bot]");
        check("ÅSA", "åsa");
    }

    #[test]
    fn no_name_is_taken_apart_within_its_words() {
        let check = |written: &str, expected: &[&str]| {
            assert_eq!(spellings(written), expected.iter().map(|name| (*name).to_owned()).collect(), "{written}");
        };
        check("", &[]);
        check(" @ ", &[]);
        check("Sandy Brand", &["sandy brand"]);
        check("anne-marie", &["anne-marie"]);
        check("tove+work@example.com", &["tove+work@example.com"]);
    }
}
