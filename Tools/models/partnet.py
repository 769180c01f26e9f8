"""The part network as an ONNX graph, from the weights that training wrote.

    partnet.py WEIGHTS.npz OUT.onnx

The layers are those of `Tools/train/network.py`. Given out are its three maps (`parts`: object, boundary, distance, as
logits at stride 2) and what its backbone sees at strides 4, 8 and 16; the features that only training needs are left out.
"""

import sys

import numpy as np
import onnx

import efficientnet
from graph import GraphBuilder

STAGES = efficientnet.STAGES + [(6, 5, 2, 112, 192, 4), (6, 3, 1, 192, 320, 1)]
TAPS = {0: "tap0", 2: "stride4", 4: "stride8", 10: "stride16", 15: "tap15"}  # The last blocks of strides 2 to 32.
LEVELS = (("stride4", 4, 24), ("stride8", 8, 40), ("stride16", 16, 112))  # Given out: name, stride, channels.
MAPS = 3
EPSILON = 1e-5  # of the decoder's batch normalisation


def graph(weights):
    """The model with the input `x` and the outputs `parts` and `LEVELS`; `weights` are arrays by name."""
    builder = GraphBuilder()
    decoder = _Decoder(builder, weights)
    taps = efficientnet.blocks(builder, weights, STAGES, TAPS, "backbone.")
    sides = [decoder.plain(f"lateral{i}", taps[tap], f"lateral.{i}") for i, tap in enumerate(TAPS)]
    y = decoder.separable("context", sides[4], "context")
    for index, side in enumerate((3, 2, 1)):
        y = decoder.separable(f"decoder{index}", decoder.sum(f"decoder{index}.sum", y, sides[side]), f"decoder.{index}")
    y = decoder.sum("finish.sum", decoder.plain("narrow", y, "narrow"), sides[0])
    y = decoder.separable("finish1", decoder.separable("finish0", y, "finish.0"), "finish.1")
    decoder.plain("parts", y, "maps")
    return builder.model([("parts", MAPS), *((name, count) for name, _, count in LEVELS)], "parts")


class _Decoder:
    def __init__(self, builder, weights):
        self.builder, self.weights = builder, weights
        self.scales = builder.constant("doubled", np.array([1, 1, 2, 2], np.float32))

    def plain(self, name, source, key):
        """A 1 × 1 convolution."""
        return self.builder.convolution(name, source, self.weights[f"{key}.weight"], self.weights[f"{key}.bias"])

    def separable(self, name, source, key):
        """Depthwise, then 1 × 1, each with a rectifier."""
        for part, place in (("depth", 0), ("mix", 3)):
            kernel, bias = efficientnet.with_norm(
                self.weights, f"{key}.{place}.weight", f"{key}.{place + 1}", EPSILON)
            groups = kernel.shape[0] if part == "depth" else 1
            convolved = self.builder.convolution(f"{name}.{part}", source, kernel, bias, groups=groups)
            source = self.builder.node("Relu", f"{name}.{part}.relu", [convolved])
        return source

    def sum(self, name, coarse, fine):
        """`coarse`, twice as large, plus `fine`."""
        large = self.builder.node("Resize", f"{name}.resize", [coarse, "", self.scales], mode="linear",
                                  coordinate_transformation_mode="half_pixel")
        return self.builder.node("Add", name, [large, fine])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with np.load(sys.argv[1], allow_pickle=False) as arrays:
        onnx.save(graph(arrays), sys.argv[2])
