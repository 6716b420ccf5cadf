//! GitLab's merge requests as CSV. The file has neither the time of the merge nor that of any approval.

use super::names::{change_id, change_name, person, project_of_address};
use crate::{
    IngestError, Reading,
    source::{asked, change_text::ChangeText},
    table::{CellFault, Cells, Head, TableSource, Times, header, header_of},
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{Change, ChangeKind, ChangeState, Record, Review, ReviewCoverage, Verdict},
    source::Fact,
};
use std::borrow::Cow;

#[derive(Debug, Default)]
struct Columns {
    number: Option<usize>,
    title: Option<usize>,
    body: Option<usize>,
    url: Option<usize>,
    state: Option<usize>,
    head_branch: Option<usize>,
    base_branch: Option<usize>,
    author: Option<usize>,
    author_username: Option<usize>,
    approver_usernames: Option<usize>,
    merged_user: Option<usize>,
    merged_username: Option<usize>,
    opened: Option<usize>,
    updated: Option<usize>,
}

impl Columns {
    fn of(names: &[String]) -> Self {
        let mut columns = Self::default();
        for (column, name) in names.iter().enumerate() {
            let slot = match header::plain(name).as_str() {
                // The documentation says "MR ID", the program writes "MR IID"; both are the number that people write.
                "mr iid" | "mr id" => &mut columns.number,
                "title" => &mut columns.title,
                "description" => &mut columns.body,
                "url" => &mut columns.url,
                "state" => &mut columns.state,
                "source branch" => &mut columns.head_branch,
                "target branch" => &mut columns.base_branch,
                "author" => &mut columns.author,
                "author username" => &mut columns.author_username,
                "approver usernames" => &mut columns.approver_usernames,
                "merged user" => &mut columns.merged_user,
                "merged username" => &mut columns.merged_username,
                "created at utc" | "created at" => &mut columns.opened,
                "updated at utc" | "updated at" => &mut columns.updated,
                _ => continue,
            };
            slot.get_or_insert(column);
        }
        columns
    }

    const fn are_complete(&self) -> bool {
        self.number.is_some() && self.state.is_some() && self.base_branch.is_some() && self.head_branch.is_some()
    }
}

/// Why a table is GitLab's list of merge requests, as a sentence; `None` when it is not.
pub(crate) fn recognise(head: &Head) -> Option<String> {
    Columns::of(&head.header).are_complete().then(|| {
        "It has the columns of GitLab's merge requests: the number, the state, Source Branch and Target Branch."
            .to_owned()
    })
}

/// GitLab's merge requests with their columns understood.
pub(crate) struct MergeRequestCsv {
    columns: Columns,
    repository: Option<String>,
}

impl MergeRequestCsv {
    /// Finds the columns of a header.
    ///
    /// # Errors
    /// When there is no number, no state or no branches.
    pub(crate) fn new(reading: &Reading) -> Result<Self, IngestError> {
        let names = header_of(reading);
        let columns = Columns::of(names);
        if !columns.are_complete() {
            return Err(IngestError::NotRecognised {
                file: reading.file.clone(),
                seen: format!(
                    "as GitLab's list of merge requests it needs MR IID, State, Source Branch and Target Branch, and its columns are {}",
                    header::listed(names)
                ),
                hint: "Export it in GitLab under Code > Merge requests > Actions > Export as CSV.".to_owned(),
            });
        }
        Ok(Self { columns, repository: reading.repository.clone() })
    }

    fn reviews(&self, cells: &Cells, change: &str) -> Vec<Review> {
        let usernames = text(cells, self.columns.approver_usernames).unwrap_or_default();
        let approval = |username: &str| Review {
            change: change.to_owned(),
            source_id: None,
            reviewer: person(username, None, false),
            verdict: Verdict::Approved,
            submitted_at: None,
            commit: None,
            url: None,
        };
        usernames.split(',').map(str::trim).filter(|username| !username.is_empty()).map(approval).collect()
    }
}

/// What a cell says.
fn text(cells: &Cells, column: Option<usize>) -> Option<&str> {
    cells.value(column?)
}

