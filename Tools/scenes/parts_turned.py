"""Parts of revolution that lie on their side: bolts, pins, plugs, bottles, cells, handles, rollers."""

import numpy

import colours
import finishes
import prints
from finishes import Material
from solid import Solid

LENGTH = 1.0  # They reach from -1 to 1 along u.


class Lathe:
    """A profile: radii along the axis. Sections share one solid, each with its own finish."""

    def __init__(self, side, kind):
        self.solid = Solid(side, kind)
        self.axis = 0.0

    def turn(self, stations, radii, finish, chance, thread=None, corners=0):
        """A section through (station, radius) points. `corners` makes it a prism; `thread` = (pitch, depth)."""
        grid = self.solid.grid
        stations, radii = numpy.asarray(stations, numpy.float32), numpy.asarray(radii, numpy.float32)
        radius = numpy.interp(grid.u[0], stations, radii, left=0, right=0).astype(numpy.float32)[None, :]
        reach = numpy.maximum(radius, 1e-4)
        across = numpy.clip(grid.v / reach, -1, 1)
        if thread:
            pitch, depth = thread
            turns = (grid.u + pitch * 0.5 * across) / pitch
            radius = radius - numpy.float32(depth) * (numpy.abs(turns % 1.0 - 0.5) * 2)
        distance = numpy.maximum(numpy.abs(grid.v) - radius, numpy.maximum(stations[0] - grid.u, grid.u - stations[-1]))
        if corners:
            face = numpy.round(across * (corners / 4)) / (corners / 4)
            back = numpy.sqrt(numpy.clip(1 - face * face, 0, 1)) * 0.6 + 0.4 * numpy.sqrt(1 - across * across)
        else:
            back = numpy.sqrt(numpy.clip(1 - across * across, 0, 1))
        self.solid.lay(distance, numpy.float32(self.axis) + numpy.maximum(radius, 0) * back, finish, chance)
        return self

    def done(self):
        """The widest section touches the ground."""
        solid = self.solid
        widest = float((numpy.abs(solid.grid.v) * (solid.cover > 0.5)).max())
        return solid.raise_by(widest)


def bolt(chance, side):
    """Head and shank: one part."""
    lathe = Lathe(side, "bolt")
    finish = chance.pick((finishes.machined, finishes.polished, finishes.cast, finishes.plastic), (5, 3, 1, 0.8))(
        chance
    )
    shank = chance.uniform(0.07, 0.28)
    head = min(0.6, shank * chance.uniform(1.5, 2.3))
    deep = min(0.7, head * chance.uniform(0.35, 1.4))
    end, top = 1.0, -1.0 + deep
    style = chance.pick(("hexagon", "round", "cylinder", "countersunk", "pan", "eye"), (4, 2, 2, 2, 2, 0.4))
    tip = chance.uniform(0.0, 0.12) if chance.happens(0.6) else chance.uniform(0.15, 0.5)
    point = shank * (chance.uniform(0.02, 0.4) if tip > 0.15 else chance.uniform(0.6, 0.95))
    pitch = max(shank * chance.uniform(0.25, 0.6), 2.6 * lathe.solid.grid.pixel)
    bare = top + (end - top) * (chance.uniform(0.0, 0.6) if chance.happens(0.5) else 0.0)
    other = finish if chance.happens(0.85) else finishes.metal(chance)
    if bare > top + 0.05:
        lathe.turn((top - 0.02, bare), (shank * 0.97, shank * 0.97), other, chance.about("bare"))
    lathe.turn(
        (bare, end - tip, end),
        (shank, shank, point),
        other,
        chance.about("thread"),
        (pitch, shank * chance.uniform(0.12, 0.3)),
    )
    if style == "hexagon":
        lathe.turn(
            (-1, -1 + deep * 0.1, top - deep * 0.05, top),
            (head * 0.9, head, head, head * 0.9),
            finish,
            chance.about("head"),
            corners=6,
        )
        if chance.happens(0.4):
            lathe.turn((top - deep * 0.2, top), (head * 1.15, head * 1.2), finish, chance.about("flange"))
    elif style == "countersunk":
        lathe.turn((-1, -1 + deep * 0.12, top), (head, head, shank), finish, chance.about("head"))
    else:
        bend = numpy.linspace(0, 1, 7)
        curve = {
            "round": numpy.sqrt(1 - (1 - bend) ** 2),
            "pan": 1 - 0.5 * (1 - bend) ** 3,
            "cylinder": numpy.clip(0.92 + bend * 2, 0, 1),
            "eye": 0.5 + 0.5 * numpy.sin(bend * 3.1),
        }[style]
        lathe.turn(-1 + bend * deep, numpy.maximum(curve, 0.05) * head, finish, chance.about("head"))
    if chance.happens(0.12):
        washer = top + chance.uniform(0.01, 0.1)
        lathe.turn((washer, washer + 0.06), (head * 1.2, head * 1.2), finishes.metal(chance), chance.about("washer"))
    return lathe.done()


