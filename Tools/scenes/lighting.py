"""Light: lamps with soft or hard shadows, the sky's share in hollows, reflections, and the shaded picture."""

import dataclasses
import math

import cv2
import numpy

STEPS = 22
STRIP = 32  # rows shaded at a time


@dataclasses.dataclass
class Lamp:
    direction: tuple  # x right, y down, z up, towards the lamp; length 1
    colour: numpy.ndarray
    softness: float  # 0 hard shadow edges, 1 very soft
    casts: bool = True


@dataclasses.dataclass
class Light:
    lamps: list
    ambient: numpy.ndarray
    hollow: float  # how dark hollows and contact lines are, 0 to 1
    surroundings: numpy.ndarray  # square pictures of what is reflected: mirror, satin, rough
    drift: float  # how much a reflection wanders across the picture


def draw_light(chance):
    lamps = []
    warm = chance.normal(0.06)
    for i in range(chance.pick((1, 2, 3), (5, 4, 2))):
        turn, steep = chance.angle(), chance.uniform(0.45, 1.35)
        strength = chance.uniform(0.5, 1.0) if i == 0 else chance.uniform(0.15, 0.6)
        tone = warm + chance.normal(0.03)
        colour = numpy.array([1 + tone, 1.0, 1 - tone], numpy.float32) * numpy.float32(strength)
        lamps.append(
            Lamp(
                (math.cos(turn) * math.cos(steep), math.sin(turn) * math.cos(steep), math.sin(steep)),
                colour,
                chance.uniform(0.05, 1.0),
                i < 2,
            )
        )
    ambient = chance.spread(0.07, 0.6)
    if chance.happens(0.12):  # A dome or ring light: hardly any shadow.
        lamps = [dataclasses.replace(lamps[0], casts=False, colour=lamps[0].colour * numpy.float32(0.5))]
        ambient = chance.uniform(0.6, 1.0)
    return Light(
        lamps,
        numpy.float32([1 - warm * 0.7, 1.0, 1 + warm * 0.7]) * numpy.float32(ambient),
        chance.uniform(0.4, 1.0),
        surroundings(chance.about("surroundings"), lamps),
        chance.uniform(0.05, 0.3),
    )


def surroundings(chance, lamps, side=64):
    """What a surface reflects, by the tilt of its normal (x across, y down): ground, ceiling, windows, lamps."""
    axis = numpy.linspace(-1, 1, side, dtype=numpy.float32)
    x, y = numpy.meshgrid(axis, axis)
    reach = numpy.hypot(x, y)
    turn = chance.angle()
    picture = 0.35 + 0.25 * (x * math.cos(turn) + y * math.sin(turn)) * chance.uniform(-1, 1)
    picture *= 1.0 - 0.6 * numpy.clip(reach * 1.4 - 0.7, 0, 1)
    for _ in range(chance.count(1, 5)):
        u, v, a, b, t = (
            chance.uniform(-0.7, 0.7),
            chance.uniform(-0.7, 0.7),
            chance.uniform(0.05, 0.5),
            chance.uniform(0.05, 0.5),
            chance.angle(),
        )
        du, dv = (x - u) * math.cos(t) + (y - v) * math.sin(t), (y - v) * math.cos(t) - (x - u) * math.sin(t)
        edge = numpy.maximum(numpy.abs(du) - a, numpy.abs(dv) - b)
        picture += numpy.clip(0.5 - edge * 20, 0, 1) * chance.pick(
            (chance.uniform(0.3, 1.4), chance.uniform(-0.5, -0.15)), (3, 2)
        )
    picture = numpy.maximum(picture, 0.02).astype(numpy.float32) ** chance.uniform(1.0, 2.2)
    picture *= 0.45 / picture.mean()
    spots = numpy.zeros_like(picture)
    for lamp in lamps:
        half = numpy.array(lamp.direction) + [0, 0, 1]
        half /= numpy.linalg.norm(half)
        away = (x - float(half[0])) ** 2 + (y - float(half[1])) ** 2
        size = 0.03 + 0.12 * lamp.softness
        spots += lamp.colour.mean() * numpy.float32(3.0) * numpy.exp(-away / (size * size))
    return numpy.stack(
        [
            cv2.GaussianBlur(picture, (0, 0), blur) + cv2.GaussianBlur(spots, (0, 0), spread) * gain
            for blur, spread, gain in ((0.7, 0.5, 1.5), (2.7, 2.3, 1.3), (7.3, 6.0, 1.0))
        ],
        2,
    )


