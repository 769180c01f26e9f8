"""Reflectances: linear light, red green blue, 0 to 1."""

import colorsys

import numpy

FAMILIES = ("grey", "white", "black", "vivid", "pastel", "earth", "deep")
WEIGHTS = (0.2, 0.12, 0.1, 0.28, 0.08, 0.12, 0.1)
METALS = {
    "steel": (0.56, 0.57, 0.58),
    "zinc": (0.64, 0.66, 0.68),
    "aluminium": (0.80, 0.80, 0.79),
    "nickel": (0.62, 0.58, 0.53),
    "brass": (0.72, 0.55, 0.25),
    "copper": (0.75, 0.45, 0.32),
    "gold": (0.85, 0.65, 0.28),
    "oxide": (0.09, 0.09, 0.10),
    "yellow zinc": (0.68, 0.60, 0.36),
}


def linear(red, green, blue):
    return numpy.power(numpy.array([red, green, blue], numpy.float32), 2.2)


def from_hue(hue, saturation, value):
    return linear(*colorsys.hsv_to_rgb(hue % 1.0, min(max(saturation, 0.0), 1.0), min(max(value, 0.0), 1.0)))


def colour(chance, family=None):
    """Any colour of a family; of all families without one."""
    family = family or chance.pick(FAMILIES, WEIGHTS)
    if family == "grey":
        level = chance.uniform(0.25, 0.85)
        return numpy.clip(linear(level, level, level) * (1 + chance.numbers.normal(0, 0.04, 3)), 0.01, 0.95).astype(
            numpy.float32
        )
    saturation, value = {
        "white": (chance.uniform(0.0, 0.12), chance.uniform(0.85, 0.97)),
        "black": (chance.uniform(0.0, 0.3), chance.uniform(0.1, 0.24)),
        "vivid": (chance.uniform(0.65, 1.0), chance.uniform(0.5, 0.95)),
        "pastel": (chance.uniform(0.15, 0.45), chance.uniform(0.7, 0.95)),
        "earth": (chance.uniform(0.3, 0.7), chance.uniform(0.3, 0.75)),
        "deep": (chance.uniform(0.4, 0.9), chance.uniform(0.18, 0.4)),
    }[family]
    hue = chance.uniform(0.03, 0.14) if family == "earth" else chance.uniform(0.0, 1.0)
    return from_hue(hue, saturation, value)


def metal_colour(chance):
    base = numpy.array(METALS[chance.pick(list(METALS), (6, 4, 4, 2, 2, 1.5, 1, 2, 1))], numpy.float32)
    return base * numpy.float32(chance.uniform(0.8, 1.15))


def luminance(reflectance):
    return float(numpy.dot(reflectance, (0.21, 0.72, 0.07)))


def against(chance, ground, family=None):
    """A colour that can be told from `ground`."""
    for _ in range(8):
        candidate = colour(chance, family)
        bright, dark = sorted((luminance(candidate) + 0.03, luminance(ground) + 0.03), reverse=True)
        if bright / dark > 1.8 or abs(candidate - ground).max() > 0.3:
            return candidate
    return numpy.float32([0.9, 0.9, 0.9]) if luminance(ground) < 0.2 else numpy.float32([0.02, 0.02, 0.02])
