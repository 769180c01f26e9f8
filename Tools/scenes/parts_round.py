"""Round parts that stand or lie flat: balls, caps, buttons, coins, wheels, bearings, rings, lenses, tablets, bowls."""

import numpy

import colours
import finishes
import grid as g
import prints
import profiles
from solid import Solid


def ball(chance, side):
    solid = Solid(side, "ball")
    finish = chance.pick(
        (finishes.plastic, finishes.metal, finishes.rubber, finishes.food, finishes.wood, finishes.ceramic),
        (4, 2, 1, 2, 1, 1),
    )(chance)
    distance = g.disc(solid.grid.at(0, 0), 1.0)
    solid.lay(distance, 1.0 + profiles.domed(distance, 1.0, 1.0), finish, chance.about("body"))
    if chance.happens(0.2):
        solid.paint(
            numpy.abs(solid.grid.v + 0.3 * solid.grid.u**2) - chance.uniform(0.03, 0.4),
            colours.against(chance, finish.colour),
        )
    if chance.happens(0.15):
        prints.imprint(solid, chance.about("print"), 0, 0, 0.4, 0.3, finish.colour)
    return solid


def cap(chance, side):
    """Concentric rings, each a step up or down, knurled or not: caps, buttons, wheels, bearings, coins, pots."""
    solid = Solid(side, "cap")
    count = chance.pick((1, 2, 3, 4, 5), (2, 4, 4, 2, 1))
    radii = numpy.sort(numpy.concatenate([[1.0], chance.numbers.uniform(0.15, 0.92, count - 1)]))[::-1]
    choices = [finishes.solid_finish(chance) for _ in range(chance.pick((1, 2, 3), (3, 4, 1)))]
    height = chance.spread(0.06, 0.9)
    for i, radius in enumerate(radii):
        distance = g.disc(solid.grid.at(0, 0), radius)
        if i == 0 and chance.happens(0.25):
            ridges, depth = chance.count(16, 60), chance.uniform(0.01, 0.05)
            distance = g.wavy(solid.grid.at(0, 0), lambda a: radius - depth * (0.5 + 0.5 * numpy.cos(a * ridges)))
        finish = chance.pick(choices)
        shape = chance.pick((profiles.rounded, profiles.chamfered))
        edge = min(height * 0.8, radius * chance.uniform(0.02, 0.3))
        top = shape(distance, max(height, 0.03), max(edge, 0.01))
        if chance.happens(0.15):
            top = top + profiles.domed(distance, radius * 0.25)
        solid.lay(distance, top, finish, chance.about("ring", i))
        height *= chance.uniform(0.5, 0.95) if chance.happens(0.4) else chance.uniform(1.0, 1.5)
        height = min(height, 1.2)
    if chance.happens(0.25):
        solid.cut(solid.grid.radius - radii[-1] * chance.uniform(0.3, 0.8))
    elif chance.happens(0.3):
        recess = chance.pick(
            (
                g.line(solid.grid.at(0, 0, 1.0), (-0.3, 0), (0.3, 0), 0.06),
                g.polygon(solid.grid.at(0, 0), 6, 0.25),
                numpy.minimum(g.box(solid.grid.at(0, 0), 0.35, 0.07), g.box(solid.grid.at(0, 0), 0.07, 0.35)),
            )
        )
        solid.sink(recess, 0.15, 0.03, 0.6)
    elif chance.happens(0.4):
        prints.imprint(solid, chance.about("print"), 0, 0, 0.55, 0.35, choices[0].colour)
    return solid


