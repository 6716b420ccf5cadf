use crate::{
    Ledger,
    sample::{change, import, incident, mention, ticket},
};
use FoundIn::{Address, Body, Branch, LinkField, Title};
use MentionKind::{Advisory, Change as ChangeName, Commit, Incident as IncidentName, TicketKey};
use change_ledger_model::{
    policy::PolicyHistory,
    record::{FoundIn, Incident, Mention, MentionKind, Record, Ticket},
};

/// One line per link: `ticket KEY how` or `incident NAME via KEY how direction`.
fn links(records: &[Record]) -> Vec<String> {
    let mut ledger = Ledger::in_memory().unwrap();
    // One import per record: no link may depend on what came together.
    for (n, record) in records.iter().enumerate() {
        import(&mut ledger, &format!("{n}.json"), vec![record.clone()]);
    }
    let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
    let ticket_key = |at: u32| ledger.ticket(columns.tickets[at as usize].key).unwrap().ticket_key;
    let mut lines = Vec::new();
    for link in &columns.ticket_links {
        lines.push(format!("ticket {} {:?}", ticket_key(link.ticket), link.found_in));
    }
    for link in &columns.incident_links {
        let name = link
            .incident
            .map_or_else(|| "missing".to_owned(), |at| ledger.incident(columns.incidents[at as usize].key).unwrap().id);
        let via = link.via_ticket.map_or_else(String::new, |at| format!(" via {}", ticket_key(at)));
        let way = if link.two_way { "two-way" } else { "one-way" };
        lines.push(format!("incident {name}{via} {:?} {way}", link.found_in));
    }
    same_in_detail(&ledger, &columns.changes.key, &mut lines);
    lines
}

/// The page of one change must say the same as the columns of all.
fn same_in_detail(ledger: &Ledger, keys: &[i64], lines: &mut Vec<String>) {
    let mut from_details = Vec::new();
    for key in keys {
        let detail = ledger.change_detail(*key).unwrap();
        for link in &detail.tickets {
            from_details.push(format!("ticket {} {:?}", link.ticket.ticket_key, link.found_in));
        }
        for link in &detail.incidents {
            let name = link.incident.as_ref().map_or("missing", |incident| incident.id.as_str());
            let via = link.via_ticket.as_ref().map_or_else(String::new, |key| format!(" via {key}"));
            let way = if link.two_way { "two-way" } else { "one-way" };
            from_details.push(format!("incident {name}{via} {:?} {way}", link.found_in));
        }
    }
    lines.sort();
    from_details.sort();
    assert_eq!(from_details, *lines);
}

fn pull(mentions: &[Mention]) -> Record {
    let mut change = change(1);
    change.mentions = mentions.to_vec();
    Record::Change(Box::new(change))
}

fn task(key: &str, mentions: &[Mention]) -> Record {
    Record::Ticket(Box::new(Ticket { mentions: mentions.to_vec(), ..ticket(key) }))
}

fn outage(mentions: &[Mention]) -> Record {
    Record::Incident(Box::new(Incident { mentions: mentions.to_vec(), ..incident("Q1ZK8M0", 482) }))
}

fn check(records: &[Record], expected: &[&str]) {
    let mut expected: Vec<&str> = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(links(records), expected);
    let backwards: Vec<Record> = records.iter().rev().cloned().collect();
    assert_eq!(links(&backwards), expected, "in the other order");
}

#[test]
fn tickets_are_linked_from_either_side() {
    let plat = || mention(TicketKey, "PLAT-1", Branch);
    check(&[pull(&[plat()]), task("PLAT-1", &[])], &["ticket PLAT-1 Branch"]);
    check(&[pull(&[plat(), mention(TicketKey, "PLAT-1", Title)]), task("PLAT-1", &[])], &["ticket PLAT-1 Title"]);
    let back = [mention(ChangeName, "acme/pay#1", Address)];
    check(&[pull(&[]), task("PLAT-1", &back)], &["ticket PLAT-1 Address"]);
    check(&[pull(&[plat()]), task("PLAT-1", &back)], &["ticket PLAT-1 Address"]);
    let commit = [mention(Commit, "0000000000000000000000000000000000000001", Body)];
    check(&[pull(&[]), task("PLAT-1", &commit)], &["ticket PLAT-1 Body"]);
    check(&[pull(&[]), task("PLAT-1", &[mention(ChangeName, "acme/pay#2", Body)])], &[]);
    check(&[pull(&[mention(ChangeName, "acme/pay#17", Body)]), task("Acme/pay#17", &[])], &["ticket Acme/pay#17 Body"]);
}

#[test]
fn keys_count_only_where_such_tickets_or_incidents_were_imported() {
    check(&[pull(&[mention(TicketKey, "PLAT-2", Body)]), task("PLAT-1", &[])], &[]);
    check(&[pull(&[mention(TicketKey, "UTF-8", Body)]), outage(&[])], &[]);
    check(&[pull(&[mention(Advisory, "CVE-2025-1234", Body)]), outage(&[])], &[]);
    // Written like the imported incidents, so it is one that was not imported.
    check(&[pull(&[mention(TicketKey, "INC-7", Body)]), outage(&[])], &["incident missing Body one-way"]);
    check(&[pull(&[mention(IncidentName, "INC-7", Title)])], &["incident missing Title one-way"]);
    check(&[pull(&[mention(IncidentName, "INC-7", Title)]), task("INC-7", &[])], &["ticket INC-7 Title"]);
}

