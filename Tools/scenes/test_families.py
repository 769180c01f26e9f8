"""Every family of parts builds sound reliefs."""

import unittest

import numpy

import families
import grid


class FamilyTests(unittest.TestCase):
    def models(self, side, seeds):
        for trade, entries in families.TRADES.items():
            for function, _ in entries:
                for seed in seeds:
                    key = (seed, trade, function.__name__)
                    yield key, families.PartType(trade, function.__name__, key).model(side)

    def test_every_family_covers_a_fair_share_of_its_raster(self):
        for key, model in self.models(64, range(3)):
            with self.subTest(key):
                self.assertGreater((model.cover > 0.5).sum(), 30)
                self.assertLess(max(model.cover[0].max(), model.cover[-1].max(), model.cover[:, 0].max()), 0.5)

    def test_heights_and_colours_are_possible(self):
        for key, model in self.models(48, range(3)):
            with self.subTest(key):
                covered = model.cover > 0.5
                self.assertTrue(numpy.isfinite(model.height).all() and numpy.isfinite(model.albedo).all())
                self.assertGreater(model.height[covered].min(), -0.3)
                self.assertLess(model.height[covered].max(), 4.0)
                self.assertGreaterEqual(model.albedo[covered].min(), 0.0)
                self.assertLess(model.albedo[covered].max(), 1.6)
                self.assertLess(int(model.material.max()), len(model.materials))

    def test_a_part_looks_the_same_at_every_raster_size(self):
        for key, small in self.models(64, (5,)):
            large = families.PartType(key[1], key[2], key).model(128)
            with self.subTest(key):
                shrunk = large.cover.reshape(64, 2, 64, 2).mean((1, 3))
                self.assertLess(numpy.abs(shrunk - small.cover).mean(), 0.04)

    def test_prints_lie_on_the_part(self):
        for key, model in self.models(96, range(2)):
            with self.subTest(key):
                self.assertLessEqual(int(model.print_number.max()), model.print_count)
                self.assertFalse((model.print_number[model.cover < 0.2] > 0).any())

    def test_distances_agree_with_the_slow_way(self):
        raster = grid.grid(60)
        frame = raster.at(0.1, -0.2, 0.7)
        for name, distance in (
            ("box", grid.box(frame, 0.5, 0.3)),
            ("disc", grid.disc(frame, 0.4)),
            ("capsule", grid.capsule(frame, 0.6, 0.2)),
            ("polygon", grid.polygon(frame, 6, 0.5)),
        ):
            inside = numpy.argwhere(distance < 0)
            outside = numpy.argwhere(distance >= 0)
            for row, column in inside[::37]:
                nearest = numpy.sqrt(((outside - (row, column)) ** 2).sum(1).min()) * raster.pixel
                self.assertAlmostEqual(-float(distance[row, column]), nearest, delta=1.6 * raster.pixel, msg=name)


if __name__ == "__main__":
    unittest.main()
