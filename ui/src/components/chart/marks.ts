/** One number of a drawn chart. */
export interface ChartMark {
  element: Element;
  /** The quarter or bucket that it stands for. */
  place: string;
  /** The series, in words. */
  series: string;
  /** The value in words. */
  value: string;
}

/** The numbers of a drawing in reading order. */
export function marksOf(drawing: Element): ChartMark[] {
  return [...drawing.querySelectorAll<SVGElement>(".mark")].map((element) => ({
    element,
    place: element.dataset["quarter"] ?? element.dataset["bucket"] ?? "",
    series: (element.dataset["series"] ?? "").replaceAll("_", " "),
    value: element.dataset["label"] ?? element.dataset["value"] ?? "",
  }));
}

/** A mark as a sentence. */
export function markWords(mark: ChartMark): string {
  return [mark.place, mark.series, mark.value].filter((part) => part !== "").join(", ");
}

/**
 * Where an arrow key leads from a mark: left and right along a series, up and down through the marks of one place.
 * `null` when the key is none of the chart's, or leads nowhere.
 */
export function nextMark(marks: readonly ChartMark[], from: number, key: string): number | null {
  const mark = marks[from];
  if (mark === undefined) return marks.length > 0 && key.startsWith("Arrow") ? 0 : null;
  const forwards = key === "ArrowRight" || key === "ArrowUp";
  const step = forwards ? 1 : -1;
  switch (key) {
    case "Home":
      return 0;
    case "End":
      return marks.length - 1;
    case "ArrowRight":
    case "ArrowLeft":
      return find(marks, from, step, (other) => other.series === mark.series);
    case "ArrowUp":
    case "ArrowDown":
      return find(marks, from, step, (other) => other.place === mark.place);
    default:
      return null;
  }
}

function find(
  marks: readonly ChartMark[],
  from: number,
  step: number,
  wanted: (mark: ChartMark) => boolean,
): number | null {
  for (let place = from + step; place >= 0 && place < marks.length; place += step) {
    const mark = marks[place];
    if (mark !== undefined && wanted(mark)) return place;
  }
  return null;
}
