"""Makes the default model bundle: applies the recipe, checks the result against the float network, writes `model.json`.

    make_bundle.py WEIGHTS BUNDLE [FOLDER-OF-PICTURES...]

A network that fails the gate stays in floats: its `precision` says so, and so does this program, loudly.
The same inputs give the same bytes. The folder appears whole or not at all.
"""

import hashlib
import json
import os
import pathlib
import shutil
import sys
import tempfile

import parity
import pictures
import quantize
import rounding
from networks import Network

SCENES, SEED = 12, 2  # Procedural pictures for the gate; calibration uses another seed.


def main(weights, bundle, *folders):
    bundle = pathlib.Path(bundle)
    bundle.parent.mkdir(parents=True, exist_ok=True)
    scenes = pictures.procedural(SCENES, SEED) + [scene for folder in folders for scene in pictures.of_folder(folder)]
    with tempfile.TemporaryDirectory(dir=bundle.parent, prefix=".making-") as work:
        work = pathlib.Path(work)
        network = describe(Network(weights), scenes, work)
        manifest = {"schema": "assay.model/1", "name": "default", "version": "1", "networks": [network]}
        (work / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
        replace(bundle, work)
    print("models: the bundle is ready")


def describe(network, scenes, work):
    """Writes the network's files into `work`; its part of the manifest."""
    name, reference = network.entry["name"], network.graph.SerializeToString(deterministic=True)
    files = [write(work, f"{name}.fp32.onnx", "fp32", reference)]
    precision, float_sides, figures = "fp32", [], {}
    recipe = network.recipe()
    if recipe is None:
        print(f"models: {name}: no recipe for 8 bits, stays in floats", flush=True)
    else:
        small = quantized(network, recipe)
        here = gate(network, reference, small, scenes)
        print(f"models: {name}: int8 against fp32 by longer side: {here}", flush=True)
        float_sides = sorted(set(recipe["floatSides"]) | {int(side) for side in here if not parity.passes(here[side])})
        if network.input["defaultLongSide"] in float_sides:
            warn(name, here)
            float_sides = []
        else:
            precision, figures = "int8", recipe["parity"]
            files.insert(0, write(work, f"{name}.int8.onnx", "int8", small))
            for side in set(float_sides) - set(recipe["floatSides"]):
                print(f"models: WARNING: {name} runs in floats at {side}", file=sys.stderr, flush=True)
    keys = ("role", "name", "licence", "origin", "doubts")
    return {key: network.entry[key] for key in keys} | {
        "precision": precision, "floatSides": float_sides, "files": files, "input": network.input,
        "outputs": network.outputs, "parity": figures}


def quantized(network, recipe):
    """The 8-bit network's bytes."""
    model = quantize.quantized(
        rounding.applied(network.graph, recipe["rounding"]), recipe["ranges"], network.float_nodes)
    return model.SerializeToString(deterministic=True)


def gate(network, reference, small, scenes):
    """The figures of agreement at every size that the network may be run at."""
    mean, deviation = network.input["mean"][0], network.input["deviation"][0]
    large, little = parity.Answers(reference), parity.Answers(small)
    return {str(side): parity.agreement(large, little, [pictures.network_input(scene, side, mean, deviation) for scene in scenes])
            for side in network.input["longSides"]}


def warn(name, figures):
    bar = "*" * 100
    print(f"{bar}\nWARNING: the 8-bit network {name} disagrees with its float original on this machine: {figures}.\n"
          f"It is left out; the bundle runs it in floats: slower, and another model to support sets.\n{bar}",
          file=sys.stderr, flush=True)


def write(folder, name, precision, data):
    (folder / name).write_bytes(data)
    return {"precision": precision, "path": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def replace(bundle, work):
    """Puts what is in `work` where `bundle` is."""
    made = pathlib.Path(tempfile.mkdtemp(dir=bundle.parent, prefix=".made-"))
    for path in work.iterdir():
        path.rename(made / path.name)
    made.chmod(0o755)
    if bundle.exists():
        old = pathlib.Path(tempfile.mkdtemp(dir=bundle.parent, prefix=".old-"))
        os.rename(bundle, old / "bundle")
        os.rename(made, bundle)
        shutil.rmtree(old)
    else:
        os.rename(made, bundle)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
