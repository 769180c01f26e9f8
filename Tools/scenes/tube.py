"""Round wire along a line in space, as a raster: cover, height, and how far along the line each point lies."""

import numpy


def trace(grid, points, heights, radius):
    """`points` (n, 2) and `heights` (n) of the wire's axis. The higher of two crossing strands is seen."""
    points, heights = dense(
        numpy.asarray(points, numpy.float32),
        numpy.asarray(heights, numpy.float32),
        max(0.45 * radius, 0.9 * grid.pixel),
    )
    cover = numpy.zeros(grid.shape, numpy.float32)
    height = numpy.full(grid.shape, -9.0, numpy.float32)
    along = numpy.zeros(grid.shape, numpy.float32)
    reach = int(numpy.ceil(radius / grid.pixel)) + 1
    first = grid.u[0, 0]
    axis = grid.u[0]
    for i in range(len(points)):
        u, v = points[i]
        column, row = int((u - first) / grid.pixel + 0.5), int((v - first) / grid.pixel + 0.5)
        left, right = max(0, column - reach), min(grid.side, column + reach + 1)
        top, bottom = max(0, row - reach), min(grid.side, row + reach + 1)
        if right <= left or bottom <= top:
            continue
        squared = (axis[left:right] - u)[None, :] ** 2 + (axis[top:bottom] - v)[:, None] ** 2
        share = numpy.clip(0.5 + (radius - numpy.sqrt(squared)) / grid.pixel, 0, 1)
        back = heights[i] + numpy.sqrt(numpy.maximum(radius * radius - squared, 0))
        here = height[top:bottom, left:right]
        higher = (share > 0.4) & (back > here)
        here[higher] = back[higher]
        along[top:bottom, left:right][higher] = i / len(points)
        covered = cover[top:bottom, left:right]
        numpy.maximum(covered, share, out=covered)
    return cover, numpy.where(height < -8, 0, height), along


def dense(points, heights, step):
    """The same line with points about `step` apart."""
    lengths = numpy.hypot(*numpy.diff(points, axis=0).T)
    reached = numpy.concatenate([[0], numpy.cumsum(lengths)])
    at = numpy.linspace(0, reached[-1], max(2, min(1500, int(reached[-1] / step) + 1)))
    return (
        numpy.stack([numpy.interp(at, reached, points[:, k]) for k in (0, 1)], 1).astype(numpy.float32),
        numpy.interp(at, reached, heights).astype(numpy.float32),
    )


def smooth(points, rounds=3):
    """Corners cut off `rounds` times (Chaikin); the ends stay."""
    points = numpy.asarray(points, numpy.float32)
    for _ in range(rounds):
        first, second = points[:-1], points[1:]
        middle = numpy.stack([first * 0.75 + second * 0.25, first * 0.25 + second * 0.75], 1).reshape(-1, 2)
        points = numpy.concatenate([points[:1], middle, points[-1:]])
    return points
