import type { DefinitionsAnswer } from "../bindings/DefinitionsAnswer";
import type { Definition } from "../bindings/Definition";
import type { DueAnswer } from "../bindings/DueAnswer";
import type { MetricsAnswer } from "../bindings/MetricsAnswer";
import type { PolicyAnswer } from "../bindings/PolicyAnswer";
import type { WorkspaceStatus } from "../bindings/WorkspaceStatus";
import type { Host } from "../ipc";
import { parameter } from "./policy-parameters";
import { Resource } from "./resource.svelte";

/** How often the status is asked for again while search lags behind, in milliseconds. */
const BACKLOG_POLL = 2000;
/** How often deadlines are reckoned anew, in milliseconds. */
const DEADLINE_POLL = 60_000;
/** Below which size no trend is claimed, when the policy does not say. */
const SMALL = 10;

/** The open ledger: what several screens show of it, kept up to date with every write. */
export class Workspace {
  readonly status = new Resource<WorkspaceStatus>();
  readonly metrics = new Resource<MetricsAnswer>();
  readonly due = new Resource<DueAnswer>();
  readonly policy = new Resource<PolicyAnswer>();
  readonly definitions = new Resource<DefinitionsAnswer>();
  #host: Host;

  /** Changes with every write and with every other ledger: what screens reload on. */
  readonly revision = $derived(`${this.status.value?.path ?? ""} ${this.status.value?.data_version ?? 0}`);
  /** Whether the ledger holds no change yet. */
  readonly empty = $derived(this.status.value !== undefined && this.status.value.counts.changes === 0);
  /** The policy's time zone: all times are shown in it. */
  readonly timezone = $derived(this.metrics.value?.timezone ?? "UTC");
  /** The review deadline of the policy in force, `24h`; `null` when it is not known. */
  readonly deadline = $derived(parameter(this.policy.value?.document ?? "", "review", "deadline"));
  /** Below which size no trend is claimed. */
  readonly smallNumber = $derived(
    Number(parameter(this.policy.value?.document ?? "", "small_numbers", "minimum") ?? SMALL) || SMALL,
  );
  /** How many reviews are overdue; `null` when it is not known. */
  readonly overdue = $derived(
    this.due.value === undefined ? null : this.due.value.items.filter((item) => item.state === "overdue").length,
  );

  constructor(host: Host) {
    this.#host = host;
  }

  /** Keeps everything up to date; gives back how to stop. `onOpened` is called once, when the ledger has been opened. */
  follow(onOpened: () => void = () => undefined): () => void {
    void this.refresh().then(onOpened);
    const unsubscribe = this.#host.onDataChanged(() => void this.refresh());
    const backlog = setInterval(() => {
      if ((this.status.value?.search_backlog ?? 0) > 0) void this.status.load(this.#host.rpc("status", {}));
    }, BACKLOG_POLL);
    const deadlines = setInterval(() => {
      if (!document.hidden && !this.empty) void this.due.load(this.#host.rpc("due", { overdue: false }));
    }, DEADLINE_POLL);
    return () => {
      unsubscribe();
      clearInterval(backlog);
      clearInterval(deadlines);
    };
  }

  /** Asks for everything again. */
  async refresh(): Promise<void> {
    const before = this.status.value?.path;
    await this.status.load(this.#host.rpc("status", {}));
    if (before !== undefined && before !== this.status.value?.path) this.metrics.clear();
    const host = this.#host;
    await Promise.all([
      this.metrics.load(host.rpc("metrics", { from: null, to: null, by: null })),
      this.due.load(host.rpc("due", { overdue: false })),
      this.policy.load(host.rpc("policy", {})),
      this.definitions.load(host.rpc("definitions", {})),
    ]);
  }

  /** What metrics mean; those that are not known are left out. */
  meaning(ids: readonly string[]): Definition[] {
    return (this.definitions.value?.definitions ?? []).filter((definition) => ids.includes(definition.id));
  }

  /** The quarter that screens show when a route names none. */
  quarterOr(quarter: string | null): string | null {
    const quarters = this.status.value?.quarters ?? [];
    if (quarter !== null && quarters.includes(quarter)) return quarter;
    return this.status.value?.default_quarter ?? quarters.at(-1) ?? null;
  }
}
