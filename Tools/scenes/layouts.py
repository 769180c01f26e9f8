"""Where parts lie: loose, in heaps, grids, rows, rings, or packed side by side."""

import dataclasses
import math

import numpy


@dataclasses.dataclass(frozen=True)
class Place:
    """Where and how one part lies. Lengths in pixels."""

    x: float
    y: float
    radius: float
    angle: float
    stretch: tuple = (1.0, 1.0)
    is_mirrored: bool = False
    lift: float = 0.0
    shade: float = 1.0


@dataclasses.dataclass(frozen=True)
class Piece:
    """One part to set down. `slot` is the same in every take of a scene. `heap` > 0 makes it a grain of that heap."""

    slot: int
    kind: int
    place: Place
    heap: int = 0
    rest: float = 0.6
    cell: int = 0


def loose(recipe, take, room, kinds, radii, spans, count, gap):
    """Anywhere in the room; `gap` 1 keeps parts just apart where there is space, less lets them touch and overlap."""
    xs, ys, wides = numpy.zeros((3, count))
    out = []
    same = recipe.happens(0.5)
    choice = recipe.pick(kinds)
    for _ in range(count):
        kind = choice if same else recipe.pick(kinds)
        radius = radii[kind]
        wide = radius * math.sqrt(max(spans[kind][0], 0.2) * max(spans[kind][1], 0.2))
        edge = wide * 0.8
        if room.width < 2 * edge or room.height < 2 * edge:
            continue
        best, placed = None, len(out)
        for _ in range(10):
            x, y = take.uniform(room.left + edge, room.right - edge), take.uniform(room.top + edge, room.bottom - edge)
            away = numpy.hypot(xs[:placed] - x, ys[:placed] - y) - gap * (wides[:placed] + wide)
            spare = away.min() if placed else 1.0
            if best is None or spare > best[0]:
                best = (spare, x, y)
            if spare > 0:
                break
        xs[placed], ys[placed], wides[placed] = best[1], best[2], wide
        out.append((kind, Place(best[1], best[2], radius, take.angle())))
    return out


def heap(recipe, take, room, kinds, radius, count, share):
    """Many small ones poured in: all over the room, or a pile of `share` of its area."""
    full = share > 0.9
    a, b = room.width / 2 - radius, room.height / 2 - radius
    if a < radius or b < radius:
        return []
    lean = math.sqrt(share * 4 / math.pi)
    x0 = (room.left + room.right) / 2 + recipe.uniform(-1, 1) * max(0, 1 - lean) * a
    y0 = (room.top + room.bottom) / 2 + recipe.uniform(-1, 1) * max(0, 1 - lean) * b
    long = math.exp(recipe.uniform(-0.35, 0.35))
    across, down = min(a, lean * a * long), min(b, lean * b / long)
    placed = []
    for _ in range(count):
        if full:
            x, y = take.uniform(x0 - a, x0 + a), take.uniform(y0 - b, y0 + b)
        else:
            turn, reach = take.angle(), take.uniform(0, 1) ** 0.6
            x, y = x0 + across * reach * math.cos(turn), y0 + down * reach * math.sin(turn)
            x, y = min(max(x, room.left + radius), room.right - radius), min(
                max(y, room.top + radius), room.bottom - radius
            )
        placed.append((kinds[0] if len(kinds) == 1 else recipe.pick(kinds), Place(x, y, radius, take.angle())))
    return placed


def lattice(recipe, take, room, kinds, radii, spans, columns, rows):
    """An even grid, one kind throughout, or one a row, or any mix; small errors of place."""
    mode = recipe.pick(("one", "row", "mix"))
    turn = recipe.pick((0.0, numpy.pi / 2, recipe.angle()), (3, 2, 2))
    any_turn = recipe.happens(0.2)
    shift, twist = recipe.uniform(0, 0.06), recipe.uniform(0, 0.12)
    pitch_x, pitch_y = room.width / columns, room.height / rows
    most = 0.5 * min(pitch_x, pitch_y) * recipe.uniform(0.6, 1.0)
    row_kinds = [recipe.pick(kinds) for _ in range(rows)]
    out = []
    for j in range(rows):
        for i in range(columns):
            kind = kinds[0] if mode == "one" else row_kinds[j] if mode == "row" else recipe.pick(kinds)
            x = room.left + (i + 0.5) * pitch_x + take.normal(shift) * most
            y = room.top + (j + 0.5) * pitch_y + take.normal(shift) * most
            angle = take.angle() if any_turn else turn + take.normal(twist)
            out.append((kind, Place(x, y, most, angle)))
    return out


def row(recipe, take, room, kinds, radii, spans, standing):
    """Side by side and mostly touching: along the room, against each other and against a wall."""
    along = room.width if not standing else room.height
    across = room.height if not standing else room.width
    at, out = 0.0, []
    against = recipe.pick((-1, 0, 1))
    same = recipe.happens(0.5)
    kind = recipe.pick(kinds)
    gap = recipe.pick((0.0, recipe.uniform(0.0, 3.0), recipe.uniform(2, 15)))
    size = 0.5 * across * recipe.uniform(0.4, 0.97)
    for _ in range(24):
        kind = kind if same else recipe.pick(kinds)
        radius = min(radii[kind] * 1.5, size / max(spans[kind][0], 0.1))
        long, wide = radius * spans[kind][0], radius * spans[kind][1]
        if at + 2 * wide > along:
            break
        lean = take.normal(0.012) * (gap > 0)
        offset = {-1: -across / 2 + long + 1, 0: take.normal(1.5), 1: across / 2 - long - 1}[against]
        first, second = at + wide, offset + (room.top + room.bottom if not standing else room.left + room.right) / 2
        x, y = (room.left + first, second) if not standing else (second, room.top + first)
        turn = (numpy.pi / 2 if not standing else 0.0) + (numpy.pi if recipe.happens(0.5) and not same else 0.0)
        out.append((kind, Place(x, y, radius, turn + lean)))
        at += 2 * wide + gap
    return out


def circle(recipe, take, room, kinds, radii, spans):
    """Round a centre, like places on a disc."""
    reach = min(room.width, room.height) / 2
    count = recipe.count(3, 16)
    radius = min(numpy.pi * reach * 0.7 / count * recipe.uniform(0.6, 1.05), reach * 0.4)
    start, spin = recipe.angle(), recipe.happens(0.7)
    centre = ((room.left + room.right) / 2, (room.top + room.bottom) / 2)
    kind = recipe.pick(kinds)
    out = []
    for i in range(count):
        turn = start + 2 * numpy.pi * i / count
        kind = kind if recipe.happens(0.8) else recipe.pick(kinds)
        out.append(
            (
                kind,
                Place(
                    centre[0] + 0.7 * reach * numpy.cos(turn) + take.normal(0.5),
                    centre[1] + 0.7 * reach * numpy.sin(turn) + take.normal(0.5),
                    radius,
                    turn + take.normal(0.04) if spin else take.angle(),
                ),
            )
        )
    return out


def alone(recipe, take, room, kinds, radii, spans):
    """One large part."""
    radius = 0.5 * min(room.width, room.height) * recipe.uniform(0.5, 1.05)
    x, y = (room.left + room.right) / 2, (room.top + room.bottom) / 2
    angle = recipe.pick((0.0, recipe.angle())) + take.normal(0.05)
    return [(kinds[0], Place(x + take.normal(0.03) * room.width, y + take.normal(0.03) * room.height, radius, angle))]
