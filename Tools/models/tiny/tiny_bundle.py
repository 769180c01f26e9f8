"""Makes a model bundle so small that an emulated processor runs it, and pictures to try it with.

    PYTHONPATH=Tools/models tiny_bundle.py BUNDLE PICTURES

Both networks run in 8 bits at 128 pixels and take 4.5 million operations a 4:3 picture, together. No weight is trained:
the features are random convolutions, the part maps say "coloured" and "edge". That is enough for coloured parts on a
grey tray, which is what PICTURES shows: `good-N.jpg` for enrolment, `tray-N.jpg` the same tray with other noise, and
`missing-N.jpg` with a part taken away, all of them 320 × 240. The same program gives the same bytes.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np
from PIL import Image, ImageDraw

import pictures
import quantize
from graph import GraphBuilder

LONG_SIDE, MEAN, DEVIATION = 128, 0.5, 0.5
MOST_OPERATIONS = 5_000_000
SIZE = (320, 240)
TRAY = (96, 98, 102)

# Outline, colour, and the box as shares of the picture's height, from its left upper corner.
PARTS = [("ellipse", (214, 62, 48), (0.14, 0.16, 0.40, 0.42)), ("rectangle", (44, 96, 206), (0.56, 0.12, 0.86, 0.36)),
         ("ellipse", (238, 196, 40), (0.98, 0.18, 1.20, 0.40)), ("rectangle", (52, 168, 74), (0.18, 0.58, 0.52, 0.84)),
         ("rectangle", (226, 120, 30), (0.74, 0.54, 0.96, 0.88))]


def main(bundle, folder):
    bundle, folder = pathlib.Path(bundle), pathlib.Path(folder)
    for path in (bundle, folder):
        path.mkdir(parents=True)
    samples = [tray(seed) for seed in range(4)] + pictures.procedural(4, seed=1)
    made = {"features": features(), "parts": parts()}
    operations = sum(cost for _, _, cost in made.values())
    if operations > MOST_OPERATIONS:
        sys.exit(f"{operations} operations a picture are more than {MOST_OPERATIONS}")
    networks = [described(role, graph, outputs, samples, bundle) for role, (graph, outputs, _) in made.items()]
    manifest = {"schema": "assay.model/1", "name": "tiny", "version": "1", "networks": networks}
    (bundle / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    for name, count, first, missing in (("good", 4, 0, None), ("tray", 24, 100, None), ("missing", 24, 200, 2)):
        for index in range(count):
            tray(first + index, missing).save(folder / f"{name}-{index}.jpg", quality=90)


def features():
    """Random convolutions down to stride 16, and what they give."""
    random, graph, operations = np.random.default_rng(11), GraphBuilder(), 0
    source, channels, side = "x", 3, LONG_SIDE
    for name, width in (("stride2", 8), ("stride4", 8), ("stride8", 16), ("stride16", 24)):
        kernel = random.normal(0, np.sqrt(2 / (9 * channels)), (width, channels, 3, 3)).astype(np.float32)
        # The shift keeps even grey from giving nothing but zeros.
        result = graph.convolution(f"{name}.sum", source, kernel, np.full(width, 0.1, np.float32), stride=2)
        source, channels, side = graph.node("Relu", name, [result]), width, side // 2
        operations += cost(kernel, side)
    outputs = [{"name": "stride8", "role": "level", "stride": 8, "channelCount": 16},
               {"name": "stride16", "role": "level", "stride": 16, "channelCount": 24}]
    return graph.model([("stride8", 16), ("stride16", 24)]), outputs, operations


def parts():
    """Part maps at stride 2: an object is what has a colour, a boundary is where brightness or colour changes."""
    red, green, blue = np.eye(3)
    smooth = np.outer([1, 2, 1], [1, 2, 1]) / 16
    slope = np.outer([1, 2, 1], [-1, 0, 1]) / 4
    grey, warm, cold = (red + green + blue) / 3, red - (green + blue) / 2, blue - (red + green) / 2
    sights = [(warm, smooth), (-warm, smooth), (cold, smooth), (-cold, smooth),
              (grey + warm, slope), (-grey - warm, slope), (grey + warm, slope.T), (-grey - warm, slope.T)]
    first = np.stack([colour[:, None, None] * window for colour, window in sights]).astype(np.float32)
    colour, edge = np.array([1] * 4 + [0] * 4), np.array([0] * 4 + [1] * 4)
    second = np.stack([14 * colour - 2 * edge, 10 * edge, 8 * colour - 6 * edge]).astype(np.float32)[:, :, None, None]
    graph = GraphBuilder()
    seen = graph.node("Relu", "seen", [graph.convolution("sights", "x", first, np.zeros(8, np.float32), stride=2)])
    graph.convolution("maps", seen, second, np.array([-5, -4, -3], np.float32))
    outputs = [{"name": "maps", "role": "partMaps", "stride": 2, "channelCount": 3,
                "channels": ["object", "boundary", "distance"], "values": "logits"}]
    return graph.model([("maps", 3)]), outputs, cost(first, LONG_SIDE // 2) + cost(second, LONG_SIDE // 2)


def cost(kernel, side):
    """Additions and multiplications of a convolution whose result is `side` wide, in a 4:3 picture."""
    return 2 * kernel.size * side * side * 3 // 4


def described(role, graph, outputs, samples, bundle):
    """Writes the network in 8 bits; its part of the manifest."""
    inputs = [pictures.network_input(sample, LONG_SIDE, MEAN, DEVIATION) for sample in samples]
    small = quantize.quantized(graph, quantize.ranges(graph, inputs, MEAN, DEVIATION))
    data = small.SerializeToString(deterministic=True)
    path, digest = f"{role}.int8.onnx", hashlib.sha256(data).hexdigest()
    (bundle / path).write_bytes(data)
    return {"role": role, "name": f"tiny-{role}", "licence": "Apache-2.0", "origin": "not trained", "doubts": "",
            "precision": "int8", "floatSides": [],
            "files": [{"precision": "int8", "path": path, "sha256": digest, "bytes": len(data)}],
            "input": {"name": "x", "channelOrder": "RGB", "layout": "NCHW", "fit": "aspect", "multipleOf": 32,
                      "mean": [MEAN] * 3, "deviation": [DEVIATION] * 3, "longSides": [LONG_SIDE],
                      "defaultLongSide": LONG_SIDE},
            "outputs": outputs, "parity": {}}


def tray(seed, missing=None):
    """A picture of the tray; `missing` is the part that is not in it."""
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", SIZE, TRAY)
    draw = ImageDraw.Draw(picture)
    for index, (outline, colour, box) in enumerate(PARTS):
        if index != missing:
            getattr(draw, outline)([round(share * SIZE[1]) for share in box], fill=colour)
    noise = random.normal(0, 2, (SIZE[1], SIZE[0], 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
