"""Whether a quantized network still says what its float original says, in the runtime that will run it."""

import numpy as np
import openvino

import instances
import pictures

LEAST_MEAN, LEAST_PERCENTILE = 0.99, 0.96  # Of the cosine between the two features of a cell; the 1st percentile.
LEAST_SHARE = 0.95  # Of the objects that must be found again.


class Answers:
    """A network's outputs in the runtime, on one core."""

    def __init__(self, model, precision="f32"):
        self.core, self.bytes, self.precision, self.compiled = openvino.Core(), model, precision, {}

    def __call__(self, picture):
        shape = picture.shape
        if shape not in self.compiled:
            model = self.core.read_model(self.bytes)
            model.reshape(list(shape))
            self.compiled[shape] = self.core.compile_model(model, "CPU", {
                "INFERENCE_PRECISION_HINT": self.precision, "ENABLE_CPU_PINNING": False, "INFERENCE_NUM_THREADS": 1})
        outputs = self.compiled[shape](picture)
        return [outputs[index][0].copy() for index in range(len(outputs))]


def agreement(reference, other, inputs):
    """Of the features, mean and 1st percentile of the cosines, of the worst level; of the maps, the share of the reference's
    steady objects that the other network has too."""
    cosines, overlaps = {}, []
    for picture in inputs:
        (maps, *levels), (other_maps, *other_levels) = reference(picture), other(picture)
        for level, pair in enumerate(zip(levels, other_levels)):
            a, b = (values.reshape(values.shape[0], -1).astype(np.float64) for values in pair)
            lengths = np.linalg.norm(a, axis=0) * np.linalg.norm(b, axis=0)
            cosines.setdefault(level, []).append((a * b).sum(0) / np.maximum(lengths, 1e-12))
        found = [mask for level in instances.hierarchy(other_maps) for mask in level]
        overlaps += instances.agreement(instances.steady(instances.hierarchy(maps)), found)
    levels = [np.concatenate(values) for values in cosines.values()]
    return {"cosineMean": _figure(min(np.mean(level) for level in levels)),
            "cosinePercentile1": _figure(min(np.percentile(level, 1) for level in levels)),
            "objects": len(overlaps), "sameShare": _figure(np.mean(np.array(overlaps) >= instances.SAME))}


def passes(figures):
    return (figures["cosineMean"] >= LEAST_MEAN and figures["cosinePercentile1"] >= LEAST_PERCENTILE
            and figures["objects"] > 0 and figures["sameShare"] >= LEAST_SHARE)


def _figure(value):
    return round(float(value), 4)
