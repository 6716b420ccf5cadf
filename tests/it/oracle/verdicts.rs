//! Every change, judged on its own.

use super::{
    approval::{approved, best_cover},
    attested::{Attested, attested},
    calendar::{business_days, due, is_business_day, quarter_of},
    carried::{notes_known, texts_carried},
    categories,
    permitted::permitted,
    reasons::{About, reason_accepted, reviewed_by_role},
    review,
    texts::Texts,
};
use change_ledger_model::{
    Timestamp,
    attestation::Detection,
    columns::LedgerColumns,
    judgement::{ApprovalTiming, Class, IncidentLinkState, Signal, Signals},
    person::PersonKind,
    policy::{Policy, PolicyHistory, patterns::TextSignal},
    record::{ChangeKind, Verdict},
    verdicts::Verdicts,
};

/// The verdicts, and what the metrics of quarters need besides.
pub struct Judgement {
    pub verdicts: Verdicts,
    /// Whether the change is counted in N.
    pub in_n: Vec<bool>,
    /// What the controls ask besides.
    pub asked: Vec<Asked>,
}

/// What the controls ask of one change besides verdicts.
pub struct Asked {
    /// How many people its category needs; `None` where no file tells its category.
    pub people: Option<u32>,
    /// Whether they hold the roles that the category asks for: 0 no, 1 nobody can tell, 2 yes.
    pub by_roles: i32,
    /// What approvals say of the merged commit; `None` without any.
    pub best_cover: Option<Option<bool>>,
    pub reason_accepted: Option<bool>,
    pub reviewed_by_role: Option<bool>,
    pub documentation_pending: bool,
    pub rollback_planned: Option<bool>,
}

pub fn judge(ledger: &LedgerColumns, policies: &PolicyHistory, as_of: Timestamp) -> Judgement {
    let mut judgement = Judgement { verdicts: Verdicts::default(), in_n: Vec::new(), asked: Vec::new() };
    let mut settled = Vec::new();
    for change in 0..ledger.changes.len() {
        settled.push(judge_change(ledger, policies, as_of, change, &mut judgement));
    }
    let by_version: Vec<&Policy> = policies.versions().map(|version| &version.policy).collect();
    for (change, mine) in settled.iter().enumerate() {
        let batch = by_version[usize::from(judgement.verdicts.policy_version[change])].batch;
        let width = i64::from(batch.minutes) * 60_000;
        let stamped = mine.is_some_and(|(who, at)| {
            // Some window that begins at one of the person's approvals holds this one and enough others.
            let of_person: Vec<i64> =
                settled.iter().flatten().filter(|(other, _)| *other == who).map(|s| s.1).collect();
            of_person.iter().any(|begin| {
                let window = *begin..=*begin + width;
                window.contains(&at)
                    && of_person.iter().filter(|at| window.contains(at)).count() >= batch.count as usize
            })
        });
        judgement.verdicts.batch_stamped.push(stamped);
    }
    judgement
}

