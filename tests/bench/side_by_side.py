"""Times Change Ledger and DuckDB on the same files, alternating, and prints minimum, median and maximum of each.

Import: `change-ledger import` (evidence kept, hashes, reviews, links) against DuckDB's `read_json` into a table.
Tables: a Jira CSV (against DuckDB's `read_csv`) and a ServiceNow spreadsheet, with rows per second.
Metrics: every metric of every quarter from frames in memory against the SQL of an export over the exported tables in memory.
Policy edit: all verdicts and metrics anew under an edited policy, from the frames that are there.
Detection: what each rule of the policy found in the sample company's changes against what was planted there.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import detection
import tables

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "target/release/change-ledger"
DATA = ROOT / "bench-data"
AS_OF = "2026-10-01T08:00:00Z"
DUCKDB_CHILD = """
import duckdb, sys
con = duckdb.connect(sys.argv[1])
con.execute("SET threads TO 2")
con.execute(f"CREATE TABLE pulls AS SELECT * FROM read_json({sys.argv[2:]!r})")
"""

# The queries of an export whose answers the metrics read, in the order in which they build on each other.
STEPS = ("approvals", "verdicts", "records")
# What people try out in a policy; each edit takes the place of the one before.
EDITS = {
    "of the review deadline": ("review.deadline=\"36h\"", "review.deadline=\"3bd\""),
    "of the approvals required": ("approval.required=2", "approval.required=3"),
}

DUCKDB_CSV_CHILD = """
import duckdb, sys
con = duckdb.connect(sys.argv[1])
con.execute("SET threads TO 2")
con.execute(f"CREATE TABLE tickets AS SELECT * FROM read_csv({sys.argv[2]!r})")
"""


def run(command, **options):
    """Runs a command; gives seconds, peak memory in MB and what it wrote to stderr."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **options)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command[0]} failed:\n{said}")
    return seconds, usage.ru_maxrss / 1024, said


def demo(changes):
    folder = DATA / f"demo-{changes}"
    if not (folder / "truth.json").exists():
        shutil.rmtree(folder, ignore_errors=True)
        seconds, _, _ = run([TOOL, "demo", "--out", folder, "--changes", str(changes)])
        print(f"wrote {changes:,} changes to {folder.relative_to(ROOT)} in {seconds:.1f} s")
    return folder


