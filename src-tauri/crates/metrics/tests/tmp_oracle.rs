#[path = "../../../../tests/it/metrics_agree.rs"]
mod metrics_agree;
#[path = "../../../../tests/it/oracle/mod.rs"]
mod oracle;
#[test]
fn spread() {
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::test_runner::TestRunner;
    let mut r = TestRunner::deterministic();
    let mut st = std::collections::BTreeMap::<String, (u32, u32)>::new();
    for _ in 0..100 {
        let c = oracle::generate::case().new_tree(&mut r).unwrap().current();
        let j = oracle::judge(&c.ledger, &c.policies, c.as_of);
        let v = &j.verdicts;
        let mut one = std::collections::BTreeMap::<String, u32>::new();
        for i in 0..v.class.len() {
            *one.entry(format!("class{}", v.class[i])).or_default() += 1;
            *one.entry(format!("appr{}", v.approval[i])).or_default() += 1;
            *one.entry(format!("state{}", v.review_state[i])).or_default() += 1;
            *one.entry(format!("batch{}", v.batch_stamped[i])).or_default() += 1;
            *one.entry(format!("doc{}", v.documented_on_time[i])).or_default() += 1;
            *one.entry(format!("docat{}", v.documented_at[i].is_some())).or_default() += 1;
            *one.entry(format!("open{}", v.changes_requested_open[i])).or_default() += 1;
            *one.entry(format!("covers{:?}", v.approval_covers_head[i])).or_default() += 1;
            for s in change_ledger_model::judgement::Signals(v.signals[i]).iter() {
                *one.entry(format!("sig{s:?}")).or_default() += 1;
            }
        }
        for (k, n) in one {
            let e = st.entry(k).or_default();
            e.0 += 1;
            e.1 += n;
        }
    }
    println!("{st:#?}");
}
