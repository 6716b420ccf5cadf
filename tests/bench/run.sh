#!/bin/sh
# Speed on this machine, side by side with DuckDB in one run. Figures, not tests: nothing here fails for being slow.
set -eu
cd "$(dirname "$0")/../.."
cargo build --release -p change-ledger-cli
if [ ! -x .venv/bin/python ]; then
    python3 -m venv .venv
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/bench/requirements.txt
exec .venv/bin/python tests/bench/side_by_side.py "$@"
