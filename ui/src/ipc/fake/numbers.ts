import type { QuarterMetrics } from "../../bindings/QuarterMetrics";
import { AS_OF, type FakeChange } from "./world";

const HOUR = 3_600_000;

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function quantile(sorted: readonly number[], q: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * q;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

function quarterEnds(quarter: string): { from: string; to: string } {
  const year = Number(quarter.slice(0, 4));
  const first = (Number(quarter.slice(6)) - 1) * 3;
  const iso = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: iso(Date.UTC(year, first, 1)), to: iso(Date.UTC(year, first + 3, 0)) };
}

/** Hours from implementation to review, ascending, over the reviewed changes. */
export function reviewHours(changes: readonly FakeChange[]): number[] {
  return changes
    .filter((change) => change.reviewed_at !== null)
    .map((change) => (Date.parse(change.reviewed_at ?? "") - Date.parse(change.implemented_at)) / HOUR)
    .sort((a, b) => a - b);
}

/** The numbers of one quarter of the made-up ledger, by plain counting. */
export function quarterNumbers(quarter: string, all: readonly FakeChange[]): QuarterMetrics {
  const changes = all.filter((change) => change.quarter === quarter);
  const n = (test: (change: FakeChange) => boolean) => changes.filter(test).length;
  const emergencies = changes.filter((change) => change.class.endsWith("_emergency"));
  const e = (test: (change: FakeChange) => boolean) => emergencies.filter(test).length;
  const declared = n((change) => change.class === "declared_emergency");
  const unlabelled = n((change) => change.class === "unlabelled_emergency");
  const ratio = share(emergencies.length, changes.length);
  const hours = reviewHours(changes);
  const days = hours.map((span) => Math.floor(span / 24));
  const state = (wanted: string) => n((change) => change.review_state === wanted);
  const settled = state("on_time") + state("late") + state("overdue");
  const open = changes.filter((change) => change.review_state === "overdue" || change.review_state === "pending");
  const ages = open.map((change) => (Date.parse(AS_OF) - Date.parse(change.implemented_at)) / HOUR);
  const none = e((change) => change.incident === "none");
  const dangling = e((change) => change.incident === "dangling");
  const authorised = e((change) => !change.missing.includes("authorisation"));
  const justified = e((change) => !change.missing.includes("justification"));
  return {
    quarter,
    ...quarterEnds(quarter),
    changes: changes.length,
    classes: {
      declared_emergency: declared,
      unlabelled_emergency: unlabelled,
      unreviewed: n((change) => change.class === "unreviewed"),
      exempt: n((change) => change.class === "exempt"),
      routine: n((change) => change.class === "routine"),
    },
    emergencies: emergencies.length,
    emergency_ratio: ratio,
    declared_ratio: share(declared, changes.length),
    ratio_limit: 0.1,
    ratio_state: ratio === null ? "n/a" : ratio > 0.1 ? "breach" : ratio > 0.05 ? "warning" : "within",
    approval: {
      before: n((change) => change.approval === "before"),
      after: n((change) => change.approval === "after"),
      none: n((change) => change.approval === "never"),
      unknown: n((change) => change.approval === "unknown"),
    },
    retroactive_review: {
      owed: n((change) => change.owed),
      on_time: state("on_time"),
      late: state("late"),
      pending: state("pending"),
      overdue: state("overdue"),
      unknown: state("unknown"),
      median_hours: quantile(hours, 0.5),
      p90_hours: quantile(hours, 0.9),
      median_business_days: quantile(days, 0.5),
      p90_business_days: quantile(days, 0.9),
      kaplan_meier_median_hours: quantile(hours, 0.55),
      on_time_rate: share(state("on_time"), settled),
      oldest_open_hours: ages.length === 0 ? null : Math.max(...ages),
    },
    unlabelled_emergencies: {
      count: unlabelled,
      share: share(unlabelled, emergencies.length),
      labels_unknown: 0,
      confirmed: 0,
      dismissed: 0,
    },
    missing_incident_links: {
      count: none + dangling,
      share: share(none + dangling, emergencies.length),
      none,
      dangling,
      one_way: e((change) => change.incident === "one_way"),
      unknown: 0,
    },
    authorisation: { recorded: authorised, share: share(authorised, emergencies.length), unknown: 0 },
    justification: { recorded: justified, share: share(justified, emergencies.length), unknown: 0 },
    documentation: {
      on_time: Math.floor(justified * 0.8),
      share: share(Math.floor(justified * 0.8), emergencies.length),
      pending: 0,
      unknown: 0,
    },
    self_merged: Math.floor(changes.length * 0.2),
    merger_unknown: 0,
    self_approved: 0,
    batch_stamped: 0,
    attested: 0,
    detection: [],
    deployment_rework: { deployments: 0, unplanned: 0, unknown: 0, rework_rate: null },
    patches: { on_time: 0, late: 0, pending: 0, overdue: 0, set_aside: 0, unknown: 0, on_time_rate: null },
    severe_incidents: { incidents: 0, with_changes: 0, undeclared: 0, unknown: 0, severity_unknown: 0 },
    controls: {},
  };
}
