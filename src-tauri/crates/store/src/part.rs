//! The parts of a record that revisions merge by, and how old each part is.

use change_ledger_model::{
    Timestamp,
    record::{Change, FoundIn, Incident, Mention, ReviewCoverage, Ticket},
};

/// One part of a record: a field, or a text together with what was found in it. The numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Part {
    Title = 0,
    Url = 1,
    State = 2,
    Author = 3,
    MergedBy = 4,
    OpenedAt = 5,
    ImplementedAt = 6,
    BaseBranch = 7,
    HeadBranch = 8,
    MergeCommit = 9,
    HeadCommit = 10,
    Labels = 11,
    Category = 12,
    Coverage = 13,
    Body = 14,
    Links = 15,
    Notes = 16,
    TicketType = 17,
    ChangeType = 18,
    Reason = 19,
    Status = 20,
    Done = 21,
    Priority = 22,
    Reporter = 23,
    Assignee = 24,
    ResolvedAt = 25,
    WorkStart = 26,
    WorkEnd = 27,
    Service = 28,
    Severity = 29,
    Urgency = 30,
    MergedInto = 31,
    Number = 32,
}

/// How many parts there are at most: as many as a set of parts has bits.
const PARTS: u8 = 64;

/// The columns of supporting records are parts by their position, from this number on.
pub(crate) const FIRST_COLUMN_PART: u8 = 44;

impl Part {
    /// The part that a mention found there belongs to. An address counts as text of the description.
    pub(crate) const fn of_mention(found_in: FoundIn) -> Self {
        match found_in {
            FoundIn::Title => Self::Title,
            FoundIn::Address | FoundIn::Body => Self::Body,
            FoundIn::Branch => Self::HeadBranch,
            FoundIn::Label => Self::Labels,
            FoundIn::LinkField | FoundIn::Person => Self::Links,
            FoundIn::Note => Self::Notes,
        }
    }
}

/// A set of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Parts(u64);

impl Parts {
    pub(crate) const fn from_bits(bits: i64) -> Self {
        Self(bits.cast_unsigned())
    }

    pub(crate) const fn bits(self) -> i64 {
        self.0.cast_signed()
    }

    pub(crate) const fn with(self, part: Part, carried: bool) -> Self {
        self.with_number(part as u8, carried)
    }

    pub(crate) const fn with_number(self, number: u8, carried: bool) -> Self {
        if carried && number < PARTS { Self(self.0 | 1 << number) } else { self }
    }

    pub(crate) const fn has(self, part: Part) -> bool {
        self.has_number(part as u8)
    }

    pub(crate) const fn has_number(self, number: u8) -> bool {
        number < PARTS && self.0 >> number & 1 == 1
    }

    /// Whether what is known of a part gives way to a row that wins these. Notes never do: they come one by
    /// one, in files of their own, and a later one does not take an earlier one back.
    pub(crate) const fn replace(self, number: u8) -> bool {
        self.has_number(number) && number != Part::Notes as u8
    }

    /// Whether what a row that wins these says of a part is taken in.
    pub(crate) const fn admit(self, number: u8) -> bool {
        self.has_number(number) || number == Part::Notes as u8
    }

    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn with_mentions(self, mentions: &[Mention]) -> Self {
        mentions.iter().fold(self, |parts, mention| parts.with(Part::of_mention(mention.found_in), true))
    }

    /// What a row of a change export says.
    pub(crate) fn of_change(change: &Change) -> Self {
        Self(0)
            .with(Part::Title, !change.title.is_empty())
            .with(Part::Url, change.url.is_some())
            .with(Part::State, true)
            .with(Part::Author, change.author.is_some())
            .with(Part::MergedBy, change.merged_by.is_some())
            .with(Part::OpenedAt, change.opened_at.is_some())
            .with(Part::ImplementedAt, change.implemented_at.is_some())
            .with(Part::BaseBranch, change.base_branch.is_some())
            .with(Part::HeadBranch, change.head_branch.is_some())
            .with(Part::MergeCommit, change.merge_commit.is_some())
            .with(Part::HeadCommit, change.head_commit.is_some())
            .with(Part::Labels, change.labels.is_some())
            .with(Part::Category, change.category.is_some())
            .with(Part::Coverage, change.review_coverage != ReviewCoverage::NotCarried)
            .with(Part::Body, change.body.is_some())
            .with_mentions(&change.mentions)
    }

