"""What surfaces are made of: how they throw light back, their colour and their small relief."""

import dataclasses

import cv2
import numpy

import colours
import noise
import planes


@dataclasses.dataclass(frozen=True)
class Material:
    """How a surface throws light back. The reflections are of three sharpnesses; `tint` 1 colours them (metal)."""

    diffuse: float = 1.0
    mirror: float = 0.0
    satin: float = 0.0
    rough: float = 0.0
    tint: float = 0.0
    glow: float = 0.0  # Light that wanders inside, 0 to 1: softens shading.
    clearness: float = 0.0  # 0 opaque, 1 what lies behind shows undimmed.

    ROW = ("diffuse", "mirror", "satin", "rough", "tint", "glow")

    def row(self):
        return [getattr(self, name) for name in self.ROW]


@dataclasses.dataclass
class Finish:
    """A material, its colour and its texture."""

    name: str
    material: Material
    colour: numpy.ndarray
    pattern: object = None  # (chance, shape) -> factor of the colour, mean 1
    relief: object = None  # (chance, shape) -> heights in pixels

    def paint(self, chance, shape):
        """Reflectances, rows by columns by three, and relief in pixels or None."""
        if self.pattern is None:
            albedo = numpy.empty((*shape, 3), numpy.float32)
            albedo[:] = self.colour
        else:
            albedo = planes.tinted(
                self.colour, numpy.asarray(self.pattern(chance.about("pattern"), shape), numpy.float32)
            )
        return albedo, None if self.relief is None else self.relief(chance.about("relief"), shape)

    def calmed(self, chance):
        """Mostly with less of its hue, as tables and trays are."""
        keep = chance.uniform(0.0, 0.5) if chance.happens(0.7) else 1.0
        grey = numpy.float32(colours.luminance(self.colour))
        return self.coloured(grey + (self.colour - grey) * numpy.float32(keep))

    def coloured(self, colour):
        return dataclasses.replace(self, colour=numpy.asarray(colour, numpy.float32))


def mottled(depth, cells=4.0, octaves=4, gain=0.55, stretch=(1.0, 1.0)):
    return lambda chance, shape: 1.0 + depth * noise.fractal(chance, shape, cells, octaves, gain, stretch)


def bumps(pixels, cells=16.0, octaves=3, gain=0.7, stretch=(1.0, 1.0)):
    return lambda chance, shape: pixels * noise.fractal(chance, shape, cells, octaves, gain, stretch)


def matte(chance):
    return Finish(
        "matte",
        Material(rough=chance.uniform(0.0, 0.06)),
        colours.colour(chance),
        mottled(chance.uniform(0.0, 0.08), chance.spread(2, 20)),
    )


def plastic(chance):
    shiny = chance.uniform(0.0, 1.0)
    return Finish(
        "plastic",
        Material(mirror=0.09 * shiny, satin=chance.uniform(0.02, 0.16), glow=chance.uniform(0, 0.3)),
        colours.colour(chance),
        mottled(0.02, 3) if chance.happens(0.5) else None,
    )


def rubber(chance):
    colour = colours.colour(chance, chance.pick(("black", "grey", "deep", "vivid"), (5, 2, 1, 1)))
    return Finish(
        "rubber",
        Material(rough=chance.uniform(0.05, 0.14)),
        colour,
        mottled(0.06, 12),
        bumps(chance.uniform(0.0, 0.15), 40),
    )


def polished(chance):
    return Finish("polished", Material(0.06, 0.75, 0.25, 0.1, 1.0), colours.metal_colour(chance), mottled(0.03, 3))


def brushed(chance):
    depth, fine = chance.uniform(0.03, 0.12), chance.spread(14, 50)
    return Finish(
        "brushed",
        Material(0.14, 0.12, 0.6, 0.3, 1.0),
        colours.metal_colour(chance),
        mottled(depth, fine, 2, 0.7, (1.0, 0.08)),
        bumps(0.12, fine, 2, 0.7, (1.0, 0.06)),
    )


def machined(chance):
    return Finish(
        "machined",
        Material(0.18, 0.2, 0.55, 0.3, 1.0),
        colours.metal_colour(chance),
        mottled(chance.uniform(0.02, 0.1), chance.spread(2, 8)),
    )


def cast(chance):
    return Finish(
        "cast",
        Material(0.45, 0.0, 0.15, 0.5, 0.9),
        colours.metal_colour(chance) * numpy.float32(0.8),
        mottled(chance.uniform(0.05, 0.16), 10, 4, 0.8),
        bumps(chance.uniform(0.2, 0.5), 24),
    )


def wood(chance):
    depth, rings = chance.uniform(0.08, 0.22), chance.uniform(1.0, 5.0)
    colour = colours.from_hue(chance.uniform(0.05, 0.11), chance.uniform(0.3, 0.6), chance.uniform(0.35, 0.85))
    return Finish(
        "wood",
        Material(rough=0.06, satin=chance.uniform(0, 0.08)),
        colour,
        lambda c, shape: 1.0 + depth * noise.grain(c, shape, 2.0, rings),
    )


