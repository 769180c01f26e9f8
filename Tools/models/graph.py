"""A small builder of ONNX graphs, and folding of the constant parts of a given one."""

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

    def model(self, outputs):
        """The model with one input `x` (1 × 3 × height × width) and `outputs` as pairs of name and channel count."""
        inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "height", "width"])]
        results = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, count, f"{name}.h", f"{name}.w"])
                   for name, count in outputs]
        return finished(helper.make_graph(self.nodes, "trunk", inputs, results, self.weights))


def finished(graph):
    """A checked model round `graph`, without anything that depends on where it was made."""
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="assay")
    model.ir_version = 9
    onnx.checker.check_model(model)
    return model


def folded(model):
    """`model` with free height and width, its constant nodes evaluated, and zero padding moved into the convolutions."""
    from onnx.reference import ReferenceEvaluator

    known = {weight.name: numpy_helper.to_array(weight) for weight in model.graph.initializer}
    nodes, padding = [], {}
    for node in model.graph.node:
        inputs = [name for name in node.input if name]
        if all(name in known for name in inputs):
            graph = helper.make_graph(
                [node], "constant", [], [helper.make_empty_tensor_value_info(name) for name in node.output],
                [numpy_helper.from_array(known[name], name) for name in inputs])
            alone = helper.make_model(graph, opset_imports=model.opset_import)
            known.update(zip(node.output, ReferenceEvaluator(alone).run(None, {})))
        elif node.op_type == "Pad" and not np.any(known[node.input[2]] if len(node.input) > 2 else 0):
            padding[node.output[0]] = (node.input[0], known[node.input[1]].tolist())
        else:
            nodes.append(_unpadded(node, padding))
    used = {name for node in nodes for name in node.input}
    weights = [numpy_helper.from_array(np.ascontiguousarray(known[name]), name) for name in known if name in used]
    outputs = [helper.make_tensor_value_info(o.name, TensorProto.FLOAT,
                                             [1, o.type.tensor_type.shape.dim[1].dim_value, "map.h", "map.w"])
               for o in model.graph.output]
    inputs = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, "height", "width"])]
    return finished(helper.make_graph(nodes, "parts", inputs, outputs, weights))


def _unpadded(node, padding):
    if node.input[0] not in padding:
        return node
    source, pads = padding[node.input[0]]
    if node.op_type != "Conv" or any(pads[:2] + pads[4:6]):
        raise ValueError(f"padding before {node.name} cannot be moved into it")
    copy = onnx.NodeProto()
    copy.CopyFrom(node)
    copy.input[0] = source
    (own,) = [attribute for attribute in copy.attribute if attribute.name == "pads"]
    own.ints[:] = [a + b for a, b in zip(own.ints, pads[2:4] + pads[6:8])]
    return copy