def normals(layer):
    """Slopes of the surface, taken inside one owner only, so that edges of parts do not show as slopes."""
    height, owner = layer.height, layer.owner
    slopes = []
    for axis in (1, 0):
        ahead = numpy.diff(height, axis=axis)
        same = numpy.diff(owner, axis=axis) == 0
        ahead *= same
        both = numpy.zeros_like(height)
        count = numpy.zeros(height.shape, numpy.uint8)
        low, high = (numpy.s_[:, :-1], numpy.s_[:, 1:]) if axis == 1 else (numpy.s_[:-1], numpy.s_[1:])
        both[low] += ahead
        both[high] += ahead
        count[low] += same
        count[high] += same
        both[count == 2] *= 0.5
        slopes.append(numpy.clip(both, -4, 4))
    dx, dy = slopes
    up = 1.0 / numpy.sqrt(1.0 + dx * dx + dy * dy)
    return -dx * up, -dy * up, up


def shadow(height, lamp, shrink=2):
    """How much of the lamp each pixel sees, 0 to 1, by walking towards it over the heights."""
    small = (
        cv2.resize(height, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA) if shrink > 1 else height
    )
    across = math.hypot(lamp.direction[0], lamp.direction[1])
    if across < 0.05:
        return None
    climb = lamp.direction[2] / across  # pixels up a pixel walked
    step_x, step_y = lamp.direction[0] / across, lamp.direction[1] / across
    longest = min(float(height.max()) / climb, 0.7 * height.shape[0])
    if longest < 1.0:
        return None
    rows, columns = small.shape
    dark = numpy.zeros_like(small)
    width = 0.15 + 1.1 * lamp.softness
    last = (0, 0)
    for distance in numpy.geomspace(1.0, max(longest, 2.0), STEPS):
        dx, dy = int(round(step_x * distance / shrink)), int(round(step_y * distance / shrink))
        if (dx, dy) == last or abs(dx) >= columns or abs(dy) >= rows:
            continue
        last = (dx, dy)
        walked = float(numpy.hypot(dx, dy)) * shrink
        here = numpy.s_[max(0, -dy) : rows - max(0, dy), max(0, -dx) : columns - max(0, dx)]
        there = numpy.s_[max(0, dy) : rows + min(0, dy), max(0, dx) : columns + min(0, dx)]
        above = small[there] - small[here]
        above -= numpy.float32(walked * climb + 0.6)
        above *= numpy.float32(1.0 / (width * walked * 0.5 + 1.0))
        numpy.maximum(dark[here], above, out=dark[here])
    seen = 1.0 - numpy.minimum(dark, 1.0)
    if shrink > 1:
        seen = cv2.resize(seen, height.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return seen


def openness(height, strength):
    """The share of the sky that a pixel sees: low beside high neighbours, on two scales."""
    small = cv2.resize(height, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    open_share = None
    for reach, weight in ((2.0, 0.55), (8.0, 0.6)):
        above = numpy.maximum(cv2.GaussianBlur(small, (0, 0), reach) - small, 0) * numpy.float32(
            strength * weight / reach
        )
        part = 1.0 / (1.0 + above)
        open_share = part if open_share is None else open_share * part
    return cv2.resize(open_share, height.shape[::-1], interpolation=cv2.INTER_LINEAR)


def shade(layer, properties, light, ground=None, shadows=None):
    """The layer's light towards the camera, linear, rows by columns by three; and its reflections alone (clear layers)."""
    open_share = openness(layer.height if ground is None else ground, light.hollow)
    shadows = {} if shadows is None else shadows
    for i, lamp in enumerate(light.lamps):
        if lamp.casts and i not in shadows:
            shadows[i] = shadow(layer.height, lamp, 2 if lamp.softness > 0.3 else 1)
    slopes = normals(layer)
    lit, shine = numpy.empty_like(layer.albedo), numpy.empty_like(layer.albedo)
    for top in range(0, len(lit), STRIP):  # Strips stay in the processor's cache.
        rows = numpy.s_[top : top + STRIP]
        lit[rows], shine[rows] = shade_strip(layer, rows, slopes, open_share, shadows, properties, light)
    return lit, shine


def shade_strip(layer, rows, slopes, open_share, shadows, properties, light):
    nx, ny, nz = (slope[rows] for slope in slopes)
    side = layer.height.shape[0]
    diffuse, mirror, satin, rough, tint, glow = (looked_up(column, layer.material[rows]) for column in properties.T)
    darkest = open_share[rows]
    sky = darkest * (0.7 + 0.3 * nz)
    totals = [sky * float(part) for part in light.ambient]
    for i, lamp in enumerate(light.lamps):
        facing = nx * lamp.direction[0] + ny * lamp.direction[1] + nz * lamp.direction[2]
        facing *= 1 - 0.5 * glow
        facing += 0.4 * glow
        numpy.maximum(facing, 0, out=facing)
        if shadows.get(i) is not None:
            facing *= shadows[i][rows]
            darkest = darkest * (0.4 + 0.6 * shadows[i][rows])
        for total, part in zip(totals, lamp.colour):
            total += facing * float(part)
    ramp = numpy.linspace(-light.drift, light.drift, side, dtype=numpy.float32) + 1
    scale = (light.surroundings.shape[0] - 1) / 2
    seen = cv2.split(
        cv2.remap(
            light.surroundings,
            (nx * 0.95 + ramp[None, :]) * scale,
            (ny * 0.95 + ramp[rows, None]) * scale,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
    )
    shine = (seen[0] * mirror + seen[1] * satin + seen[2] * rough) * darkest * (1.0 + 2.0 * (1 - tint) * (1 - nz))
    lit, shines = [], []
    for albedo, total in zip(cv2.split(layer.albedo[rows]), totals):
        shines.append(shine * (1.0 + tint * (albedo - 1.0)))
        total *= diffuse
        total *= albedo
        total += shines[-1]
        lit.append(total)
    return cv2.merge(lit), cv2.merge(shines)


def looked_up(column, numbers):
    table = numpy.zeros((1, 256), numpy.float32)
    table[0, : len(column)] = column
    return cv2.LUT(numbers, table)


def through_clear(picture, stage, light, shadows):
    """Lays the clear layer over the shaded picture: bent and dimmed view, reflections, brighter or darker rims."""
    layer = stage.clear
    alive = layer.height > numpy.maximum(stage.base.height - 0.01, 0)
    if not alive.any():
        return picture
    properties = stage.properties()
    clearness = looked_up(numpy.array([m.clearness for m in stage.materials], numpy.float32), layer.material) * alive
    lit, shine = shade(layer, properties, light, stage.base.height, {i: None for i in shadows})
    nx, ny, nz = normals(layer)
    thickness = numpy.minimum(layer.height - stage.base.height, 30.0) * alive
    rows, columns = numpy.mgrid[0 : stage.side, 0 : stage.side].astype(numpy.float32)
    bent = cv2.remap(
        picture,
        columns - nx * 0.4 * thickness,
        rows - ny * 0.4 * thickness,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT_101,
    )
    rim = numpy.clip(1 - nz, 0, 1)
    behind = bent * (layer.albedo * (1 - 0.45 * rim)[..., None])
    share = clearness[..., None]
    mixed = behind * share + (lit - shine) * (1 - share) * numpy.float32(0.9) + shine
    edge = alive.astype(numpy.float32) - cv2.erode(alive.astype(numpy.uint8), numpy.ones((3, 3), numpy.uint8))
    mixed *= (1 - 0.25 * edge)[..., None]
    return numpy.where(alive[..., None], mixed, picture)
