"""One scene of a seed: its surface, carrier, part types and slots; and the pictures taken of it."""

import dataclasses
import zlib

import cv2
import numpy

import camera
import carriers
import changes
import coverings
import families
import layouts
import lighting
import rooms
import surfaces
from chance import Chance
from layouts import Piece
from picture import Part, Picture, cleaned, faint
from stage import Stage

SUPERSAMPLING = 1.1
MARGIN = 0.09
MOST_PIECES = 320
SIZES, SIZE_WEIGHTS = (256, 288, 320, 352, 384), (6, 4, 3, 1.5, 1)


class Scene:
    """The same seed and index are always the same scene; the same take of it has always the same bytes."""

    def __init__(self, seed, index, size=None, is_station=False):
        """`is_station`: one camera in a fixture under one lamp, so that takes hardly differ but by where loose parts lie."""
        cv2.setNumThreads(1)
        self.key = (int(seed), int(index))
        self.models, self.spans = {}, {}
        self.is_station = is_station
        self.is_steady = is_station or self.chance("steady").happens(0.5)  # All takes in the same light.
        chance = self.chance("recipe")
        self.size = size or chance.pick(SIZES, SIZE_WEIGHTS)
        self.side = int(round(self.size * SUPERSAMPLING / (1 - MARGIN)))
        trade = chance.pick(("hardware", "goods", "electronics", "food"), (4, 4, 2, 2))
        holder = {
            "electronics": ("", "board", "tray", "plate"),
            "food": ("", "dish", "tray", "belt", "box", "sheet"),
        }.get(trade, ("", "tray", "box", "plate", "belt", "rack", "dish", "sheet"))
        weights = {"electronics": (2, 5, 2, 1), "food": (2, 3, 3, 1, 2, 0.7)}.get(
            trade, (5, 6, 2, 2.5, 1.5, 0.7, 0.4, 0.7)
        )
        self.carrier = chance.pick(holder, weights)
        other = chance.pick(("hardware", "goods", "food")) if chance.happens(0.15) else trade
        self.types = [
            families.part_type(chance.about("type", i), trade if chance.happens(0.8) else other)
            for i in range(chance.pick((1, 2, 3, 4, 6), (3, 4, 4, 2, 1)))
        ]
        scale = chance.spread(0.028, 0.2) * self.side
        self.radii = [
            scale * kind.length * (chance.uniform(0.6, 1.5) if chance.happens(0.7) else 1.0) for kind in self.types
        ]
        self.grain_types = [
            families.part_type(chance.about("grain", i), "grains") for i in range(chance.pick((1, 2), (5, 1)))
        ]
        self.grain_radius = chance.spread(0.011, 0.032) * self.side

    def chance(self, *topic):
        return Chance(*self.key, *topic)

    def model(self, kind, side):
        if (kind, side) not in self.models:
            self.models[kind, side] = (self.types + self.grain_types)[kind].model(side)
        return self.models[kind, side]

    def model_for(self, kind, radius):
        return self.model(kind, int(min(336, max(24, -(-radius * 2.3 // 8) * 8))))

    def span(self, kind):
        """Half length and half width of a kind, in radii."""
        if kind not in self.spans:
            model = self.model_for(kind, self.radii[kind])
            cover = model.cover > 0.5
            self.spans[kind] = (
                (float(numpy.abs(model.grid.u[cover]).max()), float(numpy.abs(model.grid.v[cover]).max()))
                if cover.any()
                else (1.0, 1.0)
            )
        return self.spans[kind]

    def outlines(self, pieces):
        """Places with half length and half width, in radii."""
        return [(p.place, *(self.span(p.kind) if p.kind < len(self.types) else (1.0, 1.0))) for p in pieces]

    def shoot(self, take=0, change=None):
        """A picture of the scene. Takes differ in framing, exposure, noise, in half of the scenes in light and
        lens, and, as far as the layout is loose, in places.

        `change` names what is wrong with one part (`changes.KINDS`)."""
        stage = Stage(self.side)
        surfaces.lay_floor(self.chance("floor"), stage)
        pieces = self.arrange(stage, take)
        types, changed = list(self.types + self.grain_types), ""
        if change:
            pieces, types, changed = changes.apply(
                self.chance("change", take, change), change, pieces, types, self.side
            )
        parts = self.set_pieces(stage, pieces, types)
        film = self.chance("film")
        if film.happens(0.08):
            coverings.film(film, stage, [] if any(piece.heap for piece in pieces) else self.outlines(pieces))
        return self.develop(stage, parts, take, changed)

    def arrange(self, stage, take):
        """Puts up the carrier and says what lies where."""
        chance = self.chance("arrange")
        spaces = [rooms.Room(0, 0, self.side, self.side)]
        if self.carrier:
            spaces = carriers.CARRIERS[self.carrier](self.chance("carrier"), stage, 1) or spaces
        elif chance.happens(0.35):
            spaces = [rooms.whole(chance, self.side, 0.0, 0.3)]
        pieces = []
        shared = chance.pick((None, self.plan(chance)), (1, 1)) if len(spaces) > 1 else None
        for i, room in enumerate(spaces):
            if room.width < 14 or room.height < 14 or (len(spaces) > 1 and self.chance("empty", i).happens(0.1)):
                continue
            recipe = self.chance("room") if shared else self.chance("room", i)
            self.fill_room(pieces, room, len(spaces), recipe, self.chance("take", take, "room", i), shared)
        if self.carrier in ("", "plate") and len(spaces) == 1 and chance.happens(0.25):
            coverings.pockets(self.chance("pockets"), stage, self.outlines(pieces))
        return pieces[:MOST_PIECES]

    def fill_room(self, pieces, room, room_count, recipe, moving, shared):
        """Adds the pieces of one room: one plan, sometimes a second over it."""
        plans = [shared or self.plan(recipe)]
        if recipe.happens(0.25) and plans[0] != "alone":
            plans.append(recipe.pick(("loose", "loose", "heap", "row")))
        for turn, plan in enumerate(plans):
            rest = 0.55 if plan == "heap" else recipe.pick((0.7, 0.95))
            heap = max((piece.heap for piece in pieces), default=0) + 1 if plan == "heap" else 0
            for kind, place in self.fill(plan, recipe.about(turn), moving, room, room_count):
                pieces.append(Piece(len(pieces), kind, self.grown(kind, place, moving), heap, rest, room.cell))

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
            depth, most = recipe.uniform(1.0, 2.2), max(10, min(recipe.count(40, 120), 300 // room_count))
            share = min(1.0, most * grain_area / depth / (room.width * room.height))
            count = int(depth * share * room.width * room.height / grain_area)
            return layouts.heap(recipe, moving, room, grains, radius, max(count, 8), share)
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
            return layouts.Place(place.x, place.y, place.radius, place.angle, shade=1 + chance.normal(0.02))
        stretch = (chance.uniform(0.85, 1.08), chance.uniform(0.82, 1.1))
        return dataclasses.replace(
            place, stretch=stretch, is_mirrored=chance.happens(0.5), shade=1 + chance.normal(0.1)
        )

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

    def develop(self, stage, parts, take, change):
        """Light and camera."""
        light = lighting.draw_light(self.chance("light") if self.is_steady else self.chance("light", take))
        properties = stage.properties()
        shadows = {}
        picture, _ = lighting.shade(stage.base, properties, light, None, shadows)
        if stage.clear is not None:
            picture = lighting.through_clear(picture, stage, light, shadows)
        chance, sensor, nudge = self.chance("camera", take), self.chance("sensor", take), None
        if self.is_station:
            chance, sensor, nudge = self.chance("camera"), self.chance("sensor"), self.chance("nudge", take)
        height = stage.base.height if stage.clear is None else numpy.maximum(stage.base.height, stage.clear.height)
        lens = self.chance("lens") if self.is_steady else self.chance("lens", take)
        seen = camera.perspective(lens, height, light) if lens.happens(0.65) else None
        framing = camera.Framing(chance, self.side, self.size, MARGIN, seen, nudge)
        picture = camera.falling_light(chance, framing.picture(picture))
        levels, ignored = cleaned(framing.numbers(stage.levels))
        unseen = faint(levels["parts"], picture)
        if unseen is not None:
            ignored |= unseen
            for name in ("parts", "grains", "heaps"):
                levels[name] = numpy.where(unseen, 0, levels[name]).astype(numpy.uint16)
        counts = numpy.bincount(levels["parts"].ravel(), minlength=len(parts) + 1)
        seen = [dataclasses.replace(part, pixels=int(counts[part.number])) for part in parts if counts[part.number]]
        return Picture(
            camera.expose(sensor, picture, self.chance("line"), nudge), levels, ignored, seen, change
        )


def picture(seed, index, size=None):
    """Picture `index` of `seed`."""
    return Scene(seed, index, size).shoot()
