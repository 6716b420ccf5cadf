use crate::{Options, table::test_support::import, test_fixtures::fixture};
use change_ledger_model::source::SourceKind;

#[test]
fn every_row_is_read_as_its_tool_wrote_it() {
    let held = import(&fixture("pipeline-csv/devlake-raw.csv").1, &Options::default()).unwrap();
    assert_eq!(held.reading.kind, SourceKind::PipelineCsv);
    let ids: Vec<&str> = held.changes().iter().map(|change| change.id.as_str()).collect();
    // The second row names its repository in its parameters only.
    assert_eq!(ids, ["github:acme/pay#9", "github:acme/pay#12", "gitlab:core/auth!418"]);
    let reasons: Vec<String> = held
        .rejects
        .iter()
        .map(|reject| format!("{} {}: {}", reject.place.row, reject.field.as_deref().unwrap_or("-"), reject.reason))
        .collect();
    assert_eq!(
        reasons,
        [
            "4 data: The record is JSON of no known tool, or none at all.",
            "5 data: The row holds no record.",
            "6 data: mergedAt: \"soon\" is no readable time: it is not a date that can be read.",
        ]
    );
}

#[test]
fn airbytes_raw_tables_have_columns_of_their_own() {
    let held = import(&fixture("pipeline-csv/airbyte-raw.csv").1, &Options::default()).unwrap();
    assert_eq!(held.changes()[0].id, "azure-repos:pay/checkout!22");
}
