import type { AttestAnswer } from "../../bindings/AttestAnswer";
import type { AttestationKind } from "../../bindings/AttestationKind";
import type { AttestationLine } from "../../bindings/AttestationLine";
import type { AttestationStanding } from "../../bindings/AttestationStanding";

/** What can be attested, with its name in a list, and what it says of a change. */
export const attestationWords: Record<AttestationKind, { name: string; says: string }> = {
  review: {
    name: "Review",
    says: "It was reviewed at that moment, by whoever states it. The policy says whether that counts as the retroactive review.",
  },
  authorisation: {
    name: "Authorisation",
    says: "It was authorised by whoever states it, or by somebody of whom they tell.",
  },
  justification: { name: "Justification", says: "It was justified: the reason is the justification itself." },
  incident: { name: "Incident", says: "It was for an incident that the files do not name." },
  confirm: {
    name: "Detection confirmed",
    says: "A detection rule was right: it was an emergency that nobody labelled.",
  },
  dismiss: { name: "Detection dismissed", says: "A detection rule was wrong: it was no emergency." },
  exempt: { name: "Exemption", says: "It is exempt, whatever it was declared to be." },
};

export const standingWords: Record<AttestationStanding, string> = {
  in_force: "holds",
  superseded: "a later one took its place",
  withdrawal: "took an earlier one back",
  not_yet: "about a later moment than this judgement",
  not_independent: "does not count: an author of the change states it, or a bot",
};

/** Something that somebody is about to attest: `kind` stands where it is that which is taken back. */
export type Attesting = { what: "state" } | { what: "withdraw"; kind: AttestationKind };

/** What somebody states who has chosen nothing yet. */
export const stating: Attesting = { what: "state" };

/** What an attestation did, in a sentence. */
export function attestedSentence({ moved }: AttestAnswer): string {
  return moved.length > 0
    ? "Attested. The change is judged otherwise."
    : "Attested. Class, approval and review stay as they were.";
}

/** The incidents that somebody wrote into one field. */
export function incidentNames(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

/** Whether an attestation can be taken back. */
export function canBeWithdrawn({ standing, withdraws }: AttestationLine): boolean {
  return standing === "in_force" && !withdraws;
}
