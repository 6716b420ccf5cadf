import type { ChangePage } from "../../bindings/ChangePage";
import type { Explanation } from "../../bindings/Explanation";
import type { LinkLine } from "../../bindings/LinkLine";
import type { PolicyReference } from "../../bindings/PolicyReference";
import type { ReviewLine } from "../../bindings/ReviewLine";
import type { TimelineEntry } from "../../bindings/TimelineEntry";
import { fakeControls } from "./controls";
import { reviewHours } from "./numbers";
import type { FakeChange } from "./world";

const HOUR = 3_600_000;
const SHA = "5b0c1f6a3d7e94812c6f0b5d8a1e3c7f9d2b4a6e8c0f1d3b5a7e9c1d3f5b7a90";

function shifted(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * HOUR).toISOString();
}

function linksOf(change: FakeChange): LinkLine[] {
  if (change.incident === "none") return [];
  const resolved = change.incident !== "dangling";
  return [
    {
      kind: "incident",
      name: resolved ? "PGR8K2L" : "PGR9X01",
      title: resolved ? "Booking API error rate above 5%" : null,
      found_in: "body",
      via_ticket: change.incident === "one_way" ? "OPS-412" : null,
      two_way: change.incident === "two_way",
      opened_at: resolved ? shifted(change.implemented_at, -2) : null,
      resolved_at: resolved ? shifted(change.implemented_at, 1) : null,
      url: resolved ? "https://marlpoint.pagerduty.example/incidents/PGR8K2L" : null,
    },
    {
      kind: "ticket",
      name: "OPS-412",
      title: "Bookings fail since the last deployment",
      found_in: "branch",
      via_ticket: null,
      two_way: false,
      opened_at: shifted(change.implemented_at, -1.5),
      resolved_at: null,
      url: null,
    },
  ];
}

function reviewsOf(change: FakeChange): ReviewLine[] {
  if (change.approval === "unknown" || change.approval === "never") return [];
  const at = change.reviewed_at ?? shifted(change.implemented_at, change.approval === "before" ? -3 : 5);
  const note =
    change.approval === "before"
      ? "counts: at or before implementation"
      : "counts as the retroactive review, not as an approval before";
  return [
    { reviewer: "carrier-bot", verdict: "approved", at: shifted(at, -1), note: "does not count: a bot" },
    { reviewer: "tlundqvist", verdict: "approved", at, note },
  ];
}

function timelineOf(change: FakeChange, reviews: readonly ReviewLine[], links: readonly LinkLine[]): TimelineEntry[] {
  const by = change.author ?? "an unknown person";
  const entries: TimelineEntry[] = [
    { at: shifted(change.implemented_at, -4), kind: "opened", text: `Opened by ${by}` },
    { at: change.implemented_at, kind: "implemented", text: `Merged into main by ${by}` },
  ];
  for (const review of reviews) {
    if (review.at !== null)
      entries.push({ at: review.at, kind: "approved", text: `Approved by ${review.reviewer}: ${review.note}` });
  }
  for (const link of links) {
    if (link.kind !== "incident" || link.opened_at === null) continue;
    entries.push({ at: link.opened_at, kind: "incident_opened", text: `${link.name}: ${link.title ?? ""}` });
    if (link.resolved_at !== null) entries.push({ at: link.resolved_at, kind: "incident_resolved", text: link.name });
  }
  if (change.due_at !== null) entries.push({ at: change.due_at, kind: "due", text: "The retroactive review is due" });
  return entries.sort((a, b) => a.at.localeCompare(b.at));
}

function sentenceOf(change: FakeChange): string {
  const hours = reviewHours([change])[0]?.toFixed(1) ?? "";
  const sentences: Record<FakeChange["review_state"], string> = {
    not_owed: "No retroactive review is owed.",
    on_time: `Reviewed ${hours} h after implementation, within 24 h.`,
    late: `Reviewed ${hours} h after implementation; the deadline was 24 h.`,
    pending: "Not reviewed yet; the deadline has not passed.",
    overdue: "Not reviewed, and the deadline has passed.",
    unknown: "The imported files carry no review data for this change.",
  };
  return sentences[change.review_state];
}

/** The record of a change as the made-up export has it. */
export function fakeRecord(change: FakeChange): string {
  const record = {
    number: Number(change.id.split("#")[1]),
    title: change.title,
    author: { login: change.author },
    mergedAt: change.implemented_at,
    baseRefName: "main",
    url: change.url,
    labels: change.class === "declared_emergency" ? [{ name: "emergency" }] : [],
  };
  return JSON.stringify(record, null, 2);
}

/** Everything the made-up ledger knows about a change. */
export function fakePage(change: FakeChange, policy: PolicyReference): ChangePage {
  const links = linksOf(change);
  const reviews = reviewsOf(change);
  return {
    ...change,
    kind: "pull_request",
    body: "Bookings from the mobile app fail at the confirmation step.\n\nJustification: customers cannot book.\nAuthorised by: Ines Okafor",
    population: { counted: true, reason: "Counted: merged into main, a branch of the population." },
    policy,
    facts: [
      { fact: "merged_by", label: "Merged by", value: change.author },
      { fact: "base_branch", label: "Into branch", value: "main" },
      { fact: "approved_before", label: "Approved before", value: change.approval === "before" ? "yes" : "no" },
      {
        fact: "authorised_by",
        label: "Authorised by",
        value: change.missing.includes("authorisation") ? "nobody on record" : "Ines Okafor",
      },
      { fact: "deployed_at", label: "Deployed", value: null },
      { fact: "tests_passed", label: "Tests passed", value: null },
    ],
    controls: fakeControls(change),
    signal_lines: change.signals.map((signal) => ({
      signal,
      text:
        signal === "emergency_label"
          ? "label “emergency”"
          : signal === "hotfix_branch"
            ? "branch hotfix/ops-412"
            : change.title,
    })),
    review: {
      state: change.review_state,
      due_at: change.due_at,
      reviewed_at: change.reviewed_at,
      hours: reviewHours([change])[0] ?? null,
      sentence: sentenceOf(change),
    },
    reviews,
    incident_link: change.incident === "none" ? "missing" : change.incident,
    links,
    timeline: timelineOf(change, reviews, links),
    revisions: [
      {
        import: 3,
        file: `${change.repository.split("/")[1] ?? ""}-pull-requests.json`,
        sha256: SHA,
        span: { offset: 18_204, length: fakeRecord(change).length },
        imported_at: "2026-11-20T09:12:00Z",
        updated_at: shifted(change.implemented_at, 30),
      },
    ],
    attestations: [],
    without_attestations: [],
  };
}

/** Why a change of the made-up ledger was judged as it was. */
export function fakeExplanation(change: FakeChange, policy: PolicyReference): Explanation {
  const page = fakePage(change, policy);
  return {
    id: change.id,
    title: change.title,
    class: change.class,
    summary: [`It belongs to ${change.quarter}.`, page.population.reason],
    signals: page.signal_lines,
    rules: [],
    review: [page.review.sentence],
    left_open: change.left_open,
    controls: page.controls,
    policy,
  };
}
