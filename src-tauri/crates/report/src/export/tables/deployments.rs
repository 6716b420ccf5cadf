use super::super::{subject::Subject, table::Table};
use change_ledger_model::columns::ProductionDeploymentRow;

/// One row per successful deployment to production.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let deployments = subject.columns.production_deployments.as_slice();
    let rows = || deployments.iter();
    let repository = |row: &ProductionDeploymentRow| subject.repository_called(row.repository?);
    Table::new("deployments", "One row per successful deployment to production of which a file tells the time")
        .integer("deployment_number", "Its place in the ledger", (0_i64..).take(deployments.len()).map(Some))
        .moment("deployed", "When it succeeded", rows().map(|row| Some(row.at)))
        .text("repository", "Repository that it says; null when it says none", rows().map(repository))
        .text(
            "change_id",
            "The change that was merged as the deployed commit; null when no imported one was",
            rows().map(|row| subject.id(row.change? as usize)),
        )
}
