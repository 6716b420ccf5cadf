import { describe, expect, test } from "vitest";
import type { PersonLine } from "../../bindings/PersonLine";
import { consequenceWords, found, outcomeSentence, recordWords, statementWords, type Statement } from "./words";

const none = { opened: 0, merged: 0, reviewed: 0, committed: 0, other: 0 };

test("what somebody did is listed without what they did not", () => {
  expect(recordWords({ ...none, opened: 3, reviewed: 1204 })).toBe("opened 3, reviewed 1,204");
  expect(recordWords({ opened: 1, merged: 2, reviewed: 3, committed: 4, other: 1 })).toBe(
    "opened 1, merged 2, reviewed 3, committed 4, 1 other record",
  );
  expect(recordWords(none)).toBe("");
});

describe("a search among people", () => {
  const person = (handle: string, name: string, accounts: [string, string | null][]): PersonLine => ({
    person: handle,
    name,
    kind: "human",
    records: none,
    accounts: accounts.map(([account, name]) => ({ account, name, kind: "human", sources: [], records: none })),
  });
  const people = [
    person("mara", "Mara Ko", [
      ["mara", "Mara Ko"],
      ["m.ko@example.com", null],
    ]),
    person("tove", "Tove Lind", [["tove", "Tove Lind"]]),
  ];
  function check(search: string, handles: string[]) {
    expect(found(people, search).map(({ person }) => person)).toEqual(handles);
  }

  test("finds names and accounts, by all words in any order", () => {
    check("", ["mara", "tove"]);
    check("KO mara", ["mara"]);
    check("example.com", ["mara"]);
    check("lind", ["tove"]);
    check("mara lind", []);
  });
});

test("a statement is a sentence with its consequence", () => {
  function check(statement: Statement, words: string, consequence: RegExp) {
    expect(statementWords(statement)).toBe(words);
    expect(consequenceWords(statement)).toMatch(consequence);
  }
  check({ what: "merge", person: "mara", account: "mk" }, "mara and mk are one person", /goes by mara/);
  check({ what: "merge", person: "mara", account: null }, "mara and another account are one person", /does not count/);
  check({ what: "split", account: "mk", person: "mara" }, "mk does not belong to mara", /person of its own/);
  check({ what: "kind", account: "mk", to: "bot" }, "mk is a bot", /never count/);
  check({ what: "kind", account: "mk", to: "human" }, "mk is a human", /then count/);
});

test("what a statement moved is counted", () => {
  expect(outcomeSentence(0)).toBe("Stated. No change is judged otherwise.");
  expect(outcomeSentence(1)).toBe("Stated. 1 change is judged otherwise.");
  expect(outcomeSentence(12)).toBe("Stated. 12 changes are judged otherwise.");
});
