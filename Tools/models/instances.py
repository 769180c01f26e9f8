"""Objects of part maps: basins of the distance map that are deep enough, by flooding from the peaks (union-find).

A plain stand-in for the product's own hierarchy, for comparing two versions of one network. How deep is deep enough is a
matter of taste, and at any one depth some objects stand on the edge: there two lights of one scene differ as much as two
precisions do. So the comparison takes the objects that the reference holds at all depths, and looks for each among the
other's objects of every depth, as the product looks among all nodes of its hierarchy.
"""

import numpy as np
from scipy import ndimage

DEPTHS = (0.05, 0.1, 0.2)  # How far a peak must rise over the saddle to its neighbour to be an object of its own.
SMALLEST = 30
SAME = 0.9  # Intersection over union.


def hierarchy(logits):
    """The objects at every depth."""
    return [objects(logits, depth) for depth in DEPTHS]


def steady(levels):
    """The objects of the middle depth that the others hold too."""
    lower, middle, upper = levels
    pairs = zip(middle, agreement(middle, lower), agreement(middle, upper))
    return [mask for mask, below, above in pairs if min(below, above) >= SAME]


def objects(logits, prominence):
    """Boolean masks of the objects in `logits` (object, boundary, distance; each height × width)."""
    inside, boundary, distance = 1 / (1 + np.exp(-logits.astype(np.float64)))
    depth = ndimage.gaussian_filter(distance * inside * (1 - 0.45 * boundary), 0.7)
    labels = _basins(depth, inside > 0.5, prominence)
    masks = (labels == label for label in np.unique(labels) if label >= 0)
    return [mask for mask in masks if mask.sum() >= SMALLEST]


def _basins(depth, body, prominence):
    """The label of each pixel's basin, -1 outside `body`."""
    height, width = depth.shape
    flat, inside = depth.ravel(), body.ravel()
    pixels = np.flatnonzero(inside)
    pixels = pixels[np.argsort(-flat[pixels], kind="stable")]
    parent, peak, label = {}, {}, np.full(flat.size, -1)

    def root(basin):
        while parent[basin] != basin:
            parent[basin] = parent[parent[basin]]
            basin = parent[basin]
        return basin

    for pixel in pixels.tolist():
        y, x = divmod(pixel, width)
        around = [pixel - 1] * (x > 0) + [pixel + 1] * (x < width - 1)
        around += [pixel - width] * (y > 0) + [pixel + width] * (y < height - 1)
        basins = sorted({root(label[other]) for other in around if label[other] >= 0}, key=lambda b: -peak[b])
        if not basins:
            label[pixel] = parent[pixel] = pixel
            peak[pixel] = flat[pixel]
            continue
        label[pixel] = basins[0]
        for lower in basins[1:]:
            if peak[lower] - flat[pixel] < prominence:
                parent[lower] = basins[0]
    return np.array([root(value) if value >= 0 else -1 for value in label]).reshape(height, width)


def agreement(reference, other):
    """For every object of `reference`, the largest intersection over union with an object of `other`."""
    return [max((np.sum(a & b) / np.sum(a | b) for b in other), default=0.0) for a in reference]
