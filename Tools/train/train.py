"""Trains the part network on drawn pictures; stops and goes on where it was.

    train.py FOLDER OUT [--begin WEIGHTS.npz] [--steps 1600] [--pairs 2] [--singles 5] [--size 256] [--seed 1] [--threads 1]

FOLDER holds `train-*.npz` and `check-*.npz` (Tools/scenes/generate.py … twins). OUT gets `state.pt` (everything needed to
go on), `network.pt` and `network.npz` (weights alone) and `curve.json` (scores over steps). The same folder, seed, step count and
thread count give the same weights; an interruption changes nothing.
"""

import argparse
import copy
import json
import math
import pathlib
import sys
import time

import cv2
import numpy
import torch

import batches
import losses
import scores
from network import ObjectAttention, PartNetwork

CHECK_EVERY, SAVE_EVERY, FROZEN_BLOCKS = 200, 50, 3
RATE, BACKBONE_SHARE, DECAY, WARM_UP = 1.5e-3, 0.3, 1e-4, 60
LEARNT = 0.75  # share of what was learnt in the weights that are given out; the rest is what training began from
MEMORY = 0.99  # of the running mean of the weights, which is what is kept and scored


def arguments(words):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--begin", type=pathlib.Path)
    for name, value in (("steps", 1600), ("pairs", 2), ("singles", 5), ("size", 256), ("seed", 1), ("threads", 1), ("stop", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    return parser.parse_args(words)


class Training:
    """Networks, optimiser and how far they are."""

    def __init__(self, wishes):
        self.wishes = wishes
        self.settings = {name: getattr(wishes, name) for name in ("steps", "pairs", "singles", "size", "seed")}
        torch.manual_seed(wishes.seed)
        self.network, self.attention = PartNetwork(), ObjectAttention()
        self.begun = {}
        if wishes.begin:
            with numpy.load(wishes.begin, allow_pickle=False) as arrays:
                self.begun = {
                    name: arrays[name].astype(numpy.float32) for name in arrays if not name.endswith("num_batches_tracked")
                }
            self.network.begin_from(self.begun)
        self.network.to(memory_format=torch.channels_last)
        self.frozen = []
        if wishes.begin:
            backbone = self.network.backbone
            self.frozen = [backbone._conv_stem, backbone._bn0, *backbone._blocks[:FROZEN_BLOCKS]]
            for part in self.frozen:
                part.requires_grad_(False)
        share = BACKBONE_SHARE if wishes.begin else 1.0
        slow = [p for p in self.network.backbone.parameters() if p.requires_grad]
        fast = [p for name, p in self.network.named_parameters() if not name.startswith("backbone.")]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": slow, "share": share},
                {"params": fast, "share": 1.0},
                {"params": list(self.attention.parameters()), "share": 0.4},
            ],
            lr=RATE,
            weight_decay=DECAY,
        )
        self.average = copy.deepcopy(self.modules).requires_grad_(False).eval()
        self.step, self.curve, self.running = 0, [], {}

    @property
    def modules(self):
        return torch.nn.ModuleDict({"network": self.network, "attention": self.attention})

    def resume(self):
        path = self.wishes.out / "state.pt"
        if not path.exists():
            return
        state = torch.load(path, weights_only=True)
        if state["settings"] != self.settings:
            raise SystemExit(
                f"train: {path} was begun with {state['settings']}, not {self.settings}; choose another folder"
            )
        self.modules.load_state_dict(state["modules"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.curve, self.running = state["step"], state["curve"], state["running"]

    def save(self):
        out = self.wishes.out
        put(
            out / "state.pt",
            {
                "settings": self.settings,
                "modules": self.modules.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
                "curve": self.curve,
                "running": self.running,
            },
        )
        put(out / "network.pt", {name: module.state_dict() for name, module in self.average.items()})
        numpy.savez(out / "network.partial.npz", **self.given_out())
        (out / "network.partial.npz").replace(out / "network.npz")
        unfinished = out / "curve.json.partial"
        unfinished.write_text(json.dumps({"settings": self.settings, "curve": self.curve}, indent=1) + "\n")
        unfinished.replace(out / "curve.json")

    def given_out(self):
        """Arrays by name: between the first weights and the learnt ones, which keeps more of what the first pictures
        taught (Wortsman et al. 2022, robust fine-tuning of zero-shot models)."""
        learnt = {name: value.numpy() for name, value in self.average["network"].state_dict().items()}
        return {
            name: LEARNT * value + (1 - LEARNT) * self.begun[name] if name in self.begun else value
            for name, value in learnt.items()
        }

    def learn(self, images, truth, numbers, looks):
        """One step."""
        done = self.step / self.wishes.steps
        rate = RATE * min(1.0, (self.step + 1) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * done) + 0.01)
        for group in self.optimiser.param_groups:
            group["lr"] = rate * group["share"]
        self.network.train()
        self.attention.train()
        for part in self.frozen:
            part.eval()
        maps, features = self.network(images)
        parts = losses.map_losses(maps, truth)
        parts["embedding"] = losses.embedding_loss(*losses.embeddings(features, self.attention, numbers, looks))
        loss = losses.total(parts)
        if not torch.isfinite(loss):
            raise SystemExit(
                f"train: the loss is {loss.item()} at step {self.step}; lower the rate or look at the pictures"
            )
        self.optimiser.zero_grad()
        loss.backward()
        for module in (self.network, self.attention):
            torch.nn.utils.clip_grad_norm_(module.parameters(), 5.0)
        self.optimiser.step()
        self.step += 1
        self.remember()
        for name, value in {**parts, "total": loss}.items():
            value = value.item()
            self.running[name] = 0.98 * self.running.get(name, value) + 0.02 * value


    @torch.no_grad()
    def remember(self):
        """Moves the mean of the weights towards what they are now."""
        share = 1 - min(MEMORY, self.step / (self.step + 9))
        now = self.modules.state_dict()
        for name, value in self.average.state_dict().items():
            if value.is_floating_point():
                value.lerp_(now[name], share)
            else:
                value.copy_(now[name])


def put(path, value):
    """Writes the file whole or not at all."""
    unfinished = path.with_name(path.name + ".partial")
    torch.save(value, unfinished)
    unfinished.replace(path)


def main(words):
    wishes = arguments(words)
    cv2.setNumThreads(1)
    torch.set_num_threads(wishes.threads)
    torch.use_deterministic_algorithms(True)
    wishes.out.mkdir(parents=True, exist_ok=True)
    training = Training(wishes)
    training.resume()
    pictures = batches.Pictures(wishes.folder.glob("train-*.npz"))
    check = batches.Pictures(wishes.folder.glob("check-*.npz"))
    last = min(wishes.steps, wishes.stop or wishes.steps)
    begun, at_begin = time.monotonic(), training.step
    made = batches.ahead(
        lambda step: batches.batch(pictures, wishes.seed, step, wishes.pairs, wishes.singles, wishes.size), training.step, last
    )
    for images, truth, numbers, looks in made:
        training.learn(images, truth, numbers, looks)
        if training.step % CHECK_EVERY == 0 or training.step == last:
            found = scores.scores(training.average["network"], training.average["attention"], check, 32, wishes.size)
            training.curve.append(
                {
                    "step": training.step,
                    "running": {n: round(v, 4) for n, v in training.running.items()},
                    "check": found,
                }
            )
            pace = (time.monotonic() - begun) / (training.step - at_begin)
            print(f"{training.step}/{wishes.steps} {pace:.2f} s a step", json.dumps(training.curve[-1]), flush=True)
        if training.step % SAVE_EVERY == 0 or training.step == last:
            training.save()


if __name__ == "__main__":
    main(sys.argv[1:])
