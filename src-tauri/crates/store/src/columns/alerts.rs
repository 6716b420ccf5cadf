//! Findings with a severity, as columns.

use super::changes::position;
use crate::StoreError;
use change_ledger_model::{
    columns::AlertRow,
    record::{AlertSeverity, AlertState},
};
use rusqlite::Connection;

pub(super) fn load(connection: &Connection) -> Result<Vec<AlertRow>, StoreError> {
    use AlertSeverity::{Critical, High, Low, Medium};
    use AlertState::{Dismissed, Fixed, Open};
    let mut statement = connection.prepare_cached(
        "SELECT repository, opened_at, fixed_at, dismissed_at, state, severity, score_tenths FROM alert ORDER BY key",
    )?;
    let mut rows = statement.query([])?;
    let mut alerts = Vec::new();
    while let Some(row) = rows.next()? {
        let (state, severity): (Option<u8>, Option<u8>) = (row.get(4)?, row.get(5)?);
        alerts.push(AlertRow {
            repository: row.get::<_, Option<i64>>(0)?.map(position).transpose()?,
            opened_at: row.get(1)?,
            fixed_at: row.get(2)?,
            dismissed_at: row.get(3)?,
            state: [Open, Fixed, Dismissed].into_iter().find(|known| state == Some(*known as u8)),
            severity: [Low, Medium, High, Critical].into_iter().find(|known| severity == Some(*known as u8)),
            score_tenths: row.get(6)?,
        });
    }
    Ok(alerts)
}

#[cfg(test)]
mod tests {
    use crate::{
        Ledger,
        sample::{at, import},
    };
    use change_ledger_model::{
        columns::AlertRow,
        policy::PolicyHistory,
        record::{Alert, AlertSeverity, AlertState, Record},
    };

    #[test]
    fn alerts_come_as_their_files_tell_them() {
        let alert = Alert {
            id: "github:acme/pay/alerts/4".to_owned(),
            source: "github".to_owned(),
            repository: Some("acme/pay".to_owned()),
            title: "Denial of service in lodash".to_owned(),
            package: None,
            path: None,
            severity: Some(AlertSeverity::High),
            score_tenths: Some(75),
            state: Some(AlertState::Fixed),
            opened_at: Some(at(0)),
            published_at: None,
            fixed_at: Some(at(10)),
            dismissed_at: None,
            dismissed_by: None,
            dismissed_reason: None,
            updated_at: None,
            url: None,
            mentions: Vec::new(),
        };
        let mut ledger = Ledger::in_memory().unwrap();
        import(&mut ledger, "a.json", vec![Record::Alert(Box::new(alert))]);
        let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
        let expected = AlertRow {
            repository: Some(0),
            opened_at: Some(at(0).millis()),
            fixed_at: Some(at(10).millis()),
            dismissed_at: None,
            state: Some(AlertState::Fixed),
            severity: Some(AlertSeverity::High),
            score_tenths: Some(75),
        };
        assert_eq!((columns.alerts, columns.repositories), (vec![expected], vec!["acme/pay".to_owned()]));
    }
}
