import { expect, test } from "vitest";
import { inTheWindow } from "./fields";

test("options of the command line become the fields of the window", () => {
  const check = (sentence: string, expected: string) => expect(inTheWindow(sentence)).toBe(expected);
  const under = "under “If a file is ambiguous”";
  check(
    "Say which it is with --date-order dmy or --date-order mdy.",
    `Say which it is with “Order of day and month” ${under}.`,
  );
  check(
    "Import the file again with --timezone ZONE.",
    `Import the file again with “Time zone of times without an offset” ${under}.`,
  );
  check("If it is one, name its kind with --source.", `If it is one, name its kind with “Kind of export” ${under}.`);
  check(
    "Name it with --repository owner/name, or add `url` to the fields of gh pr list --json.",
    `Name it with “Repository, where the file does not say” ${under}, or add \`url\` to the fields of gh pr list --json.`,
  );
  check(
    "pass it with --profile FILE. Its columns are: A",
    `pass it with “Column profile of a table (path)” ${under}. Its columns are: A`,
  );
  check("`people` lists every account.", "“Everybody” lists every account.");
  check(
    "If it is known, state that first: `people kind mk human`.",
    "If it is known, state that first: “Is a bot” or “Is a human”.",
  );
  check(
    'Say it with --by "Mara Ko" --reason "Reviewed with the team on Monday."',
    "Say it with “Stated by” and “Reason”.",
  );
  check("Name with --by somebody independent.", "Name with “Stated by” somebody independent.");
  check("Leave --at out for the present moment.", "Leave “When” out for the present moment.");
  check("`show github:example/till#1` lists what was attested.", "“What people attested” lists what was attested.");
  check(
    "What only cannot be examined stays in: answer it with --result not-examinable.",
    "What only cannot be examined stays in: answer it with “Cannot be examined”.",
  );
  check(
    "Ask for at least one change, --size 25; --stratum routine=0 leaves out a single stratum.",
    "Ask for at least one change, “Sizes”; “Other sizes for single strata” leaves out a single stratum.",
  );
  check(
    "`sample list` names those there are; `sample freeze --quarter 2026-Q3` makes one.",
    "“Samples” names those there are; “Freeze a population” makes one.",
  );
  check("Export it again.", "Export it again.");
});

test("a message begins with a capital letter, unless with a name", () => {
  const check = (sentence: string, expected: string) => expect(inTheWindow(sentence)).toBe(expected);
  check("the import was stopped; nothing was written", "The import was stopped; nothing was written");
  check("there is no change `77` in the ledger", "There is no change `77` in the ledger");
  check("q3.pdf exists already", "q3.pdf exists already");
  check("theory.csv cannot be read", "theory.csv cannot be read");
  check("`x` is no kind of export", "`x` is no kind of export");
});
