"""Boxes, cartons, blocks, cards, pouches and moulded housings, with prints and labels."""

import numpy

import colours
import finishes
import grid as g
import prints
import profiles
from solid import Solid


def decorate(solid, chance, a, b, ground, busy=0.6):
    """Labels, ink, stripes and fields on a face of half sides `a`, `b`."""
    if chance.happens(0.25):
        start = chance.uniform(-b, b * 0.6)
        solid.paint(numpy.abs(solid.grid.v - start) - b * chance.uniform(0.05, 0.4), colours.against(chance, ground))
    for i in range(chance.pick((0, 1, 2, 3), (1 - busy, busy, busy * 0.6, busy * 0.3))):
        topic = chance.about("print", i)
        half_a, half_b = a * chance.uniform(0.25, 0.85), b * chance.uniform(0.15, 0.5)
        u, v = chance.uniform(-1, 1) * (a - half_a) * 0.9, chance.uniform(-1, 1) * (b - half_b) * 0.9
        if chance.happens(0.5):
            rounding = min(half_a, half_b) * chance.pick((0.0, 0.2, 0.99), (4, 2, 0.5))
            prints.label(solid, topic, g.box(solid.grid.at(u, v), half_a, half_b, rounding), u, v, half_a, half_b)
        else:
            prints.imprint(solid, topic, u, v, half_a, half_b, ground)


def carton(chance, side):
    """Upright or flat boxes with prints; folds, tape and flaps on some."""
    solid = Solid(side, "carton")
    a, b = 1.0, chance.uniform(0.2, 1.0)
    finish = chance.pick(
        (finishes.paper, finishes.cardboard, finishes.plastic, finishes.matte, finishes.metal), (5, 3, 2, 2, 0.5)
    )(chance)
    distance = g.box(solid.grid.at(0, 0), a, b, chance.uniform(0.0, 0.06))
    height = chance.uniform(0.1, 0.9)
    solid.lay(distance, profiles.rounded(distance, height, chance.uniform(0.01, 0.05)), finish, chance.about("body"))
    if chance.happens(0.2):
        solid.paint(
            numpy.abs(solid.grid.v - chance.uniform(-0.3, 0.3) * b) - b * chance.uniform(0.08, 0.2),
            finish.colour * numpy.float32(chance.uniform(0.7, 1.1)),
            finishes.plastic(chance),
        )
    if chance.happens(0.3):
        solid.sink(numpy.abs(solid.grid.v - b * chance.uniform(-0.6, 0.6)) - 0.015, 0.04, 0.02, 0.6)
    decorate(solid, chance, a, b, finish.colour, 0.75)
    return solid


def block(chance, side):
    """Housings, keys, bricks, terminals: a body with a field of studs, sockets, windows or ribs."""
    solid = Solid(side, "block")
    b = chance.uniform(0.2, 0.9)
    finish = chance.pick((finishes.plastic, finishes.metal, finishes.matte, finishes.ceramic), (6, 2, 2, 0.5))(chance)
    distance = g.box(solid.grid.at(0, 0), 1.0, b, chance.uniform(0.01, 0.3) * b)
    height = chance.uniform(0.15, 0.8)
    solid.lay(
        distance,
        profiles.rounded(distance, height, min(height, b) * chance.uniform(0.03, 0.4)),
        finish,
        chance.about("body"),
    )
    if chance.happens(0.7):
        columns, rows = chance.count(1, 8), chance.pick((1, 2, 3), (4, 3, 1))
        half = min(0.9 / columns, 0.85 * b / rows) * chance.uniform(0.4, 0.8)
        kind = chance.pick(("stud", "socket", "window", "lever"), (3, 3, 2, 2))
        other = chance.pick((finish, finishes.plastic(chance), finishes.metal(chance)))
        for row in range(rows):
            for column in range(columns):
                frame = solid.grid.at(
                    (2 * column + 1 - columns) * 0.93 / columns, (2 * row + 1 - rows) * 0.9 * b / rows
                )
                near = (
                    g.disc(frame, half)
                    if chance.key and kind in ("stud", "socket")
                    else g.box(frame, half, half * 1.4, half * 0.1)
                )
                if kind == "socket":
                    solid.sink(near, height * 0.5, half * 0.2, 0.35)
                elif kind == "window":
                    solid.sink(near, height * 0.2, half * 0.2)
                    solid.paint(near + half * 0.2, other.colour, other)
                else:
                    solid.lay(
                        near, profiles.rounded(near, height + half * 0.7, half * 0.3), other, chance.about("stud")
                    )
    if chance.happens(0.3):
        decorate(solid, chance, 1.0, b, finish.colour, 0.3)
    return solid


