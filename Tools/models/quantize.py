"""Static 8-bit quantization of convolutional graphs: ranges from pictures, then QDQ nodes by ONNX Runtime's tool.

Activations are unsigned bytes, weights signed bytes with a scale a channel. The weights use 7 bits (`reduce_range`): on
processors without VNNI the product of two full bytes saturates, and the same picture would get another answer there.
Only what a convolution reads goes through bytes: sums along the shortcuts, and what layers in floats read, stay exact.
"""

import logging

import numpy as np
import onnx

from rounding import convolutions, observing

SAMPLES = 2000  # Values looked at in each tensor of each picture.
SHARES = np.linspace(0.3, 1, 15)


def ranges(model, inputs, mean, deviation, excluded=()):
    """For all that the convolutions read, the range whose 256 steps give the smallest squared error over `inputs`."""
    names = sorted({node.input[0] for node in convolutions(model, excluded)} - {"x"})
    session = observing(model, names)
    random = np.random.default_rng(0)
    samples, bounds = {name: [] for name in names}, {name: (0.0, 0.0) for name in names}
    for picture in inputs:
        for name, values in zip(names, session.run(names, {"x": picture})):
            flat = values.ravel()
            samples[name].append(flat[random.integers(0, flat.size, SAMPLES)])
            low, high = bounds[name]
            bounds[name] = (min(low, float(flat.min())), max(high, float(flat.max())))
    found = {name: _best_range(np.concatenate(samples[name]), *bounds[name]) for name in names}
    # Pixels are bytes already: the exact range costs nothing.
    found["x"] = [-mean / deviation, (1 - mean) / deviation]
    return {name: [float(f"{value:.5g}") for value in pair] for name, pair in found.items()}


def _best_range(values, low, high):
    best = None
    for share in SHARES:
        for other in SHARES if low < 0 else [1]:
            bottom, top = low * other, high * share
            step = max((top - bottom) / 255, 1e-9)
            zero = np.round(-bottom / step)
            error = np.mean(((np.clip(np.round(values / step) + zero, 0, 255) - zero) * step - values) ** 2)
            if best is None or error < best[0]:
                best = (error, [bottom, top])
    return best[1]


def quantized(model, found, excluded=()):
    """`model` with QDQ nodes round its convolutions, for the ranges `found`; those named in `excluded` stay in floats."""
    from onnxruntime.quantization import QuantType
    from onnxruntime.quantization.calibrate import CalibrationMethod, TensorsData
    from onnxruntime.quantization.qdq_quantizer import QDQQuantizer

    logging.getLogger().setLevel(logging.ERROR)
    data = TensorsData(CalibrationMethod.MinMax, {
        name: (np.array(low, np.float32), np.array(high, np.float32)) for name, (low, high) in found.items()})
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    quantizer = QDQQuantizer(
        copy, per_channel=True, reduce_range=True, weight_qType=QuantType.QInt8, activation_qType=QuantType.QUInt8,
        tensors_range=data, nodes_to_quantize=[], nodes_to_exclude=list(excluded), op_types_to_quantize=["Conv"],
        extra_options={"OpTypesToExcludeOutputQuantization": ["Conv"]})
    result = quantizer.quantize_model() or quantizer.model.model
    _spare_others(result, {node.name for node in convolutions(model, excluded)})
    kept = {node.domain for node in result.graph.node}
    imports = [entry for entry in result.opset_import if entry.domain in kept]
    del result.opset_import[:]
    result.opset_import.extend(imports)
    result.producer_name, result.producer_version = "assay", ""
    return result


def _spare_others(model, readers):
    """Lets all nodes but `readers` read activations as they were before they became bytes."""
    sources = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "QuantizeLinear"}
    restored = {node.output[0]: sources[node.input[0]] for node in model.graph.node
                if node.op_type == "DequantizeLinear" and node.input[0] in sources}
    for node in model.graph.node:
        if node.name not in readers:
            node.input[:] = [restored.get(name, name) for name in node.input]