    /// What a row of a ticket export says.
    pub(crate) fn of_ticket(ticket: &Ticket) -> Self {
        Self(0)
            .with(Part::Title, !ticket.title.is_empty())
            .with(Part::Url, ticket.url.is_some())
            .with(Part::TicketType, ticket.ticket_type.is_some())
            .with(Part::ChangeType, ticket.change_type.is_some())
            .with(Part::Reason, ticket.reason.is_some())
            .with(Part::Status, ticket.status.is_some())
            .with(Part::Done, ticket.done.is_some())
            .with(Part::Priority, ticket.priority.is_some())
            .with(Part::Labels, ticket.labels.is_some())
            .with(Part::Reporter, ticket.reporter.is_some())
            .with(Part::Assignee, ticket.assignee.is_some())
            .with(Part::OpenedAt, ticket.opened_at.is_some())
            .with(Part::ResolvedAt, ticket.resolved_at.is_some())
            .with(Part::WorkStart, ticket.work_start.is_some())
            .with(Part::WorkEnd, ticket.work_end.is_some())
            .with(Part::Body, ticket.body.is_some())
            .with(Part::Notes, !ticket.notes.is_empty())
            .with_mentions(&ticket.mentions)
    }

    /// What a row of an incident export says.
    pub(crate) fn of_incident(incident: &Incident) -> Self {
        Self(0)
            .with(Part::Title, !incident.title.is_empty())
            .with(Part::Number, incident.number.is_some())
            .with(Part::Url, incident.url.is_some())
            .with(Part::Service, incident.service.is_some())
            .with(Part::Status, incident.status.is_some())
            .with(Part::Severity, incident.severity.is_some())
            .with(Part::Urgency, incident.urgency.is_some())
            .with(Part::OpenedAt, incident.opened_at.is_some())
            .with(Part::ResolvedAt, incident.resolved_at.is_some())
            .with(Part::MergedInto, incident.merged_into.is_some())
            .with(Part::Body, incident.body.is_some())
            .with(Part::Notes, !incident.notes.is_empty())
            .with_mentions(&incident.mentions)
    }
}

/// When the parts of a record were true, in UTC milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ages {
    /// The newest of all.
    pub(crate) as_of: i64,
    /// Parts that any revision carried.
    pub(crate) carried: Parts,
    /// One time per part, where they differ.
    each: Option<Vec<i64>>,
}

impl Ages {
    /// All parts of one row.
    pub(crate) const fn of_row(as_of: i64, carried: Parts) -> Self {
        Self { as_of, carried, each: None }
    }

    pub(crate) fn stored(as_of: i64, carried: i64, each: Option<&[u8]>) -> Self {
        let each = each.map(|bytes| {
            bytes.chunks_exact(8).map(|age| age.try_into().map_or(i64::MIN, i64::from_le_bytes)).collect()
        });
        Self { as_of, carried: Parts::from_bits(carried), each }
    }

    /// Parts behind the last one that was carried need no place.
    pub(crate) fn to_blob(&self) -> Option<Vec<u8>> {
        let each = self.each.as_ref()?;
        let length = each.iter().rposition(|age| *age != i64::MIN).map_or(0, |last| last + 1);
        Some(each.iter().take(length).flat_map(|age| age.to_le_bytes()).collect())
    }

    /// How old what is known of a part is; `None` where no row carried it.
    pub(crate) fn of_part(&self, part: Part) -> Option<i64> {
        self.carried.has(part).then(|| self.of(part as u8))
    }

    /// The parts that a row carries which is exactly as old as what is known of them.
    pub(crate) fn tied(&self, as_of: i64, carried: Parts) -> Parts {
        let is_tied =
            |number: &u8| carried.has_number(*number) && self.carried.has_number(*number) && self.of(*number) == as_of;
        (0..PARTS).filter(is_tied).fold(Parts::default(), |parts, number| parts.with_number(number, true))
    }

    fn of(&self, number: u8) -> i64 {
        match &self.each {
            Some(each) => each.get(usize::from(number)).copied().unwrap_or(i64::MIN),
            None => self.as_of,
        }
    }

