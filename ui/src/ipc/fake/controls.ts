import type { Attribute } from "../../bindings/Attribute";
import type { AttributeTitle } from "../../bindings/AttributeTitle";
import type { ControlAnswer } from "../../bindings/ControlAnswer";
import type { ControlLine } from "../../bindings/ControlLine";
import type { Stratum } from "../../bindings/Stratum";
import type { FakeChange } from "./world";

const all: Stratum[] = ["emergency", "unreviewed", "routine", "exempt"];
const emergencies: Stratum[] = ["emergency"];
const others = all.filter((kind) => kind !== "emergency");

/** What the letters stand for, and of which strata each is asked. */
export const fakeAttributes: readonly AttributeTitle[] = (
  [
    ["A", "Authorised: a ticket or request is linked", all],
    ["B", "Described, with justification", all],
    ["C", "Reviewed by someone independent of every author", all],
    ["D", "The approval covers the merged head", all],
    ["E", "Approved before merge or deployment", others],
    ["F", "Automated tests passed at the merged head", all],
    ["G", "Deployed or merged by someone other than the author, where the policy says so", all],
    ["H", "Deployment traced, staging first", all],
    ["I", "Rollback plan, for high risk", all],
    ["J", "Genuine emergency: labelled, incident linked, reason meets the policy's criteria", emergencies],
    ["K", "Authorised by a permitted role, with name and time", emergencies],
    ["L", "Reviewed afterwards within the deadline", emergencies],
    ["M", "Documented within the deadline; post-implementation review done", emergencies],
    ["N", "Security scan at the merged head without open critical or high findings", all],
  ] satisfies [Attribute, string, Stratum[]][]
).map(([attribute, title, asked_of]) => ({ attribute, title, asked_of }));

/** The stratum of a change. */
export function stratumOf(change: FakeChange): Stratum {
  if (change.class.endsWith("_emergency")) return "emergency";
  return change.class === "unreviewed" || change.class === "exempt" ? change.class : "routine";
}

function answered(change: FakeChange, attribute: Attribute): [ControlAnswer, string] {
  const approved = change.approval === "before";
  switch (attribute) {
    case "A":
      return change.incident === "none"
        ? ["fail", "No ticket, request or incident is linked."]
        : ["pass", "A ticket is linked that was opened before the change."];
    case "C":
    case "E":
      if (change.approval === "unknown") return ["unknown", "The imported files carry no reviews of this change."];
      return approved
        ? ["pass", "An independent person approved it before it was merged."]
        : ["fail", "Nobody independent had approved it when it was merged."];
    case "F":
      return ["unknown", "No imported file tells of tests at the merged head."];
    case "L":
      return change.review_state === "on_time"
        ? ["pass", "It was reviewed within the deadline."]
        : ["fail", "It was not reviewed within the deadline."];
    case "H":
    case "I":
    case "N":
      return ["unknown", "No imported file tells."];
    default:
      return ["pass", "The imported files show it."];
  }
}

/** How a change of the made-up ledger answers each control. */
export function fakeControls(change: FakeChange): ControlLine[] {
  const kind = stratumOf(change);
  const file = `${change.repository.split("/")[1] ?? ""}-pull-requests.json`;
  const place = { import: 3, file, sha256: "5b".repeat(32), row: 17, span: { offset: 18_204, length: 1200 } };
  return fakeAttributes.map(({ attribute, title, asked_of }) => {
    if (!asked_of.includes(kind)) {
      return { control: attribute, title, answer: "not_applicable", reason: "It is not asked of it.", evidence: [] };
    }
    const [answer, reason] = answered(change, attribute);
    const evidence =
      answer === "unknown"
        ? []
        : [{ text: `The record of ${change.id}, implemented ${change.implemented_at}.`, record: change.id, place }];
    return { control: attribute, title, answer, reason, evidence };
  });
}
