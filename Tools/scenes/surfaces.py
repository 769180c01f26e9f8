"""What the scene stands on: tables, mats, belts, light tables, and the marks on them."""

import cv2
import numpy

import colours
import finishes
import noise
import planes
import prints
from finishes import Finish, Material


def speckled(chance):
    """Laminate, stone, terrazzo: spots of another colour."""
    colour, cells, share = colours.colour(chance), chance.spread(12, 90), chance.uniform(0.1, 0.5)
    ratio = numpy.clip(colours.colour(chance) / numpy.maximum(colour, 0.03), 0.3, 2.5) - 1

    def pattern(c, shape):
        spots = numpy.clip(noise.fractal(c, shape, cells, 2, 0.8) - (1.2 - 2 * share), 0, 1)
        return cv2.merge([1.0 + spots * float(r) for r in ratio])

    return Finish("speckled", Material(satin=chance.uniform(0, 0.12), rough=0.04), colour, pattern)


def ruled(chance):
    """Cutting mats and millimetre sheets: a grid of fine lines."""
    colour, pitch, depth = colours.colour(chance), chance.uniform(12, 60), chance.uniform(-0.4, 0.6)

    def pattern(c, shape):
        rows, columns = (numpy.arange(side, dtype=numpy.float32) % pitch < 1.5 for side in shape)
        return 1.0 + depth * (rows[:, None] | columns[None, :]) + 0.02 * noise.fractal(c, shape, 5)

    return Finish("ruled", Material(rough=0.05), colour, pattern)


def studded(chance):
    """Rubber mats, tread plate, bubble sheet: a field of small bumps."""
    pitch, height = chance.uniform(5, 22), chance.uniform(0.3, 1.6)
    base = chance.pick((finishes.rubber, finishes.plastic, finishes.machined))(chance)
    base.relief = lambda c, shape: height * numpy.maximum(noise.weave(shape, pitch) - 0.6, 0)
    return base


def light_table(chance):
    return Finish(
        "light table",
        Material(1.0, glow=1.0),
        numpy.float32([0.95, 0.95, 0.95]) * numpy.float32(chance.uniform(0.8, 1.0)),
        finishes.mottled(0.01, 2),
    )


def worn(chance):
    """Bench tops: scratches and patches on another finish."""
    base = chance.pick((finishes.matte, finishes.wood, finishes.brushed, finishes.cast))(chance)
    before, count, depth = base.pattern, chance.count(4, 40), chance.uniform(-0.3, 0.3)

    def pattern(c, shape):
        scratches = numpy.zeros(shape, numpy.float32)
        for _ in range(count):
            start = c.numbers.uniform(0, shape[0], 2)
            end = start + c.numbers.normal(0, shape[0] * 0.15, 2)
            cv2.line(scratches, tuple(int(v) for v in start), tuple(int(v) for v in end), 1.0, 1, cv2.LINE_AA)
        patches = numpy.clip(noise.fractal(c, shape, 3), 0, 2) * 0.08
        factor = 1.0 + depth * scratches - patches
        return factor * before(c, shape) if before else factor

    base.pattern = pattern
    return base


def surface(chance):
    return chance.pick(
        (
            finishes.matte,
            finishes.fabric,
            finishes.wood,
            finishes.brushed,
            finishes.cast,
            finishes.paper,
            finishes.cardboard,
            finishes.rubber,
            finishes.plastic,
            finishes.foam,
            speckled,
            ruled,
            studded,
            light_table,
            worn,
        ),
        (5, 2.5, 3, 1.5, 1, 2, 2, 2, 1.5, 1, 2.5, 1, 1, 1, 3),
    )(chance).calmed(chance)


def lay_floor(chance, stage):
    full = numpy.full((stage.side, stage.side), 255, numpy.uint8)
    finish = surface(chance)
    albedo, relief = finish.paint(chance, full.shape)
    if chance.happens(0.3):
        albedo, relief = (cv2.rotate(a, cv2.ROTATE_90_CLOCKWISE) if a is not None else None for a in (albedo, relief))
    if relief is not None:
        relief = numpy.clip(relief, -2.0, 2.0)
    stage.cover(full, 0.0, finish, chance, texture=(numpy.ascontiguousarray(albedo), relief))
    if chance.happens(0.3):
        soil(chance.about("soil"), stage)
    if chance.happens(0.2):
        for i in range(chance.count(1, 3)):
            mark(chance.about("mark", i), stage)
    return finish


def soil(chance, stage):
    """Stains, pencil lines, tape marks: colour only, no thing of its own."""
    side = stage.side
    for _ in range(chance.count(1, 4)):
        share = numpy.zeros((side, side), numpy.float32)
        if chance.happens(0.5):
            cv2.ellipse(
                share,
                tuple(chance.numbers.integers(0, side, 2).tolist()),
                (chance.count(5, side // 4), chance.count(5, side // 4)),
                chance.uniform(0, 180),
                0,
                360,
                1.0,
                -1,
            )
            share = cv2.GaussianBlur(share, (0, 0), chance.uniform(1, 12)) * numpy.float32(chance.uniform(0.1, 0.6))
        else:
            cv2.line(
                share,
                tuple(chance.numbers.integers(0, side, 2).tolist()),
                tuple(chance.numbers.integers(0, side, 2).tolist()),
                chance.uniform(0.3, 1.0),
                chance.count(1, 4),
                cv2.LINE_AA,
            )
        stage.base.albedo = planes.towards(stage.base.albedo, colours.colour(chance), share)


def mark(chance, stage, box=None, ground=None):
    """Ink on the scene itself; a print."""
    side = stage.side
    left, top = chance.count(0, side * 3 // 4), chance.count(0, side * 3 // 4)
    wide, high = chance.count(side // 16, side // 2), chance.count(side // 24, side // 5)
    if box is not None:
        x0, y0, x1, y1 = (min(max(int(v), 0), side) for v in box)
        if x1 - x0 < 16 or y1 - y0 < 12:
            return
        wide, high = min(wide, x1 - x0 - 2), min(high, y1 - y0 - 2)
        left, top = chance.count(x0, x1 - wide - 1), chance.count(y0, y1 - high - 1)
    right, bottom = min(side, left + wide), min(side, top + high)
    if right - left < 6 or bottom - top < 5:
        return
    drawing = prints.ink(chance, bottom - top, right - left)
    area = numpy.s_[top:bottom, left:right]
    ground = stage.base.albedo[area].mean((0, 1)) if ground is None else ground
    stage.base.albedo[area] += (colours.against(chance, ground) - stage.base.albedo[area]) * drawing[..., None]
    rows, columns = numpy.nonzero(drawing > 0.3)
    if len(rows) > 6:
        stage.levels["prints"][
            top + rows.min() : top + rows.max() + 1, left + columns.min() : left + columns.max() + 1
        ] = stage.new_print()
