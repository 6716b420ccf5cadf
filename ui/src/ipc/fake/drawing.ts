import type { ChartAnswer } from "../../bindings/ChartAnswer";
import type { ChartKind } from "../../bindings/ChartKind";
import type { ChartRequest } from "../../bindings/ChartRequest";
import type { QuarterMetrics } from "../../bindings/QuarterMetrics";

/** A value of a simple chart: its series, number, words and class. */
interface Part {
  series: string;
  value: number | null;
  label: string;
  tone: string;
}

const titles: Record<ChartKind, string> = {
  emergency_ratio: "Emergency ratio",
  classes: "Emergencies and exceptions by class",
  retroactive_reviews: "Retroactive reviews by state",
  time_to_review: "Time to retroactive review",
  review_curve: "Retroactive reviews still open",
};

function partsOf(kind: ChartKind, quarter: QuarterMetrics): Part[] {
  const part = (
    series: string,
    value: number | null,
    tone: string,
    label = value === null ? "n/a" : String(value),
  ) => ({
    series,
    value,
    label,
    tone,
  });
  const { classes, retroactive_review: review, emergency_ratio: ratio } = quarter;
  switch (kind) {
    case "emergency_ratio":
      return [part("emergency_ratio", ratio, "accent", ratio === null ? "n/a" : `${(ratio * 100).toFixed(1)}%`)];
    case "classes":
      return [
        part("declared_emergency", classes.declared_emergency, "accent"),
        part("unlabelled_emergency", classes.unlabelled_emergency, "bad"),
        part("unreviewed", classes.unreviewed, "warn"),
      ];
    case "retroactive_reviews":
      return [
        part("on_time", review.on_time, "good"),
        part("late", review.late, "warn"),
        part("overdue", review.overdue, "bad"),
        part("unknown", review.unknown, "unknown"),
      ];
    case "time_to_review":
      return [part("median", review.median_hours, "accent", `${(review.median_hours ?? 0).toFixed(1)} h`)];
    case "review_curve": {
      const median = review.kaplan_meier_median_hours;
      return [part("estimated median", median, "accent", median === null ? "n/a" : `${median.toFixed(1)} h`)];
    }
  }
}

/** A plain stacked bar chart with the classes and data of the real ones; the product's own are drawn in Rust. */
export function fakeChart(
  { chart, quarter, width, height }: ChartRequest,
  all: readonly QuarterMetrics[],
): ChartAnswer {
  const end = all.findIndex((candidate) => candidate.quarter === quarter) + 1;
  const shown = all.slice(Math.max(0, end - 8), end);
  const columns = shown.map((candidate) => ({ quarter: candidate.quarter, parts: partsOf(chart, candidate) }));
  const greatest = Math.max(
    ...columns.map(({ parts }) => parts.reduce((sum, part) => sum + (part.value ?? 0), 0)),
    0.001,
  );
  const step = (width - 40) / Math.max(1, shown.length);
  const scale = (height - 60) / greatest;
  const bars = columns.map((column, place) => {
    let base = height - 30;
    const x = 30 + place * step;
    const rects = column.parts.map((part) => {
      const tall = Math.max(0, (part.value ?? 0) * scale);
      base -= tall;
      return `<rect class="mark tone-${part.tone}" fill="#1F5FA8" x="${x}" y="${base.toFixed(1)}" width="${(step * 0.6).toFixed(1)}" height="${tall.toFixed(1)}" data-quarter="${column.quarter}" data-series="${part.series}" data-value="${part.value ?? ""}" data-label="${part.label}"/>`;
    });
    const name = `<text class="text-muted" fill="#4b5866" font-size="11" x="${x}" y="${height - 12}">${column.quarter.slice(2)}</text>`;
    return rects.join("") + name;
  });
  const title = titles[chart];
  return {
    title,
    description: `${title}, ${shown.length} quarters up to ${quarter}.`,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}"><line class="axis-line" stroke="#8a939e" x1="24" y1="${height - 30}" x2="${width}" y2="${height - 30}"/>${bars.join("")}</svg>`,
    table: {
      columns: ["Quarter", ...(columns[0]?.parts.map((part) => part.series.replaceAll("_", " ")) ?? [])],
      rows: columns.map((column) => [column.quarter, ...column.parts.map((part) => part.label)]),
    },
  };
}
