#!/bin/sh
# Gives hostile files to every target, or to those that are named. FUZZ_SECONDS is the time for each.
set -eu
cd "$(dirname "$0")/../.."
targets=tests/fuzz/targets
if ! cargo +nightly fuzz --version >/dev/null 2>&1; then
    echo "Fuzzing needs a nightly compiler and cargo-fuzz:" >&2
    echo "  rustup toolchain install nightly && cargo install cargo-fuzz" >&2
    exit 1
fi
cargo run --quiet -p change-ledger-fuzz -- target/fuzz/corpus
for target in ${*:-$(cargo +nightly fuzz list --fuzz-dir "$targets")}; do
    echo "$target: ${FUZZ_SECONDS:-60} seconds"
    cargo +nightly fuzz run --fuzz-dir "$targets" --target-dir target/fuzz/build "$target" "target/fuzz/corpus/$target" -- \
        -max_total_time="${FUZZ_SECONDS:-60}" -max_len=65536 -timeout=20 -rss_limit_mb=1500 -malloc_limit_mb=600 \
        -print_final_stats=1
done
