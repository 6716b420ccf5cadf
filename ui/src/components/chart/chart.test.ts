import { beforeEach, describe, expect, test } from "vitest";
import { marksOf, markWords, nextMark } from "./marks";
import { showDrawing } from "./trusted-svg";

const mark = (quarter: string, series: string, label: string) =>
  `<g class="mark" data-quarter="${quarter}" data-series="${series}" data-label="${label}"><rect class="tone-good"/></g>`;
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" role="img">${mark("2026-Q2", "on_time", "8")}${mark("2026-Q2", "late", "2")}${mark("2026-Q3", "on_time", "10")}${mark("2026-Q3", "late", "n/a")}</svg>`;

let element: HTMLElement;
beforeEach(() => {
  element = document.createElement("div");
});

test("a drawing's marks are its numbers", () => {
  showDrawing(element, drawing);
  expect(marksOf(element).map(markWords)).toEqual([
    "2026-Q2, on time, 8",
    "2026-Q2, late, 2",
    "2026-Q3, on time, 10",
    "2026-Q3, late, n/a",
  ]);
});

describe("arrow keys", () => {
  function check(from: number, key: string, expected: number | null) {
    showDrawing(element, drawing);
    expect(nextMark(marksOf(element), from, key)).toBe(expected);
  }

  test("go along a series and through a quarter", () => {
    check(0, "ArrowRight", 2);
    check(2, "ArrowLeft", 0);
    check(0, "ArrowUp", 1);
    check(1, "ArrowDown", 0);
    check(3, "Home", 0);
    check(0, "End", 3);
  });

  test("enter the chart at its first mark and end at its edges", () => {
    check(-1, "ArrowRight", 0);
    check(2, "ArrowRight", null);
    check(0, "Tab", null);
  });

  test("lead nowhere in a chart without marks", () => expect(nextMark([], -1, "ArrowRight")).toBeNull());
});

describe("what is no plain drawing", () => {
  function refused(svg: string) {
    expect(() => showDrawing(element, svg), svg).toThrow("no plain drawing");
    expect(element.childElementCount).toBe(0);
  }

  test("is refused", () => {
    refused("<p>text</p>");
    refused("<svg><script>alert(1)</script></svg>");
    refused('<svg onload="alert(1)"></svg>');
    refused('<svg><image href="https://example.com/x.png"/></svg>');
    refused('<svg><a href="javascript:alert(1)"/></svg>');
    refused("<svg><foreignObject/></svg>");
    refused('<svg><rect style="fill:red"/></svg>');
  });
});
