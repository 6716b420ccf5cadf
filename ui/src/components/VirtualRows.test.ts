import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import VirtualRows from "./VirtualRows.svelte";

const HEIGHT = 600;
let mounted: Record<string, unknown> | undefined;
let onend: ReturnType<typeof vi.fn<() => void>>;
let onchoose: ReturnType<typeof vi.fn<(position: number) => void>>;

beforeEach(() => {
  // The test's document has no layout: the viewport is given a height.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(HEIGHT);
  onend = vi.fn<() => void>();
  onchoose = vi.fn<(position: number) => void>();
});

afterEach(async () => {
  if (mounted !== undefined) await unmount(mounted);
  mounted = undefined;
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

function show(count: number, total: number): HTMLElement {
  mounted = mount(VirtualRows, {
    target: document.body,
    props: {
      label: "Changes",
      count,
      total,
      rowHeight: 40,
      testid: "row",
      resetOn: null,
      onend,
      onchoose,
      head: createRawSnippet(() => ({ render: () => '<span role="columnheader">Change</span>' })),
      row: createRawSnippet<[number]>((position) => ({
        render: () => `<span role="gridcell">change ${position()}</span>`,
      })),
    },
  });
  flushSync();
  const grid = document.querySelector<HTMLElement>("[role=grid]");
  if (grid === null) throw new Error("there is no grid");
  return grid;
}

const rows = () => [...document.querySelectorAll("[data-testid=row]")];
const press = (grid: HTMLElement, key: string) => {
  grid.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  flushSync();
};

test("a million rows put a screenful into the document", () => {
  const grid = show(1_000_000, 1_000_000);
  expect(rows().length).toBeGreaterThanOrEqual(HEIGHT / 40);
  expect(rows().length).toBeLessThan(60);
  expect(grid.getAttribute("aria-rowcount")).toBe("1000001");
  expect(rows()[0]?.getAttribute("aria-rowindex")).toBe("2");
  expect(rows()[0]?.textContent.trim()).toBe("change 0");
});

test("the next page is asked for when the last rows come near", () => {
  show(30, 1000);
  expect(onend).toHaveBeenCalled();
});

test("no page is asked for when everything has arrived, or the end is far", () => {
  show(30, 30);
  expect(onend).not.toHaveBeenCalled();
  onend.mockClear();
  show(200, 1000);
  expect(onend).not.toHaveBeenCalled();
});

test("keys move through the rows, and Enter chooses one", () => {
  const grid = show(200, 200);
  press(grid, "ArrowDown");
  press(grid, "ArrowDown");
  press(grid, "ArrowUp");
  const active = document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
  expect(active?.textContent.trim()).toBe("change 1");
  expect(active?.getAttribute("aria-selected")).toBe("true");
  press(grid, "Enter");
  expect(onchoose).toHaveBeenCalledExactlyOnceWith(1);
});

test("a click chooses a row", () => {
  show(200, 200);
  rows()[3]?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(onchoose).toHaveBeenCalledExactlyOnceWith(3);
});
