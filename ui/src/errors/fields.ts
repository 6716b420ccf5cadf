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
  [/--by "[^"]*" --reason "[^"]*"/g, "“Stated by” and “Reason”."],
  [/--by/g, "“Stated by”"],
  [/--reason "[^"]*"/g, "“Reason”"],
  [/--at(?: [A-Z]+)?/g, "“When”"],
  [/--kind exempt/g, "“Exemption”"],
  [/--result not-examinable/g, "“Cannot be examined”"],
  [/--seed(?: [A-Z]+)?/g, "“Seed”"],
  [/--sizes?(?: \d+)?/g, "“Sizes”"],
  [/--stratum(?: [a-z]+=\d+)?/g, "“Other sizes for single strata”"],
  [/`show [^`]*`/g, "“What people attested”"],
  [/`changes --class unlabelled_emergency`/g, "“Class” in Browse"],
  [/`sample exclude`/g, "“Take the item out” without a replacement"],
  [/`sample draw`/g, "“Draw a sample”"],
  [/`sample freeze[^`]*`/g, "“Freeze a population”"],
  [/`sample (?:list|show[^`]*)`/g, "“Samples”"],
  [/`people kind[^`]*`/g, "“Is a bot” or “Is a human”"],
  [/`people history`/g, "“What was stated”"],
  [/`people`/g, "“Everybody”"],
];

/** How messages of the command line begin, behind its `error: `. Names of files and people stay as they are written. */
const FIRST_WORD = /^(?:an?|how|it|name|no|nothing|only|say|that|the|there|this|what|write)\b/;

/** A sentence of the command line as the window says it: with its fields for options, and a capital letter in front. */
export function inTheWindow(sentence: string): string {
  const words = options.reduce((words, [option, field]) => words.replace(option, field), sentence);
  return words.replace(FIRST_WORD, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}
