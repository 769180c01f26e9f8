"""What holds parts and is none. Each carrier leaves rooms for parts; those with walls are in `boxed`."""

import cv2
import numpy

import boxed
import colours
import finishes
import noise
import rooms
import surfaces
from finishes import Finish, Material


def plate(chance, stage, number):
    """A plain or perforated sheet, a cutting board, a pallet layer: flat, over the floor."""
    side = stage.side
    room = rooms.whole(chance, side)
    rounding = chance.pick((0.0, chance.uniform(3, 30)))
    mask = rooms.rectangle(side, room, rounding)
    thick = chance.uniform(1.0, 10.0)
    heights = numpy.full((side, side), thick, numpy.float32)
    finish = boxed.shell_finish(chance) if chance.happens(0.6) else surfaces.surface(chance)
    texture = finish.paint(chance.about("plate"), (side, side))
    if chance.happens(0.55):
        pitch = chance.spread(9, 60)
        hole = pitch * chance.uniform(0.15, 0.4)
        holes = numpy.zeros((side, side), numpy.uint8)
        shift = 0.5 if chance.happens(0.4) else 0.0
        square = chance.happens(0.2)
        for j, y in enumerate(numpy.arange(room.top + pitch, room.bottom - pitch * 0.7, pitch)):
            for x in numpy.arange(room.left + pitch * (1 + shift * (j % 2)), room.right - pitch * 0.7, pitch):
                if square:
                    cv2.rectangle(holes, (int(x - hole), int(y - hole)), (int(x + hole), int(y + hole)), 255, -1)
                else:
                    cv2.circle(holes, (int(x * 16), int(y * 16)), int(hole * 16), 255, -1, cv2.LINE_AA, 4)
        share = holes.astype(numpy.float32) / 255
        heights -= cv2.GaussianBlur(share, (0, 0), 0.8) * thick
        texture = (texture[0] * (1 - 0.75 * share)[..., None] * numpy.float32(1), texture[1])
    stage.cover(mask, heights, finish, chance, {"carriers": number}, texture)
    if chance.happens(0.2):
        surfaces.mark(chance.about("mark"), stage, (room.left, room.top, room.right, room.bottom), finish.colour)
    return [room.inset(rounding * 0.3 + 2)]


def belt(chance, stage, number):
    """A conveyor: a belt between two rails; ribs across on some."""
    side = stage.side
    upper, lower = chance.uniform(0.04, 0.2) * side, chance.uniform(0.8, 0.96) * side
    room = rooms.Room(-2, upper, side + 2, lower)
    finish = chance.pick((finishes.rubber, finishes.fabric, finishes.plastic, finishes.matte))(chance).calmed(chance)
    heights = numpy.full((side, side), 3.0, numpy.float32)
    if chance.happens(0.4):
        pitch = chance.uniform(10, 70)
        heights += chance.uniform(0.4, 2.0) * (numpy.arange(side, dtype=numpy.float32) % pitch < pitch * 0.12)[None, :]
    stage.cover(rooms.rectangle(side, room), heights, finish, chance.about("belt"), {"carriers": number})
    rail = finishes.metal(chance) if chance.happens(0.7) else finishes.plastic(chance)
    wide = chance.uniform(0.02, 0.06) * side
    heights = numpy.full((side, side), chance.uniform(5, 30), numpy.float32)
    for y in (upper, lower):
        stage.cover(
            rooms.rectangle(side, rooms.Room(-2, y - wide / 2, side + 2, y + wide / 2)),
            heights,
            rail,
            chance.about("rail"),
            {"carriers": number},
        )
    return [rooms.Room(side * 0.02, upper + wide / 2, side * 0.98, lower - wide / 2)]


def dish(chance, stage, number):
    """A round or oval plate or bowl with a rim."""
    side = stage.side
    rows, columns = numpy.mgrid[0:side, 0:side].astype(numpy.float32)
    x, y, a = chance.uniform(0.42, 0.58) * side, chance.uniform(0.42, 0.58) * side, chance.uniform(0.35, 0.5) * side
    b = a * chance.pick((1.0, chance.uniform(0.7, 1.0)), (3, 1))
    reach = numpy.hypot((columns - x) / a, (rows - y) / b)
    rim, high = chance.uniform(0.06, 0.25), chance.uniform(4, 30)
    heights = 2 + high * numpy.clip((reach - (1 - rim)) / rim, 0, 1) ** chance.uniform(0.7, 2)
    finish = chance.pick((finishes.ceramic, finishes.plastic, finishes.metal, finishes.wood, finishes.paper))(
        chance
    ).calmed(chance)
    mask = (reach < 1).astype(numpy.uint8) * 255
    texture = finish.paint(chance.about("dish"), (side, side))
    if chance.happens(0.3):
        band = numpy.abs(reach - chance.uniform(0.8, 0.97)) < chance.uniform(0.01, 0.05)
        texture[0][band] = colours.against(chance, finish.colour)
    stage.cover(mask, heights, finish, chance, {"carriers": number}, texture)
    inner = 0.68 * (1 - rim)
    return [rooms.Room(x - a * inner, y - b * inner, x + a * inner, y + b * inner)]


