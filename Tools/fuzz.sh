#!/usr/bin/env bash
# Gives made-up bytes to every parser that takes bytes from outside (libFuzzer with AddressSanitizer).
#
#   Tools/fuzz.sh [PARSER...]      all parsers unless named
#
# FUZZ_SECONDS: for each parser (default 60; 0 only replays what is kept). Honest inputs are made by
# Tests/Fuzz/make_corpus.py; inputs that once found a fault are kept in Tests/Fuzz/found, one folder a parser; those that
# reach new code go to .build-fuzz/corpus. An input that finds a fault stays in .build-fuzz/faults: mend the fault and put
# the input into Tests/Fuzz/found.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FUZZ_SECONDS:-60}
resources=$(swiftc -print-target-info | python3 -c 'import json, sys; print(json.load(sys.stdin)["paths"]["runtimeResourcePath"])')
ASSAY_FUZZER=$(find -L "$resources/clang/lib" "$resources/../clang" -name 'libclang_rt.fuzzer_no_main-x86_64.a' 2>/dev/null | head -n 1 || true)
[ -n "$ASSAY_FUZZER" ] || { echo "fuzz: this toolchain has no libFuzzer" >&2; exit 1; }
export ASSAY_FUZZER

swift build -c release --product assay-fuzz --scratch-path .build-fuzz
program=.build-fuzz/release/assay-fuzz
python3 Tests/Fuzz/make_corpus.py .build-fuzz/seeds

# A report of Swift's own would wait for a terminal.
export SWIFT_BACKTRACE=enable=no
# Codecs keep tables for the life of the process.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1
TMPDIR=$(mktemp -d /dev/shm/assay-fuzz-XXXXXX)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
parsers=("$@")
[ ${#parsers[@]} -gt 0 ] || mapfile -t parsers < <("$program" | tail -n +3)
mkdir -p .build-fuzz/faults
for parser in "${parsers[@]}"; do
    corpus=.build-fuzz/corpus/$parser
    mkdir -p "$corpus" ".build-fuzz/seeds/$parser"
    kept=()
    for folder in "Tests/Fuzz/found/$parser" ".build-fuzz/seeds/$parser"; do
        [ -d "$folder" ] && kept+=("$folder")
    done
    limits=(-timeout=20 -rss_limit_mb=3000 -max_len=65536 "-artifact_prefix=.build-fuzz/faults/$parser-")
    if [ "$seconds" -eq 0 ]; then limits+=(-runs=0); else limits+=("-max_total_time=$seconds"); fi
    if ! "$program" "$parser" "${limits[@]}" "$corpus" "${kept[@]}" >".build-fuzz/$parser.log" 2>&1; then
        tail -n 40 ".build-fuzz/$parser.log"
        echo "fuzz: $parser: a fault; its input is in .build-fuzz/faults" >&2
        exit 1
    fi
    printf 'fuzz: %-12s %s\n' "$parser" "$(grep -oE 'DONE.*' ".build-fuzz/$parser.log" | tail -n 1)"
done
