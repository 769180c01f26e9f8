"""The blocks of EfficientNet-Lite0 as an ONNX graph (Tan and Le 2019; the Lite variant has ReLU6 and no squeezing)."""

import numpy as np

# Expansion, kernel, stride of the first block, channels in, channels out, blocks, up to stride 16.
STAGES = [(1, 3, 1, 32, 16, 1), (6, 3, 2, 16, 24, 2), (6, 5, 2, 24, 40, 2), (6, 3, 2, 40, 80, 3), (6, 5, 1, 80, 112, 3)]

MEAN, DEVIATION = 0.498, 0.502  # of RGB / 255
EPSILON = 1e-3


def blocks(graph, weights, stages, names, prefix=""):
    """Adds the stem and the blocks of `stages`; the results of the blocks in `names`, by their index.

    `prefix` stands before the names of the weights."""
    low, high = graph.constant("low", np.float32(0)), graph.constant("high", np.float32(6))

    def convolution(name, source, key, norm, stride=1, groups=1, clipped=True):
        kernel, bias = with_norm(weights, f"{prefix}{key}.weight", prefix + norm, EPSILON)
        result = graph.convolution(name, source, kernel, bias, stride, groups)
        return graph.node("Clip", f"{name}.clip", [result, low, high]) if clipped else result

    result = convolution("stem", "x", "_conv_stem", "_bn0", stride=2)
    index, results = 0, {}
    for expansion, _, first_stride, first_channels, channels, count in stages:
        for repeat in range(count):
            key, source = f"_blocks.{index}.", result
            stride, width = (first_stride, first_channels) if repeat == 0 else (1, channels)
            if expansion != 1:
                result = convolution(f"block{index}.expand", result, f"{key}_expand_conv", f"{key}_bn0")
            result = convolution(f"block{index}.depth", result, f"{key}_depthwise_conv", f"{key}_bn1", stride,
                                 groups=width * expansion)
            name = names.get(index, f"block{index}")
            adds = stride == 1 and width == channels
            result = convolution(f"{name}.project" if adds else name, result, f"{key}_project_conv", f"{key}_bn2",
                                 clipped=False)
            if adds:
                result = graph.node("Add", name, [result, source])
            if index in names:
                results[index] = result
            index += 1
    return results


def with_norm(weights, kernel, norm, epsilon):
    """Kernel and bias of a convolution with the batch normalisation behind it multiplied in."""
    gain, shift, mean, variance = (weights[f"{norm}.{part}"] for part in ("weight", "bias", "running_mean", "running_var"))
    scale = gain / np.sqrt(variance + epsilon)
    return (weights[kernel] * scale[:, None, None, None]).astype(np.float32), (shift - mean * scale).astype(np.float32)
