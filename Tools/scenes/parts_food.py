"""Grown, baked and cut things: fruits, beans, nuts, biscuits, slices, pasta, roots, leaves, stones."""

import numpy

import colours
import finishes
import grid as g
import noise
import profiles
from solid import Solid


def lumpy(chance, a, b, depth=0.12):
    """An outline that differs a little from an ellipse; each specimen another."""
    waves = [(k, chance.uniform(0, depth / k), chance.angle()) for k in range(2, 6)]

    def outline(angle):
        reach = a * b / numpy.hypot(b * numpy.cos(angle), a * numpy.sin(angle))
        return reach * (1 - depth + sum(amount * numpy.cos(k * angle + phase) for k, amount, phase in waves))

    return outline


def fruit(chance, side):
    """Round or long with skin, often a stem end."""
    solid = Solid(side, "fruit")
    b = chance.uniform(0.35, 1.0)
    distance = g.wavy(solid.grid.at(0, 0), lumpy(chance, 1.0, b, chance.uniform(0.01, 0.12)))
    finish = finishes.food(chance)
    top = profiles.domed(distance, b) + b * chance.uniform(0.3, 1.0)
    solid.lay(distance, top, finish, chance.about("body"))
    if chance.happens(0.5):
        u, v = chance.uniform(-0.8, 0.8), chance.uniform(-0.3, 0.3) * b
        pit = g.disc(solid.grid.at(u, v), 0.2)
        solid.sink(pit, 0.15, 0.2)
        solid.paint(g.disc(solid.grid.at(u, v), chance.uniform(0.03, 0.1)), colours.colour(chance, "earth"))
    if chance.happens(0.2):
        stripes = numpy.sin(solid.grid.v * chance.uniform(8, 20) + 0.5 * noise.fractal(chance, solid.grid.shape))
        solid.albedo *= (1 - 0.3 * numpy.clip(stripes * 2, 0, 1))[..., None]
    return solid


def bean(chance, side):
    """Beans, crescents, nuts, bent sausages: a fat arc."""
    solid = Solid(side, "bean")
    span, width = chance.uniform(0.2, 1.4), chance.uniform(0.12, 0.4)
    radius = (1.0 - width) / max(numpy.sin(min(span, 1.57)), 0.2)
    frame = (solid.grid.v + radius * (1 + numpy.cos(span)) / 2, solid.grid.u)
    distance = g.arc(frame, radius, width, span)
    finish = finishes.food(chance)
    solid.lay(distance, width + profiles.domed(distance, width, width), finish, chance.about("body"))
    if chance.happens(0.3):
        solid.sink(g.arc(frame, radius, 0.02, span * 0.8), 0.06, 0.03, 0.7)
    return solid


def biscuit(chance, side):
    """Baked: rough top, crumbs, holes, a filling or icing."""
    solid = Solid(side, "biscuit")
    corners = chance.pick((0, 4, 5, 8), (4, 3, 1, 1))
    finish = finishes.food(chance)
    wobble = noise.fractal(chance, solid.grid.shape, 6) * 0.02
    outline = (
        g.wavy(solid.grid.at(0, 0), lumpy(chance, 1.0, chance.uniform(0.6, 1.0), 0.05))
        if corners == 0
        else g.polygon(solid.grid.at(0, 0), corners, 1.0)
    ) + wobble
    height = chance.uniform(0.12, 0.5)
    top = profiles.rounded(outline, height, min(height, 0.2))
    solid.lay(outline, top + finishes.bumps(0.02, 12)(chance, solid.grid.shape), finish, chance.about("body"))
    if chance.happens(0.35):
        layer = finishes.food(chance)
        inner = outline + chance.uniform(0.1, 0.3) + noise.fractal(chance, solid.grid.shape, 4) * 0.04
        solid.lay(inner, profiles.rounded(inner, height + 0.06, 0.05), layer, chance.about("icing"))
    for _ in range(chance.pick((0, 5, 12), (2, 1, 1))):
        near = g.disc(solid.grid.at(chance.uniform(-0.7, 0.7), chance.uniform(-0.6, 0.6)), chance.uniform(0.03, 0.12))
        if chance.happens(0.5):
            solid.sink(near, 0.08, 0.04, 0.6)
        else:
            solid.paint(near, finishes.food(chance).colour)
    return solid