/// A person by username, with the name beside it; by the name alone where there is no username.
pub(super) fn named(cells: &Cells, username: Option<usize>, name: Option<usize>) -> Option<Person> {
    let name = text(cells, name);
    text(cells, username).or(name).map(|handle| person(handle, name, false))
}

/// The columns of times, with what they say.
pub(super) fn dates<'c>(cells: &'c Cells, columns: &[Option<usize>]) -> Vec<(usize, &'c str)> {
    columns.iter().flatten().filter_map(|&column| Some((column, cells.value(column)?))).collect()
}

/// A time of a column whose heading says that it is UTC, whether the cell says so again or not.
pub(super) fn in_utc(cells: &Cells, column: Option<usize>) -> Option<(usize, Cow<'_, str>)> {
    let column = column?;
    let text = cells.value(column)?;
    let zoned = text.ends_with(|c: char| c.is_ascii_alphabetic());
    Some((column, if zoned { Cow::Borrowed(text) } else { Cow::Owned(format!("{text} UTC")) }))
}

/// The time of such a column; unknown, and counted, where it cannot be read.
pub(super) fn time_in_utc(times: &mut Times, cells: &Cells, column: Option<usize>) -> Option<Timestamp> {
    let cell = in_utc(cells, column);
    times.optional(cell.as_ref().map(|(column, text)| (*column, text.as_ref())))
}

impl TableSource for MergeRequestCsv {
    fn dates<'c>(&self, cells: &'c Cells) -> Vec<(usize, &'c str)> {
        dates(cells, &[self.columns.opened, self.columns.updated])
    }

    fn records(&self, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
        let columns = &self.columns;
        let own = |column: Option<usize>| text(cells, column).map(str::to_owned);
        let missing = |column: Option<usize>, reason: &str| CellFault { column, reason: reason.to_owned() };
        let number = own(columns.number).ok_or_else(|| missing(columns.number, "The merge request has no number."))?;
        let project = text(cells, columns.url).and_then(project_of_address).or_else(|| self.repository.clone());
        let project = project.ok_or_else(|| {
            missing(
                columns.url,
                "The row has no address of its merge request, and no --repository says where it belongs.",
            )
        })?;
        let word = text(cells, columns.state).unwrap_or_default();
        let state = match word.to_ascii_lowercase().as_str() {
            "merged" => ChangeState::ImplementedAtUnknown,
            "opened" | "open" | "locked" => ChangeState::Open,
            "closed" => ChangeState::Abandoned,
            _ => return Err(missing(columns.state, &format!("\"{word}\" is no state of a merge request."))),
        };
        let id = change_id(&project, &number);
        let reviews = self.reviews(cells, &id);
        let title = own(columns.title).unwrap_or_default();
        let body = columns.body.map(|_| own(columns.body).unwrap_or_default());
        let head_branch = own(columns.head_branch);
        let mentions = ChangeText {
            repository: &project,
            own: &change_name(&project, &number),
            title: &title,
            body: body.as_deref(),
            head_branch: head_branch.as_deref(),
            labels: None,
        }
        .mentions(Vec::new());
        Ok(vec![Record::Change(Box::new(Change {
            id,
            kind: ChangeKind::PullRequest,
            source: "gitlab".to_owned(),
            url: own(columns.url),
            state,
            author: named(cells, columns.author_username, columns.author),
            merged_by: named(cells, columns.merged_username, columns.merged_user),
            commit_authors: Vec::new(),
            opened_at: time_in_utc(times, cells, columns.opened),
            implemented_at: None,
            updated_at: time_in_utc(times, cells, columns.updated),
            base_branch: own(columns.base_branch),
            merge_commit: None,
            head_commit: None,
            labels: None,
            category: None,
            // Some versions never fill the column: an empty cell does not say that nobody approved.
            review_coverage: if reviews.is_empty() { ReviewCoverage::NotCarried } else { ReviewCoverage::Complete },
            reviews,
            mentions,
            repository: project,
            number,
            title,
            body,
            head_branch,
        }))])
    }

    fn askable(&self) -> &'static [Fact] {
        asked::PULL_REQUEST
    }
}
