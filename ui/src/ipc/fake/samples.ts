import type { AnswerRequest } from "../../bindings/AnswerRequest";
import type { Conclusion } from "../../bindings/Conclusion";
import type { DrawRequest } from "../../bindings/DrawRequest";
import type { FreezeRequest } from "../../bindings/FreezeRequest";
import type { PopulationPage } from "../../bindings/PopulationPage";
import type { SampleItem } from "../../bindings/SampleItem";
import type { SampleList } from "../../bindings/SampleList";
import type { SamplePage } from "../../bindings/SamplePage";
import type { Stratum } from "../../bindings/Stratum";
import type { TakenOut } from "../../bindings/TakenOut";
import type { TakeOutRequest } from "../../bindings/TakeOutRequest";
import { fakeAttributes, stratumOf } from "./controls";
import { fakePolicy } from "./desk";
import { AS_OF, type FakeChange } from "./world";

const strata: Stratum[] = ["emergency", "unreviewed", "routine", "exempt"];

/** Populations and samples of the made-up ledger, kept as long as the window. */
export class FakeSamples {
  #populations: { page: PopulationPage; members: FakeChange[] }[] = [];
  #samples: SamplePage[] = [];
  #events = 20;
  #changes: readonly FakeChange[];
  #refuse: (words: string) => Error;

  /** `refuse` makes what is thrown where something is not there. */
  constructor(changes: readonly FakeChange[], refuse: (words: string) => Error) {
    this.#changes = changes;
    this.#refuse = refuse;
  }

  /** A sample in which somebody has begun to answer. */
  begin(): void {
    const { id: population } = this.freeze({
      quarter: "2026-Q3",
      name: null,
      repository: null,
      class: null,
      by: "Ilse Berg",
    });
    const nothing = { note: null, cause: null, response: null, retest: null, by: "Ilse Berg" };
    const { id: sample } = this.draw({
      population,
      seed: "4711",
      size: null,
      sizes: null,
      strata: [],
      whole: false,
      by: "Ilse Berg",
    });
    for (let item = 1; item <= 5; item += 1) {
      this.answer({ ...nothing, sample, item, attribute: "A", result: item === 2 ? "deviation" : "pass" });
    }
    this.takeOut({ sample, item: 7, reason: "It was merged twice.", replace: true, by: "Ilse Berg" });
  }

  freeze({ quarter, name, repository, class: only, by }: FreezeRequest): PopulationPage {
    const members = this.#changes.filter(
      (change) =>
        change.quarter === quarter &&
        (repository === null || change.repository === repository) &&
        (only === null || change.class === only),
    );
    if (members.length === 0) throw this.#refuse("No change belongs to this population.");
    const counts = strata.map((stratum) => ({
      stratum,
      changes: members.filter((change) => stratumOf(change) === stratum).length,
    }));
    const page: PopulationPage = {
      id: `P${this.#populations.length + 1}`,
      name: name ?? [quarter, repository, only].filter((part) => part !== null).join(" "),
      event: (this.#events += 1),
      frozen_at: AS_OF,
      by,
      filter: { quarter, repository, class: only },
      as_of: AS_OF,
      policies: [fakePolicy.policy],
      files: [{ file: "booking-pull-requests.json", sha256: "5e".repeat(32), rejected: 2 }],
      undated: 3,
      changes: members.length,
      strata: counts.filter(({ changes }) => changes > 0),
      sha256: "ab".repeat(32),
      samples: [],
      since: { imports: 0, policies: 0, people: 0, attestations: 0, moved: [] },
    };
    this.#populations.push({ page, members });
    return page;
  }

