import type { CompletenessAnswer } from "../../bindings/CompletenessAnswer";
import type { SourceCompleteness } from "../../bindings/SourceCompleteness";
import { AS_OF } from "./world";

function source(part: Partial<SourceCompleteness> & Pick<SourceCompleteness, "source" | "kind">): SourceCompleteness {
  return {
    files: 1,
    rows: { read: 1204, accepted: 1190, updated: 8, unchanged: 4, rejected: 2 },
    first: "2024-10-01T08:12:00Z",
    last: "2026-11-20T14:20:00Z",
    could_hold_failures: null,
    cannot_tell: [],
    cut_off: [],
    ...part,
  };
}

/** What the made-up files tell about what is missing. */
export const fakeCompleteness: CompletenessAnswer = {
  as_of: AS_OF,
  timezone: "UTC",
  sources: [
    source({
      source: "GitHub",
      kind: "github-gh",
      could_hold_failures: true,
      cannot_tell: ["change_type", "incident_times"],
    }),
    source({
      source: "Jira",
      kind: "jira-csv",
      rows: { read: 1000, accepted: 1000, updated: 0, unchanged: 0, rejected: 0 },
      cut_off: [
        {
          import: 2,
          file: "OPS-issues.csv",
          message: "The file has exactly 1,000 rows, the most that Jira exports at once: it is probably cut off.",
        },
      ],
    }),
    source({
      source: "PagerDuty",
      kind: "pagerduty-json",
      cannot_tell: ["link_fields"],
      repeated: [
        {
          import: 3,
          file: "incidents.json",
          message: "2 rows tell of a record of which an earlier row tells already; its newest row counts.",
        },
      ],
      warnings: [
        { import: 3, file: "incidents.json", message: "Times in this file have no time zone; they were read as UTC." },
      ],
    }),
  ],
  repositories: [
    {
      repository: "marlpoint/booking",
      first: 1201,
      last: 1320,
      present: 113,
      missing: 7,
      gaps: [
        { from: 1207, to: 1207 },
        { from: 1240, to: 1245 },
      ],
    },
    { repository: "marlpoint/rates", first: 1322, last: 1399, present: 78, missing: 0, gaps: [] },
  ],
  empty_months: { changes: ["2025-08"], tickets: [], incidents: ["2025-02", "2025-03"] },
  unresolved: {
    incidents: [{ name: "PGR9X01", named_by: 3, example: "github:marlpoint/booking#1209" }],
    tickets: [{ name: "OPS-1907", named_by: 1, example: null }],
    changes: ["github:marlpoint/customs#988"],
  },
  duplicates: [{ ids: ["github:marlpoint/booking#1211", "gitlab:marlpoint/booking!77"] }],
  without_change: {
    review_bypasses: {
      total: 1,
      records: [
        {
          id: "github-audit:Zk3v1",
          repository: "marlpoint/booking",
          branch: "main",
          by: "tove-lind",
          at: "2026-10-02T07:41:00Z",
        },
      ],
    },
    unclear_bypasses: { total: 0, records: [] },
    commits: {
      total: 3,
      records: [
        {
          id: "github:marlpoint/rates@5f0c2d9e",
          repository: "marlpoint/rates",
          branch: null,
          by: null,
          at: null,
        },
      ],
    },
    uncounted_tickets: {
      total: 1,
      records: [{ id: "jira:CHM-91", repository: "CHM", branch: "develop", by: "lin-eze", at: "2026-10-02T09:05:00Z" }],
    },
  },
};

/** The same of a ledger without imports. */
export const nothingToCompare: CompletenessAnswer = {
  as_of: AS_OF,
  timezone: "UTC",
  sources: [],
  repositories: [],
  empty_months: { changes: [], tickets: [], incidents: [] },
  unresolved: { incidents: [], tickets: [], changes: [] },
  duplicates: [],
  without_change: {
    review_bypasses: { total: 0, records: [] },
    unclear_bypasses: { total: 0, records: [] },
    commits: { total: 0, records: [] },
    uncounted_tickets: { total: 0, records: [] },
  },
};
