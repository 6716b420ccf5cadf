import { describe, expect, test } from "vitest";
import type { ChangeItem } from "../../bindings/ChangeItem";
import type { ChangesAnswer } from "../../bindings/ChangesAnswer";
import type { ChangesRequest } from "../../bindings/ChangesRequest";
import type { Host } from "../../ipc";
import { everything } from "../../state/route";
import { ChangeList, PAGE } from "./change-list.svelte";
import { chosen, filterWords, withChoice } from "./filters";

function item(place: number): ChangeItem {
  return {
    id: `github:acme/pay#${place}`,
    title: `change ${place}`,
    repository: "acme/pay",
    author: null,
    implemented_at: null,
    class: "routine",
    signals: [],
    review_state: "not_owed",
    approval: "before",
    missing: [],
    attested: false,
    left_open: [],
    counted: true,
    url: null,
  };
}

/** A host that answers `changes` when the test lets it. */
function slowHost(total: number) {
  const waiting: { request: ChangesRequest; answer: () => void; fail: (thrown: unknown) => void }[] = [];
  const host = {
    rpc: (_name: string, request: ChangesRequest) =>
      new Promise<ChangesAnswer>((resolve, reject) => {
        const start = Number(request.after ?? 0);
        const end = Math.min(total, start + request.limit);
        const items = Array.from({ length: end - start }, (_, step) => item(start + step));
        const answer = { total, items, next: end < total ? String(end) : null, search_backlog: 7 };
        waiting.push({ request, answer: () => resolve(answer), fail: reject });
      }),
  } as unknown as Host;
  return { host, waiting };
}

describe("a list of changes", () => {
  test("arrives page by page", async () => {
    const { host, waiting } = slowHost(450);
    const list = new ChangeList(host);
    const first = list.begin(everything);
    waiting[0]?.answer();
    await first;
    expect([list.total, list.loaded, list.backlog]).toEqual([450, PAGE, 7]);

    const second = list.more();
    await list.more();
    expect(waiting).toHaveLength(2);
    waiting[1]?.answer();
    await second;
    const third = list.more();
    waiting[2]?.answer();
    await third;
    expect(list.loaded).toBe(450);
    expect([0, 200, 449, 450].map((place) => list.at(place)?.title)).toEqual([
      "change 0",
      "change 200",
      "change 449",
      undefined,
    ]);

    await list.more();
    expect(waiting).toHaveLength(3);
  });

  test("drops an answer to a filter that is no longer set", async () => {
    const { host, waiting } = slowHost(450);
    const list = new ChangeList(host);
    const old = list.begin({ ...everything, search: "p" });
    const now = list.begin({ ...everything, search: "pay" });
    waiting[1]?.answer();
    await now;
    waiting[0]?.fail({ code: "internal", message: "late", hints: [] });
    await old;
    expect(list.error).toBeUndefined();
    expect(list.loaded).toBe(PAGE);
  });

  test("says why it cannot be shown", async () => {
    const { host, waiting } = slowHost(1);
    const list = new ChangeList(host);
    const first = list.begin(everything);
    waiting[0]?.fail({ code: "ledger_busy", message: "Busy.", hints: [] });
    await first;
    expect([list.error?.code, list.loading, list.total]).toEqual(["ledger_busy", false, null]);
  });
});

describe("filters", () => {
  test("in words", () => {
    const filter = { ...everything, quarter: "2026-Q3", class: "unlabelled_emergency", search: "pay" } as const;
    expect(filterWords(filter)).toBe("Q3 2026, unlabelled emergency, “pay”");
    expect(filterWords({ ...everything, emergencies: true, missing: "incident" })).toBe(
      "emergencies, without incident link",
    );
    expect(filterWords(everything)).toBe("");
  });

  test("both classes of emergencies are one choice among the classes", () => {
    const both = withChoice({ ...everything, class: "routine" }, "class", "emergencies");
    expect([both.class, both.emergencies, chosen(both, "class")]).toEqual([null, true, "emergencies"]);
    const one = withChoice(both, "class", "exempt");
    expect([one.class, one.emergencies, chosen(one, "class")]).toEqual(["exempt", false, "exempt"]);
    expect(withChoice(one, "class", "")).toEqual(everything);
  });

  test("one choice leaves the others alone", () => {
    const filter = withChoice({ ...everything, search: "pay" }, "quarter", "2026-Q3");
    expect(filter).toEqual({ ...everything, search: "pay", quarter: "2026-Q3" });
  });
});
