import type { Amount } from "../../bindings/Amount";
import type { MovedNumber } from "../../bindings/MovedNumber";
import type { NumberUnit } from "../../bindings/NumberUnit";
import type { Outcome } from "../../bindings/Outcome";
import type { RestatedReport } from "../../bindings/RestatedReport";
import type { TakenIn } from "../../bindings/TakenIn";
import { businessDays, count, counted, hours, NOT_APPLICABLE, percent } from "../../components/format/number";
import { approvalWords, classWords, listed, reviewWords } from "../../components/format/words";

/** What an issued report counts no longer or did not count yet. */
const NOT_COUNTED = "not counted";

function mergerWords({ self_merged }: Outcome): string {
  if (self_merged === null) return "author or merger unknown";
  return self_merged ? "merged by its author" : "merged by somebody else";
}

/** The class, and whatever else differs from the `other` outcome. */
export function outcomeWords(outcome: Outcome | null, other: Outcome | null): string {
  if (outcome === null) return NOT_COUNTED;
  const aspects: ((of: Outcome) => string)[] = [
    (of) => approvalWords[of.approval],
    (of) => reviewWords[of.review],
    mergerWords,
    (of) => (of.self_approved ? "approved by its author" : ""),
  ];
  const differing = aspects.filter((words) => other === null || words(other) !== words(outcome));
  return [classWords[outcome.class], ...differing.map((words) => words(outcome))]
    .filter((words) => words !== "")
    .join(", ");
}

const amounts: Record<NumberUnit, (amount: Amount) => string> = {
  count,
  share: percent,
  hours,
  business_days: businessDays,
};

/** A number of a quarter with its unit; `n/a` where there is none. */
export function amountWords(amount: Amount | null, unit: NumberUnit): string {
  return amount === null ? NOT_APPLICABLE : amounts[unit](amount);
}

/** The name of a number: `retroactive_review.median_hours` becomes `Retroactive review: median hours`. */
export function metricName({ metric }: Pick<MovedNumber, "metric">): string {
  const words = metric.replaceAll(".", ": ").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the ledger took in, `2 imports and 1 policy`. */
export function takenInWords({ imports, policies, people, attestations }: TakenIn): string {
  const parts: [number, string, string][] = [
    [imports, "import", "imports"],
    [policies, "policy", "policies"],
    [people, "statement about who is who", "statements about who is who"],
    [attestations, "attestation", "attestations"],
  ];
  return listed(parts.filter(([number]) => number > 0).map(([number, one, many]) => counted(number, one, many)));
}

/** How much differs, `2 changes and 3 numbers moved`. */
export function movedWords({ moved, numbers }: Pick<RestatedReport, "moved" | "numbers">): string {
  const parts: string[] = [];
  if (moved.length > 0) parts.push(counted(moved.length, "change"));
  if (numbers.length > 0) parts.push(counted(numbers.length, "number"));
  return `${listed(parts)} moved`;
}
