"""What the camera does to a scene: perspective on heights, framing, lens, exposure, sensor, compression."""

import functools
import math

import cv2
import numpy

import planes
from chance import Chance

LAYERS = 20
BANK = 768  # side of the field of sensor noise


def perspective(chance, height, light):
    """High things lean outwards and hide what lies behind them; None for a camera very far away."""
    side = height.shape[0]
    highest = float(height.max())
    if highest < 3:
        return None
    distance = side * chance.spread(1.6, 8.0)
    tilt = (chance.normal(0.09), chance.normal(0.09))
    centre = (side - 1) / 2
    firm = cv2.erode(height, numpy.ones((3, 3), numpy.uint8))  # Rays end inside a part, not on its blurred rim.
    hit = numpy.zeros_like(height)
    found = numpy.zeros(height.shape, bool)
    wall = numpy.zeros(height.shape, bool)
    reach = highest * (0.5 * side / distance + math.hypot(*tilt))
    layers = int(min(LAYERS, max(3, math.ceil(reach * 0.8))))
    step = highest / layers
    for level in numpy.arange(layers - 1, -1, -1) * step:
        shrink = 1.0 / (1.0 + level / distance)
        matrix = numpy.array(
            [
                [shrink, 0, centre - (centre + tilt[0] * level) * shrink],
                [0, shrink, centre - (centre + tilt[1] * level) * shrink],
            ]
        )
        here = cv2.warpAffine(
            firm, matrix, (side, side), flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )
        fresh = (here >= level) & ~found
        # On a wall the point that was found is the part's; a little higher would be beside it.
        upright = here > level + step
        hit[fresh] = numpy.where(upright, level, here)[fresh]
        wall |= fresh & (here > level + 1.6 * step)
        found |= fresh
    axis = numpy.arange(side, dtype=numpy.float32)
    lean_x, lean_y = tilt[0] + (axis - centre)[None, :] / distance, tilt[1] + (axis - centre)[:, None] / distance
    lamp = light.lamps[0]
    facing = -(lean_x * lamp.direction[0] + lean_y * lamp.direction[1]) / (
        numpy.hypot(lean_x, lean_y) + numpy.float32(0.02)
    )
    dim = numpy.where(wall, 0.5 + 0.35 * numpy.clip(facing, -0.5, 1), numpy.float32(1.0))
    shrink = 1.0 / (1.0 + hit / distance)
    return (
        (axis[None, :] - centre - tilt[0] * hit) * shrink + centre,
        (axis[:, None] - centre - tilt[1] * hit) * shrink + centre,
        dim,
    )


