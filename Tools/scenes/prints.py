"""What is printed or glued on parts, carriers and tables: words, codes, bars, frames, signs, labels."""

import string

import cv2
import numpy

import colours
from finishes import Material

FONTS = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_COMPLEX,
    cv2.FONT_HERSHEY_TRIPLEX,
    cv2.FONT_HERSHEY_COMPLEX_SMALL,
)
LETTERS = string.ascii_uppercase + string.digits + string.ascii_lowercase


def word(chance, low, high):
    return "".join(
        chance.pick(LETTERS[:36] if chance.happens(0.7) else LETTERS) for _ in range(chance.count(low, high))
    )


def write(mask, text, font, left, top, right, bottom, weight=1.0):
    """Writes `text` as large as the rectangle allows, into an 8-bit mask."""
    (width, height), _ = cv2.getTextSize(text, font, 1.0, 1)
    scale = min((right - left) / max(width, 1), (bottom - top) / max(height * 1.2, 1))
    if scale < 0.12:
        return
    thickness = max(1, round(scale * weight * 1.6))
    origin = (round((left + right - width * scale) / 2), round((top + bottom + height * scale) / 2))
    cv2.putText(mask, text, origin, font, scale, 255, thickness, cv2.LINE_AA)


def ink(chance, rows, columns):
    """A drawing as ink shares, rows by columns; it fills most of the rectangle."""
    mask = numpy.zeros((rows, columns), numpy.uint8)
    kind = chance.pick(("word", "lines", "bars", "squares", "sign", "frame"), (5, 2, 1.5, 1, 2, 0.7))
    if kind == "word":
        long = columns / max(rows, 1)
        write(
            mask,
            word(chance, 1, max(1, min(9, round(long * 2)))),
            chance.pick(FONTS),
            0,
            0,
            columns,
            rows,
            chance.uniform(0.7, 3.0),
        )
    elif kind == "lines":
        count = chance.count(2, 5)
        font = chance.pick(FONTS)
        for i in range(count):
            write(mask, word(chance, 3, 10), font, 0, rows * i // count, columns, rows * (i + 1) // count - 1)
    elif kind == "bars":
        at = 0
        while at < columns:
            wide = chance.count(1, max(1, columns // 16))
            mask[: round(rows * 0.8), at : at + wide] = 255
            at += wide + chance.count(1, max(1, columns // 16))
        write(mask, word(chance, 6, 9), FONTS[0], 0, round(rows * 0.82), columns, rows)
    elif kind == "squares":
        cells = chance.count(6, 14)
        coarse = (chance.numbers.random((cells, cells)) < 0.5).astype(numpy.uint8) * 255
        mask[:] = cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_NEAREST)
    elif kind == "sign":
        sign(chance, mask)
    else:
        thick = max(1, round(min(rows, columns) * chance.uniform(0.04, 0.15)))
        cv2.rectangle(mask, (thick, thick), (columns - thick - 1, rows - thick - 1), 255, thick)
        write(mask, word(chance, 1, 6), chance.pick(FONTS), 3 * thick, 3 * thick, columns - 3 * thick, rows - 3 * thick)
    return mask.astype(numpy.float32) * numpy.float32(1 / 255)


def sign(chance, mask):
    """A logo, an arrow, a ring, a star: one simple figure."""
    rows, columns = mask.shape
    half = max(2, min(rows, columns) // 2 - 1)
    centre = numpy.array([columns / 2, rows / 2])
    kind = chance.count(0, 3)
    thick = chance.pick((-1, max(1, half // 4)))
    if kind == 0:
        cv2.circle(mask, (columns // 2, rows // 2), half, 255, thick, cv2.LINE_AA)
    elif kind == 1:
        shape = (
            numpy.array([[-1, -0.35], [0.1, -0.35], [0.1, -0.9], [1, 0], [0.1, 0.9], [0.1, 0.35], [-1, 0.35]]) * half
            + centre
        )
        cv2.fillPoly(mask, [numpy.int32(shape * 16)], 255, cv2.LINE_AA, 4)
    else:
        points = chance.count(3, 8)
        turns = numpy.arange(2 * points) * numpy.pi / points + chance.angle()
        reach = numpy.where(numpy.arange(2 * points) % 2, chance.uniform(0.35, 0.9), 1.0) * half
        shape = numpy.stack([numpy.cos(turns), numpy.sin(turns)], 1) * reach[:, None] + centre
        cv2.fillPoly(mask, [numpy.int32(shape * 16)], 255, cv2.LINE_AA, 4)
        if kind == 3:
            cv2.circle(mask, (columns // 2, rows // 2), max(1, half // 3), 0, -1, cv2.LINE_AA)


def place_ink(solid, chance, u, v, a, b):
    """Ink shares on the whole raster, drawn in the rectangle of half sides `a`, `b` round (u, v); its area as well."""
    grid = solid.grid
    left, right = (int(round((x / (2 * 1.08) + 0.5) * grid.side)) for x in (u - a, u + a))
    top, bottom = (int(round((y / (2 * 1.08) + 0.5) * grid.side)) for y in (v - b, v + b))
    share, area = numpy.zeros(grid.shape, numpy.float32), numpy.zeros(grid.shape, numpy.float32)
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, grid.side), min(bottom, grid.side)
    if right - left < 5 or bottom - top < 4:
        return None, None
    drawing = ink(chance, bottom - top, right - left)
    if chance.happens(0.1):
        drawing = drawing[::-1, ::-1]
    share[top:bottom, left:right] = drawing
    rows, columns = numpy.nonzero(drawing > 0.3)
    if len(rows) < 4:
        return None, None
    area[top + rows.min() : top + rows.max() + 1, left + columns.min() : left + columns.max() + 1] = 1.0
    return share, area


def imprint(solid, chance, u, v, a, b, ground):
    """Ink straight on the part."""
    share, area = place_ink(solid, chance, u, v, a, b)
    if share is not None:
        solid.print(share, colours.against(chance, ground), area)


def label(solid, chance, distance, u, v, a, b):
    """A glued label: its own colour, mostly with ink on it. Label and ink are one print."""
    colour = colours.colour(chance, chance.pick(("white", "vivid", "pastel", "grey", "deep"), (5, 3, 1, 1, 1)))
    share = solid.share(distance)
    solid.print(share, colour, share, Material(rough=0.03, satin=chance.pick((0.02, 0.1))))
    number = solid.print_count
    if chance.happens(0.35):
        band = solid.share(distance) * (
            numpy.abs(solid.grid.v - v + chance.uniform(-b, b)) < b * chance.uniform(0.1, 0.4)
        )
        solid.albedo += (colours.against(chance, colour) - solid.albedo) * (band * (solid.cover > 0.5))[..., None]
    if chance.happens(0.85):
        drawing, _ = place_ink(solid, chance, u, v, a * 0.85, b * 0.8)
        if drawing is not None:
            drawing = drawing * (solid.cover > 0.5)
            solid.albedo += (colours.against(chance, colour) - solid.albedo) * drawing[..., None]
    solid.print_number[(share > 0.5) & (solid.cover > 0.5)] = number