def bearing(chance, side):
    """Two rings and the balls between them: one part."""
    solid = Solid(side, "bearing")
    finish, dark = finishes.machined(chance), finishes.cast(chance)
    outer, inner, hole = chance.uniform(0.72, 0.85), chance.uniform(0.48, 0.6), chance.uniform(0.25, 0.42)
    height = chance.uniform(0.25, 0.6)
    distance = g.disc(solid.grid.at(0, 0), 1.0)
    solid.lay(distance, profiles.rounded(distance, height, 0.05), finish, chance.about("outer"))
    groove = numpy.maximum(solid.grid.radius - outer, inner - solid.grid.radius)
    solid.lay(groove, height * 0.5, dark, chance.about("groove"))
    if chance.happens(0.6):
        middle, size = (outer + inner) / 2, (outer - inner) * 0.48
        count = max(5, int(numpy.pi * middle / size * chance.uniform(0.6, 0.95)))
        for i in range(count):
            turn = 2 * numpy.pi * i / count
            near = g.disc(solid.grid.at(middle * numpy.cos(turn), middle * numpy.sin(turn)), size)
            solid.lay(near, height * 0.5 + profiles.domed(near, size, size), finish, chance.about("ball"))
    else:
        solid.lay(groove + 0.03, height * 0.9, finishes.rubber(chance), chance.about("seal"))
    return solid.cut(solid.grid.radius - hole)


def ring(chance, side):
    """O-rings, hoops, seals, curtain rings: round section, sometimes an oval."""
    solid = Solid(side, "ring")
    thick = chance.spread(0.04, 0.3)
    finish = chance.pick((finishes.rubber, finishes.metal, finishes.plastic, finishes.ceramic), (4, 3, 3, 0.5))(chance)
    squash = chance.pick((1.0, chance.uniform(0.5, 1.0)), (3, 1))
    line = numpy.abs(g.ellipse(solid.grid.at(0, 0), 1.0 - thick, (1.0 - thick) * squash)) - thick
    solid.lay(line, thick + profiles.domed(line, thick, thick), finish, chance.about("body"))
    if chance.happens(0.15):
        solid.cut(g.box(solid.grid.at(1, 0), 0.5, chance.uniform(0.03, 0.25)))
    return solid


def tablet(chance, side):
    """Round or long tablets and pads with a score line or a stamp."""
    solid = Solid(side, "tablet")
    wide = chance.pick((1.0, chance.uniform(0.35, 0.9)))
    distance = g.box(solid.grid.at(0, 0), 1.0, wide, wide * chance.pick((1.0, chance.uniform(0.1, 1.0))))
    finish = chance.pick((finishes.matte, finishes.ceramic, finishes.food, finishes.plastic))(chance)
    height = wide * chance.uniform(0.3, 0.9)
    top = profiles.domed(distance, height) if chance.happens(0.5) else profiles.rounded(distance, height, height * 0.5)
    solid.lay(distance, top, finish, chance.about("body"))
    if chance.happens(0.4):
        solid.sink(
            g.line(solid.grid.at(0, 0, chance.pick((0.0, 1.57))), (-0.8 * wide, 0), (0.8 * wide, 0), 0.05),
            0.12,
            0.05,
            0.85,
        )
    elif chance.happens(0.4):
        prints.imprint(solid, chance.about("print"), 0, 0, 0.5, wide * 0.45, finish.colour)
    return solid


def bowl(chance, side):
    """Cups and tins seen from above: a rim and a hollow, sometimes filled."""
    solid = Solid(side, "bowl")
    outline = (
        g.disc(solid.grid.at(0, 0), 1.0)
        if chance.happens(0.6)
        else g.box(solid.grid.at(0, 0), 1.0, chance.uniform(0.5, 1.0), chance.uniform(0.1, 0.5))
    )
    finish = chance.pick((finishes.plastic, finishes.metal, finishes.ceramic, finishes.cardboard))(chance)
    height, wall = chance.uniform(0.2, 0.8), chance.uniform(0.05, 0.15)
    solid.lay(outline, profiles.rounded(outline, height, wall * 0.5), finish, chance.about("rim"))
    inner = outline + wall
    deep = height * chance.uniform(0.1, 0.6)
    slope = numpy.clip(-inner / chance.uniform(0.05, 0.4), 0, 1)
    solid.lay(inner, height * 0.95 - (height * 0.95 - deep) * slope, finish, chance.about("hollow"))
    if chance.happens(0.4):
        filling = chance.pick((finishes.food, finishes.plastic, finishes.matte))(chance)
        solid.lay(inner + wall * 0.5, max(deep, height * chance.uniform(0.4, 0.85)), filling, chance.about("filling"))
    return solid