  draw({ population, seed, size, sizes, strata: own, whole, by }: DrawRequest): SamplePage {
    const { page, members } = this.#population(population);
    const parts = whole ? [{ stratum: "all" as const, changes: members.length }] : page.strata;
    const sized = parts.map(({ stratum, changes }) => {
      const asked = own.find((one) => one.stratum === stratum)?.size ?? size ?? 5;
      return { stratum, changes, asked, drawn: Math.min(asked, changes) };
    });
    const drawn = sized.flatMap(({ stratum, drawn }) =>
      members
        .filter((change) => stratum === "all" || stratumOf(change) === stratum)
        .slice(0, drawn)
        .map((change) => ({ stratum, change })),
    );
    const id = `S${this.#samples.length + 1}`;
    page.samples.push(id);
    const sample: SamplePage = {
      id,
      event: (this.#events += 1),
      drawn_at: AS_OF,
      by,
      seed,
      sizes: size === null ? (sizes ?? "by-population") : null,
      sizes_of: size === null && sizes === null ? fakePolicy.policy : null,
      strata: sized,
      population: page,
      items: drawn.map(({ stratum, change }, place) => itemOf(change, stratum, place + 1, null)),
      attributes: [...fakeAttributes],
      conclusions: [],
      last_at: AS_OF,
      last_sha256: "cd".repeat(32),
    };
    this.#samples.push(sample);
    return sample;
  }

  list(): SampleList {
    return {
      populations: this.#populations.map(({ page: { id, name, frozen_at, changes, sha256 } }) => ({
        id,
        name,
        frozen_at,
        changes,
        sha256,
      })),
      samples: this.#samples.map(({ id, population, drawn_at, seed, items }) => {
        const kept = items.filter((item) => item.removed === null);
        return {
          id,
          population: population.id,
          drawn_at,
          seed,
          items: kept.length,
          answered: kept.filter((item) => item.answers.length > 0).length,
          deviating: kept.filter((item) => item.answers.some(({ result }) => result === "deviation")).length,
        };
      }),
    };
  }

  population(name: string): PopulationPage {
    return this.#population(name).page;
  }

  sample(name: string): SamplePage {
    const sample = this.#sample(name);
    return { ...sample, conclusions: conclusionsOf(sample) };
  }

  answer({ sample, item, attribute, result, note, cause, response, retest, by }: AnswerRequest): SampleItem {
    return this.#change(sample, item, (before) => {
      const last = before.answers.filter((answer) => answer.attribute === attribute);
      const answer = { event: (this.#events += 1), attribute, result, note, cause, response, retest, at: AS_OF, by };
      return {
        ...before,
        answers: [...before.answers.filter((one) => one.attribute !== attribute), answer],
        earlier: [...before.earlier, ...last],
      };
    });
  }

  takeOut({ sample: name, item, reason, replace, by }: TakeOutRequest): TakenOut {
    const sample = this.#sample(name);
    const number = sample.items.length + 1;
    const removed = this.#change(name, item, (before) => ({
      ...before,
      removed: { event: (this.#events += 1), at: AS_OF, by, reason, replaced_by: replace ? number : null },
    }));
    const { members } = this.#population(sample.population.id);
    const next = members.find(
      (change) => stratumOf(change) === removed.stratum && !sample.items.some(({ id }) => id === change.id),
    );
    if (!replace || next === undefined) return { removed, replacement: null };
    const replacement = itemOf(next, removed.stratum, number, item);
    sample.items.push(replacement);
    return { removed, replacement };
  }

  #population(name: string) {
    const found = this.#populations.find(({ page }) => page.id === name);
    if (found === undefined) throw this.#refuse(`There is no population ${name}.`);
    return found;
  }

  #sample(name: string): SamplePage {
    const found = this.#samples.find(({ id }) => id === name);
    if (found === undefined) throw this.#refuse(`There is no sample ${name}.`);
    return found;
  }

  #change(name: string, number: number, change: (item: SampleItem) => SampleItem): SampleItem {
    const sample = this.#sample(name);
    const before = sample.items.find((item) => item.item === number);
    if (before === undefined) throw this.#refuse(`${name} has no item ${number}.`);
    const after = change(before);
    sample.items = sample.items.map((item) => (item === before ? after : item));
    return after;
  }
}

function itemOf(change: FakeChange, stratum: Stratum, item: number, replaces: number | null): SampleItem {
  return {
    item,
    id: change.id,
    change: {
      title: change.title,
      repository: change.repository,
      author: change.author,
      implemented_at: change.implemented_at,
      url: change.url,
      evidence: { file: "booking-pull-requests.json", sha256: "5e".repeat(32), offset: 18_204, length: 1200 },
    },
    stratum,
    kind: stratumOf(change),
    order: "01".repeat(32),
    replaces,
    removed: null,
    answers: [],
    earlier: [],
  };
}

/** Counts; the limits are those of no sample in particular. */
function conclusionsOf({ strata, items }: SamplePage): Conclusion[] {
  return strata.flatMap(({ stratum, changes }) =>
    fakeAttributes.map(({ attribute, asked_of }) => {
      const asked = items.filter(
        (item) => item.removed === null && item.stratum === stratum && asked_of.includes(item.kind),
      );
      const results = asked.flatMap((item) =>
        item.answers.filter((answer) => answer.attribute === attribute).map(({ result }) => result),
      );
      const examined = results.filter((result) => result !== "na").length;
      const deviations = results.filter((result) => result === "deviation" || result === "not_examinable").length;
      const open = asked.length - results.length;
      const examination = results.length === 0 ? "not_tested" : open > 0 ? "open" : "concluded";
      return {
        attribute,
        stratum,
        examination,
        population: changes,
        examined,
        deviations,
        not_applicable: results.length - examined,
        open,
        rate: examined === 0 ? null : deviations / examined,
        limits:
          examination === "concluded" && examined > 0
            ? [0.9, 0.95].map((confidence) => ({ confidence, binomial: 0.369, hypergeometric: 0.352 }))
            : [],
      };
    }),
  );
}
