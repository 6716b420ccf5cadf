//! XML of Jira and ServiceNow.

use crate::{any_file, fixtures};
use change_ledger_ingest::Options;
use change_ledger_model::source::SourceKind;

const KINDS: [SourceKind; 2] = [SourceKind::JiraXml, SourceKind::ServicenowXml];

/// As whatever it is, and as both kinds. Entities that a file declares for itself must not make it grow.
pub(super) fn check(bytes: &[u8]) {
    any_file::check(bytes, &any_file::options());
    for kind in KINDS {
        any_file::check(bytes, &Options { source: Some(kind), ..any_file::options() });
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    const LAUGHS: &str = "<!DOCTYPE unload [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>\
        <unload><incident><number>INC0098112</number><short_description>&c;</short_description></incident></unload>";
    let mut seeds = fixtures::of(&KINDS);
    seeds.push(LAUGHS.into());
    seeds.push(
        b"<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss><channel><item><key>&x;</key></item></channel></rss>".into(),
    );
    seeds.push(["<unload>", &"<a>".repeat(100), &"</a>".repeat(100), "</unload>"].concat().into_bytes());
    seeds
}
