import type { ApprovalTiming } from "../../bindings/ApprovalTiming";
import type { ChangeItem } from "../../bindings/ChangeItem";
import type { Class } from "../../bindings/Class";
import type { Missing } from "../../bindings/Missing";
import type { ReviewState } from "../../bindings/ReviewState";
import type { Signal } from "../../bindings/Signal";
import { Chance } from "./chance";

const HOUR = 3_600_000;
/** The moment at which the made-up ledger is looked at. */
export const AS_OF = "2026-11-20T15:30:00Z";

/** A change with what the made-up ledger knows about it besides the list item. */
export interface FakeChange extends ChangeItem {
  quarter: string;
  implemented_at: string;
  due_at: string | null;
  reviewed_at: string | null;
  owed: boolean;
  incident: "none" | "dangling" | "one_way" | "two_way";
}

const REPOSITORIES = ["marlpoint/booking", "marlpoint/customs", "marlpoint/platform", "marlpoint/rates"] as const;
const AUTHORS = [
  "ines-okafor",
  "jpvoss",
  "mkowalczyk",
  "hieu-tran-mp",
  "ewa-stolarz",
  "emre-yalcin",
  "siobhan-mcg",
] as const;
const VERBS = ["Add", "Tidy", "Speed up", "Fix", "Rename", "Log", "Split", "Guard", "Cache", "Retry"] as const;
const THINGS = [
  "the customs tariff lookup",
  "container slot search",
  "the booking confirmation mail",
  "rate sheet import",
  "the carrier webhook",
  "session renewal",
  "invoice rounding",
  "port code validation",
  "the nightly manifest job",
] as const;
const CAUSES = [
  "time out in production",
  "fail for Rotterdam",
  "bill twice",
  "lose the session",
  "block the queue",
] as const;

/** What makes each quarter of the story different. */
interface Season {
  quarter: string;
  from: number;
  changes: number;
  emergencies: number;
  unlabelled: number;
  late: number;
}

const seasons: Season[] = [
  ["2024-Q4", "2024-10-01", 214, 0.06, 0.3, 0.2],
  ["2025-Q1", "2025-01-01", 248, 0.07, 0.3, 0.25],
  ["2025-Q2", "2025-04-01", 263, 0.08, 0.35, 0.3],
  ["2025-Q3", "2025-07-01", 281, 0.13, 0.45, 0.4],
  ["2025-Q4", "2025-10-01", 240, 0.11, 0.4, 0.4],
  ["2026-Q1", "2026-01-01", 305, 0.08, 0.25, 0.25],
  ["2026-Q2", "2026-04-01", 322, 0.06, 0.2, 0.15],
  ["2026-Q3", "2026-07-01", 347, 0.055, 0.15, 0.12],
  ["2026-Q4", "2026-10-01", 176, 0.045, 0.1, 0.1],
].map(([quarter, from, changes, emergencies, unlabelled, late]) => ({
  quarter: String(quarter),
  from: Date.parse(String(from)),
  changes: Number(changes),
  emergencies: Number(emergencies),
  unlabelled: Number(unlabelled),
  late: Number(late),
}));

/** The quarters of the story, ascending. */
export const quarters = seasons.map((season) => season.quarter);

function isoOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** The class of a change, and when it was approved. */
function judged(chance: Chance, season: Season): { class: Class; approval: ApprovalTiming } {
  if (chance.happens(season.emergencies)) {
    const labelled = !chance.happens(season.unlabelled);
    const approval: ApprovalTiming = chance.happens(0.2) ? "before" : chance.happens(0.8) ? "after" : "never";
    return { class: labelled ? "declared_emergency" : "unlabelled_emergency", approval };
  }
  if (chance.happens(0.02)) return { class: "unreviewed", approval: "never" };
  if (chance.happens(0.03)) return { class: "routine", approval: "unknown" };
  return { class: chance.happens(0.06) ? "exempt" : "routine", approval: "before" };
}

