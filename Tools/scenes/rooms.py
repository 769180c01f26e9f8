"""Rectangles in which parts may lie, and their masks."""

import dataclasses

import cv2
import numpy


@dataclasses.dataclass(frozen=True)
class Room:
    """A rectangle in which parts may lie; `cell` 0 where it is no compartment of its own."""

    left: float
    top: float
    right: float
    bottom: float
    cell: int = 0

    @property
    def width(self):
        return self.right - self.left

    @property
    def height(self):
        return self.bottom - self.top

    def inset(self, by):
        return Room(self.left + by, self.top + by, self.right - by, self.bottom - by, self.cell)


def rectangle(side, room, rounding=0.0):
    mask = numpy.zeros((side, side), numpy.uint8)
    corners = [[room.left, room.top], [room.right, room.top], [room.right, room.bottom], [room.left, room.bottom]]
    if rounding >= 1:
        r = min(rounding, room.width / 2.1, room.height / 2.1)
        turns = numpy.linspace(0, numpy.pi / 2, 6)
        corners = [
            [x + sx * (r - r * numpy.cos(t)), y + sy * (r - r * numpy.sin(t))]
            for x, y, sx, sy, order in (
                (room.left, room.top, 1, 1, 1),
                (room.right, room.top, -1, 1, -1),
                (room.right, room.bottom, -1, -1, 1),
                (room.left, room.bottom, 1, -1, -1),
            )
            for t in turns[::order]
        ]
    cv2.fillPoly(mask, [numpy.int32(numpy.array(corners) * 16)], 255, cv2.LINE_8, 4)
    return mask


def whole(chance, side, least=0.02, most=0.16):
    """A room for the carrier: most of the picture, sometimes beyond its edge."""
    if chance.happens(0.12):
        least, most = -0.1, 0.05
    edges = [chance.uniform(least, most) * side for _ in range(4)]
    return Room(edges[0], edges[1], side - edges[2], side - edges[3])


def split(chance, room, depth):
    """Compartments by cutting a room again and again."""
    if depth == 0 or min(room.width, room.height) < 70 or chance.happens(0.1):
        return [room]
    at = chance.uniform(0.33, 0.67)
    if room.width * chance.uniform(0.7, 1.4) > room.height:
        x = room.left + at * room.width
        parts = (dataclasses.replace(room, right=x), dataclasses.replace(room, left=x))
    else:
        y = room.top + at * room.height
        parts = (dataclasses.replace(room, bottom=y), dataclasses.replace(room, top=y))
    return [leaf for part in parts for leaf in split(chance, part, depth - 1)]
