"""Pairs of pictures: the same scene taken twice, and a good scene beside one with one part changed."""

import changes
from chance import Chance
from scene import Scene


def twins(seed, index, size=None):
    """Two takes of a scene: other light, camera and places, the same parts.

    Gives both pictures and, as (number in the first, number in the second), the instances that are the same part."""
    scene = Scene(seed, index, size)
    first, second = scene.shoot(0), scene.shoot(1)
    there = {(part.slot, part.look): part.number for part in second.parts}
    matches = [(part.number, there[part.slot, part.look]) for part in first.parts if (part.slot, part.look) in there]
    return first, second, matches


def changed(seed, index, size=None):
    """A good picture, and another take in which one part is missing, extra, exchanged or otherwise wrong.

    The second picture's `change` names kind and slot; it is empty where the scene has no part to change."""
    scene = Scene(seed, index, size)
    kind = Chance(seed, index, "kind of change").pick(changes.KINDS)
    return scene.shoot(0), scene.shoot(1, kind)
