/** What the fields of the window that answer a file's open questions are called. */
export const fieldNames = {
  timezone: "Time zone of times without an offset",
  dateOrder: "Order of day and month",
  source: "Kind of export",
  repository: "Repository, where the file does not say",
  profile: "Column profile of a table (path)",
} as const;

/** What opens these fields. */
export const FIELDS_SUMMARY = "If a file is ambiguous";

const inFields = (field: keyof typeof fieldNames) => `“${fieldNames[field]}” under “${FIELDS_SUMMARY}”`;

/** Options of the command line, each with an example value that may follow it, and what stands for it in the window. */
const options: readonly [option: RegExp, words: string][] = [
  [/--date-order(?: [a-z]{3})?(?:,? or --date-order(?: [a-z]{3})?)*/g, inFields("dateOrder")],
  [/--timezone(?: [A-Z]+)?/g, inFields("timezone")],
  [/--source(?: [A-Z]+)?/g, inFields("source")],
  [/--repository(?: owner\/name)?/g, inFields("repository")],
  [/--profile(?: [A-Z]+(?:\.[a-z]+)?)?/g, inFields("profile")],
  [/--effective(?: \d{4}-\d{2}-\d{2})?/g, "“In force from”"],
  [/--ledger(?: [A-Z]+)?/g, "“Open another ledger”"],
];

/** A sentence that names options of the command line, as the window says it. */
export function inTheWindow(sentence: string): string {
  return options.reduce((words, [option, field]) => words.replace(option, field), sentence);
}
