"""A finished picture with its labels."""

import dataclasses

import cv2
import numpy

LEAST_PIXELS = {"parts": 16, "grains": 8, "prints": 12, "carriers": 60, "cells": 30, "heaps": 16}


@dataclasses.dataclass(frozen=True)
class Part:
    """One part or heap. `slot` and `look` are equal for the same part in another take of the scene."""

    number: int
    slot: int
    look: int
    family: str
    pixels: int
    is_heap: bool = False


@dataclasses.dataclass
class Picture:
    """`pixels`: rows by columns by red, green, blue. `levels`: per level a map of instance numbers, 0 is none.

    `ignored` marks what belongs to an instance too small to learn from."""

    pixels: numpy.ndarray
    levels: dict
    ignored: numpy.ndarray
    parts: list
    change: str = ""


def cleaned(levels):
    """The maps without instances of too few pixels, and where such instances of parts or grains were."""
    ignored = numpy.zeros(next(iter(levels.values())).shape, bool)
    out = {}
    for name, numbers in levels.items():
        numbers = numbers.astype(numpy.uint16)
        if not numbers.any():
            out[name] = numbers
            continue
        counts = numpy.bincount(numbers.ravel())
        small = (counts > 0) & (counts < LEAST_PIXELS[name])
        small[0] = False
        if small.any():
            drop = small[numbers]
            if name == "parts":
                ignored |= drop
            numbers = numpy.where(drop, 0, numbers).astype(numpy.uint16)
        out[name] = numbers
    return out, ignored


FAINT = 0.03  # Mean step of brightness or colour across the outline, of 1; less is not seen.


def faint(numbers, picture):
    """Where parts are whose outline can hardly be seen: mean step along it in gamma-coded light.

    `picture` is linear, before noise; its brightest hundredth counts as white."""
    white = max(float(numpy.partition(picture[::4, ::4].ravel(), -picture.size // 1600)[-picture.size // 1600]), 1e-3)
    coded = cv2.convertScaleAbs(cv2.sqrt(numpy.clip(picture, 0, white)), alpha=255 / white**0.5)
    kernel = numpy.ones((3, 3), numpy.uint8)
    step = (cv2.dilate(coded, kernel) - cv2.erode(coded, kernel)).max(2)
    edge = numpy.zeros(numbers.shape, bool)
    edge[:, 1:] |= numbers[:, 1:] != numbers[:, :-1]
    edge[1:] |= numbers[1:] != numbers[:-1]
    edge &= numbers > 0
    owners = numbers[edge]
    counts = numpy.bincount(owners, minlength=int(numbers.max()) + 1)
    steps = numpy.bincount(owners, weights=step[edge], minlength=len(counts))
    unseen = (counts > 0) & (steps < 255 * FAINT * numpy.maximum(counts, 1))
    return unseen[numbers] if unseen.any() else None
