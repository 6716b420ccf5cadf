import type { AttestAnswer } from "../../bindings/AttestAnswer";
import { AS_OF, type FakeChange } from "./world";

/** What somebody has just attested of a change of the made-up ledger. */
export function fakeAttestation(change: FakeChange): AttestAnswer {
  return {
    attestation: {
      event: 13,
      change: change.id,
      kind: "authorisation",
      withdraws: false,
      at: AS_OF,
      stated_at: AS_OF,
      by: "Mara Ko",
      reason: "Called the engineering lead.",
      incidents: [],
      standing: "in_force",
      sentence: `Mara Ko attests an authorisation, as of ${AS_OF}.`,
    },
    notes: [],
    moved: [],
    without_attestations: [{ verdict: "authorised", label: "Authorisation recorded", with: "yes", without: "no" }],
  };
}
