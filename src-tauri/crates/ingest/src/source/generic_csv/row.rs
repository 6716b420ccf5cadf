//! One row of a table with a profile.

use super::{
    GenericCsv,
    profile::{Field, ProfileRecord},
};
use crate::{
    mention,
    source::{called_off, jira_csv::is_key},
    table::{CellFault, Cells, Times},
    value::local_time::ReadTime,
};
use change_ledger_model::{
    Timestamp,
    person::Person,
    record::{
        Change, ChangeKind, ChangeState, FoundIn, Incident, Mention, MentionKind, Record, Review, ReviewCoverage,
        Ticket, Verdict, ended_in_words,
    },
};

/// What a row says.
pub(super) fn records(table: &GenericCsv, cells: &Cells, times: &mut Times) -> Result<Vec<Record>, CellFault> {
    let row = TableRow { table, cells };
    if row.cell(Field::Number).is_some_and(|(_, said)| is_total(said)) {
        return Ok(Vec::new());
    }
    let record = match table.profile.record {
        ProfileRecord::Change => Record::Change(Box::new(row.change(times)?)),
        ProfileRecord::Ticket => Record::Ticket(Box::new(row.ticket(times)?)),
        ProfileRecord::Incident => Record::Incident(Box::new(row.incident(times)?)),
    };
    Ok(vec![record])
}

impl GenericCsv {
    /// The values in one cell: a field that may hold several, taken apart.
    pub(super) fn parts<'c>(&self, field: Field, cell: &'c str) -> impl Iterator<Item = &'c str> + use<'c> {
        let separator = self.profile.multi_separator.clone();
        let is_list = field == Field::Labels;
        let parts: Vec<&str> = match separator.as_deref() {
            Some(separator) if !separator.is_empty() => cell.split(separator).collect(),
            _ => cell.split(|c: char| matches!(c, '\n' | ';') || (is_list && c == ',')).collect(),
        };
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty())
    }

    /// What the profile says a word means.
    fn meaning<'c>(&'c self, field: Field, word: &'c str) -> &'c str {
        let words = self.profile.values.get(&field);
        let same = |said: &str| said.trim().to_lowercase() == word.to_lowercase();
        words.and_then(|words| words.iter().find(|(said, _)| same(said))).map_or(word, |(_, means)| means)
    }
}

struct TableRow<'r> {
    table: &'r GenericCsv,
    cells: &'r Cells,
}

