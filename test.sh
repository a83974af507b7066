#!/usr/bin/env bash
# The one test command: builds everything, runs every test, and ends with "N passed, N failed".
# It needs the .NET SDK; whatever else a test needs, it installs when that is missing.
set -u
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Debian packages that tests need and cannot bring along: what is missing is installed.
install() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ "${#missing[@]}" -eq 0 ] && return 0
    local sudo=""
    [ "$(id -u)" -eq 0 ] || sudo="sudo"
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq "${missing[@]}"
}
if command -v apt-get >/dev/null; then install python3-msgpack redis-server postgresql chromium; fi

# What runs for a minute is mostly compiled in that minute: by one compiler for all projects, and without what pays off later. It halves the time.
export DOTNET_TieredPGO=0
UseSharedCompilation=true DOTNET_GCgen0size=0x4000000 dotnet build CachedAttr.sln -c Release || { echo "0 passed, 1 failed"; exit 1; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# One project at a time: some measure how soon processes hear of each other.
dotnet test CachedAttr.sln -m:1 -c Release --no-build --blame-hang-timeout 5m --blame-hang-dump-type none 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

count() { grep -E '^(Passed|Failed)! ' "$log" | grep -oE "$1: +[0-9]+" | awk '{ sum += $2 } END { print sum + 0 }'; }
passed=$(count Passed)
failed=$(count Failed)
skipped=$(count Skipped)

# A test that cannot run fails; a run that broke off, or that ran nothing, is a failure as well.
failed=$((failed + skipped))
if [ "$failed" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$passed" -eq 0 ]; }; then failed=1; fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
