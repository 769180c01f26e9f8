"""Electronic parts: chips with legs, plugs with pins, resistors, capacitors, lamps, coils, heat sinks."""

import numpy

import colours
import finishes
import grid as g
import prints
import profiles
from finishes import Finish, Material
from solid import Solid


def pins(chance):
    return Finish("pins", Material(0.2, 0.2, 0.5, 0.2, 1.0), colours.metal_colour(chance))


def chip(chance, side):
    """A dark body with legs on two or four sides, or none; text on top. One part."""
    solid = Solid(side, "chip")
    b = chance.uniform(0.4, 1.0)
    legs, sides = chance.count(2, 14), chance.pick((0, 2, 4), (1, 3, 2))
    reach = chance.uniform(0.08, 0.22)
    metal = pins(chance)
    if sides:
        pitch = 2 * (1 - reach) / legs
        if sides == 4:
            b = chance.uniform(0.85, 1.0)
        row = numpy.abs(((solid.grid.u + 1 - reach) / pitch) % 1.0 - 0.5) * pitch - pitch * 0.27
        row = numpy.maximum(row, numpy.maximum(numpy.abs(solid.grid.u) - (1 - reach), numpy.abs(solid.grid.v) - b))
        if sides == 4:
            column = numpy.abs(((solid.grid.v + b - reach) / pitch) % 1.0 - 0.5) * pitch - pitch * 0.27
            column = numpy.maximum(
                column, numpy.maximum(numpy.abs(solid.grid.v) - (b - reach), numpy.abs(solid.grid.u) - 1)
            )
            row = numpy.minimum(row, column)
        solid.lay(row, 0.05, metal, chance.about("legs"))
    half = (1.0 if sides != 4 else 1 - reach, b - (reach if sides else 0))
    body = g.box(solid.grid.at(0, 0), *half, 0.02)
    dark = Finish(
        "case",
        Material(rough=0.08, satin=chance.uniform(0, 0.08)),
        colours.colour(chance, chance.pick(("black", "deep", "grey"), (6, 1, 1))),
        finishes.mottled(0.05, 30),
    )
    solid.lay(body, profiles.chamfered(body, chance.uniform(0.15, 0.35), 0.05), dark, chance.about("body"))
    if chance.happens(0.6):
        solid.sink(g.disc(solid.grid.at(-half[0] + 0.18, half[1] - 0.18), 0.07), 0.05, 0.02, 0.7)
    if chance.happens(0.7):
        prints.imprint(solid, chance.about("print"), 0, 0, half[0] * 0.75, half[1] * 0.6, dark.colour)
    return solid


def passive(chance, side):
    """Chip resistors and capacitors: a body between two metal ends."""
    solid = Solid(side, "passive")
    b = chance.uniform(0.35, 0.7)
    body = g.box(solid.grid.at(0, 0), 1.0, b, 0.05)
    finish = chance.pick((finishes.ceramic, finishes.matte, finishes.plastic))(chance)
    solid.lay(body, profiles.rounded(body, chance.uniform(0.3, 0.7), 0.08), finish, chance.about("body"))
    end = chance.uniform(0.5, 0.8)
    solid.paint(end - numpy.abs(solid.grid.u), colours.metal_colour(chance), pins(chance).material and pins(chance))
    if chance.happens(0.4):
        prints.imprint(solid, chance.about("print"), 0, 0, end * 0.8, b * 0.6, finish.colour)
    return solid


def wired(chance, side):
    """A body on two wires: resistors with rings, diodes, fuses, coils."""
    solid = Solid(side, "wired")
    thick = max(0.02, 1.1 * solid.grid.pixel)
    line = g.box(solid.grid.at(0, 0), 1.0, thick, thick)
    wide, long = chance.uniform(0.1, 0.25), chance.uniform(0.3, 0.6)
    lift = wide - thick
    solid.lay(line, lift + profiles.domed(line, thick * 2, thick), pins(chance), chance.about("wire"))
    swell = 1.0 - chance.uniform(0, 0.25) * numpy.cos(solid.grid.u / long * 3.1) ** 2
    body = numpy.maximum(numpy.abs(solid.grid.v) - wide * swell, numpy.abs(solid.grid.u) - long)
    finish = chance.pick((finishes.plastic, finishes.ceramic, finishes.glass))(chance)
    if finish.name == "glass":
        finish = finishes.plastic(chance)
    arch = numpy.sqrt(numpy.clip(1 - (solid.grid.v / wide) ** 2, 0, 1))
    solid.lay(body, wide + wide * arch, finish, chance.about("body"))
    for _ in range(chance.count(0, 5)):
        solid.paint(
            numpy.abs(solid.grid.u - chance.uniform(-0.8, 0.8) * long) - long * chance.uniform(0.04, 0.12),
            colours.colour(chance),
        )
    solid.albedo[(numpy.abs(solid.grid.u) > long)] = pins(chance).colour
    return solid


