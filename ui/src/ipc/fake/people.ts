import type { AccountLine } from "../../bindings/AccountLine";
import type { PeopleAnswer } from "../../bindings/PeopleAnswer";
import type { PeopleChange } from "../../bindings/PeopleChange";
import type { PeopleHistory } from "../../bindings/PeopleHistory";
import type { PeopleSuggestions } from "../../bindings/PeopleSuggestions";
import type { PersonLine } from "../../bindings/PersonLine";

const none = { opened: 0, merged: 0, reviewed: 0, committed: 0, other: 0 };

function account(name: string, part: Partial<AccountLine> = {}): AccountLine {
  return { account: name, name: null, kind: "human", sources: ["github"], records: none, ...part };
}

function person(name: string, accounts: AccountLine[], part: Partial<PersonLine> = {}): PersonLine {
  const [first] = accounts;
  return { person: first?.account ?? "", name, kind: "human", records: first?.records ?? none, accounts, ...part };
}

/** Who acts in the made-up ledger. */
export const fakePeople: PeopleAnswer = {
  people: [
    person("Ines Okafor", [
      account("ines-okafor", { name: "Ines Okafor", records: { ...none, opened: 212, merged: 180, reviewed: 240 } }),
      account("i.okafor@example.com", { sources: ["jira", "pagerduty"], records: { ...none, other: 31 } }),
    ]),
    person("jpvoss", [account("jpvoss", { records: { ...none, opened: 180, reviewed: 96 } })]),
    person("JP Voss", [
      account("jp.voss@example.com", { name: "JP Voss", sources: ["jira"], records: { ...none, other: 12 } }),
    ]),
    person("renovate[bot]", [account("renovate[bot]", { kind: "bot", records: { ...none, opened: 164 } })], {
      kind: "bot",
    }),
    person("deleted account", [account("", { kind: "deleted", records: { ...none, opened: 2, reviewed: 9 } })], {
      kind: "deleted",
    }),
  ],
};

/** Who of them may be one person. */
export const fakeSuggestions: PeopleSuggestions = {
  suggestions: [
    {
      person: "jpvoss",
      person_name: "jpvoss",
      account: "jp.voss@example.com",
      account_name: "JP Voss",
      likeness: "same_words",
      reason: "a login of the same words",
    },
  ],
};

/** What was stated about them. */
export const fakeStatements: PeopleHistory = {
  statements: [
    {
      event: 14,
      at: "2026-10-05T09:20:00Z",
      by: "Siobhan McGrath",
      statement: "ines-okafor, i.okafor@example.com are one person",
      reason: "The staff directory lists both.",
    },
  ],
};

/** What one more statement does. */
export const fakePeopleChange: PeopleChange = {
  event: 15,
  people: fakePeople.people.slice(1, 2),
  moved: [
    {
      id: "github:marlpoint/booking#1209",
      title: "Guard the carrier webhook",
      before: { class: "routine", approval: "before", review: "not_owed", self_merged: false, self_approved: false },
      after: { class: "unreviewed", approval: "never", review: "overdue", self_merged: false, self_approved: true },
    },
  ],
};
