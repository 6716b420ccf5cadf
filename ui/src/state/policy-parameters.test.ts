import { expect, test } from "vitest";
import { parameter, parameterGroups } from "./policy-parameters";

const document = `
name = "retroactive-24h"
[population]
branches = ["main", "release/*"]
count_exempt = true
[signals]
fast_merge_minutes = 15
[signals.business_hours]
from = "08:00"
[[detection]]
all = ["unreviewed", "incident_link"]
[[detection]]
all = ["bypass_recorded"]
[calendar]
holidays = []
`;

test("parameters come by table, in words", () => {
  expect(parameterGroups(document)).toEqual([
    { table: "", parameters: [{ key: "name", value: "retroactive-24h" }] },
    {
      table: "population",
      parameters: [
        { key: "branches", value: "main, release/*" },
        { key: "count_exempt", value: "yes" },
      ],
    },
    { table: "signals", parameters: [{ key: "fast_merge_minutes", value: "15" }] },
    { table: "signals.business_hours", parameters: [{ key: "from", value: "08:00" }] },
    {
      table: "detection",
      parameters: [
        { key: "1", value: "unreviewed, incident_link" },
        { key: "2", value: "bypass_recorded" },
      ],
    },
    { table: "calendar", parameters: [{ key: "holidays", value: "none" }] },
  ]);
});

test("one parameter by its key", () => {
  expect(parameter(document, "signals", "fast_merge_minutes")).toBe("15");
  expect(parameter(document, "review", "deadline")).toBeNull();
});

test("a document that is no TOML has no parameters", () => {
  expect(parameterGroups("name = ")).toEqual([]);
});
