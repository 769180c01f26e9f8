"""Parts cut from sheet, bar or block: washers, nuts, gears, brackets, frames, free combinations of outlines."""

import numpy

import finishes
import grid as g
import prints
import profiles
from solid import Solid


def sheet_finish(chance):
    return finishes.metal(chance) if chance.happens(0.6) else finishes.solid_finish(chance)


def top_of(chance, distance, height):
    edge = min(height * 0.9, chance.spread(0.01, 0.08))
    return chance.pick((profiles.rounded, profiles.chamfered))(distance, height, edge)


def washer(chance, side):
    solid = Solid(side, "washer")
    frame = solid.grid.at(0, 0)
    hole = chance.uniform(0.25, 0.88)
    height = chance.spread(0.04, 0.5)
    distance = numpy.maximum(g.disc(frame, 1.0), hole - solid.grid.radius)
    kind = chance.pick(("flat", "round", "cone", "split", "teeth"), (5, 2, 1, 1.5, 1))
    top = (
        profiles.domed(distance, (1 - hole) * chance.uniform(0.3, 1))
        if kind == "round"
        else top_of(chance, distance, height)
    )
    if kind == "cone":
        top = top + (1 - solid.grid.radius) * chance.uniform(0.1, 0.4)
    solid.lay(distance, top, sheet_finish(chance), chance.about("body"))
    if kind == "split":
        solid.cut(g.box(solid.grid.at(0.5, 0, 0.0), 0.7, chance.uniform(0.02, 0.09)))
    if kind == "teeth":
        count, middle = chance.count(6, 16), hole + (1 - hole) * chance.uniform(0.3, 0.7)
        solid.cut(numpy.maximum((0.3 - numpy.cos(solid.grid.angle * count)) / count, middle - solid.grid.radius))
    return solid


def nut(chance, side):
    solid = Solid(side, "nut")
    frame = solid.grid.at(0, 0, chance.angle())
    corners = chance.pick((6, 4, 8, 12), (6, 2, 1, 0.5))
    finish = sheet_finish(chance)
    height, hole = chance.uniform(0.2, 1.1), chance.uniform(0.35, 0.6)
    distance = g.polygon(frame, corners, 1.0)
    top = numpy.minimum(
        top_of(chance, distance, height), height - numpy.clip(solid.grid.radius - chance.uniform(0.8, 0.9), 0, 1) * 0.7
    )
    solid.lay(distance, top, finish, chance.about("body"))
    kind = chance.pick(("through", "flange", "insert", "blind"), (5, 1, 1, 0.7))
    if kind == "flange":
        low = g.disc(frame, 1.0)
        solid.lay(low, profiles.rounded(low, 0.2, 0.05), finish, chance.about("flange"))
        inner = g.polygon(frame, corners, 0.8)
        solid.lay(inner, profiles.chamfered(inner, height, 0.08), finish, chance.about("upper"))
    if kind == "insert":
        collar = g.disc(frame, hole * 1.25)
        solid.lay(collar, height + 0.02, finishes.plastic(chance), chance.about("insert"))
    if kind == "blind":
        collar = g.disc(frame, 0.75)
        return solid.lay(collar, height + profiles.domed(collar, 0.6), finish, chance.about("cap"))
    solid.sink(solid.grid.radius - hole * 1.15, 0.12, 0.1)
    return solid.cut(solid.grid.radius - hole)


def gear(chance, side):
    solid = Solid(side, "gear")
    teeth, depth, slope = chance.count(7, 40), chance.uniform(0.08, 0.25), chance.uniform(1.5, 6)
    height = chance.uniform(0.1, 0.5)

    def outline(angle):
        return 1.0 - depth * (0.5 - 0.5 * numpy.clip(numpy.sin(angle * teeth) * slope, -1, 1))

    distance = g.wavy(solid.grid.at(0, 0), outline)
    finish = sheet_finish(chance)
    solid.lay(distance, top_of(chance, distance, height), finish, chance.about("body"))
    if chance.happens(0.6):
        solid.sink(numpy.abs(solid.grid.radius - 0.55) - chance.uniform(0.08, 0.2), height * chance.uniform(0.2, 0.7))
    if chance.happens(0.5):
        spokes = chance.count(3, 7)
        away = (
            numpy.abs((solid.grid.angle * spokes / (2 * numpy.pi)) % 1.0 - 0.5)
            * 2
            * numpy.pi
            / spokes
            * solid.grid.radius
        )
        solid.cut(
            numpy.maximum(
                chance.uniform(0.06, 0.12) - away, numpy.abs(solid.grid.radius - 0.52) - chance.uniform(0.1, 0.2)
            )
        )
    if chance.happens(0.7):
        hub = g.disc(solid.grid.at(0, 0), 0.3)
        solid.lay(hub, profiles.rounded(hub, height * chance.uniform(1.0, 2.0), 0.04), finish, chance.about("hub"))
    return solid.cut(solid.grid.radius - chance.uniform(0.08, 0.25)) if chance.happens(0.85) else solid


