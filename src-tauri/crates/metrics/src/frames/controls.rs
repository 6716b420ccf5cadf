//! What controls ask of each change that no policy decides and no verdict tells.

use change_ledger_model::{
    columns::{EarlierChecks, LedgerColumns},
    control::TicketLink,
    person::PersonKind,
    record::ChangeKind,
};

/// One entry per change; every vector has the same length.
#[derive(Debug, Clone, Default)]
pub(crate) struct ControlColumns {
    pub(crate) is_ticket: Vec<bool>,
    pub(crate) ticket: Vec<TicketLink>,
    pub(crate) labels_known: Vec<bool>,
    /// Whether the author, a person, deployed it; `None` where either is unknown, or a bot deployed it for somebody.
    pub(crate) self_deployed: Vec<Option<bool>>,
    pub(crate) deployed_at: Vec<Option<i64>>,
    pub(crate) staging_first: Vec<Option<bool>>,
    tests_passed: Vec<Option<bool>>,
    scan_clean: Vec<Option<bool>>,
    /// By change and time.
    earlier_checks: Vec<EarlierChecks>,
    pub(crate) is_high_risk: Vec<Option<bool>>,
}

impl ControlColumns {
    pub(super) fn of(columns: &LedgerColumns) -> Self {
        let changes = &columns.changes;
        let delivery = &columns.delivery;
        let height = changes.len();
        let by_author = |actors: &[Option<u32>]| -> Vec<Option<bool>> {
            let of_change = |(at, author): (usize, &Option<u32>)| {
                let author = author.filter(|person| is_known(columns, *person))?;
                let actor = actors.get(at).copied().flatten().filter(|person| is_human(columns, *person))?;
                Some(author == actor)
            };
            changes.author.iter().enumerate().map(of_change).collect()
        };
        Self {
            is_ticket: changes.kind.iter().map(|kind| *kind == ChangeKind::ChangeTicket as u8).collect(),
            ticket: ticket_links(columns),
            labels_known: changes.labels_known.clone(),
            self_deployed: by_author(&delivery.deployed_by),
            deployed_at: filled(&delivery.deployed_at, height),
            staging_first: filled(&delivery.staging_first, height),
            tests_passed: filled(&delivery.tests_passed, height),
            scan_clean: filled(&delivery.scan_clean, height),
            earlier_checks: delivery.earlier_checks.clone(),
            is_high_risk: filled(&columns.high_risk, height),
        }
    }
}

impl ControlColumns {
    /// Whether tests had passed and scans were clean, by the checks of a change that had ended at `as_of`.
    pub(crate) fn checks(&self, change: usize, as_of: i64) -> (Option<bool>, Option<bool>) {
        let known = |column: &[Option<bool>]| column.get(change).copied().flatten();
        let begins = self.earlier_checks.partition_point(|earlier| (earlier.change as usize) < change);
        let mut of_change =
            self.earlier_checks.iter().skip(begins).take_while(|earlier| earlier.change as usize == change);
        of_change.find(|earlier| as_of < earlier.until).map_or_else(
            || (known(&self.tests_passed), known(&self.scan_clean)),
            |earlier| (earlier.tests_passed, earlier.scan_clean),
        )
    }
}

/// A column that is left empty where nothing of its kind was imported, with an entry per change.
fn filled<T: Copy>(column: &[Option<T>], height: usize) -> Vec<Option<T>> {
    column.iter().copied().chain(std::iter::repeat(None)).take(height).collect()
}

fn is_human(columns: &LedgerColumns, person: u32) -> bool {
    columns.people.get(person as usize).is_some_and(|(_, kind)| *kind == PersonKind::Human)
}

/// "Deleted" stands for anybody.
fn is_known(columns: &LedgerColumns, person: u32) -> bool {
    columns.people.get(person as usize).is_some_and(|(_, kind)| *kind != PersonKind::Deleted)
}

fn ticket_links(columns: &LedgerColumns) -> Vec<TicketLink> {
    let without = |texts_known: &bool| {
        if columns.has_tickets && *texts_known { TicketLink::None } else { TicketLink::Unknown }
    };
    let mut links: Vec<TicketLink> = columns.changes.texts_known.iter().map(without).collect();
    let mut set = |change: u32, link: TicketLink| {
        if let Some(place) = links.get_mut(change as usize) {
            *place = link;
        }
    };
    columns.tickets_not_imported.iter().for_each(|change| set(*change, TicketLink::NotImported));
    columns.ticket_links.iter().for_each(|link| set(link.change, TicketLink::Linked));
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Frames, sample::Sample};
    use change_ledger_model::{Timestamp, policy::PolicyHistory};

    #[test]
    fn a_ticket_counts_as_missing_only_where_tickets_and_texts_are_there() {
        let check = |sample: Sample, has_tickets: bool, named: bool, expected: TicketLink| {
            let mut columns = sample.columns;
            columns.has_tickets = has_tickets;
            columns.tickets_not_imported.extend(named.then_some(0));
            assert_eq!(ControlColumns::of(&columns).ticket, [expected]);
        };
        let change = || Sample::new().change(0.0);
        check(change(), true, false, TicketLink::None);
        check(change(), false, false, TicketLink::Unknown);
        check(change().text_unknown(), true, false, TicketLink::Unknown);
        check(change(), true, true, TicketLink::NotImported);
        check(change().ticket(false), true, true, TicketLink::Linked);
    }

    #[test]
    fn whoever_is_unknown_or_a_bot_may_have_acted_for_the_author() {
        let check = |author: Option<&str>, merger: Option<&str>, expected: Option<bool>| {
            let mut columns = Sample::new().change(0.0).author(author).merged_by(merger).columns;
            columns.delivery.deployed_by.clone_from(&columns.changes.merged_by);
            assert_eq!(ControlColumns::of(&columns).self_deployed, [expected], "{author:?} {merger:?}");
            let judged = Frames::load(columns).unwrap().judge(&PolicyHistory::initial().unwrap(), Timestamp::EPOCH);
            assert_eq!(judged.unwrap().verdicts().self_merged, [expected], "{author:?} {merger:?}");
        };
        check(Some("ann"), Some("ann"), Some(true));
        check(Some("ann"), Some("bob"), Some(false));
        check(Some("bot[bot]"), Some("bob"), Some(false));
        check(Some("ann"), Some("bot[bot]"), None);
        check(Some("bot[bot]"), Some("bot[bot]"), None);
        check(Some("ann"), None, None);
        check(None, Some("ann"), None);
    }
}
