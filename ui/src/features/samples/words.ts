import type { AnswerResult } from "../../bindings/AnswerResult";
import type { Conclusion } from "../../bindings/Conclusion";
import type { Drift } from "../../bindings/Drift";
import type { PaperFormat } from "../../bindings/PaperFormat";
import type { PopulationFilter } from "../../bindings/PopulationFilter";
import type { SamplePage } from "../../bindings/SamplePage";
import type { SizePreset } from "../../bindings/SizePreset";
import type { Stratum } from "../../bindings/Stratum";
import { counted, NOT_APPLICABLE, percent } from "../../components/format/number";
import { quarterName } from "../../components/format/time";
import { classWords, listed } from "../../components/format/words";

/** What changes of a stratum are. */
export const stratumWords: Record<Stratum, string> = {
  emergency: "emergencies",
  unreviewed: "unreviewed",
  routine: "routine",
  exempt: "exempt",
  all: "all changes",
};

/** What one change of a stratum is. */
export const kindWords: Record<Stratum, string> = { ...stratumWords, emergency: "emergency", all: "change" };

export const sizeWords: Record<SizePreset, string> = {
  "by-population": "by the number of changes",
  "per-transaction-25": "25 of each stratum: low risk",
  "per-transaction-40": "40 of each stratum: medium risk",
  "per-transaction-60": "60 of each stratum: high risk",
  "zero-deviations-90": "as few as show at most 10% deviations, at 90% confidence",
  "zero-deviations-95": "as few as show at most 10% deviations, at 95% confidence",
};

export const resultWords: Record<AnswerResult, string> = {
  pass: "pass",
  deviation: "deviation",
  na: "does not apply",
  not_examinable: "cannot be examined",
};

export const paperWords: Record<PaperFormat, string> = {
  pdf: "PDF",
  html: "HTML",
  markdown: "Markdown",
  csv: "CSV",
};

/** What belongs to a population, in words. */
export function filterWords({ quarter, repository, class: only }: PopulationFilter): string {
  const parts = [quarterName(quarter)];
  if (repository !== null) parts.push(repository);
  if (only !== null) parts.push(classWords[only]);
  return parts.join(", ");
}

/** How the sizes of a sample came about, in words. */
export function sizesWords({ sizes, sizes_of, strata }: SamplePage): string {
  const rule = sizes === null ? "a number that was named" : sizeWords[sizes];
  const by = sizes_of === null ? "" : `, as the policy ${sizes_of.name} ${sizes_of.version} says`;
  const drawn = strata.map(({ stratum, drawn, changes }) => `${drawn} of ${changes} ${stratumWords[stratum]}`);
  return `${listed(drawn)}; sizes ${sizes === null ? "by " : ""}${rule}${by}`;
}

/** What the ledger took in since a population was frozen; empty where nothing. */
export function driftWords({ imports, policies, people, attestations }: Drift): string {
  const parts: [number, string, string][] = [
    [imports, "import", "imports"],
    [policies, "policy", "policies"],
    [people, "statement about who is who", "statements about who is who"],
    [attestations, "attestation", "attestations"],
  ];
  return listed(parts.filter(([number]) => number > 0).map(([number, one, many]) => counted(number, one, many)));
}

/** An upper limit at a confidence, `11.3% / 10.9%`: of any population, and of one of the stratum's size. */
export function limitWords({ limits, examination }: Conclusion, confidence: number): string {
  const found = limits.find((limit) => Math.abs(limit.confidence - confidence) < 1e-9);
  if (found !== undefined) return `${percent(found.binomial)} / ${percent(found.hypergeometric)}`;
  return examination === "open" ? "open" : NOT_APPLICABLE;
}

/** The last part of a change's name, for narrow columns: `rates#1340`. */
export function shortName(id: string): string {
  return id.split("/").at(-1) ?? id;
}
