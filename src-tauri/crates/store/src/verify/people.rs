//! Who is who now, against what the events state.

use super::{Checked, VerifyReport};
use crate::{StoreError, identities, table::identity};
use rusqlite::Connection;
use std::collections::BTreeSet;

pub(super) fn identities(report: &mut VerifyReport, connection: &Connection) -> Result<(), StoreError> {
    let (kept, stated) = (identity::read(connection)?, identities::stated(connection)?);
    let accounts: BTreeSet<&str> = kept.iter().chain(stated.iter()).map(|(account, _)| account).collect();
    for account in accounts {
        let problem = match (kept.get(account), stated.get(account)) {
            (Some(_), None) => "Nobody stated anything about it.",
            (None, Some(_)) => "What was stated about it is missing.",
            (kept, stated) if kept != stated => "Something else was stated about it.",
            _ => continue,
        };
        report.find(Checked::Account, account, problem);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::{
        Checked, Ledger,
        sample::{at, change, import, records},
    };
    use change_ledger_model::identity::IdentityStatement;

    #[test]
    fn what_was_not_stated_about_people_is_found() {
        let check = |sql: &str, expected: &[(Checked, &str)]| {
            let mut ledger = Ledger::in_memory().unwrap();
            import(&mut ledger, "a.json", records([change(1)]));
            let same = IdentityStatement::Same { accounts: vec!["tove".to_owned(), "ilse".to_owned()] };
            ledger.state_people(at(0), "Mara Ko", "Asked them.", same).unwrap();
            ledger.connection.execute_batch(sql).unwrap();
            let findings = ledger.verify(&mut |_| {}).unwrap().findings;
            let found: Vec<_> = findings.iter().map(|finding| (finding.what, finding.place.as_str())).collect();
            assert_eq!(found, expected, "{sql}");
        };
        check("SELECT 1", &[]);
        check("UPDATE identity SET person = account", &[(Checked::Account, "ilse")]);
        check("DELETE FROM identity WHERE account = 'ilse'", &[(Checked::Account, "ilse")]);
        check("UPDATE identity SET kind = 1 WHERE account = 'tove'", &[(Checked::Account, "tove")]);
        check("INSERT INTO identity VALUES ('mara-ko', 'tove', NULL)", &[(Checked::Account, "mara-ko")]);
        check("UPDATE identity SET kind = 9", &[(Checked::Account, "of the ledger")]);
    }
}
