# The few words a person needs. Each target does its own set-up.
#   make run      the window on the sample workspace (without a display: the sample quarter's report)
#   make test     everything that .ci/run checks
#   make bench    speed, side by side with DuckDB, and how good the detection rules are
#   make test-scale  1,000 made-up ledgers three ways, and the SQL of an export in DuckDB and Spark
#   make fuzz     hostile files for every parser, FUZZ_SECONDS each
#   make package  installers for this machine
.POSIX:
.PHONY: help setup system window run test test-fast test-window bindings lint bench test-scale fuzz package clean-sample

# Debian and Ubuntu packages: the webview, its driver and a display for window tests, and tools that look at PDFs.
SYSTEM_PACKAGES = build-essential pkg-config libwebkit2gtk-4.1-dev webkit2gtk-driver xvfb xauth poppler-utils dbus
SAMPLE = sample
SAMPLE_AS_OF = 2026-10-01T08:00:00Z
SAMPLE_QUARTER = 2026-Q3
CLI = target/debug/change-ledger
DESKTOP = target/debug/change-ledger-desktop

help:
	@sed -n '2,7s/^# *//p' Makefile

setup: system ui/node_modules/.package-lock.json

system:
	@sh tests/setup/system-packages.sh $(SYSTEM_PACKAGES)

ui/node_modules/.package-lock.json: ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund

# The window's files, embedded into the desktop program.
window: ui/node_modules/.package-lock.json
	cd ui && npm run --silent build

$(SAMPLE)/exports/truth.json:
	cargo run --quiet -p change-ledger-cli -- demo --out $(SAMPLE)/exports

# Without a display neither the webview nor Node is needed.
run:
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		$(MAKE) setup window && \
		cargo build -p change-ledger-desktop --features custom-protocol && \
		$(DESKTOP) --sample; \
	else \
		sh tests/setup/system-packages.sh build-essential && $(MAKE) sample-report; \
	fi

# What `run` does where there is no display. A sample report of an older version gives way.
.PHONY: sample-report
sample-report: $(SAMPLE)/exports/truth.json
	@cargo build --quiet -p change-ledger-cli
	@$(CLI) --ledger $(SAMPLE)/sample.changeledger import $(SAMPLE)/exports/github $(SAMPLE)/exports/jira $(SAMPLE)/exports/pagerduty
	@$(CLI) --ledger $(SAMPLE)/sample.changeledger --as-of $(SAMPLE_AS_OF) report --force --quarter $(SAMPLE_QUARTER) \
		--out $(SAMPLE)/$(SAMPLE_QUARTER).pdf --out $(SAMPLE)/$(SAMPLE_QUARTER).html
	@echo "There is no display here. The sample quarter's report was written instead:"
	@echo "  $(CURDIR)/$(SAMPLE)/$(SAMPLE_QUARTER).pdf"
	@echo "  $(CURDIR)/$(SAMPLE)/$(SAMPLE_QUARTER).html"

FEATURES = change-ledger-desktop/custom-protocol,change-ledger-desktop/test-dialogs

# The tests of the window need a display of their own and come last; everything else runs as cargo finds it.
test: setup lint window
	cargo build --workspace --all-targets --features $(FEATURES)
	@if cargo nextest --version >/dev/null 2>&1; then \
		cargo nextest run --workspace --features $(FEATURES) -E 'not binary(e2e)'; \
	else \
		cargo test --workspace --features $(FEATURES) --lib --bins && cargo test -p change-ledger-cli --test it; \
	fi
	cargo test --workspace --doc --quiet
	cd ui && npm run --silent test
	$(MAKE) test-window

# The real window, under a virtual display.
test-window: window
	sh tests/e2e/run.sh

lint: ui/node_modules/.package-lock.json window
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --features $(FEATURES) -- --deny warnings
	cd ui && npm run --silent lint && npm run --silent check

# The window's TypeScript of the wire types, from the Rust list of commands.
bindings:
	UPDATE_BINDINGS=1 cargo test -p change-ledger-cli --test it bindings

bench:
	sh tests/bench/run.sh

# Needs Java 17 or newer, and a network the first time. SCALE_CHANGES makes the sample larger, LEDGERS says how many are made up.
SCALE_CHANGES =
LEDGERS = 1000
test-scale:
	CHANGE_LEDGER_LEDGERS=$(LEDGERS) sh tests/scale/run.sh $${SCALE_CHANGES:+--changes "$$SCALE_CHANGES"}

# Seconds for each target, and which: all of them, unless FUZZ names some.
FUZZ_SECONDS = 60
FUZZ =
fuzz:
	FUZZ_SECONDS=$(FUZZ_SECONDS) sh tests/fuzz/run.sh $(FUZZ)

package: setup window
	ui/node_modules/.bin/tauri build --features custom-protocol

clean-sample:
	rm -rf $(SAMPLE)