def cut_slice(chance, side):
    """A slice: rind, flesh, rays, seeds or holes."""
    solid = Solid(side, "slice")
    outline = g.wavy(solid.grid.at(0, 0), lumpy(chance, 1.0, chance.uniform(0.5, 1.0), 0.06))
    if chance.happens(0.25):
        outline = numpy.maximum(outline, solid.grid.v)
    rind, flesh = finishes.food(chance), finishes.food(chance)
    height = chance.uniform(0.06, 0.3)
    solid.lay(outline, profiles.rounded(outline, height, 0.05), rind, chance.about("rind"))
    solid.lay(outline + chance.uniform(0.04, 0.2), height, flesh, chance.about("flesh"))
    if chance.happens(0.4):
        rays = chance.count(5, 12)
        away = numpy.abs((solid.grid.angle * rays / 6.2832) % 1.0 - 0.5) * 6.2832 / rays * solid.grid.radius
        solid.paint(numpy.maximum(0.012 - away * 0 + away - 0.03, outline + 0.15), rind.colour)
    for _ in range(chance.pick((0, 4, 9), (2, 1, 1))):
        frame = solid.grid.at(chance.uniform(-0.6, 0.6), chance.uniform(-0.5, 0.5), chance.angle())
        solid.paint(numpy.maximum(g.ellipse(frame, 0.09, 0.05), outline + 0.1), colours.colour(chance, "earth"))
    return solid


def pasta(chance, side):
    """Tubes, shells, corkscrews: ribbed and hollow."""
    solid = Solid(side, "pasta")
    width = chance.uniform(0.15, 0.4)
    twist = chance.uniform(6, 20)
    finish = chance.pick((finishes.food, finishes.plastic))(chance)
    wave = 0.5 + 0.5 * numpy.sin(solid.grid.u * twist + solid.grid.v / width * chance.uniform(0, 3))
    distance = g.box(solid.grid.at(0, 0), 1.0, width, 0.05) + 0.06 * wave
    arch = numpy.sqrt(numpy.clip(1 - (solid.grid.v / width) ** 2, 0, 1))
    solid.lay(distance, width * (0.3 + arch) + 0.08 * wave, finish, chance.about("body"))
    if chance.happens(0.5):
        mouth = g.ellipse(solid.grid.at(0.95, 0), 0.08, width * 0.7)
        solid.sink(mouth, 0.2, 0.05, 0.3)
    return solid


def root(chance, side):
    """Tapered, ringed, sometimes with a green top; twigs and dried things too."""
    solid = Solid(side, "root")
    width = chance.uniform(0.08, 0.35)
    bend = chance.uniform(-0.3, 0.3)
    v = solid.grid.v - bend * (solid.grid.u**2 - 0.4) - 0.03 * noise.fractal(chance, solid.grid.shape, 3)
    taper = numpy.clip((1.05 - solid.grid.u) / 1.9, 0.0, 1.0) ** chance.uniform(0.4, 1.0)
    reach = width * numpy.maximum(taper, 0.05)
    distance = numpy.maximum(numpy.abs(v) - reach, numpy.abs(solid.grid.u) - 1)
    rings = 0.01 * noise.fractal(chance, solid.grid.shape, 6, 3, 0.7, (0.3, 4.0))
    arch = numpy.sqrt(numpy.clip(1 - (v / reach) ** 2, 0, 1))
    solid.lay(distance, width + reach * arch + rings, finishes.food(chance), chance.about("body"))
    if chance.happens(0.4):
        solid.paint(solid.grid.u + chance.uniform(0.6, 0.85), finishes.food(chance).colour)
    return solid


def leaf(chance, side):
    solid = Solid(side, "leaf")
    width = chance.uniform(0.15, 0.6)
    reach = width * (1 - solid.grid.u**2) ** 1.0 * (1 + chance.uniform(-0.3, 0.3) * solid.grid.u)
    teeth = 1 + chance.uniform(0, 0.1) * numpy.sin(solid.grid.u * 40)
    distance = numpy.maximum((numpy.abs(solid.grid.v) - reach * teeth) * 0.8, numpy.abs(solid.grid.u) - 1)
    veins = numpy.abs((solid.grid.u * 5 - numpy.abs(solid.grid.v) * 4) % 1.0 - 0.5)
    finish = finishes.food(chance)
    curl = 0.06 * noise.fractal(chance, solid.grid.shape, 2, 2) + 0.08
    solid.lay(distance, numpy.maximum(curl + 0.02 * veins, 0.01), finish, chance.about("body"))
    solid.paint(numpy.maximum(numpy.abs(solid.grid.v) - 0.02, distance), finish.colour * numpy.float32(1.3))
    return solid


def stone(chance, side):
    """Pebbles, nuggets, crumbs, lumps of ore or candy: facets and hollows."""
    solid = Solid(side, "stone")
    distance = g.wavy(solid.grid.at(0, 0), lumpy(chance, 1.0, chance.uniform(0.5, 1.0), chance.uniform(0.05, 0.3)))
    finish = chance.pick((finishes.food, finishes.matte, finishes.cast, finishes.plastic))(chance)
    height = chance.uniform(0.4, 1.0)
    top = height + profiles.domed(distance, height * 0.8)
    for _ in range(chance.count(0, 6)):
        turn = chance.angle()
        top = numpy.minimum(
            top,
            height * chance.uniform(1.3, 1.9)
            - chance.uniform(0.2, 0.8) * (solid.grid.u * numpy.cos(turn) + solid.grid.v * numpy.sin(turn)),
        )
    solid.lay(distance, numpy.maximum(top, 0.05), finish, chance.about("body"))
    return solid