/// Adds the verdicts on one change; the answer is who settled the review that it owed, and when.
fn judge_change(
    ledger: &LedgerColumns,
    policies: &PolicyHistory,
    as_of: Timestamp,
    change: usize,
    to: &mut Judgement,
) -> Option<(u32, i64)> {
    let changes = &ledger.changes;
    let implemented = changes.implemented_at[change].map(|at| Timestamp::from_millis(at).unwrap());
    let version = policies.position_at(implemented.unwrap_or(as_of));
    let policy = &policies.versions().nth(version).unwrap().policy;
    let texts = Texts::of(ledger, policies, policy, change, as_of);
    let set = policies.pattern_sets().iter().position(|set| *set == policy.patterns()).unwrap();
    let about = (u32::try_from(change).unwrap(), texts.tickets.as_slice());
    let category = categories::category(ledger, policy, about, set);
    let asked = categories::asked(policy, category);
    let usually = approved(ledger, change, categories::rules(policy, asked), as_of);

    let attested = attested(ledger, change, as_of);
    let link = incident_link(ledger, change, &attested.incidents);
    // Where its author decides alone, nothing is missing.
    let timing = if asked == 0 { ApprovalTiming::Before } else { usually.timing };
    let signals = signals(ledger, policy, change, &texts, (timing, &attested));
    let by_rule = is_exempt_by_rule(ledger, policy, change, &texts);
    let detection = detection(policy, by_rule, signals, attested.says);
    let class = class(by_rule, signals, (attested.exempt, detection));
    let approved = if class.is_emergency() {
        let required = policy.review.required.unwrap_or(policy.approval.required);
        approved(ledger, change, categories::rules(policy, required), as_of)
    } else {
        usually
    };
    let counted = changes.kind[change] == ChangeKind::ChangeTicket as u8
        || changes.base_branch[change].is_none_or(|branch| {
            let name = &ledger.branches[branch as usize];
            policy.population.branches.iter().any(|pattern| matches(pattern.as_bytes(), name.as_bytes()))
        });
    let to_come = implemented.is_some_and(|at| at > as_of);
    let in_population = counted && implemented.is_some() && !to_come;

    let dated_notes_known = notes_known(ledger, change);
    let owed = review::owed(&review::Reviewable {
        ledger,
        policy,
        change,
        implemented,
        as_of,
        is_emergency: counted && !to_come && class.is_emergency(),
        approved: &approved,
        recorded_at: texts.review_recorded(implemented),
        attested_at: attested.reviewed_at,
        notes_known: dated_notes_known,
    });

    let documented = texts.documented(implemented);
    let documentation_due = implemented.and_then(|at| due(policy.documentation.deadline, at, policy));
    let verdicts = &mut to.verdicts;
    to.in_n.push(in_population && (class != Class::Exempt || policy.population.count_exempt));
    verdicts.policy_version.push(u8::try_from(version).unwrap());
    verdicts.in_population.push(in_population);
    let period = &policies.at(as_of).policy.period;
    verdicts.quarter.push(implemented.map(|at| quarter_of(at.millis(), period)));
    verdicts.class.push(class as u8);
    verdicts.signals.push(signals.0);
    verdicts.approval.push(approved.timing as u8);
    verdicts.approved_before_at.push(approved.before_at);
    verdicts.approved_after_at.push(approved.after_at);
    verdicts.review_state.push(owed.state as u8);
    verdicts.due_at.push(owed.due);
    verdicts.reviewed_at.push(owed.reviewed_at);
    verdicts.warn_at.push(owed.warn);
    verdicts.incident_link.push(link as u8);
    verdicts.detection.push(detection as u8);
    verdicts.attested.push(attested.any);
    let authorised = attested.authorised || texts.on_change_or_ticket(TextSignal::Authorisation);
    let justified = attested.justified
        || texts.on_change_or_ticket(TextSignal::Justification)
        || policy.justification.ticket_reason_counts
            && texts.tickets.iter().any(|ticket| ledger.tickets[*ticket as usize].has_reason);
    let names_missing_incident =
        ledger.incident_links.iter().any(|link| link.change as usize == change && link.incident.is_none());
    let texts_known = texts_carried(ledger, change) && !names_missing_incident;
    let yes_no_or_unknown = |is: bool, known: bool| if is { Some(true) } else { known.then_some(false) };
    verdicts.authorised.push(yes_no_or_unknown(authorised, texts_known));
    let permitted = permitted(ledger, policy, about, set, (implemented, as_of), attested.authorisation.clone());
    verdicts.authorised_as_asked.push(if authorised { permitted } else { texts_known.then_some(false) });
    verdicts.justified.push(yes_no_or_unknown(justified, texts_known));
    verdicts.documented_at.push(documented);
    // Until it is due, it is not missing.
    let documentation_pending = class.is_emergency()
        && documented.is_none()
        && dated_notes_known
        && documentation_due.is_none_or(|due| as_of <= due);
    verdicts.documented_on_time.push(match documented {
        Some(at) => Some(documentation_due.is_none_or(|due| at <= due.millis())),
        None => (dated_notes_known && !documentation_pending).then_some(false),
    });
    let (tickets, incidents) = (texts.tickets.as_slice(), texts.incidents.as_slice());
    let quoted = About { change: about.0, tickets, incidents, pattern_set: set, as_of };
    let planned = texts.rollback_planned(implemented);
    to.asked.push(Asked {
        people: category.map(categories::people),
        by_roles: category
            .map_or(2, |category| categories::approved_by_roles(ledger, policy, category, about, set, as_of)),
        best_cover: best_cover(ledger, change, policy.approval, as_of),
        reason_accepted: reason_accepted(ledger, policy, &quoted, &attested),
        reviewed_by_role: reviewed_by_role(ledger, policy, &quoted, &attested, owed.due),
        documentation_pending,
        rollback_planned: yes_no_or_unknown(planned, texts_known),
    });
    verdicts.self_merged.push(self_merged(ledger, change));
    verdicts.self_approved.push(self_approved(ledger, change, as_of));
    verdicts.changes_requested_open.push(changes_requested_open(ledger, change, policy.approval.comment_counts));
    verdicts.dismissed_without_date.push(approved.dismissed_without_date);
    verdicts.approval_covers_head.push(approved.covers_head);
    let settled_at = owed.reviewed_at.filter(|_| owed.is_settled());
    let days = settled_at.map(|at| business_days(policy, implemented.unwrap().millis(), at));
    verdicts.review_business_days.push(days);
    approved.after_by.zip(approved.after_at).filter(|(_, at)| settled_at == Some(*at))
}

