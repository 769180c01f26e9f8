"""Wire and cable: springs, clips, hooks, straight pins, loops, coils, cables with plugs, chains of beads."""

import numpy

import colours
import finishes
import grid as g
import profiles
import tube
from solid import Solid


def wire_finish(chance):
    return finishes.machined(chance) if chance.happens(0.65) else finishes.plastic(chance)


def lay_tube(solid, chance, points, heights, radius, finish):
    radius = max(radius, 0.75 * solid.grid.pixel)
    cover, height, along = tube.trace(solid.grid, points, heights, radius)
    solid.lay((0.5 - cover) * solid.grid.pixel, height + radius, finish, chance)
    return along


def spring(chance, side):
    """A coil lying on its side, with open or closed ends or hooks."""
    solid = Solid(side, "spring")
    turns, wide = chance.count(3, 16), chance.uniform(0.15, 0.5)
    radius = min(chance.uniform(0.2, 0.42) * 1.8 / turns, 0.35 * wide)
    taper = chance.pick((0.0, chance.uniform(-0.6, 0.6)), (3, 1))
    t = numpy.linspace(0, 1, turns * 24)
    coil = (wide - radius) * (1 + taper * (t - 0.5))
    phase = t * turns * 2 * numpy.pi
    points = numpy.stack([(t * 2 - 1) * (0.97 - radius), coil * numpy.sin(phase)], 1)
    heights = coil * numpy.cos(phase) + wide - radius
    if chance.happens(0.3):
        arm = chance.uniform(0.05, 0.3)
        points = numpy.concatenate([[[-1 + radius, -wide - arm]], points * [0.9, 1]])
        heights = numpy.concatenate([[wide], heights])
    lay_tube(solid, chance, points, heights, radius, wire_finish(chance))
    return solid


def standing_spring(chance, side):
    """A coil or spiral seen along its axis."""
    solid = Solid(side, "standing spring")
    radius, turns = chance.uniform(0.05, 0.14), chance.uniform(1.5, 5)
    inner = chance.uniform(0.1, 0.9)
    t = numpy.linspace(0, 1, int(turns * 40))
    reach = (1 - radius) * (inner + (1 - inner) * t)
    points = numpy.stack([reach * numpy.cos(t * turns * 6.283), reach * numpy.sin(t * turns * 6.283)], 1)
    lay_tube(solid, chance, points, (1 - t) * chance.uniform(0, 0.8), radius, wire_finish(chance))
    return solid


def clip(chance, side):
    """Bent wire: paper clips, hooks, staples, circlips, cotter pins."""
    solid = Solid(side, "clip")
    wide = chance.uniform(0.15, 0.5)
    kind = chance.pick(("paper", "hook", "staple", "eye", "zigzag"))
    lines = {
        "paper": [
            [0.3, wide * 0.6],
            [-0.7, wide * 0.6],
            [-0.8, 0],
            [-0.7, -wide * 0.6],
            [0.9, -wide],
            [1, 0],
            [0.9, wide],
            [-0.9, wide],
            [-1, 0],
            [-0.9, -wide * 0.3],
            [0.6, -wide * 0.3],
        ],
        "hook": [[-1, 0], [0.4, 0], [0.8, wide * 0.2], [0.95, wide], [0.7, wide * 1.6], [0.3, wide * 1.4]],
        "staple": [[-0.9, wide], [-0.95, -wide * 0.5], [-0.9, -wide], [0.9, -wide], [0.95, -wide * 0.5], [0.9, wide]],
        "eye": [[1, 0.05], [-0.4, 0.05], [-0.7, wide], [-1, 0], [-0.7, -wide], [-0.4, -0.05], [1, -0.05]],
        "zigzag": [[-1 + 2 * i / 7, wide * (-1) ** i] for i in range(8)],
    }[kind]
    points = tube.smooth(lines, 3)
    lay_tube(solid, chance, points, numpy.zeros(len(points)), chance.uniform(0.02, 0.07), wire_finish(chance))
    return solid


def needle(chance, side):
    """Straight and thin: pins, nails, wires, skewers, leads; with a small head or an eye or none."""
    solid = Solid(side, "needle")
    radius = max(chance.spread(0.015, 0.06), 0.8 * solid.grid.pixel)
    bend = chance.pick((0.0, chance.uniform(-0.15, 0.15)), (3, 1))
    t = numpy.linspace(-1, 1, 12)
    finish = wire_finish(chance)
    lay_tube(solid, chance, numpy.stack([t * 0.97, bend * (t * t - 0.5)], 1), numpy.zeros(12), radius, finish)
    head = chance.pick(("none", "ball", "disc", "sleeve"), (2, 2, 2, 1))
    other = finishes.plastic(chance) if chance.happens(0.5) else finish
    size = radius * chance.uniform(2, 4)
    if head == "ball":
        near = g.disc(solid.grid.at(-0.95 + size, bend * 0.5), size)
        solid.lay(near, size + profiles.domed(near, size, size), other, chance.about("head"))
    if head == "disc":
        near = g.box(solid.grid.at(-0.97, bend * 0.5), radius, size)
        solid.lay(near, size, other, chance.about("head"))
    if head == "sleeve":
        near = g.box(solid.grid.at(-0.7, bend * 0.2), 0.3, size * 0.6, radius)
        solid.lay(near, size + profiles.domed(near, size * 0.6), other, chance.about("head"))
    return solid


