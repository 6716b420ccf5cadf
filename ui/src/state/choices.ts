import type { AnswerResult } from "../bindings/AnswerResult";
import type { ApprovalTiming } from "../bindings/ApprovalTiming";
import type { AttestationKind } from "../bindings/AttestationKind";
import type { ChartKind } from "../bindings/ChartKind";
import type { Class } from "../bindings/Class";
import type { ControlAnswer } from "../bindings/ControlAnswer";
import type { ExportFormat } from "../bindings/ExportFormat";
import type { Missing } from "../bindings/Missing";
import type { PaperFormat } from "../bindings/PaperFormat";
import type { ReviewState } from "../bindings/ReviewState";
import type { SizePreset } from "../bindings/SizePreset";

/** The members of a union of strings in the order given; the type makes the list complete. */
function membersOf<T extends string>(members: Record<T, true>): readonly T[] {
  return Object.keys(members) as T[];
}

/** Every class, the most serious first. */
export const classes = membersOf<Class>({
  declared_emergency: true,
  unlabelled_emergency: true,
  unreviewed: true,
  exempt: true,
  routine: true,
});

/** Everything an emergency can lack. */
export const missings = membersOf<Missing>({
  incident: true,
  label: true,
  authorisation: true,
  justification: true,
  review: true,
});

/** Every state of a retroactive review, the most urgent first. */
export const reviewStates = membersOf<ReviewState>({
  overdue: true,
  pending: true,
  late: true,
  on_time: true,
  unknown: true,
  not_owed: true,
});

/** Every timing of an approval. */
export const approvals = membersOf<ApprovalTiming>({ before: true, after: true, never: true, unknown: true });

/** What can be attested, in the order in which people choose. */
export const attestationKinds = membersOf<AttestationKind>({
  review: true,
  authorisation: true,
  justification: true,
  incident: true,
  confirm: true,
  dismiss: true,
  exempt: true,
});

/** Every answer to a control, what is to be looked at first. */
export const controlAnswers = membersOf<ControlAnswer>({ fail: true, unknown: true, pass: true, not_applicable: true });

/** Every rule for the size of a sample, the usual one first. */
export const sizePresets = membersOf<SizePreset>({
  "by-population": true,
  "per-transaction-25": true,
  "per-transaction-40": true,
  "per-transaction-60": true,
  "zero-deviations-90": true,
  "zero-deviations-95": true,
});

/** What an auditor can find, in the order of the keys 1 to 4. */
export const answerResults = membersOf<AnswerResult>({ pass: true, deviation: true, na: true, not_examinable: true });

/** The formats of a work paper, the usual one first. */
export const paperFormats = membersOf<PaperFormat>({ pdf: true, html: true, markdown: true, csv: true });

/** The formats of an export, the usual one first. */
export const exportFormats = membersOf<ExportFormat>({ parquet: true, csv: true, json: true });

/** Every chart, in the order of the screen. */
export const chartKinds = membersOf<ChartKind>({
  emergency_ratio: true,
  classes: true,
  retroactive_reviews: true,
  time_to_review: true,
  review_curve: true,
});