def bracket(chance, side):
    """Bars joined to an L, T, U, Z, cross or strip, with holes; sometimes one leg stands up."""
    solid = Solid(side, "bracket")
    width, length = chance.uniform(0.1, 0.3), chance.uniform(0.5, 0.92)
    bar = lambda u, v, a, b: g.box(solid.grid.at(u, v), a, b, chance.uniform(0, 0.08))
    kind = chance.pick(("L", "T", "U", "Z", "X", "I", "O"), (3, 2, 2, 1, 1, 4, 1))
    if kind == "I":
        legs = [bar(0, 0, 1, width)]
    elif kind == "O":
        legs = [numpy.maximum(bar(0, 0, 1, length), -bar(0, 0, 1 - width, length - width))]
    else:
        legs = {
            "L": [bar(width - 1, 0, width, length), bar(0, length - width, 1, width)],
            "T": [bar(0, -length + width, 1, width), bar(0, 0, width, length)],
            "U": [bar(width - 1, 0, width, length), bar(1 - width, 0, width, length), bar(0, length - width, 1, width)],
            "Z": [
                bar(-0.5, -length + width, 0.5, width),
                bar(0, 0, width, length),
                bar(0.5, length - width, 0.5, width),
            ],
            "X": [bar(0, 0, 1, width), bar(0, 0, width, length)],
        }[kind]
    distance = legs[0]
    for leg in legs[1:]:
        distance = numpy.minimum(distance, leg)
    height, finish = chance.spread(0.04, 0.3), sheet_finish(chance)
    solid.lay(distance, top_of(chance, distance, height), finish, chance.about("body"))
    if chance.happens(0.25):
        upright = legs[-1]
        solid.lay(
            upright, profiles.rounded(upright, height + chance.uniform(0.1, 0.5), 0.03), finish, chance.about("upright")
        )
    places = numpy.argwhere(distance < -0.6 * width)
    if len(places) and chance.happens(0.8):
        hole = width * chance.uniform(0.25, 0.55)
        stretch = chance.pick((1.0, chance.uniform(1.5, 2.5)), (3, 1))
        for _ in range(chance.count(1, 5)):
            row, column = places[chance.count(0, len(places) - 1)]
            u, v = solid.grid.u[row, column], solid.grid.v[row, column]
            solid.cut(g.box(solid.grid.at(u, v), hole * stretch, hole, hole * 0.999))
    return solid


def outline_of(chance, grid, level=0):
    """A random outline: one simple figure, or two joined or cut from each other."""
    if level < 2 and chance.happens(0.55 if level == 0 else 0.3):
        first, second = outline_of(chance, grid, level + 1), outline_of(chance, grid, level + 1)
        return numpy.minimum(first, second) if chance.happens(0.6) else numpy.maximum(first, -second)
    frame = grid.at(
        chance.uniform(-0.35, 0.35) * (level > 0), chance.uniform(-0.35, 0.35) * (level > 0), chance.angle()
    )
    size = chance.uniform(0.5, 1.0) if level == 0 else chance.uniform(0.25, 0.65)
    kind = chance.count(0, 6)
    if kind == 0:
        return g.disc(frame, size)
    if kind == 1:
        return g.box(frame, size, size * chance.uniform(0.2, 0.9), chance.uniform(0, 0.1))
    if kind == 2:
        return g.polygon(frame, chance.count(3, 8), size)
    if kind == 3:
        return g.capsule(frame, size, size * chance.uniform(0.15, 0.5))
    if kind == 4:
        return g.arc(frame, size * 0.75, size * chance.uniform(0.08, 0.24), chance.uniform(0.5, 2.9))
    if kind == 5:
        waves, depth, phase = chance.count(2, 9), chance.uniform(0.05, 0.35), chance.angle()
        return g.wavy(frame, lambda angle: size * (1 - depth + depth * numpy.cos(waves * angle + phase)))
    return g.ellipse(frame, size, size * chance.uniform(0.3, 0.95))


def combination(chance, side):
    """A free outline with one to three storeys."""
    solid = Solid(side, "combination")
    distance = numpy.maximum(outline_of(chance, solid.grid), g.disc(solid.grid.at(0, 0), 1.0))
    finish, height = finishes.solid_finish(chance), chance.spread(0.05, 0.6)
    solid.lay(distance, top_of(chance, distance, height), finish, chance.about("body"))
    for i in range(chance.pick((0, 1, 2), (3, 3, 2))):
        inner = numpy.maximum(outline_of(chance, solid.grid, 1), distance + 0.06)
        if chance.happens(0.4):
            solid.sink(inner, height * chance.uniform(0.2, 0.6))
        else:
            other = finish if chance.happens(0.6) else finishes.solid_finish(chance)
            solid.lay(
                inner,
                profiles.rounded(inner, height * chance.uniform(1.05, 1.8), 0.03),
                other,
                chance.about("storey", i),
            )
    for _ in range(chance.pick((0, 1, 3), (4, 2, 1))):
        hole = g.disc(solid.grid.at(chance.uniform(-0.6, 0.6), chance.uniform(-0.6, 0.6)), chance.uniform(0.05, 0.2))
        solid.cut(numpy.maximum(hole, distance + 0.08))
    if chance.happens(0.2):
        prints.imprint(solid, chance.about("print"), 0, 0, 0.5, 0.2, finish.colour)
    return solid.one_piece()