def fabric(chance):
    pitch, depth = chance.spread(2.4, 7.0), chance.uniform(0.05, 0.22)
    return Finish(
        "fabric",
        Material(rough=0.03),
        colours.colour(chance),
        lambda c, shape: 1.0 + depth * noise.weave(shape, pitch) + 0.05 * noise.fractal(c, shape, 6),
        lambda c, shape: 0.25 * noise.weave(shape, pitch) + 0.2 * noise.fractal(c, shape, 30),
    )


def paper(chance):
    colour = colours.colour(chance, chance.pick(("white", "pastel", "vivid", "earth", "deep"), (4, 2, 2, 2, 1)))
    return Finish(
        "paper", Material(rough=0.03, satin=chance.pick((0.0, 0.07), (2, 1))), colour, mottled(0.025, 30, 3, 0.8)
    )


def cardboard(chance):
    colour = colours.from_hue(chance.uniform(0.07, 0.11), chance.uniform(0.25, 0.5), chance.uniform(0.5, 0.8))
    flutes, depth = chance.uniform(20, 60), chance.uniform(0.0, 0.05)
    return Finish(
        "cardboard",
        Material(rough=0.02),
        colour,
        lambda c, shape: (
            1.0
            + 0.04 * noise.fractal(c, shape, 40, 3, 0.9)
            + depth * numpy.sin(numpy.linspace(0, 6.3 * flutes, shape[0], dtype=numpy.float32))[:, None]
        ),
    )


def foam(chance):
    share = chance.uniform(0.05, 0.25)
    colour = colours.colour(chance, chance.pick(("black", "grey", "vivid", "pastel"), (4, 3, 1, 1)))
    return Finish(
        "foam",
        Material(rough=0.01, glow=0.2),
        colour,
        lambda c, shape: 1.05 - 0.45 * noise.pores(c, shape, share),
        bumps(0.4, 60, 1),
    )


def ceramic(chance):
    return Finish(
        "ceramic",
        Material(mirror=0.07, satin=0.12, glow=0.3),
        colours.colour(chance, chance.pick(("white", "pastel", "vivid", "deep"), (4, 1, 1, 1))),
        mottled(0.02, 4),
    )


def food(chance):
    """Skins, crusts and flesh: two colours that run into each other, bumps, often some gloss."""
    hue = chance.pick((chance.uniform(-0.02, 0.15), chance.uniform(0.15, 0.35), chance.uniform(0.7, 0.95)), (5, 2, 1))
    colour = colours.from_hue(hue, chance.uniform(0.3, 0.9), chance.uniform(0.35, 0.95))
    other = colours.from_hue(hue + chance.normal(0.04), chance.uniform(0.3, 0.9), chance.uniform(0.25, 0.95))
    ratio = numpy.clip(other / numpy.maximum(colour, 0.02), 0.2, 4.0) - 1.0
    cells, depth = chance.spread(1.0, 14.0), chance.uniform(0.2, 0.7)
    spots = chance.uniform(0.0, 0.2) if chance.happens(0.3) else 0.0

    def pattern(c, shape):
        blend = numpy.clip(0.5 + 0.5 * noise.fractal(c, shape, cells), 0, 1) * depth
        dots = 1.0 - 0.6 * noise.pores(c, shape, spots) if spots else 1.0
        return cv2.merge([(1.0 + blend * float(r)) * dots for r in ratio])

    return Finish(
        "food",
        Material(mirror=chance.pick((0.0, 0.04), (2, 1)), satin=chance.uniform(0, 0.12), glow=chance.uniform(0.1, 0.5)),
        colour,
        pattern,
        bumps(chance.uniform(0.0, 0.7), chance.spread(5, 30)),
    )


def glass(chance):
    tint = colours.from_hue(
        chance.uniform(0, 1), chance.pick((0.03, chance.uniform(0.1, 0.7)), (2, 1)), chance.uniform(0.8, 1)
    )
    return Finish("glass", Material(0.25, 0.5, 0.2, 0.05, clearness=chance.uniform(0.7, 0.95)), tint)


def milky(chance):
    return Finish(
        "milky",
        Material(0.8, 0.08, 0.15, glow=0.5, clearness=chance.uniform(0.3, 0.6)),
        colours.colour(chance, chance.pick(("white", "pastel", "vivid"), (3, 2, 2))),
    )


METALS = (polished, brushed, machined, cast)
METAL_WEIGHTS = (2, 3, 3, 2)


def metal(chance):
    return chance.pick(METALS, METAL_WEIGHTS)(chance)


def solid_finish(chance):
    """Any opaque finish of an artificial part."""
    return chance.pick(
        (matte, plastic, rubber, metal, wood, ceramic, paper, cardboard, fabric, foam),
        (4, 8, 2, 5, 1.5, 1, 1, 0.7, 0.6, 0.5),
    )(chance)
