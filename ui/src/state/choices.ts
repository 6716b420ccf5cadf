import type { ApprovalTiming } from "../bindings/ApprovalTiming";
import type { ChartKind } from "../bindings/ChartKind";
import type { Class } from "../bindings/Class";
import type { Missing } from "../bindings/Missing";
import type { ReviewState } from "../bindings/ReviewState";

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

/** Every chart, in the order of the screen. */
export const chartKinds = membersOf<ChartKind>({
  emergency_ratio: true,
  classes: true,
  retroactive_reviews: true,
  time_to_review: true,
});
