"""Runs the SQL of an exported pack in DuckDB and in Spark and compares every number with `metrics --format json`.

The pack is exported twice, whole and in parts. Ends with 1 when a number, or a verdict, differs.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "target/test-scale"
AS_OF = "2026-10-01T08:00:00Z"
TOLERANCE = 1e-9
# A ledger of one machine needs few partitions; a cluster has its own settings.
SPARK_SETTINGS = "--conf spark.sql.shuffle.partitions=4 --conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false pyspark-shell"
# What has more than one number for each quarter has files of its own.
SEPARATE = {"controls", "detection"}
# The queries whose answers the others read as tables, in the order in which they build on each other.
STEPS = ("approvals", "verdicts", "records")
# JSON calls these `from` and `to`, which SQL keeps for itself.
RENAMED = {"from": "first_day", "to": "last_day"}


def tool(binary, ledger, *arguments):
    command = [binary, "--quiet", "--ledger", ledger, "--as-of", AS_OF, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def flat(value, name=""):
    """The numbers and words of a JSON object, by their keys joined with `_`; lists have files of their own."""
    if isinstance(value, dict):
        found = {}
        for key, inner in value.items():
            if key in SEPARATE:
                continue
            found |= flat(inner, f"{name}_{key}" if name else RENAMED.get(key, key))
        return found
    return {name: value}


def duckdb_lines(pack):
    import duckdb

    connection = duckdb.connect()
    before = os.getcwd()
    os.chdir(pack)
    try:
        connection.execute((pack / "tables.sql").read_text())
        for step in STEPS:
            connection.execute(f"CREATE TABLE {step} AS " + (pack / f"{step}.sql").read_text())

        def lines(name):
            cursor = connection.execute((pack / name).read_text())
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row)) for row in cursor.fetchall()]

        yield lines
    finally:
        os.chdir(before)


def spark_lines(pack):
    """What the README says to do, but for the last line, which prints."""
    snippet = re.search(r"```python\n(.*?)```", (pack / "README.md").read_text(), re.DOTALL)[1]
    setting_up = "\n".join(line for line in snippet.splitlines() if "metrics.sql" not in line)
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", SPARK_SETTINGS)
    before = os.getcwd()
    os.chdir(pack)
    try:
        scope = {}
        exec(setting_up, scope)
        spark = scope["spark"]
        spark.sparkContext.setLogLevel("ERROR")
        yield lambda name: [row.asDict() for row in spark.sql((pack / name).read_text()).collect()]
    finally:
        os.chdir(before)


ENGINES = {"DuckDB": duckdb_lines, "Spark": spark_lines}


def differences(expected, found):
    """Every number that is not the same, in words. A number of the JSON that the SQL does not have is one too."""
    if len(expected) != len(found):
        yield f"{len(found)} lines instead of {len(expected)}"
    for wanted, line in zip(expected, found):
        for name, value in wanted.items():
            if name not in line:
                yield f"{wanted['quarter']}: the SQL has no {name}"
                continue
            answer = line[name]
            both = isinstance(value, (int, float)) and answer is not None
            same = abs(float(answer) - value) <= TOLERANCE * max(1.0, abs(value)) if both else answer == value
            if not same:
                yield f"{wanted['quarter']} {name}: {value} in JSON, {answer} in SQL"


def differences_of_lists(quarters, rules, controls):
    """What the SQL says otherwise of detection rules and controls. Where nothing happened it has no line."""
    rules = {(line["quarter"], line["signals"]): line for line in rules}
    controls = {(line["quarter"], line["control"]): line for line in controls}
    for quarter in quarters:
        name = quarter["quarter"]
        for rule in quarter["detection"]:
            signals = "+".join(rule["rule"])
            line = rules.get((name, signals), {})
            for key in ("matched", "confirmed", "dismissed"):
                if rule[key] != line.get(key, 0):
                    yield f"{name} {signals} {key}: {rule[key]} in JSON, {line.get(key, 0)} in SQL"
            if rule["precision"] != line.get("precision_of_rule"):
                yield f"{name} {signals} precision: {rule['precision']} in JSON, {line.get('precision_of_rule')} in SQL"
        for control, counts in quarter["controls"].items():
            line = controls.get((name, control), {})
            for key, number in counts.items():
                if number != line.get(key, 0):
                    yield f"{name} control {control} {key}: {number} in JSON, {line.get(key, 0)} in SQL"


def check(engine, pack, quarters, by_repository):
    wrong = []
    metrics = [flat(quarter) for quarter in quarters]
    began = time.perf_counter()
    for lines in ENGINES[engine](pack):
        wrong += differences(metrics, lines("metrics.sql"))
        wrong += differences_of_lists(quarters, lines("detection.sql"), lines("controls.sql"))
        grouped = lines("metrics_by_repository.sql")
        for name, quarters in by_repository.items():
            of_group = [line for line in grouped if line["group_name"] == name]
            wrong += (f"{name} {words}" for words in differences(quarters, of_group))
        wrong += (f"{line['change_id']} {line['verdict']}: {line['said']} said, {line['again']} computed" for line in lines("disagreements.sql"))
    seconds = time.perf_counter() - began
    numbers = sum(len(line) for line in metrics) * (1 + len(by_repository))
    print(f"\n{engine:7} {pack.name:12} {numbers:,} numbers, {len(wrong)} differ; {seconds:.1f} s", flush=True)
    for words in wrong[:40]:
        print(f"  {words}")
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--changes", type=int, help="so many changes instead of the story's")
    parser.add_argument("--binary", default=ROOT / "target/debug/change-ledger")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="only this one")
    arguments = parser.parse_args()
    folder = WORK / f"demo-{arguments.changes or 'story'}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ledger, exports = folder / "ledger.changeledger", folder / "exports"
    size = ["--changes", str(arguments.changes)] if arguments.changes else []
    tool(arguments.binary, ledger, "demo", "--out", exports, *size)
    tool(arguments.binary, ledger, "import", exports / "github", exports / "jira", exports / "pagerduty")
    answer = json.loads(tool(arguments.binary, ledger, "--format", "json", "metrics", "--by", "repository"))
    by_repository = {group["name"]: [flat(quarter) for quarter in group["quarters"]] for group in answer["groups"]}
    tool(arguments.binary, ledger, "export", "--as", "parquet", "--out", folder / "whole")
    tool(arguments.binary, ledger, "export", "--as", "parquet", "--partitioned", "--out", folder / "partitioned")
    packs = [folder / "whole", folder / "partitioned"]
    results = [check(engine, pack, answer["quarters"], by_repository) for engine in arguments.engine or ENGINES for pack in packs]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
