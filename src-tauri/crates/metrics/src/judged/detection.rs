//! What the detection rules found in each quarter, counted over the few changes that they found.

use crate::column::{DETECTION, GROUP, IN_POPULATION, POLICY_VERSION, QUARTER, SIGNALS};
use crate::expression::lit;
use crate::metric::detection_precision::Tally;
use change_ledger_model::{
    attestation::Detection,
    judgement::Signals,
    policy::{Policy, PolicyHistory},
    quarterly::RuleDetection,
};
use polars::prelude::{DataFrame, IntoLazy, PolarsResult, col};
use std::collections::{BTreeMap, HashMap};

/// Tallies by group and quarter, for every rule that found something there.
pub(super) struct Detections(HashMap<(u32, i32), BTreeMap<u16, Tally>>);

impl Detections {
    /// Counts `changes`, the judged frame with a row for each group of each change.
    pub(super) fn of(changes: &DataFrame, policies: &PolicyHistory) -> PolarsResult<Self> {
        let is_found = col(DETECTION).neq(lit(Detection::NotFound as u8));
        let wanted = [GROUP, QUARTER, POLICY_VERSION, SIGNALS, DETECTION].map(col);
        let found = changes.clone().lazy().filter(col(IN_POPULATION).and(is_found)).select(wanted).collect()?;
        let rules: Vec<Vec<Signals>> = policies.versions().map(|version| rules(&version.policy)).collect();
        let places = found.column(GROUP)?.u32()?.iter().zip(found.column(QUARTER)?.i32()?.iter());
        let judged = found.column(SIGNALS)?.u16()?.iter().zip(found.column(DETECTION)?.u8()?.iter());
        let versions = found.column(POLICY_VERSION)?.u8()?.iter();
        let mut tallies: HashMap<(u32, i32), BTreeMap<u16, Tally>> = HashMap::new();
        for (((group, quarter), (signals, detection)), version) in places.zip(judged).zip(versions) {
            let detection = detection.and_then(Detection::from_code);
            let (Some(group), Some(quarter), Some(signals), Some(detection), Some(version)) =
                (group, quarter, signals, detection, version)
            else {
                continue;
            };
            let of_line = tallies.entry((group, quarter)).or_default();
            let of_version = rules.get(usize::from(version)).into_iter().flatten();
            for rule in of_version.filter(|rule| Signals(signals).has_all(**rule)) {
                of_line.entry(rule.0).or_default().add(detection);
            }
        }
        Ok(Self(tallies))
    }

    /// The rules of `policy`, in its order, then those of other policies that found something.
    pub(super) fn line(&self, group: u32, quarter: i32, policy: &Policy) -> Vec<RuleDetection> {
        let found = self.0.get(&(group, quarter));
        let tally = |rule: Signals| found.and_then(|found| found.get(&rule.0)).copied().unwrap_or_default();
        let own = rules(policy);
        let others = found.into_iter().flat_map(BTreeMap::keys).map(|bits| Signals(*bits));
        let others = others.filter(|rule| !own.contains(rule));
        own.iter().copied().chain(others).map(|rule| tally(rule).of_rule(rule)).collect()
    }
}

/// The policy's rules, each once.
fn rules(policy: &Policy) -> Vec<Signals> {
    let mut rules: Vec<Signals> = Vec::new();
    for rule in &policy.detection {
        let rule = rule.signals();
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    rules
}
