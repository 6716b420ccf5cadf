import { describe, expect, test } from "vitest";
import type { CompletenessAnswer } from "../../bindings/CompletenessAnswer";
import type { ImportManifest } from "../../bindings/ImportManifest";
import { fakeCompleteness, nothingToCompare } from "../../ipc/fake/completeness";
import { fakeImports } from "../../ipc/fake/desk";
import { findingsOf, runsThatCount } from "./findings";

describe("what points to missing records", () => {
  test("is listed with the most serious first", () => {
    expect(findingsOf(fakeCompleteness, fakeImports).map(({ id }) => id)).toEqual([
      "cut-off",
      "gaps",
      "months",
      "incidents",
      "tickets",
      "reviews",
      "review-bypasses",
      "commits",
      "uncounted-tickets",
      "repeated",
      "duplicates",
      "rejected",
      "failures",
      "warnings",
    ]);
  });

  test("is nothing where nothing was found", () => {
    expect(findingsOf(nothingToCompare, [])).toEqual([]);
  });

  function check(part: Partial<CompletenessAnswer>, words: string[], route?: object | null) {
    const lines = findingsOf({ ...nothingToCompare, ...part }, fakeImports.slice(1)).flatMap(
      (finding) => finding.lines,
    );
    expect(lines.map((line) => line.words)).toEqual(words);
    if (route !== undefined) expect(lines[0]?.route).toEqual(route);
  }

  test("names repositories with the numbers that are not there, and none that has all", () => {
    const numbers = { repository: "acme/pay", first: 1, last: 2000, present: 2000, missing: 0, gaps: [] };
    check({ repositories: [numbers] }, []);
    const gaps = [
      { from: 7, to: 7 },
      { from: 1200, to: 1207 },
    ];
    check({ repositories: [{ ...numbers, present: 1991, missing: 9, gaps }] }, [
      "acme/pay: 9 of 2,000 between #1 and #2000: #7 and #1200 to #1207",
    ]);
  });

  test("keeps a long list of gaps apart", () => {
    const gaps = [3, 5, 7, 9, 11, 13, 15].map((number) => ({ from: number, to: number }));
    const repositories = [{ repository: "acme/pay", first: 1, last: 16, present: 9, missing: 7, gaps }];
    const [line] = findingsOf({ ...nothingToCompare, repositories }, []).flatMap((finding) => finding.lines);
    expect(line?.words).toBe("acme/pay: 7 of 16 between #1 and #16");
    expect(line?.whole).toEqual({ name: "7 gaps", list: "#3, #5, #7, #9, #11, #13 and #15" });
  });

  test("names months by what is missing in them", () => {
    const months = { changes: ["2025-08"], tickets: [], incidents: ["2025-02", "2025-03"] };
    check({ empty_months: months }, ["No implemented change in 2025-08", "No incident in 2025-02 and 2025-03"]);
  });

  test("shows what no change shows, and how much more there is", () => {
    const record = { id: "audit:a1", repository: null, branch: null, by: "mara", at: "2026-07-01T12:00:00Z" };
    const records = [record, { ...record, id: "audit:a2", by: null, at: null }];
    const nothing = nothingToCompare.without_change;
    check({ without_change: { ...nothing, review_bypasses: { total: 2, records } } }, [
      "audit:a1, by mara, 2026-07-01 12:00",
      "audit:a2, at an unknown time",
    ]);
    check({ without_change: { ...nothing, commits: { total: 9, records } } }, [
      "audit:a1, by mara, 2026-07-01 12:00",
      "audit:a2, at an unknown time",
      "and 7 older ones",
    ]);
    const tickets = [{ ...record, id: "jira:CHM-91", repository: "CHM", branch: "develop" }];
    check({ without_change: { ...nothing, uncounted_tickets: { total: 1, records: tickets } } }, [
      "jira:CHM-91, on develop, by mara, 2026-07-01 12:00",
    ]);
  });

  test("leads to the import that warned", () => {
    const [first] = fakeCompleteness.sources;
    if (first === undefined) throw new Error("the made-up ledger has sources");
    const warning = { import: 4, file: "a.csv", message: "Two rows are one." };
    const line = ["a.csv: Two rows are one."];
    check({ sources: [{ ...first, could_hold_failures: true, repeated: [warning] }] }, line, {
      view: "import",
      run: 4,
    });
    check({ sources: [{ ...first, could_hold_failures: true, warnings: [{ ...warning, import: null }] }] }, line, null);
  });

  test("leads to a change that names what was not imported", () => {
    const incidents = [{ name: "PGR9X01", named_by: 1, example: "github:acme/pay#7" }];
    check(
      { unresolved: { incidents, tickets: [], changes: [] } },
      ["PGR9X01, named by 1 record, such as github:acme/pay#7"],
      { view: "change", id: "github:acme/pay#7" },
    );
  });
});

describe("a source that holds merged pull requests only", () => {
  const [base] = fakeImports;
  function check(could_hold_failures: boolean | null, changes: number, expected: string[]) {
    if (base === undefined) throw new Error("the made-up ledger has imports");
    const run: ImportManifest = {
      ...base,
      rows: { ...base.rows, rejected: 0 },
      records: { ...base.records, changes },
    };
    const sources = fakeCompleteness.sources
      .filter(({ kind }) => kind === "github-gh")
      .map((source) => ({ ...source, could_hold_failures }));
    const found = findingsOf({ ...nothingToCompare, sources }, [run]);
    expect(found.map(({ id, tone }) => `${id} ${tone}`)).toEqual(expected);
  }

  test("cannot show what was abandoned; one without pull requests is not asked", () => {
    check(null, 12, ["failures unknown"]);
    check(true, 12, []);
    check(null, 0, []);
  });
});

test("a reading that another one replaced proves nothing any more", () => {
  const [newest, ...others] = fakeImports;
  if (newest === undefined) throw new Error("the made-up ledger has imports");
  expect(runsThatCount([newest, ...others]).map(({ id }) => id)).toEqual([3, 2]);
  expect(runsThatCount([{ ...newest, superseded_by: 4 }]).length).toBe(0);
});