/// Whether a branch is called like a pattern in which `*` stands for any characters.
fn matches(pattern: &[u8], branch: &[u8]) -> bool {
    match (pattern, branch) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=branch.len()).any(|skipped| matches(rest, &branch[skipped..])),
        ([wanted, rest @ ..], [found, more @ ..]) => wanted == found && matches(rest, more),
        _ => false,
    }
}

fn signals(
    ledger: &LedgerColumns,
    policy: &Policy,
    change: usize,
    texts: &Texts<'_>,
    (timing, attested): (ApprovalTiming, &Attested),
) -> Signals {
    let changes = &ledger.changes;
    let implemented = changes.implemented_at[change];
    let merged = changes.merged_at()[change];
    let open_for = merged.zip(changes.opened_at[change]).map(|(merged, opened)| merged - opened);
    let fast = i64::from(policy.signals.fast_merge_minutes) * 60_000;
    let names_incident =
        !attested.incidents.is_empty() || ledger.incident_links.iter().any(|link| link.change as usize == change);
    let raised = [
        (Signal::EmergencyLabel, texts.on_change(TextSignal::EmergencyLabel)),
        (Signal::EmergencyTicket, texts.on_ticket(TextSignal::EmergencyLabel)),
        (Signal::Unreviewed, matches!(timing, ApprovalTiming::After | ApprovalTiming::Never)),
        (Signal::BypassRecorded, ledger.bypassed.iter().any(|at| *at as usize == change)),
        (Signal::HotfixBranch, texts.on_change(TextSignal::HotfixBranch)),
        (Signal::EmergencyWords, texts.on_change(TextSignal::EmergencyWords)),
        (Signal::IncidentLink, names_incident),
        (Signal::IncidentWindow, implemented.is_some_and(|at| in_window(ledger, policy, change, at))),
        (Signal::FastMerge, open_for.is_some_and(|open_for| (0..fast).contains(&open_for))),
        (Signal::OutOfHours, implemented.is_some_and(|at| out_of_hours(policy, at))),
    ];
    raised.into_iter().filter(|(_, holds)| *holds).map(|(signal, _)| signal).collect()
}

fn in_window(ledger: &LedgerColumns, policy: &Policy, change: usize, at: i64) -> bool {
    let repository = ledger.repositories[ledger.changes.repository[change] as usize].to_lowercase();
    let rules = &policy.signals.incident_window;
    ledger.incidents.iter().any(|incident| {
        let (Some(opened), Some(severity), Some(service)) = (incident.opened_at, &incident.severity, &incident.service)
        else {
            return false;
        };
        let service = service.trim().to_lowercase();
        let mapped = rules.services.iter().find(|(name, _)| name.to_lowercase() == repository);
        let same_service = match mapped {
            Some((_, services)) => services.iter().any(|mapped| mapped.to_lowercase() == service),
            None => repository == service || repository.split('/').next_back() == Some(service.as_str()),
        };
        let severe = rules.severities.iter().any(|known| known.to_lowercase() == severity.trim().to_lowercase());
        let grace = i64::from(rules.grace_minutes) * 60_000;
        // An end before the beginning is a wrong time.
        let ended = match incident.resolved_at {
            Some(end) => at > end + grace || end + grace < opened,
            None => incident.has_ended,
        };
        severe && same_service && opened <= at && !ended
    })
}

fn out_of_hours(policy: &Policy, at: i64) -> bool {
    let local = Timestamp::from_millis(at).unwrap().to_utc().with_timezone(&policy.period.timezone);
    let hours = policy.signals.business_hours;
    let open = local.time() >= hours.from && local.time() < hours.to;
    !open || !is_business_day(local.date_naive(), &policy.calendar)
}

