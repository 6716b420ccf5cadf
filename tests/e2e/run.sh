#!/bin/sh
# Drives the real window: builds the window's files and the program, and runs the tests under a virtual display.
# Arguments are passed to the test runner, such as the name of one test. Pictures: tests/e2e/screenshots.
set -eu
cd "$(dirname "$0")/../.."
for program in WebKitWebDriver dbus-daemon; do
    command -v "$program" >/dev/null 2>&1 || { echo "$program is missing; \`make setup\` installs it." >&2; exit 1; }
done
[ -f ui/dist/index.html ] || npm --prefix ui run --silent build
[ $# -gt 0 ] || rm -rf tests/e2e/screenshots

# Windows of one display share its focus: one test at a time.
# The whole workspace is named, so that libraries have the features that they have in other builds, and are not built twice.
features="change-ledger-desktop/custom-protocol,change-ledger-desktop/test-dialogs"
if cargo nextest --version >/dev/null 2>&1; then
    set -- cargo nextest run --workspace --features "$features" --test e2e --test-threads 1 --no-fail-fast "$@"
else
    set -- cargo test --workspace --features "$features" --test e2e -- --test-threads 1 "$@"
fi
if [ -z "${E2E_SHOW:-}" ]; then
    command -v xvfb-run >/dev/null 2>&1 || { echo "xvfb-run is missing; \`make setup\` installs it." >&2; exit 1; }
    unset WAYLAND_DISPLAY
    set -- env GDK_BACKEND=x11 xvfb-run -a -s "-screen 0 1600x1200x24" "$@"
fi
exec "$@"
