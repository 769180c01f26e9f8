"""Training learns, stops and goes on; the network keeps to its budget."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import torch

import batches
import generate
import losses
import train
from network import MAPS, PartNetwork, pooled


def quietly(words):
    with contextlib.redirect_stdout(io.StringIO()):
        train.main(words)


class TrainTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        generate.main(str(cls.folder / "train-0.npz"), "1", "0", "3", "128", "twins")
        generate.main(str(cls.folder / "check-0.npz"), "2", "0", "1", "128", "twins")

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_the_network_has_the_promised_outputs_and_size(self):
        network = PartNetwork().eval()
        with torch.no_grad():
            maps, features = network(torch.zeros(1, 3, 96, 64))
        self.assertEqual(tuple(maps.shape), (1, len(MAPS), 48, 32))
        self.assertEqual(tuple(features.shape), (1, 32, 12, 8))
        self.assertLess(sum(p.numel() for p in network.parameters()) * 4, 16e6)

    def test_pooling_is_the_mean_under_the_mask(self):
        features = torch.randn(4, 3, 3)
        numbers = torch.tensor([[1, 1, 0], [0, 2, 2], [0, 0, 2]])
        means, areas = pooled(features, numbers, 3)
        self.assertTrue(torch.allclose(means[0], features[:, 0, :2].mean(1)))
        self.assertTrue(torch.allclose(areas, torch.tensor([2 / 9, 3 / 9, 0.0])))
        self.assertTrue((means[2] == 0).all())

    def test_the_contrast_is_lower_when_equal_looks_are_near(self):
        looks = torch.tensor([1, 1, 2, 2])
        sorted_out = torch.tensor([[1.0, 0], [1, 0], [0, 1], [0, 1]])
        mixed_up = sorted_out[[0, 2, 1, 3]]
        self.assertLess(losses.embedding_loss(sorted_out, looks), losses.embedding_loss(mixed_up, looks))

    def test_ignored_pixels_do_not_count(self):
        pictures = batches.Pictures(self.folder.glob("train-*.npz"))
        _, truth, _, _ = batches.batch(pictures, 1, 0, 1, 0, 96)
        maps = torch.randn(2, len(MAPS), 48, 48)
        truth["weight"][:, :24] = 0
        before = losses.map_losses(maps, truth)
        maps[:, :, :24] += 5
        after = losses.map_losses(maps, truth)
        for name in MAPS:
            self.assertAlmostEqual(before[name].item(), after[name].item(), places=5, msg=name)

    def test_batches_are_repeatable(self):
        pictures = batches.Pictures(self.folder.glob("train-*.npz"))
        first, second = (batches.batch(pictures, 1, 7, 1, 2, 96) for _ in range(2))
        self.assertTrue(torch.equal(first[0], second[0]))
        self.assertTrue(all(torch.equal(first[1][name], second[1][name]) for name in first[1]))
        self.assertFalse(torch.equal(first[0], batches.batch(pictures, 1, 8, 1, 2, 96)[0]))

    def test_the_loss_falls_and_an_interruption_changes_nothing(self):
        common = [str(self.folder), "--steps", "6", "--pairs", "1", "--singles", "1", "--size", "64", "--threads", "1"]
        whole, parts = self.folder / "whole", self.folder / "parts"
        quietly([common[0], str(whole), *common[1:]])
        quietly([common[0], str(parts), *common[1:], "--stop", "2"])
        quietly([common[0], str(parts), *common[1:]])
        first, second = (torch.load(out / "network.pt", weights_only=True)["network"] for out in (whole, parts))
        self.assertTrue(all(torch.equal(first[name], second[name]) for name in first))
        curve = json.loads((whole / "curve.json").read_text())["curve"]
        self.assertEqual(curve[-1]["step"], 6)
        with self.assertRaises(SystemExit):
            quietly([common[0], str(whole), "--steps", "7", "--pairs", "1", "--size", "64"])

    def test_one_batch_can_be_learned(self):
        pictures = batches.Pictures(self.folder.glob("train-*.npz"))
        one = batches.batch(pictures, 1, 0, 1, 0, 64)
        wishes = train.arguments([str(self.folder), str(self.folder / "one"), "--steps", "400", "--pairs", "1"])
        training = train.Training(wishes)
        totals = []
        for _ in range(40):
            training.running = {}
            training.learn(*one)
            totals.append(training.running["total"])
        self.assertLess(sum(totals[-5:]) / 5, 0.75 * sum(totals[:5]) / 5)


if __name__ == "__main__":
    unittest.main()
