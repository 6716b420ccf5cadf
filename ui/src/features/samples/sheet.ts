import type { AnswerLine } from "../../bindings/AnswerLine";
import type { AnswerResult } from "../../bindings/AnswerResult";
import type { Attribute } from "../../bindings/Attribute";
import type { AttributeTitle } from "../../bindings/AttributeTitle";
import type { SampleItem } from "../../bindings/SampleItem";
import type { SamplePage } from "../../bindings/SamplePage";

/** What stands in a cell of the grid, as on the work paper. */
export type Tick = "P" | "D" | "X" | "n/a" | "–" | "open" | "";

/** What each tick means; nothing stands where an item was taken out. */
export const tickWords: Record<Exclude<Tick, "">, string> = {
  P: "pass",
  D: "deviation",
  X: "cannot be examined; counted as a deviation",
  "n/a": "does not apply, says the auditor",
  "–": "is not asked of such a change",
  open: "not answered yet",
};

/** One question about one item. */
export interface Cell {
  item: number;
  attribute: Attribute;
}

const answerTicks: Record<AnswerResult, Tick> = { pass: "P", deviation: "D", na: "n/a", not_examinable: "X" };

/** Keys that answer a cell, with what they answer. */
export const answerKeys: Record<string, AnswerResult> = {
  "1": "pass",
  "2": "deviation",
  "3": "na",
  "4": "not_examinable",
};

/** The auditor's last answer to a question. */
export function answerTo(item: SampleItem, attribute: Attribute): AnswerLine | undefined {
  return item.answers.find((answer) => answer.attribute === attribute);
}

/** What stands where an item and an attribute meet. */
export function tickOf(item: SampleItem, { attribute, asked_of }: AttributeTitle): Tick {
  if (item.removed !== null) return "";
  const answer = answerTo(item, attribute);
  if (answer !== undefined) return answerTicks[answer.result];
  return asked_of.includes(item.kind) ? "open" : "–";
}

/** Whether an answer tells of a deviation; what cannot be examined does. */
export function deviates(result: AnswerResult): boolean {
  return result === "deviation" || result === "not_examinable";
}

/** The cell that an arrow, Home or End leads to; `null` for other keys. It stays within the grid. */
export function cellAfterKey(key: string, { item, attribute }: Cell, { items, attributes }: SamplePage): Cell | null {
  const row = items.findIndex((candidate) => candidate.item === item);
  const column = attributes.findIndex((candidate) => candidate.attribute === attribute);
  const targets: Record<string, [row: number, column: number]> = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, attributes.length - 1],
    PageUp: [0, column],
    PageDown: [items.length - 1, column],
  };
  const target = targets[key];
  if (target === undefined) return null;
  const within = (place: number, length: number) => Math.min(Math.max(place, 0), length - 1);
  const toItem = items[within(target[0], items.length)];
  const toAttribute = attributes[within(target[1], attributes.length)];
  return toItem === undefined || toAttribute === undefined
    ? null
    : { item: toItem.item, attribute: toAttribute.attribute };
}

/** The first open cell after one, row by row; from the beginning when `after` is `null`. `null` where none is open. */
export function nextOpen({ items, attributes }: SamplePage, after: Cell | null): Cell | null {
  const cells = items.flatMap((item) => attributes.map((attribute) => ({ item, attribute })));
  const place = cells.findIndex(
    ({ item, attribute }) => item.item === after?.item && attribute.attribute === after.attribute,
  );
  const open = cells.slice(place + 1).find(({ item, attribute }) => tickOf(item, attribute) === "open");
  return open === undefined ? null : { item: open.item.item, attribute: open.attribute.attribute };
}

/** How far a sample is examined: open and deviating answers. */
export function standing({ items, attributes }: SamplePage): { answered: number; open: number; deviations: number } {
  const ticks = items.flatMap((item) => attributes.map((attribute) => tickOf(item, attribute)));
  const number = (...wanted: Tick[]) => ticks.filter((tick) => wanted.includes(tick)).length;
  return { answered: number("P", "D", "X", "n/a"), open: number("open"), deviations: number("D", "X") };
}
