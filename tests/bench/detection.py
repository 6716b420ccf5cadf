"""How good the detection rules are: what they find in samples against the emergencies that were planted there.

A rule is right where it finds a planted emergency, and misses the planted ones that nobody labelled and that it does not find.
One rule need not find all: what counts is that together they do. Every mistake is listed with what the product knew.
"""

import json
import shutil
import subprocess

SEEDS = (1, 2, 3, 4, 5)
# A rule matches where every signal holds that it needs.
MATCHES = """
SELECT v.change_id, r.signals
FROM verdicts v JOIN rules r ON r.policy_version = v.policy_version
WHERE v.in_population AND v.detection <> 'not_found' AND {conditions}
"""


def print_quality(tool, folder, as_of):
    """Precision and recall of each rule over the samples of several seeds."""
    found, missed, planted_in_all, mistakes = {}, {}, 0, []
    for seed in SEEDS:
        planted, matches, known = judge(tool, folder, as_of, seed)
        hidden = {change for change, declared in planted.items() if not declared}
        planted_in_all += len(hidden)
        by_anything = set()
        for rule, changes in matches.items():
            right, wrong = found.get(rule, (0, 0))
            found[rule] = (right + len(changes & hidden), wrong + len(changes - set(planted)))
            by_anything |= changes
        for change in sorted(by_anything - set(planted)):
            rules = [rule for rule, changes in matches.items() if change in changes]
            mistakes.append(f"seed {seed}: {change} was found by {', '.join(rules)} and not planted; {known[change]}")
        for change in sorted(hidden - by_anything):
            mistakes.append(f"seed {seed}: {change} was planted and not found; {known.get(change, 'it is not in the export')}")
        missed[seed] = len(hidden - by_anything)
    print(f"\nDetection of {planted_in_all} planted emergencies that nobody labelled, in {len(SEEDS)} samples")
    print(f"  {'rule':44}{'found':>7} {'precision':>10} {'recall':>8}")
    for rule, (right, wrong) in sorted(found.items()):
        print(f"  {rule:44}{right + wrong:7} {share(right, right + wrong)} {share(right, planted_in_all, 8)}")
    print(f"  {'all rules together':44}{'':7} {'':10} {share(planted_in_all - sum(missed.values()), planted_in_all, 8)}")
    print(f"  {len(mistakes)} mistakes")
    for mistake in mistakes:
        print(f"  {mistake}")


def share(part, whole, width=10):
    return f"{part / whole:{width}.1%}" if whole else f"{'n/a':>{width}}"


def judge(tool, folder, as_of, seed):
    """The planted emergencies, the changes that each rule found, and what is known of each change."""
    import duckdb

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [tool, "--quiet", "--ledger", folder / "ledger.changeledger", "--as-of", as_of]
    for arguments in (
        ["demo", "--out", folder / "exports", "--seed", str(seed)],
        ["import", *(folder / "exports" / tools for tools in ("github", "jira", "pagerduty"))],
        ["export", "--as", "parquet", "--out", folder / "pack"],
    ):
        subprocess.run([*command, *arguments], check=True, stdout=subprocess.DEVNULL)
    truth = json.loads((folder / "exports/truth.json").read_text())
    planted = {f"github:{emergency['change']}": emergency["declared"] for emergency in truth["emergencies"]}
    con = duckdb.connect()
    for file in (folder / "pack").glob("*.parquet"):
        con.execute(f"CREATE TABLE {file.stem} AS SELECT * FROM read_parquet('{file}')")
    for step in ("approvals", "verdicts"):
        con.execute(f"CREATE TABLE {step} AS " + (folder / f"pack/{step}.sql").read_text())
    signals = [row[0] for row in con.execute("DESCRIBE verdicts").fetchall() if row[0].startswith("signal_")]
    conditions = " AND ".join(f"(v.{signal} OR NOT r.{signal.replace('signal', 'needs', 1)})" for signal in signals)
    matches = {rule: set() for (rule,) in con.execute("SELECT signals FROM rules").fetchall()}
    for change, rule in con.execute(MATCHES.format(conditions=conditions)).fetchall():
        matches[rule].add(change)
    known = {}
    rows = con.execute(f"SELECT v.change_id, c.title, v.class, v.approval, {', '.join('v.' + s for s in signals)} FROM verdicts v JOIN changes c USING (change_id)")
    for change, title, kind, approval, *held in rows.fetchall():
        raised = [signal.removeprefix("signal_") for signal, holds in zip(signals, held) if holds]
        known[change] = f'"{title}", {kind}, approval {approval}, signals: {", ".join(raised) or "none"}'
    return planted, matches, known