def stepped(chance, side):
    """Pins, plugs, spacers, punches, spools: up to six sections in one to three finishes."""
    lathe = Lathe(side, "stepped")
    count = chance.count(1, 6)
    widest = chance.spread(0.05, 0.55)
    cuts = numpy.sort(numpy.concatenate([[-1, 1], chance.numbers.uniform(-0.9, 0.9, count - 1)]))
    choices = [finishes.solid_finish(chance) for _ in range(chance.pick((1, 2, 3), (4, 4, 1)))]
    radii = chance.numbers.uniform(0.25, 1.0, count)
    radii *= widest / radii.max()
    needle = count > 1 and chance.happens(0.3)
    for i in range(count):
        start, end, radius = cuts[i], cuts[i + 1] + 0.01, radii[i]
        finish = chance.pick(choices)
        if needle and i == count - 1:
            radius, finish = max(widest * 0.12, 1.2 * lathe.solid.grid.pixel), finishes.machined(chance)
        later = radius * (chance.uniform(0.3, 1.0) if chance.happens(0.3) else 1.0)
        bevel = min(radius * 0.35, (end - start) * 0.3) if chance.happens(0.6) else 0.0
        thread = (max(0.05, 2.6 * lathe.solid.grid.pixel), radius * 0.15) if chance.happens(0.15) else None
        lathe.turn(
            (start, start + bevel + 1e-3, end - bevel - 1e-3, end),
            (radius - bevel, radius, later, later - bevel),
            finish,
            chance.about("section", i),
            thread,
            chance.pick((0, 6, 4), (12, 1, 1)),
        )
    return lathe.done()


def bottle(chance, side):
    """Body, shoulder, neck and cap; often with a label. One part."""
    lathe = Lathe(side, "bottle")
    wide = chance.uniform(0.25, 0.5)
    neck = wide * chance.uniform(0.3, 0.7)
    shoulder, cap = chance.uniform(0.1, 0.5), chance.uniform(0.6, 0.85)
    body = finishes.plastic(chance) if chance.happens(0.7) else finishes.ceramic(chance)
    bend = numpy.linspace(0, 1, 6)
    down = neck + (wide - neck) * (0.5 + 0.5 * numpy.cos(bend * numpy.pi))
    stations = numpy.concatenate([[-1, -0.96], shoulder + bend * (cap - 0.1 - shoulder), [cap + 0.02]])
    lathe.turn(stations, numpy.concatenate([[wide * 0.88, wide], down, [neck]]), body, chance.about("body"))
    lathe.turn(
        (cap, cap + 0.02, 0.97, 1.0),
        (neck * 1.25, neck * 1.3, neck * 1.3, neck * 1.1),
        finishes.plastic(chance),
        chance.about("cap"),
        (max(0.04, 2.6 * lathe.solid.grid.pixel), 0.02),
    )
    if chance.happens(0.7):
        start, end = chance.uniform(-0.85, -0.5), chance.uniform(-0.2, shoulder)
        middle, half = (start + end) / 2, (end - start) / 2
        solid = lathe.solid
        distance = numpy.maximum(numpy.abs(solid.grid.u - middle) - half, numpy.abs(solid.grid.v) - wide * 1.01)
        prints.label(solid, chance.about("label"), distance, middle, 0, half, wide * 0.7)
    return lathe.done()


