use crate::{
    Ledger, StoreError,
    sample::{at, change, import, records},
};
use change_ledger_model::{
    columns::HitOwner,
    policy::{PolicyHistory, patterns::TextSignal, presets},
    record::Record,
};
use std::ops::ControlFlow;

fn other_words(ledger: &mut Ledger) -> PolicyHistory {
    let document = presets()[0].document.replace("\"hot fix\"", "\"frobnicator\"");
    ledger.set_policy(&document, None, at(0), (Some("Mara Ko"), None)).unwrap();
    ledger.policy_history().unwrap()
}

fn pulls() -> Vec<Record> {
    let mut pulls: Vec<_> = (1..=5).map(change).collect();
    pulls[2].body = Some("The frobnicator was down, so this is a rollback.".to_owned());
    records(pulls)
}

fn signals(ledger: &Ledger, history: &PolicyHistory) -> Vec<(HitOwner, TextSignal)> {
    ledger.columns(history).unwrap().hits.into_iter().map(|hit| (hit.owner, hit.signal)).collect()
}

#[test]
fn words_of_a_new_policy_are_looked_for_in_earlier_imports() {
    let mut ledger = Ledger::in_memory().unwrap();
    import(&mut ledger, "a.json", pulls());
    let first = ledger.policy_history().unwrap();
    let expected = [(HitOwner::Change(2), TextSignal::EmergencyWords)];
    assert_eq!(signals(&ledger, &first), expected);
    let history = other_words(&mut ledger);
    assert!(!ledger.texts_are_matched(&history).unwrap());
    assert!(matches!(ledger.columns(&history), Err(StoreError::TextsNotMatched)));
    let mut reread = |bytes: &[u8], _: &str| {
        let n: usize = std::str::from_utf8(bytes).unwrap().rsplit(' ').next().unwrap().parse().unwrap();
        vec![pulls()[n].clone()]
    };
    // Interrupted at once, it goes on the next time.
    ledger.match_texts(&history, &mut reread, &mut |_| ControlFlow::Break(())).unwrap();
    ledger.match_texts(&history, &mut reread, &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(ledger.texts_are_matched(&history).unwrap());
    assert_eq!(signals(&ledger, &history), expected);
    let found = ledger.change_detail(3).unwrap().found;
    assert_eq!(found.iter().map(|found| found.text.as_str()).collect::<Vec<_>>(), ["rollback", "frobnicator"]);
}

#[test]
fn an_import_that_does_not_look_for_all_words_leaves_the_rest_to_do() {
    let mut ledger = Ledger::in_memory().unwrap();
    let history = other_words(&mut ledger);
    assert!(ledger.texts_are_matched(&history).unwrap(), "an empty ledger has nothing to match");
    // The sample import uses the words of the first preset only.
    import(&mut ledger, "a.json", pulls());
    assert!(!ledger.texts_are_matched(&history).unwrap());
    assert!(ledger.texts_are_matched(&PolicyHistory::initial().unwrap()).unwrap());
}
