use super::{
    super::{subject::Subject, table::Table},
    of, word,
};
use change_ledger_model::{
    attestation::Detection,
    control::{Attribute, ControlAnswer},
    judgement::{ApprovalTiming, Class, IncidentLinkState, ReviewState, Signal, Signals},
    record::{ChangeKind, ReviewCoverage},
};
use std::collections::HashSet;

/// One row per implemented change: what it is, the facts that it was judged by, and the verdicts.
pub(super) fn table<'a>(subject: &Subject<'a>) -> Table<'a> {
    let table = Table::new("changes", "One row per implemented change: its facts, then the verdicts on it")
        .of_changes((0_u32..).take(subject.len()).collect());
    controls(verdicts(facts(identity(table, subject), subject), subject), subject)
}

fn identity<'a>(table: Table<'a>, subject: &Subject<'a>) -> Table<'a> {
    let rows = 0..subject.len();
    let changes = &subject.columns.changes;
    let handle = |person: Option<u32>| subject.columns.people.get(person? as usize).map(|(handle, _)| handle.as_str());
    let kind = |person: Option<u32>| word(subject.columns.people.get(person? as usize).map(|(_, kind)| *kind));
    let commit_authors: HashSet<(u32, u32)> = subject.columns.commit_authors.iter().copied().collect();
    let is_commit_author = |at: usize, person: Option<u32>| {
        u32::try_from(at).ok().zip(person).is_some_and(|pair| commit_authors.contains(&pair))
    };
    let branch = |at| subject.columns.branches.get(of(&changes.base_branch, at)?? as usize).map(String::as_str);
    table
        .text("change_id", "Ledger-wide name; no two rows have the same", rows.clone().map(|at| subject.id(at)))
        .text(
            "quarter",
            "Quarter of the implementation; null when its time is unknown",
            rows.clone().map(|at| subject.quarter(at).map(|quarter| quarter.to_string())),
        )
        .text("repository", "Repository, or project of a change ticket", rows.clone().map(|at| subject.repository(at)))
        .text(
            "kind",
            "pull_request or change_ticket",
            rows.clone().map(|at| word(of(&changes.kind, at).and_then(ChangeKind::from_code))),
        )
        .text("title", "Title line", rows.clone().map(|at| subject.names.titles.get(at).map(String::as_str)))
        .text("address", "Web address", rows.clone().map(|at| subject.names.addresses.get(at)?.as_deref()))
        .text("base_branch", "Branch merged into; null when no file names it", rows.clone().map(branch))
        .text(
            "author",
            "Who opened it: the handle of the person, accounts of one person united; null when unknown or deleted",
            rows.clone().map(|at| handle(of(&changes.author, at)?)),
        )
        .integer(
            "author_number",
            "Stands for the author: equal numbers are one person; null when no file names the author",
            rows.clone().map(|at| of(&changes.author, at)?.map(i64::from)),
        )
        .text(
            "author_kind",
            "human, bot or deleted; null when no file names the author",
            rows.clone().map(|at| kind(of(&changes.author, at)?)),
        )
        .text(
            "merged_by",
            "Who merged it; null when unknown or deleted",
            rows.clone().map(|at| handle(of(&changes.merged_by, at)?)),
        )
        .integer(
            "merged_by_number",
            "Stands for whoever merged it, as author_number does; null when no file names who merged",
            rows.clone().map(|at| of(&changes.merged_by, at)?.map(i64::from)),
        )
        .text(
            "merged_by_kind",
            "human, bot or deleted; null when no file names who merged",
            rows.clone().map(|at| kind(of(&changes.merged_by, at)?)),
        )
        .boolean(
            "merger_is_commit_author",
            "Whether whoever merged it is a known author or co-author of its commits",
            rows.map(|at| Some(is_commit_author(at, of(&changes.merged_by, at)?))),
        )
}

