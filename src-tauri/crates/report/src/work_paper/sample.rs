//! An invented sample with everything that can happen to one, for tests.

use change_ledger_model::{
    Timestamp,
    quarterly::PolicyReference,
    samples::{
        AnswerLine, AnswerResult, Attribute, AttributeTitle, Conclusion, Drift, Examination, ItemChange, ItemEvidence,
        MovedMember, PopulationFilter, PopulationPage, RemovedItem, SampleItem, SamplePage, SizePreset, SourceFile,
        Stratum, StratumCount, StratumSize, UpperLimit,
    },
};

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// Four items: one passes, one deviates, one was replaced by the last, which is no longer in the ledger.
pub(crate) fn page() -> SamplePage {
    let mut excluded = item(3, Stratum::Routine, &[]);
    excluded.removed = Some(RemovedItem {
        event: 7,
        at: at("2026-10-06T09:00:00Z"),
        by: Some("Ilse Berg".to_owned()),
        reason: "Duplicate of item 2.".to_owned(),
        replaced_by: Some(4),
    });
    let mut replacement = item(4, Stratum::Routine, &[(Attribute::C, AnswerResult::NotExaminable)]);
    replacement.replaces = Some(3);
    replacement.change = None;
    SamplePage {
        id: "S1".to_owned(),
        event: 6,
        drawn_at: at("2026-10-06T08:00:00Z"),
        by: Some("Ilse Berg".to_owned()),
        seed: "4711".to_owned(),
        sizes: Some(SizePreset::ByPopulation),
        sizes_of: None,
        strata: vec![size(Stratum::Emergency, 1, 1), size(Stratum::Routine, 400, 2)],
        population: population(),
        items: vec![
            item(
                1,
                Stratum::Emergency,
                &[(Attribute::C, AnswerResult::Pass), (Attribute::L, AnswerResult::NotApplicable)],
            ),
            item(2, Stratum::Routine, &[(Attribute::C, AnswerResult::Deviation)]),
            excluded,
            replacement,
        ],
        attributes: Attribute::ALL.map(AttributeTitle::of).into(),
        conclusions: vec![
            conclusion(Stratum::Emergency, Attribute::A, Examination::NotTested, 0),
            conclusion(Stratum::Emergency, Attribute::D, Examination::NotTested, 0),
            conclusion(Stratum::Routine, Attribute::C, Examination::Concluded, 2),
            conclusion(Stratum::Routine, Attribute::D, Examination::Open, 0),
        ],
        last_at: at("2026-10-07T10:30:00Z"),
        last_sha256: "cd".repeat(32),
    }
}

fn population() -> PopulationPage {
    let moved = MovedMember {
        id: "github:acme/pay#77".to_owned(),
        frozen: Some(Stratum::Routine),
        now: Some(Stratum::Emergency),
    };
    PopulationPage {
        id: "P1".to_owned(),
        name: "2026-Q3".to_owned(),
        event: 5,
        frozen_at: at("2026-10-05T08:00:00Z"),
        by: None,
        filter: PopulationFilter { quarter: "2026-Q3".to_owned(), repository: None, class: None },
        as_of: at("2026-10-05T08:00:00Z"),
        policies: vec![PolicyReference {
            name: "retroactive-24h".to_owned(),
            version: "1".to_owned(),
            sha256: "12".repeat(32),
        }],
        files: vec![SourceFile { file: "pulls.json".to_owned(), sha256: "34".repeat(32), rejected: 2 }],
        undated: 1,
        changes: 401,
        strata: vec![
            StratumCount { stratum: Stratum::Emergency, changes: 1 },
            StratumCount { stratum: Stratum::Routine, changes: 400 },
        ],
        sha256: "ab".repeat(32),
        samples: vec!["S1".to_owned()],
        since: Drift { imports: 1, moved: vec![moved], ..Drift::default() },
    }
}

fn size(stratum: Stratum, changes: u64, drawn: u64) -> StratumSize {
    StratumSize { stratum, changes, asked: drawn, drawn }
}

fn item(number: u32, kind: Stratum, answers: &[(Attribute, AnswerResult)]) -> SampleItem {
    let answer = |(attribute, result): &(Attribute, AnswerResult)| AnswerLine {
        event: 8,
        attribute: *attribute,
        result: *result,
        note: Some("Approved by its author only".to_owned()),
        cause: Some("C-07".to_owned()),
        response: None,
        retest: Some("S2/1".to_owned()),
        at: at("2026-10-07T10:30:00Z"),
        by: Some("Ilse Berg".to_owned()),
    };
    SampleItem {
        item: number,
        id: format!("github:acme/pay#{number}"),
        change: Some(ItemChange {
            title: format!("Add field {number}"),
            repository: "acme/pay".to_owned(),
            author: Some("Mara Ko".to_owned()),
            implemented_at: Some(at("2026-08-04T10:00:00Z")),
            url: None,
            evidence: Some(ItemEvidence {
                file: "pulls.json".to_owned(),
                sha256: "34".repeat(32),
                offset: 100,
                length: 50,
            }),
        }),
        stratum: kind,
        kind,
        order: "00".repeat(32),
        replaces: None,
        removed: None,
        answers: answers.iter().map(answer).collect(),
        earlier: Vec::new(),
    }
}

fn conclusion(stratum: Stratum, attribute: Attribute, examination: Examination, examined: u64) -> Conclusion {
    let limit = |confidence, binomial| UpperLimit { confidence, binomial, hypergeometric: binomial - 0.001 };
    let is_concluded = examination == Examination::Concluded;
    Conclusion {
        attribute,
        stratum,
        examination,
        population: if stratum == Stratum::Emergency { 1 } else { 400 },
        examined,
        deviations: examined,
        not_applicable: 0,
        open: u64::from(!is_concluded),
        rate: (examined > 0).then_some(1.0),
        limits: if is_concluded { vec![limit(0.90, 0.147), limit(0.95, 0.176)] } else { Vec::new() },
    }
}
