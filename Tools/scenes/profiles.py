"""Heights over a signed distance (negative inside): how the top of a layer runs off to its edge."""

import numpy


def flat(distance, height):
    return numpy.full_like(distance, height)


def rounded(distance, height, edge):
    """A flat top whose edge is a quarter circle of radius `edge`."""
    missing = numpy.clip(1.0 + distance / edge, 0.0, 1.0)
    return numpy.float32(height) - numpy.float32(edge) * (1.0 - numpy.sqrt(1.0 - missing * missing))


def chamfered(distance, height, edge):
    return numpy.float32(height) - numpy.clip(distance + edge, 0.0, edge)


def domed(distance, height, half_width=None):
    """A round back over the whole width."""
    half_width = half_width or max(float(-distance.min()), 1e-3)
    missing = numpy.clip(1.0 + distance / half_width, 0.0, 1.0)
    return numpy.float32(height) * numpy.sqrt(1.0 - missing * missing)


def pillow(distance, height, half_width=None):
    """Soft: rises steeply at the edge and flattens out."""
    half_width = half_width or max(float(-distance.min()), 1e-3)
    inside = numpy.clip(-distance / half_width, 0.0, 1.0)
    return numpy.float32(height) * (1.0 - (1.0 - inside) ** 3)


def dished(distance, height, edge, depth):
    """A raised rim of width `edge` round a sunk middle."""
    inside = numpy.clip((-distance - edge) / edge, 0.0, 1.0)
    return rounded(distance, height, edge * 0.6) - numpy.float32(depth) * inside * inside * (3 - 2 * inside)
