use super::{
    super::{subject::Subject, table::Table},
    word,
};

/// One row per finding.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let findings = subject.columns.alerts.as_slice();
    let rows = || findings.iter();
    Table::new("findings", "One row per finding of a dependency or code scanner")
        .integer("finding_number", "Its place in the ledger", (0_i64..).take(findings.len()).map(Some))
        .text(
            "repository",
            "Repository; null when unknown",
            rows().map(|row| subject.repository_called(row.repository?)),
        )
        .moment("opened", "When it was raised; null when unknown;", rows().map(|row| row.opened_at))
        .moment(
            "fixed",
            "When it was fixed; null when it was not, or nobody knows when;",
            rows().map(|row| row.fixed_at),
        )
        .moment(
            "dismissed",
            "When it was set aside; null when it was not, or nobody knows when;",
            rows().map(|row| row.dismissed_at),
        )
        .text("state", "open, fixed or dismissed; null when unknown", rows().map(|row| word(row.state)))
        .text(
            "severity",
            "low, medium, high or critical, in the tool's words; null when unknown",
            rows().map(|row| word(row.severity)),
        )
        .integer(
            "score_tenths",
            "CVSS base score in tenths; null when there is none",
            rows().map(|row| row.score_tenths.map(i64::from)),
        )
}
