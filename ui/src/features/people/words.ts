import type { PersonKind } from "../../bindings/PersonKind";
import type { PersonLine } from "../../bindings/PersonLine";
import type { RecordsOfPerson } from "../../bindings/RecordsOfPerson";
import { count, counted } from "../../components/format/number";

export const kindWords: Record<PersonKind, string> = {
  human: "human",
  bot: "bot",
  deleted: "deleted account",
};

/** What somebody did, by the records that name them: `opened 3, reviewed 40`. */
export function recordWords({ opened, merged, reviewed, committed, other }: RecordsOfPerson): string {
  const deeds: [string, number][] = [
    ["opened", opened],
    ["merged", merged],
    ["reviewed", reviewed],
    ["committed", committed],
  ];
  const words = deeds.filter(([, number]) => number > 0).map(([deed, number]) => `${deed} ${count(number)}`);
  if (other > 0) words.push(counted(other, "other record"));
  return words.join(", ");
}

/** The people whose name or one of whose accounts holds all words of a search. */
export function found(people: readonly PersonLine[], search: string): PersonLine[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const text = ({ person, name, accounts }: PersonLine) =>
    [person, name, ...accounts.flatMap(({ account, name }) => [account, name ?? ""])].join(" ").toLowerCase();
  return people.filter((person) => words.every((word) => text(person).includes(word)));
}

/** Something that somebody is about to state about accounts. */
export type Statement =
  | { what: "merge"; person: string; account: string | null }
  | { what: "split"; account: string; person: string }
  | { what: "kind"; account: string; to: PersonKind };

/** The statement as a sentence; what is still open in it stays open. */
export function statementWords(statement: Statement): string {
  switch (statement.what) {
    case "merge":
      return statement.account === null
        ? `${statement.person} and another account are one person`
        : `${statement.person} and ${statement.account} are one person`;
    case "split":
      return `${statement.account} does not belong to ${statement.person}`;
    case "kind":
      return `${statement.account} is ${statement.to === "human" ? "a human" : `a ${kindWords[statement.to]}`}`;
  }
}

/** What follows from it. */
export function consequenceWords(statement: Statement): string {
  switch (statement.what) {
    case "merge":
      return `An approval by one of them then does not count for changes of the other. The person goes by ${statement.person}.`;
    case "split":
      return "What was stated before no longer holds for this account: it counts as a person of its own.";
    case "kind":
      return {
        human: "Approvals by this account then count.",
        bot: "Approvals by this account then never count.",
        deleted: "Nobody then knows who acted by this account.",
      }[statement.to];
  }
}

/** What differs in the numbers after a statement. */
export function outcomeSentence(moved: number): string {
  if (moved === 0) return "Stated. No change is judged otherwise.";
  return `Stated. ${counted(moved, "change")} ${moved === 1 ? "is" : "are"} judged otherwise.`;
}
