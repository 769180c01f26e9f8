"""One scene of a seed: its surface, carrier, part types and slots; and the pictures taken of it."""

import dataclasses
import functools
import zlib

import cv2
import numpy

import camera
import carriers
import changes
import families
import finishes
import layouts
import lighting
import noise
import surfaces
from chance import Chance
from layouts import Piece, Place
from picture import Part, Picture, cleaned, faint
from stage import Stage

SUPERSAMPLING = 1.1
MARGIN = 0.09
MOST_PIECES = 320
SIZES, SIZE_WEIGHTS = (256, 288, 320, 352, 384), (6, 4, 3, 1.5, 1)


class Scene:
    """The same seed and index are always the same scene; the same take of it has always the same bytes."""

    def __init__(self, seed, index, size=None):
        cv2.setNumThreads(1)
        self.key = (int(seed), int(index))
        chance = self.chance("recipe")
        self.size = size or chance.pick(SIZES, SIZE_WEIGHTS)
        self.side = int(round(self.size * SUPERSAMPLING / (1 - MARGIN)))
        trade = chance.pick(("hardware", "goods", "electronics", "food"), (4, 4, 2, 2))
        holder = {"electronics": ("", "board", "tray", "plate"), "food": ("", "dish", "tray", "belt", "box", "sheet")}.get(
            trade, ("", "tray", "box", "plate", "belt", "rack", "dish", "sheet"))
        weights = {"electronics": (2, 5, 2, 1), "food": (2, 3, 3, 1, 2, 0.7)}.get(trade, (5, 6, 2, 2.5, 1.5, 0.7, 0.4, 0.7))
        self.carrier = chance.pick(holder, weights)
        other = chance.pick(("hardware", "goods", "food")) if chance.happens(0.15) else trade
        self.types = [families.part_type(chance.about("type", i), trade if chance.happens(0.8) else other)
                      for i in range(chance.pick((1, 2, 3, 4, 6), (3, 4, 4, 2, 1)))]
        scale = chance.spread(0.028, 0.16) * self.side
        self.radii = [scale * kind.length * (chance.uniform(0.6, 1.5) if chance.happens(0.7) else 1.0) for kind in self.types]
        self.grain_types = [families.part_type(chance.about("grain", i), "grains") for i in range(chance.pick((1, 2), (5, 1)))]
        self.grain_radius = chance.spread(0.011, 0.032) * self.side

    def chance(self, *topic):
        return Chance(*self.key, *topic)

    @functools.lru_cache(maxsize=64)
    def model(self, kind, side):
        types = self.types + self.grain_types
        return types[kind].model(side)

    def model_for(self, kind, radius):
        return self.model(kind, int(min(336, max(24, -(-radius * 2.3 // 8) * 8))))

    def span(self, kind):
        """Half length and half width of a kind, in radii."""
        cover = self.model_for(kind, self.radii[kind]).cover > 0.5
        grid = self.model_for(kind, self.radii[kind]).grid
        if not cover.any():
            return (1.0, 1.0)
        return float(numpy.abs(grid.u[cover]).max()), float(numpy.abs(grid.v[cover]).max())

    def shoot(self, take=0, change=None):
        """A picture of the scene. Takes differ in light, camera and, as far as the layout is loose, in places.

        `change` names what is wrong with one part (`changes.KINDS`)."""
        stage = Stage(self.side)
        surfaces.lay_floor(self.chance("floor"), stage)
        pieces = self.arrange(stage, take)
        types, changed = list(self.types + self.grain_types), ""
        if change:
            pieces, types, changed = changes.apply(self.chance("change", take, change), change, pieces, types, self.side)
        parts = self.set_pieces(stage, pieces, types)
        self.film(stage, pieces)
        return self.develop(stage, parts, take, changed)

    def arrange(self, stage, take):
        """Puts up the carrier and says what lies where."""
        chance = self.chance("arrange")
        rooms = [carriers.Room(0, 0, self.side, self.side)]
        if self.carrier:
            rooms = carriers.CARRIERS[self.carrier](self.chance("carrier"), stage, 1) or rooms
        elif chance.happens(0.35):
            rooms = [carriers.whole(chance, self.side, 0.0, 0.3)]
        pieces, heaps = [], 0
        shared = chance.pick((None, self.plan(chance)), (1, 1)) if len(rooms) > 1 else None
        for i, room in enumerate(rooms):
            recipe = self.chance("room", i) if shared is None else self.chance("room")
            if shared is not None and recipe.key == () or room.width < 14 or room.height < 14:
                continue
            if len(rooms) > 1 and self.chance("empty", i).happens(0.1):
                continue
            moving = self.chance("take", take, "room", i)
            plan = shared or self.plan(recipe)
            plans = [plan]
            if recipe.happens(0.25) and plan != "alone":
                plans.append(recipe.pick(("loose", "loose", "heap", "row")))
            for turn, plan in enumerate(plans):
                fill = self.fill(plan, recipe.about(turn), moving, room, len(rooms))
                heap_number = 0
                if plan == "heap" and fill:
                    heaps += 1
                    heap_number = heaps
                rest = recipe.pick((0.7, 0.95)) if plan != "heap" else 0.55
                for kind, place in fill:
                    pieces.append(Piece(len(pieces), kind, self.grown(kind, place, moving), heap_number, rest, room.cell))
        if self.carrier in ("", "plate") and len(rooms) == 1 and chance.happens(0.25):
            self.pockets(stage, pieces)
        return pieces[:MOST_PIECES]

    def plan(self, chance):
        if self.carrier == "board":
            return chance.pick(("loose", "lattice", "row"), (6, 2, 1))
        return chance.pick(("loose", "heap", "lattice", "row", "circle", "alone"), (8, 2, 4, 2.5, 1, 1.3))

    def fill(self, plan, recipe, moving, room, room_count):
        kinds = list(range(len(self.types)))
        if room_count > 1 or recipe.happens(0.2):
            recipe.numbers.shuffle(kinds)
        radii = list(self.radii)
        least = min(room.width, room.height)
        radii = [min(r, least * 0.42) for r in radii]
        if plan == "heap":
            first = len(self.types)
            grains = list(range(first, first + len(self.grain_types)))
            radius = min(self.grain_radius, least * 0.12)
            covers = [self.model_for(k, radius).cover for k in grains]
            grain_area = max(0.15, float(numpy.mean([c.mean() for c in covers])) * 4.7) * radius * radius
            depth, most = recipe.uniform(1.0, 2.2), min(recipe.count(40, 120), 30 + 240 // room_count)
            share = min(1.0, most * grain_area / depth / (room.width * room.height))
            count = int(depth * share * room.width * room.height / grain_area)
            return layouts.heap(recipe, moving, room, grains, radius, max(count, 12), share)
        spans = [self.span(k) for k in range(len(self.types))]
        if plan == "loose":
            mean = float(numpy.mean([r * r * s[0] * s[1] for r, s in zip(radii, spans)])) + 1
            most = room.width * room.height / (mean * 5)
            count = int(max(1, min(60, recipe.spread(0.08, 1.3) * most)))
            gap = recipe.pick((recipe.uniform(0.9, 1.3), recipe.uniform(0.45, 0.9)), (3, 2))
            source = recipe if self.carrier == "board" else moving
            return layouts.loose(recipe, source, room, kinds, radii, spans, count, gap)
        if plan == "lattice":
            pitch = max(radii[kinds[0]] * recipe.uniform(2.0, 3.4), 14)
            columns, rows = (int(max(1, min(9, side / pitch))) for side in (room.width, room.height))
            if room_count > 1:
                columns, rows = recipe.pick(((1, 1), (2, 2), (columns, rows)))
            return layouts.lattice(recipe, moving, room, kinds, radii, spans, columns, rows)
        if plan == "row":
            return layouts.row(recipe, moving, room, kinds, radii, spans, recipe.happens(0.5))
        if plan == "circle":
            return layouts.circle(recipe, moving, room, kinds, radii, spans)
        return layouts.alone(recipe, moving, room, kinds, radii, spans)

    def grown(self, kind, place, chance):
        """Grown things differ in shape and shade from specimen to specimen; made things hardly."""
        types = self.types + self.grain_types
        if not types[kind].is_grown:
            return dataclasses.replace(place, is_mirrored=False, shade=1 + chance.normal(0.02))
        stretch = (chance.uniform(0.85, 1.08), chance.uniform(0.82, 1.1))
        return dataclasses.replace(place, stretch=stretch, is_mirrored=chance.happens(0.5), shade=1 + chance.normal(0.1))

    def pockets(self, stage, pieces):
        """A slab of foam or plastic with a pocket under each part."""
        chance = self.chance("pockets")
        finish = chance.pick((finishes.foam, finishes.plastic, finishes.rubber, finishes.matte))(chance)
        deep, wide = chance.uniform(4, 14), chance.uniform(1.02, 1.3)
        style = chance.pick(("outline", "round", "square"))
        mask = numpy.zeros((self.side, self.side), numpy.uint8)
        for piece in pieces:
            place = piece.place
            u, v = self.span(piece.kind) if piece.kind < len(self.types) else (1, 1)
            centre = (float(place.x), float(place.y))
            if style == "round":
                cv2.circle(mask, tuple(int(c) for c in centre), int(place.radius * wide), 255, -1)
            else:
                shape = cv2.boxPoints((centre, (2 * u * place.radius * wide + 4, 2 * v * place.radius * wide + 4),
                                       float(numpy.degrees(place.angle))))
                cv2.fillPoly(mask, [numpy.int32(shape)], 255, cv2.LINE_AA)
        if style == "outline":
            mask = cv2.GaussianBlur(mask, (0, 0), 4)
            mask = numpy.uint8(mask > 110) * 255
        heights = deep + 2 - cv2.GaussianBlur(mask, (0, 0), 1.2).astype(numpy.float32) * (deep / 255)
        texture = finish.paint(chance.about("slab"), mask.shape)
        if chance.happens(0.3):
            texture[0][mask > 127] = finishes.matte(chance).colour
        full = carriers.rectangle(self.side, carriers.whole(chance, self.side, -0.1, 0.04), 6)
        stage.cover(full, heights, finish, chance, {"carriers": 2}, texture)
        _, numbers = cv2.connectedComponents(mask)
        stage.levels["cells"][:] = numbers.astype(numpy.int16) * (full > 0)

    def set_pieces(self, stage, pieces, types):
        """Sets all parts down; their records, without pixel counts."""
        heap_numbers, parts, grains = {}, [], 0
        for piece in pieces:
            known = types[piece.kind]
            if known is (self.types + self.grain_types)[min(piece.kind, len(self.types + self.grain_types) - 1)]:
                model = self.model_for(piece.kind, piece.place.radius)
            else:
                model = known.model(int(min(336, max(24, -(-piece.place.radius * 2.3 // 8) * 8))))
            look = zlib.crc32(repr((known.key, known.family)).encode())
            marks = {}
            if piece.heap:
                if piece.heap not in heap_numbers:
                    heap_numbers[piece.heap] = len(parts) + 1
                    parts.append(Part(len(parts) + 1, piece.slot, look, known.family, 0, True))
                grains += 1
                marks = {"parts": heap_numbers[piece.heap], "heaps": piece.heap, "grains": grains}
            else:
                parts.append(Part(len(parts) + 1, piece.slot, look, known.family, 0))
                marks = {"parts": len(parts)}
            stage.set_down(model, piece.place, marks, piece.rest)
        return parts

    def film(self, stage, pieces):
        """Sometimes a clear film lies over everything, or clear blisters stand over the parts."""
        chance = self.chance("film")
        if not chance.happens(0.08):
            return
        side = self.side
        room = carriers.whole(chance, side, -0.05, 0.15)
        mask = carriers.rectangle(side, room, chance.uniform(0, 20))
        creases = chance.uniform(0.3, 4.0) * (1 - numpy.abs(noise.fractal(chance, mask.shape, chance.spread(2, 9), 3, 0.6)))
        over = cv2.blur(cv2.dilate(stage.base.height, numpy.ones((5, 5), numpy.uint8)), (9, 9)) + 3 + creases
        if chance.happens(0.5) and pieces and not any(piece.heap for piece in pieces):
            blisters = numpy.zeros((side, side), numpy.uint8)
            for piece in pieces:
                cv2.circle(blisters, (int(piece.place.x), int(piece.place.y)), int(piece.place.radius * 1.15) + 2, 255, -1)
            _, numbers = cv2.connectedComponents(blisters)
            stage.levels["cells"][:] = numbers.astype(numpy.int16)
            dome = cv2.distanceTransform(blisters, cv2.DIST_L2, 5)
            edge = chance.uniform(4, 14)
            over = numpy.maximum(over, stage.base.height + 2) * (blisters > 0) + cv2.blur(
                edge * numpy.sqrt(1 - (1 - numpy.clip(dome / edge, 0, 1)) ** 2), (3, 3)) + 1.5
        clear = finishes.Material(0.2, chance.uniform(0.05, 0.3), 0.1, clearness=chance.uniform(0.85, 0.97))
        layer, mask = stage.clear_layer(), mask > 0
        mask &= over > layer.height
        stage.owner_count += 1
        numpy.copyto(layer.height, over.astype(numpy.float32), where=mask)
        layer.albedo[mask] = 0.97
        layer.material[mask] = stage.material_number(clear)
        layer.owner[mask] = stage.owner_count

    def develop(self, stage, parts, take, change):
        """Light and camera."""
        light = lighting.draw_light(self.chance("light", take))
        properties = stage.properties()
        shadows = {}
        picture, _ = lighting.shade(stage.base, properties, light, None, shadows)
        if stage.clear is not None:
            picture = lighting.through_clear(picture, stage, light, shadows)
        chance = self.chance("camera", take)
        height = stage.base.height if stage.clear is None else numpy.maximum(stage.base.height, stage.clear.height)
        seen = camera.perspective(chance, height, light) if chance.happens(0.65) else None
        framing = camera.Framing(chance, self.side, self.size, MARGIN, seen)
        picture = camera.falling_light(chance, framing.picture(picture))
        levels, ignored = cleaned(framing.numbers(stage.levels))
        unseen = faint(levels["parts"], picture)
        if unseen is not None:
            ignored |= unseen
            for name in ("parts", "grains", "heaps"):
                levels[name] = numpy.where(unseen, 0, levels[name]).astype(numpy.uint16)
        counts = numpy.bincount(levels["parts"].ravel(), minlength=len(parts) + 1)
        seen = [dataclasses.replace(part, pixels=int(counts[part.number])) for part in parts if counts[part.number]]
        return Picture(camera.expose(self.chance("sensor", take), picture), levels, ignored, seen, change)


def picture(seed, index, size=None):
    """Picture `index` of `seed`."""
    return Scene(seed, index, size).shoot()
