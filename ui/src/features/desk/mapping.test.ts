import { describe, expect, test } from "vitest";
import type { UnknownTable } from "../../bindings/UnknownTable";
import { chosenFor, chosenFrom, fieldsOf, meaningsOf, stillNeeded } from "./mapping";

const field = (name: string, needed = false) => ({ field: name, label: name.toUpperCase(), needed });
const table = (columns: string[], meanings: Record<string, string>): UnknownTable => ({
  columns,
  rows: [],
  profile: {
    name: "register",
    record: "change",
    columns: Object.entries(meanings).map(([column, meaning]) => ({ column, field: meaning })),
  },
  saved_as: null,
  record_kinds: [
    { record: "change", fields: [field("number", true), field("implemented_at", true), field("approver")] },
    { record: "ticket", fields: [field("number", true)] },
  ],
});

describe("what columns mean", () => {
  function check(columns: string[], meanings: Record<string, string>, expected: string[]) {
    expect(chosenFrom(table(columns, meanings))).toEqual(expected);
  }

  test("begins with what the profile says", () => {
    check(["Nr", "Was"], { Nr: "number" }, ["number", ""]);
    check([" Nr "], { Nr: "number" }, ["number"]);
    check(["Nr", "Nr"], { Nr: "number" }, ["number", ""]);
    check([], { Nr: "number" }, []);
  });

  test("is saved as it was chosen, several columns for one meaning too", () => {
    const chosen = ["number", "", "approver", "approver", "title"];
    expect(meaningsOf(["Nr", "Was", "Eins", "Zwei", ""], chosen, " register ", "change")).toEqual({
      name: "register",
      record: "change",
      columns: [
        { column: "Nr", field: "number" },
        { column: "Eins", field: "approver" },
        { column: "Zwei", field: "approver" },
      ],
    });
  });
});

describe("the kind of record", () => {
  const { record_kinds: kinds, ...rest } = table([], {});
  const whole = { ...rest, record_kinds: kinds };

  test("decides what columns can mean", () => {
    expect(fieldsOf(whole, "ticket").map(({ field: name }) => name)).toEqual(["number"]);
    expect(fieldsOf(whole, "invoice")).toEqual([]);
    expect(chosenFor(["number", "approver", ""], fieldsOf(whole, "ticket"))).toEqual(["number", "", ""]);
  });

  test("decides what no row can do without", () => {
    const missing = (chosen: string[], record: string) =>
      stillNeeded(chosen, fieldsOf(whole, record)).map(({ field: name }) => name);
    expect(missing(["", "approver"], "change")).toEqual(["number", "implemented_at"]);
    expect(missing(["number"], "change")).toEqual(["implemented_at"]);
    expect(missing(["number"], "ticket")).toEqual([]);
  });
});
