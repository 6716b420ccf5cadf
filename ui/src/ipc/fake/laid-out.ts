import type { FileQuestion } from "../../bindings/FileQuestion";
import type { ImportRequest } from "../../bindings/ImportRequest";
import type { LaidOutContent } from "../../bindings/LaidOutContent";
import type { LaidOutFile } from "../../bindings/LaidOutFile";
import type { PreviewRow } from "../../bindings/PreviewRow";
import type { Recognised } from "../../bindings/Recognised";
import type { UnknownTable } from "../../bindings/UnknownTable";

/** What a person would choose: one file of every sort. */
export const fakeChoice = [
  "/exports/booking-pull-requests.json",
  "/exports/OPS-issues.csv",
  "/exports/incidents-us.csv",
  "/exports/change-register.csv",
  "/exports/notes.txt",
];

const gh: Recognised = {
  source: "GitHub",
  kind: "github-gh",
  reason: "Its records have the fields of gh pr list --json.",
};
const jira: Recognised = {
  source: "Jira",
  kind: "jira-csv",
  reason: "It has the columns Issue key, Issue Type and Created.",
};
const pagerduty: Recognised = {
  source: "PagerDuty",
  kind: "pagerduty-csv",
  reason: "It has the columns incident_number, created_on and resolved_on.",
};
const register: Recognised = {
  source: "Table",
  kind: "generic-csv",
  reason: "It is a table, and the profile “change-register” says what its columns mean.",
};

function row(number: number, kind: string, name: string, facts: Record<string, string | null>): PreviewRow {
  const listed = Object.entries(facts).map(([fact, value]) => ({ fact, value }));
  return { row: number, line: null, records: [{ kind, name, facts: listed }], reject: null };
}

function content(kind: string, rows: PreviewRow[], part: Partial<LaidOutContent> = {}): LaidOutContent {
  return {
    whole: true,
    readable: 240,
    rejected: 0,
    records: [{ kind, count: 240 }],
    rows,
    carries: ["author", "implementation_time", "approver", "approval_time", "labels", "text"],
    cannot_tell: ["change_type", "incident_times"],
    warnings: [],
    ...part,
  };
}

const pullRequests = content(
  "change",
  [2001, 2002, 2003].map((number, place) =>
    row(place + 1, "change", `github:marlpoint/booking#${number}`, {
      title: "Retry the carrier webhook",
      state: "implemented",
      author: "ines-okafor",
      opened_at: "2026-11-02T09:10:00Z",
      implemented_at: "2026-11-02T14:25:00Z",
      merged_by: null,
      base_branch: "main",
      labels: "",
      reviews: "1",
    }),
  ),
  { rejected: 2 },
);

const issues = (zone: string) =>
  content(
    "ticket",
    [
      row(1, "ticket", "OPS-412", {
        title: "Bookings fail",
        opened_at: zone === "" ? "2026-07-01T10:00:00Z" : "2026-07-01T08:00:00Z",
      }),
    ],
    { carries: ["text", "labels"], cannot_tell: ["author"] },
  );

const incidents = content("incident", [
  row(1, "incident", "PGR8K2L", { title: "Booking API error rate above 5%", opened_at: "2026-04-03T10:00:00Z" }),
]);

const changes = content("change", [
  row(1, "change", "change-register:C-101", { title: "Replace the switch", implemented_at: "2026-07-01T10:00:00Z" }),
]);

/** The change register of the made-up company; read through a profile once one was saved. */
function registerTable(saved: string | null): UnknownTable {
  const field = (name: string, label: string, needed = false) => ({ field: name, label, needed });
  return {
    columns: ["Change-Nr.", "Was", "Umgesetzt am", "Freigabe durch"],
    rows: [
      ["C-101", "Replace the switch", "2026-07-01 10:00", "Ines Okafor"],
      ["C-102", "Renew the certificate", "2026-07-03 16:30", ""],
    ],
    profile: {
      name: "change-register",
      record: "change",
      columns: [
        { column: "Change-Nr.", field: "number" },
        ...(saved === null ? [] : [{ column: "Umgesetzt am", field: "implemented_at" }]),
      ],
    },
    saved_as: saved,
    record_kinds: [
      {
        record: "change",
        fields: [
          field("number", "Number or key", true),
          field("title", "Title"),
          field("implemented_at", "When it was implemented", true),
          field("approver", "Who approved it"),
        ],
      },
      { record: "ticket", fields: [field("number", "Number or key", true), field("title", "Title")] },
    ],
  };
}

const unread: Omit<LaidOutFile, "path" | "file"> = {
  among_others: false,
  bytes: 280_411,
  known_as: null,
  recognised: null,
  content: null,
  questions: [],
  table: null,
  error: null,
};

const zoneQuestion: FileQuestion = {
  question: "time_zone",
  assumed: "UTC",
  example: { column: "Created", text: "2026-07-01 10:00", at: "2026-07-01T10:00:00Z" },
};
const orderQuestion: FileQuestion = {
  question: "date_order",
  column: "created_on",
  example: "03/04/26 10:00",
  day_first: "3 April 2026",
  month_first: "4 March 2026",
};

/** A file as the made-up host sees it, under the answers of a request. */
function seen(file: string, request: ImportRequest): Partial<LaidOutFile> {
  switch (file) {
    case "booking-pull-requests.json":
      return { recognised: gh, content: pullRequests, known_as: null };
    case "OPS-issues.csv": {
      const questions = request.timezone === null ? [zoneQuestion] : [];
      return { recognised: jira, content: issues(request.timezone ?? ""), questions };
    }
    case "incidents-us.csv":
      return request.date_order === null
        ? {
            recognised: pagerduty,
            questions: [orderQuestion],
            error: {
              code: "ambiguous_dates",
              message: "The dates in column created_on can be read in two ways.",
              hints: [],
            },
          }
        : { recognised: pagerduty, content: incidents };
    case "change-register.csv":
      return request.profile === null
        ? {
            table: registerTable(null),
            questions: [{ question: "columns" }],
            error: { code: "not_recognised", message: "It is a table of an unknown tool.", hints: [] },
          }
        : { recognised: register, content: changes, table: registerTable(request.profile) };
    default:
      return { error: { code: "not_recognised", message: `${file} is of no known kind.`, hints: [] } };
  }
}

/** Looks at made-up files. */
export function fakeLook(request: ImportRequest): LaidOutFile[] {
  return request.paths.map((path) => ({ ...unread, path, file: path, ...seen(path.split("/").at(-1) ?? "", request) }));
}
