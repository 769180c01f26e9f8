"""The pictures and their labels: repeatable, whole, and about what is seen."""

import hashlib
import pathlib
import tempfile
import unittest

import cv2
import numpy

import changes
import families
import generate
import pairs
import scene
from picture import LEAST_PIXELS
from stage import Stage
from targets import targets

COUNT = 40


def digest(picture):
    whole = hashlib.sha256(picture.pixels.tobytes())
    for name in sorted(picture.levels):
        whole.update(picture.levels[name].tobytes())
    return whole.hexdigest()


class SceneTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pictures = [scene.picture(11, index) for index in range(COUNT)]

    def test_the_same_seed_gives_the_same_bytes_in_any_order(self):
        for index in (17, 3, 8):
            self.assertEqual(digest(scene.picture(11, index)), digest(self.pictures[index]))
        self.assertEqual(len({digest(picture) for picture in self.pictures}), COUNT)
        self.assertNotEqual(digest(scene.picture(12, 3)), digest(self.pictures[3]))

    def test_every_instance_has_enough_pixels(self):
        for picture in self.pictures:
            for name, numbers in picture.levels.items():
                counts = numpy.bincount(numbers.ravel())[1:]
                self.assertFalse(((counts > 0) & (counts < LEAST_PIXELS[name])).any(), name)

    def test_the_list_of_parts_is_the_map_of_parts(self):
        for picture in self.pictures:
            counts = numpy.bincount(picture.levels["parts"].ravel(), minlength=1)
            self.assertEqual(
                {p.number: p.pixels for p in picture.parts}, {n: int(c) for n, c in enumerate(counts) if n and c}
            )
            self.assertFalse(((picture.levels["parts"] > 0) & picture.ignored).any())

    def test_a_grain_belongs_to_one_heap_and_a_heap_is_one_part(self):
        heaps = 0
        for picture in self.pictures:
            parts, grains, heap = (picture.levels[name] for name in ("parts", "grains", "heaps"))
            for number in numpy.unique(grains[grains > 0]):
                self.assertLessEqual(len(numpy.unique(heap[(grains == number) & (heap > 0)])), 1)
            for number in numpy.unique(heap[heap > 0]):
                heaps += 1
                self.assertEqual(len(numpy.unique(parts[heap == number])), 1)
            self.assertEqual({p.number for p in picture.parts if p.is_heap}, set(numpy.unique(parts[heap > 0])) - {0})
        self.assertGreater(heaps, 3)

    def test_a_print_lies_on_one_part_or_on_none(self):
        prints = 0
        for picture in self.pictures:
            numbers, parts = picture.levels["prints"], picture.levels["parts"]
            for number in numpy.unique(numbers[numbers > 0]):
                prints += 1
                on = set(numpy.unique(parts[(numbers == number) & ~picture.ignored]))
                self.assertLessEqual(len(on), 1)
        self.assertGreater(prints, 40)

    def test_outlines_lie_where_the_picture_has_edges(self):
        on, beside = [], []
        for picture in self.pictures:
            grey = cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY)
            kernel = numpy.ones((3, 3), numpy.uint8)
            step = cv2.dilate(grey, kernel).astype(float) - cv2.erode(grey, kernel)
            rim = targets(picture)["boundary"] > 0
            moved = numpy.roll(rim, (9, 7), (0, 1)) & ~cv2.dilate(rim.astype(numpy.uint8), kernel).astype(bool)
            if rim.sum() > 50 and moved.sum() > 50:
                on.append(step[rim].mean())
                beside.append(step[moved].mean())
        ratio = numpy.array(on) / numpy.array(beside)
        self.assertGreater(float(numpy.median(ratio)), 1.5)
        self.assertGreater(float((ratio > 1).mean()), 0.9)

    def test_a_part_taken_away_changes_the_picture_where_its_label_was(self):
        ratios = []
        for index in range(60, 90):
            good, bad = scene.Scene(11, index).shoot(0), scene.Scene(11, index).shoot(0, "missing")
            if not bad.change:
                continue
            slot = int(bad.change.split()[1])
            gone = [part for part in good.parts if part.slot == slot]
            if not gone or gone[0].pixels < 60:
                continue
            label = good.levels["parts"] == gone[0].number
            far = ~cv2.dilate(label.astype(numpy.uint8), numpy.ones((61, 61), numpy.uint8)).astype(bool)
            if far.sum() < 500:
                continue
            difference = numpy.abs(cv2.blur(good.pixels, (3, 3)).astype(float) - cv2.blur(bad.pixels, (3, 3))).max(2)
            ratios.append(difference[label].mean() / (difference[far].mean() + 0.5))
        # The exposure follows the whole scene, so that taking away a large part may change everything a little.
        self.assertGreater(len(ratios), 10)
        self.assertGreater(float(numpy.median(ratios)), 4.0)
        self.assertGreater(float((numpy.array(ratios) > 1.5).mean()), 0.85)

    def test_recipes_reach_every_family_carrier_and_size(self):
        recipes = [scene.Scene(5, index) for index in range(500)]
        met = {kind.family for recipe in recipes for kind in recipe.types + recipe.grain_types}
        wanted = {function.__name__ for entries in families.TRADES.values() for function, _ in entries}
        self.assertEqual(wanted - met, set())
        self.assertEqual(
            {recipe.carrier for recipe in recipes},
            {"", "tray", "box", "plate", "belt", "rack", "dish", "sheet", "board"},
        )
        self.assertEqual({recipe.size for recipe in recipes}, set(scene.SIZES))

    def test_every_take_lays_out_the_same_parts(self):
        for index in range(12):
            drawn = scene.Scene(13, index, 160)
            laid = [[(p.slot, p.kind, p.heap) for p in drawn.arrange(Stage(drawn.side), take)] for take in (0, 1)]
            self.assertEqual(laid[0], laid[1])

    def test_a_camera_in_a_fixture_sees_the_same_light_in_every_take(self):
        def unlike(is_station):
            found = []
            for index in range(6):
                drawn = scene.Scene(13, index, 160, is_station)
                first, second = ((drawn.shoot(take).pixels.astype(float)).mean((0, 1)) for take in (0, 1))
                found.append(abs(first - second).max())
            return max(found)

        self.assertLess(unlike(True), 12)
        self.assertGreater(unlike(False), 30)

    def test_twins_show_the_same_parts(self):
        found = 0
        for index in range(8):
            first, second, matches = pairs.twins(11, index)
            self.assertNotEqual(digest(first), digest(second))
            look = {part.number: part.look for part in second.parts}
            for part in first.parts:
                for here, there in matches:
                    if here == part.number:
                        self.assertEqual(part.look, look[there])
                        found += 1
        self.assertGreater(found, 40)

    def test_a_changed_picture_says_what_was_changed(self):
        told = 0
        for kind in changes.KINDS:
            for index in range(3):
                picture = scene.Scene(11, index, 128).shoot(1, kind)
                if picture.change:
                    self.assertEqual(picture.change.split()[0], kind)
                    told += 1
        self.assertGreater(told, 9)
        with self.assertRaises(ValueError):
            scene.Scene(11, 0, 96).shoot(0, "nonsense")

    def test_targets_fit_together(self):
        for picture in self.pictures:
            for level in ("parts", "grains", "carriers"):
                for stride in (1, 2):
                    made = targets(picture, level, stride)
                    inside = made["foreground"] > 0
                    near = cv2.dilate(inside.astype(numpy.uint8), numpy.ones((3, 3), numpy.uint8)) > 0
                    self.assertTrue(near[made["boundary"] > 0].all())
                    self.assertTrue((made["boundary"][inside & (made["distance"] == 0)] == 1).all())
                    self.assertTrue((made["distance"][made["foreground"] == 0] == 0).all())
                    self.assertLessEqual(float(made["distance"].max()), 1.0)
                    self.assertTrue((made["weight"][picture.ignored[::stride, ::stride]] == 0).all())

    def test_a_written_file_reads_back(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "shard.npz"
            generate.main(str(out), "11", "0", "2", "160")
            shard = numpy.load(out)
            ends = [0, *shard["ends"]]
            blobs = [shard["data"][a:b].tobytes() for a, b in zip(ends, ends[1:])]
            self.assertEqual(len(blobs), 6)
            for index in range(2):
                picture = scene.picture(11, index, 160)
                pixels, levels = generate.unpacked(blobs[3 * index : 3 * index + 3])
                self.assertTrue((pixels == picture.pixels).all())
                for name, numbers in picture.levels.items():
                    self.assertTrue((levels[name] == numbers).all(), name)
                self.assertTrue((levels["ignored"] == picture.ignored).all())


if __name__ == "__main__":
    unittest.main()