def cable(chance, side):
    """A cable on its way: a wavy line, one or several strands, plugs or stripped ends."""
    solid = Solid(side, "cable")
    radius = max(chance.spread(0.015, 0.08), 1.2 * solid.grid.pixel)
    kind = chance.pick(("wave", "loop", "coil", "wander"))
    t = numpy.linspace(0, 1, 60)
    if kind == "wave":
        points = numpy.stack(
            [t * 1.9 - 0.95, chance.uniform(0.05, 0.4) * numpy.sin(t * chance.uniform(2, 9) + chance.angle())], 1
        )
    elif kind == "loop":
        turn = chance.uniform(4, 6.6)
        points = numpy.stack([0.85 * numpy.cos(t * turn), 0.6 * numpy.sin(t * turn * chance.uniform(0.9, 1.0))], 1)
    elif kind == "coil":
        turns = chance.count(2, 5)
        reach = 0.7 + 0.15 * numpy.sin(t * turns * 5)
        points = numpy.stack([reach * numpy.cos(t * turns * 6.283), reach * 0.8 * numpy.sin(t * turns * 6.283)], 1)
    else:
        points = tube.smooth(chance.numbers.uniform(-0.85, 0.85, (chance.count(4, 6), 2)), 4)
    finish = chance.pick((finishes.rubber, finishes.plastic))(chance)
    strands = chance.pick((1, 2, 3), (5, 2, 1))
    ends = points[[0, 1, -2, -1]]
    for i in range(strands):
        skin = finish if i == 0 else finishes.plastic(chance)
        offset = (i - (strands - 1) / 2) * 2.0 * radius
        climb = numpy.linspace(0, 2 * radius, len(points)) if kind in ("coil", "wander") else numpy.zeros(len(points))
        lay_strand(solid, chance.about("strand", i), points, climb, offset, radius, skin)
    for first, second, topic in ((ends[0], ends[1], "start"), (ends[3], ends[2], "end")):
        if chance.happens(0.5):
            end_piece(solid, chance.about(topic), first, second, radius * strands)
    return solid


def lay_strand(solid, chance, points, climb, offset, radius, finish):
    along = numpy.gradient(points, axis=0)
    along /= numpy.hypot(*along.T)[:, None] + 1e-6
    side_step = numpy.stack([-along[:, 1], along[:, 0]], 1) * offset
    cover, height, _ = tube.trace(solid.grid, points + side_step, climb, radius)
    solid.lay((0.5 - cover) * solid.grid.pixel, height + radius, finish, chance, over=False)


def end_piece(solid, chance, end, before, radius):
    turn = float(numpy.arctan2(end[1] - before[1], end[0] - before[0]))
    long, wide = chance.uniform(0.06, 0.16), max(radius * chance.uniform(1.3, 2.5), 0.04)
    centre = numpy.clip(end, -0.9, 0.9)
    near = g.box(solid.grid.at(centre[0], centre[1], turn), long, wide, 0.02)
    finish = finishes.plastic(chance) if chance.happens(0.6) else finishes.metal(chance)
    solid.lay(near, profiles.rounded(near, 2.2 * wide, wide * 0.5), finish, chance)


def beads(chance, side):
    """A chain of links or beads on a line: one part."""
    solid = Solid(side, "beads")
    points = tube.smooth(chance.numbers.uniform(-0.8, 0.8, (chance.count(3, 5), 2)), 4)
    radius = chance.uniform(0.04, 0.1)
    points, _ = tube.dense(points, numpy.zeros(len(points)), radius * chance.uniform(1.7, 2.3))
    finish = chance.pick((finishes.metal, finishes.plastic, finishes.wood))(chance)
    other = finish.coloured(colours.colour(chance)) if chance.happens(0.3) else finish
    for i, (u, v) in enumerate(points[:60]):
        near = g.disc(solid.grid.at(u, v), radius)
        window = near < 2 * solid.grid.pixel
        rows, columns = numpy.nonzero(window)
        if not len(rows):
            continue
        area = numpy.s_[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
        share = solid.share(near[area])
        solid.albedo[area] += (numpy.asarray((finish, other)[i % 2].colour) - solid.albedo[area]) * share[..., None]
        solid.height[area] = numpy.where(
            share > 0.5, radius + profiles.domed(near[area], radius, radius), solid.height[area]
        )
        numpy.maximum(solid.cover[area], share, out=solid.cover[area])
    solid.materials.append(finish.material)
    return solid
