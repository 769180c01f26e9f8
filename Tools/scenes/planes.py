"""Products of pictures and fields, plane by plane: several times faster than broadcasting over three channels."""

import cv2
import numpy


def times(picture, field):
    """A picture of three channels times a field of one."""
    return cv2.multiply(picture, cv2.merge([field, field, field]))


def towards(picture, target, share):
    """The picture moved to `target`, a picture or one colour, by `share` (a field)."""
    if target.ndim == 1:
        planes = cv2.split(picture)
        return cv2.merge([plane + (float(t) - plane) * share for plane, t in zip(planes, target)])
    return picture + times(target - picture, share)


def tinted(colour, factor, least=0.003):
    """A picture of one colour times a field (or times a picture, channel by channel)."""
    planes = [factor] * 3 if factor.ndim == 2 else cv2.split(factor)
    return cv2.merge([numpy.clip(plane * numpy.float32(c), least, 1.0) for plane, c in zip(planes, colour)])
