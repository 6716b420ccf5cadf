import { mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "./App.svelte";
import { fakeHost } from "./ipc/fake";
import { beginSession, type Session } from "./state/session";

/** How long a step may take, in milliseconds; the made-up import alone takes a second. */
const PATIENCE = 8000;
/** An emergency of the made-up ledger that nobody reviewed, by siobhan-mcg. */
const CHANGE = "github:marlpoint/customs#3412";
let app: Record<string, unknown>;
let session: Session;

beforeEach(() => {
  localStorage.clear();
  location.hash = "";
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
});

afterEach(async () => {
  await unmount(app);
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

function open(scenario: string) {
  session = beginSession(fakeHost(scenario));
  app = mount(App, { target: document.body, props: { session } });
}

const one = (testid: string) => document.querySelector<HTMLElement>(`[data-testid=${testid}]`);
async function shown(testid: string): Promise<HTMLElement> {
  return vi.waitFor(() => {
    const element = one(testid);
    if (element === null) throw new Error(`${testid} is not there`);
    return element;
  }, PATIENCE);
}
/** Writes into a field as a person would. */
function write(testid: string, words: string) {
  const field = document.querySelector<HTMLInputElement>(`input[data-testid=${testid}]`);
  if (field === null) throw new Error(`${testid} is no field`);
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
/** Chooses from a list as a person would. */
function choose(testid: string, value: string) {
  const list = document.querySelector<HTMLSelectElement>(`select[data-testid=${testid}]`);
  if (list === null) throw new Error(`${testid} is no list`);
  list.value = value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
function press(key: string) {
  window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}

describe("the sample workspace", () => {
  test("opens on the last completed quarter, marked as a sample", async () => {
    open("sample");
    const tile = await shown("tile-emergency_ratio");
    expect(tile.textContent).toMatch(/\d\.\d%/);
    expect(document.querySelector("h1")?.textContent).toBe("Q3 2026");
    expect(document.body.textContent).toContain("Sample workspace");
  });

  test("says quietly which quarter a later import restated, and what moved", async () => {
    location.hash = "#/overview?quarter=2026-Q1";
    open("sample");
    const line = await shown("restatement");
    expect(line.textContent).toContain("Restated since the report of 2026-04-03: 1 change and 2 numbers moved");
    expect(line.textContent).toContain("1 import and 1 statement about who is who");
    expect(line.querySelectorAll("[data-testid=moved-number]").length).toBe(2);
    press("]");
    await vi.waitFor(() => expect(document.querySelector("h1")?.textContent).toBe("Q2 2026"));
    await vi.waitFor(() => expect(one("restatement")).toBeNull());
  });

  test("[ and ] switch the quarter", async () => {
    open("sample");
    await shown("tile-overdue");
    press("[");
    await vi.waitFor(() => expect(document.querySelector("h1")?.textContent).toBe("Q2 2026"));
    press("]");
    press("]");
    await vi.waitFor(() => expect(document.querySelector("h1")?.textContent).toBe("Q4 2026"));
    press("]");
    await tick();
    expect(document.querySelector("h1")?.textContent).toBe("Q4 2026");
  });

  test("leads from a tile to the changes behind it, to one of them, to its raw record", async () => {
    open("sample");
    const link = await shown("tile-unlabelled-changes");
    location.hash = link.getAttribute("href") ?? "";
    window.dispatchEvent(new HashChangeEvent("hashchange"));
    const row = await shown("browse-row");
    row.click();
    const title = await shown("change-title");
    expect(title.textContent).toMatch(/^Urgent fix/);
    (await shown("raw-toggle")).click();
    const raw = await shown("raw-text");
    expect(JSON.parse(raw.textContent)).toMatchObject({ title: title.textContent });
  });

  test("every view opens by its keys", async () => {
    open("sample");
    await shown("tile-overdue");
    const heading = async (keys: string, words: string) => {
      Array.from(keys).forEach(press);
      await vi.waitFor(() => expect(document.querySelector("h1")?.textContent).toContain(words));
    };
    await heading("gd", "Reviews due");
    await heading("gb", "Browse");
    await heading("gr", "Report on Q3 2026");
    await heading("gi", "Import");
    await heading("gc", "Completeness");
    await heading("gp", "Policy");
    await heading("gw", "People");
    await heading("gs", "Samples");
    await heading("ge", "Export");
    await heading("go", "Q3 2026");
  });

  test("a likeness of accounts becomes a statement with its name and reason", async () => {
    open("sample");
    const asked = vi.spyOn(session.host, "rpc");
    session.router.go({ view: "people" });
    const suggestion = await shown("people-suggestion");
    suggestion.querySelector("button")?.click();
    const dialog = await shown("statement");
    await vi.waitFor(() =>
      expect(dialog.querySelector("h2")?.textContent).toBe("jpvoss and jp.voss@example.com are one person"),
    );
    for (const [field, words] of [
      ["statement-by", "Siobhan McGrath"],
      ["statement-reason", "The directory lists both."],
    ] as const) {
      const input = (await shown(field)) as HTMLInputElement;
      input.value = words;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    await tick();
    (await shown("statement-keep")).click();
    const outcome = await shown("people-outcome");
    expect(outcome.textContent).toContain("1 change is judged otherwise");
    expect(asked).toHaveBeenCalledWith("merge_people", {
      accounts: ["jpvoss", "jp.voss@example.com"],
      because: { by: "Siobhan McGrath", reason: "The directory lists both." },
    });
  });

  test("what somebody attests stands on the change's page, and can be taken back", async () => {
    open("sample");
    session.router.go({ view: "change", id: CHANGE });
    (await shown("attest")).click();
    await shown("attest-kind");
    choose("attest-kind", "authorisation");
    write("statement-by", "Mara Ko");
    write("statement-reason", "Called the engineering lead.");
    write("attest-at", "2026-09-27 14:30");
    const asked = vi.spyOn(session.host, "rpc");
    one("statement")?.querySelector("form")?.requestSubmit();
    const line = await shown("attestation");
    expect(line.textContent).toContain("Called the engineering lead.");
    expect(asked).toHaveBeenCalledWith("attest", {
      id: CHANGE,
      kind: "authorisation",
      withdraw: false,
      by: "Mara Ko",
      at: "2026-09-27T14:30:00Z",
      reason: "Called the engineering lead.",
      incidents: [],
    });
    await vi.waitFor(() => expect(one("verdict-without")?.textContent).toContain("Authorisation recorded"));
    line.querySelector("button")?.click();
    await shown("statement-reason");
    write("statement-reason", "It was another change.");
    one("statement")?.querySelector("form")?.requestSubmit();
    await vi.waitFor(() => expect(document.querySelectorAll("[data-testid=attestation]").length).toBe(2));
    expect(one("attestation")?.querySelector("button")).toBeNull();
    session.router.go({ view: "report", quarter: "2026-Q3" });
    expect((await shown("attested-change")).textContent).toContain("Authorisation");
    expect(document.querySelectorAll("[data-testid=attested-change]").length).toBe(2);
  });

  test("a review that is due is attested from its row", async () => {
    open("sample");
    session.router.go({ view: "due" });
    (await shown("due-attest")).click();
    await shown("attest-kind");
    write("statement-by", "Mara Ko");
    write("statement-reason", "Read it on Monday.");
    one("statement")?.querySelector("form")?.requestSubmit();
    expect((await shown("due-attested")).textContent).toContain("Attested.");
    await vi.waitFor(() => expect(one("statement")).toHaveProperty("open", false));
  });

  test("an author who attests their own review is told so, and nothing is kept", async () => {
    open("sample");
    session.router.go({ view: "change", id: CHANGE });
    (await shown("attest")).click();
    await shown("attest-kind");
    write("statement-by", "siobhan-mcg");
    write("statement-reason", "I looked at it again.");
    one("statement")?.querySelector("form")?.requestSubmit();
    await vi.waitFor(() =>
      expect(one("statement")?.querySelector("[role=alert]")?.textContent).toContain(
        "nobody reviews what is their own",
      ),
    );
    expect(one("attestation")).toBeNull();
  });

  test("the controls of a change stand with their reasons and evidence", async () => {
    open("sample");
    session.router.go({ view: "change", id: CHANGE });
    const control = await shown("control-C");
    expect(control.textContent).toContain("Reviewed by someone independent of every author");
    expect(control.textContent).toContain("row 17 of");
    expect((await shown("control-F")).textContent).toContain("unknown");
    expect(document.querySelectorAll("[data-testid^=control-]").length).toBe(14);
  });

  test("a sample is frozen, drawn and answered by keyboard, and its paper saved", async () => {
    open("sample");
    session.router.go({ view: "samples", name: null, item: null });
    await shown("population");
    (await shown("freeze")).closest("form")?.requestSubmit();
    await vi.waitFor(() => expect(location.hash).toBe("#/samples/P2"));
    await shown("draw-seed");
    write("draw-seed", "a number on a slip");
    choose("draw-sizes", "number");
    await shown("draw-size");
    write("draw-size", "2");
    write("draw-emergency", "1");
    one("draw")?.closest("form")?.requestSubmit();
    await vi.waitFor(() => expect(location.hash).toContain("#/samples/S2"));
    const cell = (name: string) => document.querySelector<HTMLElement>(`[data-cell="${name}"]`);
    const answer = (name: string, key: string) =>
      cell(name)?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await vi.waitFor(() => expect(cell("1A")).not.toBeNull());
    expect(document.querySelectorAll("[data-cell$=A]").length).toBe(7);
    answer("1A", "1");
    await vi.waitFor(() => expect(cell("1A")?.textContent).toBe("P"));
    expect(document.activeElement).toBe(cell("1B"));
    answer("1B", "2");
    await vi.waitFor(() => expect(document.activeElement).toBe(one("answer-note")));
    write("answer-note", "No reason was written.");
    write("answer-cause", "missing template");
    one("answer-keep")?.closest("form")?.requestSubmit();
    await vi.waitFor(() => expect(cell("1B")?.textContent).toBe("D"));
    await vi.waitFor(() => expect(document.querySelectorAll("[data-testid=conclusion]").length).toBe(2));
    (await shown("paper-pdf")).click();
    await vi.waitFor(() => expect(document.body.textContent).toContain("Saved to /papers/S2.pdf"));
  });

  test("an item is taken out with a reason, and the next takes its place", async () => {
    open("sample");
    session.router.go({ view: "samples", name: "S1", item: 6 });
    (await shown("take-out")).click();
    await shown("take-out-replace");
    write("statement-by", "Ilse Berg");
    write("statement-reason", "It is of another company.");
    one("statement")?.querySelector("form")?.requestSubmit();
    await vi.waitFor(() => expect(one("taken-out")?.textContent).toContain("It is of another company."));
    expect(document.body.textContent).toContain("Item 22 takes its place.");
  });

  test("the facts and verdicts are exported in the format that is chosen", async () => {
    open("sample");
    session.router.go({ view: "export" });
    const asked = vi.spyOn(session.host, "rpc");
    (await shown("export-csv")).click();
    one("export-save")?.closest("form")?.requestSubmit();
    await vi.waitFor(() => expect(document.body.textContent).toContain("Written to /exports/change-ledger-csv"));
    expect(asked).toHaveBeenCalledWith("export", { format: "csv", partitioned: false });
  });

  test("a report is saved and listed", async () => {
    open("sample");
    session.router.go({ view: "report", quarter: "2026-Q2" });
    (await shown("report-save-pdf")).click();
    await vi.waitFor(() => expect(document.body.textContent).toContain("Saved to /reports/2026-Q2.pdf"));
    await vi.waitFor(() => expect(document.querySelector("table.data tbody")?.textContent).toContain("Q2 2026"));
  });

  test("the theme goes from the system's to light to dark, and is remembered", async () => {
    open("sample");
    const toggle = await shown("theme-toggle");
    toggle.click();
    expect(document.documentElement.dataset["theme"]).toBe("light");
    toggle.click();
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    expect(localStorage.getItem("change-ledger.theme")).toBe("dark");
  });
});

describe("an empty ledger", () => {
  test("welcomes with both ways in, and the sample is one click away", async () => {
    open("empty");
    await shown("import-choose");
    (await shown("sample-open")).click();
    await shown("tile-emergency_ratio");
  });

  test("imports what is chosen and shows what became of it", async () => {
    open("empty");
    (await shown("import-choose")).click();
    const run = await shown("import-run");
    await vi.waitFor(() => expect(run.textContent).toContain("Import 2 files"));
    await vi.waitFor(() => expect(document.body.textContent).toContain("The file is of no known kind"));
    expect(document.body.textContent).toContain("Which date is “03/04/26 10:00”");
    await vi.waitFor(() => expect(run).toHaveProperty("disabled", false));
    run.click();
    await vi.waitFor(() => expect(document.body.textContent).toMatch(/rows\/s/));
    await shown("import-manifest");
    // What waits for an answer still lies there.
    const waiting = await shown("question-date-order");
    waiting.querySelector<HTMLInputElement>("input[value=dmy]")?.click();
    await vi.waitFor(() => expect(one("import-run")?.textContent).toContain("Import 1 file"));
  });
});

describe("completeness", () => {
  test("shows what is missing first, then what each file can prove", async () => {
    open("sample");
    session.router.go({ view: "completeness" });
    await shown("finding-cut-off");
    const ids = [...document.querySelectorAll("[data-testid^=finding-]")].map((card) =>
      card.getAttribute("data-testid"),
    );
    expect(ids.slice(0, 2)).toEqual(["finding-cut-off", "finding-gaps"]);
    expect((await shown("file-facts")).textContent).toContain("booking-pull-requests.json");
  });

  test("says so when nothing was imported", async () => {
    open("empty");
    session.router.go({ view: "completeness" });
    await vi.waitFor(() => expect(document.body.textContent).toContain("Nothing was imported yet"));
    expect(one("finding-gaps")).toBeNull();
  });
});

describe("a ledger that cannot be opened", () => {
  test("says so, with a way out", async () => {
    open("broken");
    await vi.waitFor(() => expect(document.querySelector("[role=alert]")?.textContent).toContain("cannot be opened"));
    expect(document.querySelector("[role=alert] button")?.textContent).toBe("Open another ledger");
  });
});
