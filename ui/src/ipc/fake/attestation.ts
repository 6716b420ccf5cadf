import type { AttestAnswer } from "../../bindings/AttestAnswer";
import type { AttestRequest } from "../../bindings/AttestRequest";
import type { AttestationLine } from "../../bindings/AttestationLine";
import { AS_OF, type FakeChange } from "./world";

/** What people attested of changes of the made-up ledger, kept as long as the window. */
export class FakeAttestations {
  #lines = new Map<string, AttestationLine[]>();
  #refuse: (words: string) => Error;

  /** `refuse` makes what is thrown where somebody attests what is their own. */
  constructor(refuse: (words: string) => Error) {
    this.#refuse = refuse;
  }

  attest(change: FakeChange, { kind, withdraw, by, at, reason, incidents }: AttestRequest): AttestAnswer {
    if (kind === "review" && by === change.author) {
      throw this.#refuse(`${by} is an author of ${change.id}, and nobody reviews what is their own.`);
    }
    const before = this.of(change.id).map((line) =>
      line.kind === kind && line.standing === "in_force" ? { ...line, standing: "superseded" as const } : line,
    );
    const attestation: AttestationLine = {
      event: 13 + before.length,
      change: change.id,
      kind,
      withdraws: withdraw,
      at: at ?? AS_OF,
      stated_at: AS_OF,
      by,
      reason,
      incidents,
      standing: withdraw ? "withdrawal" : "in_force",
      sentence: `${by} ${withdraw ? "takes back" : "attests"}: ${kind}, as of ${at ?? AS_OF}.`,
    };
    this.#lines.set(change.id, [...before, attestation]);
    return { attestation, notes: [], moved: [], without_attestations: this.without(change.id) };
  }

  of(id: string): AttestationLine[] {
    return this.#lines.get(id) ?? [];
  }

  without(id: string) {
    return this.of(id).some(({ standing }) => standing === "in_force")
      ? [{ verdict: "authorised", label: "Authorisation recorded", with: "yes", without: "no" }]
      : [];
  }
}
