import type { AppError } from "../../bindings/AppError";
import type { ChangesRequest } from "../../bindings/ChangesRequest";
import type { ImportAnswer } from "../../bindings/ImportAnswer";
import type { IssuedReport } from "../../bindings/IssuedReport";
import type { Progress } from "../../bindings/Progress";
import type { RpcSchema } from "../../bindings/RpcSchema";
import type { WorkspaceStatus } from "../../bindings/WorkspaceStatus";
import type { AnswerOf, CommandName, Host, RequestOf } from "../host";
import { FakeAttestations } from "./attestation";
import { fakeCompleteness, nothingToCompare } from "./completeness";
import { fakeDefinitions, fakeImports, fakePolicy, fakePresets, fakeRejects, fakeReportPage } from "./desk";
import { fakeChart } from "./drawing";
import { fakeChoice, fakeLook } from "./laid-out";
import { quarterNumbers } from "./numbers";
import { fakeExplanation, fakePage, fakeRecord } from "./pages";
import { fakePeople, fakePeopleChange, fakeStatements, fakeSuggestions } from "./people";
import { fakeRestatement } from "./restatement";
import { FakeSamples } from "./samples";
import { AS_OF, makeChanges, quarters, type FakeChange } from "./world";

type Handlers = {
  [K in CommandName]: (request: RpcSchema[K]["request"]) => RpcSchema[K]["answer"] | Promise<RpcSchema[K]["answer"]>;
};

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function failure(code: AppError["code"], message: string): Error & AppError {
  return Object.assign(new Error(message), { code, hints: [] });
}

function passes(change: FakeChange, request: ChangesRequest): boolean {
  const words = request.search?.toLowerCase();
  return (
    (request.quarter === null || change.quarter === request.quarter) &&
    (request.class === null || change.class === request.class) &&
    (!request.emergencies || change.class.endsWith("_emergency")) &&
    (request.missing === null || change.missing.includes(request.missing)) &&
    (request.review_state === null || change.review_state === request.review_state) &&
    (request.approval === null || change.approval === request.approval) &&
    (request.repository === null || change.repository === request.repository) &&
    (words === undefined || `${change.id} ${change.title} ${change.author ?? ""}`.toLowerCase().includes(words))
  );
}

/** A ledger of so many changes: the made-up ones over and over, each with a number of its own. */
function stretched(changes: readonly FakeChange[], total: number) {
  return (place: number): FakeChange | undefined => {
    const change = changes[place % changes.length];
    return change === undefined || place >= total ? undefined : { ...change, id: `${change.id}-${place}` };
  };
}

/**
 * A made-up ledger for development and tests. `scenario`: `sample` (a company with nine quarters), `empty` (nothing
 * imported), `huge` (a list of a million changes), `broken` (every command fails).
 */
