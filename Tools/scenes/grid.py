"""The square raster on which one part is modelled: coordinates from -1 to 1 and signed distances to outlines.

Distances are negative inside. All lengths are in units of the part's radius.
"""

import functools

import numpy

EXTENT = 1.08  # The raster reaches this far from the centre.


class Grid:
    def __init__(self, side):
        axis = (numpy.arange(side, dtype=numpy.float32) + 0.5) * (2 * EXTENT / side) - EXTENT
        self.side = side
        self.pixel = 2 * EXTENT / side
        self.u, self.v = numpy.meshgrid(axis, axis)
        self.radius = numpy.hypot(self.u, self.v)
        self.angle = numpy.arctan2(self.v, self.u)
        self.shape = (side, side)

    def at(self, u, v, angle=0.0):
        """Coordinates of a frame that lies at (u, v), turned by `angle`."""
        du, dv = self.u - numpy.float32(u), self.v - numpy.float32(v)
        if not angle:
            return du, dv
        cosine, sine = numpy.float32(numpy.cos(angle)), numpy.float32(numpy.sin(angle))
        return du * cosine + dv * sine, dv * cosine - du * sine


@functools.lru_cache(maxsize=64)
def grid(side):
    return Grid(side)


def disc(frame, radius):
    return numpy.hypot(*frame) - numpy.float32(radius)


def ellipse(frame, a, b):
    """Exact on the outline and nearly so beside it."""
    reach = numpy.hypot(frame[0] / a, frame[1] / b) + 1e-6
    slope = numpy.hypot(frame[0] / (a * a), frame[1] / (b * b)) + 1e-6
    return reach * (reach - 1.0) / slope


def box(frame, a, b, rounding=0.0):
    """A rectangle of half sides `a` and `b`, its corners rounded."""
    du = numpy.abs(frame[0]) - numpy.float32(a - rounding)
    dv = numpy.abs(frame[1]) - numpy.float32(b - rounding)
    outside = numpy.hypot(numpy.maximum(du, 0), numpy.maximum(dv, 0))
    return outside + numpy.minimum(numpy.maximum(du, dv), 0) - numpy.float32(rounding)


def capsule(frame, a, b):
    return box(frame, a, b, min(a, b))


def polygon(frame, corners, radius):
    """A regular polygon; `radius` reaches its corners."""
    angle = numpy.arctan2(frame[1], frame[0])
    sector = numpy.float32(2 * numpy.pi / corners)
    folded = numpy.abs((angle + 100 * sector) % sector - sector / 2)
    return numpy.hypot(*frame) * numpy.cos(folded) - numpy.float32(radius * numpy.cos(numpy.pi / corners))


def wavy(frame, outline):
    """A closed line whose distance from the centre is `outline(angle)`."""
    return (numpy.hypot(*frame) - outline(numpy.arctan2(frame[1], frame[0]))) * numpy.float32(0.9)


def arc(frame, radius, width, span):
    """A bent band of half width `width` along a circle, `span` radians to either side of +u."""
    angle = numpy.arctan2(frame[1], frame[0])
    reach = numpy.abs(numpy.hypot(*frame) - radius) - width
    ends = [
        numpy.hypot(frame[0] - radius * numpy.cos(span), frame[1] - s * radius * numpy.sin(span)) - width
        for s in (-1, 1)
    ]
    return numpy.where(numpy.abs(angle) < span, reach, numpy.minimum(*ends))


def line(frame, start, end, width):
    """A straight band with round ends."""
    along = (end[0] - start[0], end[1] - start[1])
    length = along[0] ** 2 + along[1] ** 2 + 1e-9
    t = numpy.clip(((frame[0] - start[0]) * along[0] + (frame[1] - start[1]) * along[1]) / length, 0, 1)
    return numpy.hypot(frame[0] - start[0] - t * along[0], frame[1] - start[1] - t * along[1]) - numpy.float32(width)
