import { describe, expect, test, vi } from "vitest";
import type { ImportRequest } from "../bindings/ImportRequest";
import { fakeHost } from "../ipc/fake";
import type { AnswerOf, CommandName, Host, RequestOf } from "../ipc";
import { stateOf, type DeskFile } from "./laid-out";
import { beginSession } from "./session";

/** A desk on the made-up host, and every import that was asked for. */
function deskWith(more: Partial<{ lay_out: (request: ImportRequest) => void }> = {}) {
  const fake = fakeHost("empty");
  const imported: ImportRequest[] = [];
  const host: Host = {
    ...fake,
    rpc<K extends CommandName>(name: K, request: RequestOf<K>): Promise<AnswerOf<K>> {
      if (name === "import") imported.push(request as ImportRequest);
      if (name === "lay_out") more.lay_out?.(request as ImportRequest);
      return fake.rpc(name, request);
    },
  };
  return { desk: beginSession(host).imports, imported };
}

const settled = (desk: ReturnType<typeof deskWith>["desk"]) => vi.waitFor(() => expect(desk.looking).toEqual([]));
const named = (desk: ReturnType<typeof deskWith>["desk"], name: string): DeskFile => {
  const file = desk.files.find(({ path }) => path.endsWith(name));
  if (file === undefined) throw new Error(`${name} does not lie on the desk`);
  return file;
};

describe("files that are laid out", () => {
  test("are looked at, each once, and nothing is imported by that", async () => {
    const { desk, imported } = deskWith();
    desk.add(["/exports/OPS-issues.csv", "/exports/OPS-issues.csv"]);
    desk.add(["/exports/OPS-issues.csv", "/exports/notes.txt"]);
    await settled(desk);
    expect(desk.files.map((file) => [file.path, stateOf(file)])).toEqual([
      ["/exports/OPS-issues.csv", "open"],
      ["/exports/notes.txt", "unreadable"],
    ]);
    expect(imported).toEqual([]);
  });

  test("that are taken off while they are looked at do not come back", async () => {
    const { desk } = deskWith();
    desk.add(["/exports/OPS-issues.csv"]);
    desk.remove("/exports/OPS-issues.csv");
    await settled(desk);
    expect(desk.files).toEqual([]);
  });

  test("leave the desk unseen when somebody stops the look", async () => {
    const looked: string[][] = [];
    const { desk } = deskWith({ lay_out: ({ paths }) => looked.push(paths) });
    desk.add(["/exports/notes.txt"]);
    await settled(desk);
    desk.add(["/exports/OPS-issues.csv", "/exports/PS-issues.csv"]);
    await desk.stopLooking();
    await settled(desk);
    expect(desk.files.map(({ path }) => path)).toEqual(["/exports/notes.txt"]);
    expect(desk.paths).toEqual(["/exports/notes.txt"]);
    expect(looked).toEqual([["/exports/notes.txt"], ["/exports/OPS-issues.csv"]]);
  });

  test("stay waiting under an answer that cannot be tried, with the reason", async () => {
    const { desk } = deskWith({
      lay_out: ({ timezone }) => {
        if (timezone === "Mars") throw Object.assign(new Error("no zone"), { code: "wrong_use", hints: [] });
      },
    });
    desk.add(["/exports/OPS-issues.csv"]);
    await settled(desk);
    await desk.say(named(desk, "OPS-issues.csv"), "timezone", "Mars");
    expect(named(desk, "OPS-issues.csv").refused?.message).toBe("no zone");
    expect(desk.importable).toEqual([]);
    await desk.say(named(desk, "OPS-issues.csv"), "timezone", "UTC");
    expect(named(desk, "OPS-issues.csv").refused).toBeNull();
    expect(desk.importable).toHaveLength(1);
  });
});

