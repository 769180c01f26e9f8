"""Reads the tensors of a PyTorch checkpoint in its legacy (not zipped) form, without PyTorch and without running code.

The file is four pickles (magic number, protocol version, machine facts, the dictionary of tensors), then the list of
storage keys, then each storage: its element count as a little-endian 64-bit number and its raw elements.
"""

import collections
import pickle
import struct

import numpy as np

MAGIC = 0x1950A86A20F9469CFC6C
ELEMENT_TYPES = {
    "FloatStorage": np.dtype("<f4"),
    "HalfStorage": np.dtype("<f2"),
    "IntStorage": np.dtype("<i4"),
    "LongStorage": np.dtype("<i8"),
}


class DamagedCheckpoint(Exception):
    """The file is not a legacy checkpoint of plain tensors."""


class _View:
    """A tensor as the pickle describes it: a window on a storage that is read later."""

    def __init__(self, key, offset, shape, stride):
        self.key, self.offset, self.shape, self.stride = key, offset, tuple(shape), tuple(stride)


class _Reader(pickle.Unpickler):
    """An unpickler that knows four kinds of storage, plain tensors and ordered dictionaries, and nothing else."""

    def __init__(self, file):
        super().__init__(file)
        self.element_types = {}

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda key, offset, shape, stride, *rest: _View(key, offset, shape, stride)
        if module == "torch" and name in ELEMENT_TYPES:
            return ELEMENT_TYPES[name]
        raise DamagedCheckpoint(f"the pickle asks for {module}.{name}, which no plain checkpoint needs")

    def persistent_load(self, identifier):
        kind, element_type, key = identifier[:3]
        if kind != "storage":
            raise DamagedCheckpoint(f"the pickle refers to a {kind!r}")
        self.element_types[key] = element_type
        return key


def tensors(path):
    """The checkpoint's tensors by name, as NumPy arrays."""
    with open(path, "rb") as file:
        if _Reader(file).load() != MAGIC:
            raise DamagedCheckpoint(f"{path} does not begin with the checkpoint's magic number")
        for _ in ("protocol version", "machine facts"):
            _Reader(file).load()
        reader = _Reader(file)
        views = reader.load()
        storages = {}
        for key in _Reader(file).load():
            (count,) = struct.unpack("<q", _exactly(file, 8, path))
            element_type = reader.element_types[key]
            storages[key] = np.frombuffer(_exactly(file, count * element_type.itemsize, path), element_type)
    return {name: _array(view, storages[view.key]) for name, view in views.items()}


def _exactly(file, count, path):
    data = file.read(count) if count >= 0 else b""
    if len(data) != count:
        raise DamagedCheckpoint(f"{path} ends too early")
    return data


def _array(view, storage):
    if view.offset < 0 or min(view.shape + view.stride, default=0) < 0 or len(view.shape) != len(view.stride):
        raise DamagedCheckpoint("a tensor has a negative size")
    last = view.offset + sum((size - 1) * stride for size, stride in zip(view.shape, view.stride))
    if 0 in view.shape or last >= storage.size:
        raise DamagedCheckpoint("a tensor is empty or reaches past its storage")
    strides = [stride * storage.itemsize for stride in view.stride]
    return np.lib.stride_tricks.as_strided(storage[view.offset :], view.shape, strides).copy()
