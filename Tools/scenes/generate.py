"""Writes pictures and their number maps to a file that training reads.

    generate.py OUT.npz SEED FIRST COUNT [SIZE] [twins]

The file holds, one after the other, PNG files as bytes (`data`, cut at `ends`): for each picture its pixels, then two
PNGs of 16 bits with the levels carriers, cells, heaps and parts, grains, prints. `ignored` is written as the number
65535 in parts. With `twins` each scene gives two pictures, and `looks` tells which instances are of one kind.
"""

import json
import pathlib
import sys

import cv2
import numpy

from scene import Scene

FIRST, SECOND = ("carriers", "cells", "heaps"), ("parts", "grains", "prints")
IGNORED = 65535


def packed(picture):
    """The three PNGs of a picture."""
    parts = numpy.where(picture.ignored, IGNORED, picture.levels["parts"]).astype(numpy.uint16)
    maps = dict(picture.levels, parts=parts)
    images = [picture.pixels[..., ::-1]] + [cv2.merge([maps[name] for name in names]) for names in (FIRST, SECOND)]
    return [cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 2])[1].tobytes() for image in images]


def unpacked(blobs):
    """Pixels (red, green, blue) and the levels of what `packed` made; ignored as a level of its own."""
    pixels = cv2.imdecode(numpy.frombuffer(blobs[0], numpy.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    levels = {}
    for blob, names in zip(blobs[1:], (FIRST, SECOND)):
        maps = cv2.imdecode(numpy.frombuffer(blob, numpy.uint8), cv2.IMREAD_UNCHANGED)
        levels.update((name, maps[..., i]) for i, name in enumerate(names))
    levels["ignored"] = levels["parts"] == IGNORED
    levels["parts"] = numpy.where(levels["ignored"], 0, levels["parts"])
    return pixels, levels


def main(out, seed, first, count, size="0", *words):
    blobs, records = [], []
    for index in range(int(first), int(first) + int(count)):
        scene = Scene(int(seed), index, int(size) or None)
        for take in range(2 if "twins" in words else 1):
            picture = scene.shoot(take)
            blobs += packed(picture)
            records.append(
                {
                    "index": index,
                    "take": take,
                    "parts": [[p.number, p.slot, p.look, int(p.is_heap)] for p in picture.parts],
                }
            )
    data = numpy.frombuffer(b"".join(blobs), numpy.uint8)
    ends = numpy.cumsum([len(blob) for blob in blobs])
    unfinished = pathlib.Path(out).with_suffix(".partial.npz")
    numpy.savez(unfinished, data=data, ends=ends, records=json.dumps(records))
    unfinished.replace(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
