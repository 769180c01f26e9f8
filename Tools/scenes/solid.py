"""One part as a raster relief: height, colour, material and the prints on it."""

import dataclasses
import functools

import cv2
import numpy

import planes
from grid import grid


@dataclasses.dataclass(frozen=True)
class Packed:
    cover: numpy.ndarray  # 8 bits
    look: numpy.ndarray  # height, red, green, blue


class Solid:
    """Built layer by layer, seen from above. Heights are in units of the radius, over the plane the part rests on."""

    def __init__(self, side, kind):
        self.grid = grid(side)
        self.kind = kind
        self.cover = numpy.zeros(self.grid.shape, numpy.float32)
        self.height = numpy.zeros(self.grid.shape, numpy.float32)
        self.albedo = numpy.zeros((*self.grid.shape, 3), numpy.float32)
        self.material = numpy.zeros(self.grid.shape, numpy.uint8)
        self.print_number = numpy.zeros(self.grid.shape, numpy.uint8)
        self.materials = []
        self.print_count = 0
        self.clearness = 0.0
        self.is_filled = False

    def share(self, distance):
        """How much of each raster point lies inside."""
        return numpy.clip(0.5 - distance / self.grid.pixel, 0.0, 1.0)

    def lay(self, distance, height, finish, chance, over=True):
        """Adds a layer. `over`: it hides what is beneath; else the higher of both is seen."""
        share = self.share(distance).astype(numpy.float32)
        albedo, relief = finish.paint(chance, self.grid.shape)
        height = numpy.broadcast_to(numpy.asarray(height, numpy.float32), self.grid.shape)
        if relief is not None:
            height = height + relief * numpy.float32(self.grid.pixel)
        if not over:
            share = share * ((height > self.height) | (self.cover < 0.5))
        inside = share > 0.5
        self.material[inside] = self._number(finish.material)
        self.height = numpy.where(inside, height, self.height)
        if self.is_filled:
            self.albedo = planes.towards(self.albedo, albedo, share)
            self.print_number[inside] = 0
        else:
            self.albedo[:] = albedo
            self.material[:] = self._number(finish.material)
            self.height = numpy.where(self.cover > 0.5, self.height, height)
            self.is_filled = True
        numpy.maximum(self.cover, share, out=self.cover)
        self.clearness = max(self.clearness, finish.material.clearness)
        return self

    def paint(self, distance, colour, finish=None):
        """Colour only: part of the body's own look, not a print."""
        share = self.share(distance).astype(numpy.float32)
        self.albedo = planes.towards(self.albedo, numpy.asarray(colour, numpy.float32), share)
        if finish is not None:
            self.material[(share > 0.5) & (self.cover > 0.5)] = self._number(finish.material)
        return self

    def print(self, share, colour, region=None, material=None):
        """Ink or a label. `region`: what counts as the print, where it is wider than the ink. One print a call."""
        self.print_count += 1
        share = (share * (self.cover > 0.5)).astype(numpy.float32)
        self.albedo = planes.towards(self.albedo, numpy.asarray(colour, numpy.float32), share)
        inside = (share if region is None else region * (self.cover > 0.5)) > 0.5
        self.print_number[inside] = self.print_count
        if material is not None:
            self.material[inside] = self._number(material)
        return self

    def cut(self, distance):
        """A hole right through."""
        self.cover *= 1.0 - self.share(distance)
        return self

    def sink(self, distance, depth, edge=0.02, darken=1.0):
        """A recess with sloped walls."""
        inside = numpy.clip(-distance / edge, 0.0, 1.0)
        self.height = numpy.maximum(self.height - numpy.float32(depth) * inside, 0.0).astype(numpy.float32)
        if darken != 1.0:
            self.albedo = planes.times(self.albedo, (1.0 - (1.0 - darken) * inside).astype(numpy.float32))
        return self

    def one_piece(self):
        """Keeps the largest connected piece only."""
        count, numbers, measures, _ = cv2.connectedComponentsWithStats((self.cover > 0.5).astype(numpy.uint8))
        if count > 2:
            largest = 1 + int(numpy.argmax(measures[1:, cv2.CC_STAT_AREA]))
            near = cv2.dilate((numbers == largest).astype(numpy.uint8), numpy.ones((3, 3), numpy.uint8))
            self.cover *= near
        return self

    def raise_by(self, amount):
        self.height = self.height + numpy.float32(amount)
        return self

    @functools.cached_property
    def packed(self):
        """The finished part as rasters that are quick to warp; nothing may be changed afterwards."""
        return Packed(
            (self.cover * 255).astype(numpy.uint8),
            cv2.merge([numpy.asarray(plane, numpy.float32) for plane in (self.height, *cv2.split(self.albedo))]),
        )

    @property
    def top(self):
        covered = self.cover > 0.5
        return float(self.height[covered].max()) if covered.any() else 0.0

    def _number(self, material):
        if material not in self.materials:
            self.materials.append(material)
        return self.materials.index(material)
