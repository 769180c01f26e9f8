"""Carriers with walls: trays with compartments, open boxes."""

import cv2
import numpy

import finishes
import rooms
import surfaces


def shell_finish(chance):
    return chance.pick(
        (finishes.plastic, finishes.matte, finishes.wood, finishes.cardboard, finishes.metal, finishes.foam),
        (5, 3, 2, 2, 1.5, 1),
    )(chance).calmed(chance)


def tray(chance, stage, number, cells=None):
    """A tray or box with compartments: an even grid or cut freely."""
    side = stage.side
    room = rooms.whole(chance, side)
    wall = chance.uniform(0.008, 0.035) * side
    if cells is None:
        if chance.happens(0.55):
            columns, rows = chance.count(1, 6), chance.count(1, 5)
            xs, ys = numpy.linspace(room.left, room.right, columns + 1), numpy.linspace(room.top, room.bottom, rows + 1)
            inner_rooms = [rooms.Room(xs[i], ys[j], xs[i + 1], ys[j + 1]) for j in range(rows) for i in range(columns)]
        else:
            inner_rooms = rooms.split(chance, room, chance.count(1, 4))
    else:
        inner_rooms = [room] if cells == 1 else rooms.split(chance, room, cells)
    high = chance.uniform(0.015, 0.12) * side
    low = chance.uniform(0.0, 0.25) * high
    heights = numpy.full((side, side), high, numpy.float32)
    rounding = chance.pick((0.0, chance.uniform(2, 14)))
    inner = []
    for i, cell in enumerate(inner_rooms):
        inside = rooms.Room(
            max(cell.left + wall / 2, room.left + wall),
            max(cell.top + wall / 2, room.top + wall),
            min(cell.right - wall / 2, room.right - wall),
            min(cell.bottom - wall / 2, room.bottom - wall),
            i + 1,
        )
        if inside.width > 6 and inside.height > 6:
            inner.append(inside)
            heights[rooms.rectangle(side, inside, rounding) > 0] = low
    lining = chance.happens(0.35)
    heights = cv2.GaussianBlur(heights, (0, 0), chance.uniform(0.7, 2.5))
    finish = shell_finish(chance)
    stage.cover(
        rooms.rectangle(side, room, rounding + chance.uniform(0, 6)),
        heights,
        finish,
        chance.about("shell"),
        {"carriers": number},
    )
    cover_finish = surfaces.surface(chance) if lining else None
    for inside in inner:
        mask = rooms.rectangle(side, inside, rounding)
        stage.levels["cells"][mask > 0] = inside.cell
        if cover_finish is not None:
            bottom = rooms.rectangle(side, inside.inset(1.5), rounding)
            if inside is inner[0]:
                texture = cover_finish.paint(chance.about("lining"), (side, side))
            stage.cover(bottom, low, cover_finish, chance, {"carriers": number}, texture)
    return inner


def carton_box(chance, stage, number):
    """An open box with high walls and flaps; one room."""
    inner_rooms = tray(chance, stage, number, 1)
    if chance.happens(0.4) and inner_rooms:
        room, side = inner_rooms[0], stage.side
        flap = chance.uniform(0.05, 0.2) * side
        finish = finishes.cardboard(chance)
        for strip in (
            rooms.Room(room.left, room.top - flap, room.right, room.top),
            rooms.Room(room.left, room.bottom, room.right, room.bottom + flap),
        ):
            stage.cover(rooms.rectangle(side, strip), 0.07 * side, finish, chance.about("flap"), {"carriers": number})
    return inner_rooms
