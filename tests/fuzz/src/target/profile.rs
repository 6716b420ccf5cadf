//! Column profiles, and tables read through them.

use crate::any_file;
use change_ledger_ingest::{ColumnProfile, IngestError, Options};
use change_ledger_model::source::SourceKind;

/// Stands between a profile and its table in the bytes of this target.
const TABLE: &str = "\n---\n";

/// A profile is refused in a sentence, or can be written and read again and reads any table; so is the one that is
/// suggested for the table's header.
pub(super) fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (profile, table) = text.split_once(TABLE).unwrap_or((&text, "Nr,At,Title\nCR-1,2026-09-03,x\n"));
    let header: Vec<String> = table.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect();
    let suggested = ColumnProfile::suggested_for(&header).to_toml();
    check_refusal(&ColumnProfile::from_toml(&suggested));
    let read = ColumnProfile::from_toml(profile);
    check_refusal(&read);
    if let Ok(profile) = read {
        let written = profile.to_toml();
        assert_eq!(ColumnProfile::from_toml(&written).unwrap(), profile, "{written}");
        let options = Options { source: Some(SourceKind::GenericCsv), profile: Some(profile), ..any_file::options() };
        any_file::check(table.as_bytes(), &options);
    }
}

fn check_refusal(read: &Result<ColumnProfile, IngestError>) {
    if let Err(refusal) = read {
        let said = refusal.to_string();
        assert!(said.ends_with('.') && !said.contains('\n') && refusal.hint().is_some(), "{said}");
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    const REGISTER: &str = "name = \"register\"\nrecord = \"change\"\ntimezone = \"Europe/Berlin\"\ndate_order = \"dmy\"\n\
        multi_separator = \"/\"\nrepository = \"acme/pay\"\n[columns]\nnumber = \"Nr\"\nimplemented_at = \"At\"\n\
        approver = [\"By\", \"And\"]\nchange_type = \"Type\"\n[values.change_type]\n\"Notfall\" = \"emergency\"\n\
        [verdicts]\n\"ja\" = \"approved\"";
    const TICKETS: &str = "name = \"t\"\nrecord = \"ticket\"\n[columns]\nnumber = \"Nr\"\ntitle = \"Title\"";
    const INCIDENTS: &str = "name = \"i\"\nrecord = \"incident\"\n[columns]\nnumber = \"Nr\"\nopened_at = \"At\"";
    const CHANGES: &str = "Nr,At,By,And,Type,Title\nCR-1,03.04.2026 10:15,N. Roe/M. Ko,,Notfall,Firewall\nCR-2,,,,,\n";
    [REGISTER, TICKETS, INCIDENTS].map(|profile| [profile, TABLE, CHANGES].concat().into_bytes()).into()
}
