#!/usr/bin/env bash
# Draws products and fits to them what selects the objects of good images: ten minutes on two cores. Prints the weights
# for Sources/Assessment/ObjectnessHead+Standard.swift and how well they select. Fit anew after each training.
set -euo pipefail
cd "$(dirname "$0")/.."
Tools/setup.sh scenes
cache=${ASSAY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/assay}
products=${1:-$cache/selection-products}

export OMP_NUM_THREADS=1
printf '%s\n' "5 0 480" "6 0 480" | xargs -P "$(nproc)" -L 1 \
    "$cache/training/bin/python" Tools/selection/products.py "$products"
swift build -c release --product fit-selection
.build/release/fit-selection "$products"
