"""A small builder of ONNX graphs."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17


class GraphBuilder:
    """Collects nodes and weights under predictable names, so that the same input gives the same bytes."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def constant(self, name, values):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind, name, inputs, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def convolution(self, name, source, weights, bias, stride=1, groups=1):
        """A convolution padded as in TensorFlow's "same": what is odd goes to the right and below."""
        kernel = weights.shape[2]
        total = max(kernel - stride, 0)
        before, after = total // 2, total - total // 2
        inputs = [source, self.constant(f"{name}.weight", weights), self.constant(f"{name}.bias", bias)]
        return self.node("Conv", name, inputs, kernel_shape=[kernel, kernel], strides=[stride, stride],
                         pads=[before, before, after, after], group=groups)

    def model(self, outputs, name="trunk"):
        """The model with one input `x` (1 × 3 × height × width) and `outputs` as pairs of name and channel count."""
        inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "height", "width"])]
        results = [helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, count, f"{output}.h", f"{output}.w"])
                   for output, count in outputs]
        return finished(helper.make_graph(self.nodes, name, inputs, results, self.weights))


def finished(graph):
    """A checked model round `graph`, without anything that depends on where it was made."""
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="assay")
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model