class Framing:
    """Cuts the picture out of the stage: a small turn and shift, `size` pixels wide; with a perspective, through it.

    `nudge` draws how far a fixture is off in one take."""

    def __init__(self, chance, side, size, margin, seen=None, nudge=None):
        turn = min(max(chance.normal(2.0), -5), 5) + (nudge.normal(0.3) if nudge else 0)
        zoom = side * (1 - margin) / size
        matrix = cv2.getRotationMatrix2D((size / 2 - 0.5, size / 2 - 0.5), turn, zoom)
        matrix[:, 2] += [side / 2 - size / 2 + chance.uniform(-0.2, 0.2) * margin * side for _ in range(2)]
        if nudge:
            matrix[:, 2] += [nudge.normal(0.003 * side) for _ in range(2)]
        self.matrix, self.size, self.zoom = matrix, size, zoom
        self.wall = self.maps = None
        if seen is not None:
            columns, rows, self.wall = (self._cut(field, cv2.INTER_LINEAR) for field in seen)
            self.maps = cv2.convertMaps(columns, rows, cv2.CV_16SC2)

    def picture(self, picture):
        picture = cv2.GaussianBlur(picture, (3, 3), 0.38 * self.zoom)
        if self.maps is None:
            return self._cut(picture, cv2.INTER_LINEAR)
        return planes.times(
            cv2.remap(picture, *self.maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), self.wall
        )

    def numbers(self, levels):
        """Number maps, several at once."""
        out = {}
        names = list(levels)
        for start in range(0, len(names), 4):
            some = names[start : start + 4]
            packed = cv2.merge([levels[name] for name in some])
            packed = (
                self._cut(packed, cv2.INTER_NEAREST)
                if self.maps is None
                else cv2.remap(packed, *self.maps, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
            )
            out.update(zip(some, cv2.split(packed)))
        return out

    def _cut(self, raster, interpolation):
        return cv2.warpAffine(
            raster,
            self.matrix,
            (self.size, self.size),
            flags=interpolation | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )


def falling_light(chance, picture):
    """Light that falls off across the scene, spots of it, and shadows of things outside the view."""
    side = picture.shape[0]
    axis = numpy.linspace(-1, 1, side, dtype=numpy.float32)
    if chance.happens(0.6):
        turn, depth = chance.angle(), chance.uniform(0.0, 0.3)
        ramp = 1 + depth * (axis[None, :] * math.cos(turn) + axis[:, None] * math.sin(turn))
        picture = planes.times(picture, ramp)
    if chance.happens(0.1):
        turn, at, soft = chance.angle(), chance.uniform(-0.6, 0.6), chance.spread(1.5, 25)
        edge = (axis[None, :] * math.cos(turn) + axis[:, None] * math.sin(turn) - at) * soft
        band = numpy.clip(edge, 0, 1)
        if chance.happens(0.5):
            band = band * numpy.clip(chance.uniform(4, 30) - edge, 0, 1)
        picture = planes.times(picture, 1 - chance.uniform(0.2, 0.6) * band)
    if chance.happens(0.12):
        spot = numpy.exp(
            -((axis[None, :] - chance.uniform(-1, 1)) ** 2 + (axis[:, None] - chance.uniform(-1, 1)) ** 2)
            / chance.uniform(0.02, 0.5)
        ) * (chance.uniform(0.05, 0.4) * float(picture.mean()))
        picture = picture + cv2.merge([spot] * 3)
    return picture


@functools.cache
def grain_bank():
    return Chance("sensor grain").field(BANK, BANK, 3)


def grain(chance, size):
    """White noise of three channels: a window of a fixed field, turned."""
    top, left = chance.count(0, BANK - size), chance.count(0, BANK - size)
    return numpy.rot90(grain_bank()[top : top + size, left : left + size], chance.count(0, 3))


def expose(chance, picture, line, nudge=None):
    """Linear light to 8 bits: vignette, exposure, white balance, tone, blur, noise, sharpening, compression.

    `line` draws what all takes of a scene share: grey or coloured. `nudge` draws what one take of a fixed camera has of
    its own: noise and a little more or less light."""
    size = picture.shape[0]
    axis = numpy.linspace(-1, 1, size, dtype=numpy.float32)
    if chance.happens(0.5):
        falloff = 1 - chance.uniform(0.05, 0.35) * (axis[None, :] ** 2 + axis[:, None] ** 2) / 2
        picture = planes.times(picture, falloff)
    bright = numpy.partition(picture[::4, ::4].max(2).ravel(), -max(1, size * size // 16 // 50))[
        -max(1, size * size // 16 // 50)
    ]
    level = float(picture[::4, ::4].mean())
    gain = min(chance.spread(0.06, 0.55) / max(level, 1e-3), chance.spread(0.85, 3.0) / max(float(bright), 1e-3))
    balance = chance.numbers.normal(1, chance.pick((0.02, 0.09), (3, 1)), 3)
    if nudge:
        gain *= math.exp(nudge.normal(0.03))
    picture = picture * (gain * balance).astype(numpy.float32)
    if chance.happens(0.4):
        picture = cv2.GaussianBlur(
            picture, (0, 0), chance.pick((chance.uniform(0.3, 0.7), chance.uniform(0.7, 1.4)), (4, 1))
        )
    if chance.happens(0.06):
        long = chance.count(3, 6)
        kernel = numpy.zeros((long, long), numpy.float32)
        kernel[long // 2 if chance.happens(0.5) else slice(None), slice(None)] = 1
        picture = cv2.filter2D(picture, -1, kernel / kernel.sum())
    if chance.happens(0.75):
        shot, read = chance.spread(0.0005, 0.02), chance.spread(0.0005, 0.006)
        deviation = numpy.sqrt(numpy.maximum(picture, 0) * numpy.float32(shot * 0.08) + numpy.float32(read * read))
        noise = grain(nudge or chance, size)
        if chance.happens(0.4):
            noise = cv2.GaussianBlur(noise, (3, 3), 0.7) * numpy.float32(1.6)
        picture = picture + noise * deviation
    if chance.happens(0.5):
        knee = 0.75
        over = numpy.maximum(picture - knee, 0)
        picture = numpy.minimum(picture, knee) + (1 - knee) * over / (over + (1 - knee))
    picture = cv2.pow(numpy.clip(picture, 0, 1), 1 / chance.uniform(1.9, 2.5))
    if chance.happens(0.5):
        amount = chance.uniform(-0.25, 0.7)
        picture = picture + amount * (picture * picture * (3 - 2 * picture) - picture)
    if line.happens(0.15):
        share = line.pick((0.0, line.uniform(0.1, 0.8)))
        grey = picture.mean(2, keepdims=True)
        picture = grey + (picture - grey) * numpy.float32(share)
    if chance.happens(0.35):
        picture = picture + chance.uniform(0.2, 1.2) * (
            picture - cv2.GaussianBlur(picture, (0, 0), chance.uniform(0.6, 1.6))
        )
    pixels = (numpy.clip(picture, 0, 1) * 255 + 0.5).astype(numpy.uint8)
    if chance.happens(0.1):
        small = cv2.resize(pixels, None, fx=(f := chance.uniform(0.5, 0.85)), fy=f, interpolation=cv2.INTER_AREA)
        pixels = cv2.resize(small, (size, size), interpolation=cv2.INTER_CUBIC)
    if chance.happens(0.5):
        _, packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, chance.count(40, 96)])
        pixels = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    return pixels
