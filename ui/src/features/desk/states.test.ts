import { describe, expect, test } from "vitest";
import type { LaidOutContent } from "../../bindings/LaidOutContent";
import type { FileState } from "../../state/laid-out";
import { contentWords, kindWords, stateWords, whatStays } from "./states";

describe("what a file holds", () => {
  function check(part: Partial<LaidOutContent>, expected: string) {
    const content: LaidOutContent = {
      whole: true,
      readable: 0,
      rejected: 0,
      records: [],
      rows: [],
      carries: [],
      cannot_tell: [],
      warnings: [],
      ...part,
    };
    expect(contentWords(content)).toBe(expected);
  }

  test("is said in rows and records", () => {
    check({}, "0 rows");
    check({ readable: 1, records: [{ kind: "change", count: 1 }] }, "1 row: 1 change");
    check(
      {
        readable: 1200,
        rejected: 4,
        records: [
          { kind: "change", count: 1200 },
          { kind: "branch rule", count: 2 },
        ],
      },
      "1,204 rows: 1,200 changes and 2 branch rules; 4 rows would be rejected",
    );
    check({ readable: 90, whole: false }, "90 rows in its first 16 MiB");
  });
});

test("where a file stands is said with what to know first", () => {
  const content = { whole: true, readable: 3, records: [], rows: [], carries: [], cannot_tell: [], warnings: [] };
  const words = (rejected: number) => stateWords("remarked", { known_as: null, content: { ...content, rejected } });
  expect([words(0), words(1), words(1204)]).toEqual([
    "ready, with a remark",
    "ready; 1 row would be rejected",
    "ready; 1,204 rows would be rejected",
  ]);
  expect(stateWords("known", { known_as: 3, content: null })).toBe("already in the ledger (import 3)");
});

test("what a file is, is never left unsaid", () => {
  const reason = "Its records have the fields of gh pr list --json.";
  const gh = { source: "GitHub", kind: "github-gh", reason } as const;
  expect(kindWords({ recognised: gh, table: null })).toBe("GitHub pull requests (gh pr list)");
  expect(kindWords({ recognised: null, table: null })).toBe("not recognised");
});

test("what an import leaves behind is said", () => {
  function check(states: FileState[], expected: string[]) {
    expect(whatStays(states)).toEqual(expected);
  }
  check(["ready", "open", "known"], []);
  check(["waiting", "ready"], ["1 file waits for an answer and stays here."]);
  check(
    ["waiting", "waiting", "left_out", "unreadable"],
    ["2 files wait for an answer and stay here.", "1 file cannot be imported.", "1 file is no export and is left out."],
  );
});