def can(chance, side):
    """A can seen from the top: sleeve, crimped lid with a vent, a dark sector."""
    solid = Solid(side, "can")
    body = g.disc(solid.grid.at(0, 0), 1.0)
    sleeve = finishes.plastic(chance)
    height = chance.uniform(0.4, 1.5)
    solid.lay(body, profiles.rounded(body, height, 0.12), sleeve, chance.about("sleeve"))
    lid = g.disc(solid.grid.at(0, 0), chance.uniform(0.6, 0.9))
    metal = finishes.machined(chance)
    solid.lay(lid, height - 0.05, metal, chance.about("lid"))
    if chance.happens(0.5):
        arms = chance.pick((1, 2, 3))
        for i in range(arms):
            solid.sink(g.line(solid.grid.at(0, 0, 3.1416 * i / arms), (-0.5, 0), (0.5, 0), 0.03), 0.05, 0.03, 0.7)
    if chance.happens(0.5):
        solid.paint(numpy.maximum(lid, chance.uniform(0.2, 0.7) - solid.grid.u), colours.colour(chance, "black"))
    return solid


def plug(chance, side):
    """Connectors and headers: a housing with a row of pins or sockets, pins sticking out on one side."""
    solid = Solid(side, "plug")
    count, rows = chance.count(2, 16), chance.pick((1, 2), (2, 1))
    b = max(0.12, min(0.7, chance.uniform(0.8, 2.2) * rows / count))
    finish, metal = finishes.plastic(chance), pins(chance)
    pitch = 1.9 / count
    along = numpy.abs(((solid.grid.u + 0.95) / pitch) % 1.0 - 0.5) * pitch
    inside = numpy.abs(solid.grid.u) - 0.95
    height = chance.uniform(0.15, 0.5)
    shift = 0.0
    if chance.happens(0.5):
        shift = b * chance.uniform(0.3, 0.8)
        out = numpy.maximum(numpy.maximum(along - pitch * 0.16, inside), numpy.abs(solid.grid.v - shift) - b)
        solid.lay(out, height * 0.5, metal, chance.about("pins"))
    body = g.box(solid.grid.at(0, -shift / 2), 1.0, b, 0.03)
    solid.lay(body, profiles.rounded(body, height, 0.04), finish, chance.about("body"))
    for row in range(rows):
        v = -shift / 2 + (2 * row + 1 - rows) * b / rows
        hole = numpy.maximum(
            numpy.maximum(along - pitch * 0.33, inside), numpy.abs(solid.grid.v - v) - min(pitch, b / rows) * 0.36
        )
        if chance.happens(0.6):
            solid.sink(hole, height * 0.6, 0.03, 0.3)
        tip = numpy.maximum(numpy.maximum(along - pitch * 0.14, inside), numpy.abs(solid.grid.v - v) - pitch * 0.14)
        if chance.happens(0.7):
            solid.lay(tip, height * chance.uniform(0.7, 1.6), metal, chance.about("tips"))
    return solid


def lamp(chance, side):
    """A lens on two legs, lying; or a potted sensor with a cable end."""
    solid = Solid(side, "lamp")
    metal, thick = pins(chance), max(0.025, 1.1 * solid.grid.pixel)
    apart = chance.uniform(0.08, 0.2)
    for v in (-apart, apart):
        leg = g.box(solid.grid.at(0.4, v), 0.6, thick, 0.0)
        solid.lay(leg, 0.2 + profiles.domed(leg, thick, thick), metal, chance.about("leg", v > 0))
    wide = apart + chance.uniform(0.1, 0.2)
    body = numpy.minimum(
        g.capsule(solid.grid.at(-0.6, 0), 0.4, wide), g.box(solid.grid.at(-0.25, 0), 0.06, wide * 1.15)
    )
    finish = finishes.plastic(chance)
    solid.lay(body, wide + profiles.domed(body, wide, wide), finish, chance.about("body"))
    return solid


def heat_sink(chance, side):
    solid = Solid(side, "heat sink")
    b = chance.uniform(0.5, 1.0)
    body = g.box(solid.grid.at(0, 0), 1.0, b, 0.01)
    finish = finishes.brushed(chance)
    fins = chance.count(4, 14)
    wave = numpy.abs(((solid.grid.u + 1) * fins / 2) % 1.0 - 0.5)
    height = 0.1 + chance.uniform(0.3, 0.7) * (wave < chance.uniform(0.12, 0.3))
    solid.lay(body, height, finish, chance.about("body"))
    return solid
