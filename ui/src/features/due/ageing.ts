import type { DueItem } from "../../bindings/DueItem";
import type { Missing } from "../../bindings/Missing";
import { deadline, moment } from "../../components/format/time";
import { UNKNOWN } from "../../components/format/number";
import { classWords, missingWords } from "../../components/format/words";

/** How near a deadline is. */
export type Age = "overdue" | "soon" | "later";

/** The groups in the order of urgency, with their names. */
export const ages: readonly { age: Age; name: string }[] = [
  { age: "overdue", name: "Overdue" },
  { age: "soon", name: "Due within 24 h" },
  { age: "later", name: "Later" },
];

/** The group of an item. */
export function ageOf(item: DueItem): Age {
  if (item.state === "overdue" || item.hours_left < 0) return "overdue";
  return item.hours_left <= 24 ? "soon" : "later";
}

/** What the list is narrowed to; empty text lets everything through. */
export interface DueFilter {
  repository: string;
  author: string;
  missing: "" | Missing;
}

/** Stands for items without a known author, which no login looks like. */
export const NO_AUTHOR = "(unknown)";

/** The items that a filter lets through. */
export function narrowed(items: readonly DueItem[], filter: DueFilter): DueItem[] {
  return items.filter(
    (item) =>
      (filter.repository === "" || item.repository === filter.repository) &&
      (filter.author === "" || (item.author ?? NO_AUTHOR) === filter.author) &&
      (filter.missing === "" || item.missing.includes(filter.missing)),
  );
}

/** The different values of a field, in alphabetical order. */
export function valuesOf(items: readonly DueItem[], valueOf: (item: DueItem) => string): string[] {
  return [...new Set(items.map(valueOf))].sort((a, b) => a.localeCompare(b));
}

/** What an item lacks besides the review that it is listed for. */
export function otherwiseMissing(item: DueItem): Missing[] {
  return item.missing.filter((missing) => missing !== "review");
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#]/g, "\\$&").replace(/\s+/g, " ");
}

/** The list as Markdown, for a chat. */
export function markdown(items: readonly DueItem[], asOf: string, zone: string): string {
  const lines = items.map((item) => {
    const title = item.url === null ? escaped(item.title) : `[${escaped(item.title)}](${encodeURI(item.url)})`;
    const lacking = otherwiseMissing(item).map((missing) => missingWords[missing]);
    const parts = [
      `**${deadline(item.due_at, asOf, zone)}**`,
      title,
      escaped(item.id),
      `by ${escaped(item.author ?? UNKNOWN)}`,
      classWords[item.class],
      ...(lacking.length > 0 ? [`also missing: ${lacking.join(", ")}`] : []),
    ];
    return `- ${parts.join(" · ")}`;
  });
  return [`Reviews due, as of ${moment(asOf, zone)} ${zone}:`, "", ...lines].join("\n");
}
