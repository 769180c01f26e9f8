"""Clear and milky parts: vials, lenses, dishes, bags, bottles, rings, sheets. Lids and fillings may be opaque."""

import numpy

import colours
import finishes
import grid as g
import noise
import prints
import profiles
from parts_turned import Lathe
from solid import Solid


def clear_finish(chance):
    return finishes.glass(chance) if chance.happens(0.7) else finishes.milky(chance)


def vial(chance, side):
    """Lying: a clear tube or bottle, often with a stopper and a filling."""
    lathe = Lathe(side, "vial")
    wide = chance.uniform(0.12, 0.5)
    neck = wide * chance.uniform(0.4, 1.0)
    shoulder = chance.uniform(0.4, 0.8)
    lathe.turn(
        (-1, -0.97, shoulder, shoulder + 0.1, 0.95),
        (wide * 0.85, wide, wide, neck, neck),
        clear_finish(chance),
        chance.about("body"),
    )
    if chance.happens(0.5):
        filled = finishes.plastic(chance) if chance.happens(0.6) else finishes.milky(chance)
        level = chance.uniform(-0.5, shoulder)
        lathe.turn((-0.93, -0.9, level), (wide * 0.75, wide * 0.85, wide * 0.85), filled, chance.about("filling"))
    if chance.happens(0.7):
        stopper = finishes.metal(chance) if chance.happens(0.4) else finishes.plastic(chance)
        lathe.turn(
            (0.75, 0.78, 0.98, 1.0), (neck * 1.1, neck * 1.2, neck * 1.2, neck), stopper, chance.about("stopper")
        )
    if chance.happens(0.3):
        solid = lathe.solid
        distance = numpy.maximum(numpy.abs(solid.grid.u + 0.2) - 0.35, numpy.abs(solid.grid.v) - wide)
        prints.label(solid, chance.about("label"), distance, -0.2, 0, 0.35, wide * 0.7)
        solid.material[solid.print_number > 0] = solid.materials.index(solid.materials[-1])
    return lathe.done()


def lens(chance, side):
    """Clear discs, drops, domes and dishes; a frame round some."""
    solid = Solid(side, "lens")
    outline = (
        g.disc(solid.grid.at(0, 0), 1.0)
        if chance.happens(0.6)
        else g.box(solid.grid.at(0, 0), 1.0, chance.uniform(0.4, 1.0), chance.uniform(0.05, 0.4))
    )
    kind = chance.pick(("dome", "plate", "dish"))
    height = chance.uniform(0.08, 0.6)
    top = {
        "dome": lambda: profiles.domed(outline, height),
        "plate": lambda: profiles.rounded(outline, height, 0.06),
        "dish": lambda: profiles.dished(outline, height, 0.08, height * 0.9),
    }[kind]()
    solid.lay(outline, top, clear_finish(chance), chance.about("body"))
    if chance.happens(0.3):
        frame = numpy.abs(outline + 0.08) - 0.08
        solid.lay(
            frame,
            height + 0.05,
            finishes.metal(chance) if chance.happens(0.5) else finishes.plastic(chance),
            chance.about("frame"),
        )
    return solid


def bag(chance, side):
    """A clear bag or film sachet: creases, a welded seam, a printed or coloured strip."""
    solid = Solid(side, "bag")
    b = chance.uniform(0.5, 1.0)
    outline = g.box(solid.grid.at(0, 0), 1.0, b, 0.04) + 0.02 * noise.fractal(chance, solid.grid.shape, 3, 2)
    creases = noise.fractal(chance, solid.grid.shape, chance.spread(2, 5), 2, 0.4)
    ridges = 1.0 - numpy.abs(creases)
    finish = finishes.Finish(
        "film",
        finishes.Material(0.3, 0.35, 0.3, clearness=chance.uniform(0.75, 0.95)),
        colours.colour(chance, chance.pick(("white", "pastel"))),
    )
    solid.lay(outline, 0.15 + 0.03 * ridges, finish, chance.about("film"))
    if chance.happens(0.6):
        strip = numpy.maximum(numpy.abs(solid.grid.v + b * 0.88) - 0.05, outline)
        solid.lay(strip, 0.16, finishes.plastic(chance), chance.about("strip"))
    return solid


def clear_ring(chance, side):
    solid = Solid(side, "clear ring")
    thick = chance.uniform(0.06, 0.25)
    line = numpy.abs(g.disc(solid.grid.at(0, 0), 1 - thick)) - thick
    solid.lay(line, thick + profiles.domed(line, thick, thick), clear_finish(chance), chance.about("body"))
    return solid


def clear_block(chance, side):
    """Clear boxes, covers, keys and connectors."""
    solid = Solid(side, "clear block")
    b = chance.uniform(0.3, 1.0)
    outline = g.box(solid.grid.at(0, 0), 1.0, b, chance.uniform(0.02, 0.2))
    height = chance.uniform(0.2, 0.6)
    solid.lay(
        outline,
        profiles.chamfered(outline, height, chance.uniform(0.03, 0.15)),
        clear_finish(chance),
        chance.about("body"),
    )
    for i in range(chance.count(0, 4)):
        inner = g.box(solid.grid.at(-0.7 + 0.45 * i, 0), 0.12, b * 0.6, 0.03)
        solid.lay(inner, height + 0.02, finishes.solid_finish(chance), chance.about("inner", i))
    return solid
