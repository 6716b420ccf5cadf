import type { Definition } from "../../bindings/Definition";
import type { ImportManifest } from "../../bindings/ImportManifest";
import type { PolicyAnswer } from "../../bindings/PolicyAnswer";
import type { PresetLine } from "../../bindings/PresetLine";
import type { RejectedRow } from "../../bindings/RejectedRow";

const SHA = "9f2c4d6e8a0b1c3d5e7f9a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d9e1f3a5b7c9d";

/** The policy of the made-up ledger. */
export const fakePolicy: PolicyAnswer = {
  policy: { name: "retroactive-24h", version: "1.0", sha256: SHA },
  title: "Retroactive review within 24 hours",
  summary: "Emergency changes may bypass the standard review. A peer review follows within 24 hours.",
  effective_from: null,
  document: [
    'name = "retroactive-24h"',
    'version = "1.0"',
    "[period]",
    "fiscal_year_start = 1",
    'timezone = "UTC"',
    "[population]",
    'branches = ["main", "master", "trunk", "release/*"]',
    "count_exempt = true",
    "[[detection]]",
    'all = ["unreviewed", "incident_link"]',
    "[[detection]]",
    'all = ["bypass_recorded"]',
    "[review]",
    'owed = "unreviewed"',
    'deadline = "24h"',
    "[ratio]",
    "limit = 0.10",
    "warning = 0.05",
    "[small_numbers]",
    "minimum = 10",
  ].join("\n"),
  history: [
    { policy: { name: "retroactive-24h", version: "1.0", sha256: SHA }, effective_from: null, standing: "in_force" },
  ],
};

/** The presets of the made-up ledger. */
export const fakePresets: PresetLine[] = [
  { policy: fakePolicy.policy, title: fakePolicy.title, summary: fakePolicy.summary, in_force: true },
];

/** Definitions of the numbers on the screens. */
export const fakeDefinitions: Definition[] = [
  [
    "emergency_ratio",
    "Emergency ratio",
    "share",
    "Emergencies, labelled or found by a rule, among all changes.",
    "|E| / N",
  ],
  [
    "retroactive_review.median_hours",
    "Time to retroactive review",
    "hours",
    "First review after implementation minus implementation.",
    "median, p90",
  ],
  [
    "unlabelled_emergencies",
    "Unlabelled emergencies",
    "changes",
    "Emergencies that nobody labelled.",
    "count, count / |E|",
  ],
  [
    "missing_incident_links",
    "Missing incident links",
    "changes",
    "Emergencies without a resolved incident link.",
    "none + dangling",
  ],
  ["retroactive_review", "Retroactive reviews", "reviews", "Owed reviews not given at the moment of looking.", "count"],
].map(([id = "", name = "", unit = "", definition = "", formula = ""]) => ({
  id,
  name,
  unit,
  definition,
  formula,
  null_when: "the quarter has none of what it divides by",
}));

function manifest(id: number, file: string, part: Partial<ImportManifest>): ImportManifest {
  return {
    id,
    file,
    sha256: SHA,
    bytes: 2_804_112,
    source: "GitHub",
    kind: "github-gh",
    recognised_by: "a list of objects with `number`, `mergedAt` and `reviews`",
    status: "imported",
    rows: { read: 1204, accepted: 1190, updated: 8, unchanged: 4, rejected: 2 },
    records: {
      changes: 1102,
      not_implemented: 100,
      reviews: 1980,
      tickets: 0,
      incidents: 0,
      deployments: 0,
      bypasses: 0,
      checks: 0,
      alerts: 0,
      messages: 0,
      settings: 0,
      commits: 0,
      links: 644,
    },
    first: "2024-10-01T08:12:00Z",
    last: "2026-11-20T14:20:00Z",
    carries: ["author", "implementation_time", "approver", "approval_time", "labels", "text"],
    cannot_tell: ["change_type", "incident_times"],
    timezone: null,
    imported_at: "2026-11-20T09:12:00Z",
    warnings: [],
    ...part,
  };
}

/** The imports of the made-up ledger, newest first. */
export const fakeImports: ImportManifest[] = [
  manifest(3, "booking-pull-requests.json", {
    warnings: [{ code: "rows_rejected", message: "2 rows could not be read; the rest was imported." }],
  }),
  manifest(2, "OPS-issues.csv", {
    source: "Jira",
    kind: "jira-csv",
    recognised_by: "columns Issue key, Issue Type and Created",
    timezone: "UTC",
    rows: { read: 1000, accepted: 1000, updated: 0, unchanged: 0, rejected: 0 },
    warnings: [
      {
        code: "cut_off",
        message: "The file has exactly 1,000 rows, the most that Jira exports at once: it is probably cut off.",
      },
    ],
  }),
  manifest(1, "incidents.json", {
    source: "PagerDuty",
    kind: "pagerduty-json",
    status: "unchanged",
    rows: { read: 96, accepted: 0, updated: 0, unchanged: 96, rejected: 0 },
  }),
];

/** Rejected rows of an import. */
export const fakeRejects: RejectedRow[] = [17, 803].map((row) => ({
  raw: '{"number": 1217, "mergedAt": "yesterday", "title": "Retry the carrier webhook"}',
  place: { row, line: row * 14, span: { offset: row * 2301, length: 79 } },
  field: "mergedAt",
  reason: "“yesterday” is no date and time",
}));

/** A page of a report. */
export const fakeReportPage =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595" height="842"><rect width="595" height="842" fill="#fff"/><rect x="60" y="70" width="300" height="22" fill="#1F5FA8"/><g fill="#c3c9d0"><rect x="60" y="120" width="470" height="8"/><rect x="60" y="140" width="440" height="8"/><rect x="60" y="160" width="455" height="8"/></g></svg>';
