//! What texts and names of branches name.

use change_ledger_ingest::mention::{in_branch, in_text, settle};
use change_ledger_model::record::{FoundIn, Mention};

const REPOSITORIES: [Option<&str>; 2] = [Some("acme/pay"), None];

/// What is found stands in the text as it was written, once, in order; a text in two paragraphs names what its
/// paragraphs name.
pub(super) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for repository in REPOSITORIES {
        let found = named(&text, repository);
        assert!(found.len() <= text.len(), "{} in {} bytes", found.len(), text.len());
        for mention in &found {
            assert!(text.contains(&mention.text), "{mention:?}");
            assert!(!mention.name.is_empty() && mention.name.len() < mention.text.len() + 64, "{mention:?}");
        }
        let mut again = found.clone();
        settle(&mut again, None);
        assert_eq!(again, found, "once settled, settled for good");
        if let Some((first, second)) = paragraphs(&text) {
            let mut apart = named(first, repository);
            apart.extend(named(second, repository));
            settle(&mut apart, None);
            // The same name may be written differently in both.
            let names = |mentions: &[Mention]| mentions.iter().map(|m| (m.kind, m.name.clone())).collect::<Vec<_>>();
            assert_eq!(names(&apart), names(&found), "{first:?} and {second:?}");
        }
        let hidden = format!("<!--{}-->", text.replace("-->", ""));
        assert_eq!(named(&hidden, repository), []);
    }
    let mut of_branch = Vec::new();
    in_branch(&text, &mut of_branch);
    assert!(of_branch.iter().all(|mention| text.contains(&mention.text)), "{of_branch:?}");
}

fn named(text: &str, repository: Option<&str>) -> Vec<Mention> {
    let mut found = Vec::new();
    in_text(text, FoundIn::Body, repository, &mut found);
    settle(&mut found, None);
    found
}

/// Both sides of the first empty line, where no comment can hide one from the other.
fn paragraphs(text: &str) -> Option<(&str, &str)> {
    text.split_once("\n\n").filter(|_| !text.contains("<!--"))
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    [
        "Cap retries (#2214), fixes PLAT-1190 and INC-482.\n\nRefs acme/pay#12, group/sub/app!77, AB#1204, GH-12",
        "hotfix/INC-482_plat-1190-cap-retries",
        "INC0098112 CHG0041877 PRB0040012 CVE-2026-12345 GHSA-abcd-efgh-ijkl 9f3c1e0b04de8f3b2a1c0d9e8f7061524a3b4c5d",
        "see https://github.com/acme/pay/pull/12, https://gitlab.example.com/a/b/-/merge_requests/3 and\n\n\
         <https://acme.atlassian.net/browse/PLAT-1>, https://acme.pagerduty.com/incidents/Q1ZK8M0",
        "<!-- PLAT-1 --> [#12](https://dev.azure.com/acme/p/_git/r/pullrequest/9) UTF-8 SHA-256 v1.PLAT-1 @PLAT-1",
        "://://://://#1#1#1!1!1-1-A-1-A-1",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}
