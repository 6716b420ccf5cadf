import type { PopulationPage } from "../../bindings/PopulationPage";
import type { SampleItem } from "../../bindings/SampleItem";
import type { SampleList } from "../../bindings/SampleList";
import type { SamplePage } from "../../bindings/SamplePage";
import { fakePolicy } from "./desk";

const DRAWN_AT = "2026-10-01T08:00:00Z";

/** A frozen population of the made-up ledger. */
export const fakePopulation: PopulationPage = {
  id: "P1",
  name: "2026-Q3",
  event: 12,
  frozen_at: DRAWN_AT,
  by: "Ilse Berg",
  filter: { quarter: "2026-Q3", repository: null, class: null },
  as_of: DRAWN_AT,
  policies: [fakePolicy.policy],
  files: [{ file: "pulls.json", sha256: "5e".repeat(32), rejected: 0 }],
  undated: 0,
  changes: 40,
  strata: [
    { stratum: "emergency", changes: 4 },
    { stratum: "routine", changes: 36 },
  ],
  sha256: "ab".repeat(32),
  samples: ["S1"],
  since: { imports: 0, policies: 0, people: 0, attestations: 0, moved: [] },
};

/** An item of its sample. */
export const fakeItem: SampleItem = {
  item: 1,
  id: "github:marlpoint/rates#1340",
  change: {
    title: "Cache rate sheet import",
    repository: "marlpoint/rates",
    author: "Mara Ko",
    implemented_at: "2026-08-04T10:00:00Z",
    url: null,
    evidence: { file: "pulls.json", sha256: "5e".repeat(32), offset: 0, length: 1200 },
  },
  stratum: "emergency",
  kind: "emergency",
  order: "01".repeat(32),
  replaces: null,
  removed: null,
  answers: [],
  earlier: [],
};

/** A sample of which nothing is answered yet. */
export const fakeSample: SamplePage = {
  id: "S1",
  event: 13,
  drawn_at: DRAWN_AT,
  by: "Ilse Berg",
  seed: "4711",
  sizes: "by-population",
  strata: [{ stratum: "emergency", changes: 4, asked: 1, drawn: 1 }],
  population: fakePopulation,
  items: [fakeItem],
  attributes: [{ attribute: "C", title: "Reviewed by someone independent of every author" }],
  conclusions: [],
  last_at: DRAWN_AT,
  last_sha256: "cd".repeat(32),
};

/** Both, as they are listed. */
export const fakeSamples: SampleList = {
  populations: [{ id: "P1", name: "2026-Q3", frozen_at: DRAWN_AT, changes: 40, sha256: fakePopulation.sha256 }],
  samples: [{ id: "S1", population: "P1", drawn_at: DRAWN_AT, seed: "4711", items: 1, answered: 0, deviating: 0 }],
};