fn is_declared(signals: Signals) -> bool {
    signals.has(Signal::EmergencyLabel) || signals.has(Signal::EmergencyTicket)
}

fn is_exempt_by_rule(ledger: &LedgerColumns, policy: &Policy, change: usize, texts: &Texts<'_>) -> bool {
    let by_bot = ledger.changes.author[change].is_some_and(|who| ledger.people[who as usize].1 == PersonKind::Bot);
    policy.exemption.bots && by_bot || texts.on_change(TextSignal::Exempting)
}

/// What became of the change at the rules, which look for emergencies among those that are neither declared nor exempt.
fn detection(policy: &Policy, by_rule: bool, signals: Signals, says: Detection) -> Detection {
    let is_asked = !is_declared(signals) && !by_rule;
    let is_found = policy.detection.iter().any(|rule| signals.has_all(rule.signals()));
    if is_asked && is_found { says } else { Detection::NotFound }
}

fn class(by_rule: bool, signals: Signals, (exempted, detection): (bool, Detection)) -> Class {
    if exempted {
        Class::Exempt
    } else if is_declared(signals) {
        Class::DeclaredEmergency
    } else if by_rule {
        Class::Exempt
    } else if matches!(detection, Detection::Unjudged | Detection::Confirmed) {
        Class::UnlabelledEmergency
    } else if signals.has(Signal::Unreviewed) {
        Class::Unreviewed
    } else {
        Class::Routine
    }
}

fn incident_link(ledger: &LedgerColumns, change: usize, attested: &[Option<u32>]) -> IncidentLinkState {
    let links: Vec<_> = ledger.incident_links.iter().filter(|link| link.change as usize == change).collect();
    let by_person = |is_imported: bool| attested.iter().any(|incident| incident.is_some() == is_imported);
    if links.iter().any(|link| link.incident.is_some() && link.two_way) {
        IncidentLinkState::TwoWay
    } else if links.iter().any(|link| link.incident.is_some()) || by_person(true) {
        IncidentLinkState::OneWay
    } else if !links.is_empty() || by_person(false) {
        IncidentLinkState::Dangling
    } else if texts_carried(ledger, change) {
        IncidentLinkState::Missing
    } else {
        IncidentLinkState::Unknown
    }
}

fn self_merged(ledger: &LedgerColumns, change: usize) -> Option<bool> {
    let (author, merger) = (ledger.changes.author[change]?, ledger.changes.merged_by[change]?);
    match (ledger.people[author as usize].1, ledger.people[merger as usize].1) {
        (PersonKind::Deleted, _) => None,
        (_, PersonKind::Human) => Some(author == merger),
        _ => None,
    }
}

fn self_approved(ledger: &LedgerColumns, change: usize, as_of: Timestamp) -> bool {
    let reviews = &ledger.reviews;
    (0..reviews.change.len()).any(|row| {
        reviews.change[row] as usize == change
            && reviews.verdict[row] == Verdict::Approved as u8
            && reviews.submitted_at[row].is_none_or(|at| at <= as_of.millis())
            && ledger.changes.author[change] == Some(reviews.reviewer[row])
            && ledger.people[reviews.reviewer[row] as usize].1 != PersonKind::Deleted
    })
}

/// Somebody asked for changes, and did not approve (or comment, where that is as good) at the same time or later, all of
/// it up to the merge.
fn changes_requested_open(ledger: &LedgerColumns, change: usize, comments_settle: bool) -> bool {
    let Some(merged) = ledger.changes.merged_at()[change] else { return false };
    let reviews = &ledger.reviews;
    let said = |verdict: Verdict| {
        (0..reviews.change.len()).filter_map(move |row| {
            let at = reviews.submitted_at[row].filter(|at| *at <= merged)?;
            let wanted = reviews.change[row] as usize == change && reviews.verdict[row] == verdict as u8;
            wanted.then_some((reviews.reviewer[row], at))
        })
    };
    let settles =
        |verdict: Verdict, who: u32, objected: i64| said(verdict).any(|(other, at)| other == who && at >= objected);
    said(Verdict::ChangesRequested).any(|(who, objected)| {
        !(settles(Verdict::Approved, who, objected) || comments_settle && settles(Verdict::Commented, who, objected))
    })
}
