#!/bin/sh
# Polars, the oracle and the SQL over as many made-up ledgers as CHANGE_LEDGER_LEDGERS says; then the SQL of an exported pack in
# DuckDB and in Spark on this machine, compared number by number with the program's own.
set -eu
cd "$(dirname "$0")/../.."
cargo test -p change-ledger-cli --test it agree
cargo build -p change-ledger-cli
VENV=target/test-scale/venv
if [ ! -x "$VENV/bin/python" ]; then
    python3 -m venv "$VENV"
fi
"$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --requirement tests/scale/requirements.txt
exec "$VENV/bin/python" tests/scale/compare.py "$@"
