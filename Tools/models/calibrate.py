"""Finds how the network is to be quantized and writes the recipe into the repository. For developers; set-up only applies it.

    calibrate.py WEIGHTS [FOLDER...]

Besides pictures of the folders it uses procedural ones; those of `Config/demo` only judge. Ranges and rounding depend
on the last bits of float sums, which differ from processor to processor; kept as a recipe, every set-up makes the same
files, byte for byte.
"""

import json
import sys
import time

import numpy as np

import parity
import pictures
import quantize
import rounding
from make_bundle import SCENES as GATE_SCENES, SEED as GATE_SEED, gate, quantized
from networks import ROOT, Network

PROCEDURAL, SEED = 48, 1
MOST_OF_A_FOLDER = 8


def main(weights, *folders):
    network = Network(weights)
    calibration = pictures.procedural(PROCEDURAL, SEED)
    held_out = pictures.procedural(GATE_SCENES, GATE_SEED) + pictures.of_folder(ROOT / "Config/demo")
    for folder in folders:
        found = pictures.of_folder(folder)
        step = max(2, len(found) // MOST_OF_A_FOLDER)
        calibration += found[::step][:MOST_OF_A_FOLDER]
        held_out += found[1::step][:MOST_OF_A_FOLDER]
    find(network, calibration)
    judge(network, held_out)


def find(network, scenes):
    """Ranges and rounding, written to the recipe."""
    mean, deviation = network.input["mean"][0], network.input["deviation"][0]
    sides = network.input["longSides"]
    inputs = [pictures.network_input(scene, sides[-1 if index % 4 == 0 else 0], mean, deviation)
              for index, scene in enumerate(scenes)]
    print(f"calibrate: {len(inputs)} pictures", flush=True)
    found = quantize.ranges(network.graph, inputs, mean, deviation, network.float_nodes)
    print("calibrate: ranges found", flush=True)
    weights = rounding.rounded(network.graph, rounding.moments(network.graph, inputs, network.float_nodes))
    network.folder.mkdir(exist_ok=True)
    arrays = {f"{name}:{part}": value for name, pair in weights.items() for part, value in zip(("steps", "bias"), pair)}
    np.savez_compressed(network.folder / "rounding.npz", **arrays)
    write(network, {"weights": network.entry["sha256"], "pictures": len(inputs), "ranges": found})


def judge(network, scenes):
    """Figures of agreement on other pictures, and the sizes at which they are too low, written to the recipe."""
    recipe = network.recipe()
    large, small = network.graph.SerializeToString(), quantized(network, recipe)
    figures = gate(network, large, small, scenes)
    print(f"calibrate: int8 against fp32 by longer side: {figures}", flush=True)
    for side in network.input["longSides"]:
        print(f"calibrate: {side}: int8 {least_time(small, side):.1f} ms, fp32 {least_time(large, side):.1f} ms", flush=True)
    del recipe["rounding"]
    recipe |= {"parity": figures, "floatSides": [int(side) for side in figures if not parity.passes(figures[side])]}
    write(network, recipe)


def least_time(model, side):
    """Milliseconds of the quickest of 80 runs on one core."""
    answers, picture = parity.Answers(model), np.zeros((1, 3, side, side), np.float32)
    answers(picture)
    seconds = []
    for _ in range(80):
        begun = time.perf_counter()
        answers(picture)
        seconds.append(time.perf_counter() - begun)
    return 1000 * min(seconds)


def write(network, recipe):
    (network.folder / "recipe.json").write_text(json.dumps(recipe, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