    /// Takes in a row that is true as of `as_of` and returns the parts in which it wins: those nothing
    /// carried yet, and those where it is at least as new. Equal times: the later import wins.
    pub(crate) fn take_in(&mut self, as_of: i64, carried: Parts) -> Parts {
        let mut wins = Parts::default();
        let mut each = Vec::with_capacity(usize::from(PARTS));
        for number in 0..PARTS {
            let known = self.carried.has_number(number);
            let own = if known { self.of(number) } else { i64::MIN };
            if carried.has_number(number) && (!known || as_of >= own) {
                wins.0 |= 1 << number;
                each.push(as_of);
            } else {
                each.push(own);
            }
        }
        self.carried = self.carried.union(carried);
        self.as_of = self.as_of.max(as_of);
        let same = (0..PARTS).zip(&each).all(|(number, age)| !self.carried.has_number(number) || *age == self.as_of);
        self.each = (!same).then_some(each);
        wins
    }
}

/// When a row was true: when its source last changed it, else the latest thing that it tells of.
pub(crate) fn change_as_of(change: &Change) -> i64 {
    let reviews = change.reviews.iter().filter_map(|review| review.submitted_at);
    latest(change.updated_at, reviews.chain(change.opened_at).chain(change.implemented_at))
}

/// As [`change_as_of`], for a ticket.
pub(crate) fn ticket_as_of(ticket: &Ticket) -> i64 {
    let notes = ticket.notes.iter().filter_map(|note| note.at);
    let own = [ticket.opened_at, ticket.resolved_at, ticket.work_start, ticket.work_end];
    latest(ticket.updated_at, notes.chain(own.into_iter().flatten()))
}

/// As [`change_as_of`], for an incident.
pub(crate) fn incident_as_of(incident: &Incident) -> i64 {
    let notes = incident.notes.iter().filter_map(|note| note.at);
    latest(incident.updated_at, notes.chain(incident.opened_at).chain(incident.resolved_at))
}

fn latest(updated_at: Option<Timestamp>, others: impl Iterator<Item = Timestamp>) -> i64 {
    updated_at.or_else(|| others.max()).map_or(i64::MIN, Timestamp::millis)
}

/// How a ticket is named in texts: keys in upper case, issues of a repository in lower case.
pub(crate) fn ticket_name(key: &str) -> String {
    if key.contains(['#', '/']) { key.to_lowercase() } else { key.to_uppercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(of: &[Part]) -> Parts {
        of.iter().fold(Parts::default(), |parts, part| parts.with(*part, true))
    }

    #[test]
    fn the_newest_row_that_carries_a_part_wins_it_in_every_order() {
        let rows = [
            (10, parts(&[Part::Title, Part::Body])),
            (20, parts(&[Part::Title, Part::Url])),
            (15, parts(&[Part::Body, Part::Url, Part::Author])),
        ];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut owner = [usize::MAX; PARTS as usize];
            let mut ages: Option<Ages> = None;
            for row in order {
                let (as_of, carried) = rows[row];
                let wins = match &mut ages {
                    None => {
                        ages = Some(Ages::of_row(as_of, carried));
                        carried
                    }
                    // Through the stored form, as a ledger does it.
                    Some(ages) => {
                        *ages = Ages::stored(ages.as_of, ages.carried.bits(), ages.to_blob().as_deref());
                        ages.take_in(as_of, carried)
                    }
                };
                (0..PARTS).filter(|number| wins.has_number(*number)).for_each(|n| owner[usize::from(n)] = row);
            }
            let check = |part: Part, row: usize| assert_eq!(owner[part as usize], row, "{part:?} in order {order:?}");
            check(Part::Title, 1);
            check(Part::Url, 1);
            check(Part::Body, 2);
            check(Part::Author, 2);
            check(Part::Status, usize::MAX);
        }
    }

    #[test]
    fn a_row_that_carries_everything_leaves_one_age() {
        let mut ages = Ages::of_row(10, parts(&[Part::Title]));
        ages.take_in(5, parts(&[Part::Url]));
        assert!(ages.to_blob().is_some());
        ages.take_in(20, parts(&[Part::Title, Part::Url]));
        assert_eq!(ages, Ages::of_row(20, parts(&[Part::Title, Part::Url])));
    }

    #[test]
    fn ticket_names_have_one_spelling() {
        assert_eq!(ticket_name("plat-1190"), "PLAT-1190");
        assert_eq!(ticket_name("Acme/Pay#17"), "acme/pay#17");
    }
}