fn facts<'a>(table: Table<'a>, subject: &Subject<'a>) -> Table<'a> {
    let rows = 0..subject.len();
    let (changes, facts, verdicts) = (&subject.columns.changes, subject.facts, subject.verdicts);
    let settler =
        |at| subject.columns.people.get(of(&facts.settled_by, at)?? as usize).map(|(handle, _)| handle.as_str());
    let names_other: HashSet<usize> =
        subject.columns.tickets_not_imported.iter().map(|change| *change as usize).collect();
    let table = table
        .moment("opened", "When it was opened; null when unknown;", rows.clone().map(|at| of(&changes.opened_at, at)?))
        .moment("implemented", "The moment that the policy takes for the implementation; null when unknown;", rows.clone().map(|at| of(&facts.implemented_at, at)?))
        .moment("merged", "When it was merged or worked off, whatever the policy's clock counts; null when unknown;", rows.clone().map(|at| of(changes.merged_at(), at)?))
        .integer("people_asked", "How many different people must approve it if it is no emergency, by its category; 0 where its author decides alone", rows.clone().map(|at| of(&facts.people_asked, at).map(i64::from)))
        .integer("policy_version", "The policy that judged it: the one in force at the implementation", rows.clone().map(|at| of(&verdicts.policy_version, at).map(i64::from)))
        .boolean("counted_branch", "Whether its policy counts changes merged into this branch", rows.clone().map(|at| of(&facts.counted_branch, at)))
        .text("review_coverage", "How far the files carry its reviews: not_carried, complete or possibly_cut", rows.clone().map(|at| word(of(&changes.review_coverage, at).and_then(ReviewCoverage::from_code))))
        .boolean("labels_known", "Whether some file carried its labels", rows.clone().map(|at| of(&changes.labels_known, at)))
        .boolean("texts_known", "Whether some file carried its description", rows.clone().map(|at| of(&changes.texts_known, at)))
        .boolean("names_other_ticket", "Whether it names a ticket that was not imported", rows.clone().map(|at| Some(names_other.contains(&at))))
        .integer("head_commit", "Stands for the merged commit: equal numbers are equal commits; null when unknown", rows.clone().map(|at| of(&changes.head_commit, at)?.map(i64::from)))
        .moment("approved_before", "When the last of the required qualifying approvals came, at or before the implementation; null when they did not;", rows.clone().map(|at| of(&verdicts.approved_before_at, at)?))
        .moment("approved_after", "The first qualifying approval later than the implementation, by which enough people had approved; null when there is none;", rows.clone().map(|at| of(&verdicts.approved_after_at, at)?))
        .moment("possibly_approved_after", "The first approval later than the implementation that qualifies or may qualify; null when there is none;", rows.clone().map(|at| of(&facts.possibly_approved_after_at, at)?))
        .boolean("notes_known", "Whether the files carried the dated notes in which a review may be recorded", rows.clone().map(|at| of(&facts.notes_known, at)))
        .moment("recorded_review", "The first record of a review in the notes of tickets and incidents; null when there is none;", rows.clone().map(|at| of(&facts.recorded_review_at, at)?))
        .moment("attested_review", "When it was reviewed, as a person attests; null when nobody does;", rows.clone().map(|at| of(&facts.attested_review_at, at)?))
        .boolean("exempted", "Whether a label, the title or the branch exempts it by rule", rows.clone().map(|at| of(&facts.exempted, at)))
        .boolean("attested_exempt", "Whether a person attests that it is exempt", rows.clone().map(|at| of(&facts.attested_exempt, at)))
        .text("person_says", "What a person says of its detection: unjudged, confirmed or dismissed", rows.clone().map(|at| word(of(&facts.person_says, at).and_then(Detection::from_code))))
        .boolean("attested", "Whether anything holds that a person attested of it", rows.clone().map(|at| of(&verdicts.attested, at)))
        .text("settled_by", "Who gave the approval that settled the owed retroactive review; null when no approval did, or the person is unknown", rows.clone().map(settler))
        .integer("settled_by_number", "Stands for that person, as author_number does; null when no approval did", rows.clone().map(|at| of(&facts.settled_by, at)?.map(i64::from)))
        .boolean("approval_covers_head", "Whether a qualifying approval covers the merged commit; null when commits are unknown or nothing was approved", rows.clone().map(|at| of(&verdicts.approval_covers_head, at)?))
        .boolean("changes_requested_open", "Whether a reviewer's last word before the implementation asked for changes", rows.clone().map(|at| of(&verdicts.changes_requested_open, at)))
        .boolean("authorised", "Whether an authorisation is on record; null when the files cannot tell", rows.clone().map(|at| of(&verdicts.authorised, at)?))
        .boolean("justified", "Whether a justification is on record; null when the files cannot tell", rows.clone().map(|at| of(&verdicts.justified, at)?))
        .moment("documented", "The first documentation written at or after the implementation; null when there is none;", rows.clone().map(|at| of(&verdicts.documented_at, at)?))
        .boolean("documented_on_time", "Whether that was within the policy's time; null when the files cannot tell, or it is pending", rows.clone().map(|at| of(&verdicts.documented_on_time, at)?))
        .boolean("documentation_pending", "Whether it is an emergency that is not documented, and may still be in time", rows.clone().map(|at| of(&facts.documentation_pending, at)));
    Signal::ALL.into_iter().fold(table, |table, signal| {
        let (name, meaning) = (signal_column("signal", signal), format!("Signal: {}", said(signal)));
        table.boolean(
            &name,
            &meaning,
            rows.clone().map(|at| of(&verdicts.signals, at).map(|set| Signals(set).has(signal))),
        )
    })
}

