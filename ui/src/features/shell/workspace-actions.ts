import type { AppError } from "../../bindings/AppError";
import { asAppError } from "../../errors/presentation";
import type { Session } from "../../state/session";

type LedgerCommand = "open_sample" | "remove_sample" | "open_ledger";

/** Changes the open ledger and shows its overview; gives back what went wrong. */
async function change(
  { host, workspace, router, announcer, jobs }: Session,
  command: LedgerCommand,
): Promise<AppError | undefined> {
  const before = workspace.status.value?.path;
  try {
    const status = await jobs.during(["demo", "import"], () => host.rpc(command, {}));
    await workspace.refresh();
    if (status.path === before) return undefined;
    announcer.say(`${status.name} is open.`);
    router.go({ view: "overview", quarter: null });
    return undefined;
  } catch (thrown) {
    const error = asAppError(thrown);
    if (error.code !== "cancelled") announcer.say(error.message);
    return error;
  }
}

/** Opens the fictional sample workspace, making it the first time. */
export function openSample(session: Session): Promise<AppError | undefined> {
  return change(session, "open_sample");
}

/** Deletes the sample workspace and goes back to the person's own ledger. */
export function removeSample(session: Session): Promise<AppError | undefined> {
  return change(session, "remove_sample");
}

/** Lets the person choose a ledger and opens it. */
export function openLedger(session: Session): Promise<AppError | undefined> {
  return change(session, "open_ledger");
}