describe("an answer", () => {
  test("settles the question, which stays to be answered differently", async () => {
    const { desk } = deskWith();
    desk.add(["/exports/incidents-us.csv"]);
    await settled(desk);
    expect(stateOf(named(desk, "incidents-us.csv"))).toBe("waiting");
    await desk.say(named(desk, "incidents-us.csv"), "dateOrder", "mdy");
    const file = named(desk, "incidents-us.csv");
    expect([stateOf(file), file.questions, file.asked.map(({ question }) => question)]).toEqual([
      "ready",
      [],
      ["date_order"],
    ]);
  });

  test("goes with the file that is taken off the desk", async () => {
    const { desk } = deskWith();
    desk.add(["/exports/OPS-issues.csv"]);
    await settled(desk);
    await desk.say(named(desk, "OPS-issues.csv"), "timezone", "Europe/Berlin");
    desk.remove("/exports/OPS-issues.csv");
    desk.add(["/exports/OPS-issues.csv"]);
    await settled(desk);
    expect(stateOf(named(desk, "OPS-issues.csv"))).toBe("open");
  });

  test("can be given to all files that ask the same", async () => {
    const { desk } = deskWith();
    desk.add(["/one/OPS-issues.csv", "/two/OPS-issues.csv", "/exports/incidents-us.csv"]);
    await settled(desk);
    const [first] = desk.files;
    if (first === undefined) throw new Error("nothing lies on the desk");
    expect(desk.othersThatAsk(first, "time_zone").map(({ path }) => path)).toEqual([]);
    await desk.say(first, "timezone", "Europe/Berlin");
    expect(desk.othersThatAsk(first, "time_zone").map(({ path }) => path)).toEqual(["/two/OPS-issues.csv"]);
    await desk.sayToAll(first, "time_zone");
    expect(desk.files.map(({ path }) => desk.answersOf({ path }).timezone)).toEqual([
      "Europe/Berlin",
      "Europe/Berlin",
      "",
    ]);
  });

  test("about columns is saved, and the file is read and imported with it", async () => {
    const { desk, imported } = deskWith();
    desk.add(["/exports/change-register.csv"]);
    await settled(desk);
    const columns = [
      { column: "Change-Nr.", field: "number" },
      { column: "Umgesetzt am", field: "implemented_at" },
    ];
    const file = named(desk, "change-register.csv");
    await desk.explain(file, { name: "change-register", record: "change", columns });
    expect(stateOf(named(desk, "change-register.csv"))).toBe("ready");
    await desk.run();
    expect(imported.map(({ paths, profile }) => ({ paths, profile }))).toEqual([
      { paths: ["/exports/change-register.csv"], profile: "/profiles/change-register.toml" },
    ]);
  });
});

test("an import takes what can be imported, under the answers to each, and leaves the rest on the desk", async () => {
  const { desk, imported } = deskWith();
  desk.add(["/exports/booking-pull-requests.json", "/exports/OPS-issues.csv", "/exports/change-register.csv"]);
  await settled(desk);
  await desk.say(named(desk, "OPS-issues.csv"), "timezone", "Europe/Berlin");
  await desk.run();
  expect(imported.map(({ paths, timezone }) => ({ paths, timezone }))).toEqual([
    { paths: ["/exports/booking-pull-requests.json"], timezone: null },
    { paths: ["/exports/OPS-issues.csv"], timezone: "Europe/Berlin" },
  ]);
  expect(desk.answer?.runs.map(({ file }) => file)).toEqual(["booking-pull-requests.json", "OPS-issues.csv"]);
  expect(desk.paths).toEqual(["/exports/change-register.csv"]);
}, 10_000);

test("what was stopped stays on the desk, and no further file is begun", async () => {
  const { desk, imported } = deskWith();
  desk.add(["/exports/booking-pull-requests.json", "/exports/OPS-issues.csv"]);
  await settled(desk);
  await desk.say(named(desk, "OPS-issues.csv"), "timezone", "Europe/Berlin");
  const running = desk.run();
  await vi.waitFor(() => expect(imported).toHaveLength(1));
  await desk.cancel();
  await running;
  expect(desk.error?.code).toBe("cancelled");
  expect(imported).toHaveLength(1);
  expect(desk.paths).toEqual(["/exports/booking-pull-requests.json", "/exports/OPS-issues.csv"]);
}, 10_000);
