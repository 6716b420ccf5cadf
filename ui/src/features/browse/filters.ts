import { approvalWords, classWords, missingWords, reviewWords } from "../../components/format/words";
import { quarterName } from "../../components/format/time";
import { approvals, classes, missings, reviewStates } from "../../state/choices";
import type { ChangeFilter } from "../../state/route";

/** One filter that is chosen from a list. */
export interface Choice {
  /** Which field of the filter it sets. */
  field: "quarter" | "class" | "missing" | "review_state" | "approval" | "repository";
  /** Its name. */
  name: string;
  options: { value: string; words: string }[];
}

/** Stands for both classes of emergencies. */
const EMERGENCIES = "emergencies";

/** The filters with their options. */
export function choicesFor(quarters: readonly string[], repositories: readonly string[]): Choice[] {
  const options = <T extends string>(values: readonly T[], words: (value: T) => string) =>
    values.map((value) => ({ value, words: words(value) }));
  return [
    { field: "quarter", name: "Quarter", options: options([...quarters].reverse(), quarterName) },
    {
      field: "class",
      name: "Class",
      options: [{ value: EMERGENCIES, words: "all emergencies" }, ...options(classes, (value) => classWords[value])],
    },
    { field: "missing", name: "Missing", options: options(missings, (value) => missingWords[value]) },
    { field: "review_state", name: "Review", options: options(reviewStates, (value) => reviewWords[value]) },
    { field: "approval", name: "Approval", options: options(approvals, (value) => approvalWords[value]) },
    { field: "repository", name: "Repository", options: options(repositories, (value) => value) },
  ];
}

/** The value of a field in its list; an empty text when it does not narrow. */
export function chosen(filter: ChangeFilter, field: Choice["field"]): string {
  return filter[field] ?? (field === "class" && filter.emergencies ? EMERGENCIES : "");
}

/** A filter with one field set to a value of its list, or cleared with an empty text. */
export function withChoice(filter: ChangeFilter, field: Choice["field"], value: string): ChangeFilter {
  if (field === "class") {
    const emergencies = value === EMERGENCIES;
    return { ...filter, emergencies, class: emergencies ? null : (classes.find((known) => known === value) ?? null) };
  }
  return { ...filter, [field]: value === "" ? null : value };
}

/** What a filter narrows to, in words: `Q3 2026, unlabelled emergency, “pay”`; empty when it lets everything through. */
export function filterWords(filter: ChangeFilter): string {
  return [
    filter.quarter === null ? null : quarterName(filter.quarter),
    filter.emergencies ? "emergencies" : null,
    filter.class === null ? null : classWords[filter.class],
    filter.missing === null ? null : `without ${missingWords[filter.missing]}`,
    filter.review_state === null ? null : reviewWords[filter.review_state],
    filter.approval === null ? null : approvalWords[filter.approval],
    filter.repository,
    filter.search === null ? null : `“${filter.search}”`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}
