import { expect, test } from "vitest";
import { factList, fileName, recordWords } from "./manifest";

test("file names", () => {
  const check = (path: string, name: string) => expect(fileName(path)).toBe(name);
  check("/exports/pulls.json", "pulls.json");
  check("C:\\exports\\pulls.json", "pulls.json");
  check("/exports/", "exports");
  check("pulls.json", "pulls.json");
});

test("records in words", () => {
  const none = {
    changes: 0,
    not_implemented: 0,
    reviews: 0,
    tickets: 0,
    incidents: 0,
    deployments: 0,
    bypasses: 0,
    checks: 0,
    alerts: 0,
    messages: 0,
    settings: 0,
    commits: 0,
    links: 0,
  };
  expect(recordWords(none)).toBe("no records");
  expect(recordWords({ ...none, changes: 1, reviews: 1204, links: 2 })).toBe(
    "1 change, 1,204 reviews and 2 names of other records",
  );
});

test("facts in words", () => {
  expect(factList([])).toBe("nothing");
  expect(factList(["author", "approval_time"])).toBe("who opened it and when it was approved");
});