def key(chance, side):
    """Keycaps, dice, tiles: near square, a dished or flat top, one sign."""
    solid = Solid(side, "key")
    b = chance.uniform(0.75, 1.0)
    finish = chance.pick((finishes.plastic, finishes.ceramic, finishes.wood, finishes.matte), (5, 1, 2, 2))(chance)
    distance = g.box(solid.grid.at(0, 0), 0.98, b, chance.uniform(0.02, 0.4))
    height = chance.uniform(0.2, 1.2)
    edge = chance.uniform(0.05, 0.35)
    top = (
        profiles.chamfered(distance, height, edge) if chance.happens(0.5) else profiles.rounded(distance, height, edge)
    )
    if chance.happens(0.4):
        top = top - 0.1 * numpy.clip(1 - solid.grid.radius, 0, 1)
    solid.lay(distance, top, finish, chance.about("body"))
    if chance.happens(0.25):
        spots, colour = chance.count(1, 6), colours.against(chance, finish.colour)
        for i in range(spots):
            turn = 6.283 * i / spots
            reach = 0.0 if spots == 1 else 0.45
            solid.paint(g.disc(solid.grid.at(reach * numpy.cos(turn), reach * numpy.sin(turn)), 0.14), colour)
    elif chance.happens(0.8):
        prints.imprint(solid, chance.about("print"), 0, 0, 0.5, 0.45, finish.colour)
    return solid


def card(chance, side):
    """Flat: sheets, leaflets, cards, tags, stickers, bags of paper; curled a little or folded."""
    solid = Solid(side, "card")
    b = chance.uniform(0.25, 1.0)
    finish = chance.pick((finishes.paper, finishes.plastic, finishes.fabric, finishes.cardboard), (5, 2, 1, 1))(chance)
    distance = g.box(solid.grid.at(0, 0), 1.0, b, chance.pick((0.0, 0.1, 0.25)))
    if chance.happens(0.15):
        distance = numpy.maximum(distance, numpy.abs(solid.grid.u) + solid.grid.v - b)
    curl = chance.uniform(0.0, 0.06) * (1 + numpy.sin(solid.grid.u * chance.uniform(1, 4) + chance.angle()))
    solid.lay(distance, 0.02 + curl, finish, chance.about("body"))
    if chance.happens(0.4):
        solid.cut(g.disc(solid.grid.at(-0.85, chance.pick((0.0, 0.7 * b))), chance.uniform(0.04, 0.09)))
    if chance.happens(0.2):
        fold = chance.uniform(-0.5, 0.5)
        solid.height = solid.height + 0.08 * numpy.clip(1 - numpy.abs(solid.grid.u - fold) * 4, 0, 1)
    decorate(solid, chance, 1.0, b, finish.colour, 0.85)
    return solid


def pouch(chance, side):
    """Sachets, bags, cushions: a pillow with welded, crimped ends and creases."""
    solid = Solid(side, "pouch")
    b = chance.uniform(0.4, 0.85)
    finish = chance.pick((finishes.plastic, finishes.paper, finishes.metal, finishes.fabric), (4, 3, 2, 1))(chance)
    wave = 0.01 * numpy.sin(solid.grid.v * 60)
    distance = g.box(solid.grid.at(0, 0), 1.0, b, 0.03) + wave
    weld = chance.uniform(0.06, 0.16)
    body = profiles.pillow(numpy.maximum(distance, numpy.abs(solid.grid.u) - 1 + weld), chance.uniform(0.2, 0.5), b)
    crease = finishes.bumps(0.05, chance.spread(2, 7), 3, 0.6)(chance.about("crease"), solid.grid.shape)
    crimp = 0.015 * numpy.sin(solid.grid.u * 90) * (numpy.abs(solid.grid.u) > 1 - weld)
    solid.lay(distance, 0.03 + numpy.maximum(body + crease * (body > 0.02), 0) + crimp, finish, chance.about("body"))
    decorate(solid, chance, 1 - weld * 1.2, b * 0.9, finish.colour, 0.8)
    return solid
