use super::*;
use crate::sample::{change, import, mention, records, ticket};
use change_ledger_model::record::{FoundIn, MentionKind};

#[test]
fn what_people_type_is_taken_literally() {
    let check = |text: &str, expected: Option<&str>| assert_eq!(expression(text).as_deref(), expected, "{text}");
    check("cap retries", Some("\"cap\" \"retries\"*"));
    check("acme/pay#2214", Some("\"acme/pay#2214\"*"));
    check("NOT (a OR b", Some("\"NOT\" \"(a\" \"OR\" \"b\"*"));
    check("say \"hi\"", Some("\"say\" \"\"\"hi\"\"\"*"));
    check(" - ... * ", None);
    check("", None);
}

/// Finds the records that the sample file stands for: its lines end in their numbers.
fn reread(records: &[Record]) -> impl FnMut(&[u8], &str) -> Vec<Record> {
    let records = records.to_vec();
    move |bytes, _| {
        let line = String::from_utf8(bytes.to_vec()).unwrap();
        let n: usize = line.rsplit(' ').next().unwrap().parse().unwrap();
        vec![records[n].clone()]
    }
}

#[test]
fn the_index_follows_in_steps() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut pulls: Vec<_> = (1..=30).map(change).collect();
    pulls[6].title = "Überlauf of the queue; DROP TABLE change".to_owned();
    pulls[6].mentions = vec![mention(MentionKind::Incident, "INC-482", FoundIn::Body)];
    pulls[8].body = Some("The Frobnicator was down.".to_owned());
    let records = records(pulls);
    import(&mut ledger, "a.json", records.clone());
    assert_eq!(ledger.search("queue", 10).unwrap(), SearchAnswer { keys: vec![], not_indexed: 30 });
    let mut left = Vec::new();
    while left.last() != Some(&0) {
        left.push(ledger.index_next(12, &mut reread(&records)).unwrap());
    }
    assert_eq!(left, [18, 6, 0]);
    let check = |text: &str, expected: &[i64]| {
        let answer = ledger.search(text, 10).unwrap();
        assert_eq!((answer.keys.as_slice(), answer.not_indexed), (expected, 0), "{text}");
    };
    check("queue", &[7]);
    check("uberlauf", &[7]);
    check("INC-482", &[7]);
    check("inc-4", &[7]);
    check("queue nothing", &[]);
    check("frobnicator down", &[9]);
    check("acme/pay#12", &[12]);
    check("queue; DROP TABLE change", &[7]);
    check("\" OR 1", &[]);
    assert_eq!(ledger.search("Mara-Ko", 10).unwrap().keys.len(), 10);
}

#[test]
fn a_newer_version_is_found_under_its_new_words_only() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut newer = change(1);
    newer.title = "Raise the limit".to_owned();
    newer.updated_at = newer.updated_at.map(|_| crate::sample::at(500));
    newer.body = None;
    for (name, change) in [("a.json", change(1)), ("b.json", newer)] {
        import(&mut ledger, name, records([change.clone()]));
        let mut records = records([change]);
        ledger
            .index_next(10, &mut |_, reading| {
                // The newer row carries no description, so the one of the older row stays searchable.
                if reading == "\"a.json\"" { self::records([crate::sample::change(1)]) } else { records.split_off(0) }
            })
            .unwrap();
    }
    assert_eq!(ledger.search("retries", 10).unwrap().keys, Vec::<i64>::new());
    assert_eq!(ledger.search("raise", 10).unwrap().keys, [1]);
    assert_eq!(ledger.search("second try", 10).unwrap().keys, [1]);
}

#[test]
fn of_tickets_only_change_requests_are_found() {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut request = ticket("PLAT-2");
    request.is_change_request = true;
    let records: Vec<Record> =
        [ticket("PLAT-1"), request].into_iter().map(|ticket| Record::Ticket(Box::new(ticket))).collect();
    import(&mut ledger, "t.csv", records.clone());
    ledger.index_next(10, &mut reread(&records)).unwrap();
    assert_eq!(ledger.search("work", 10).unwrap().keys, [2]);
}