impl TableRow<'_> {
    fn cell(&self, field: Field) -> Option<(usize, &str)> {
        self.cells.values(self.table.all(field)).next()
    }

    fn value(&self, field: Field) -> Option<String> {
        self.cell(field).map(|(_, text)| self.table.meaning(field, text).to_owned())
    }

    /// A longer text: `None` when the table has no such column; an empty cell says that nothing was written.
    fn text(&self, field: Field) -> Option<String> {
        (!self.table.all(field).is_empty()).then(|| self.value(field).unwrap_or_default())
    }

    /// Every value of a field that may hold several; `None` when the table has no such column.
    fn list(&self, field: Field) -> Option<Vec<String>> {
        let columns = self.table.all(field);
        let parts = self.cells.values(columns).flat_map(|(_, cell)| self.table.parts(field, cell));
        (!columns.is_empty()).then(|| parts.map(|part| self.table.meaning(field, part).to_owned()).collect())
    }

    fn person(&self, field: Field) -> Option<Person> {
        self.value(field).map(|name| person_of(&name))
    }

    fn number(&self) -> Result<String, CellFault> {
        self.value(Field::Number).ok_or_else(|| CellFault {
            column: self.table.all(Field::Number).first().copied(),
            reason: "The row has no number.".to_owned(),
        })
    }

    fn repository(&self) -> String {
        self.value(Field::Repository)
            .or_else(|| self.table.repository.clone())
            .unwrap_or_else(|| self.table.profile.name.clone())
    }

    fn id(&self, number: &str) -> String {
        format!("csv:{}:{number}", self.table.profile.name)
    }

    /// Description and justification, which a table may keep apart.
    fn body(&self) -> Option<String> {
        match (self.text(Field::Description), self.text(Field::Justification)) {
            (Some(description), Some(why)) => Some(format!("{description}\n\n{why}").trim().to_owned()),
            (description, why) => description.or(why),
        }
    }

    fn change(&self, times: &mut Times) -> Result<Change, CellFault> {
        let number = self.number()?;
        let id = self.id(&number);
        let implemented = times.decisive_or_day(self.cell(Field::ImplementedAt))?;
        let implemented_at = implemented.map(|read| read.at);
        let has_approvers = !self.table.all(Field::Approver).is_empty();
        Ok(Change {
            kind: ChangeKind::ChangeTicket,
            source: "csv".to_owned(),
            repository: self.repository(),
            title: self.value(Field::Title).unwrap_or_default(),
            body: self.body(),
            url: self.value(Field::Url),
            state: self.state(implemented_at, times),
            author: self.person(Field::Author),
            merged_by: self.person(Field::MergedBy),
            commit_authors: Vec::new(),
            opened_at: times.optional(self.cell(Field::OpenedAt)),
            implemented_at,
            updated_at: times.optional(self.cell(Field::UpdatedAt)),
            base_branch: self.value(Field::BaseBranch),
            head_branch: self.value(Field::HeadBranch),
            merge_commit: self.value(Field::MergeCommit).map(|commit| commit.to_lowercase()),
            head_commit: None,
            labels: self.list(Field::Labels),
            category: self.value(Field::ChangeType),
            review_coverage: if has_approvers { ReviewCoverage::Complete } else { ReviewCoverage::NotCarried },
            reviews: self.reviews(&id, implemented, times)?,
            mentions: self.mentions(&number),
            number,
            id,
        })
    }

    /// A time of implementation means implemented; without one the status says it where it does in so many words.
    fn state(&self, implemented_at: Option<Timestamp>, times: &mut Times) -> ChangeState {
        if self.is_called_off() && !self.counts_all_the_same(implemented_at, times) {
            return ChangeState::Abandoned;
        }
        match implemented_at {
            Some(_) => ChangeState::Implemented,
            None if self.is_done() => ChangeState::ImplementedAtUnknown,
            None => ChangeState::Open,
        }
    }

    fn is_done(&self) -> bool {
        const DONE: [&str; 7] = ["implemented", "completed", "complete", "closed", "done", "merged", "deployed"];
        self.value(Field::Status).is_some_and(|status| DONE.contains(&status.to_lowercase().as_str()))
    }

    /// Whether a change that was called off has an end of its work: it contradicts itself, and leaving it out would hide it.
    /// Where the profile says what the word means, it was called off.
    fn counts_all_the_same(&self, implemented_at: Option<Timestamp>, times: &mut Times) -> bool {
        let said = self.cell(Field::Status).map(|(_, said)| said.to_owned());
        let counts = implemented_at.is_some() && self.value(Field::Status) == said;
        if counts {
            times.called_off_though_implemented();
        }
        counts
    }

    fn is_called_off(&self) -> bool {
        called_off::is_called_off([self.value(Field::Status).as_deref()])
    }

    /// One review per approver; a time for each, or one for all of them.
    fn reviews(
        &self,
        change: &str,
        implemented: Option<ReadTime>,
        times: &mut Times,
    ) -> Result<Vec<Review>, CellFault> {
        let approvers = self.list(Field::Approver).unwrap_or_default();
        if approvers.is_empty() {
            return Ok(Vec::new());
        }
        let verdict = self.verdict()?;
        let mut approved_at: Vec<Option<Timestamp>> = Vec::new();
        for (column, cell) in self.cells.values(self.table.all(Field::ApprovedAt)) {
            for part in self.table.parts(Field::ApprovedAt, cell) {
                let read = times.decisive_or_day(Some((column, part)))?;
                approved_at.push(read.and_then(|read| times.beside(read, implemented)));
            }
        }
        let at = |index: usize| match approved_at.as_slice() {
            [one] => *one,
            several if several.len() == approvers.len() => several.get(index).copied().flatten(),
            _ => None,
        };
        let review = |(index, name): (usize, &String)| Review {
            change: change.to_owned(),
            source_id: None,
            reviewer: person_of(name),
            verdict,
            submitted_at: at(index),
            commit: None,
            url: None,
        };
        Ok(approvers.iter().enumerate().map(review).collect())
    }

    /// Without a column for it, a named approver approved; an empty cell in such a column says nothing.
    fn verdict(&self) -> Result<Verdict, CellFault> {
        let Some(&column) = self.table.all(Field::Verdict).first() else { return Ok(Verdict::Approved) };
        let Some((column, said)) = self.cell(Field::Verdict) else {
            return Err(CellFault::at(column, "The row names an approver and no verdict."));
        };
        let word = said.to_lowercase();
        let named = self
            .table
            .profile
            .verdicts
            .iter()
            .find(|(name, _)| name.to_lowercase() == word)
            .map(|(_, verdict)| *verdict);
        let usual = match word.as_str() {
            "approved" | "approve" => Some(Verdict::Approved),
            "rejected" | "declined" | "changes requested" | "changes_requested" => Some(Verdict::ChangesRequested),
            "commented" => Some(Verdict::Commented),
            "dismissed" | "withdrawn" => Some(Verdict::Dismissed),
            _ => None,
        };
        let reason = || {
            format!(
                "\"{said}\" is no known verdict. Say in the profile what it means: [verdicts] \"{said}\" = \"approved\"."
            )
        };
        named.or(usual).ok_or_else(|| CellFault::at(column, reason()))
    }

    fn ticket(&self, times: &mut Times) -> Result<Ticket, CellFault> {
        let key = self.number()?;
        let is_change_request = !self.table.all(Field::ImplementedAt).is_empty();
        let called_off = is_change_request && self.is_called_off();
        let ended = times.decisive(self.cell(Field::ImplementedAt))?;
        let work_end = ended.filter(|_| !called_off || self.counts_all_the_same(ended, times));
        // What a newer row says of it takes the place of what an older one said.
        let is_done = is_change_request && (work_end.is_some() || self.is_done());
        Ok(Ticket {
            id: self.id(&key),
            source: "csv".to_owned(),
            project: self.repository(),
            title: self.value(Field::Title).unwrap_or_default(),
            body: self.text(Field::Description),
            url: self.value(Field::Url),
            ticket_type: self.value(Field::TicketType),
            change_type: self.value(Field::ChangeType),
            reason: self.value(Field::Justification),
            status: self.value(Field::Status),
            done: if called_off { Some(false) } else { is_done.then_some(true) },
            priority: self.value(Field::Severity),
            labels: self.list(Field::Labels),
            reporter: self.person(Field::Author),
            assignee: self.person(Field::Assignee),
            opened_at: times.optional(self.cell(Field::OpenedAt)),
            resolved_at: times.optional(self.cell(Field::ResolvedAt)),
            work_start: None,
            work_end,
            updated_at: times.optional(self.cell(Field::UpdatedAt)),
            notes: Vec::new(),
            mentions: self.mentions(&key),
            is_change_request,
            key,
        })
    }

    fn incident(&self, times: &mut Times) -> Result<Incident, CellFault> {
        let number = self.number()?;
        let resolved_at = times.decisive(self.cell(Field::ResolvedAt))?;
        Ok(Incident {
            id: self.id(&number),
            source: "csv".to_owned(),
            names: vec![number.to_uppercase()],
            title: self.value(Field::Title).unwrap_or_default(),
            body: self.text(Field::Description),
            url: self.value(Field::Url),
            service: self.value(Field::Service),
            status: self.value(Field::Status),
            severity: self.value(Field::Severity),
            urgency: self.value(Field::Urgency),
            opened_at: times.decisive(self.cell(Field::OpenedAt))?,
            resolved_at,
            ended: self.has_ended(resolved_at),
            updated_at: times.optional(self.cell(Field::UpdatedAt)),
            merged_into: None,
            notes: Vec::new(),
            mentions: self.mentions(&number),
            number: Some(number),
        })
    }

    /// Whether an incident is over, by the words for its state; without a state, an empty cell for its end says that it
    /// goes on.
    fn has_ended(&self, resolved_at: Option<Timestamp>) -> Option<bool> {
        match self.value(Field::Status) {
            Some(status) => ended_in_words(&status),
            None => (!self.table.all(Field::ResolvedAt).is_empty()).then_some(resolved_at.is_some()),
        }
    }

    fn mentions(&self, own_number: &str) -> Vec<Mention> {
        let repository = self.value(Field::Repository).or_else(|| self.table.repository.clone());
        let repository = repository.as_deref().filter(|name| name.contains('/'));
        let mut found = Vec::new();
        for (field, otherwise) in [(Field::Incident, MentionKind::Incident), (Field::Ticket, MentionKind::TicketKey)] {
            for cell in self.list(field).unwrap_or_default() {
                let before = found.len();
                mention::in_text(&cell, FoundIn::LinkField, repository, &mut found);
                // A column made for one kind of name may hold names that no text would be searched for.
                if found.len() == before && (otherwise == MentionKind::Incident || is_key(&cell)) {
                    found.push(Mention {
                        kind: otherwise,
                        name: cell.to_uppercase(),
                        found_in: FoundIn::LinkField,
                        text: cell,
                    });
                }
            }
        }
        for (field, found_in) in [
            (Field::Title, FoundIn::Title),
            (Field::Description, FoundIn::Body),
            (Field::Justification, FoundIn::Body),
            (Field::Labels, FoundIn::Label),
        ] {
            for (_, text) in self.cells.values(self.table.all(field)) {
                mention::in_text(text, found_in, repository, &mut found);
            }
        }
        if let Some((_, branch)) = self.cell(Field::HeadBranch) {
            mention::in_branch(branch, &mut found);
        }
        mention::settle(&mut found, Some(&own_number.to_uppercase()));
        found
    }
}

/// Whether a row sums up those above it.
fn is_total(number: &str) -> bool {
    matches!(
        crate::table::header::plain(number).as_str(),
        "total" | "totals" | "grand total" | "sum" | "summe" | "gesamt" | "gesamtsumme" | "somme" | "suma" | "totale"
    )
}

/// A person as tables name them: `Mara Ko`, `Mara Ko (mara.ko)`, `Mara Ko <mara@example.com>`.
pub(crate) fn person_of(text: &str) -> Person {
    let with_login = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
        .or_else(|| text.strip_suffix('>').and_then(|text| text.rsplit_once('<')))
        .filter(|(name, login)| !name.trim().is_empty() && !login.is_empty() && !login.contains(char::is_whitespace));
    match with_login {
        Some((name, login)) => Person::named(login, Some(name), false),
        None => Person::named(text, None, false),
    }
}
