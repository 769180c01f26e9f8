#!/usr/bin/env bash
# Everything that proves the product, with the time each part took.
set -euo pipefail
cd "$(dirname "$0")/.."

started=$SECONDS
parts=()

# Runs one part and notes its minutes; the first part that fails ends the run.
part() {
    local name=$1 begin=$SECONDS
    shift
    echo "== $name"
    "$@"
    parts+=("$(awk -v s=$((SECONDS - begin)) -v n="$name" 'BEGIN { printf "%6.1f min  %s", s / 60, n }')")
}

flags=(-c release --explicit-target-dependency-import-check error)
part "lint" swift format lint --strict --recursive Package.swift Sources Tests
part "build" swift build "${flags[@]}" --build-tests
# Suites that drive real processes mind the clock: one after the other, and not beside those that compute.
live='PublishingTests|CaptureTests|StationTests|AssayctlTests'
part "tests of values" swift test "${flags[@]}" --skip-build --skip "$live"
part "tests of programs" swift test "${flags[@]}" --skip-build --no-parallel --filter "$live"
training=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}/training/bin/python
if [ -x "$training" ]; then
    part "training pictures" "$training" -m unittest discover --quiet --start-directory Tools/scenes
    if "$training" -c 'import torch' 2>/dev/null; then
        part "training" "$training" -m unittest discover --quiet --start-directory Tools/train
    fi
fi
FUZZ_SECONDS=${FUZZ_SECONDS:-1} part "fuzzing" Tools/fuzz.sh
part "units" Tests/Systemd/check-unit.sh
part "systemd" Tools/test-systemd.sh
part "vm" Tools/test-vm.sh
echo
printf '%s\n' "${parts[@]}"
awk -v s=$((SECONDS - started)) 'BEGIN { printf "%6.1f min  in all\n", s / 60 }'
