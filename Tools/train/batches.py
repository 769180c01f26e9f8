"""Training batches from files of pictures (`Tools/scenes/generate.py … twins`): batch i is always the same."""

import json
import pathlib
import queue
import sys
import threading

import cv2
import numpy
import torch

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "scenes"))

import generate  # noqa: E402
from chance import Chance  # noqa: E402
from network import DEVIATION, MEAN  # noqa: E402
from picture import Picture  # noqa: E402
from targets import targets  # noqa: E402

MOST_OBJECTS = 60  # of one picture, for the embedding


class Pictures:
    """All pictures of a folder's files; each scene has two takes, one after the other."""

    def __init__(self, files):
        self.blobs, self.records = [], []
        files = sorted(files)
        for file in files:
            with numpy.load(file) as shard:
                data, ends = shard["data"].tobytes(), [0, *shard["ends"].tolist()]
                records = json.loads(str(shard["records"]))
            pieces = [data[start:end] for start, end in zip(ends, ends[1:])]
            self.blobs += [pieces[3 * i : 3 * i + 3] for i in range(len(records))]
            self.records += records
        if len(self.records) < 2:
            raise ValueError(f"no pictures in {len(files)} files; draw some with Tools/scenes/generate.py")

    @property
    def scene_count(self):
        return len(self.records) // 2

    def take(self, number):
        pixels, levels = generate.unpacked(self.blobs[number])
        looks = {part[0]: part[2] for part in self.records[number]["parts"]}
        return pixels, levels, looks


def altered(chance, pixels, levels, size):
    """Turned, mirrored, scaled, cut to `size`, brightened: the same for picture and maps."""
    if chance.happens(0.5):
        pixels, levels = pixels[:, ::-1], {name: numbers[:, ::-1] for name, numbers in levels.items()}
    turns = chance.count(0, 3)
    pixels, levels = numpy.rot90(pixels, turns), {name: numpy.rot90(numbers, turns) for name, numbers in levels.items()}
    side = pixels.shape[0]
    scale = chance.spread(0.75, 1.6) if chance.happens(0.6) else 1.0
    angle = chance.uniform(-45, 45) if chance.happens(0.3) else 0.0
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), angle, scale)
    room = max(0.0, (side * scale - size) / 2)
    matrix[:, 2] += size / 2 - side / 2 + numpy.array([chance.uniform(-room, room), chance.uniform(-room, room)])
    border = {"borderMode": cv2.BORDER_REFLECT_101}
    pixels = cv2.warpAffine(numpy.ascontiguousarray(pixels), matrix, (size, size), flags=cv2.INTER_AREA, **border)
    levels = {
        name: cv2.warpAffine(
            numpy.ascontiguousarray(numbers).astype(numpy.uint16),
            matrix,
            (size, size),
            flags=cv2.INTER_NEAREST,
            **border,
        )
        for name, numbers in levels.items()
    }
    pixels = pixels.astype(numpy.float32)
    if chance.happens(0.5):
        pixels = pixels * chance.uniform(0.7, 1.35) + chance.uniform(-20, 20)
    if chance.happens(0.15):
        pixels = pixels[..., [chance.pick(((2, 1, 0), (1, 2, 0), (0, 2, 1)))]][..., 0, :]
    return numpy.clip(pixels, 0, 255), levels


def prepared(pixels, levels, looks, stride=2):
    """Tensors of one picture: input, truth by map, instance numbers 1 … n and the look of each."""
    picture = Picture(None, levels, levels["ignored"] > 0, [])
    truth = targets(picture, "parts", stride)
    numbers = levels["parts"][::stride, ::stride].astype(numpy.int64)
    present = [n for n in numpy.unique(numbers) if n and n in looks][:MOST_OBJECTS]
    table = numpy.zeros(int(numbers.max()) + 1, numpy.int64)
    table[present] = numpy.arange(1, len(present) + 1)
    image = torch.from_numpy(((pixels / 255 - MEAN) / DEVIATION).astype(numpy.float32).transpose(2, 0, 1).copy())
    return (
        image,
        {name: torch.from_numpy(field.astype(numpy.float32)) for name, field in truth.items()},
        torch.from_numpy(table[numbers]),
        torch.tensor([looks[n] for n in present], dtype=torch.int64),
    )


def stacked(samples):
    images, truths, numbers, looks = zip(*samples)
    return (
        torch.stack(images).contiguous(memory_format=torch.channels_last),
        {name: torch.stack([truth[name] for truth in truths]) for name in truths[0]},
        numbers,
        looks,
    )


def batch(pictures, seed, step, pairs, singles, size):
    """Both takes of `pairs` scenes, for what is to be told apart, and one take of each of `singles` others."""
    chance = Chance(seed, "batch", step)
    samples = []
    for i in range(pairs + singles):
        scene = chance.count(0, pictures.scene_count - 1)
        for take in (0, 1) if i < pairs else (chance.count(0, 1),):
            pixels, levels, looks = pictures.take(2 * scene + take)
            samples.append(prepared(*altered(chance.about(i, take), pixels, levels, size), looks))
    return stacked(samples)


def ahead(make, first, last, depth=3):
    """make(first), …, make(last - 1), made by a thread `depth` in advance."""
    made = queue.Queue(depth)

    def work():
        try:
            for step in range(first, last):
                made.put((make(step), None))
        except Exception as error:  # Handed to the loop, which raises it.
            made.put((None, error))

    threading.Thread(target=work, daemon=True).start()
    for _ in range(first, last):
        result, error = made.get()
        if error is not None:
            raise error
        yield result