def board(chance, stage, number):
    """A printed circuit board: mask colour, traces, pads, drilled holes, legends, a screw hole in each corner."""
    side = stage.side
    room = rooms.whole(chance, side, 0.01, 0.14)
    colour = colours.from_hue(
        chance.pick((0.33, 0.38, 0.6, 0.02, 0.75, 0.15), (5, 2, 2, 1, 0.5, 0.5)),
        chance.uniform(0.5, 0.95),
        chance.pick((chance.uniform(0.2, 0.55), chance.uniform(0.05, 0.15), 0.9), (6, 2, 0.6)),
    )
    finish = Finish("mask", Material(satin=0.1, mirror=0.04, rough=0.03), colour, finishes.mottled(0.03, 8))
    albedo, _ = finish.paint(chance.about("mask"), (side, side))
    trace = numpy.clip(colour * numpy.float32(chance.uniform(1.25, 1.9)) + numpy.float32(0.01), 0, 1)
    lines = numpy.zeros((side, side), numpy.uint8)
    for _ in range(chance.count(8, 50)):
        x, y = (int(v) for v in (chance.uniform(room.left, room.right), chance.uniform(room.top, room.bottom)))
        for _ in range(chance.count(1, 4)):
            long = chance.count(8, side // 4)
            dx, dy = chance.pick(((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)))
            cv2.line(lines, (x, y), (x + dx * long, y + dy * long), 255, chance.count(1, 4), cv2.LINE_AA)
            x, y = x + dx * long, y + dy * long
    albedo += (trace - albedo) * (lines.astype(numpy.float32) / 255 * 0.8)[..., None]
    pads = numpy.zeros((side, side), numpy.uint8)
    for _ in range(chance.count(5, 60)):
        x, y, r = (
            int(chance.uniform(room.left, room.right)),
            int(chance.uniform(room.top, room.bottom)),
            chance.count(1, 4),
        )
        for i in range(chance.pick((1, 1, 2, 6))):
            cv2.circle(pads, (x + i * 3 * r, y), r, 255, -1, cv2.LINE_AA)
            cv2.circle(pads, (x + i * 3 * r, y), max(0, r // 2), 0, -1)
    albedo += (colours.metal_colour(chance) - albedo) * (pads.astype(numpy.float32) / 255)[..., None]
    heights = numpy.full((side, side), chance.uniform(1.5, 5), numpy.float32) + lines.astype(numpy.float32) * (
        0.25 / 255
    )
    mask = rooms.rectangle(side, room, chance.pick((0, 8)))
    corner = chance.uniform(0.03, 0.06) * side
    if chance.happens(0.6):
        for x, y in (
            (room.left, room.top),
            (room.right, room.top),
            (room.right, room.bottom),
            (room.left, room.bottom),
        ):
            at = int(x + corner * (1 if x == room.left else -1)), int(y + corner * (1 if y == room.top else -1))
            cv2.circle(mask, at, int(corner * 0.45), 0, -1)
    stage.cover(mask, heights, finish, chance, {"carriers": number}, (numpy.clip(albedo, 0.005, 1), None))
    for i in range(chance.count(0, 5)):
        surfaces.mark(chance.about("legend", i), stage, (room.left, room.top, room.right, room.bottom), colour)
    return [room.inset(corner * 1.2)]


def rack(chance, stage, number):
    """Parallel bars with gaps; parts lie across or between them."""
    side = stage.side
    room = rooms.whole(chance, side)
    pitch = chance.uniform(0.08, 0.25) * side
    share = chance.uniform(0.2, 0.6)
    rows = ((numpy.arange(side, dtype=numpy.float32) - room.top) % pitch < pitch * share).astype(numpy.float32)
    heights = numpy.repeat((1 + chance.uniform(4, 18) * rows)[:, None], side, 1)
    stage.cover(
        rooms.rectangle(side, room),
        cv2.GaussianBlur(heights, (0, 0), 1.2),
        boxed.shell_finish(chance),
        chance,
        {"carriers": number},
    )
    return [room.inset(4)]


def crinkled(chance, stage, number):
    """A sheet of foil, paper or film with creases."""
    side = stage.side
    room = rooms.whole(chance, side, 0.0, 0.2)
    finish = chance.pick((finishes.polished, finishes.paper, finishes.plastic, finishes.brushed))(chance)
    creases = chance.spread(0.6, 3.0) * (
        1 - numpy.abs(noise.fractal(chance, (side, side), chance.spread(2, 6), 4, 0.5))
    )
    stage.cover(rooms.rectangle(side, room), numpy.maximum(2 + creases, 0.5), finish, chance, {"carriers": number})
    return [room.inset(6)]


CARRIERS = {
    "tray": boxed.tray,
    "box": boxed.carton_box,
    "plate": plate,
    "belt": belt,
    "dish": dish,
    "board": board,
    "rack": rack,
    "sheet": crinkled,
}
