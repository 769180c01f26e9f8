"""What a segmenter learns from a picture's number maps."""

import cv2
import numpy

REACH = 16.0  # pixels from the outline at which the distance of a wide instance is full


def differs(numbers):
    """Where one of the four neighbours has another number."""
    edge = numpy.zeros(numbers.shape, bool)
    across, down = numbers[:, 1:] != numbers[:, :-1], numbers[1:] != numbers[:-1]
    edge[:, 1:] |= across
    edge[:, :-1] |= across
    edge[1:] |= down
    edge[:-1] |= down
    return edge


def touching(numbers):
    """Where one of the four neighbours belongs to another instance (not to none)."""
    edge = numpy.zeros(numbers.shape, bool)
    for first, second in ((numpy.s_[:, 1:], numpy.s_[:, :-1]), (numpy.s_[1:], numpy.s_[:-1])):
        both = (numbers[first] != numbers[second]) & (numbers[first] > 0) & (numbers[second] > 0)
        edge[first] |= both
        edge[second] |= both
    return edge


def targets(picture, level="parts", stride=1):
    """Maps of floats, rows by columns, for one level.

    foreground 0 or 1; boundary 1 on each instance's rim, about one and a half pixels wide; distance to the rim, 0 there and 1 at `REACH` or in the
    middle of a slim instance; weight 0 where nothing can be learned, higher where instances touch."""
    numbers = picture.levels[level][::stride, ::stride]
    ignored = picture.ignored[::stride, ::stride]
    foreground = numbers > 0
    rim = differs(numbers) & foreground
    wide = cv2.dilate(rim.astype(numpy.uint8), numpy.ones((2, 2), numpy.uint8))
    inside = (foreground & ~rim).astype(numpy.uint8)
    distance = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
    deepest = numpy.ones(int(numbers.max()) + 1, numpy.float32)
    numpy.maximum.at(deepest, numbers.ravel(), distance.ravel())
    distance = numpy.clip(distance / numpy.minimum(deepest, REACH / stride)[numbers], 0, 1) * foreground
    near = cv2.dilate(touching(numbers).astype(numpy.uint8), numpy.ones((3, 3), numpy.uint8))
    weight = (1.0 + 3.0 * near) * ~ignored
    return {
        "foreground": foreground.astype(numpy.float32),
        "boundary": wide.astype(numpy.float32),
        "distance": distance.astype(numpy.float32),
        "weight": weight.astype(numpy.float32),
    }
