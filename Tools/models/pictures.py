"""Pictures for calibration and for the parity gate: those of a folder, and procedural scenes of loose parts."""

import pathlib

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter


def of_folder(folder):
    """All JPEG and PNG pictures below `folder`, in the order of their names."""
    paths = sorted(p for p in pathlib.Path(folder).resolve().rglob("*") if p.suffix.lower() in (".jpg", ".jpeg", ".png"))
    return [Image.open(path).convert("RGB") for path in paths]


def procedural(count, seed, side=512):
    """`count` scenes; the same seed gives the same scenes."""
    return [_scene(np.random.default_rng([seed, index]), side) for index in range(count)]


def network_input(picture, long_side, mean, deviation, multiple=32):
    """`picture` as a 1 × 3 × height × width array: both sides rounded to `multiple`, near the given longer side."""
    ratio = long_side / max(picture.size)
    size = [max(multiple, round(side * ratio / multiple) * multiple) for side in picture.size]
    pixels = np.asarray(picture.resize(size, Image.Resampling.BILINEAR), np.float32) / 255
    return np.ascontiguousarray(((pixels - mean) / deviation).transpose(2, 0, 1)[None], np.float32)


def _scene(random, side):
    picture = _shaded(random, Image.new("RGB", (side, side), _colour(random)), 0.25)
    if random.random() < 0.5:
        _grid(random, picture)
    kinds = [(_outline(random), _colour(random), random.uniform(0.04, 0.13) * side) for _ in range(random.integers(2, 6))]
    for _ in range(random.integers(5, 30)):
        outline, colour, radius = kinds[random.integers(len(kinds))]
        _place(random, picture, outline, colour, radius)
    picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0, 1.2)))
    noise = random.normal(0, random.uniform(0, 6), (side, side, 1)) + random.normal(0, 2, (side, side, 3))
    return Image.fromarray(np.clip(np.asarray(picture) + noise, 0, 255).astype(np.uint8))


def _colour(random):
    grey = random.uniform(20, 235)
    tint = random.uniform(-90, 90, 3) * (random.random() < 0.6)
    return tuple(int(v) for v in np.clip(grey + tint, 5, 250))


def _shaded(random, picture, strength):
    """The picture under uneven light."""
    coarse = random.uniform(1 - strength, 1 + strength, (int(random.integers(2, 9)),) * 2).astype(np.float32)
    light = np.asarray(Image.fromarray(coarse).resize(picture.size, Image.Resampling.BICUBIC))[..., None]
    return Image.fromarray(np.clip(np.asarray(picture) * light, 0, 255).astype(np.uint8))


def _grid(random, picture):
    """The walls of a tray."""
    draw, colour, width = ImageDraw.Draw(picture), _colour(random), int(random.integers(2, 14))
    for axis in range(2):
        step = picture.width / random.integers(2, 7)
        for line in np.arange(step / 2, picture.width, step):
            ends = [(line, 0), (line, picture.height)] if axis == 0 else [(0, line), (picture.width, line)]
            draw.line(ends, fill=colour, width=width)


def _outline(random):
    """A closed outline in the unit circle, and the radius of its hole."""
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    kind = random.integers(5)
    if kind == 0:
        radii, stretch = np.ones(60), random.uniform(0.3, 1)
    elif kind == 1:
        corners = random.integers(3, 9)
        radii, stretch = np.cos(np.pi / corners) / np.cos(angles % (2 * np.pi / corners) - np.pi / corners), 1
    elif kind == 2:
        radii = 1 / np.maximum(abs(np.cos(angles)), abs(np.sin(angles)))
        radii, stretch = radii / radii.max(), random.uniform(0.12, 1)
    elif kind == 3:
        radii, stretch = 0.8 + 0.2 * np.sign(np.sin(angles * random.integers(4, 10))), 1
    else:
        radii = 1 + sum(random.uniform(0, 0.3 / k) * np.cos(k * angles + random.uniform(0, 6)) for k in range(1, 5))
        radii, stretch = radii / radii.max(), random.uniform(0.5, 1)
    hole = random.uniform(0.3, 0.7) if kind in (0, 1) and stretch > 0.8 and random.random() < 0.5 else 0
    return np.stack([radii * np.cos(angles), radii * np.sin(angles) * stretch], 1), hole


def _place(random, picture, shape, colour, radius):
    """Draws one part with its shadow, a bevelled rim and sometimes a mark."""
    outline, hole = shape
    turn, centre = random.uniform(0, 2 * np.pi), random.uniform(0, picture.width, 2)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    mask = Image.new("L", picture.size)
    draw = ImageDraw.Draw(mask)
    draw.polygon([tuple(point) for point in outline @ rotation * radius + centre], fill=255)
    if hole:
        reach = radius * hole
        draw.ellipse([*(centre - reach), *(centre + reach)], fill=0)
    shift = int(radius * 0.15) + 1
    shadow = ImageChops.offset(mask, shift, shift).filter(ImageFilter.GaussianBlur(radius * 0.12 + 1))
    picture.paste((0, 0, 0), mask=shadow.point(lambda v: v * 0.5))
    picture.paste(_shaded(random, Image.new("RGB", picture.size, colour), 0.15), mask=mask)
    inner = mask.filter(ImageFilter.GaussianBlur(radius * 0.08 + 0.5))
    rim = ImageChops.multiply(ImageChops.offset(inner, 2, 2).point(lambda v: 255 - v), mask)
    picture.paste(tuple(min(255, int(v * 1.5) + 30) for v in colour), mask=rim.point(lambda v: v * 0.7))
    if random.random() < 0.3:
        reach = radius * random.uniform(0.1, 0.3)
        ImageDraw.Draw(picture).ellipse([*(centre - reach), *(centre + reach)], fill=_colour(random))
