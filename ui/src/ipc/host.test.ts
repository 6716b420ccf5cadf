import { describe, expect, expectTypeOf, test } from "vitest";
import schema from "../bindings/RpcSchema.ts?raw";
import type { ChangesAnswer } from "../bindings/ChangesAnswer";
import type { ChangesRequest } from "../bindings/ChangesRequest";
import type { Nothing } from "../bindings/Nothing";
import type { WorkspaceStatus } from "../bindings/WorkspaceStatus";
import { fakeHost } from "./fake";
import { isAppError, type AnswerOf, type CommandName, type Host, type RequestOf } from "./host";

test("a command's name fixes the types of its request and answer", () => {
  expectTypeOf<RequestOf<"changes">>().toEqualTypeOf<ChangesRequest>();
  expectTypeOf<AnswerOf<"changes">>().toEqualTypeOf<ChangesAnswer>();
  expectTypeOf<RequestOf<"status">>().toEqualTypeOf<Nothing>();
  expectTypeOf<ReturnType<Host["rpc"]>>().toExtend<Promise<unknown>>();
  expectTypeOf<AnswerOf<"open_sample">>().toEqualTypeOf<WorkspaceStatus>();
});

test("the made-up host answers every command of the schema that needs no name", async () => {
  const names = [...schema.matchAll(/^ {2}(\w+): \{ request: Nothing;/gm)].map(([, name]) => name as CommandName);
  expect(names).toContain("status");
  const host = fakeHost();
  for (const name of names) {
    await expect(host.rpc(name, {}), name).resolves.toBeTypeOf("object");
  }
});

test("a failing command rejects with a code", async () => {
  await expect(fakeHost().rpc("change", { id: "nobody/nothing#1" })).rejects.toSatisfy(isAppError);
  await expect(fakeHost("broken").rpc("status", {})).rejects.toMatchObject({ code: "ledger_unavailable" });
});

describe("an error of the commands", () => {
  function check(thrown: unknown, expected: boolean) {
    expect(isAppError(thrown)).toBe(expected);
  }

  test("is known by its three fields", () => {
    check({ code: "internal", message: "", hints: [] }, true);
    check({ code: "internal", message: "" }, false);
    check({ code: 1, message: "", hints: [] }, false);
    check(new Error("x"), false);
    check(null, false);
  });
});

describe("the made-up list of changes", () => {
  const all: ChangesRequest = {
    quarter: null,
    class: null,
    emergencies: false,
    missing: null,
    review_state: null,
    approval: null,
    repository: null,
    search: null,
    limit: 1000,
    after: null,
  };

  test("comes in pages without gap or overlap", async () => {
    const host = fakeHost();
    const ids = new Set<string>();
    let after: string | null = null;
    let total: number;
    do {
      const page: ChangesAnswer = await host.rpc("changes", { ...all, after });
      page.items.forEach(({ id }) => ids.add(id));
      ({ next: after, total } = page);
    } while (after !== null);
    expect(ids.size).toBe(total);
  });

  test("agrees with the numbers of the quarter", async () => {
    const host = fakeHost();
    const { quarters } = await host.rpc("metrics", { from: null, to: null, by: null });
    for (const { quarter, changes, unlabelled_emergencies: unlabelled, missing_incident_links: missing } of quarters) {
      const total = async (filter: Partial<ChangesRequest>) =>
        (await host.rpc("changes", { ...all, quarter, limit: 1, ...filter })).total;
      expect(await total({})).toBe(changes);
      expect(await total({ class: "unlabelled_emergency" })).toBe(unlabelled.count);
      expect(await total({ missing: "incident" })).toBe(missing.count);
    }
  });
});
