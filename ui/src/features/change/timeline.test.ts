import { expect, test } from "vitest";
import type { AttestationLine } from "../../bindings/AttestationLine";
import { canBeWithdrawn, incidentNames } from "./attesting";
import { linesOf } from "./timeline";

const attestation: AttestationLine = {
  event: 5,
  change: "github:example/till#1",
  kind: "review",
  withdraws: false,
  at: "2026-07-02T08:00:00Z",
  stated_at: "2026-07-09T08:00:00Z",
  by: "Ilse Berg",
  reason: "Read it with the team.",
  incidents: [],
  standing: "in_force",
  sentence: "Ilse Berg attests a review.",
};

test("what people stated stands in the timeline at the moment that it is about", () => {
  const lines = linesOf(
    [
      { at: "2026-07-01T12:00:00.5Z", kind: "implemented", text: "Merged" },
      { at: "2026-07-02T08:00:00Z", kind: "due", text: "Due" },
      { at: "2026-07-03T08:00:00Z", kind: "approved", text: "Approved" },
    ],
    [attestation, { ...attestation, at: "2026-07-01T12:00:00Z", standing: "superseded" }],
  );
  expect(lines.map(({ kind }) => kind)).toEqual([
    "Attested (a later one took its place)",
    "Implemented",
    "Review due",
    "Attested",
    "Approved",
  ]);
  expect(lines[3]).toMatchObject({ shape: "stated", text: "Ilse Berg attests a review. Read it with the team." });
});

test("only what holds can be taken back", () => {
  const check = (part: Partial<AttestationLine>, expected: boolean) =>
    expect(canBeWithdrawn({ ...attestation, ...part })).toBe(expected);
  check({}, true);
  check({ standing: "superseded" }, false);
  check({ standing: "withdrawal", withdraws: true }, false);
  check({ standing: "not_yet" }, false);
});

test("incidents are named one after the other, however they are parted", () => {
  const check = (text: string, expected: string[]) => expect(incidentNames(text)).toEqual(expected);
  check("", []);
  check("  PGR8K2L ", ["PGR8K2L"]);
  check("PGR8K2L, OPS-412;INC-7", ["PGR8K2L", "OPS-412", "INC-7"]);
});
