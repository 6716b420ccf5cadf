//! Documents of policies.

use change_ledger_model::policy::{Policy, patterns::Matcher, presets};

/// A document is refused in one line, or is a policy that can be written and read again and matches any text.
pub(super) fn check(bytes: &[u8]) {
    let Ok(document) = std::str::from_utf8(bytes) else { return };
    match Policy::parse(document) {
        Err(refusal) => {
            let said = refusal.to_string();
            assert!(!said.contains('\n') && said.starts_with("the policy"), "{said}");
            assert!(refusal.hint().is_none_or(|hint| !hint.is_empty()));
        }
        Ok(policy) => {
            let written = toml::to_string(&policy).unwrap();
            assert_eq!(Policy::parse(&written).unwrap(), policy, "{written}");
            assert_eq!(policy.patterns().fingerprint(), Policy::parse(&written).unwrap().patterns().fingerprint());
            let mut hits = Vec::new();
            if let Ok(matcher) = Matcher::new(policy.patterns()) {
                matcher.body(document, &mut hits);
                matcher.title(document, &mut hits);
                matcher.branch(document, &mut hits);
                matcher.label(document, &mut hits);
                matcher.record_text(document, &mut hits);
            }
            assert!(policy.population.branches.iter().all(|branch| policy.population.counts_branch(branch)));
        }
    }
}

pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = presets().iter().map(|preset| preset.document.into()).collect();
    seeds.push(b"format = 1\nname = [".to_vec());
    seeds.push(["a = ", &"[".repeat(500), &"]".repeat(500)].concat().into_bytes());
    seeds
}
