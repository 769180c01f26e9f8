"""The network of the default bundle: its float graph, how it takes pictures, and its place in the repository."""

import hashlib
import json
import pathlib

import numpy as np
import onnx

import efficientnet
import partnet
from rounding import convolutions

ROOT = pathlib.Path(__file__).resolve().parents[2]
CATALOGUE = json.loads((ROOT / "Config/models/catalogue.json").read_text())
INPUT = {"name": "x", "channelOrder": "RGB", "layout": "NCHW", "fit": "aspect", "multipleOf": 32,
         "mean": [efficientnet.MEAN] * 3, "deviation": [efficientnet.DEVIATION] * 3}


class Network:
    """The entry of the catalogue with its float graph."""

    def __init__(self, weights):
        self.entry = CATALOGUE["network"]
        self.folder = ROOT / "Config/models" / self.entry["name"]
        self.weights = pathlib.Path(weights)
        digest = hashlib.sha256(self.weights.read_bytes()).hexdigest()
        if digest != self.entry["sha256"]:
            raise SystemExit(f"{weights}: the SHA-256 digest is {digest}, the catalogue says {self.entry['sha256']}")
        self.graph = onnx.load(weights)

    @property
    def input(self):
        return INPUT | {key: self.entry[key] for key in ("longSides", "defaultLongSide")}

    @property
    def outputs(self):
        maps = {"name": "parts", "role": "partMaps", "stride": 2, "channelCount": partnet.MAPS,
                "channels": ["object", "boundary", "distance"], "values": "logits"}
        return [maps, *({"name": name, "role": "level", "stride": stride, "channelCount": count}
                        for name, stride, count in partnet.LEVELS)]

    @property
    def float_nodes(self):
        """The nodes that lose too much in 8 bits; a name in the catalogue stands for all nodes below it too."""
        groups = self.entry["floatNodes"]
        inside = tuple(f"{group}." for group in groups)
        return [node.name for node in self.graph.graph.node if node.name in groups or node.name.startswith(inside)]

    def recipe(self):
        """The ranges and the rounding that `calibrate.py` found; None where there is none."""
        path = self.folder / "recipe.json"
        if not path.exists():
            return None
        recipe = json.loads(path.read_text())
        if recipe["weights"] != self.entry["sha256"]:
            raise SystemExit(f"{path} was made for other weights; run Tools/models/calibrate.py")
        arrays = np.load(self.folder / "rounding.npz", allow_pickle=False)
        names = [node.name for node in convolutions(self.graph, self.float_nodes)]
        recipe["rounding"] = {name: (arrays[f"{name}:steps"], arrays[f"{name}:bias"]) for name in names}
        return recipe
