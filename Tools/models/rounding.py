"""Rounds convolution weights to 7 bits so that the layers' outputs, not the single weights, stay close.

Weight after weight is rounded, and the error that this makes in the outputs is spread over the weights still to come,
by the second moments of the layer's inputs (Frantar et al. 2022, GPTQ). What is left of the mean error goes into the bias.
"""

import numpy as np
import onnx
import onnxruntime
from numpy.lib.stride_tricks import sliding_window_view
from onnx import numpy_helper

LEVELS = 64  # The largest step of a weight of 7 bits, as the quantizer counts.
SAMPLES = 1500  # Places looked at in each picture.
DAMPING = 0.01


def convolutions(model, excluded=()):
    """The convolutions that are quantized: all but those named in `excluded`."""
    return [node for node in model.graph.node if node.op_type == "Conv" and node.name not in excluded]


def moments(model, inputs, excluded=()):
    """For every convolution, second moments and means of what its kernels see: by channel where it is depthwise."""
    nodes = convolutions(model, excluded)
    sources = sorted({node.input[0] for node in nodes} - {"x"})
    session = observing(model, sources)
    kernels = {weight.name: tuple(weight.dims) for weight in model.graph.initializer}
    random, sums, count = np.random.default_rng(0), {}, {}
    for picture in inputs:
        values = dict(zip(sources, session.run(sources, {"x": picture}))) | {"x": picture}
        for node in nodes:
            patches = _patches(values[node.input[0]][0], node, kernels[node.input[1]][2], random)
            if _groups(node) == 1:
                patches = patches.transpose(1, 0, 2).reshape(1, patches.shape[1], -1)
            second, first = patches.transpose(0, 2, 1) @ patches, patches.sum(1)
            old = sums.get(node.name, (0, 0))
            sums[node.name] = (old[0] + second, old[1] + first)
            count[node.name] = count.get(node.name, 0) + patches.shape[1]
    return {name: (second / count[name], first / count[name]) for name, (second, first) in sums.items()}


def observing(model, names):
    """A session that also gives out the activations `names`."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    present = {output.name for output in copy.graph.output}
    copy.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in names if name not in present)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(copy.SerializeToString(), options)


def rounded(model, statistics):
    """For every convolution in `statistics`: how many steps each weight lies from its nearest, and the corrected bias."""
    weights = {weight.name: numpy_helper.to_array(weight) for weight in model.graph.initializer}
    result = {}
    for node in convolutions(model):
        if node.name not in statistics:
            continue
        kernel = weights[node.input[1]]
        rows = kernel.reshape(kernel.shape[0], -1).astype(np.float64)
        second, first = statistics[node.name]
        scale = scales(kernel).astype(np.float64)
        if _groups(node) == 1:
            steps = _spread(rows, scale, second[0])
            shift = (steps * scale - rows) @ first[0]
        else:
            pairs = zip(rows, scale, second)
            steps = np.concatenate([_spread(row[None], size[None], moment) for row, size, moment in pairs])
            shift = ((steps * scale - rows) * first).sum(1)
        difference = steps - np.round(rows / scale)
        result[node.name] = (difference.astype(np.int8).reshape(kernel.shape),
                             (weights[node.input[2]] - shift).astype(np.float32))
    return result


def applied(model, rounding):
    """`model` with the weights and biases of `rounding`, still as floats; other convolutions keep theirs exactly."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    weights = {weight.name: weight for weight in copy.graph.initializer}
    for node in convolutions(copy):
        if node.name not in rounding:
            continue
        difference, bias = rounding[node.name]
        kernel = numpy_helper.to_array(weights[node.input[1]])
        scale = scales(kernel).reshape(-1, 1, 1, 1)
        steps = np.round(kernel.astype(np.float64) / scale) + difference
        values = np.clip(steps, -LEVELS, LEVELS) * scale
        weights[node.input[1]].CopyFrom(numpy_helper.from_array(values.astype(np.float32), node.input[1]))
        weights[node.input[2]].CopyFrom(numpy_helper.from_array(bias, node.input[2]))
    return copy


def scales(kernel):
    """The step of each output channel, as a column; the largest weight is `LEVELS` steps."""
    largest = np.abs(kernel.reshape(kernel.shape[0], -1)).max(1, keepdims=True)
    return np.where(largest > 0, largest, 1).astype(np.float64) / LEVELS


def _spread(rows, scale, second):
    size = second.shape[0]
    damped = second + np.eye(size) * (DAMPING * np.trace(second) / size + 1e-9)
    order = np.argsort(-np.diag(damped), kind="stable")
    upper = np.linalg.cholesky(np.linalg.inv(damped[np.ix_(order, order)])).T
    rest, steps = rows[:, order].copy(), np.zeros_like(rows)
    largest, column = np.sign(rows[:, order]), np.abs(rows[:, order]).argmax(1)
    for index in range(size):
        step = np.clip(np.round(rest[:, index] / scale[:, 0]), -LEVELS, LEVELS)
        # The largest weight keeps its place, for the quantizer takes the scale from it.
        fixed = column == index
        step[fixed] = largest[fixed, index] * LEVELS
        steps[:, order[index]] = step
        error = (rest[:, index] - step * scale[:, 0]) / upper[index, index]
        rest[:, index + 1 :] -= error[:, None] * upper[index, index + 1 :][None]
    return steps


def _patches(source, node, kernel, random):
    """What the kernel sees at random places: channels × places × kernel elements."""
    attributes = {attribute.name: attribute.ints for attribute in node.attribute if attribute.ints}
    pads, step = attributes["pads"], attributes["strides"][0]
    padded = np.pad(source, ((0, 0), (pads[0], pads[2]), (pads[1], pads[3])))
    windows = sliding_window_view(padded, (kernel, kernel), (1, 2))[:, ::step, ::step]
    height, width = windows.shape[1:3]
    places = random.integers(0, height * width, min(SAMPLES, height * width))
    chosen = windows[:, places // width, places % width]
    return chosen.reshape(chosen.shape[0], chosen.shape[1], -1).astype(np.float64)


def _groups(node):
    return next((attribute.i for attribute in node.attribute if attribute.name == "group"), 1)
