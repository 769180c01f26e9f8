"""Makes the default model bundle: applies the recipes, checks the result against the float networks, writes `model.json`.

    make_bundle.py FEATURE-WEIGHTS PART-WEIGHTS BUNDLE [FOLDER-OF-PICTURES...]

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

SCENES, SEED = 8, 2  # Procedural pictures for the gate; calibration uses another seed.


def main(feature_weights, part_weights, bundle, *folders):
    bundle = pathlib.Path(bundle)
    bundle.parent.mkdir(parents=True, exist_ok=True)
    scenes = pictures.procedural(SCENES, SEED) + [scene for folder in folders for scene in pictures.of_folder(folder)]
    with tempfile.TemporaryDirectory(dir=bundle.parent, prefix=".making-") as work:
        work = pathlib.Path(work)
        networks = [describe(Network("features", feature_weights), scenes, work),
                    describe(Network("parts", part_weights), scenes, work)]
        manifest = {"schema": "assay.model/1", "name": "default", "version": "1", "networks": networks}
        (work / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
        replace(bundle, work)
    print(f"models: {bundle} is ready")


def describe(network, scenes, work):
    """Writes the network's files into `work`; its part of the manifest."""
    reference = network.graph.SerializeToString(deterministic=True)
    files = [write(work, f"{network.role}.fp32.onnx", "fp32", reference)]
    precision, figures = "fp32", {}
    recipe = network.recipe()
    if recipe is None:
        print(f"models: {network.role}: no recipe for 8 bits, stays in floats", flush=True)
    else:
        model = quantize.quantized(
            rounding.applied(network.graph, recipe["rounding"]), recipe["ranges"], recipe["floatNodes"])
        small = model.SerializeToString(deterministic=True)
        figures = recipe["parity"]
        here = gate(network, reference, small, scenes)
        print(f"models: {network.role}: int8 against fp32: {here}", flush=True)
        if parity.passes(here):
            precision = "int8"
            files.insert(0, write(work, f"{network.role}.int8.onnx", "int8", small))
        else:
            warn(network.role, here)
    keys = ("role", "name", "licence", "origin", "doubts")
    return {key: network.entry[key] for key in keys} | {
        "precision": precision, "files": files, "input": network.input, "outputs": network.outputs, "parity": figures}


def gate(network, reference, small, scenes):
    mean, deviation = network.input["mean"][0], network.input["deviation"][0]
    inputs = [pictures.network_input(scene, network.input["defaultLongSide"], mean, deviation) for scene in scenes]
    judge = parity.of_features if network.role == "features" else parity.of_parts
    return judge(parity.Answers(reference), parity.Answers(small), inputs)


def warn(role, figures):
    bar = "*" * 100
    print(f"{bar}\nWARNING: the 8-bit {role} network disagrees with its float original on this machine: {figures}.\n"
          f"It is left out; the bundle runs this network in floats: slower, and another model to support sets.\n{bar}",
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
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