export function fakeHost(scenario = "sample"): Host {
  let empty = scenario === "empty";
  let stop = new AbortController();
  let version = 1;
  const issued: IssuedReport[] = [];
  const changes = makeChanges();
  const samples = new FakeSamples(changes, (words) => failure("not_found", words));
  if (scenario === "sample") samples.begin();
  const attestations = new FakeAttestations((words) => failure("wrong_use", words));
  const all = quarters.map((quarter) => quarterNumbers(quarter, changes));
  const progressListeners = new Set<(progress: Progress) => void>();
  const dataListeners = new Set<(version: number) => void>();
  const find = (id: string) => {
    const found = changes.find((change) => change.id === id.replace(/-\d+$/, ""));
    if (found === undefined) throw failure("not_found", `There is no change “${id}”.`);
    return found;
  };

  const status = (): WorkspaceStatus => ({
    path: empty ? "/ledgers/own.changeledger" : "/ledgers/sample.changeledger",
    name: empty ? "own" : "Marlpoint sample",
    sample: !empty,
    data_version: version,
    counts: {
      changes: empty ? 0 : changes.length,
      reviews: 3120,
      tickets: 1000,
      incidents: 96,
      imports: 3,
      rejects: 2,
    },
    last_import_at: empty ? null : "2026-11-20T09:12:00Z",
    as_of: AS_OF,
    policy: fakePolicy.policy,
    policy_title: fakePolicy.title,
    quarters: empty ? [] : quarters,
    default_quarter: empty ? null : "2026-Q3",
    search_backlog: 0,
  });

  async function importing(paths: readonly string[]): Promise<ImportAnswer> {
    stop = new AbortController();
    const total = 280_000_000;
    for (let step = 1; step <= 20; step += 1) {
      await pause(60);
      if (stop.signal.aborted) throw failure("cancelled", "The import was stopped.");
      const progress: Progress = {
        job: "import",
        subject: paths[0] ?? "",
        rows: step * 10_000,
        bytes: (total / 20) * step,
        total_bytes: total,
      };
      progressListeners.forEach((listener) => listener(progress));
    }
    empty = false;
    version += 1;
    return {
      runs: fakeImports.filter((run) => paths.some((path) => path.endsWith(run.file))),
      failures: [],
    };
  }

  const handlers: Handlers = {
    status,
    open_sample: () => ((empty = false), status()),
    remove_sample: () => ((empty = true), status()),
    open_ledger: status,
    verify: () => ({ clean: true, findings: [], artifacts: 3, events: 12, revisions: changes.length }),
    backup: () => ({ path: "/backups/sample.changeledger" }),
    choose_files: () => ({ paths: [...fakeChoice] }),
    lay_out: (request) => ({ files: fakeLook(request) }),
    cancel_look: () => ({}),
    save_profile: ({ name }) => ({ path: `/profiles/${name}.toml` }),
    import: ({ paths }) => importing(paths),
    cancel_import: () => (stop.abort(), {}),
    imports: () => ({ imports: empty ? [] : fakeImports }),
    import_manifest: ({ id }) => {
      const found = fakeImports.find((run) => run.id === id);
      if (found === undefined) throw failure("not_found", `There is no import ${id}.`);
      return found;
    },
    import_rejects: () => ({ file: "booking-pull-requests.json", total: 2, rejects: fakeRejects }),
    save_rejects: () => ({ path: "/exports/rejects.csv" }),
    completeness: () => (empty ? nothingToCompare : fakeCompleteness),
    metrics: ({ by }) => ({
      as_of: AS_OF,
      policy: fakePolicy.policy,
      timezone: "UTC",
      quarters: empty ? [] : all,
      undated: 3,
      not_yet_implemented: 0,
      mixed_quarters: [],
      without_attestations: [],
      trends: [],
      small_number: 10,
      warnings: [],
      ...(by === null
        ? {}
        : {
            groups: [...new Set(changes.map((change) => change.repository))]
              .sort()
              .map((name) => ({ name, is_unknown: false, quarters: [] })),
          }),
    }),
    definitions: () => ({ definitions: fakeDefinitions }),
    chart: (request) => fakeChart(request, all),
    changes: (request) => {
      const start = Number(request.after ?? 0);
      const limit = request.limit === 0 ? 100 : request.limit;
      const passing = changes.filter((change) => passes(change, request));
      const total = scenario === "huge" && passing.length > 0 ? 1_000_000 : passing.length;
      const at = scenario === "huge" ? stretched(passing, total) : (place: number) => passing[place];
      const items = Array.from({ length: limit }, (_, step) => at(start + step)).filter((item) => item !== undefined);
      const end = start + items.length;
      return { total, items, next: end < total ? String(end) : null, search_backlog: 0 };
    },
    change: ({ id }) => ({
      ...fakePage(find(id), fakePolicy.policy),
      attestations: attestations.of(id),
      without_attestations: attestations.without(id),
    }),
    explain: ({ id }) => fakeExplanation(find(id), fakePolicy.policy),
    raw_record: ({ id }) => {
      const page = fakePage(find(id), fakePolicy.policy);
      const [revision] = page.revisions;
      if (revision === undefined) throw failure("not_found", `There is no record of “${id}”.`);
      return { id, file: revision.file, sha256: revision.sha256, span: revision.span, text: fakeRecord(find(id)) };
    },
    due: ({ overdue }) => ({
      warnings: [],
      as_of: AS_OF,
      items: (empty ? [] : changes)
        .filter((change) => change.review_state === "overdue" || (!overdue && change.review_state === "pending"))
        .map((change) => ({
          ...change,
          due_at: change.due_at ?? AS_OF,
          state: change.review_state,
          hours_left: (Date.parse(change.due_at ?? AS_OF) - Date.parse(AS_OF)) / 3_600_000,
          attestations: [],
        }))
        .sort((a, b) => a.due_at.localeCompare(b.due_at)),
    }),
    policy: () => fakePolicy,
    presets: () => ({ presets: fakePresets }),
    set_policy: () => ((version += 1), fakePolicy),
    report_preview: () => ({
      pages: [fakeReportPage, fakeReportPage],
      remarks: ["14 changes carry no review data.", "OPS-issues.csv looks cut off at 1,000 rows."],
    }),
    report_save: ({ report, format }) => {
      if (!report.draft)
        issued.unshift({
          quarter: report.quarter,
          format,
          sha256: fakePolicy.policy.sha256,
          issued_at: AS_OF,
          as_of: AS_OF,
          policy: fakePolicy.policy,
        });
      return { path: `/reports/${report.quarter}.${format}` };
    },
    issued_reports: () => ({ reports: [...issued] }),
    compared_reports: () => ({ reports: issued.map((report) => ({ ...report, restated: false })) }),
    restated_reports: ({ quarter }) => ({
      restated: empty || (quarter !== null && quarter !== fakeRestatement.quarter) ? [] : [fakeRestatement],
    }),
    people: () => (empty ? { people: [] } : fakePeople),
    people_suggestions: () => (empty ? { suggestions: [] } : fakeSuggestions),
    people_history: () => (empty ? { statements: [] } : fakeStatements),
    merge_people: () => ((version += 1), fakePeopleChange),
    split_people: () => ((version += 1), fakePeopleChange),
    attest: (request) => {
      const answer = attestations.attest(find(request.id), request);
      version += 1;
      return answer;
    },
    attestations: ({ quarter }) => ({
      changes: changes
        .filter((change) => attestations.of(change.id).length > 0 && (quarter === null || change.quarter === quarter))
        .map(({ id, title }) => ({
          id,
          title,
          attestations: attestations.of(id),
          without_attestations: attestations.without(id),
        })),
    }),
    set_people_kind: () => ((version += 1), { ...fakePeopleChange, moved: [] }),
    sample_freeze: (request) => samples.freeze(request),
    sample_draw: (request) => samples.draw(request),
    sample_list: () => samples.list(),
    sample_population: ({ name }) => samples.population(name),
    sample: ({ name }) => samples.sample(name),
    sample_answer: (request) => samples.answer(request),
    sample_take_out: (request) => samples.takeOut(request),
    sample_paper: ({ sample, format }) => ({ path: `/papers/${sample}.${format}` }),
    export: ({ format }) => ({ path: `/exports/change-ledger-${format}` }),
    open_address: () => ({}),
  };

  return {
    async rpc<K extends CommandName>(name: K, request: RequestOf<K>): Promise<AnswerOf<K>> {
      if (scenario === "broken")
        throw failure("ledger_unavailable", "The ledger /ledgers/own.changeledger cannot be opened.");
      await pause(10);
      const before = version;
      const answer = await handlers[name](request);
      if (version !== before) dataListeners.forEach((listener) => listener(version));
      return answer;
    },
    onProgress(listener) {
      progressListeners.add(listener);
      return () => progressListeners.delete(listener);
    },
    onDataChanged(listener) {
      dataListeners.add(listener);
      return () => dataListeners.delete(listener);
    },
    onFilesDropped: () => () => undefined,
  };
}
