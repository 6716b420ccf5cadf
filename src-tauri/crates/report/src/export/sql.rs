//! The queries of a pack: SQL that DuckDB, Spark and SQLite read alike.

use super::tables::control_column;
use change_ledger_model::control::Attribute;

/// The file with the metrics of every quarter.
pub const METRICS: &str = "metrics.sql";
/// The file with the metrics of every quarter and repository.
pub const METRICS_BY_REPOSITORY: &str = "metrics_by_repository.sql";
/// The file that lists the verdicts which the facts do not give again.
pub const DISAGREEMENTS: &str = "disagreements.sql";

/// The file with what each detection rule found in every quarter.
pub const DETECTION: &str = "detection.sql";
/// The file with how the changes of every quarter answer each control.
pub const CONTROLS: &str = "controls.sql";
/// The file with when each change was approved. The files after it read the answer as the table `approvals`.
pub const APPROVALS: &str = "approvals.sql";
/// The file with the verdicts. The files after it read the answer as the table `verdicts`.
pub const VERDICTS: &str = "verdicts.sql";
/// The file with what quarters count besides changes. The metrics read the answer as the table `records`.
pub const RECORDS: &str = "records.sql";
/// The files whose answers others read as tables, and the names of these, in the order in which they build on each other.
pub const STEPS: [(&str, &str); 3] = [(APPROVALS, "approvals"), (VERDICTS, "verdicts"), (RECORDS, "records")];

const APPROVALS_QUERY: &str = include_str!("sql/approvals.sql");
const RECORDS_QUERY: &str = include_str!("sql/records.sql");
const VERDICTS_QUERY: &str = include_str!("sql/verdicts.sql");
const METRICS_QUERY: &str = include_str!("sql/metrics.sql");
const DETECTION_QUERY: &str = include_str!("sql/detection.sql");
const CONTROLS_QUERY: &str = include_str!("sql/controls.sql");
const DISAGREEMENTS_QUERY: &str = include_str!("sql/disagreements.sql");

/// Repositories in which anything falls.
const GROUPS_OF_REPOSITORIES: &str =
    "SELECT group_name FROM population UNION ALL SELECT group_name FROM records WHERE grouped_by = 'repository'";

/// Every query with the name of its file; each is one statement without a semicolon.
pub(super) fn queries() -> impl Iterator<Item = (&'static str, String)> {
    let files = [APPROVALS, VERDICTS, RECORDS, METRICS, METRICS_BY_REPOSITORY, DETECTION, CONTROLS, DISAGREEMENTS];
    files.into_iter().filter_map(|name| Some((name, query(name)?)))
}

/// The query of one file of a pack; `None` where there is no such file.
#[must_use]
pub fn query(file: &str) -> Option<String> {
    let metrics = |grouped_by: &str, group: &str, groups: &str| {
        let of_groups = METRICS_QUERY.replace("{groups}", groups).replace("{group}", group);
        of_groups.replace("{grouped_by}", grouped_by)
    };
    match file {
        APPROVALS => Some(APPROVALS_QUERY.to_owned()),
        VERDICTS => Some(VERDICTS_QUERY.to_owned()),
        RECORDS => Some(RECORDS_QUERY.to_owned()),
        METRICS => Some(metrics("all", "'all'", "SELECT 'all' AS group_name")),
        METRICS_BY_REPOSITORY => Some(metrics("repository", "v.repository", GROUPS_OF_REPOSITORIES)),
        DETECTION => Some(DETECTION_QUERY.to_owned()),
        CONTROLS => Some(CONTROLS_QUERY.replace("{answers}", &control_answers())),
        DISAGREEMENTS => Some(DISAGREEMENTS_QUERY.to_owned()),
        _ => None,
    }
}

/// One line per change and control, from the columns that hold them side by side.
fn control_answers() -> String {
    let of_control = |control: Attribute| {
        let (letter, column) = (control.letter(), control_column(control));
        format!("SELECT change_id, '{letter}' AS control, {column} AS answer FROM changes")
    };
    Attribute::ALL.map(of_control).join("\n  UNION ALL ")
}