def banded(chance, side):
    """Cells, cartridges, crayons, fuses: a cylinder in two or three bands, with ends of metal or not."""
    lathe = Lathe(side, "banded")
    radius = chance.spread(0.08, 0.5)
    finish = finishes.plastic(chance)
    lathe.turn((-0.97, 0.97), (radius, radius), finish, chance.about("body"))
    for i in range(chance.count(1, 3)):
        start = chance.uniform(-1, 0.7)
        band = (
            finish.coloured(colours.against(chance, finish.colour)) if chance.happens(0.6) else finishes.metal(chance)
        )
        lathe.turn(
            (start, min(0.97, start + chance.uniform(0.08, 0.6))), (radius * 1.005,) * 2, band, chance.about("band", i)
        )
    ends = finishes.metal(chance) if chance.happens(0.6) else finish
    lathe.turn((-1, -0.97), (radius * 0.8, radius), ends, chance.about("end"))
    nub = radius * chance.uniform(0.2, 1.0)
    lathe.turn((0.9, 0.95, 1.0), (radius, radius, nub), ends, chance.about("nub"))
    if chance.happens(0.5):
        prints.imprint(
            lathe.solid,
            chance.about("print"),
            chance.uniform(-0.3, 0.3),
            0,
            chance.uniform(0.3, 0.6),
            radius * 0.5,
            finish.colour,
        )
    return lathe.done()


def handle(chance, side):
    """Tools, brushes, cutlery, spatulas: a slim swelling grip and a working end of another kind."""
    lathe = Lathe(side, "handle")
    grip = chance.pick((finishes.plastic, finishes.wood, finishes.rubber, finishes.metal), (4, 2, 2, 1))(chance)
    wide = chance.uniform(0.08, 0.2)
    border = chance.uniform(-0.2, 0.4)
    stations = numpy.linspace(-1, border, 9)
    swell = 0.7 + 0.3 * numpy.sin(numpy.linspace(0.3, chance.uniform(4, 9), 9))
    swell[0] *= 0.6
    lathe.turn(stations, wide * swell, grip, chance.about("grip"))
    blade = finishes.metal(chance) if chance.happens(0.75) else finishes.plastic(chance)
    thin = wide * chance.uniform(0.15, 0.6)
    tip = chance.pick((thin, thin * 0.3, wide * 1.2), (3, 2, 1))
    lathe.turn((border - 0.03, border + 0.05, 0.9, 1.0), (thin, thin, tip, tip * 0.6), blade, chance.about("blade"))
    return lathe.done()


def capsule(chance, side):
    """Two half shells of one or two colours, sometimes one over the other: one part."""
    lathe = Lathe(side, "capsule")
    radius = chance.uniform(0.25, 0.6)
    material = Material(mirror=0.08, satin=0.15, glow=0.35)
    first = finishes.Finish("shell", material, colours.colour(chance))
    second = first if chance.happens(0.3) else first.coloured(colours.against(chance, first.colour))
    bend = numpy.linspace(0, 1, 9)
    round_end = numpy.sqrt(numpy.clip(1 - (1 - bend) ** 2, 0, 1)) * radius
    meet = chance.uniform(-0.2, 0.25)
    step = chance.uniform(0.93, 1.0)
    lathe.turn(
        numpy.concatenate([-1 + bend * radius, [meet]]),
        numpy.concatenate([round_end, [radius]]),
        first,
        chance.about("first"),
    )
    lathe.turn(
        numpy.concatenate([[meet], 1 - bend[::-1] * radius]),
        numpy.concatenate([[radius], round_end[::-1]]) * step,
        second,
        chance.about("second"),
    )
    if chance.happens(0.3):
        prints.imprint(
            lathe.solid, chance.about("print"), chance.uniform(-0.4, 0.4), 0, 0.3, radius * 0.4, first.colour
        )
    return lathe.done()
