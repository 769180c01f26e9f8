#!/usr/bin/env bash
# Draws the training pictures, trains the part network and exports it: three quarters of an hour on one core, and goes
# on where it was stopped. What it makes lies in out/train: curve.json, network.npz, partnet.onnx.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=Tools
out=out/train
pictures=${XDG_CACHE_HOME:-$HOME/.cache}/assay/training-pictures
files=28
scenes_a_file=100
side=288

"$tools/setup.sh" train
cache=${XDG_CACHE_HOME:-$HOME/.cache}/assay
python=$cache/training/bin/python
mkdir -p "$pictures" "$out"

# One file of pictures: the seed, the first scene, how many.
draw() {
    [ -f "$pictures/$1" ] || OMP_NUM_THREADS=1 "$python" "$tools/scenes/generate.py" "$pictures/$1" "$2" "$3" "$4" "$side" twins
}
export -f draw
export pictures python tools side
{
    echo "check-0.npz 2 0 48"
    for ((i = 0; i < files; i++)); do
        echo "train-$i.npz 1 $((i * scenes_a_file)) $scenes_a_file"
    done
} | xargs -P "$(nproc)" -L 1 bash -c 'draw "$@"' draw

OMP_NUM_THREADS=1 "$python" "$tools/train/train.py" "$pictures" "$out" --begin Config/models/partnet/begin.npz
"$cache/python/bin/python" "$tools/models/partnet.py" "$out/network.npz" "$out/partnet.onnx"
echo "train: $out/partnet.onnx is ready; Tools/train/README.md tells how it becomes the shipped one"