fn verdicts<'a>(table: Table<'a>, subject: &Subject<'a>) -> Table<'a> {
    let rows = 0..subject.len();
    let verdicts = subject.verdicts;
    table
        .boolean(
            "in_population",
            "Verdict: whether it counts, by branch and time",
            rows.clone().map(|at| of(&verdicts.in_population, at)),
        )
        .text(
            "class",
            "Verdict: declared_emergency, unlabelled_emergency, unreviewed, exempt or routine",
            rows.clone().map(|at| word(of(&verdicts.class, at).and_then(Class::from_code))),
        )
        .text(
            "approval",
            "Verdict: the first qualifying approval came before, after, never, or that is unknown",
            rows.clone().map(|at| word(of(&verdicts.approval, at).and_then(ApprovalTiming::from_code))),
        )
        .text(
            "review_state",
            "Verdict: the owed retroactive review is not_owed, on_time, late, pending, overdue or unknown",
            rows.clone().map(|at| word(of(&verdicts.review_state, at).and_then(ReviewState::from_code))),
        )
        .moment(
            "due",
            "Verdict: when the owed retroactive review is due; null when none is owed;",
            rows.clone().map(|at| of(&verdicts.due_at, at)?),
        )
        .moment(
            "reviewed",
            "Verdict: when the owed retroactive review was done, by the earliest evidence that the policy accepts;",
            rows.clone().map(|at| of(&verdicts.reviewed_at, at)?),
        )
        .text(
            "detection",
            "Verdict: what became of it at the detection rules: not_found, unjudged, confirmed or dismissed",
            rows.clone().map(|at| word(of(&verdicts.detection, at).and_then(Detection::from_code))),
        )
        .integer(
            "review_business_days",
            "Verdict: business days from the day of implementation to the day of the owed and given retroactive review",
            rows.clone().map(|at| of(&verdicts.review_business_days, at)?.map(i64::from)),
        )
        .text(
            "incident_link",
            "Verdict: missing, dangling, one_way, two_way or unknown",
            rows.clone().map(|at| word(of(&verdicts.incident_link, at).and_then(IncidentLinkState::from_code))),
        )
        .boolean(
            "self_merged",
            "Verdict: whether its author merged it; null when either is unknown",
            rows.clone().map(|at| of(&verdicts.self_merged, at)?),
        )
        .boolean(
            "self_approved",
            "Verdict: whether its author approved it",
            rows.clone().map(|at| of(&verdicts.self_approved, at)),
        )
        .boolean(
            "batch_stamped",
            "Verdict: whether its retroactive approval was one of a batch",
            rows.map(|at| of(&verdicts.batch_stamped, at)),
        )
}

fn controls<'a>(table: Table<'a>, subject: &Subject<'a>) -> Table<'a> {
    Attribute::ALL.into_iter().fold(table, |table, control| {
        let answers = subject.facts.controls.get(&control).map_or(&[][..], Vec::as_slice);
        let meaning = format!("Control {}: pass, fail, not_applicable or unknown", control.letter());
        let words = (0..subject.len()).map(|at| word(of(answers, at).and_then(ControlAnswer::from_code)));
        table.text(&control_column(control), &meaning, words)
    })
}

/// The name of the column of a control: `control_a`.
pub(in crate::export) fn control_column(control: Attribute) -> String {
    format!("control_{}", control.letter().to_ascii_lowercase())
}

/// The name of a column about a signal: `signal_hotfix_branch`.
pub(super) fn signal_column(prefix: &str, signal: Signal) -> String {
    format!("{prefix}_{}", word(Some(signal)).unwrap_or_default())
}

const fn said(signal: Signal) -> &'static str {
    match signal {
        Signal::EmergencyLabel => "the change itself bears the emergency label, type or title tag",
        Signal::EmergencyTicket => "a linked ticket is of emergency type or bears the label",
        Signal::Unreviewed => "review data is present and there is no qualifying approval at the implementation",
        Signal::BypassRecorded => "a recorded bypass of a review rule names the change",
        Signal::HotfixBranch => "the branch is named like a hotfix",
        Signal::EmergencyWords => "title or description contains emergency words",
        Signal::IncidentLink => "a link to an incident, imported or only named",
        Signal::IncidentWindow => "implemented while a severe incident of the same service was open",
        Signal::FastMerge => "opened and implemented within minutes",
        Signal::OutOfHours => "implemented outside business hours",
    }
}
