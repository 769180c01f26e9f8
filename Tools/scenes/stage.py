"""The scene under the camera as rasters: heights, colours, materials and whose each pixel is. Parts are set down on it."""

import cv2
import numpy

from finishes import Material
from grid import EXTENT

LEVELS = ("carriers", "cells", "heaps", "parts", "grains", "prints")


class Layer:
    """What is seen first from above, pixel by pixel. Heights in pixels."""

    def __init__(self, side):
        self.height = numpy.zeros((side, side), numpy.float32)
        self.albedo = numpy.zeros((side, side, 3), numpy.float32)
        self.material = numpy.zeros((side, side), numpy.uint8)
        self.owner = numpy.zeros((side, side), numpy.int16)


class Stage:
    def __init__(self, side):
        self.side = side
        self.base = Layer(side)
        self.clear = None
        self.levels = {name: numpy.zeros((side, side), numpy.int16) for name in LEVELS}
        self.materials = []
        self.print_count = 0
        self.owner_count = 0

    def material_number(self, material):
        if material not in self.materials:
            if len(self.materials) == 255:
                return 0
            self.materials.append(material)
        return self.materials.index(material)

    def clear_layer(self):
        if self.clear is None:
            self.clear = Layer(self.side)
            self.clear.height -= 1.0
        return self.clear

    def cover(self, mask, height, finish, chance, marks=(), texture=None):
        """Lays a surface of the scene itself (floor, tray wall, board) where `mask`, at `height` (a field or a number).

        Colour and relief are those of `texture` (as from `Finish.paint`) where given."""
        albedo, relief = texture or finish.paint(chance, (self.side, self.side))
        height = numpy.broadcast_to(numpy.asarray(height, numpy.float32), mask.shape)
        if relief is not None:
            height = height + relief
        base = self.base
        self.owner_count += 1
        cv2.copyTo(numpy.ascontiguousarray(height), mask, base.height)
        cv2.copyTo(albedo, mask, base.albedo)
        where = mask > 0
        base.material[where] = self.material_number(finish.material)
        base.owner[where] = self.owner_count
        for level in LEVELS:
            if level in marks or level not in ("carriers", "cells"):
                self.levels[level][where] = dict(marks).get(level, 0)

    def set_down(self, model, place, marks, rest=0.5):
        """Sets a part down. `marks`: level → number. `rest`: the share of the ground under it that lies below its foot."""
        patch = Patch(self.side, place)
        if patch.is_empty:
            return
        cover = patch.warp(model.packed.cover, cv2.INTER_LINEAR) > 127
        area, base = patch.area, self.base
        ground = base.height[area]
        under = ground[cover]
        if len(under) == 0:
            return
        at = int(rest * (len(under) - 1))
        foot = max(float(numpy.partition(under, at)[at]), 0.0) + place.lift
        height, *albedo = cv2.split(patch.warp(model.packed.look, cv2.INTER_LINEAR))
        albedo = cv2.merge(albedo)
        if place.shade != 1.0:
            albedo *= numpy.float32(place.shade)
        height *= numpy.float32(place.radius)
        height += numpy.float32(foot)
        local = patch.warp(model.material, cv2.INTER_NEAREST)
        numbers = numpy.array([self.material_number(m) for m in model.materials], numpy.uint8)
        material = numbers[local]
        self.owner_count += 1
        seen = opaque = cover & (height > ground)
        if model.clearness > 0:
            is_clear = numpy.array([m.clearness > 0 for m in model.materials])[local]
            opaque = seen & ~is_clear
            layer = self.clear_layer()
            self._blend(layer, area, seen & is_clear & (height > layer.height[area]), height, albedo, material)
        self._blend(base, area, opaque, height, albedo, material)
        if self.clear is not None:
            numpy.copyto(self.clear.height[area], -1.0, where=opaque & (self.clear.height[area] < height))
        for level in ("parts", "grains", "heaps"):
            numpy.copyto(self.levels[level][area], marks.get(level, 0), where=seen)
        if model.print_count:
            printed = patch.warp(model.print_number, cv2.INTER_NEAREST).astype(numpy.int16)
            numpy.copyto(
                self.levels["prints"][area],
                numpy.where(printed > 0, printed + self.print_count, 0).astype(numpy.int16),
                where=seen,
            )
            self.print_count += model.print_count
        else:
            numpy.copyto(self.levels["prints"][area], 0, where=seen)

    def _blend(self, layer, area, mask, height, albedo, material):
        numpy.copyto(layer.height[area], height, where=mask)
        cv2.copyTo(albedo, mask.view(numpy.uint8), layer.albedo[area])
        numpy.copyto(layer.material[area], material, where=mask)
        numpy.copyto(layer.owner[area], self.owner_count, where=mask)

    def new_print(self):
        self.print_count += 1
        return self.print_count

    def properties(self):
        """One row a material, columns as `Material.ROW`."""
        return numpy.array([m.row() for m in self.materials or [Material()]], numpy.float32)


class Patch:
    """The pixels that a placed part can reach, and the map from them to the part's own raster."""

    def __init__(self, side, place):
        reach = place.radius * EXTENT * max(place.stretch) * 1.42 + 2
        self.left, self.top = max(0, int(place.x - reach)), max(0, int(place.y - reach))
        self.right, self.bottom = min(side, int(place.x + reach) + 1), min(side, int(place.y + reach) + 1)
        self.is_empty = self.right - self.left < 3 or self.bottom - self.top < 3
        self.area = numpy.s_[self.top : self.bottom, self.left : self.right]
        self.place = place

    def warp(self, raster, interpolation):
        """The part's raster as it appears here."""
        place = self.place
        scale = raster.shape[0] / (2 * EXTENT * place.radius)
        cosine, sine = numpy.cos(place.angle), numpy.sin(place.angle)
        su, sv = scale / place.stretch[0] * (-1 if place.is_mirrored else 1), scale / place.stretch[1]
        linear = numpy.array([[cosine * su, sine * su], [-sine * sv, cosine * sv]])
        start = linear @ [self.left - place.x, self.top - place.y] + raster.shape[0] / 2 - 0.5
        matrix = numpy.concatenate([linear, start[:, None]], 1)
        return cv2.warpAffine(
            raster,
            matrix,
            (self.right - self.left, self.bottom - self.top),
            flags=interpolation | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=0,
        )