def fresh(path):
    for suffix in ("", "-wal", "-shm", ".wal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    return path


def spread(figures, unit):
    return f"{min(figures):8.3f} {statistics.median(figures):8.3f} {max(figures):8.3f} {unit}"


def compare(title, rows):
    print(f"\n{title}\n{'':38}{'min':>8} {'median':>8} {'max':>8}")
    for name, figures, unit in rows:
        print(f"  {name:36}{spread(figures, unit)}")


def bench_import(changes, runs):
    folder = demo(changes)
    files = sorted((folder / "github").glob("*.json"))
    size = sum(file.stat().st_size for file in files) / 1e6
    ours, theirs, ours_memory, theirs_memory = [], [], [], []
    for _ in range(runs):
        seconds, memory, _ = run([TOOL, "--quiet", "--ledger", fresh(DATA / "bench.changeledger"), "import", folder / "github"])
        ours.append(seconds)
        ours_memory.append(memory)
        seconds, memory, _ = run([sys.executable, "-c", DUCKDB_CHILD, fresh(DATA / "bench.duckdb"), *map(str, files)])
        theirs.append(seconds)
        theirs_memory.append(memory)
    compare(
        f"Import of {changes:,} pull requests, {size:,.0f} MB of JSON",
        [("Change Ledger", ours, "s"), ("DuckDB read_json", theirs, "s"), ("Change Ledger, peak memory", ours_memory, "MB"),
         ("DuckDB, peak memory", theirs_memory, "MB")],
    )
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(f"  ratio of medians {ratio:.2f} (budget 0.60); peak memory {max(ours_memory):.0f} MB (budget 150 MB)")


def bench_table(title, file, rows, runs, peer=None):
    ours, memory, theirs = [], [], []
    for _ in range(runs):
        seconds, peak, _ = run([TOOL, "--quiet", "--ledger", fresh(DATA / "bench.changeledger"), "import", "--timezone", "UTC", file])
        ours.append(seconds)
        memory.append(peak)
        if peer is not None:
            seconds, _, _ = run([sys.executable, "-c", peer, fresh(DATA / "bench.duckdb"), file])
            theirs.append(seconds)
    lines = [("Change Ledger", ours, "s"), ("Change Ledger, peak memory", memory, "MB")]
    if peer is not None:
        lines.insert(1, ("DuckDB read_csv", theirs, "s"))
    compare(f"Import of {title}: {rows:,} rows, {file.stat().st_size / 1e6:,.0f} MB", lines)
    print(f"  {rows / statistics.median(ours):,.0f} rows per second")


def bench_tables(jira_rows, servicenow_rows, runs):
    jira, servicenow = DATA / f"jira-{jira_rows}.csv", DATA / f"servicenow-{servicenow_rows}.xlsx"
    if not jira.exists():
        tables.jira_csv(jira, jira_rows)
    if not servicenow.exists():
        tables.servicenow_xlsx(servicenow, servicenow_rows)
    bench_table("a Jira CSV", jira, jira_rows, runs, DUCKDB_CSV_CHILD)
    bench_table("a ServiceNow spreadsheet", servicenow, servicenow_rows, runs)


def imported(changes):
    """A ledger of so many changes."""
    folder = demo(changes)
    ledger = DATA / f"metrics-{changes}.changeledger"
    if not ledger.exists():
        part = fresh(DATA / "metrics-part.changeledger")
        seconds, memory, _ = run([TOOL, "--quiet", "--ledger", part, "import", folder / "github", folder / "jira", folder / "pagerduty"])
        part.rename(ledger)
        print(f"\nimported {changes:,} changes in {seconds:.1f} s, peak memory {memory:.0f} MB (budget 150 MB)")
    return ledger


def metrics_timed(ledger):
    """Runs `metrics`; gives the seconds for loading frames, and for judging and counting."""
    command = [TOOL, "--ledger", ledger, "--as-of", AS_OF, "--format", "json", "metrics"]
    _, _, said = run(command, env=dict(os.environ, CHANGE_LEDGER_LOG="timing=info"))

    def step(name):
        return float(re.search(rf"{name} seconds=([\d.]+)", said)[1])

    return step("frames loaded"), step("changes judged") + step("quarters counted")


def bench_policy_edit(changes, runs):
    ledger = fresh(DATA / "policy-edit.changeledger")
    shutil.copy(imported(changes), ledger)
    lines = []
    for name, edits in EDITS.items():
        seconds = []
        for at in range(runs):
            edit = edits[at % len(edits)]
            run([TOOL, "--quiet", "--ledger", ledger, "policy", "set", "retroactive-24h", "--effective", "always", "--with", edit])
            seconds.append(metrics_timed(ledger)[1])
        lines.append((name, seconds, "s"))
    fresh(ledger)
    compare(f"All metrics after a policy edit, {changes:,} changes", lines)
    print("  budget 0.1 s")


def bench_metrics(changes, runs):
    import duckdb

    ledger = imported(changes)
    pack = DATA / f"pack-{changes}"
    if not (pack / "manifest.json").exists():
        shutil.rmtree(pack, ignore_errors=True)
        seconds, memory, _ = run([TOOL, "--quiet", "--ledger", ledger, "--as-of", AS_OF, "export", "--as", "parquet", "--out", pack])
        print(f"exported them in {seconds:.1f} s, peak memory {memory:.0f} MB")
    con = duckdb.connect()
    con.execute("SET threads TO 2")
    for file in sorted(pack.glob("*.parquet")):
        con.execute(f"CREATE TABLE {file.stem} AS SELECT * FROM read_parquet('{file}')")
    queries = {step: (pack / f"{step}.sql").read_text() for step in STEPS}
    metrics = (pack / "metrics.sql").read_text()
    load, judge, theirs = [], [], []
    for _ in range(runs):
        loaded, judged = metrics_timed(ledger)
        load.append(loaded)
        judge.append(judged)
        began = time.perf_counter()
        for step, query in queries.items():
            con.execute(f"CREATE OR REPLACE TABLE {step} AS {query}")
        con.execute(metrics).fetchall()
        theirs.append(time.perf_counter() - began)
    compare(
        f"All metrics over {changes:,} changes",
        [("Change Ledger, from loaded frames", judge, "s"), ("DuckDB, SQL of the export", theirs, "s"),
         ("Change Ledger, ledger to frames", load, "s")],
    )
    print("  budgets: metrics 0.5 s and below DuckDB; frames 3 s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--import-changes", type=int, default=200_000)
    parser.add_argument("--metrics-changes", type=int, default=1_000_000)
    parser.add_argument("--edit-changes", type=int, default=100_000)
    parser.add_argument("--jira-rows", type=int, default=500_000)
    parser.add_argument("--servicenow-rows", type=int, default=32_000)
    arguments = parser.parse_args()
    DATA.mkdir(exist_ok=True)
    bench_import(arguments.import_changes, arguments.runs)
    bench_tables(arguments.jira_rows, arguments.servicenow_rows, arguments.runs)
    bench_metrics(arguments.metrics_changes, arguments.runs)
    bench_policy_edit(arguments.edit_changes, arguments.runs)
    detection.print_quality(TOOL, DATA / "detection", AS_OF)


if __name__ == "__main__":
    main()