#[test]
fn incidents_are_linked_directly() {
    for name in ["INC-482", "PD-482", "Q1ZK8M0"] {
        let names = [mention(IncidentName, name, Body)];
        check(&[pull(&names), outage(&[])], &["incident pagerduty:Q1ZK8M0 Body one-way"]);
    }
    let forth = [mention(IncidentName, "INC-482", Body)];
    let back = [mention(ChangeName, "acme/pay#1", Address)];
    check(&[pull(&forth), outage(&back)], &["incident pagerduty:Q1ZK8M0 Body two-way"]);
    check(&[pull(&[]), outage(&back)], &["incident pagerduty:Q1ZK8M0 Address one-way"]);
    let commit = [mention(Commit, "0000001", Body)];
    check(&[pull(&[]), outage(&commit)], &[]);
}

#[test]
fn incidents_are_linked_through_tickets() {
    let forth = || pull(&[mention(TicketKey, "PLAT-1", Title)]);
    let names_incident = || task("PLAT-1", &[mention(IncidentName, "INC-482", LinkField)]);
    let ticket_back = || outage(&[mention(TicketKey, "PLAT-1", Body)]);
    let ticket = "ticket PLAT-1 Title";
    let link = |way: &str| format!("incident pagerduty:Q1ZK8M0 via PLAT-1 Title {way}");
    check(&[forth(), names_incident(), outage(&[])], &[ticket, &link("one-way")]);
    check(&[forth(), names_incident(), ticket_back()], &[ticket, &link("two-way")]);
    check(&[forth(), task("PLAT-1", &[]), ticket_back()], &[ticket, &link("one-way")]);
    let names_change = outage(&[mention(ChangeName, "acme/pay#1", Body)]);
    check(&[forth(), names_incident(), names_change], &[ticket, &link("two-way")]);
    let missing = task("PLAT-1", &[mention(IncidentName, "INC-7", LinkField)]);
    check(&[forth(), missing], &[ticket, "incident missing via PLAT-1 LinkField one-way"]);
    // The direct way is the stronger one, and the incident names the ticket back.
    let both = pull(&[mention(TicketKey, "PLAT-1", Title), mention(IncidentName, "INC-482", Body)]);
    check(&[both, names_incident(), ticket_back()], &[ticket, "incident pagerduty:Q1ZK8M0 Body two-way"]);
}

#[test]
fn an_incident_of_a_tracker_is_ticket_and_incident() {
    let mut outage = incident("OPS-9", 9);
    outage.id = "jira:OPS-9".to_owned();
    outage.names = vec!["OPS-9".to_owned()];
    let records =
        [pull(&[mention(TicketKey, "OPS-9", Branch)]), task("OPS-9", &[]), Record::Incident(Box::new(outage))];
    check(&records, &["ticket OPS-9 Branch", "incident jira:OPS-9 Branch one-way"]);
}

#[test]
fn a_merged_incident_is_another_name_for_the_one_it_was_merged_into() {
    let duplicate = |mentions: &[Mention]| {
        let mut duplicate = incident("Q2", 483);
        duplicate.merged_into = Some("pagerduty:Q1ZK8M0".to_owned());
        duplicate.mentions = mentions.to_vec();
        Record::Incident(Box::new(duplicate))
    };
    let forth = || pull(&[mention(IncidentName, "INC-483", Body)]);
    check(&[forth(), duplicate(&[]), outage(&[])], &["incident pagerduty:Q1ZK8M0 Body one-way"]);
    let back = [mention(ChangeName, "acme/pay#1", Address)];
    check(&[forth(), duplicate(&back), outage(&[])], &["incident pagerduty:Q1ZK8M0 Body two-way"]);
    check(&[pull(&[]), duplicate(&back), outage(&[])], &["incident pagerduty:Q1ZK8M0 Address one-way"]);
    // Where the other one was not imported, this is all that is known.
    check(&[forth(), duplicate(&[])], &["incident pagerduty:Q2 Body one-way"]);
}

#[test]
fn a_merged_incident_has_no_time_of_its_own() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut duplicate = incident("Q2", 483);
    duplicate.merged_into = Some("pagerduty:Q1ZK8M0".to_owned());
    let incidents = [duplicate, incident("Q1ZK8M0", 482)].map(|incident| Record::Incident(Box::new(incident)));
    import(&mut ledger, "incidents.json", incidents.to_vec());
    let columns = ledger.columns(&PolicyHistory::initial().unwrap()).unwrap();
    assert_eq!(columns.incidents.iter().map(|incident| incident.key).collect::<Vec<_>>(), [2]);
    assert_eq!(ledger.incident(2).unwrap().names, ["INC-482", "PD-482", "Q1ZK8M0", "INC-483", "PD-483", "Q2"]);
}
