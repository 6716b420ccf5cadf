import type { ChangePage } from "../../bindings/ChangePage";
import type { LinkLine } from "../../bindings/LinkLine";
import type { Tone } from "../../components/format/words";

/** Whether a link leads to a record of the ledger. */
export function isResolved(link: LinkLine): boolean {
  return link.title !== null;
}

/** A link's state in words, with its tone. */
export function linkState(link: LinkLine): { tone: Tone; words: string } {
  if (!isResolved(link)) return { tone: "warn", words: "dangling: named, not imported" };
  return link.two_way
    ? { tone: "good", words: "in the ledger, names the change back" }
    : { tone: "good", words: "in the ledger, one-way" };
}

/** Where a record stands in a file, in words. */
export function spanWords(span: { offset: number; length: number }): string {
  const number = new Intl.NumberFormat("en");
  return `bytes ${number.format(span.offset)} to ${number.format(span.offset + span.length)} (${number.format(span.length)} in all)`;
}

/** How many of a page's facts are unknown. */
export function unknownFacts(page: ChangePage): number {
  return page.facts.filter((fact) => fact.value === null).length;
}
