import type { ChangesRequest } from "../bindings/ChangesRequest";
import { approvals, classes, missings, reviewStates } from "./choices";

/** What a list of changes is narrowed to. */
export type ChangeFilter = Omit<ChangesRequest, "limit" | "after">;

/** Where in the window a person is: everything needed to come back to the same sight. */
export type Route =
  | { view: "overview"; quarter: string | null }
  | { view: "due" }
  | { view: "browse"; filter: ChangeFilter }
  | { view: "change"; id: string }
  | { view: "report"; quarter: string | null }
  | { view: "import"; run: number | null }
  | { view: "completeness" }
  | { view: "people" }
  | { view: "policy" }
  | { view: "samples"; name: string | null; item: number | null }
  | { view: "export" };

/** A route to all samples, to a population (`P1`) or a sample (`S1`), or to an item of a sample. */
export function samples(name: string | null = null, item: number | null = null): Route {
  return { view: "samples", name, item };
}

/** Names of the views. */
export type ViewName = Route["view"];

/** A filter that lets everything through. */
export const everything: ChangeFilter = {
  quarter: null,
  class: null,
  emergencies: false,
  missing: null,
  review_state: null,
  approval: null,
  repository: null,
  search: null,
};

/** A route to the changes that a filter lets through. */
export function browse(filter: Partial<ChangeFilter>): Route {
  return { view: "browse", filter: { ...everything, ...filter } };
}

/** Names of populations and samples: `P1`, `S1`. */
const SAMPLE = /^[PS]\d+$/;
const QUARTER = /^\d{4}-Q[1-4]$/;

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | null {
  return allowed.find((candidate) => candidate === value) ?? null;
}

function quarterOf(query: URLSearchParams): string | null {
  const quarter = query.get("quarter");
  return quarter !== null && QUARTER.test(quarter) ? quarter : null;
}

function textOf(query: URLSearchParams, name: string): string | null {
  const text = query.get(name)?.trim() ?? "";
  return text === "" ? null : text;
}

function filterOf(query: URLSearchParams): ChangeFilter {
  return {
    quarter: quarterOf(query),
    class: oneOf(query.get("class"), classes),
    emergencies: query.get("emergencies") === "yes",
    missing: oneOf(query.get("missing"), missings),
    review_state: oneOf(query.get("review"), reviewStates),
    approval: oneOf(query.get("approval"), approvals),
    repository: textOf(query, "repository"),
    search: textOf(query, "search"),
  };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Reads a location hash, `#/browse?quarter=2026-Q3`; `null` when it names no view. */
export function parseRoute(hash: string): Route | null {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", ...rest] = path.split("/");
  const query = new URLSearchParams(search);
  switch (view) {
    case "overview":
      return { view, quarter: quarterOf(query) };
    case "report":
      return { view, quarter: quarterOf(query) };
    case "browse":
      return { view, filter: filterOf(query) };
    case "change": {
      const id = decoded(rest.join("/"));
      return id === null || id === "" ? null : { view, id };
    }
    case "import": {
      const run = Number(rest[0]);
      return { view, run: Number.isInteger(run) && run > 0 ? run : null };
    }
    case "samples": {
      const name = rest[0] ?? "";
      const item = Number(query.get("item"));
      return {
        view,
        name: SAMPLE.test(name) ? name : null,
        item: Number.isInteger(item) && item > 0 ? item : null,
      };
    }
    case "due":
    case "completeness":
    case "people":
    case "policy":
    case "export":
      return { view };
    default:
      return null;
  }
}

function withQuery(path: string, entries: Record<string, string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(entries)) {
    if (value !== null) query.set(name, value);
  }
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

/** Writes a route as a location hash; {@link parseRoute} reads it back. */
export function formatRoute(route: Route): string {
  switch (route.view) {
    case "overview":
    case "report":
      return withQuery(`#/${route.view}`, { quarter: route.quarter });
    case "browse": {
      const { filter } = route;
      return withQuery("#/browse", {
        quarter: filter.quarter,
        class: filter.class,
        emergencies: filter.emergencies ? "yes" : null,
        missing: filter.missing,
        review: filter.review_state,
        approval: filter.approval,
        repository: filter.repository,
        search: filter.search,
      });
    }
    case "change":
      return `#/change/${encodeURIComponent(route.id)}`;
    case "import":
      return route.run === null ? "#/import" : `#/import/${route.run}`;
    case "samples":
      return withQuery(route.name === null ? "#/samples" : `#/samples/${route.name}`, {
        item: route.item === null ? null : String(route.item),
      });
    case "due":
    case "completeness":
    case "people":
    case "policy":
    case "export":
      return `#/${route.view}`;
  }
}