function reviewOf(chance: Chance, season: Season, approval: ApprovalTiming, implemented: number) {
  const due = implemented + 24 * HOUR;
  if (approval !== "after") {
    const state: ReviewState = approval === "unknown" ? "unknown" : due < Date.parse(AS_OF) ? "overdue" : "pending";
    return { state, due, reviewed: null };
  }
  const hours = chance.happens(season.late) ? 24 + chance.next() * 90 : 1 + chance.next() * 22;
  const state: ReviewState = hours > 24 ? "late" : "on_time";
  return { state, due, reviewed: implemented + hours * HOUR };
}

function missingOf(change: Pick<FakeChange, "class" | "incident" | "owed" | "reviewed_at">, chance: Chance): Missing[] {
  const missing: Missing[] = [];
  if (change.incident === "none" || change.incident === "dangling") missing.push("incident");
  if (change.class === "unlabelled_emergency") missing.push("label");
  if (chance.happens(0.2)) missing.push("authorisation");
  if (chance.happens(0.15)) missing.push("justification");
  if (change.owed && change.reviewed_at === null) missing.push("review");
  return missing;
}

function signalsOf(change: Pick<FakeChange, "class" | "approval" | "incident">): Signal[] {
  const signals: Signal[] = [];
  if (change.class === "declared_emergency") signals.push("emergency_label");
  if (change.class === "unlabelled_emergency") signals.push("emergency_words", "hotfix_branch");
  if (change.approval === "after" || change.approval === "never") signals.push("unreviewed");
  if (change.incident !== "none") signals.push("incident_link");
  return signals;
}

function changeAt(chance: Chance, season: Season, place: number, number: number): FakeChange {
  const span = Math.min(season.from + 91 * 24 * HOUR, Date.parse(AS_OF) - HOUR) - season.from;
  const implemented = season.from + Math.floor(((place + chance.next()) / season.changes) * span);
  const verdict = judged(chance, season);
  const emergency = verdict.class === "declared_emergency" || verdict.class === "unlabelled_emergency";
  const owed = emergency && verdict.approval !== "before";
  const review = owed ? reviewOf(chance, season, verdict.approval, implemented) : null;
  const repository = chance.pick(REPOSITORIES);
  const incident = emergency
    ? chance.pick<FakeChange["incident"]>(["two_way", "two_way", "one_way", "one_way", "none", "dangling"])
    : "none";
  const title = emergency
    ? `${verdict.class === "declared_emergency" ? "[hotfix] " : "Urgent fix: "}${chance.pick(THINGS)} must not ${chance.pick(CAUSES)}`
    : `${chance.pick(VERBS)} ${chance.pick(THINGS)}`;
  const change: FakeChange = {
    ...verdict,
    id: `github:${repository}#${number}`,
    title,
    repository,
    author: chance.happens(0.02) ? null : chance.pick(AUTHORS),
    implemented_at: isoOf(implemented),
    quarter: season.quarter,
    signals: [],
    review_state: review?.state ?? "not_owed",
    missing: [],
    attested: false,
    left_open: [],
    counted: true,
    url: `https://github.example/${repository}/pull/${number}`,
    due_at: review === null ? null : isoOf(review.due),
    reviewed_at: review?.reviewed == null ? null : isoOf(review.reviewed),
    owed,
    incident,
  };
  return { ...change, signals: signalsOf(change), missing: emergency ? missingOf(change, chance) : [] };
}

/** Every change of the made-up company, newest first. */
export function makeChanges(): FakeChange[] {
  const chance = new Chance(8);
  let number = 1200;
  const changes = seasons.flatMap((season) =>
    Array.from({ length: season.changes }, (_, place) => changeAt(chance, season, place, ++number)),
  );
  return changes.sort((a, b) => b.implemented_at.localeCompare(a.implemented_at));
}
