#!/usr/bin/env bash
# Measures the product and its peers in one run; prints tables and writes bench.json.
set -euo pipefail
cd "$(dirname "$0")/.."
Tools/setup.sh bench
for product in assayd assayctl assay-bench; do
    swift build -c release --explicit-target-dependency-import-check error --product $product
done
ASSAY_PYTHON=${ASSAY_PYTHON:-${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}/python/bin/python} \
    exec .build/release/assay-bench bench.json
