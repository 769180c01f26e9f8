"""Slabs with a pocket under each part, clear films and blisters over them."""

import cv2
import numpy

import finishes
import noise
import rooms


def pockets(chance, stage, outlines):
    """A slab of foam or plastic with a pocket under each part."""
    finish = chance.pick((finishes.foam, finishes.plastic, finishes.rubber, finishes.matte))(chance)
    deep, wide = chance.uniform(4, 14), chance.uniform(1.02, 1.3)
    style = chance.pick(("outline", "round", "square"))
    mask = numpy.zeros((stage.side, stage.side), numpy.uint8)
    for place, u, v in outlines:
        centre = (float(place.x), float(place.y))
        if style == "round":
            cv2.circle(mask, tuple(int(c) for c in centre), int(place.radius * wide), 255, -1)
        else:
            shape = cv2.boxPoints(
                (
                    centre,
                    (2 * u * place.radius * wide + 4, 2 * v * place.radius * wide + 4),
                    float(numpy.degrees(place.angle)),
                )
            )
            cv2.fillPoly(mask, [numpy.int32(shape)], 255, cv2.LINE_AA)
    if style == "outline":
        mask = cv2.GaussianBlur(mask, (0, 0), 4)
        mask = numpy.uint8(mask > 110) * 255
    heights = deep + 2 - cv2.GaussianBlur(mask, (0, 0), 1.2).astype(numpy.float32) * (deep / 255)
    texture = finish.paint(chance.about("slab"), mask.shape)
    if chance.happens(0.3):
        texture[0][mask > 127] = finishes.matte(chance).colour
    full = rooms.rectangle(stage.side, rooms.whole(chance, stage.side, -0.1, 0.04), 6)
    stage.cover(full, heights, finish, chance, {"carriers": 2}, texture)
    _, numbers = cv2.connectedComponents(mask)
    stage.levels["cells"][:] = numbers.astype(numpy.int16) * (full > 0)


def film(chance, stage, outlines):
    """A clear film over everything, or clear blisters over the parts (places with half length and width)."""
    side = stage.side
    room = rooms.whole(chance, side, -0.05, 0.15)
    mask = rooms.rectangle(side, room, chance.uniform(0, 20))
    creases = chance.uniform(0.3, 4.0) * (1 - numpy.abs(noise.fractal(chance, mask.shape, chance.spread(2, 9), 3, 0.6)))
    over = cv2.blur(cv2.dilate(stage.base.height, numpy.ones((5, 5), numpy.uint8)), (9, 9)) + 3 + creases
    if chance.happens(0.5) and outlines:
        blisters = numpy.zeros((side, side), numpy.uint8)
        for place, _, _ in outlines:
            cv2.circle(blisters, (int(place.x), int(place.y)), int(place.radius * 1.15) + 2, 255, -1)
        _, numbers = cv2.connectedComponents(blisters)
        stage.levels["cells"][:] = numbers.astype(numpy.int16)
        dome = cv2.distanceTransform(blisters, cv2.DIST_L2, 5)
        edge = chance.uniform(4, 14)
        over = (
            numpy.maximum(over, stage.base.height + 2) * (blisters > 0)
            + cv2.blur(edge * numpy.sqrt(1 - (1 - numpy.clip(dome / edge, 0, 1)) ** 2), (3, 3))
            + 1.5
        )
    clear = finishes.Material(0.2, chance.uniform(0.05, 0.3), 0.1, clearness=chance.uniform(0.85, 0.97))
    layer, mask = stage.clear_layer(), mask > 0
    mask &= over > layer.height
    stage.owner_count += 1
    numpy.copyto(layer.height, over.astype(numpy.float32), where=mask)
    layer.albedo[mask] = 0.97
    layer.material[mask] = stage.material_number(clear)
    layer.owner[mask] = stage.owner_count
