"""Finds how a network is to be quantized and writes the recipe into the repository. For developers; set-up only applies it.

    calibrate.py features WEIGHTS FOLDER...    or    calibrate.py parts WEIGHTS FOLDER...

Besides the pictures of the folders it uses procedural ones. Ranges and rounding depend on the last bits of float sums,
which differ from processor to processor; kept as a recipe, every set-up makes the same files, byte for byte.
"""

import json
import sys

import numpy as np

import pictures
import quantize
import rounding
from make_bundle import SCENES, SEED as GATE_SEED, gate
from networks import Network

PROCEDURAL, SEED = 16, 1
MOST_OF_A_FOLDER = 8


def main(role, weights, *folders):
    network = Network(role, weights)
    scenes = pictures.procedural(PROCEDURAL, SEED)
    for folder in folders:
        found = pictures.of_folder(folder)
        scenes += found[:: max(1, len(found) // MOST_OF_A_FOLDER)][:MOST_OF_A_FOLDER]
    mean, deviation = network.input["mean"][0], network.input["deviation"][0]
    inputs = [pictures.network_input(scene, network.input["longSides"][-1 if index % 4 == 0 else 0], mean, deviation)
              for index, scene in enumerate(scenes)]
    print(f"calibrate: {len(inputs)} pictures", flush=True)
    found = quantize.ranges(network.graph, inputs, mean, deviation)
    print("calibrate: ranges found", flush=True)
    weights_rounded = rounding.rounded(network.graph, rounding.moments(network.graph, inputs))
    excluded = network.entry.get("floatNodes", [])
    small = quantize.quantized(rounding.applied(network.graph, weights_rounded), found, excluded)
    figures = gate(network, network.graph.SerializeToString(), small.SerializeToString(),
                   pictures.procedural(SCENES, GATE_SEED))
    print(f"calibrate: int8 against fp32: {figures}", flush=True)
    recipe = {"weights": network.entry["sha256"], "pictures": len(inputs), "floatNodes": excluded, "parity": figures,
              "ranges": found}
    network.folder.mkdir(exist_ok=True)
    (network.folder / "recipe.json").write_text(json.dumps(recipe, indent=1) + "\n")
    arrays = {f"{name}:{part}": value for name, pair in weights_rounded.items() for part, value in zip(("steps", "bias"), pair)}
    np.savez_compressed(network.folder / "rounding.npz", **arrays)
    print(f"calibrate: {network.folder} written")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("features", "parts"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
