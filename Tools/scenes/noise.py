"""Fields of noise, each with mean 0 and deviation about 1."""

import cv2
import numpy


def fractal(chance, shape, cells=4.0, octaves=4, gain=0.55, stretch=(1.0, 1.0)):
    """Smooth noise with `cells` bumps across, `stretch` (down, across) times as many; each octave twice as fine."""
    height, width = shape
    total = numpy.zeros(shape, numpy.float32)
    weight, power = 1.0, 0.0
    for _ in range(octaves):
        rows, columns = (int(min(max(2, cells * s), side)) for s, side in zip(stretch, shape))
        coarse = chance.field(rows, columns)
        smooth = max(rows, columns) * 5 < max(shape)
        total += weight * cv2.resize(
            coarse, (width, height), interpolation=cv2.INTER_CUBIC if smooth else cv2.INTER_LINEAR
        )
        power += 0.6 * weight * weight
        weight *= gain
        cells *= 2.1
        if cells > 1.3 * max(shape):
            break
    return total * numpy.float32(1.0 / numpy.sqrt(power))


def speckle(chance, shape):
    """White noise, one draw a pixel."""
    return chance.field(*shape)


def weave(shape, pitch, across=None):
    """Threads over and under each other, `pitch` pixels apart."""
    rows = numpy.sin(numpy.arange(shape[0], dtype=numpy.float32) * (2 * numpy.pi / pitch))
    columns = numpy.sin(numpy.arange(shape[1], dtype=numpy.float32) * (2 * numpy.pi / (across or pitch)))
    return 2.0 * rows[:, None] * columns[None, :]


def grain(chance, shape, cells=2.0, rings=3.0):
    """Wood: long fibres along x and wavy year rings."""
    slow = fractal(chance, shape, cells, 2, 0.5, (2.0, 0.35))
    rows = numpy.linspace(0, rings * 6.3, shape[0], dtype=numpy.float32)[:, None]
    fibres = fractal(chance, shape, 24.0, 2, 0.8, (3.0, 0.12))
    return 0.8 * numpy.sin(rows + 1.8 * slow) + 0.6 * fibres


def pores(chance, shape, share):
    """0 or 1: small round spots that cover about `share` of the field."""
    rough = fractal(chance, shape, min(shape) / 4.0, 1)
    return numpy.clip((rough - numpy.float32(2.2 - 3.2 * share)) * 2.0, 0.0, 1.0)
