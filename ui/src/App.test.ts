import { mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "./App.svelte";
import { fakeHost } from "./ipc/fake";
import { beginSession, type Session } from "./state/session";

/** How long a step may take, in milliseconds; the made-up import alone takes a second. */
const PATIENCE = 8000;
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
